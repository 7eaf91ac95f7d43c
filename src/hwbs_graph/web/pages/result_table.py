"""Turns SPARQL results in JSON, or triples, into a table with links, for a page.

https://www.w3.org/TR/sparql11-results-json/

Out of scope: HTML; the templates write it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from hwbs_graph.model.vocabulary import SCHEMES, THINGS, shorten, split
from hwbs_graph.store import term_text
from hwbs_graph.text import capitalise, heading, parse_number
from hwbs_graph.web.urls import page_url

#: A page shows at most so many rows; a download has them all.
MOST_ROWS = 1000


class Cell(NamedTuple):
    """What a cell shows, and where it leads; `iri` is what it shows the compact address of."""

    text: str
    link: str = ""
    iri: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it shows a number, which stands to the right in a column."""
        return not self.link and parse_number(self.text) is not None


class Table(NamedTuple):
    """Headings and rows of cells, and how many rows there are in all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    size: int

    def iris(self) -> list[str]:
        """Return the IRIs that stand there by their addresses."""
        return list(dict.fromkeys(cell.iri for row in self.rows for cell in row if cell.iri))

    def with_names(self, labels: Mapping[str, str]) -> "Table":
        """Return the table with labels in place of addresses, and words where there is none."""
        rows = (tuple(_name_cell(cell, labels) for cell in row) for row in self.rows)
        return self._replace(rows=tuple(rows))


def _name_cell(cell: Cell, labels: Mapping[str, str]) -> Cell:
    if not cell.iri:
        return cell
    return Cell(labels.get(cell.iri) or name_iri(cell.iri), cell.link)


def link_cell(text: str, iri: str) -> Cell:
    """Return a cell that leads to the page of an IRI."""
    return Cell(text, page_url(iri))


def read_boolean(data: bytes) -> bool | None:
    """Return the value of a boolean result, None if the results are rows."""
    value = json.loads(data).get("boolean")
    return value if isinstance(value, bool) else None


def from_rows(data: bytes) -> Table:
    """Return rows as they are: a column for each variable."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    bindings = results["results"]["bindings"]
    rows = [tuple(_json_cell(row.get(name)) for name in names) for row in bindings[:MOST_ROWS]]
    return Table(tuple(names), tuple(rows), len(bindings))


def from_triples(triples: Sequence[Triple]) -> Table:
    """Return the triples of a graph as a table; each thing leads to its page."""
    rows = [tuple(_term_cell(term) for term in triple) for triple in triples[:MOST_ROWS]]
    return Table(("Subject", "Property", "Object"), tuple(rows), len(triples))


def from_labelled_rows(data: bytes) -> Table:
    """Return rows for people: each thing shows the label beside it and leads to its page."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    bindings = results["results"]["bindings"]
    kept = [name for name in names if f"{name}Label" not in names]
    rows = [tuple(_labelled_cell(row, name) for name in kept) for row in bindings[:MOST_ROWS]]
    return Table(tuple(capitalise(heading(name)) for name in kept), tuple(rows), len(bindings))


def _labelled_cell(row: dict[str, Any], name: str) -> Cell:
    term, thing = row.get(name), row.get(name.removesuffix("Label"))
    cell = _json_cell(term)
    if name.endswith("Label") and thing and thing["type"] == "uri":
        return link_cell(cell.text or name_iri(thing["value"]), thing["value"])
    if term and term["type"] == "uri":
        return link_cell(name_iri(term["value"]), term["value"])
    return cell


def _json_cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return link_cell(shorten(term["value"]), term["value"])._replace(iri=term["value"])
    return Cell(_json_text(term))


def _term_cell(term: NamedNode | BlankNode | Literal | Triple) -> Cell:
    if isinstance(term, NamedNode):
        return link_cell(shorten(term.value), term.value)._replace(iri=term.value)
    return Cell(str(term) if isinstance(term, BlankNode) else term_text(term))


def _json_text(term: dict[str, Any]) -> str:
    if term["type"] == "triple":
        parts = (term["value"][part] for part in ("subject", "predicate", "object"))
        return f"<<( {' '.join(map(_json_text, parts))} )>>"
    if term["type"] == "uri":
        return shorten(term["value"])
    return f"_:{term['value']}" if term["type"] == "bnode" else str(term["value"])


def name_iri(iri: str) -> str:
    """Return words for a thing without a label: the last of its address, never a prefixed name.

    What is no IRI is a value, and stays as it is.
    """
    if iri.startswith((THINGS, SCHEMES)):
        kind, key = iri.rstrip("/").split("/")[-2:]
        return f"{kind} {key}".replace("-", " ")
    if shorten(iri) == iri:
        return iri
    return heading(split(iri)[1].replace("-", " ")) or iri
