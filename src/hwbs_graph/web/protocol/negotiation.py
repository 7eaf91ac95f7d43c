"""Chooses the media type of an answer: strictly one that was asked for, or none.

A type is sent under the very name it was asked for, so `application/json` is answered as
`application/json`. Specification: https://www.rfc-editor.org/rfc/rfc9110#name-accept

Out of scope: pages, which the server offers beside these.
"""

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat

#: Formats of rows and booleans, our choice first. CSV and TSV have no standard form of a boolean;
#: as the engine and `hwbs sparql` do, we write the bare word. https://www.w3.org/TR/sparql11-overview/
ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
#: Formats of graphs, our choice first. https://www.w3.org/TR/rdf11-new/#section-serializations
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
}
#: Names of graphs in JSON, which between equals come after every other: clients that name them
#: first may mean RDF/JSON by the one, and need a further library for the other (EasyRdf does both).
JSON_GRAPHS = frozenset({"application/json", "application/ld+json"})
_JSON = "application/sparql-results+json, application/ld+json"
_XML = "application/sparql-results+xml, application/rdf+xml"
#: What `format=` and `output=` take beside media types, and the Accept header that each stands for:
#: the names of Fuseki, Virtuoso, Wikidata and SPARQLWrapper, and of `hwbs sparql --format`.
FORMAT_NAMES = {
    **{"json": _JSON, "xml": _XML, "csv": "text/csv", "tsv": "text/tab-separated-values"},
    **dict.fromkeys(("ttl", "turtle"), "text/turtle"),
    **dict.fromkeys(("nt", "ntriples", "n-triples"), "application/n-triples"),
    **dict.fromkeys(("jsonld", "json-ld"), "application/ld+json"),
    **dict.fromkeys(("rdf", "rdfxml", "rdf+xml"), "application/rdf+xml"),
    **{"n3": "text/n3", "trig": "application/trig", "nq": "application/n-quads"},
    "html": "text/html",
}
_ITEMS = re.compile(r'((?:[^,"]|"(?:[^"\\]|\\.)*")+)')
_RANGE = re.compile(r"\s*([\w!#$&^+.*-]+)/([\w!#$&^+.*-]+)\s*(?:;|\Z)")
_WEIGHT = re.compile(r";\s*q\s*=\s*([^;\s]*)\s*(?:;|\Z)", re.IGNORECASE)
#: Some clients leave the zero out, as in q=.5, though they must not.
_NUMBER = re.compile(r"(?:\.\d{1,3}|0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z", re.ASCII)


class Range(NamedTuple):
    """One part of an Accept header: main type and subtype, each perhaps `*`, and its weight."""

    main: str
    sub: str
    weight: float

    def specificity(self, type: str) -> int:
        """Return how closely the range names a media type: 0 not at all, 3 exactly."""
        main, _, sub = type.partition("/")
        if self.main == "*" and self.sub == "*":
            return 1
        if self.main != main:
            return 0
        return 2 if self.sub == "*" else 3 * (self.sub == sub)


def parse_accept(accept: str | None) -> list[Range]:
    """Read an Accept header: no header accepts everything, and a malformed part is ignored."""
    if accept is None or not accept.strip():
        return [Range("*", "*", 1.0)]
    found = []
    for item in _ITEMS.findall(accept[:8192]):
        match, weight = _RANGE.match(item), _WEIGHT.search(item)
        if match and (weight is None or _NUMBER.match(weight[1])):
            value = float(weight[1]) if weight else 1.0
            found.append(Range(match[1].lower(), match[2].lower(), value))
    return found


def negotiate(
    accept: str | None, offers: Sequence[str], last: Set[str] = frozenset()
) -> str | None:
    """Return the offer that an Accept header likes best, or None if it accepts none.

    The closest range decides the weight of an offer. Ties are broken in this order: a named type
    before a wildcard, a type that is not in `last`, the client's order, our own order.
    """
    asked = parse_accept(accept)
    best: tuple[float, int, bool, int, int] | None = None
    chosen = None
    for place, offer in enumerate(offers):
        fit, number = max(
            ((each.specificity(offer), -i) for i, each in enumerate(asked)), default=(0, 0)
        )
        weight = asked[-number].weight if fit else 0.0
        rank = (weight, fit, offer not in last, number if fit == 3 else 0, -place)
        if weight > 0 and (best is None or rank > best):
            best, chosen = rank, offer
    return chosen


def negotiate_graph(accept: str | None) -> str | None:
    """Return the media type of a graph that an Accept header likes best, or None."""
    return negotiate(accept, list(GRAPHS), JSON_GRAPHS)


def with_charset(type: str) -> str:
    """Return the Content-Type of a media type: text and XML say that they are UTF-8.

    XML says so itself, but a program that takes it for text before it parses it has to guess.
    """
    return f"{type}; charset=utf-8" if type.startswith("text/") or type.endswith("xml") else type
