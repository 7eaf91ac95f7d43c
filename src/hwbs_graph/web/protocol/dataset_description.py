"""Describes the data set behind a service, in VoID and DCAT: what it says of itself, and counts.

https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/

Out of scope: the service (`service_description`).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from hwbs_graph.model.vocabulary import BASE, PREFIXES, RDF, Namespace
from hwbs_graph.query import catalogue
from hwbs_graph.query.partitions import Partitions, find_partitions, list_partitions
from hwbs_graph.query.results import Triples, run_query
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS
from hwbs_graph.write.w3c import serialize_graph

TITLE = "Joint Health and Wellbeing Strategies as a knowledge graph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DCT = Namespace(PREFIXES["dcterms"], "title license")
_FOAF = Namespace(PREFIXES["foaf"], "primaryTopic")
VOID = Namespace(
    PREFIXES["void"],
    "Dataset DatasetDescription entities sparqlEndpoint subset triples uriSpace",
)


class DatasetStats(NamedTuple):
    """The number of all statements, and of those in each named graph by its IRI."""

    triples: int
    graphs: dict[str, int]


class DatasetContents(NamedTuple):
    """What the data say of data sets, and what they hold by class and property."""

    said: tuple[Triple, ...]
    partitions: Partitions


def measure_dataset(engine: Engine) -> DatasetStats:
    """Count the statements of each named graph."""
    graphs = engine.graphs()
    return DatasetStats(sum(graphs.values()), graphs)


def measure_contents(engine: Engine) -> DatasetContents:
    """Collect what the data say of themselves and hold; this counts where no count is kept."""
    said = run_query(engine, catalogue.load("internal/described-sets").text)
    assert isinstance(said, Triples)
    return DatasetContents(tuple(said.triples), find_partitions(engine))


def describe_dataset(
    page: str, endpoint: str, stats: DatasetStats, contents: DatasetContents, type: str
) -> bytes:
    """Return the description at the address `page` in a media type of `GRAPHS`.

    It speaks of the same node as the service description of the endpoint.
    """
    data = NamedNode(f"{endpoint}#dataset")
    triples = [
        Triple(NamedNode(page), RDF.type, VOID.DatasetDescription),
        Triple(NamedNode(page), _FOAF.primaryTopic, data),
        Triple(data, RDF.type, VOID.Dataset),
        Triple(data, VOID.sparqlEndpoint, NamedNode(endpoint)),
        *list_facts(data, stats),
        *list_contents(data, stats, contents),
    ]
    ordered = sorted(dict.fromkeys(triples), key=str)
    return serialize_graph(ordered, GRAPHS[type], prefixes=PREFIXES)


def list_facts(data: NamedNode, stats: DatasetStats) -> Iterator[Triple]:
    """Yield what the service description says of the data set too."""
    yield Triple(data, _DCT.title, Literal(TITLE, language="en"))
    yield Triple(data, _DCT.license, NamedNode(LICENCE))
    yield Triple(data, VOID.uriSpace, Literal(BASE))
    yield Triple(data, VOID.triples, Literal(stats.triples))


def list_contents(
    data: NamedNode, stats: DatasetStats, contents: DatasetContents
) -> Iterator[Triple]:
    """Yield the named graphs and the classes, each counted, and what the data say of them."""
    for iri, size in stats.graphs.items():
        yield Triple(data, VOID.subset, NamedNode(iri))
        yield Triple(NamedNode(iri), RDF.type, VOID.Dataset)
        yield Triple(NamedNode(iri), VOID.triples, Literal(size))
    yield from _list_said(contents.said)
    yield from list_partitions(data, contents.partitions)


def _list_said(said: Iterable[Triple]) -> Iterator[Triple]:
    """Leave out counts, which are counted here."""
    return (each for each in said if each.predicate not in (VOID.triples, VOID.entities))
