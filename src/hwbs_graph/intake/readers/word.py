"""Reads a Word file (.docx): paragraphs, headings, lists, and tables with merged cells.

Inserted text is read, deleted text is not; comments and notes are left out. The tags are walked
as they stand, since the library repeats merged cells and fails on irregular ones.

Out of scope: pictures, and text boxes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.readers.limits import UnreadableError, check_cell, check_package, check_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml")
_LONGEST_HEADING = 120


def read_word(path: Path) -> Document:
    """Read a Word file. Raises UnreadableError."""
    import docx

    check_package(path, "word/document.xml")
    try:
        document = docx.Document(str(path))
        reader = _Reader(path, document)
        blocks = list(reader.read_blocks(document.element.body))
    except UnreadableError:
        raise
    except Exception as error:  # the library raises many kinds for a damaged part
        raise UnreadableError(
            path, f"it is damaged ({type(error).__name__}); open it and save it as .docx again"
        ) from None
    return Document(tuple(blocks), tuple(_list_unread(document)))


def _list_unread(document: Any) -> Iterator[LeftOut]:
    body = document.element.body
    if deleted := sum(1 for each in body.iter(*_DELETED) if each.getparent().tag != f"{_W}rPr"):
        yield LeftOut(f"{deleted} deleted passages", "tracked changes delete them", "")
    if comments := sum(1 for _ in body.iter(f"{_W}commentReference")):
        yield LeftOut(f"{comments} comments", "comments are not part of the plan", "")


class _Reader:
    """Walks one document, and counts its paragraphs and tables for their places."""

    def __init__(self, path: Path, document: Any) -> None:
        self.path = path
        self.paragraphs = self.tables = 0
        self.styles = {style.style_id: style for style in document.styles}
        self.numbers: dict[tuple[str, str], int] = {}

    def read_blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        for child in parent:
            if child.tag == f"{_W}p":
                self.paragraphs += 1
                text = " ".join(" ".join(_read_lines(child)).split())
                if text:
                    yield self.read_paragraph(child, text)
            elif child.tag == f"{_W}tbl":
                self.tables += 1
                yield self.read_table(child, f"table {self.tables}")
            elif child.tag in _WRAPPERS:
                yield from self.read_blocks(child)

    def read_paragraph(self, element: Any, text: str) -> Paragraph:
        style = self.find_style(element)
        level = self.find_level(element, style)
        if not level and len(text) <= _LONGEST_HEADING and _is_bold(element):
            level = 7
        marker, depth = ("", 0) if level else self.find_marker(element, style)
        place = f"paragraph {self.paragraphs}"
        return Paragraph(text, place, level, marker, depth, style.lower() == "title")

    def find_style(self, element: Any) -> str:
        found = element.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(found.get(f"{_W}val")) if found is not None else None
        return str(style.name) if style is not None else ""

    def find_level(self, element: Any, style: str) -> int:
        if style.lower() in ("title", "subtitle"):
            return 1 if style.lower() == "title" else 0
        if style.lower().startswith("heading ") and style[8:].isdigit():
            return min(int(style[8:]), 6)
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(outline.get(f"{_W}val")) + 1 if outline is not None else 0
        return level if level <= 6 else 0

    def find_marker(self, element: Any, style: str) -> tuple[str, int]:
        numbered = element.find(f"{_W}pPr/{_W}numPr")
        if numbered is None and not style.lower().startswith("list"):
            return "", 0
        level = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        depth = int(level.get(f"{_W}val")) if level is not None else 0
        return ("#" if "number" in style.lower() else "•"), depth

    def read_table(self, element: Any, place: str) -> Table:
        cells: dict[tuple[int, int], Cell] = {}
        open_cells: dict[int, tuple[int, int]] = {}
        rows = list(_find_all(element, f"{_W}tr"))
        check_table(self.path, place, len(rows), 0)
        for number, row in enumerate(rows):
            column = _find_skip(row)
            for index, part in enumerate(_find_all(row, f"{_W}tc"), 1):
                where = f"{place} row {number + 1} column {index}"
                cell = self.read_cell(part, number, column, where)
                column += cell.columns
                _place_cell(cells, open_cells, cell, _find_merge(part))
        return Table(tuple(cells.values()), place)

    def read_cell(self, element: Any, row: int, column: int, place: str) -> Cell:
        lines = tuple(
            line
            for paragraph in element.iter(f"{_W}p")
            for text in _read_lines(paragraph)
            if (line := " ".join(text.split()))
        )
        check_cell(self.path, place, "".join(lines))
        span = element.find(f"{_W}tcPr/{_W}gridSpan")
        columns = int(span.get(f"{_W}val")) if span is not None else 1
        shade = element.find(f"{_W}tcPr/{_W}shd")
        fill = (shade.get(f"{_W}fill") or "").upper() if shade is not None else ""
        fill = "" if fill in ("AUTO", "FFFFFF") else fill
        return Cell(row, column, lines, place, 1, columns, fill)


def _place_cell(
    cells: dict[tuple[int, int], Cell],
    open_cells: dict[int, tuple[int, int]],
    cell: Cell,
    merge: str,
) -> None:
    """Add a cell, or lengthen the one above that it is merged with."""
    start = open_cells.get(cell.column)
    if merge == "continue" and start is not None:
        first = cells[start]
        lines = (*first.lines, *cell.lines)
        cells[start] = first._replace(rows=cell.row - first.row + 1, lines=lines)
        return
    cells[cell.row, cell.column] = cell
    open_cells.pop(cell.column, None)
    if merge:
        open_cells[cell.column] = (cell.row, cell.column)


def _find_merge(cell: Any) -> str:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return "" if merge is None else str(merge.get(f"{_W}val") or "continue")


def _find_skip(row: Any) -> int:
    skip = row.find(f"{_W}trPr/{_W}gridBefore")
    return int(skip.get(f"{_W}val")) if skip is not None else 0


def _find_all(element: Any, tag: str) -> Iterator[Any]:
    """Yield the children of a tag, also where a control or a change wraps them."""
    for child in element:
        if child.tag == tag:
            if not any(True for _ in child.iterfind(f"{_W}trPr/{_W}del")):
                yield child
        elif child.tag in _WRAPPERS:
            yield from _find_all(child, tag)


def _read_lines(paragraph: Any) -> list[str]:
    """Return the lines of a paragraph, which a break ends."""
    lines = [""]
    for child in _walk(paragraph):
        if child.tag == f"{_W}t":
            lines[-1] += child.text or ""
        elif child.tag == f"{_W}tab":
            lines[-1] += " "
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            lines.append("")
        elif child.tag == f"{_W}noBreakHyphen":
            lines[-1] += "-"
    return lines


def _walk(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _DELETED or child.tag in (f"{_W}pPr", f"{_W}rPr"):
            continue
        yield child
        yield from _walk(child)


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext()).strip()]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(bold) and all(each is not None and each.get(f"{_W}val") != "0" for each in bold)
