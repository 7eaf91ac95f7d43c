"""The first page: which boards and plans there are, what they are about, and what one can ask.

Out of scope: HTML, and the server: links come from a resolver.
"""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count
from hwbs_graph.web.pages.facts import list_boards
from hwbs_graph.web.pages.pieces import Item, Library, Section
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.urls import Resolver

#: The first page shows at most so many boards, topics and bodies; lists have them all.
_MOST_BOARDS, _MOST_TOPICS, _MOST_BODIES = 30, 80, 12


class Named(NamedTuple):
    """A thing, and how many elements of plans name it."""

    iri: str
    label: str
    times: int


class HomeFacts(NamedTuple):
    """What the first page tells: every plan with its board, topics, bodies, the latest day."""

    plans: tuple[Row, ...]
    topics: tuple[Named, ...]
    bodies: tuple[Named, ...]
    date: str


class Home(NamedTuple):
    """What the first page shows; `further` counts the boards that it leaves out.

    `plans` counts the plans."""

    summary: str
    boards: tuple[Section, ...]
    further: int
    topics: tuple[Cell, ...]
    bodies: tuple[Item, ...]
    questions: tuple[str, ...]
    date: str
    plans: int


@lru_cache(maxsize=1)
def gather_home(engine: Engine) -> HomeFacts:
    """Return what the first page tells, gathered once a worker: its graph never changes."""
    addressed = run_named(engine, "internal/determinants-in-plans")
    named = run_named(engine, "internal/parts-in-actions")
    dated = run_named(engine, "internal/version-and-date")
    return HomeFacts(
        tuple(list_boards(engine)),
        _count_most(addressed, "determinant", "label", _MOST_TOPICS),
        _count_most(named, "partner", "partnerLabel", _MOST_BODIES),
        dated[0]["date"] if dated else "",
    )


def build_home(facts: HomeFacts, resolve: Resolver) -> Home:
    """Return the first page; `resolve` gives the address of the page of an IRI, or ""."""
    library = Library({}, resolve)
    boards = group_rows(sorted(facts.plans, key=lambda row: row["plan"]), "board")
    shown = [*boards.values()][:_MOST_BOARDS]
    topics = sorted(facts.topics, key=lambda each: each.label.casefold())
    return Home(
        _summarise(facts, len(boards.keys() - {""})),
        tuple(_list_plans(rows, library) for rows in shown),
        len(boards) - len(shown),
        tuple(library.link(each.label, each.iri) for each in topics),
        tuple(
            Item(library.link(each.label, each.iri), told=(_count_actions(each),))
            for each in facts.bodies
        ),
        _list_questions(facts),
        facts.date,
        len({row["plan"] for row in facts.plans}),
    )


def _count_most(rows: list[Row], thing: str, label: str, most: int) -> tuple[Named, ...]:
    """Return the things that most rows name, of equals the first by name."""
    times = Counter((row[thing], row[label]) for row in rows)
    ranked = sorted(times.items(), key=lambda pair: (-pair[1], pair[0][1]))
    return tuple(Named(iri, name, number) for (iri, name), number in ranked[:most])


def _summarise(facts: HomeFacts, boards: int) -> str:
    plans = {row["plan"] for row in facts.plans}
    of = f" of {count(boards, 'health and wellbeing board')}" if boards else ""
    return f"{count(len(plans), 'plan')}{of}: who does what, and where the document says so."


def _list_plans(rows: list[Row], library: Library) -> Section:
    title = library.link(rows[0]["boardLabel"], rows[0]["board"]) if rows[0]["board"] else None
    items = (
        Item(
            library.link(row["planLabel"], row["plan"]),
            told=(("for", (Cell(row["period"]),)),) if row["period"] else (),
        )
        for row in rows
    )
    return Section(title or Cell("Plans of no named board"), tuple(dict.fromkeys(items)), 3)


def _count_actions(body: Named) -> tuple[str, tuple[Cell, ...]]:
    return "named in", (Cell(count(body.times, "action")),)


def _list_questions(facts: HomeFacts) -> tuple[str, ...]:
    """Return questions that can be asked here, each of a name that the plans hold."""
    found = [f"What is done about {each.label}?" for each in facts.topics[:2]]
    found += [f"What is {each.label} responsible for?" for each in facts.bodies[:1]]
    if len(facts.bodies) > 1:
        one, other, *_ = facts.bodies
        found.append(f"actions with {one.label} and {other.label}")
    return tuple(found)
