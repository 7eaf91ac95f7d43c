"""Write the examples that are no text: the plans of two invented boards, as councils publish them.

python docs/example_files.py       write them anew, after changing docs/your-board.md or a table

Their text is that of docs/your-board.md and of examples/elmstead/published/tracker.csv.
"""

import csv
import json
from pathlib import Path

import xlsxwriter
from docx import Document
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from hwbs_graph.cli import main

DOCS = Path(__file__).parent
EXAMPLES = DOCS.parent / "examples"
#: What the next edition of the invented plan says otherwise: a later date, and a done action.
NEXT = {"By September 2027": "By March 2028", "Three fields open": "Three fields open: two are"}


def write_plan(target: Path, changes: dict[str, str]) -> None:
    """Write the plan that docs/your-board.md quotes as a Word file, with some words changed."""
    document, table = Document(), None
    page = (DOCS / "your-board.md").read_text("utf-8")
    lines = [line.removeprefix("> ") for line in page.splitlines() if line.startswith("> ")]
    for number, line in enumerate(lines):
        if line.startswith("## "):
            document.add_heading(line.removeprefix("## "), 1)
        elif not line.startswith("|"):
            document.add_paragraph(line, "Normal" if number else "Title")
        elif not line.startswith("|-"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if table is None or line.startswith("| No."):
                table = document.add_table(rows=0, cols=len(cells))
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = changes.get(words, words)
    document.save(str(target))


def read_tracker() -> list[list[str]]:
    """Return the rows of the tracker of Elmstead."""
    path = EXAMPLES / "elmstead" / "published" / "tracker.csv"
    return [*csv.reader(path.read_text("utf-8").splitlines())]


def write_workbook(target: Path) -> None:
    """Write the tracker as a workbook with headings of its own, beside a sheet that is no plan."""
    heads = {"Action": "What", "Lead": "Who", "Partners": "With", "By when": "Until"}
    with xlsxwriter.Workbook(str(target)) as book:
        sheet = book.add_worksheet("Actions")
        for number, row in enumerate(read_tracker()):
            sheet.write_row(number, 0, row if number else [heads.get(each, each) for each in row])
        book.add_worksheet("Budget").write_row(0, 0, ["Theme", "Pounds"])


def write_pdf(target: Path) -> None:
    """Write the tracker as a ruled table in a PDF without tags."""
    style = getSampleStyleSheet()["Normal"]
    rows = [[Paragraph(cell, style) for cell in row] for row in read_tracker()]
    widths = [35, 75, 190, 90, 140, 80, 90, 70]
    table = Table(rows, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, black)])
    SimpleDocTemplate(str(target), pagesize=landscape(A4), invariant=True).build([table])


def write_map(target: Path) -> None:
    """Write Elmstead's plan as a map of Kumu on which a table moved a partner and voted."""
    main(["export", "kumu", "--graph", str(EXAMPLES / "elmstead"), "--only", "-o", str(target)])
    found = json.loads(target.read_text("utf-8"))
    for element in found["elements"]:
        if element["label"] == "Public Health":
            element["Votes"] = 3
    found["elements"].append({"label": "Night buses", "type": "Action"})
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_plan(EXAMPLES / "harrowmere-plan.docx", {})
    write_plan(EXAMPLES / "harrowmere-q2.docx", NEXT)
    write_workbook(EXAMPLES / "tracker.xlsx")
    write_pdf(EXAMPLES / "tracker.pdf")
    write_map(EXAMPLES / "map.json")
