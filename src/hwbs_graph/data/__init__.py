"""The bundled files, files of RDF and the named graphs made of them, and canonical Turtle."""
