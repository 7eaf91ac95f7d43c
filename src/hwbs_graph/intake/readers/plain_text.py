"""Reads plain text (.txt): columns kept apart by spaces or tabs, lists, and lines as paragraphs.

A table of spaces starts at a line of three or more columns above a line of dashes, or at one
whose columns stand at the same places in the lines below it.

Out of scope: what a column means.
"""

import re
from pathlib import Path

from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.readers.encoding import read_characters
from hwbs_graph.intake.readers.limits import check_cell, check_lines

_GAP = re.compile(r" {2,}")
_RULE = re.compile(r"\s*[-=_+| ]{8,}\s*")
#: A label that dots join to its value, as of a contents list to its page.
_LEADER = re.compile(r"\s*(?P<label>\S[^.…]{0,40}?)\s*(?:(?:\. ?){3,}|…+)\s*(?P<value>[^\s.].*)")
_ITEM = re.compile(r"(\s*)([-*•❖▪●◦–]|\d{1,3}[.)]|\(?[a-z]\))\s+(.*)")


def read_text(path: Path) -> Document:
    """Read a text file. Raises UnreadableError."""
    text = read_characters(path)
    check_lines(path, text.split("\n"))
    if len(re.findall(r"(?m)^\s*\|.*\|\s*$", text)) > 2:  # a table drawn with bars is Markdown's
        from hwbs_graph.intake.readers.markdown_files import read_markdown

        return read_markdown(path)
    reader = _Reader(path, text.split("\n"))
    return Document(tuple(reader.read()), tuple(reader.left_out))


