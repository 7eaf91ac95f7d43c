"""The table of links: who or what is linked to whom, why it is believed, and where it is printed.

A row is a statement of the record, or a plain link between two things. That an element stands in a
plan or a theme is believed because the element is printed there, so its own passage is given.

Out of scope: shortcuts that rules derive; each repeats a statement.
"""

from collections.abc import Iterator, Mapping

from hwbs_graph.data import bundled
from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_text
from hwbs_graph.write.export.table_specs import SOURCE, Table

_ENDS = ("from", "fromLabel", "relation", "to", "toLabel", "basis", "confidence")
COLUMNS = (*_ENDS, *SOURCE, "role", "printedRole", "saidBy", "saidOn")


def list_links(engine: Engine, printed: Mapping[str, tuple[str, ...]]) -> Table:
    """Return the table of links, a row a link, ordered by where it starts.

    An alignment may have one end only: what is new comes from nothing, what was dropped goes
    nowhere. A statement that another paper makes has the citation as its document. `printed` is
    what `find_sources` returns.
    """
    labels: dict[str, str] = {}
    for row in run_named(engine, "internal/labels"):
        labels[row["thing"]] = min(labels.get(row["thing"], row["label"]), row["label"])
    found = [*_find_statements(engine), *_find_properties(engine)]
    rows = {_row(record, labels, printed[record["link"]]) for record in found}
    return Table("links", COLUMNS, sorted(rows, key=_order))


def _find_statements(engine: Engine) -> Iterator[Row]:
    """Yield the statements, each read by its type or by the words of its class."""
    for relation in bundled.registry().relations.values():
        if relation.is_statement:
            for row in run_named(engine, "internal/exported-statements", relation.blanks):
                yield row | {"relation": row["type"] or relation.forward}


def _find_properties(engine: Engine) -> Iterator[Row]:
    relations = bundled.registry().relations
    direct = [iri for iri, relation in relations.items() if relation.is_direct]
    for row in run_named(engine, "internal/exported-properties", property=direct):
        yield row | {"relation": relations[row["property"]].forward}


def _row(record: Row, labels: dict[str, str], source: tuple[str, ...]) -> tuple[str, ...]:
    document, *rest = source
    cells = (
        record["from"],
        labels.get(record["from"], ""),
        record["relation"],
        record["to"],
        labels.get(record["to"], ""),
        record["basis"],
        record.get("confidence", ""),
        document or record.get("citation", ""),
    )
    part = (record.get(key, "") for key in ("role", "printedRole", "saidBy", "saidOn"))
    return (*map(xml_text, cells), *rest, *map(xml_text, part))


def _order(row: tuple[str, ...]) -> tuple[object, ...]:
    return natural_key(row[0]), row[2], natural_key(row[3]), row
