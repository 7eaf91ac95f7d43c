"""Cells of CSV files that people open in a spreadsheet, none of which it takes for a formula.

Out of scope: which rows and columns a file has (`board_folder`, `decisions`).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_ACTIVE = ("=", "+", "@", "\t")


def defuse(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in _ACTIVE else value


def restore(cell: str) -> str:
    """Return what `defuse` made a cell of."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _ACTIVE else cell


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV with a mark by which a spreadsheet knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: defuse(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")
