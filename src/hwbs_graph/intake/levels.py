"""The theme and objective that stand over an action: headings, sheet names and bands.

A heading that begins with a word for a level, such as “Priority 2”, is that level; of others, the
outer is the theme. Headings that only say what follows, such as “Action plan”, are none.

Out of scope: columns of a theme or objective (`plan_rows`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.intake.parts import Paragraph
from hwbs_graph.intake.plan_words import compile_words, fold_words, matches

_WORDED = "one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*[a-z]?|(?-i:[A-Z])|[ivx]{{1,4}}|{_WORDED})\b"
_NUMBERED = re.compile(
    rf"(?P<word>[^\W\d][^\d:–—]*?)\s*(?P<number>{_NUMBER})?\s*(?P<mark>[:–—.-]|$|\s(?=(?-i:[A-Z])))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_LONGEST = 240


class Heading(NamedTuple):
    """A heading on the way down: how deep it is, its words, and the level that it names."""

    depth: int
    text: str
    level: str


def find_level(text: str) -> str:
    """Return `theme` or `objective` where a heading begins with a word for one, else ""."""
    if len(text) > _LONGEST:
        return ""
    found = _NUMBERED.match(text)
    if found is None or not (found["number"] or found["mark"]):
        return ""
    words = fold_words(found["word"])
    for level in ("objective", "theme"):
        if matches("levels", level, words) and (found["number"] or found["rest"]):
            return level
    return ""


def strip_level(text: str) -> str:
    """Return the wording of an objective without “Objective 1.1:”, where words follow it."""
    found = _NUMBERED.fullmatch(text)
    if found and found["rest"] and matches("levels", "objective", fold_words(found["word"])):
        return found["rest"]
    return text


def is_plain(text: str) -> bool:
    """Say whether a heading only says what follows it."""
    words = fold_words(text)
    return not words or bool(compile_words("plain", "headings").fullmatch(words))


class Levels:
    """What stands over the next action; it follows the headings as they come.

    `roles` are what a person says of the levels of headings: `theme`, `objective` or `leave`.
    """

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.stack: list[Heading] = []
        self.bands: list[Heading] = []
        self.sheet = ""

    def enter_heading(self, paragraph: Paragraph, is_title: bool = False) -> None:
        """Go below a heading; the document's title is no theme."""
        self.bands.clear()
        level = named = find_level(paragraph.text)
        depth = paragraph.level or 7
        if chosen := self.roles.get(str(depth)):
            level = chosen
        if depth == 7 and not level and paragraph.text.endswith((".", ";", ",")):
            return
        while self.stack and not _goes_below(self.stack[-1], depth, level):
            self.stack.pop()
        if level != "leave" and (not is_title or named):
            self.stack.append(Heading(depth, paragraph.text, level))

    def enter_band(self, text: str, level: str) -> None:
        """Go below a row that reaches across a table."""
        while self.bands and not (level == "objective" and self.bands[-1].level == "theme"):
            self.bands.pop()
        if not is_plain(text):
            self.bands.append(Heading(8, text, level))

    def enter_outline(self, over: Sequence[str]) -> None:
        """Go below the rows of an outline, the topmost first."""
        named = [text for text in over if not is_plain(text)]
        self.bands = [Heading(8, text, find_level(text)) for text in named]

    def enter_table(self, sheet: str, goes_on: bool = False) -> None:
        """Begin a table, whose bands are its own unless it goes on with the one before."""
        if not goes_on:
            self.bands.clear()
        self.sheet = sheet

    @property
    def theme(self) -> str:
        """The words of the theme, "" without one."""
        return self._find_pair()[0]

    @property
    def objective(self) -> str:
        """The words of the objective, "" without one."""
        return strip_level(self._find_pair()[1])

    def _find_pair(self) -> tuple[str, str]:
        over = [
            each for each in (*self.stack, *self.bands) if each.level or not is_plain(each.text)
        ]
        theme = _find_last(over, "theme")
        objective = _find_last(over, "objective")
        others = [each.text for each in over if not each.level]
        if not theme and self.sheet:
            theme = self.sheet
        elif not theme and others:
            theme = others.pop(0)
        if not objective and others and over[-1].text == others[-1]:
            objective = others[-1]
        return theme, objective


def _find_last(over: list[Heading], level: str) -> str:
    return next((each.text for each in reversed(over) if each.level == level), "")


def _goes_below(above: Heading, depth: int, level: str) -> bool:
    if above.depth == depth:
        return above.level == "theme" and level == "objective"
    return above.depth < depth
