"""Plain values to the bytes of a format."""
