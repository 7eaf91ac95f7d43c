"""The processes that run queries: their pool, its admission and their sandbox."""
