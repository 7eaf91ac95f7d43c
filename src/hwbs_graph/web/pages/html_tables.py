"""From SPARQL results in JSON, or triples, to a table that a page can show, with links.

https://www.w3.org/TR/sparql11-results-json/

Out of scope: HTML; the templates write it.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.text import heading
from hwbs_graph.web.urls import page_of

#: A page shows so many rows; a download has them all.
SHOWN = 1000


class Cell(NamedTuple):
    """What a cell shows, and where it leads."""

    text: str
    link: str = ""


class Table(NamedTuple):
    """Headings and rows of cells, and how many rows there are in all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    size: int


def boolean(data: bytes) -> bool | None:
    """Return the value of a boolean result, None where the results are rows."""
    value = json.loads(data).get("boolean")
    return value if isinstance(value, bool) else None


def plain(data: bytes) -> Table:
    """Return results as they are: a column for each variable."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    bindings = results["results"]["bindings"]
    rows = [tuple(_cell(row.get(name)) for name in names) for row in bindings[:SHOWN]]
    return Table(tuple(names), tuple(rows), len(bindings))


def triples(found: Sequence[Triple]) -> Table:
    """Return the triples of a graph as a table, a thing leading to its page."""
    rows = [tuple(_term(term) for term in triple) for triple in found[:SHOWN]]
    return Table(("Subject", "Property", "Object"), tuple(rows), len(found))


def labelled(data: bytes) -> Table:
    """Return results for people: a thing is shown by the label beside it, and leads to its page."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    bindings = results["results"]["bindings"]
    kept = [name for name in names if f"{name}Label" not in names]
    rows = [tuple(_labelled(row, name) for name in kept) for row in bindings[:SHOWN]]
    return Table(tuple(heading(name) for name in kept), tuple(rows), len(bindings))


def _labelled(row: dict[str, Any], name: str) -> Cell:
    cell, thing = _cell(row.get(name)), row.get(name.removesuffix("Label"))
    if name.endswith("Label") and thing and thing["type"] == "uri":
        return Cell(cell.text or shorten(thing["value"]), page_of(thing["value"]))
    return cell


def _cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return Cell(shorten(term["value"]), page_of(term["value"]))
    return Cell(f"_:{term['value']}" if term["type"] == "bnode" else _text(term["value"]))


def _term(term: object) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(shorten(term.value), page_of(term.value))
    return Cell(term.value if isinstance(term, Literal) else str(term))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
