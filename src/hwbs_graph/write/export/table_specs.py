"""What the tables of things hold: a table for each kind, a row for each thing.

A fact with several values has them in one cell, ` | ` between; the same facts stand one a row
among the links (`link_table`). Which kinds have a table, and its columns, the registry says.

Out of scope: writing a table (`csv_xlsx`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.kinds import Kind, TableColumn
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


#: What a passage says of a thing, in the order of `sources`.
SOURCE = ("document", "line", "place", "printed")


def list_tables(engine: Engine, printed: Mapping[str, tuple[str, ...]]) -> Iterator[Table]:
    """Yield one table for each kind of thing, rows in natural order of their IRIs.

    `printed` is what `find_sources` returns.
    """
    for kind in bundled.registry().kinds:
        if not kind.table:
            continue
        rows = run_named(engine, "internal/things-of-class", **{"class": kind.classes})
        things = {row["thing"] for row in rows}
        filled = [cells for column in kind.table for cells in _fill_column(engine, kind, column)]
        names = [name for column in kind.table for name in _name_columns(column)]
        last = SOURCE if kind.printed else ()
        table = [
            (iri, *(cells.get(iri, "") for cells in filled), *printed[iri][: len(last)])
            for iri in sorted(things, key=natural_key)
        ]
        yield Table(kind.plural, ("iri", *names, *last), table)


def find_sources(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """Return the cells of SOURCE by thing, those of several passages in the same order."""
    joined: dict[str, tuple[str, ...]] = defaultdict(lambda: ("",) * len(SOURCE))
    for thing, found in find_passages(engine).items():
        joined[thing] = tuple(map(SEVERAL.join, zip(*found, strict=True)))
    return joined


def find_passages(
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


def _name_columns(column: TableColumn) -> tuple[str, ...]:
    return (column.name, f"{column.name}Label") if column.labelled else (column.name,)


def _fill_column(engine: Engine, kind: Kind, column: TableColumn) -> list[dict[str, str]]:
    """Return the cells of a column by thing, and those of its labels in the same order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    path = {"path": column.path}
    for row in run_named(engine, "internal/table-values", path, **{"class": kind.classes}):
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
