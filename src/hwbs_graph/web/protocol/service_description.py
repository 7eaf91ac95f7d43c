"""Describes the service: its languages and formats, and the data set behind it.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/,
https://www.w3.org/TR/vocab-dcat-3/

Out of scope: the meaning of the data; the ontology is part of it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple, serialize

from hwbs_graph.model.vocabulary import BASE, PREFIXES, RDF, Namespace
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS, PREFIXED

TITLE = "Joint Health and Wellbeing Strategies as a knowledge graph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DCT = Namespace(PREFIXES["dcterms"], "title license")
_SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#",
    """Service Dataset Graph NamedGraph UnionDefaultGraph SPARQL10Query SPARQL11Query endpoint
    supportedLanguage feature resultFormat defaultDataset defaultGraph namedGraph name graph""",
)
_VOID = Namespace("http://rdfs.org/ns/void#", "Dataset triples sparqlEndpoint uriSpace")
_DCAT = Namespace(
    "http://www.w3.org/ns/dcat#", "Dataset DataService servesDataset endpointURL distribution"
)
_XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
#: https://www.w3.org/ns/formats/
_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads", "N3"),
)
_PREFIXES = PREFIXES | {
    "dcat": "http://www.w3.org/ns/dcat#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}


class DatasetStats(NamedTuple):
    """The number of all statements, and of those in each named graph by its IRI."""

    triples: int
    graphs: dict[str, int]


def measure_dataset(engine: Engine) -> DatasetStats:
    """Count the statements of each named graph."""
    graphs = engine.graphs()
    return DatasetStats(sum(graphs.values()), graphs)


def describe_service(url: str, stats: DatasetStats, type: str) -> bytes:
    """Return the service description in a media type of `GRAPHS`."""
    format = GRAPHS[type]
    prefixes = _PREFIXES if format in PREFIXED else None
    return serialize(_triples(url, stats), format=format, prefixes=prefixes) or b""


def _triples(url: str, stats: DatasetStats) -> Iterator[Triple]:
    service, data = NamedNode(f"{url}#service"), NamedNode(f"{url}#dataset")
    for kind in (_SD.Service, _DCAT.DataService):
        yield Triple(service, RDF.type, kind)
    yield Triple(service, _SD.endpoint, NamedNode(url))
    yield Triple(service, _DCAT.endpointURL, NamedNode(url))
    yield Triple(service, _DCT.title, Literal(TITLE, language="en"))
    yield Triple(service, _SD.feature, _SD.UnionDefaultGraph)
    for language in (_SD.SPARQL10Query, _SD.SPARQL11Query):
        yield Triple(service, _SD.supportedLanguage, language)
    for name in _FORMATS:
        format = NamedNode(f"http://www.w3.org/ns/formats/{name}")
        yield Triple(service, _SD.resultFormat, format)
    yield Triple(service, _SD.defaultDataset, data)
    yield Triple(service, _DCAT.servesDataset, data)
    yield from _dataset(url, data, stats)


def _dataset(url: str, data: NamedNode, stats: DatasetStats) -> Iterator[Triple]:
    for kind in (_SD.Dataset, _VOID.Dataset, _DCAT.Dataset):
        yield Triple(data, RDF.type, kind)
    yield Triple(data, _DCT.title, Literal(TITLE, language="en"))
    yield Triple(data, _DCT.license, NamedNode(LICENCE))
    yield Triple(data, _VOID.sparqlEndpoint, NamedNode(url))
    yield Triple(data, _VOID.uriSpace, Literal(BASE))
    yield Triple(data, _VOID.triples, _number(stats.triples))
    union = NamedNode(f"{url}#default-graph")
    yield Triple(data, _SD.defaultGraph, union)
    yield from _graph(union, stats.triples)
    for number, (iri, size) in enumerate(stats.graphs.items(), 1):
        named, graph = NamedNode(f"{url}#graph-{number}"), NamedNode(f"{url}#graph-{number}-data")
        yield Triple(data, _SD.namedGraph, named)
        yield Triple(named, RDF.type, _SD.NamedGraph)
        yield Triple(named, _SD.name, NamedNode(iri))
        yield Triple(named, _SD.graph, graph)
        yield from _graph(graph, size)


def _graph(node: NamedNode, size: int) -> Iterator[Triple]:
    for kind in (_SD.Graph, _VOID.Dataset):
        yield Triple(node, RDF.type, kind)
    yield Triple(node, _VOID.triples, _number(size))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_XSD_INTEGER)
