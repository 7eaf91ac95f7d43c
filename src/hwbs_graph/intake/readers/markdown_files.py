"""Reads Markdown (.md): headings, lists, paragraphs and pipe tables, each with its line.

Out of scope: the rarer forms, such as references and footnotes, which are read as text.
"""

import re
from pathlib import Path

from hwbs_graph.intake.parts import Cell, Document, Paragraph, Table
from hwbs_graph.intake.readers.encoding import read_characters
from hwbs_graph.intake.readers.limits import check_cell, check_lines, check_table

#: A line of a definition list, below its term.
_DEFINITION = re.compile(r"\s{0,3}:\s+(?P<text>\S.*)")
_ITEM = re.compile(r"(?P<indent>\s*)(?P<marker>[-*+•]|\d{1,4}[.)])\s+(?P<text>.*)")
_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*")


def read_markdown(path: Path) -> Document:
    """Read a Markdown file. Raises UnreadableError."""
    lines = read_characters(path).split("\n")
    check_lines(path, lines)
    return Document(tuple(_Reader(path, lines).read()))


class _Reader:
    """Reads one file line by line; a paragraph goes on until an empty line."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path, self.lines = path, lines
        self.blocks: list[Paragraph | Table] = []
        self.open: Paragraph | None = None
        self.tables = 0
        #: The table of the definition list that is read.
        self.defining: Table | None = None

    def read(self) -> list[Paragraph | Table]:
        number = 0
        while number < len(self.lines):
            if self.starts_table(number):
                number = self.read_table(number)
            else:
                self.read_line(number)
                number += 1
        self.close()
        return self.blocks

    def starts_table(self, number: int) -> bool:
        following = self.lines[number + 1 : number + 2]
        rule = bool(following and "-" in following[0] and _RULE.fullmatch(following[0]))
        return rule and "|" in self.lines[number] and "|" in following[0]

    def read_line(self, number: int) -> None:
        line, place = self.lines[number], f"line {number + 1}"
        if not line.strip() or re.fullmatch(r"\s*([-*_]\s*){3,}", line):
            self.close()
        elif found := re.fullmatch(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*", line):
            self.close()
            level = len(found[1])
            self.blocks.append(Paragraph(_strip(found[2]), place, level, is_title=level == 1))
        elif (found := _DEFINITION.fullmatch(line)) and self.can_define():
            self.define(found["text"], number)
        elif found := _ITEM.fullmatch(line):
            self.close()
            marker = "•" if found["marker"] in "-*+•" else found["marker"].rstrip(".)")
            depth = len(found["indent"].expandtabs(4)) // 2
            self.open = Paragraph(found["text"], place, marker=marker, depth=depth)
        elif self.open:
            broken = "\n" if self.open.text.endswith(("  ", "\\")) else " "
            self.open = self.open._replace(
                text=self.open.text.rstrip("\\") + broken + line.lstrip()
            )
        else:
            self.open = Paragraph(line.lstrip(), place)  # two spaces at its end are a break

    def can_define(self) -> bool:
        """Say whether a line may stand below a term, or below another line that defines it."""
        before = self.open or (self.blocks[-1] if self.blocks else None)
        if isinstance(before, Paragraph):
            return not (before.marker or before.level)
        return before is not None and before is self.defining

    def define(self, text: str, number: int) -> None:
        """Add a line of a definition list, a label and its value, to the table of its term."""
        self.close()
        if self.blocks[-1] is not self.defining:
            self.tables += 1
            self.blocks.append(Table((), f"table {self.tables}"))
        table = self.blocks.pop()
        assert isinstance(table, Table)
        row = max((cell.row for cell in table.cells), default=-1) + 1
        parts = re.split(r"\s*:\s+", text, maxsplit=1)
        cells = [self.make_cell(row, column, part, number) for column, part in enumerate(parts)]
        self.defining = table._replace(cells=(*table.cells, *cells))
        self.blocks.append(self.defining)

    def close(self) -> None:
        if self.open:
            bold = re.fullmatch(r"(\*\*|__)[^*_]+(\*\*|__):?", self.open.text.strip())
            level = 7 if bold and not self.open.marker else 0
            for text in self.open.text.split("\n"):
                self.blocks.append(self.open._replace(text=_strip(text), level=level))
        self.open = None

    def read_table(self, number: int) -> int:
        self.close()
        self.tables += 1
        cells: list[Cell] = []
        row = 0
        while number < len(self.lines) and "|" in self.lines[number]:
            if row or not cells or not _RULE.fullmatch(self.lines[number]):
                for column, text in enumerate(_split_row(self.lines[number])):
                    cells.append(self.make_cell(row, column, text, number))
                row += 1
            number += 1
            if row == 1 and number < len(self.lines) and _RULE.fullmatch(self.lines[number]):
                number += 1
        check_table(self.path, f"table {self.tables}", row, 0)
        used = tuple(cell for cell in cells if cell.lines)
        self.blocks.append(Table(used, f"table {self.tables}"))
        return number

    def make_cell(self, row: int, column: int, text: str, number: int) -> Cell:
        place = f"line {number + 1}, column {column + 1} of the table"
        check_cell(self.path, place, text)
        lines = (_strip(each) for each in re.split(r"<br\s*/?>", text))
        return Cell(row, column, tuple(line for line in lines if line), place)


def _split_row(line: str) -> list[str]:
    inner = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line)
    return [part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", inner)]


def _strip(text: str) -> str:
    """Return text without the marks of emphasis, links and code."""
    text = re.sub(r"!?\[([^]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", re.sub("`([^`]*)`", r"\1", text))
    return " ".join(text.split())
