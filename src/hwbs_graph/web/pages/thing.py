"""Orders the sheet of a thing for its page.

Out of scope: HTML, and finding the thing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.report.profile import (
    ThingSheet,
    group_statements,
    name_over,
    name_with_plan,
    select_links,
    word_basis,
)
from hwbs_graph.text import heading
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.urls import graph_page_url, page_url, passage_anchor


class Passage(NamedTuple):
    """Where something is printed, and in which words; `anchor` is its id in the page, or ""."""

    document: str
    line: str
    place: str
    printed: str
    anchor: str = ""


class Statement(NamedTuple):
    """A link that could be disputed: what it states, about whom, and on what basis."""

    kind: str
    others: tuple[Cell, ...]
    basis: str
    why: tuple[str, ...]
    passages: tuple[Passage, ...]
    page: str


class Group(NamedTuple):
    """The things that one property leads to."""

    name: str
    cells: tuple[Cell, ...]


class ThingPage(ThingSheet):
    """The sheet of a thing, with the named graphs that speak of it."""

    graphs: list[str]


def thing_sections(sheet: ThingPage) -> dict[str, Any]:
    """Return what the template of a thing needs, by name."""
    return {
        "over": [name_over(row) for row in sheet["plansOver"]],
        "delivery": list(word_delivery(sheet["delivery"])),
        "outward": _group_links(select_links(sheet["links"], "out")),
        "inward": _group_links(select_links(sheet["links"], "in")),
        "statements": [_build_statement(group) for group in group_statements(sheet)],
        "history": [
            _build_event(group) for group in group_rows(sheet["history"], "event").values()
        ],
        "passages": list(_anchor_passages(map(_build_passage, sheet["sources"]))),
        "notes": sheet["notes"],
        "graphs": [Cell(shorten(iri), graph_page_url(iri)) for iri in sheet["graphs"]],
    }


def _group_links(links: Iterable[Row]) -> list[Group]:
    groups = group_pairs(
        (
            heading(row["propertyLabel"]),
            Cell(row["otherLabel"] or shorten(row["other"]), page_url(row["other"])),
        )
        for row in links
    )
    return [Group(name, tuple(dict.fromkeys(cells))) for name, cells in groups.items()]


def _build_statement(group: list[Row]) -> Statement:
    first = group[0]
    others = {Cell(row["otherLabel"], page_url(row["other"])) for row in group if row["other"]}
    return Statement(
        first["kindLabel"],
        tuple(sorted(others)),
        word_basis(first, "no basis given"),
        _distinct(row[key] for row in group for key in ("reason", "citation")),
        tuple(dict.fromkeys(_build_passage(row) for row in group if row["printedText"])),
        page_url(first["statement"]),
    )


def _build_event(group: list[Row]) -> Statement:
    first = group[0]
    dated = f" on {first['date']}" if first["date"] else ""
    others = {
        Cell(name_with_plan(row), page_url(row["other"])): None
        for row in group
        if row["otherLabel"]
    }
    way = f", {first['direction']}" if others else ""
    return Statement(
        first["eventLabel"] + dated + way,
        tuple(others),
        word_basis(first, "no basis given"),
        _distinct(row[key] for row in group for key in ("reason", "citation")),
        (),
        page_url(first["event"]),
    )


def _build_passage(row: Row) -> Passage:
    return Passage(row["document"], row["line"], row["place"], row["printedText"])


def _anchor_passages(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages, of which the first of each line has an id that a search leads to."""
    known: set[str] = set()
    for each in passages:
        anchor = passage_anchor(each.document, each.line)
        yield each if anchor in known else each._replace(anchor=anchor)
        known.add(anchor)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
