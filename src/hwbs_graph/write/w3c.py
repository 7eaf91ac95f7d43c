"""The formats of the W3C: the engine's own bytes, or a refusal where they would be no such format.

The engine writes whatever it is given. XML has no control characters, names elements by a property
and reads a carriage return as a line feed; JSON-LD and N3 have no triple terms.

XML: https://www.w3.org/TR/xml/, https://www.w3.org/TR/xml-names/;
RDF/XML: https://www.w3.org/TR/rdf-syntax-grammar/; JSON-LD: https://www.w3.org/TR/json-ld11/;
N3: https://w3c.github.io/N3/spec/

Out of scope: which format an answer gets (`formats`, and the protocol).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from hwbs_graph.errors import FormatError
from hwbs_graph.model.vocabulary import PREFIXES

#: RDF formats that can hold prefixes, which make them readable.
PREFIXED = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3, RdfFormat.RDF_XML, RdfFormat.JSON_LD}
_ROWS = "JSON, CSV or TSV"
_GRAPHS = "Turtle or N-Triples"
#: What no XML document holds, in UTF-8: control characters, U+FFFE and U+FFFF.
_NO_XML = rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
_NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: The end of an IRI that can name an element.
_ELEMENT_NAME = rf"[{_NAME_START}][{_NAME_START}0-9.\xb7\u0300-\u036f\u203f\u2040-]*\Z"
_RESERVED = [
    PREFIXES["rdf"] + name
    for name in [
        "RDF",
        "ID",
        "about",
        "aboutEach",
        "aboutEachPrefix",
        "bagID",
        "datatype",
        "Description",
        "li",
        "nodeID",
        "parseType",
        "resource",
    ]
]


_Term = TypeVar("_Term")


def serialize_rows(
    results: QuerySolutions | QueryBoolean, format: QueryResultsFormat, out: BytesIO | None = None
) -> bytes:
    """Return rows, or yes or no, in a format; `out` may bound how much is written.

    Raises FormatError where the format cannot hold them.
    """
    out = BytesIO() if out is None else out
    results.serialize(output=out, format=format)
    data = out.getvalue()
    return _finish_xml(data, "XML", _ROWS) if format == QueryResultsFormat.XML else data


def serialize_graph(
    triples: Iterable[Triple],
    format: RdfFormat,
    out: BytesIO | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """Return triples in a format; see `serialize_rows`."""
    out = BytesIO() if out is None else out
    if format == RdfFormat.RDF_XML:
        triples = map(_fit_rdf_xml, triples)
    elif format in (RdfFormat.JSON_LD, RdfFormat.N3):
        triples = _refuse_triple_terms(triples, format)
    used = dict(prefixes) if format in PREFIXED else None
    serialize(triples, output=out, format=format, prefixes=used)
    data = out.getvalue()
    if format != RdfFormat.RDF_XML:
        return data
    from xml.parsers import expat

    data = _finish_xml(data, "RDF/XML", _GRAPHS)
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        raise FormatError("RDF/XML", "a name in this answer", _GRAPHS) from None
    return data


def _finish_xml(data: bytes, format: str, offer: str) -> bytes:
    if found := re.search(_NO_XML, data):
        raise FormatError(format, f"the character U+{ord(found[0].decode()):04X}", offer)
    return data.replace(b"\r", b"&#13;")


def _fit_rdf_xml(triple: Triple) -> Triple:
    """Return a triple whose blank nodes have names as XML wants them.

    Raises FormatError for a property that cannot name an element.
    """
    predicate = triple.predicate
    if not re.search(_ELEMENT_NAME, predicate.value) or predicate.value in _RESERVED:
        raise FormatError("RDF/XML", f"the property {predicate}, which names no element", _GRAPHS)
    return Triple(_name_node(triple.subject), predicate, _name_node(triple.object))


def _name_node(term: _Term) -> _Term | BlankNode | Triple:
    if isinstance(term, BlankNode):
        return BlankNode(f"b{term.value}")
    return _fit_rdf_xml(term) if isinstance(term, Triple) else term


def _refuse_triple_terms(triples: Iterable[Triple], format: RdfFormat) -> Iterator[Triple]:
    for triple in triples:
        value = triple.object
        if isinstance(value, Triple):
            raise FormatError(format.name, "a statement about a statement", _GRAPHS)
        if format == RdfFormat.N3 and isinstance(value, Literal) and value.direction:
            raise FormatError(format.name, "text with a direction of writing", _GRAPHS)
        yield triple
