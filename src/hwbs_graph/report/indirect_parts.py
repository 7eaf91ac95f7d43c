"""What a partner has part in without an action that names it: of a plan, as one of all, by a room.

Out of scope: the actions that name it (`profile`), and layout.
"""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.dates import word_date
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.report.places import Passage, find_passage, quote_passage
from hwbs_graph.store import Engine

#: The role of a partner whose part the plan does not state.
PART_NOT_STATED = "involved"


class Saying(TypedDict):
    """What a workshop said a partner has part in: of what, by which group, on which day."""

    iri: str
    label: str
    plan: str | None
    role: str | None
    saidBy: str | None
    date: str | None


class WholePlan(TypedDict):
    """A plan that names a partner for the whole of it; `sources` are its passages."""

    iri: str
    plan: str
    planOver: bool
    role: str | None
    rolePrinted: str | None
    basis: str
    sources: list[Passage]


def list_whole_plans(engine: Engine, partner: str) -> list[WholePlan]:
    """Return the plans that name a partner for the plan as a whole, by plan."""
    rows = run_named(engine, "internal/plans-of-partner", partner=partner)
    over = find_over(engine, (row["plan"] for row in rows)) if rows else {}
    return [
        {
            "iri": own[0]["plan"],
            "plan": own[0]["planLabel"],
            "planOver": own[0]["plan"] in over,
            "role": own[0]["roleLabel"] or None,
            "rolePrinted": own[0]["printedRole"] or None,
            "basis": own[0]["basisLabel"],
            "sources": [find_passage(row) for row in own if row["printedText"]],
        }
        for own in group_rows(rows, "involvement").values()
    ]


def word_whole_plan(named: WholePlan) -> str:
    """Return one line: the plan, the part, and the words as printed with their place."""
    over = " (period over)" if named["planOver"] else ""
    part = word_role(named["role"], named["rolePrinted"])
    printed = map(quote_passage, named["sources"])
    told = (f"{named['plan']}{over}", f"part: {part}" if part else "", *printed)
    return ", ".join(filter(None, told))


def word_role(role: str | None, printed: str | None) -> str:
    """Return the part that a body takes; "" where the plan does not state it."""
    told = role if role != PART_NOT_STATED else None
    return ", ".join(filter(None, (told, f"printed “{printed}”" if printed else None)))


def list_sayings(engine: Engine, partner: str) -> list[Saying]:
    """Return what workshops said of a partner, by day."""
    return [
        {
            "iri": row["thing"],
            "label": row["thingLabel"],
            "plan": row["planLabel"] or None,
            "role": row["roleLabel"] or None,
            "saidBy": row["saidBy"] or None,
            "date": row["date"] or None,
        }
        for row in run_named(engine, "internal/said-of-partner", partner=partner)
    ]


def list_shared(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each action that is for all partners of a plan that names this one."""
    for row in rows:
        yield f"{row['actionLabel']} (for “{row['groupLabel']}”, {row['planLabel']})"


def word_saying(saying: Saying) -> str:
    """Return what was said as one line: of what, which part, by whom and when."""
    role = saying["role"] if saying["role"] != PART_NOT_STATED else None
    by = f"said by {saying['saidBy']}" if saying["saidBy"] else "said in a workshop"
    day = f"on {word_date(saying['date'])}" if saying["date"] else ""
    part = f", part: {role}" if role else ""
    return f"{saying['label']}{part} ({' '.join(filter(None, (by, day)))})"
