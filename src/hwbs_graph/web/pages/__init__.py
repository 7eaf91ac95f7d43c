"""The pages of the server: their data, and their HTML."""
