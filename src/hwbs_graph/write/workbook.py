"""Spreadsheets: text stays text, rows show all of it, headers stay in sight, every column filters.

What a cell cannot hold is cut, and logged as a warning, which Python prints on stderr.

Out of scope: what a spreadsheet holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from hwbs_graph.errors import UsageError
from hwbs_graph.text import count
from hwbs_graph.write.archive import EPOCH

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: A cell that begins with "=" must not become a formula, nor a web address a link: a sheet holds
#: only so many links.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: What a sheet holds in Excel, its header counted.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
#: What a cell holds in Excel, and a property of the file, in characters.
_LONGEST_CELL, _LONGEST_PROPERTY = 32_767, 255
#: The height of one line and of the highest row, in points.
_LINE, _HIGHEST = 15, 409
#: No column that is as wide as its texts gets wider than this, in characters and in pixels.
_WIDEST, _WIDEST_PIXELS = 60, 420
_A4 = 9
#: The last row in which a form offers choices, which is more than a plan has.
_LAST_OFFERED = 5_000


class WorkbookSheet(NamedTuple):
    """A sheet: its name, its headers with their widths in characters, and its rows.

    With no width at all, columns are as wide as their texts. `frozen` counts the columns that
    stay in sight. A cell is text or a finite number; "" leaves it empty.

    In a form, columns keep as text what is typed into them. `choices` offers values by header,
    as a list or a range of cells; another may be typed. `faded` rows come first, in grey.
    """

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str | float]]
    frozen: int = 0
    choices: Mapping[str, Sequence[str] | str] = {}
    faded: int = 0
    is_form: bool = False


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
    typed = book.add_format({**wrapped, "num_format": "@"})
    faded = book.add_format({**wrapped, "num_format": "@", "font_color": "#767676"})
    for sheet in sheets:
        drawn = book.add_worksheet(sheet.name)
        _write_sheet(drawn, sheet, head, typed if sheet.is_form else body, faded)
    book.close()
    return out.getvalue()


def _write_sheet(
    drawn: "Worksheet", sheet: WorkbookSheet, head: "Format", body: "Format", faded: "Format"
) -> None:
    _check_size(sheet)
    widths = [*sheet.columns.values()]
    cut = []
    for column, (title, width) in enumerate(sheet.columns.items()):
        drawn.write_string(0, column, title, head)
        if width:
            drawn.set_column(column, column, width, body if sheet.is_form else None)
    for number, row in enumerate(sheet.rows, start=1):
        drawn.set_row(number, _find_height(row, widths))
        form = faded if number <= sheet.faded else body
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                drawn.write_number(number, column, cell, form)
            elif cell:
                drawn.write_string(number, column, fitting := _fit_cell(cell), form)
                cut += [(number + 1, column)] * (fitting != cell)
    _warn_of_cuts(sheet, cut)
    _offer_choices(drawn, sheet)
    drawn.freeze_panes(1, sheet.frozen)
    if sheet.columns:
        drawn.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    if not any(widths):
        drawn.autofit(_WIDEST_PIXELS)
    drawn.set_landscape()
    drawn.set_paper(_A4)
    drawn.fit_to_pages(1, 0)
    drawn.repeat_rows(0)


def _offer_choices(drawn: "Worksheet", sheet: WorkbookSheet) -> None:
    """Offer the values of a list in their column; another value is warned of and may stay."""
    for header, values in sheet.choices.items():
        column = [*sheet.columns].index(header)
        offer = {
            "validate": "list",
            "source": values if isinstance(values, str) else [*values],
            "error_type": "warning",
        }
        drawn.data_validation(1, column, _LAST_OFFERED, column, offer)


def _check_size(sheet: WorkbookSheet) -> None:
    """Raise UsageError for more rows or columns than a sheet holds; the rest would be lost."""
    for number, most, noun in (
        (len(sheet.rows) + 1, _MOST_ROWS, "row"),
        (len(sheet.columns), _MOST_COLUMNS, "column"),
    ):
        if number > most:
            raise UsageError(
                f"The sheet “{sheet.name}” would have {count(number, noun)}, and a spreadsheet"
                f" holds {most:,}; write csv instead."
            )


def _fit_cell(text: str) -> str:
    """Return what a cell holds of a text. Excel counts in UTF-16, where an emoji is two."""
    if 2 * len(text) <= _LONGEST_CELL:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    return units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _warn_of_cuts(sheet: WorkbookSheet, cut: Sequence[tuple[int, int]]) -> None:
    """Say how many cells were cut, and where the first of them is."""
    if not cut:
        return
    import logging

    log = logging.getLogger(__name__)
    # Text is lost, so a program that has set up no log must hear of it, too.
    log.handlers = log.handlers or [logging.lastResort or logging.NullHandler()]
    log.propagate = False
    row, column = cut[0]
    log.warning(
        f"The sheet “{sheet.name}” has {count(len(cut), 'cell')} cut to the {_LONGEST_CELL:,}"
        f" characters that a spreadsheet holds, first in row {row},"
        f" column “{[*sheet.columns][column]}”; csv holds all."
    )


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
