"""Words of the letters of a PDF: where a line ends, and which letters belong together.

Out of scope: which letters a cell holds (`pdf_structure`, `pdf_positions`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

_LONGEST_WORD = 60
#: A space, and some room to be sure, in parts of the size of the letters.
_SPACE = 0.6
#: Page, from 1 -> the right edge of what stands in a column, in points.
Edges = Mapping[int, float]


def join_letters(letters: list[Any]) -> str:
    """Return text of letters in order, with a space where a line or a gap parts two of them.

    A letter is one of pdfplumber's, or text that stands for several.
    """
    written: list[str] = []
    last: Any = None
    for letter in letters:
        if isinstance(letter, str):
            written.append(letter)
            last = None
            continue
        if last is not None and _are_apart(last, letter):
            written.append(" ")
        written.append(letter["text"])
        last = letter
    text = re.sub(r"\(cid:\d+\)", "•", "".join(written))
    return " ".join(re.sub("[\xad\u200b]", "", text).split())


def _are_apart(before: Any, after: Any) -> bool:
    if before["page_number"] != after["page_number"]:
        return True
    height = max(before["size"], after["size"], 1)
    if abs(before["bottom"] - after["bottom"]) > height * 0.6:
        return not (before["text"] == "-" and after["text"].islower())
    return bool(after["x0"] - before["x1"] > height * 0.2)


def unfold_ligatures(text: str) -> str:
    """Return text with each ligature as its letters; other characters stay as printed."""
    return re.sub("[\ufb00-\ufb06]", lambda found: unicodedata.normalize("NFKC", found[0]), text)


def part_early_lines(letters: list[Any], edges: Edges) -> Iterator[list[Any]]:
    """Yield the lines that someone ended, of letters in order; others only go on below.

    A line was ended where the word that follows would have found room left of the edge.
    """
    start = 0
    for place in range(1, len(letters)):
        before, after = letters[place - 1], letters[place]
        if isinstance(before, str) or isinstance(after, str):
            continue
        edge = edges.get(before["page_number"], 0.0)
        lower = after["top"] > before["top"] + before["size"] * 0.6
        if lower and before["x1"] + _measure_word(letters[place:]) < edge:
            yield letters[start:place]
            start = place
    yield letters[start:]


def _measure_word(letters: list[Any]) -> float:
    """Return the width of the first word, with the space before it, in points."""
    first = last = letters[0]
    for letter in letters[:_LONGEST_WORD]:
        if isinstance(letter, str) or not letter["text"].strip() or letter["top"] > first["bottom"]:
            break
        last = letter
    return float(last["x1"] - first["x0"] + first["size"] * _SPACE)
