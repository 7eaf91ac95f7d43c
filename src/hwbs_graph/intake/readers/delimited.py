"""Reads a table of separated values (.csv): commas, semicolons or tabs, in any usual encoding.

Out of scope: what a column means.
"""

import csv
import io
from pathlib import Path

from hwbs_graph.intake.parts import Cell, Document, Table
from hwbs_graph.intake.readers.encoding import read_characters
from hwbs_graph.intake.readers.limits import LONGEST_CELL, UnreadableError, check_cell, check_table


def read_delimited(path: Path) -> Document:
    """Read a file of separated values. Raises UnreadableError."""
    text = read_characters(path)
    before = csv.field_size_limit(LONGEST_CELL * 10)  # of the whole process
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text)))
    except csv.Error as error:
        why = f"it is no table ({error}); save it as .xlsx"
        if "field larger" in str(error):
            why = f"a cell has more characters than the {LONGEST_CELL:,} that are read; shorten it"
        raise UnreadableError(path, why) from None
    finally:
        csv.field_size_limit(before)
    check_table(path, "it", len(rows), max(map(len, rows), default=0))
    cells = [
        _make_cell(path, row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value.strip()
    ]
    return Document((Table(tuple(cells), "the table"),))


def _make_cell(path: Path, row: int, column: int, value: str) -> Cell:
    place = f"row {row + 1} column {column + 1}"
    check_cell(path, place, value)
    lines = (" ".join(line.split()) for line in value.splitlines())
    indent = len(value) - len(value.lstrip(" \t\xa0"))
    return Cell(row, column, tuple(line for line in lines if line), place, indent=indent)


def _find_delimiter(text: str) -> str:
    """Return the separator that most rows have equally often."""
    best, score = ",", 0.0
    for delimiter in ",;\t|":
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        try:
            lengths = [len(row) for _, row in zip(range(50), rows, strict=False) if row]
        except csv.Error:
            continue
        common = max(set(lengths), key=lengths.count, default=1)
        found = (common > 1) * lengths.count(common) * min(common, 5)
        if found > score:
            best, score = delimiter, found
    return best
