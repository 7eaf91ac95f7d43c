"""Describes the data set behind a service, in VoID and DCAT: what it says of itself, and counts.

https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/

Out of scope: the service (`service_description`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.vocabulary import BASE, PREFIXES, RDF, STANDARDS, Namespace
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import Triples, run_named, run_query
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS
from hwbs_graph.write.w3c import serialize_graph

TITLE = "Joint Health and Wellbeing Strategies as a knowledge graph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DCT = Namespace(PREFIXES["dcterms"], "title license")
_FOAF = Namespace(PREFIXES["foaf"], "primaryTopic")
VOID = Namespace(
    PREFIXES["void"],
    """
    Dataset DatasetDescription classPartition classes entities properties property
    propertyPartition sparqlEndpoint subset triples uriSpace
    """,
)


#: No name for Python, as `class` is a word of its own.
_CLASS = NamedNode(PREFIXES["void"] + "class")
#: What VoID itself has no word for: the datatype of a property's values.
_EXTENSION = Namespace("http://ldf.fi/void-ext#", "datatype datatypePartition")


class DatasetStats(NamedTuple):
    """The number of all statements, and of those in each named graph by its IRI."""

    triples: int
    graphs: dict[str, int]


class DatasetContents(NamedTuple):
    """What the data say of data sets, the things of each class, and the number of properties.

    `partitions` has a row for each property that things of a class have, with the class or the
    datatype of its values: class, property, range, datatype, triples.
    """

    said: tuple[Triple, ...]
    classes: dict[str, int]
    properties: int
    partitions: tuple[Row, ...]


def measure_dataset(engine: Engine) -> DatasetStats:
    """Count the statements of each named graph."""
    graphs = engine.graphs()
    return DatasetStats(sum(graphs.values()), graphs)


def measure_contents(engine: Engine) -> DatasetContents:
    """Count things by class, and collect what the data say of themselves; this scans all types."""
    said = run_query(engine, catalogue.load("internal/described-sets").text)
    assert isinstance(said, Triples)
    counted = run_named(engine, "internal/counted-classes")
    return DatasetContents(
        tuple(said.triples),
        {row["class"]: int(row["things"]) for row in counted},
        len(run_named(engine, "internal/properties")),
        tuple(run_named(engine, "internal/partitions")),
    )


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
    yield Triple(data, VOID.classes, Literal(len(contents.classes)))
    yield Triple(data, VOID.properties, Literal(contents.properties))
    for iri, size in stats.graphs.items():
        yield Triple(data, VOID.subset, NamedNode(iri))
        yield Triple(NamedNode(iri), RDF.type, VOID.Dataset)
        yield Triple(NamedNode(iri), VOID.triples, Literal(size))
    yield from _list_said(contents.said)
    yield from _list_partitions(data, contents.classes, contents.partitions)


def add_partitions(store: Store) -> None:
    """Write what classes and properties a store holds into its graph of the standards.

    Assistants ask the endpoint itself for them. The node that has the partitions is no typed data
    set, so that no count of things changes. Stores on disk have none: counting takes longer than
    loading them.
    """
    engine = Embedded(store)
    counted = run_named(engine, "internal/counted-classes")
    classes = {row["class"]: int(row["things"]) for row in counted}
    rows = run_named(engine, "internal/partitions")
    served = NamedNode(f"{STANDARDS.value}#served")
    store.extend(
        Quad(each.subject, each.predicate, each.object, STANDARDS)
        for each in _list_partitions(served, classes, rows)
    )


def _list_partitions(
    data: NamedNode, classes: Mapping[str, int], rows: Iterable[Row]
) -> Iterator[Triple]:
    """Yield a partition for each class, with its things counted, and those of its properties."""
    properties = group_rows(rows, "class")
    for number, (iri, things) in enumerate(classes.items(), 1):
        part = NamedNode(f"{data.value.partition('#')[0]}#class-{number}")
        yield Triple(data, VOID.classPartition, part)
        yield Triple(part, _CLASS, NamedNode(iri))
        yield Triple(part, VOID.entities, Literal(things))
        yield from _list_properties(part, properties.get(iri, []))


def _list_properties(part: NamedNode, rows: list[Row]) -> Iterator[Triple]:
    """Yield a partition for each property of a class, and one for each kind of its values."""
    for number, (iri, ranges) in enumerate(group_rows(rows, "property").items(), 1):
        held = NamedNode(f"{part.value}-property-{number}")
        yield Triple(part, VOID.propertyPartition, held)
        yield Triple(held, VOID.property, NamedNode(iri))
        for each, row in enumerate(ranges, 1):
            values = NamedNode(f"{held.value}-values-{each}")
            yield from _list_values(held, values, row)


def _list_values(held: NamedNode, values: NamedNode, row: Row) -> Iterator[Triple]:
    if row["range"]:
        yield Triple(held, VOID.classPartition, values)
        yield Triple(values, _CLASS, NamedNode(row["range"]))
    else:
        yield Triple(held, _EXTENSION.datatypePartition, values)
        yield Triple(values, _EXTENSION.datatype, NamedNode(row["datatype"]))
    yield Triple(values, VOID.triples, Literal(int(row["triples"])))


def _list_said(said: Iterable[Triple]) -> Iterator[Triple]:
    """Leave out counts, which are counted here."""
    return (each for each in said if each.predicate not in (VOID.triples, VOID.entities))
