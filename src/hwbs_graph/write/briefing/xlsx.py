"""A briefing sheet as a spreadsheet, a row for each thing, to be filtered and sorted.

Out of scope: what the sheet says.
"""

from collections.abc import Iterable

from hwbs_graph.report.profile import word_basis
from hwbs_graph.write.briefing.content import Sheet
from hwbs_graph.write.briefing.layout import date_record, footing, subtitle, where
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook


def write(sheet: Sheet) -> bytes:
    """Return the bytes of the .xlsx file, the same for the same sheet."""
    title = f"{sheet.name}: what the plans ask"
    return write_workbook(pages(sheet), title, date_record(sheet))


def pages(sheet: Sheet) -> Iterable[WorkbookSheet]:
    """Yield the worksheets in order."""
    yield _actions(sheet)
    columns = {"Determinant": 26, "Named by": 22, "Basis": 24, "As printed": 40, "Where": 32}
    yield WorkbookSheet(
        "Determinants", columns | {"Why": 50}, [_cause(row) for row in sheet.determinants]
    )
    columns = {"About": 24, "Quality note": 60, "What was done": 60}
    notes = [(row["about"], row["description"], row["handling"]) for row in sheet.notes]
    yield WorkbookSheet("Quality notes", columns, notes)
    columns = {"From": 20, "Wording": 44, "What became of it": 18, "Later wording": 44}
    columns |= {"Later plan": 30, "Basis": 24, "Why": 50}
    yield WorkbookSheet("Later plans", columns, [_later(row) for row in sheet.later])
    yield WorkbookSheet("About", {"What": 24, "Text": 100}, list(_about(sheet)))


def _actions(sheet: Sheet) -> WorkbookSheet:
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
    return WorkbookSheet("Actions", columns, rows)


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
