"""The catalogue of named questions, and running one."""
