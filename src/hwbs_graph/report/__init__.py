"""Typed answers that take more than one query.

Out of scope: how an answer is written (`write`).
"""
