"""The steps of Present: the usual ones, and those of a facilitator's own file."""
