"""The bundled files, the named graphs made of them, and canonical Turtle."""
