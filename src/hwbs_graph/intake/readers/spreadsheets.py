"""Reads a workbook (.xlsx): sheets, merged cells, fills, dates, and what is hidden.

It loops over the cells that are stored, never over the size that a sheet claims to have.

Out of scope: formulas; the value that was saved is read.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.readers.limits import (
    MOST_ROWS,
    UnreadableError,
    check_cell,
    check_package,
    check_table,
)

#: So many rows are refused before the library reads them, in a hidden sheet too.
_FAR_TOO_MANY = 5 * MOST_ROWS
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")


def read_workbook(path: Path, with_hidden: bool = False) -> Document:
    """Read a workbook, with what is hidden in it if so asked. Raises UnreadableError."""
    import openpyxl

    _read_words_fast()
    check_package(path, "xl/workbook.xml")
    has_formulas = _look_through(path)
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path) if has_formulas else None
    except Exception as error:  # the library raises many kinds for a damaged part
        raise UnreadableError(
            path, f"it is damaged ({type(error).__name__}); open it and save it as .xlsx again"
        ) from None
    blocks: list[Table | Paragraph] = []
    left_out: list[LeftOut] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" and not with_hidden:
            left_out.append(LeftOut(f"sheet “{sheet.title}”", "it is hidden", sheet.title))
            continue
        table = _read_sheet(path, sheet, formulas[sheet.title] if formulas else None)
        if with_hidden:
            table = table._replace(hidden_rows={}, hidden_columns=())
        left_out += _list_unread(sheet, table)
        blocks += [table] if table.cells else []
    return Document(tuple(blocks), tuple(left_out))


def _read_words_fast() -> None:
    """Let openpyxl read words that stand inside a cell in a tenth of its time.

    Programs write such words, where Excel has one list of all. A later openpyxl that has its
    reader elsewhere reads them as slowly as it does.
    """
    from openpyxl.cell.text import Text
    from openpyxl.worksheet import _reader

    if getattr(_reader, "Text", None) is Text:
        _reader.Text = _Words


class _Words:
    """The words inside a cell, as `Text` of openpyxl reads them; it is asked for formatted ones."""

    def __init__(self, content: str) -> None:
        self.content = content

    @classmethod
    def from_tree(cls, node: Any) -> Any:
        """Return an object whose content is the words in an element."""
        if len(node) == 1 and node[0].tag.endswith("}t"):
            return cls(node[0].text or "")
        from openpyxl.cell.text import Text

        return Text.from_tree(node)


def _look_through(path: Path) -> bool:
    """Say whether a sheet has formulas, before the library reads any.

    Raises UnreadableError for rows of values that would take it minutes to read.
    """
    import zipfile

    has_formulas = False
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            data = package.read(name)
            has_formulas |= bool(re.search(rb"<f[ >]", data))
            rows = sum(b"<v>" in row or b"<is>" in row for row in data.split(b"</row>"))
            if rows > _FAR_TOO_MANY:
                check_table(path, PurePosixPath(name).stem, rows, 1)
    return has_formulas


def _read_sheet(path: Path, sheet: Any, formulas: Any) -> Table:
    stored = [cell for cell in sheet._cells.values() if _is_used(cell)]
    if formulas:
        stored = [*stored, *_list_unsaved(sheet, formulas)]
    stored.sort(key=lambda cell: (cell.row, cell.column))
    rows = len({cell.row for cell in stored})
    check_table(path, f"sheet “{sheet.title}”", rows, len({cell.column for cell in stored}))
    spans = {
        (each.min_row, each.min_col): (
            each.max_row - each.min_row + 1,
            each.max_col - each.min_col + 1,
        )
        for each in sheet.merged_cells.ranges
    }
    cells = [_read_cell(path, sheet.title, cell, spans) for cell in stored]
    if grouped := _find_grouped_rows(sheet):
        cells = [each._replace(indent=each.indent or grouped.get(each.row, 0)) for each in cells]
    return Table(
        tuple(cells),
        sheet.title,
        sheet.title,
        hidden_rows=_find_hidden_rows(sheet),
        hidden_columns=tuple(sorted(_find_hidden_columns(sheet))),
    )


def _is_used(cell: Any) -> bool:
    return cell.value is not None or bool(_find_fill(cell))


def _list_unsaved(sheet: Any, formulas: Any) -> Iterator[Any]:
    """Yield the cells of a formula whose value was never saved."""
    for place, cell in formulas._cells.items():
        if cell.data_type == "f" and sheet._cells[place].value is None:
            yield cell


def _read_cell(path: Path, sheet: str, cell: Any, spans: dict[Any, tuple[int, int]]) -> Cell:
    place = f"{sheet}!{cell.coordinate}"
    fault = "formula without a saved value" if cell.data_type == "f" else ""
    text = "" if fault or cell.value is None else _write_value(cell)
    check_cell(path, place, text)
    if text in _ERRORS:
        text, fault = "", f"it shows the error {text}"
    lines = tuple(line for each in text.splitlines() if (line := " ".join(each.split())))
    rows, columns = spans.get((cell.row, cell.column), (1, 1))
    fill = _find_fill(cell)
    indent = len(text) - len(text.lstrip()) or _find_indent(cell)
    return Cell(cell.row - 1, cell.column - 1, lines, place, rows, columns, fill, fault, indent)


def _find_indent(cell: Any) -> int:
    """Return how far the words of a cell are moved to the right, which few styles do."""
    return int(cell.alignment.indent) if cell._style.alignmentId else 0


def _write_value(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime | date):
        return _write_date(value, str(cell.number_format))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return f"{value * 100:g}%" if "%" in cell.number_format else f"{value:.12g}"
    return str(value)


def _write_date(value: date, form: str) -> str:
    """Write a date as its number format shows it: by month and year, or else by its day."""
    shown = re.sub(r'"[^"]*"|\[[^]]*\]', "", form.lower())
    if "yy" in shown and "d" not in shown:
        return f"{value:%B %Y}" if "mmm" in shown or "m" in shown else f"{value:%Y}"
    return f"{value:%d/%m/%Y}"


def _find_fill(cell: Any) -> str:
    fill = cell.fill if cell.has_style else None
    if fill is None or fill.fill_type != "solid":
        return ""
    colour = fill.fgColor.rgb
    text = colour[-6:].upper() if isinstance(colour, str) and len(colour) >= 6 else ""
    return "" if text in ("FFFFFF", "") else text


def _find_grouped_rows(sheet: Any) -> dict[int, int]:
    """Return how deep a row stands in groups of the sheet, of those that are in one."""
    rows = sheet.row_dimensions.items()
    return {row - 1: each.outlineLevel for row, each in rows if each.outlineLevel}


def _find_hidden_rows(sheet: Any) -> dict[int, str]:
    filtered = bool(sheet.auto_filter.ref and sheet.auto_filter.filterColumn)
    filtered |= any(table.autoFilter and table.autoFilter.filterColumn for table in _tables(sheet))
    why = "filter" if filtered else "hand"
    return {row - 1: why for row, each in sheet.row_dimensions.items() if each.hidden}


def _tables(sheet: Any) -> list[Any]:
    return list(sheet.tables.values())


def _find_hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for each in sheet.column_dimensions.values():
        if each.hidden and each.min:
            hidden |= set(range(each.min - 1, min(each.max or each.min, 16_384)))
    return hidden


def _list_unread(sheet: Any, table: Table) -> Iterator[LeftOut]:
    from openpyxl.utils import get_column_letter

    used = {cell.column for cell in table.cells if cell.lines}
    for column in sorted(used.intersection(table.hidden_columns)):
        letter = get_column_letter(column + 1)
        yield LeftOut(f"column {letter}", "it is hidden", f"{sheet.title}!{letter}")
    noted = [cell.coordinate for cell in sheet._cells.values() if cell.comment]
    for place in noted[:50]:
        yield LeftOut("a comment", "comments are not part of the plan", f"{sheet.title}!{place}")
