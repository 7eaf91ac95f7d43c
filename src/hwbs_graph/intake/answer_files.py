"""A list of questions that a person filled in: a workbook or a CSV file, as rows of text.

Out of scope: what the answers mean (`review_desk`).
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from hwbs_graph.data.files import decode_text
from hwbs_graph.errors import DataError, PathError, UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.readers import check_readable, read_document
from hwbs_graph.intake.sheet_cells import restore

_NEEDED = ("id", "answer")


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a filled-in list, by the names of its columns.

    Raises PathError and UsageError for a file that is none, DataError for one without columns.
    """
    endings = {".csv": _read_csv, ".xlsx": _read_workbook}
    if path.suffix.lower() not in endings:
        raise UsageError(f"Answers are read from .xlsx or .csv, not from {path.name}.")
    rows = [*endings[path.suffix.lower()](path)]
    missing = [name for name in _NEEDED if rows and name not in rows[0]]
    if missing:
        raise DataError(
            f"{path} has no column “{missing[0]}”; give back the list of `hwbs review`, filled in."
        )
    return rows


def _read_csv(path: Path) -> Iterator[Row]:
    try:
        text = decode_text(path, path.read_bytes())
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {key: restore(value or "") for key, value in row.items() if isinstance(key, str)}


def _read_workbook(path: Path) -> Iterator[Row]:
    check_readable(path)
    tables = read_document(path).tables
    grid = Grid(tables[0]) if tables else None
    if grid is None or not grid.numbers:
        return
    first, *others = grid.numbers
    names = {number: cell.text for number, cell in grid.rows[first].items()}
    for row in others:
        cells = grid.rows[row]
        yield {
            name: "\n".join(cells[number].lines) if number in cells else ""
            for number, name in names.items()
        }
