"""The catalogue of named queries, and running one."""
