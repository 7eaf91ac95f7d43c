"""CSV as Excel opens it by a double click: UTF-8 with its mark, and no cell that is a formula.

The CSV of the W3C, which programs read, is another format (`rows`).

Out of scope: what the rows are.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from hwbs_graph.text import parse_number

#: What makes a spreadsheet read a cell as a formula; see OWASP, CSV injection.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_excel_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows of text as CSV with CRLF and a byte-order mark."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def neutralise_formula(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain negative number may stay."""
    negative = text.startswith("-") and parse_number(text) is not None
    return f"'{text}" if text.startswith(_ACTIVE) and not negative else text
