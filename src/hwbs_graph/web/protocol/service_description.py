"""Describes the service: its languages and formats, and the data set behind it.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/,
https://www.w3.org/TR/vocab-dcat-3/

Out of scope: the meaning of the data; the ontology is part of it.
"""

from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.model.vocabulary import BASE, PREFIXES, RDF, Namespace
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS
from hwbs_graph.write.w3c import serialize_graph

TITLE = "Joint Health and Wellbeing Strategies as a knowledge graph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DCT = Namespace(PREFIXES["dcterms"], "title license")
_SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#", "Graph NamedGraph namedGraph name graph"
)
_VOID = Namespace("http://rdfs.org/ns/void#", "Dataset triples uriSpace")
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
    return serialize_graph(_triples(url, stats), GRAPHS[type], prefixes=_PREFIXES)


def _triples(url: str, stats: DatasetStats) -> Iterator[Triple]:
    fixed = (resources.files(__package__) / "service_description.ttl").read_bytes()
    for quad in parse(fixed, format=RdfFormat.TURTLE, base_iri=url):
        yield quad.triple
    service, data = NamedNode(f"{url}#service"), NamedNode(f"{url}#dataset")
    for node in (service, data):
        yield Triple(node, _DCT.title, Literal(TITLE, language="en"))
    yield Triple(data, _DCT.license, NamedNode(LICENCE))
    yield Triple(data, _VOID.uriSpace, Literal(BASE))
    yield Triple(data, _VOID.triples, Literal(stats.triples))
    yield from _graph(NamedNode(f"{url}#default-graph"), stats.triples)
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
    yield Triple(node, _VOID.triples, Literal(size))
