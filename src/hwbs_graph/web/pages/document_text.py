"""The text of a document on its page, with every passage marked, and the words around a passage.

The text is shown where the server or the site was given the documents; it ships with none.

Out of scope: finding the documents (`checks.document_texts`), and HTML.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.text import parse_whole
from hwbs_graph.web.pages.result_table import Cell

#: So many characters are shown on each side of a passage.
_AROUND = 160


class Piece(NamedTuple):
    """A part of a line, which passages quote or not."""

    text: str
    is_quoted: bool


class TextLine(NamedTuple):
    """A line of a document: its number, its text in pieces, and the things taken from it."""

    number: int
    pieces: tuple[Piece, ...]
    things: tuple[Cell, ...] = ()


def find_context(lines: Sequence[str], line: str, printed: str) -> tuple[str, str]:
    """Return the words before and after a passage; none where the line does not hold it."""
    number = parse_whole(line) if line.isdecimal() else 0
    if not 0 < number <= len(lines) or not printed or printed not in lines[number - 1]:
        return "", ""
    before, _, after = lines[number - 1].partition(printed)
    above, below = lines[: number - 1][-1:], lines[number : number + 1]
    return _cut_start(" ".join([*above, before])), _cut_end(" ".join([after, *below]))


def mark_lines(
    lines: Sequence[str], rows: Sequence[Row], things: Mapping[str, Sequence[Cell]]
) -> tuple[TextLine, ...]:
    """Return the lines that are not empty; `rows` are passages, `things` what each is behind."""
    quoted = group_rows(rows, "line")
    return tuple(
        _mark_line(number, text, quoted.get(str(number), []), things)
        for number, text in enumerate(lines, 1)
        if text.strip()
    )


def _mark_line(
    number: int, text: str, rows: Sequence[Row], things: Mapping[str, Sequence[Cell]]
) -> TextLine:
    spans = [span for span in (_find_span(text, row) for row in rows) if span]
    cells = (cell for row in rows for cell in things.get(row["passage"], ()))
    return TextLine(number, tuple(_cut(text, spans)), tuple(dict.fromkeys(cells)))


def _find_span(text: str, row: Row) -> tuple[int, int] | None:
    """Return where a passage stands in its line, None where it does not."""
    start = parse_whole(row["column"]) - 1
    end = start + len(row["printedText"])
    return (start, end) if text[start:end] == row["printedText"] else None


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut a line where passages begin and end; those that overlap are one mark."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        is_quoted = any(first <= start and end <= last for first, last in spans)
        if pieces and pieces[-1].is_quoted == is_quoted:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], is_quoted)
        else:
            pieces.append(Piece(text[start:end], is_quoted))
    return pieces


def _cut_start(text: str) -> str:
    cut = " ".join(text.split())
    return cut if len(cut) <= _AROUND else "…" + cut[-_AROUND:].partition(" ")[2]


def _cut_end(text: str) -> str:
    cut = " ".join(text.split())
    return cut if len(cut) <= _AROUND else cut[:_AROUND].rpartition(" ")[0] + "…"
