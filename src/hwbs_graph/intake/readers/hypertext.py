"""Reads a web page (.html): its headings, paragraphs, lists and tables, without what frames it.

Nothing is fetched and no script runs. Menus, footers and forms are left out.

Out of scope: how a style sheet makes the page look.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.readers.encoding import read_characters
from hwbs_graph.intake.readers.limits import UnreadableError, check_cell, check_table

_FRAME = {"nav", "footer", "aside", "form", "dialog", "menu"}
_UNSEEN = {"script", "style", "head", "template", "noscript", "svg", "button", "select", "iframe"}
_BLOCKS = {"p", "li", "dt", "dd", "div", "blockquote", "caption", "summary", "address", "pre"} | {
    f"h{level}" for level in range(1, 7)
}
#: So many characters between two tags the parser keeps.
_MOST_BETWEEN_TAGS = 9_000_000
_LABELLED = re.compile(r"([^:]{2,40}):\s+(\S.*)", re.DOTALL)
#: A hidden part of fewer words is a sign or a button.
_FEWEST_WORDS = 5
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def read_page(path: Path, with_hidden: bool = False) -> Document:
    """Read a web page, with what is hidden in it if so asked. Raises UnreadableError."""
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", read_characters(path))
    longest = max(map(len, text.split("<")))
    if longest > _MOST_BETWEEN_TAGS:  # the parser would drop them, and say nothing
        why = f"{longest:,} characters stand in it without a tag; copy the plan into a new file"
        raise UnreadableError(path, why)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableError(path, "it is no web page; save the page again") from None
    return read_elements(path, root, with_hidden)


def read_elements(path: Path, root: Any, with_hidden: bool = False) -> Document:
    """Return the document of a parsed page."""
    reader = _Reader(path, with_hidden)
    reader.walk(root)
    reader.close_paragraph()
    return Document(tuple(reader.blocks), tuple(reader.left_out))


class _Reader:
    """Walks a page in order, and gathers the words of each paragraph."""

    def __init__(self, path: Path, with_hidden: bool) -> None:
        self.path, self.with_hidden = path, with_hidden
        self.blocks: list[Paragraph | Table] = []
        self.left_out: list[LeftOut] = []
        self.words: list[str] = []
        self.shape = Paragraph("", "")
        self.depth = -1
        self.tables = 0

    def walk(self, element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or not tag:
            return
        if _is_hidden(element) and not self.with_hidden:
            self.leave_hidden(element)
        elif tag in _FRAME or element.get("role") in ("navigation", "contentinfo", "search"):
            self.leave_out(element, tag)
        elif tag == "dl":
            self.close_paragraph()
            self.read_terms(element)
        elif tag == "table":
            self.close_paragraph()
            self.tables += 1
            self.read_table(element)
        else:
            self.walk_inside(element, tag)

    def leave_hidden(self, element: Any) -> None:
        """Name a part of the page that is hidden, such as a tab that nobody opened."""
        text = " ".join(" ".join(element.itertext()).split())
        if len(text.split()) >= _FEWEST_WORDS:
            why = "it is hidden in the page; --include-hidden reads it"
            place = f"line {element.sourceline or 1}"
            self.left_out.append(LeftOut(f"“{text[:60]}”", why, place))

    def walk_inside(self, element: Any, tag: str) -> None:
        block, is_list = tag in _BLOCKS, tag in ("ul", "ol")
        if block or is_list or tag == "br":
            self.close_paragraph()
        self.depth += is_list
        if block:
            self.shape = self.describe(element, tag)
        self.words.append(element.text or "")
        for child in element:
            self.walk(child)
            self.words.append(child.tail or "")
        if block or is_list:
            self.close_paragraph()
        self.depth -= is_list

    def describe(self, element: Any, tag: str) -> Paragraph:
        level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
        marker = _find_marker(element) if tag == "li" else ""
        place = f"line {element.sourceline or 1}"
        return Paragraph("", place, level, marker, max(self.depth, 0), tag == "h1")

    def close_paragraph(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            shape = self.shape
            if not shape.place and self.blocks:
                shape = shape._replace(place=self.blocks[-1].place)
            self.blocks.append(shape._replace(text=text))
            # What follows in the same item is no item of its own.
            self.shape = shape._replace(marker="", level=0, is_title=False)

    def leave_out(self, element: Any, tag: str) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            place = f"line {element.sourceline}"
            self.left_out.append(LeftOut(f"“{text[:60]}”", f"it frames the page ({tag})", place))

    def read_table(self, element: Any) -> None:
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        check_table(self.path, f"table {self.tables}", len(rows), 0)
        for caption in element.iterfind("caption"):
            text = " ".join("".join(caption.itertext()).split())
            self.blocks.append(Paragraph(text, f"line {caption.sourceline}", 7))
        for number, row in enumerate(rows):
            column = 0
            for part in (each for each in row if each.tag in ("td", "th")):
                while (number, column) in taken:
                    column += 1
                cell = self.read_cell(part, number, column)
                span = range(min(cell.rows, len(rows) - number))
                taken |= {(number + r, column + c) for r in span for c in range(cell.columns)}
                cells.append(cell._replace(rows=len(span)))
        self.blocks.append(Table(tuple(cells), f"table {self.tables}"))

    def read_terms(self, element: Any) -> None:
        """Read a list of terms: as a table of two columns, or of each whose lines bear labels."""
        _part_terms(element)
        parts = [*element.iter("dt", "dd")]
        lines = ["".join(each.itertext()).strip() for each in parts if each.tag == "dd"]
        if 2 * len(lines) > len(parts) and all(map(_LABELLED.match, lines)):
            self.read_labelled(parts)
            return
        self.tables += 1
        cells: list[Cell] = []
        row = -1
        for part in element.iter("dt", "dd"):
            row += part.tag == "dt"
            column = int(part.tag == "dd")
            if column and cells and (cells[-1].row, cells[-1].column) == (row, column):
                further = self.read_cell(part, row, column).lines
                cells[-1] = cells[-1]._replace(lines=(*cells[-1].lines, *further))
            elif row >= 0:
                cells.append(self.read_cell(part, row, column))
        self.blocks.append(Table(tuple(cells), f"table {self.tables}"))

    def read_labelled(self, parts: Sequence[Any]) -> None:
        """Read each term as a line of its own, over a table of labels and values."""
        for part in parts:
            cell = self.read_cell(part, 0, 0)
            if part.tag == "dt":
                self.blocks.append(Paragraph(cell.text, f"line {part.sourceline or 1}"))
                continue
            if isinstance(self.blocks[-1], Paragraph):
                self.tables += 1
                self.blocks.append(Table((), f"table {self.tables}"))
            table = self.blocks.pop()
            assert isinstance(table, Table)
            row = len(table.cells)
            found = _LABELLED.match(cell.text)
            label, value = found.groups() if found else ("", cell.text)
            place = f"table {self.tables} row {row // 2 + 1}, line {part.sourceline}"
            both = (Cell(row, column, (text,), place) for column, text in enumerate((label, value)))
            self.blocks.append(table._replace(cells=(*table.cells, *both)))

    def read_cell(self, element: Any, row: int, column: int) -> Cell:
        lines = tuple(line for text in _list_lines(element) if (line := " ".join(text.split())))
        place = f"table {self.tables} row {row + 1} column {column + 1}, line {element.sourceline}"
        check_cell(self.path, place, "".join(lines))
        rows, columns = _find_span(element, "rowspan"), _find_span(element, "colspan")
        return Cell(row, column, lines, place, rows, columns)


def _find_span(element: Any, name: str) -> int:
    value = (element.get(name) or "1").strip()
    if value == "0":
        return 20_000
    return min(max(int(value), 1), 20_000) if value.isdigit() and len(value) < 6 else 1


def _part_terms(element: Any) -> None:
    """Put terms and their lines beside one another, as the parser nests those that nobody ended."""
    kinds = ("dt", "dd")
    while nested := [each for each in element.iter(*kinds) if each.getparent().tag in kinds]:
        nested[-1].getparent().addnext(nested[-1])


def _is_hidden(element: Any) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(element.get("style") or ""))


def _find_marker(element: Any) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    start = parent.get("start") or "1"
    first = int(start) if start.isdigit() and len(start) < 6 else 1
    before = sum(1 for each in element.itersiblings("li", preceding=True))
    return str(first + before)


def _list_lines(element: Any) -> list[str]:
    """Return the lines of a cell: paragraphs, items, and what breaks keep apart."""
    lines = [""]
    _gather(element, lines)
    return lines


def _gather(element: Any, lines: list[str]) -> None:
    if element.tag in _UNSEEN or not isinstance(element.tag, str) or _is_hidden(element):
        return
    block = element.tag in _BLOCKS or element.tag in ("br", "tr")
    if block:
        lines.append("")
    lines[-1] += element.text or ""
    for child in element:
        _gather(child, lines)
        lines[-1] += child.tail or ""
    if block and element.tag != "br":
        lines.append("")
