"""Typed answers that take more than one query."""
