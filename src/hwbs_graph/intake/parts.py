"""What a reader finds in a document of any format: paragraphs and tables, each with its place.

Out of scope: what a table means (`tables`), and how a format is read (`readers`).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple


class Cell(NamedTuple):
    """A cell of a table; rows and columns count from 0, and a merged cell spans several.

    `lines` are its paragraphs, list items or broken lines; `fill` is its colour, as RRGGBB;
    `indent` is how far its words are moved to the right, 0 where they are not.
    """

    row: int
    column: int
    lines: tuple[str, ...]
    place: str
    rows: int = 1
    columns: int = 1
    fill: str = ""
    fault: str = ""
    indent: int = 0

    @property
    def text(self) -> str:
        """The words of the cell on one line; a word parted at its hyphen is one again."""
        return _join_lines(self.lines)


#: The words of one row are asked for many times, one row after the other.
@lru_cache(1 << 12)
def _join_lines(lines: tuple[str, ...]) -> str:
    if len(lines) == 1 and "\n" not in lines[0]:
        return " ".join(lines[0].split())
    return " ".join(re.sub(r"(?<=\w-)\n(?=[a-z])", "", "\n".join(lines)).split())


class Table(NamedTuple):
    """A table; `sheet` is the name of its sheet, `wrapped` says that a line break may mean nothing,
    `is_ragged` that a row may have lost its empty cells.

    `hidden_rows` maps a hidden row to why it is hidden: `filter` or `hand`.
    """

    cells: tuple[Cell, ...]
    place: str
    sheet: str = ""
    wrapped: bool = False
    hidden_rows: Mapping[int, str] = {}
    hidden_columns: tuple[int, ...] = ()
    is_ragged: bool = False


class Paragraph(NamedTuple):
    """A paragraph, heading or list item.

    `level` is 1 to 6 for a heading, 7 for a line that only looks like one, 0 for other text.
    `marker` is the printed number of a list item, or a bullet; `depth` how deep it stands.
    """

    text: str
    place: str
    level: int = 0
    marker: str = ""
    depth: int = 0
    is_title: bool = False


class LeftOut(NamedTuple):
    """Something of a document that is not in the plan: what, why, and where."""

    what: str
    why: str
    place: str = ""


class Document(NamedTuple):
    """A document as it was read, in reading order; `by_position` if no structure told the order."""

    blocks: tuple[Paragraph | Table, ...]
    left_out: tuple[LeftOut, ...] = ()
    by_position: bool = False

    @property
    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, headings and list items, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]


def join_documents(documents: Sequence[Document], names: Sequence[str]) -> Document:
    """Return several documents as one; a place then begins with the name of its file."""
    if len(documents) == 1:
        return documents[0]
    blocks = [
        _move(block, f"{name}: ")
        for document, name in zip(documents, names, strict=True)
        for block in document.blocks
    ]
    left_out = [each for document in documents for each in document.left_out]
    by_position = any(document.by_position for document in documents)
    return Document(tuple(blocks), tuple(left_out), by_position)


def _move(block: Paragraph | Table, where: str) -> Paragraph | Table:
    if isinstance(block, Table):
        cells = tuple(cell._replace(place=where + cell.place) for cell in block.cells)
        return block._replace(place=where + block.place, cells=cells)
    return block._replace(place=where + block.place)
