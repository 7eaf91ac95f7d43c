"""Describes the service: its languages and formats, and which graphs it has.

https://www.w3.org/TR/sparql11-service-description/

Out of scope: what the graphs hold (`dataset_description`).
"""

from collections.abc import Iterator
from importlib import resources

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.model.vocabulary import PREFIXES, RDF, Namespace
from hwbs_graph.web.protocol.dataset_description import TITLE, VOID, DatasetStats, list_facts
from hwbs_graph.web.protocol.negotiation import GRAPHS
from hwbs_graph.write.w3c import serialize_graph

_SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#", "Graph NamedGraph namedGraph name graph"
)
_DCT = Namespace(PREFIXES["dcterms"], "title")
_PREFIXES = PREFIXES | {"sd": "http://www.w3.org/ns/sparql-service-description#"}


def describe_service(url: str, stats: DatasetStats, type: str) -> bytes:
    """Return the service description in a media type of `GRAPHS`."""
    return serialize_graph(_triples(url, stats), GRAPHS[type], prefixes=_PREFIXES)


def _triples(url: str, stats: DatasetStats) -> Iterator[Triple]:
    fixed = (resources.files(__package__) / "service_description.ttl").read_bytes()
    for quad in parse(fixed, format=RdfFormat.TURTLE, base_iri=url):
        yield quad.triple
    service, data = NamedNode(f"{url}#service"), NamedNode(f"{url}#dataset")
    yield Triple(service, _DCT.title, Literal(TITLE, language="en"))
    yield from list_facts(data, stats)
    yield from _graph(NamedNode(f"{url}#default-graph"), stats.triples)
    for number, (iri, size) in enumerate(stats.graphs.items(), 1):
        named, graph = NamedNode(f"{url}#graph-{number}"), NamedNode(f"{url}#graph-{number}-data")
        yield Triple(data, _SD.namedGraph, named)
        yield Triple(named, RDF.type, _SD.NamedGraph)
        yield Triple(named, _SD.name, NamedNode(iri))
        yield Triple(named, _SD.graph, graph)
        yield from _graph(graph, size)


def _graph(node: NamedNode, size: int) -> Iterator[Triple]:
    for kind in (_SD.Graph, VOID.Dataset):
        yield Triple(node, RDF.type, kind)
    yield Triple(node, VOID.triples, Literal(size))
