"""Where something is printed, as sheets hold it.

Out of scope: how a place is worded in a briefing (`write`).
"""

from typing import TypedDict

from hwbs_graph.grouping import Row
from hwbs_graph.text import parse_whole


class Place(TypedDict):
    """Where something is printed: a document, a place in words, and a line from 1."""

    document: str
    place: str
    line: int


class Passage(Place):
    """A place, and the words printed there."""

    printed: str


def find_place(row: Row) -> Place:
    """Return where a passage is printed; a line that the record lacks is 0."""
    line = parse_whole(row["line"])
    return {"document": row["document"], "place": row["place"], "line": line}


def find_passage(row: Row) -> Passage:
    """Return where a passage is printed, with its words."""
    return {**find_place(row), "printed": row["printedText"]}


def quote_passage(passage: Passage) -> str:
    """Return the words of a passage with their place, as one line."""
    place = f"{passage['document']} line {passage['line']} ({passage['place']})"
    return f"as printed: “{passage['printed']}”, {place}"
