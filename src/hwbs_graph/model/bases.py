"""What a statement may rest on, the firmest ground first, and what each means to a reader.

Out of scope: the concepts themselves, which `ontology/schemes.ttl` defines.
"""

#: What the document says, what an editor, a room or a rule adds are drawn and named apart.
PROVENANCES = {
    "stated in document": "printed",
    "stated elsewhere": "printed",
    "curated judgement": "suggested",
    "said in workshop": "said",
    "inferred by rule": "inferred",
}
BASES = tuple(PROVENANCES)


def rank_basis(basis: str) -> int:
    """Return the place of a basis, 0 the firmest; one that is not known is weaker than all."""
    return BASES.index(basis) if basis in PROVENANCES else len(BASES)
