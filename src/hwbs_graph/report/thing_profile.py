"""What is known of one thing, gathered for a person who asks for it by name.

The sheet is what `--format json` prints, key by key.

Out of scope: what the plans ask of a partner (`profile`), and formats (`profile_text`, `write`).
"""

from collections.abc import Iterable
from typing import TypedDict

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.delivery import Delivery, read_delivery
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.report.marked_answers import list_over
from hwbs_graph.store import Engine

#: Properties that need no line of their own: the heading gives the label, and a shortcut is shown
#: with the statement behind it.
_SHOWN_ELSEWHERE = ("prefLabel", "involves")


class ThingHead(TypedDict):
    """What a thing is and is called."""

    iri: str
    label: str
    kind: str


class ThingSheet(TypedDict):
    """Everything known of one thing, as rows.

    `plansOver` has a row for each plan of the thing whose period is over: plan, planLabel, period.
    `delivery` says when, by what measure and how far. `links` are its direct links, `statements`
    those that could be disputed, with basis and passages. `history` says what became of it and
    what it was, `sources` where it is printed.
    """

    thing: ThingHead
    plansOver: list[Row]
    delivery: Delivery
    links: list[Row]
    statements: list[Row]
    history: list[Row]
    sources: list[Row]
    notes: list[Row]


def describe_thing(engine: Engine, thing: Thing) -> ThingSheet:
    """Return everything known of one thing."""
    return {
        "thing": {"iri": thing.iri, "label": thing.label, "kind": thing.kind},
        "plansOver": list_over(engine, [thing.iri]),
        "delivery": read_delivery(run_named(engine, "internal/delivery", thing=thing.iri)),
        "links": _list_links(engine, thing.iri),
        "statements": run_named(engine, "trust/statements-about-thing", thing=thing.iri),
        "history": run_named(engine, "report/history-of-thing", thing=thing.iri),
        "sources": run_named(engine, "trust/passages-of-thing", thing=thing.iri),
        "notes": run_named(engine, "trust/notes-about-thing", thing=thing.iri),
    }


def _list_links(engine: Engine, iri: str) -> list[Row]:
    """Return the direct links and values of a thing; those that do not count are called further."""
    rows = run_named(engine, "network/links-of-thing", thing=iri)
    for row in rows:
        if row["property"].startswith(PREFIXES["further"]):
            row["propertyLabel"] += " (further)"
    return rows


def select_links(links: Iterable[Row], direction: str) -> list[Row]:
    """Return the direct links "out" of a thing or "in" to it that nothing else shows."""
    return [
        row
        for row in links
        if row["direction"] == direction and row["propertyLabel"] not in _SHOWN_ELSEWHERE
    ]


def group_statements(sheet: ThingSheet) -> list[list[Row]]:
    """Return the rows of each statement that could be disputed and is no event of the history."""
    events = {row["event"] for row in sheet["history"]}
    rows = (row for row in sheet["statements"] if row["statement"] not in events)
    return [*group_rows(rows, "statement").values()]


def name_with_plan(row: Row) -> str:
    """Return the label of the other end of a link, with its plan where it has one."""
    return f"{row['otherLabel']} ({row['plan']})" if row["plan"] else row["otherLabel"]


def word_basis(row: Row, unknown: str = "") -> str:
    """Return the basis of a link, with the confidence of a judgement."""
    confidence = f"confidence {row['confidence']}" if row["confidence"] else ""
    return ", ".join(filter(None, (row["basisLabel"] or unknown, confidence)))
