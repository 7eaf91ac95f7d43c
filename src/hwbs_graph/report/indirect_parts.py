"""What a partner has part in without an action that names it: as one of all, or by a workshop.

Out of scope: the actions that name it (`profile`), and layout.
"""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from hwbs_graph.grouping import Row
from hwbs_graph.model.dates import word_date
from hwbs_graph.query.results import run_named
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