class _Reader:
    """Reads one file; a table goes on until a line at its margin that has no columns."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path, self.lines = path, [line.rstrip() for line in lines]
        self.blocks: list[Paragraph | Table] = []
        self.left_out: list[LeftOut] = []
        self.tables = 0

    def read(self) -> list[Paragraph | Table]:
        number = 0
        while number < len(self.lines):
            if "\t" in self.lines[number].strip():
                number = self.read_tabs(number)
            elif _LEADER.fullmatch(self.lines[number]):
                number = self.read_leaders(number)
            elif starts := self.find_columns(number):
                number = self.read_columns(number, starts)
            else:
                number = self.read_paragraph(number)
        return self.blocks

    def find_columns(self, number: int) -> list[int]:
        line = self.lines[number]
        starts = _list_starts(line)
        below = next((each for each in self.lines[number + 1 :] if each.strip()), "")
        ruled = bool(_RULE.fullmatch(below) and re.search("[-=_]{4}", below))
        return starts if len(starts) >= 3 and (ruled or _fits(below, starts)) else []

    def read_columns(self, number: int, starts: list[int]) -> int:
        self.tables += 1
        cells: dict[tuple[int, int], Cell] = {}
        drawn: list[tuple[int, list[str], bool]] = []
        fresh, header = True, number
        while number < len(self.lines):
            line = self.lines[number]
            if not line.strip() or _RULE.fullmatch(line):
                fresh = True
            elif number != header and not _fits_loosely(line, starts, fresh):
                break
            else:
                drawn.append((number, _cut(line, starts), fresh))
                fresh = False
            number += 1
        row, apart = -1, _are_apart(drawn)
        for place, parts, begins in drawn:
            row += begins or (not apart and _begins_row(parts))
            self.add_line(cells, row, parts, place)
        self.blocks.append(Table(tuple(cells.values()), f"table {self.tables}", wrapped=True))
        return number

    def add_line(
        self, cells: dict[tuple[int, int], Cell], row: int, parts: list[str], number: int
    ) -> None:
        for column, text in enumerate(parts):
            if not text:
                continue
            place = f"line {number + 1}"
            check_cell(self.path, place, text)
            old = cells.get((row, column), Cell(row, column, (), place))
            cells[row, column] = old._replace(lines=(*old.lines, text))

    def read_leaders(self, number: int) -> int:
        """Read lines whose labels dots join to their values, as a table of both."""
        self.tables += 1
        cells: list[Cell] = []
        start, row = 0, -1
        while number < len(self.lines):
            line, place = self.lines[number], f"line {number + 1}"
            check_cell(self.path, place, line)
            indent = len(line) - len(line.lstrip())
            if found := _LEADER.fullmatch(line):
                row, start = row + 1, found.start("value")
                cells.append(Cell(row, 0, (found["label"],), place))
                cells.append(Cell(row, 1, (found["value"],), place))
            elif line.strip() and indent >= start - 2:
                cells[-1] = cells[-1]._replace(lines=(*cells[-1].lines, line.strip()))
            else:
                break
            number += 1
        self.blocks.append(Table(tuple(cells), f"table {self.tables}", wrapped=True))
        return number

    def read_tabs(self, number: int) -> int:
        self.tables += 1
        cells: list[Cell] = []
        row = 0
        while number < len(self.lines) and self.has_tabs(number):
            ruled = re.fullmatch(r"[-=_\s|:]*", self.lines[number])
            for column, text in enumerate([] if ruled else self.lines[number].split("\t")):
                place = f"line {number + 1}, column {column + 1}"
                check_cell(self.path, place, text)
                if lines := split_markup(text):
                    cells.append(Cell(row, column, lines, place))
            number, row = number + 1, row + 1
        self.blocks.append(Table(tuple(cells), f"table {self.tables}", is_ragged=True))
        return number

    def has_tabs(self, number: int) -> bool:
        """Say whether a line has columns, or empty ones lie between two that have."""
        while number < len(self.lines) and not self.lines[number].strip():
            number += 1
        return number < len(self.lines) and "\t" in self.lines[number]

    def read_paragraph(self, number: int) -> int:
        line = self.lines[number].strip()
        if len(_list_starts(line)) >= 3:
            why = "its columns stand under those of no table; put them in line"
            self.left_out.append(LeftOut("a line in columns", why, f"line {number + 1}"))
        item = _ITEM.fullmatch(self.lines[number])
        text = item[3] if item else line
        marker = (
            ("•" if not item[2].strip("().").isalnum() else item[2].strip("().")) if item else ""
        )
        place = f"line {number + 1}"
        number += 1
        while text and self.goes_on(number, bool(item)):
            text = f"{text} {self.lines[number].strip()}"
            number += 1
        if text and not _RULE.fullmatch(text):
            level = 0 if marker else _find_level(text)
            self.blocks.append(
                Paragraph(text, place, level, marker, len(item[1]) // 2 if item else 0)
            )
        return number

    def goes_on(self, number: int, is_item: bool) -> bool:
        """Say whether a line goes on with the paragraph before it."""
        if number >= len(self.lines) or "\t" in self.lines[number]:
            return False
        line, before = self.lines[number], self.lines[number - 1].strip()
        if not line.strip() or _ITEM.fullmatch(line) or self.find_columns(number):
            return False
        if _LEADER.fullmatch(line):
            return False
        indented = line.startswith("  ")
        return (
            indented if is_item else line.strip()[0].islower() and not before.endswith((".", ":"))
        )


def split_markup(text: str) -> tuple[str, ...]:
    """Return the lines of a cell that may hold tags of HTML and bullets of its own."""
    text = re.sub(r"</?(p|ul|ol|li|br|div)\b[^<>]*>", "\n", text)
    text = re.sub(r"</?(i|b|em|strong|span|u|sup|sub|a)\b[^<>]*>", "", text)
    parts = re.split(r"\n|[❖•▪●◦]", text)
    return tuple(line for part in parts if (line := " ".join(part.split())))


def _list_starts(line: str) -> list[int]:
    parts = [match.end() for match in _GAP.finditer(line) if line[: match.start()].strip()]
    return [len(line) - len(line.lstrip()), *parts] if line.strip() else []


def _fits(line: str, starts: list[int]) -> bool:
    own = _list_starts(line)
    return len(own) >= 3 and (set(own) <= set(starts) or _fills(own, starts))


def _fills(own: list[int], starts: list[int]) -> bool:
    """Say whether a line fills all columns: a long cell then moves those right of it."""
    return len(own) == len(starts) and own[0] == starts[0]


def _fits_loosely(line: str, starts: list[int], fresh: bool) -> bool:
    """Say whether a line belongs to the columns; one that starts a row has at least two of them."""
    own = _list_starts(line)
    if not set(own) <= set(starts):
        return _fills(own, starts)
    width = starts[1] - starts[0]
    return len(own) >= 2 or (not fresh and (own[0] > starts[0] or len(line.strip()) <= width))


def _are_apart(drawn: list[tuple[int, list[str], bool]]) -> bool:
    """Say whether blank or ruled lines keep the rows apart, of lines in columns that they begin."""
    blocks = sum(begins for _, _, begins in drawn)
    return sum(not begins and _begins_row(parts) for _, parts, begins in drawn) < blocks


def _begins_row(parts: list[str]) -> bool:
    """Say whether a line in columns has the form of the first line of a row."""
    return sum(map(bool, parts)) >= 2 and bool(parts[0]) and not parts[0][0].islower()


def _cut(line: str, starts: list[int]) -> list[str]:
    own = _list_starts(line)
    starts = own if not set(own) <= set(starts) and _fills(own, starts) else starts
    ends = [*starts[1:], len(line) + 1]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _find_level(text: str) -> int:
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) > 3 and all(char.isupper() for char in letters)
    numbered = re.match(
        r"(?i)(priority|theme|goal|aim|ambition|pillar|objective|outcome)\b.{0,4}\d", text
    )
    return 7 if len(text) <= 120 and (capitals or numbered) else 0
