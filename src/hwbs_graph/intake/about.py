"""What a plan is called, whose it is, and for which years: from its title and its first lines.

Out of scope: the actions.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.intake.levels import find_level
from hwbs_graph.intake.parts import Document, Paragraph
from hwbs_graph.intake.plan_words import fold, matches
from hwbs_graph.text import file_stem

_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:to|until|[-–—/])\s*((?:19|20)?\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLAN_WORDS = re.compile(
    r"(?i)\b(plan|strategy|tracker|cynllun|strategaeth|programme|framework|charter)\b"
)
_FIRST, _HEAD = 14, 4
_LONGEST_TITLE = 200
#: Paragraphs from the first, among which the line below a title stands.
_UNDER_TITLE = 3


class About(NamedTuple):
    """A plan's key, title, board or council, years and status; "" where it prints none."""

    key: str
    title: str
    body: str
    period: str
    status: str


def describe_plan(document: Document, path: Path, first: list[str]) -> About:
    """Return what a plan says of itself; `first` are words above its first table."""
    title = find_title(document, first) or re.sub(r"[_-]+", " ", path.stem).strip()
    texts = [each.text for each in document.paragraphs[:_FIRST]]
    near = list(dict.fromkeys([title, *first, *texts]))
    period = next((found for text in near[:6] if (found := read_period(text))), "")
    return About(
        file_stem(title, "plan")[:60].strip("-"), title, find_body(near), period, find_status(near)
    )


def find_title_block(document: Document) -> Paragraph | None:
    """Return the paragraph of the title: the one styled so, or the first heading of a plan."""
    paragraphs = document.paragraphs
    titled = next((each for each in paragraphs if each.is_title), None)
    if titled:
        return titled
    early = [
        each
        for each in paragraphs[:6]
        if len(each.text) <= _LONGEST_TITLE and not find_level(each.text)
    ]
    named = (each for each in early if _PLAN_WORDS.search(each.text) and not each.marker)
    return next(named, early[0] if early and early[0].level else None)


def find_title(document: Document, first: list[str]) -> str:
    """Return the title as printed, "" if the document has none."""
    if block := find_title_block(document):
        under = document.paragraphs[:_UNDER_TITLE]
        plans = (each.text for each in under if each.level == 0 and _is_title(each.text))
        # A cover may print the board in large letters, and below it what the document is.
        return next(plans, block.text) if matches("plan", "body", fold(block.text)) else block.text
    named = [text for text in first if _PLAN_WORDS.search(text) and len(text) <= _LONGEST_TITLE]
    return named[0] if named else ""


def _is_title(text: str) -> bool:
    """Say whether a line under the name of a board says which plan it is: no sentence does."""
    is_line = len(text) <= _LONGEST_TITLE and not text.endswith((".", ":", "!", "?"))
    return is_line and bool(_PLAN_WORDS.search(text))


def read_period(text: str) -> str:
    """Return the years that words print, as “2025-28”."""
    found = _PERIOD.search(text)
    return f"{found[1]}-{found[2]}" if found else ""


def find_body(texts: list[str]) -> str:
    """Return the board or council that stands on a line, or at the start of the title."""
    for text in texts:
        if len(text.split()) <= 12 and ":" not in text and matches("plan", "body", fold(text)):
            return text
    for text in texts[:_HEAD]:
        for part in _list_named(text):
            if matches("plan", "body", fold(part)):
                return part
    return ""


def _list_named(text: str) -> Iterator[str]:
    """Yield runs of capitalised words, as a name inside a sentence is one."""
    word, small = r"[A-Z][\w’'-]*", "&|and|of|for|the|a|ac|y|yr"
    for found in re.finditer(rf"{word}(?:\s+(?:{small}|{word}))*\s+{word}", text):
        yield re.sub(r"^(?:The|Our|Owned by the)\s+", "", found[0])


def find_status(texts: list[str]) -> str:
    """Return draft or adopted, where the title or a line of its own says so."""
    for text in texts:
        words = fold(text)
        if re.search(r"\bdraft\b|\bdrafft\b", words) and len(words.split()) <= 15:
            return "draft"
        for part in re.split(r"[.;:|]", text):
            said = re.match(r"(\w+(?: off)?)(?: (?:on|by|in|at) .*| \d.*)?$", fold(part))
            if said and matches("plan", "adopted", said[1]):
                return "adopted"
    return ""
