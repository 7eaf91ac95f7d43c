"""What the tables of things hold: a table for each kind, a row for each thing.

A fact with several values has them in one cell, ` | ` between; the same facts stand one a row
among the links (`links`).

Out of scope: writing a table (`tables`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_text

#: Stands between several values of one cell.
SEVERAL = " | "


class Table(NamedTuple):
    """A table: its name, its columns, and rows of text as long as the columns."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Column(NamedTuple):
    """A column: its name and the property path that leads to its values.

    A `labelled` one holds IRIs, and the column of their labels stands beside it.
    """

    name: str
    path: str
    labelled: bool = False


_LABEL = Column("label", "skos:prefLabel")
_SHORT = Column("short", "hwbs:shortLabel")
_CODE = Column("code", "skos:notation")
_ABSTRACT = Column("summary", "dcterms:abstract")
_ORDER = Column("order", "hwbs:printedOrder")
_PLAN = Column("plan", "hwbs:inPlan", labelled=True)
_THEME = Column("theme", "hwbs:inTheme", labelled=True)
_DETERMINANT = Column("determinant", "hwbs:addresses", labelled=True)
_STATUS = Column("status", "hwbs:status/skos:prefLabel")
_IDENTIFIER = Column("identifier", "dcterms:identifier")
#: What a passage says of a thing, in the order of `sources`.
SOURCE = ("document", "line", "place", "printed")
#: Kinds whose things are printed; for these the columns of SOURCE come last.
_PRINTED = (
    "themes",
    "objectives",
    "priorities",
    "focus areas",
    "actions",
    "claims",
    "quality notes",
)
#: Name of each table, the classes it lists, and its columns after `iri`.
_KINDS: dict[str, tuple[str, tuple[Column, ...]]] = {
    "plans": (
        "hwbs:Strategy hwbs:ActionPlan",
        (
            _LABEL,
            _SHORT,
            _IDENTIFIER,
            _STATUS,
            Column("issued", "dcterms:issued"),
            Column("period", "dcterms:temporal"),
            Column("deliversStrategy", "hwbs:deliversStrategy", labelled=True),
            Column("supersedes", "hwbs:supersedes", labelled=True),
            _ABSTRACT,
        ),
    ),
    "documents": (
        "hwbs:SourceDocument",
        (
            _LABEL,
            _IDENTIFIER,
            Column("title", "dcterms:title"),
            _STATUS,
            Column("date", "dcterms:date"),
            Column("fileName", "hwbs:fileName"),
            Column("sha256", "hwbs:sha256"),
        ),
    ),
    "themes": (
        "hwbs:Theme",
        (
            _LABEL,
            _SHORT,
            _CODE,
            _ORDER,
            _PLAN,
            Column("family", "hwbs:inFamily/skos:prefLabel"),
            Column("ambition", "^hwbs:ambitionOf/skos:prefLabel"),
            _ABSTRACT,
            _DETERMINANT,
        ),
    ),
    "objectives": (
        "hwbs:PlanObjective hwbs:LetteredObjective",
        (
            _LABEL,
            _CODE,
            _ORDER,
            _THEME,
            _PLAN,
            Column("because", "^hwbs:rationaleFor/dcterms:abstract"),
            _DETERMINANT,
        ),
    ),
    "priorities": (
        "hwbs:Priority hwbs:SubPriority",
        (
            _LABEL,
            _CODE,
            _ORDER,
            _THEME,
            _PLAN,
            Column("approach", "^hwbs:element/hwbs:approach/skos:prefLabel"),
            _DETERMINANT,
        ),
    ),
    "focus areas": (
        "hwbs:FocusArea",
        (
            _LABEL,
            _ORDER,
            Column("under", "hwbs:focusOf|hwbs:inTheme", labelled=True),
            _PLAN,
            _STATUS,
            _ABSTRACT,
            _DETERMINANT,
        ),
    ),
    "actions": (
        "hwbs:Action",
        (
            _LABEL,
            _CODE,
            _ORDER,
            Column("objective", "hwbs:deliversObjective", labelled=True),
            Column("theme", "hwbs:deliversObjective/hwbs:inTheme", labelled=True),
            _PLAN,
            Column("targetDate", "hwbs:targetDate"),
            Column("partner", "hwbs:involves", labelled=True),
            _DETERMINANT,
        ),
    ),
    "partners": (
        "hwbs:Partner",
        (
            _LABEL,
            _SHORT,
            Column("kind", "org:classification/skos:prefLabel"),
            Column("partOf", "org:unitOf|org:subOrganizationOf|org:postIn", labelled=True),
            Column("otherNames", "skos:altLabel|skos:hiddenLabel"),
            Column("whatBecameOfIt", "org:changedBy/skos:prefLabel"),
            Column("action", "^hwbs:involves", labelled=True),
        ),
    ),
    "determinants": (
        "hwbs:Determinant",
        (
            _LABEL,
            Column("broader", "skos:broader", labelled=True),
            Column("definition", "skos:definition"),
            Column("otherNames", "skos:altLabel"),
        ),
    ),
    "claims": (
        "hwbs:Claim",
        (
            _LABEL,
            Column("value", "hwbs:value"),
            Column("valueLow", "hwbs:valueLow"),
            Column("valueHigh", "hwbs:valueHigh"),
            Column("unit", "hwbs:unit"),
            Column("population", "hwbs:population"),
            Column("placeName", "hwbs:placeName"),
            Column("period", "hwbs:period"),
            Column("about", "hwbs:about", labelled=True),
            Column("contradicts", "hwbs:contradicts", labelled=True),
        ),
    ),
    "quality notes": (
        "hwbs:QualityNote",
        (
            _LABEL,
            Column("kind", "hwbs:noteKind/skos:prefLabel"),
            Column("description", "dcterms:description"),
            Column("handling", "hwbs:handling"),
            Column("about", "oa:hasTarget", labelled=True),
        ),
    ),
}
PREFIX_LINES = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
_THINGS = PREFIX_LINES + "SELECT DISTINCT ?thing WHERE { VALUES ?class { %s } ?thing a ?class }"
_VALUES = PREFIX_LINES + (
    "SELECT DISTINCT ?thing ?value ?label WHERE {"
    " VALUES ?class { %s } ?thing a ?class ; %s ?value ."
    " OPTIONAL { ?value skos:prefLabel ?label } }"
)


