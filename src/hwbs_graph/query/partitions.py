"""What a graph holds, by class and property, in the words of VoID: assistants read it first.

https://www.w3.org/TR/void/#class-property-partitions

The counts are made in one pass over all statements, and kept in a named graph of their own
(`PARTITIONS`), which no count of the data includes.

Out of scope: the rest that is said of a data set (`web/protocol/dataset_description`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.vocabulary import PARTITIONS, PREFIXES, RDF, SKOS, TERMS, Namespace
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

_VOID = Namespace(
    PREFIXES["void"],
    "classPartition classes entities properties property propertyPartition triples",
)
#: No name for Python, as `class` is a word of its own.
_CLASS = NamedNode(PREFIXES["void"] + "class")
#: What VoID itself has no word for: the datatype of a property's values.
_EXTENSION = Namespace("http://ldf.fi/void-ext#", "datatype datatypePartition")
#: The node that has the partitions. It is no typed data set, so that no count of things changes.
_SERVED = NamedNode(f"{PARTITIONS.value}#data")
_Kinds = tuple[NamedNode, ...]
_Counted = Counter[tuple[int, NamedNode, int | NamedNode]]


class Partitions(NamedTuple):
    """The things of each class by its IRI, the number of properties, and what has which values.

    `rows` has one for each property that things of a class have, with the class or the datatype
    of its values: class, property, range, datatype, triples.
    """

    classes: dict[str, int]
    properties: int
    rows: tuple[Row, ...]


def find_partitions(engine: Engine) -> Partitions:
    """Return the partitions that a graph keeps, else count them."""
    classes = run_named(engine, "internal/class-partitions")
    if not classes:
        return count_partitions(engine.snapshot())
    return Partitions(
        {row["class"]: int(row["things"]) for row in classes},
        int(classes[0]["properties"]),
        tuple(run_named(engine, "internal/property-partitions")),
    )


def count_partitions(store: Store) -> Partitions:
    """Count things by class, and statements by class, property and what the value is.

    The class of a subject is one of the ontology, that of a value also skos:Concept. This reads
    every statement once, and keeps each typed thing in memory.
    """
    things, combinations = _find_kinds(store)
    counted: _Counted = Counter()
    properties = set()
    find = things.get
    for quad in store:
        properties.add(quad.predicate)
        kind = find(quad.subject)
        if kind is None:
            continue
        value = quad.object
        end = value.datatype if isinstance(value, Literal) else find(value)
        if end is not None:
            counted[kind, quad.predicate, end] += 1
    numbers = Counter(things.values())
    classes = Counter[str]()
    for kind, number in numbers.items():
        classes.update({each.value: number for each in combinations[kind]})
    rows = tuple(_list_rows(counted, combinations))
    return Partitions(dict(sorted(classes.items())), len(properties), rows)


def _find_kinds(
    store: Store,
) -> tuple[dict[NamedNode | BlankNode | Triple | Literal, int], list[_Kinds]]:
    """Return the number of each thing's combination of classes, and these combinations."""
    numbers: dict[_Kinds, int] = {(): 0}
    combinations: list[_Kinds] = [()]
    wider: dict[tuple[int, NamedNode], int] = {}
    things: dict[NamedNode | BlankNode | Triple | Literal, int] = {}
    for quad in store.quads_for_pattern(None, RDF.type, None):
        kind = quad.object
        if not isinstance(kind, NamedNode):
            continue
        step = things.get(quad.subject, 0), kind
        if step not in wider:
            joined = tuple(sorted({*combinations[step[0]], kind}, key=str))
            wider[step] = numbers.setdefault(joined, len(numbers))
            combinations.extend([joined] * (len(numbers) - len(combinations)))
        things[quad.subject] = wider[step]
    return things, combinations


def _list_rows(counted: _Counted, combinations: list[_Kinds]) -> Iterator[Row]:
    """Yield a row for each class, property and class or datatype of its values, in their order."""
    summed = Counter[tuple[str, str, str, str]]()
    for (kind, property, end), number in counted.items():
        ends = (
            [("", end.value)]
            if isinstance(end, NamedNode)
            else [(each.value, "") for each in combinations[end] if _is_told(each)]
        )
        for owner in combinations[kind]:
            if owner.value.startswith(TERMS):
                for each in ends:
                    summed[owner.value, property.value, *each] += number
    keys = ("class", "property", "range", "datatype", "triples")
    for key, number in sorted(summed.items()):
        yield dict(zip(keys, (*key, str(number)), strict=True))


def _is_told(kind: NamedNode) -> bool:
    return kind == SKOS.Concept or kind.value.startswith(TERMS)


def keep_partitions(store: Store) -> None:
    """Replace the graph of the partitions by what the other graphs hold."""
    store.remove_graph(PARTITIONS)
    store.bulk_extend(
        Quad(each.subject, each.predicate, each.object, PARTITIONS)
        for each in list_partitions(_SERVED, count_partitions(store))
    )


def list_partitions(data: NamedNode, found: Partitions) -> Iterator[Triple]:
    """Yield a partition of `data` for each class, with its things, and those of its properties."""
    yield Triple(data, _VOID.classes, Literal(len(found.classes)))
    yield Triple(data, _VOID.properties, Literal(found.properties))
    properties = group_rows(found.rows, "class")
    for number, (iri, things) in enumerate(found.classes.items(), 1):
        part = NamedNode(f"{data.value.partition('#')[0]}#class-{number}")
        yield Triple(data, _VOID.classPartition, part)
        yield Triple(part, _CLASS, NamedNode(iri))
        yield Triple(part, _VOID.entities, Literal(things))
        yield from _list_properties(part, properties.get(iri, []))


def _list_properties(part: NamedNode, rows: Iterable[Row]) -> Iterator[Triple]:
    """Yield a partition for each property of a class, and one for each kind of its values."""
    for number, (iri, ranges) in enumerate(group_rows(rows, "property").items(), 1):
        held = NamedNode(f"{part.value}-property-{number}")
        yield Triple(part, _VOID.propertyPartition, held)
        yield Triple(held, _VOID.property, NamedNode(iri))
        for each, row in enumerate(ranges, 1):
            values = NamedNode(f"{held.value}-values-{each}")
            yield from _list_values(held, values, row)


def _list_values(held: NamedNode, values: NamedNode, row: Row) -> Iterator[Triple]:
    if row["range"]:
        yield Triple(held, _VOID.classPartition, values)
        yield Triple(values, _CLASS, NamedNode(row["range"]))
    else:
        yield Triple(held, _EXTENSION.datatypePartition, values)
        yield Triple(values, _EXTENSION.datatype, NamedNode(row["datatype"]))
    yield Triple(values, _VOID.triples, Literal(int(row["triples"])))
