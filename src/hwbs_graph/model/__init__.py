"""What exists and how it is linked: the terms of the ontology, named once."""
