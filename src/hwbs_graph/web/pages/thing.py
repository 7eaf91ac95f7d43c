"""What the page of a thing shows, put in order from what `briefing.thing` gathered.

Out of scope: HTML, and finding the thing.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.text import heading
from hwbs_graph.web.pages.html_tables import Cell
from hwbs_graph.web.urls import page_of, page_of_graph

#: The heading gives the label, and a shortcut is shown with the statement behind it.
_SAID_ELSEWHERE = ("prefLabel", "involves")


class Passage(NamedTuple):
    """Where something is printed, and in which words."""

    document: str
    line: str
    place: str
    printed: str


class Statement(NamedTuple):
    """A link that could be disputed: what it says, of whom, and what it rests on."""

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


def sections(sheet: dict[str, Any]) -> dict[str, Any]:
    """Return what the template of a thing needs, by name."""
    told = {row["event"] for row in sheet["history"]}
    disputable = [row for row in sheet["statements"] if row["statement"] not in told]
    return {
        "outward": _links(sheet["links"], "out"),
        "inward": _links(sheet["links"], "in"),
        "statements": [_statement(group) for group in group_rows(disputable, "statement").values()],
        "history": [_event(group) for group in group_rows(sheet["history"], "event").values()],
        "passages": [_passage(row) for row in sheet["sources"]],
        "notes": sheet["notes"],
        "graphs": [Cell(shorten(iri), page_of_graph(iri)) for iri in sheet["graphs"]],
    }


def _links(links: Iterable[Row], direction: str) -> list[Group]:
    """Group the links of one direction, without what is said elsewhere on the page."""
    groups = group_pairs(
        (
            heading(row["propertyLabel"]),
            Cell(row["otherLabel"] or shorten(row["other"]), page_of(row["other"])),
        )
        for row in links
        if row["direction"] == direction and row["propertyLabel"] not in _SAID_ELSEWHERE
    )
    return [Group(name, tuple(dict.fromkeys(cells))) for name, cells in groups.items()]


def _statement(group: list[Row]) -> Statement:
    first = group[0]
    others = {Cell(row["otherLabel"], page_of(row["other"])) for row in group if row["other"]}
    return Statement(
        first["kindLabel"],
        tuple(sorted(others)),
        _basis(first),
        _once(row[key] for row in group for key in ("reason", "citation")),
        tuple(dict.fromkeys(_passage(row) for row in group if row["printedText"])),
        page_of(first["statement"]),
    )


def _event(group: list[Row]) -> Statement:
    first = group[0]
    dated = f" on {first['date']}" if first["date"] else ""
    others = {
        Cell(_with_plan(row), page_of(row["other"])): None for row in group if row["otherLabel"]
    }
    way = f", {first['direction']}" if others else ""
    return Statement(
        first["eventLabel"] + dated + way,
        tuple(others),
        _basis(first),
        _once(row[key] for row in group for key in ("reason", "citation")),
        (),
        page_of(first["event"]),
    )


def _with_plan(row: Row) -> str:
    return f"{row['otherLabel']} ({row['plan']})" if row["plan"] else row["otherLabel"]


def _basis(row: Row) -> str:
    sure = f", confidence {row['confidence']}" if row["confidence"] else ""
    return (row["basisLabel"] or "no basis given") + sure


def _passage(row: Row) -> Passage:
    return Passage(row["document"], row["line"], row["place"], row["printedText"])


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
