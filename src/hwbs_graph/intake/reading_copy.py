"""The text of a document as its reader reads it, line by line, in which passages are counted.

One line holds a paragraph or a cell; ` ⏎ ` stands for a line break inside a cell. The head of the
text names the file and its SHA-256.

Out of scope: which words are quoted (`draft_graph`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.intake.parts import Document, Paragraph

BREAK = " ⏎ "
ENDING = ".reading.txt"
#: Raised when a reader reads otherwise than before, so that a copy says which reader made it.
_READER = 1
#: So many lines stand above those of the document.
_HEAD = 3


class Spot(NamedTuple):
    """Where words stand in a reading copy: line and column from 1, and the words as they stand."""

    line: int
    column: int
    printed: str


@dataclass(frozen=True)
class ReadingCopy:
    """The lines of a document, each with its place, below a head that names the file."""

    name: str
    digest: str
    lines: tuple[tuple[str, str], ...]

    @cached_property
    def by_place(self) -> dict[str, list[int]]:
        """The numbers of the lines of each place."""
        return group_pairs((place, number) for number, (place, _) in enumerate(self.lines))

    @property
    def file_name(self) -> str:
        """The name of the copy's own file."""
        return f"{self.name}{ENDING}"

    @property
    def text(self) -> str:
        """The text of the copy."""
        return "\n".join([*self.head, *(text for _, text in self.lines)]) + "\n"

    @property
    def head(self) -> list[str]:
        """The lines above those of the document."""
        return [f"Reading copy {_READER} of {self.name}", f"SHA-256 {self.digest}", ""]

    def find(self, words: str, place: str, only_there: bool = False) -> Spot | None:
        """Return where words stand, at their place first; None where they stand nowhere.

        With `only_there` words that stand elsewhere are not found: “50” may stand anywhere.
        """
        near = self.by_place.get(place, ()) if words and not words.isspace() else ()
        for number in near:
            if (start := self.lines[number][1].find(words)) >= 0:
                return Spot(number + _HEAD + 1, start + 1, words)
        if not (parts := words.split()):
            return None
        form = re.compile(r"(?:\s|⏎)+".join(map(re.escape, parts)))
        for number in near if only_there else chain(near, range(len(self.lines))):
            text = self.lines[number][1]
            if parts[0] in text and (found := form.search(text)):
                return Spot(number + _HEAD + 1, found.start() + 1, found[0])
        return None

    def name_place(self, spot: Spot) -> str:
        """Return the place in the document of words in the copy."""
        return self.lines[spot.line - _HEAD - 1][0]


def copy_document(
    document: Document, path: Path, colours: Mapping[str, str], place: str = ""
) -> ReadingCopy:
    """Return the reading copy of a document; `place` begins each place, as for one of several.

    `colours` maps the place of a cell that has a colour and no words to what is said of it.
    """
    found = _list(document, {where.removeprefix(place): each for where, each in colours.items()})
    lines = ((f"{place}{where}", " ".join(text.split("\n"))) for where, text in found)
    return ReadingCopy(path.name, sha256(path.read_bytes()).hexdigest(), tuple(lines))


def _list(document: Document, colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.place, block.text
            continue
        if block.sheet:
            yield block.sheet, block.sheet
        for cell in sorted(block.cells, key=lambda each: (each.row, each.column)):
            if cell.lines and cell.column not in block.hidden_columns:
                yield cell.place, (cell.text if block.wrapped else BREAK.join(cell.lines))
            elif cell.place in colours:
                yield cell.place, colours[cell.place]
