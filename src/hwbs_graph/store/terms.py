"""The four terms of RDF 1.2 as plain text: IRI, literal, blank node, and triple.

https://www.w3.org/TR/rdf12-concepts/#section-triple-terms

Out of scope: how a term is written in a format (`write`).
"""

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, Triple

    AnyTerm = NamedNode | Literal | BlankNode | Triple


def term_text(term: "AnyTerm | None") -> str:
    """Return the text of a term, "" for none; a triple reads as in Turtle, with IRIs in full."""
    if term is None:
        return ""
    value = getattr(term, "value", None)  # a triple alone has none
    return f"<<( {term} )>>" if value is None else str(value)


def is_iri(text: str) -> bool:
    """Say whether the text of a term is an IRI: nothing can be asked about an unnamed node."""
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False
