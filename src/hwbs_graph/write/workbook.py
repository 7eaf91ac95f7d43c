"""Spreadsheets: text stays text, rows show all of it, headers stay in sight, every column filters.

Out of scope: what a spreadsheet holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from hwbs_graph.write.archive import EPOCH

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: A cell that begins with "=" must not become a formula, nor a web address a link: a sheet holds
#: only so many links.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: What a cell holds in Excel, and a property of the file, in characters.
_LONGEST_CELL, _LONGEST_PROPERTY = 32_767, 255
#: The height of one line and of the highest row, in points.
_LINE, _HIGHEST = 15, 409
#: No column that is as wide as its texts gets wider than this, in characters and in pixels.
_WIDEST, _WIDEST_PIXELS = 60, 420
_A4 = 9


class WorkbookSheet(NamedTuple):
    """A sheet: its name, its headers with their widths in characters, and its rows.

    With no width at all, columns are as wide as their texts. `frozen` counts the columns that
    stay in sight. A cell is text or a finite number; "" leaves it empty.
    """

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str | float]]
    frozen: int = 0


def write_workbook(
    sheets: Iterable[WorkbookSheet], title: str = "", created: datetime | None = None
) -> bytes:
    """Return the bytes of an .xlsx file: the same sheets and date give the same bytes."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties(
        {
            "title": title[:_LONGEST_PROPERTY],
            "author": "hwbs",
            "created": created or datetime(*EPOCH),
        }
    )
    wrapped = {"text_wrap": True, "valign": "top"}
    head = book.add_format({**wrapped, "bold": True, "bottom": 1})
    body = book.add_format(wrapped)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, head, body)
    book.close()
    return out.getvalue()


def _write_sheet(drawn: "Worksheet", sheet: WorkbookSheet, head: "Format", body: "Format") -> None:
    widths = [*sheet.columns.values()]
    for column, (title, width) in enumerate(sheet.columns.items()):
        drawn.write_string(0, column, title, head)
        if width:
            drawn.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=1):
        drawn.set_row(number, _find_height(row, widths))
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                drawn.write_number(number, column, cell, body)
            elif cell:
                drawn.write_string(number, column, _fit_cell(cell), body)
    drawn.freeze_panes(1, sheet.frozen)
    if sheet.columns:
        drawn.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    if not any(widths):
        drawn.autofit(_WIDEST_PIXELS)
    drawn.set_landscape()
    drawn.set_paper(_A4)
    drawn.fit_to_pages(1, 0)
    drawn.repeat_rows(0)


def _fit_cell(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _find_height(row: Sequence[str | float], widths: Sequence[int]) -> int:
    """Return how high a row must be, in points, to show all of its texts.

    Excel finds this out when it opens a file. LibreOffice does not, and prints rows over one
    another.
    """
    cells = zip(row, widths, strict=True)
    lines = (_count_lines(cell, width or _WIDEST) for cell, width in cells if isinstance(cell, str))
    return min(_HIGHEST, _LINE * max(lines, default=1))


def _count_lines(text: str, width: int) -> int:
    # A letter is on average a little narrower than the digit in which widths are given.
    return sum(len(wrap(line, width)) or 1 for line in text.split("\n"))
