"""The record as tables: CSV files for any program, or the sheets of one workbook.

Every cell is data: none acts as a formula, and text that looks like one is marked or stored as
text. Times inside the files are fixed, so that the same record gives the same bytes.

CSV: RFC 4180, in UTF-8 with a byte order mark, without which Excel misreads every “é”.

Out of scope: which facts make a table (`kinds`, `links`).
"""

from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from hwbs_graph.store import Engine
from hwbs_graph.text import is_number
from hwbs_graph.write.archive import EPOCH
from hwbs_graph.write.export.link_table import links
from hwbs_graph.write.export.subgraph import of_plan
from hwbs_graph.write.export.table_specs import Table, tables
from hwbs_graph.write.workbook import SAFE, fitting, height

#: What makes a spreadsheet read a cell as a formula; see OWASP, CSV injection.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Columns that hold numbers; a cell with several values stays text.
_NUMBERS = ("order", "line", "value", "valueLow", "valueHigh")
#: Width of a column by the end of its name, in characters; any other is of middle width.
_WIDTHS = {"abel": 50, "summary": 60, "because": 60, "description": 60, "handling": 60}
_NARROW = ("code", "order", "line", "document", "value", "valueLow", "valueHigh", "confidence")


def csv(engine: Engine, plan: str | None = None) -> dict[str, bytes]:
    """Return the CSV files by name: one for each kind of thing, and `links.csv`."""
    return {f"{table.name.replace(' ', '-')}.csv": _csv(table) for table in _all(engine, plan)}


def xlsx(engine: Engine, plan: str | None = None) -> bytes:
    """Return one workbook with a sheet for each table, headers frozen and filters set."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, SAFE)
    book.set_properties({"title": "Health and wellbeing strategies", "created": datetime(*EPOCH)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for table in _all(engine, plan):
        _fill(book.add_worksheet(table.name), table, head, cell)
    book.close()
    return out.getvalue()


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain negative number may stay."""
    return f"'{text}" if text.startswith(_ACTIVE) and not is_number(text) else text


def _all(engine: Engine, plan: str | None) -> list[Table]:
    part = engine if plan is None else of_plan(engine, plan)
    return [*tables(part), links(part)]


def _csv(table: Table) -> bytes:
    import csv

    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([inert(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _fill(sheet: Any, table: Table, head: Any, cell: Any) -> None:
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, _width(name))
        sheet.write_string(0, column, name, head)
    widths = [_width(name) for name in table.columns]
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, height(zip(row, widths, strict=True)))
        for column, text in enumerate(row):
            if table.columns[column] in _NUMBERS and is_number(text):
                sheet.write_number(number, column, float(text), cell)
            elif text:
                sheet.write_string(number, column, fitting(text), cell)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(name: str) -> int:
    if name in _NARROW:
        return 11
    return next((width for end, width in _WIDTHS.items() if name.endswith(end)), 26)
