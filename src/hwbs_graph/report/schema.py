"""The model in a screen: what a graph has things of, what links them, and how to ask.

Only what the graph has is told; the whole ontology stands in its own file.

Out of scope: how it is laid out (`cli.schema`).
"""

from typing import NamedTuple

from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.model.vocabulary import PREFIXES, TERMS
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine


class SchemaClass(NamedTuple):
    """A class of the ontology: its IRI, label, definition, and how many things are of it.

    `broader` is the IRI of the class right above it in the ontology, or "".
    """

    iri: str
    label: str
    definition: str
    things: int
    broader: str


class SchemaRelation(NamedTuple):
    """A property that joins two classes, by their IRIs, and how many links it makes of them."""

    iri: str
    label: str
    definition: str
    source: str
    target: str
    links: int


class SchemaExample(NamedTuple):
    """A question and the SPARQL that answers it, without PREFIX lines."""

    question: str
    sparql: str


class Schema(NamedTuple):
    """What a graph has: classes by IRI, relations by IRI, the usual prefixes, examples."""

    classes: tuple[SchemaClass, ...]
    relations: tuple[SchemaRelation, ...]
    prefixes: dict[str, str]
    examples: tuple[SchemaExample, ...]


def describe_schema(engine: Engine) -> Schema:
    """Return the classes and relations of the ontology that the graph has something of."""
    classes = run_named(engine, "internal/schema-classes")
    broader = group_pairs(
        (row["class"], row["broader"]) for row in run_named(engine, "internal/broader-classes")
    )
    joined = group_pairs(
        (row["property"], row) for row in run_named(engine, "internal/schema-relations")
    )
    fitting = [row for rows in joined.values() for row in _choose_fitting(rows, broader)]
    return Schema(
        tuple(_make_class(row, _find_nearest(row["class"], broader)) for row in classes),
        tuple(map(_make_relation, fitting)),
        PREFIXES,
        tuple(map(_read_example, catalogue.family_names(catalogue.EXAMPLE))),
    )


def _make_class(row: Row, broader: str) -> SchemaClass:
    told = (row["class"], row["classLabel"], row["definition"])
    return SchemaClass(*told, int(row["things"]), broader)


def _find_nearest(iri: str, broader: dict[str, list[str]]) -> str:
    """Return the class right above: of all that are above, the one with most above itself."""
    own = sorted(each for each in broader.get(iri, ()) if each.startswith(TERMS))
    return max(own, key=lambda each: len(broader.get(each, ())), default="")


def _make_relation(row: Row) -> SchemaRelation:
    told = (row["property"], row["propertyLabel"], row["definition"])
    return SchemaRelation(*told, row["from"], row["to"], int(row["links"]))


def _choose_fitting(rows: list[Row], broader: dict[str, list[str]]) -> list[Row]:
    """Return, of all pairs of classes that a property joins, the narrowest that hold every link.

    An action is an element too: of two pairs with the same links the narrower says more, and of
    two where one holds more links the wider says all.
    """

    def is_within(one: Row, other: Row) -> bool:
        return one is not other and all(
            other[end] in (one[end], *broader.get(one[end], ())) for end in ("from", "to")
        )

    narrow = [
        row
        for row in rows
        if not any(is_within(each, row) and each["links"] == row["links"] for each in rows)
    ]
    return [row for row in narrow if not any(is_within(row, each) for each in narrow)]


def _read_example(name: str) -> SchemaExample:
    query = catalogue.load(name)
    lines = query.text.splitlines()
    kept = [line for line in lines if not line.startswith(("#+", "PREFIX "))]
    return SchemaExample(query.summary, "\n".join(kept) + "\n")
