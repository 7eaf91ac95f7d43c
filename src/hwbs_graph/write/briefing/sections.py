"""What a briefing is made of in every text format: sections with lists and tables.

A writer needs to know nothing of partners: it is handed sections, and writes headings, list
items, tables or slides.

Out of scope: which sections a briefing has (`layout`), and how any of them is marked up.
"""

from typing import NamedTuple


class TextGroup(NamedTuple):
    """Rows of a table that belong together under a title, which may be empty."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class TextTable(NamedTuple):
    """A table; the first column names the row. `widths` are shares of the page, in percent.

    The column number `evidence` says where the rest is printed, or why it holds; from 0.
    """

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    groups: tuple[TextGroup, ...]
    evidence: int = 2


class Section(NamedTuple):
    """A heading of level 2 or 3 with what stands under it: a sentence, a list, a table.

    `brief` says that the points of the list are short, and may stand in two columns. `finding` is
    what the section tells in one line, `passages` where the points are printed.
    """

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    table: TextTable | None = None
    level: int = 2
    brief: bool = False
    finding: str = ""
    passages: tuple[str, ...] = ()
