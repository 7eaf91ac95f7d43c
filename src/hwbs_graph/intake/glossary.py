"""Abbreviations that a document explains itself: in a table of them, or in brackets.

Out of scope: what an abbreviation means elsewhere; nothing is expanded by guess.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Document, Paragraph
from hwbs_graph.intake.plan_tables import is_glossary
from hwbs_graph.intake.plan_words import fold

_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z&]{1,9})\)")
_SMALL = ("of", "and", "for", "the", "&", "in")
_JOINT = re.compile(r"[,;:/+]\s*|\s(?:and|&)\s+")
_MOST_WORDS = 10
_ENTRY = re.compile(r"([A-Z][A-Za-z&]{1,9})\s*(?::|=|–|—| - )\s*([A-Z].{5,120})")


def read_glossary(document: Document) -> dict[str, str]:
    """Return what the document explains: abbreviation -> what it stands for, as printed."""
    found: dict[str, str] = {}
    for table in document.tables:
        grid = Grid(table)
        header = is_glossary(grid)
        for row in grid.numbers if header is not None else []:
            cells = grid.list_row(row)
            if row > (header or 0) and len(cells) >= 2:
                short, long = sorted((cells[0].text, cells[1].text), key=len)
                found[short] = long
    for text in _list_texts(document):
        for each in _IN_BRACKETS.finditer(text):
            long = _find_name_before(text[: each.start()])
            if long := _trim_name(each[1], long):
                found.setdefault(each[1], long)
    for block in document.blocks:
        entry = isinstance(block, Paragraph) and _ENTRY.fullmatch(block.text)
        if entry and stands_for(entry[1], entry[2]):
            found.setdefault(entry[1], entry[2])
    return found


def _list_texts(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            held = (cell for cell in block.cells if any("(" in line for line in cell.lines))
            yield from (cell.text for cell in held)


def _find_name_before(text: str) -> str:
    """Return the capitalised words, and the small ones between them, that end a text."""
    kept: list[str] = []
    for word in reversed(text.split()[-_MOST_WORDS:]):
        if not (word[0].isupper() or word in _SMALL):
            break
        kept.insert(0, word)
    while kept and kept[0] in _SMALL:
        kept.pop(0)
    return " ".join(kept)


class Spellings:
    """The one name for each spelling of a body that the document itself explains.

    An abbreviation that stands for two names in brackets stands for neither.
    """

    def __init__(self, glossary: Mapping[str, str], printed: Iterable[str]) -> None:
        longs: dict[str, set[str]] = {}
        for long, short in filter(None, map(_part_bracket, printed)):
            longs.setdefault(short, set()).add(fold(long))
        self.names = {
            short: long
            for short, long in glossary.items()
            if longs.get(short, set()) <= {fold(long)}
        }
        self.shorts = {fold(long): short for short, long in self.names.items()}

    def find_name(self, printed: str) -> tuple[str, str]:
        """Return the name in full and its abbreviation, "" where the document gives none."""
        parted = _part_bracket(printed)
        long = self.names.get(printed) or (parted[0] if parted else printed)
        short = self.shorts.get(fold(long), "")
        return (self.names[short], short) if short else (printed, "")


#: A plan repeats its names.
@lru_cache(4_096)
def _part_bracket(printed: str) -> tuple[str, str] | None:
    found = re.fullmatch(r"(.+?)\s*\(([A-Z][A-Za-z&]{1,9})\)", printed)
    return (found[1], found[2]) if found else None


def _trim_name(short: str, long: str) -> str:
    """Return the end of a list of names that an abbreviation stands for, "" if none does.

    Of “Schools, Good Start Trust (GST)” it is what follows the comma: the shortest end whose
    words the letters begin, from the first letter on.
    """
    joints = [found.end() for found in _JOINT.finditer(long)]
    for start in [*reversed(joints), 0]:
        end = long[start:]
        if end[:1].casefold() == short[0].casefold() and stands_for(short, end):
            return end
    last = max((found.end() for found in re.finditer(r"[,;:/]\s*", long)), default=0)
    return long[last:] if stands_for(short, long[last:]) else ""


def stands_for(short: str, long: str) -> bool:
    """Say whether the letters of an abbreviation begin words of what stands before it."""
    words = [word[0].casefold() for word in re.findall(r"[^\W\d_]+", long)]
    letters = [letter for letter in fold(short).rstrip("s") if letter.isalpha()]
    place = -1
    for letter in letters:
        if letter not in words[place + 1 :]:
            return len(letters) > 3 and place >= len(words) // 2
        place = words.index(letter, place + 1)
    return bool(letters)
