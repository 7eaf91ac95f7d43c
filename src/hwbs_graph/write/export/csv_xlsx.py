"""The record as tables: CSV files for any program, or the sheets of one workbook.

Every cell is data: none acts as a formula, and text that looks like one is marked or stored as
text. Times inside the files are fixed, so that the same record gives the same bytes.

CSV: RFC 4180, in UTF-8 with a byte order mark, without which Excel misreads every “é”.

Out of scope: which facts make a table (`table_specs`, `link_table`).
"""

from collections.abc import Mapping

from hwbs_graph.query.periods import find_over
from hwbs_graph.report.marked_answers import PLAN_OVER
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_exact_number
from hwbs_graph.write.excel_csv import write_excel_csv
from hwbs_graph.write.export.link_table import list_links
from hwbs_graph.write.export.subgraph import extract_plan
from hwbs_graph.write.export.table_specs import SEVERAL, Table, find_sources, list_tables
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

#: The table whose rows are plans.
_PLANS = "plans"
#: Columns that hold numbers; a cell with several values stays text.
_NUMBERS = ("order", "line", "value", "valueLow", "valueHigh")
#: Widths of columns in characters, by the end of their names in small letters.
_WIDTHS = {"label": 50, "summary": 60, "because": 60, "description": 60, "handling": 60}
_MIDDLE = 26
_NARROW = ("code", "order", "line", "document", "value", "valueLow", "valueHigh", "confidence")


def write_csv(engine: Engine, plan: str | None = None) -> dict[str, bytes]:
    """Return the CSV files by name: one for each kind of thing, and `links.csv`."""
    tables = _gather_tables(engine, plan)
    return {f"{table.name.replace(' ', '-')}.csv": _write_table(table) for table in tables}


def write_xlsx(engine: Engine, plan: str | None = None) -> bytes:
    """Return one workbook with a sheet for each table, headers frozen and filters set."""
    sheets = (
        WorkbookSheet(
            table.name,
            {name: _choose_width(name) for name in table.columns},
            [[*map(_convert_cell, table.columns, row)] for row in table.rows],
            frozen=2,
        )
        for table in _gather_tables(engine, plan)
    )
    return write_workbook(sheets, "Health and wellbeing strategies")


def _convert_cell(column: str, text: str) -> str | float:
    number = parse_exact_number(text) if column in _NUMBERS else None
    return text if number is None else number


def _gather_tables(engine: Engine, plan: str | None) -> list[Table]:
    part = engine if plan is None else extract_plan(engine, plan)
    printed = find_sources(part)
    over = find_over(engine)
    tables = (*list_tables(part, printed), list_links(part, printed))
    return [_mark_over(table, over) for table in tables]


def _mark_over(table: Table, over: Mapping[str, str]) -> Table:
    """Add a last column to a table of plans, or of what stands in them: is its period over?"""
    key = "iri" if table.name == _PLANS else "plan"
    if key not in table.columns:
        return table
    column = table.columns.index(key)
    rows = [
        (*row, str(any(plan in over for plan in row[column].split(SEVERAL))).lower())
        for row in table.rows
    ]
    return Table(table.name, (*table.columns, PLAN_OVER), rows)


def _write_table(table: Table) -> bytes:
    return write_excel_csv(table.columns, table.rows)


def _choose_width(name: str) -> int:
    if name in _NARROW:
        return 11
    widths = (width for end, width in _WIDTHS.items() if name.lower().endswith(end))
    return next(widths, _MIDDLE)
