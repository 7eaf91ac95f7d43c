"""What all spreadsheets of the project have in common: text stays text, and rows show all of it.

Out of scope: what a spreadsheet holds; the room that writes it decides.
"""

from collections.abc import Iterable
from textwrap import wrap

#: Options of a workbook. A cell that begins with "=" must not become a formula, nor a web address
#: a link, of which a sheet holds only so many.
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: What a cell holds in Excel, in characters.
_LONGEST = 32_767
#: The height of one line and of the highest row, in points.
_LINE, _HIGHEST = 15, 409


def fitting(text: str) -> str:
    """Return the text as far as a cell holds it, with an ellipsis where it was cut."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def height(cells: Iterable[tuple[str, int]]) -> int:
    """Return how high a row must be, in points, to show texts in columns of so many characters.

    Excel finds this out when it opens a file, LibreOffice does not and prints rows over one
    another, so it is written down.
    """
    return min(_HIGHEST, _LINE * max((_lines(text, width) for text, width in cells), default=1))


def _lines(text: str, width: int) -> int:
    # A letter is on average a little narrower than the digit that column widths are told in.
    return sum(len(wrap(line, max(width, 1))) or 1 for line in text.split("\n"))
