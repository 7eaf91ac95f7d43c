"""The processes that run queries: their pool, who may enter, what they may reach."""
