"""Plain values to the bytes of a format.

Out of scope: what the values mean, and where the bytes go.
"""
