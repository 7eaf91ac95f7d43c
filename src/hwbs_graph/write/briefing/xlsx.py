"""A briefing sheet as a spreadsheet, a row for each thing, to be filtered and sorted.

Out of scope: what the sheet says.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from hwbs_graph.report.profile import word_basis
from hwbs_graph.write.briefing.content import Sheet
from hwbs_graph.write.briefing.layout import footing, subtitle, where
from hwbs_graph.write.workbook import SAFE, fitting, height

#: A property of the file holds no more characters than this.
_PROPERTY = 255


class Page(NamedTuple):
    """A worksheet: its name, the headers with their widths in characters, and the rows."""

    name: str
    columns: dict[str, int]
    rows: Sequence[tuple[str, ...]]


def write(sheet: Sheet) -> bytes:
    """Return the bytes of the .xlsx file, the same for the same sheet."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, SAFE)
    about = {"title": f"{sheet.name}: what the plans ask", "author": "hwbs"}
    created = {"created": datetime.fromisoformat(sheet.date[:10] or "2000-01-01")}
    book.set_properties({key: text[:_PROPERTY] for key, text in about.items()} | created)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for page in pages(sheet):
        _write(book.add_worksheet(page.name), page, bold, wrapped)
    book.close()
    return out.getvalue()


def pages(sheet: Sheet) -> Iterable[Page]:
    """Yield the worksheets in order."""
    yield _actions(sheet)
    columns = {"Determinant": 26, "Named by": 22, "Basis": 24, "As printed": 40, "Where": 32}
    yield Page("Determinants", columns | {"Why": 50}, [_cause(row) for row in sheet.determinants])
    columns = {"About": 24, "Quality note": 60, "What was done": 60}
    notes = [(row["about"], row["description"], row["handling"]) for row in sheet.notes]
    yield Page("Quality notes", columns, notes)
    columns = {"From": 20, "Wording": 44, "What became of it": 18, "Later wording": 44}
    columns |= {"Later plan": 30, "Basis": 24, "Why": 50}
    yield Page("Later plans", columns, [_later(row) for row in sheet.later])
    yield Page("About", {"What": 24, "Text": 100}, list(_about(sheet)))


def _actions(sheet: Sheet) -> Page:
    columns = {"Plan": 30, "Theme": 18, "Objective": 36, "Code": 7, "Action": 50}
    columns |= {"As printed": 24, "Where": 34, "With": 44, "Basis": 20}
    rows = [
        (
            action["plan"],
            action["theme"],
            f"{action['objectiveCode']} {action['objective']}".strip(),
            action["code"],
            action["label"],
            source["printed"],
            where(source),
            "; ".join(action["withPartners"]) or "nobody else",
            action["basis"],
        )
        for action in sheet.actions
        for source in action["sources"]
    ]
    return Page("Actions", columns, rows)


def _cause(row: dict[str, str]) -> tuple[str, ...]:
    return (
        row["determinantLabel"],
        f"{row['theme']} {row['code']}",
        word_basis(row),
        row["printedText"],
        where(row),
        row["reason"],
    )


def _later(row: dict[str, str]) -> tuple[str, ...]:
    keys = ("element", "fromLabel", "typeLabel", "toLabel", "laterPlan")
    return (*(row[key] for key in keys), word_basis(row), row["reason"])


def _about(sheet: Sheet) -> Iterable[tuple[str, str]]:
    yield ("Partner", sheet.name)
    yield ("Kind", subtitle(sheet))
    yield ("In short", sheet.summary)
    yield from (("Known", fact) for fact in sheet.facts)
    yield from (("What became of it", change) for change in sheet.changes)
    yield from (("Source", document) for document in sheet.documents)
    yield from ((f"Basis: {label}", definition) for label, definition in sheet.legend)
    yield ("Record", footing(sheet))


def _write(drawn: Any, page: Page, bold: Any, wrapped: Any) -> None:
    """Fill a worksheet: headers stay in sight, every column filters, long texts wrap."""
    for column, (title, width) in enumerate(page.columns.items()):
        drawn.set_column(column, column, width)
        drawn.write_string(0, column, title, bold)
    for number, row in enumerate(page.rows, start=1):
        drawn.set_row(number, height(zip(row, page.columns.values(), strict=True)))
        for column, text in enumerate(row):
            drawn.write_string(number, column, fitting(text), wrapped)
    drawn.freeze_panes(1, 0)
    drawn.autofilter(0, 0, len(page.rows), len(page.columns) - 1)
    drawn.set_landscape()
    drawn.set_paper(9)  # A4
    drawn.fit_to_pages(1, 0)
    drawn.repeat_rows(0)
