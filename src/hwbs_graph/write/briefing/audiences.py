"""For whom a briefing is made, and which parts of it they read.

Out of scope: what a part holds (`layout`).
"""

from difflib import get_close_matches
from typing import NamedTuple

from hwbs_graph.errors import UsageError


class Audience(NamedTuple):
    """Who reads a briefing: what it tells them, and the parts of `layout` in their order."""

    purpose: str
    parts: tuple[str, ...]


#: By the word of `--for`; "" is everybody, who gets every part but those of a board.
AUDIENCES = {
    "": Audience(
        "",
        (
            *("summary", "changes", "asked", "levels", "charges", "silences", "due", "companions"),
            *("whole-plans", "shared", "sayings", "determinants", "later", "notes", "documents"),
            "legend",
        ),
    ),
    "scrutiny": Audience(
        "what was promised, what became of it, and what is left open",
        (
            *("summary", "changes", "asked", "levels", "charges", "due", "later", "silences"),
            "notes",
            *("documents", "legend"),
        ),
    ),
    "team": Audience(
        "actions, dates, and with whom",
        (
            *("summary", "due", "asked", "levels", "charges", "companions", "whole-plans"),
            *("shared", "sayings", "documents", "legend"),
        ),
    ),
    "board": Audience(
        "one page of counts, and what is left to decide",
        ("summary", "counts", "decisions", "first-due", "first-companions", "documents"),
    ),
}
NAMED = tuple(name for name in AUDIENCES if name)


def require_audience(name: str) -> str:
    """Return the word of an audience in lower case. Raises UsageError for any other word."""
    found = name.strip().lower()
    if found in NAMED:
        return found
    near = get_close_matches(found, NAMED, 1)
    meant = f" Did you mean “{near[0]}”?" if near else ""
    raise UsageError(f"No briefing is made for “{name}”; choose {', '.join(NAMED)}.{meant}")