def tables(engine: Engine) -> Iterator[Table]:
    """Yield one table for each kind of thing, rows in natural order of their IRIs."""
    where = sources(engine)
    for kind, (classes, columns) in _KINDS.items():
        things = {row["thing"] for row in engine.select(_THINGS % classes)}
        filled = [cells for column in columns for cells in _cells(engine, classes, column)]
        names = [name for column in columns for name in _names(column)]
        last = SOURCE if kind in _PRINTED else ()
        rows = [
            (iri, *(cells.get(iri, "") for cells in filled), *where[iri][: len(last)])
            for iri in sorted(things, key=natural_key)
        ]
        yield Table(kind, ("iri", *names, *last), rows)


def sources(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """Return the cells of SOURCE by thing, those of several passages in the same order."""
    joined: dict[str, tuple[str, ...]] = defaultdict(lambda: ("",) * len(SOURCE))
    for thing, found in passages(engine).items():
        joined[thing] = tuple(map(SEVERAL.join, zip(*found, strict=True)))
    return joined


def passages(
    engine: Engine, things: Sequence[str] | None = None
) -> dict[str, list[tuple[str, ...]]]:
    """Return the passages that a thing was taken from, each as document, line, place, words.

    Of everything, or of `things` alone.
    """
    wanted = {} if things is None else {"thing": things}
    columns = ("document", "line", "place", "printedText")
    return group_pairs(
        (row["thing"], tuple(xml_text(row[column]) for column in columns))
        for row in run_named(engine, "trust/passages-of-thing", **wanted)
    )


def _names(column: Column) -> tuple[str, ...]:
    return (column.name, f"{column.name}Label") if column.labelled else (column.name,)


def _cells(engine: Engine, classes: str, column: Column) -> list[dict[str, str]]:
    """Return the cells of a column by thing, and those of its labels in the same order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in engine.select(_VALUES % (classes, column.path)):
        labels = found[row["thing"]]
        # A thing with labels in several languages is still one thing.
        labels[row["value"]] = min(labels.get(row["value"], row["label"]), row["label"])
    ordered = {
        thing: sorted(labels.items(), key=lambda pair: natural_key(pair[0]))
        for thing, labels in found.items()
    }
    return [
        {
            thing: SEVERAL.join(xml_text(pair[part]) for pair in pairs)
            for thing, pairs in ordered.items()
        }
        for part in ((0, 1) if column.labelled else (0,))
    ]
