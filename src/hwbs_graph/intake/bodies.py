"""How the words of a cell are parted into names of bodies, and how sure each part is.

The order is that of certainty: paragraphs and bullets, semicolons, names known whole, commas,
then slashes and `and`, whose result a person confirms once for each spelling.

Out of scope: which body a name stands for; names are never merged here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.intake.cell_lines import (
    BULLET,
    LONGEST_NAME,
    is_labelled,
    join_lines,
    part_labels,
    part_line,
)
from hwbs_graph.intake.glossary import stands_for
from hwbs_graph.intake.leftovers import drop_bracket, find_leftover, mask_whole
from hwbs_graph.intake.persons import is_person
from hwbs_graph.intake.plan_words import compile_words, fold, fold_words, matches
from hwbs_graph.intake.records import Printed

_JOINT = re.compile(r"\s*(?:\s(?:(?i:and|ac)|&)\s|\s\+\s|\+(?=[A-Z]))\s*")
_WORD_JOINT = re.compile(r"(?i)\s+(?:and|ac)\s+")
_SLASH = re.compile(r"\s*/\s*")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]\w{0,5}|[A-Z]{2,8}s?")
_TRAILING = re.compile(r"(?P<name>.{2,}?)\s+[–—-]\s*(?P<said>(?:[Ll]ead|[Ss]upport)\w*)")
_VERB = re.compile(
    r"(?i)\b(etc|will|to (?:be|do|lead|support)|who|facilitat\w*|is|are|(?:supported|led) by"
    r"|working with|in partnership with|via|through|including|e\.g)\b"
)
#: A plan repeats its lines and names: so many answers are kept.
_KEPT = 20_000
_MARK = "\x00{}\x00"
_NO_SPLITS: Mapping[str, Sequence[str]] = {}


class Name(NamedTuple):
    """A name as printed; `doubt` is what a person must decide of it, "" if it is certain.

    `stretch` are the words that the doubt is about, "" for those of the whole cell.
    """

    printed: str
    place: str
    doubt: str = ""
    stretch: str = ""
    role: str = ""


class Splitter:
    """Parts cells into names, with what the whole document tells of them."""

    def __init__(
        self,
        cells: Iterable[Printed],
        glossary: Iterable[str] = (),
        leads: Iterable[Printed] = (),
        splits: Mapping[str, Sequence[str]] = _NO_SPLITS,
    ) -> None:
        self.told = {fold(words): names for words, names in splits.items()}
        self.leads = {fold(cell.text) for cell in leads if not cell.wrapped}
        #: Folded name -> how many lists of lines it is an item of, short and long ones.
        self.listed, self.in_long = Counter[str](), Counter[str]()
        alone = {fold(part) for cell in cells for part in self.list_alone(cell)}
        told = (each for names in self.told.values() for each in names)
        self.explained = {fold(each) for each in (*glossary, *told)}
        self.known = self.explained | set(filter(self.is_whole, alone))
        several = {*self.told, *(name for name in self.known if _has_joint(name))}
        self.several = sorted(several, key=len, reverse=True)
        #: Words and their role -> their names.
        self.parted: dict[tuple[str, str], list[Name]] = {}
        #: A cell without its place, and its role -> its names.
        self.cells: dict[tuple[Printed, str], list[Name]] = {}

    def list_alone(self, cell: Printed) -> Iterator[str]:
        """Yield the parts of a cell that stand for themselves, and count the items of lists."""
        lines = join_lines(cell)[0]
        for line in lines:
            for name, is_alone in part_line(line):
                if len(lines) > 1 and not cell.wrapped:
                    self.listed[fold(name)] += 1
                    self.in_long[fold(name)] += len(lines) > 2
                if is_alone:
                    yield name

    def is_whole(self, name: str) -> bool:
        """Say whether a name that stood alone is one body.

        One with a comma or `and` is, if it leads and is an item of a list, or of two long lists.
        """
        leads = name in self.leads and self.listed[name] > 0
        return not _has_joint(name) or ((leads or self.in_long[name] > 1) and "/" not in name)

    def is_known(self, text: str) -> bool:
        """Say whether words stand alone elsewhere in the document."""
        return fold(text) in self.known

    def split(self, cell: Printed, role: str = "") -> Iterator[Name]:
        """Yield the names of a cell; `role` is `lead` or `partners`.

        Equal cells are split once, as a plan repeats its cells.
        """
        key = (cell._replace(place=""), role)
        if (names := self.cells.get(key)) is None:
            names = self.cells[key] = [*map(self.doubt, self.split_lines(*key))]
        for name in names:
            yield name._replace(place=cell.place)

    def doubt(self, name: Name) -> Name:
        """Return a name with the doubt that the rules left, or what still shows one."""
        if name.doubt or not (doubt := self.find_leftover(name.printed)):
            return name
        return name._replace(doubt=doubt, stretch=name.printed)

    def find_leftover(self, printed: str) -> str:
        """Return the doubt of a name that no rule parted, "" where the document explains it."""
        folded = fold(printed)
        if folded in self.explained or matches("names", "sectors", folded):
            return ""
        known = folded in self.known or drop_bracket(printed) in self.known
        return find_leftover(printed, is_known=known)

    def split_lines(self, cell: Printed, role: str) -> Iterator[Name]:
        lines, joined = join_lines(cell)
        if len(lines) > 2 and not cell.wrapped and not any(map(is_labelled, lines)):
            yield from self.split_list(lines, cell, role)
            return
        for line in lines:
            for own, text in part_labels(line, role):
                for part in _part_inline(text):
                    for name in self.split_part(part.strip(), cell, own):
                        doubt = name.doubt or ("wrapped" if joined else "")
                        yield name._replace(doubt=doubt)

    def split_list(self, lines: list[str], cell: Printed, role: str) -> Iterator[Name]:
        """Yield the items of a list, each of which is one body unless it holds a list itself."""
        for line in lines:
            item = BULLET.sub("", line).strip(" .,;")
            parts = [item] if re.search(r"[,&/]|\band\b", item) else re.split(r"\s*;\s*", item)
            for part in filter(None, parts):
                if fold(part) in self.told or self.is_certain_whole(part) or "(" in part:
                    yield from self.split_part(part, cell, role)
                else:
                    yield Name(part, cell.place, "split", part, role)

    def split_part(self, part: str, cell: Printed, role: str) -> Iterator[Name]:
        """Yield the names of a part of a cell; equal parts of several cells are split once."""
        words = BULLET.sub("", part).strip(" ,.")
        if not words:
            return
        if (names := self.parted.get((words, role))) is None:
            names = self.parted[words, role] = [*self.part(words, role)]
        for name in names:
            yield name._replace(place=cell.place)

    def part(self, part: str, role: str) -> Iterator[Name]:
        """Yield the names of words, wherever they stand."""
        if told := self.told.get(fold(part)):
            yield from (Name(each, "", role=role) for each in told)
            return
        if self.is_certain_whole(part):
            yield Name(part, "", role=role)
            return
        hidden, kept = self.hide_known(part)
        pieces = self.split_commas(hidden, role)
        several = len(pieces) > 1
        for piece, doubt in pieces:
            for text, own in self.split_joint(piece, several):
                stretch = part if doubt else _restore(piece, kept) if own else ""
                shown = _restore(text, kept)
                if shown != part and fold(shown) in self.told:
                    yield from self.part(shown, role)
                    continue
                for name in part_brackets(shown, role):
                    yield name._replace(doubt=doubt or own or name.doubt, stretch=stretch)

    def is_certain_whole(self, part: str) -> bool:
        if matches("names", "sectors", fold(part)):
            return True
        return fold(part) in self.known or (not _has_joint(mask_whole(part)) and "(" not in part)

    def hide_known(self, part: str) -> tuple[str, list[str]]:
        """Replace names known whole, and words that hold their own `and`, by marks."""
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[0])
            return _MARK.format(len(kept) - 1)

        for name in self.several:
            loose = re.escape(name).replace("'", "['’‘]").replace(r"\-", "[-–]")
            before = r"(?:(?<=^)|(?<=[,;/&+]\s)|(?<=[,;/&+])|(?<=\band\s))"
            after = r"(?=\s*(?:[,;/&+(]|\band\b|$))"
            part = re.sub(f"(?i){before}{loose}{after}", keep, part)
        inside = compile_words("names", "whole").pattern
        part = re.sub(rf"(?i)\b(?:{inside})\b", keep, part)
        return re.sub(r"\([^()]*\)", keep, part), kept

    def split_commas(self, part: str, role: str) -> list[tuple[str, str]]:
        """Part at commas, except before a small letter or `and`; a list `A, B and C` is a doubt."""
        found = re.split(r",\s+(?=[^\s,])|,(?=[A-Z])", part)
        pieces: list[str] = []
        for piece in found:
            small = re.match(r"[a-z]", piece) and not re.match(r"and\s", piece)
            if pieces and small and not (_is_common(piece) or self.is_known(piece)):
                pieces[-1] += f", {piece}"
            else:
                pieces.append(re.sub(r"^(?:and|&)\s+", "", piece))
        if any(re.match(r"[a-z]", piece) for piece in found[1:]):
            return [(piece, "split") for piece in pieces]
        if len(pieces) == 1:
            return [(piece, "") for piece in pieces]
        if any(map(is_person, pieces)):
            return [(piece, "role" if role == "lead" else "") for piece in pieces]
        if role == "lead" and not all(self.is_known(piece) for piece in pieces):
            whole = not any(self.is_known(piece) for piece in pieces)
            return [(part, "split")] if whole else [(piece, "split") for piece in pieces]
        serial = self.is_serial(pieces)
        return [(piece, "split" if serial else "") for piece in pieces]

    def is_serial(self, pieces: list[str]) -> bool:
        """Say whether `A, B and C` may be the name of one department."""
        *first, last = pieces
        if not _JOINT.search(last) or any(self.is_known(piece) for piece in first):
            return False
        ends = _JOINT.split(last)
        if all(map(_looks_whole, (*first, *ends))):
            return False
        short = all(len(each.split()) <= 3 and "\x00" not in each for each in (*first, *ends))
        return short and not any(self.is_known(end) for end in ends[:1])

    def split_joint(self, piece: str, several: bool) -> list[tuple[str, str]]:
        """Part at slashes and `and` where a side stands alone elsewhere, and with a doubt."""
        if "/" in piece:
            sides = [side for side in _SLASH.split(piece) if side]
            named = [self.is_known(each) or _is_common(each) for each in sides]
            if len(sides) > 1 and (all(named) or " / " in piece or all(map(_looks_whole, sides))):
                return [(side, "split") for side in sides]
            return (
                [(piece, "split")]
                if len(sides) > 1 and re.search(r"/\s*[A-Z]", piece)
                else [(piece, "")]
            )
        if not _JOINT.search(piece):
            return [(piece, "")]
        for joint in (_JOINT, _WORD_JOINT):
            sides = [side for side in joint.split(piece) if side]
            named = [
                self.is_known(each) or each.startswith("\x00") or is_abbreviation(each)
                for each in sides
            ]
            plus = re.search(r"\s\+\s", piece)
            if len(sides) > 1 and (any(named) or all(map(_looks_whole, sides)) or plus):
                return [(side, "split") for side in sides]
        return [(piece, "split")]


def _part_inline(text: str) -> list[str]:
    """Part a line at semicolons, bars, and bullets or numbers that stand inside it."""
    if re.match(r"\s*1[.)]\s", text):
        text = re.sub(r"\s+\d{1,2}[.)]\s+(?=[A-Z])", " ; ", text)
    return re.split(r"\s*[;|•▪●❖◦]\s*", text)


def _is_common(text: str) -> bool:
    """Say whether a name is an abbreviation, or one that many boards have."""
    return is_abbreviation(text) or matches("names", "generic", fold(text))


def _has_joint(text: str) -> bool:
    return bool(re.search(r"(?i),|/|;|\s(?:and|&|\+|ac)\s", text))


def _restore(text: str, kept: list[str]) -> str:
    while found := re.search("\x00(\\d+)\x00", text):
        text = text.replace(found[0], kept[int(found[1])])
    return text


def _looks_whole(side: str) -> bool:
    """Say whether words end as the name of a body does, such as `Trust` or `Council`."""
    if "\x00" in side:
        return True
    words = fold_words(side).split()
    heads = compile_words("names", "heads")
    return len(words) > 1 and bool(heads.fullmatch(words[-1])) and not side[0].islower()


def part_brackets(text: str, role: str) -> Iterator[Name]:
    """Yield a name without the brackets that give its part or a doubt, with that doubt."""
    found = re.fullmatch(r"(?P<name>[^()]+?)\s*[-–]?\s*\((?P<said>[^()]*)\)", text)
    found = found or _TRAILING.fullmatch(text)
    if not found:
        yield Name(text.strip(" ,."), "", _find_doubt(text), role=role)
        return
    if is_person(found["name"]) and not is_person(found["said"]):
        yield Name(found["name"], "", role=role)
        yield Name(found["said"], "", "role", role=role)
        return
    said = fold_words(found["said"]) or fold(found["said"])
    if is_person(found["said"]):
        yield Name(found["name"], "", _find_doubt(found["name"]), role=role)
        yield Name(found["said"], "", role=role)
        return
    for own, key in (
        ("lead", "lead_words"),
        ("partners", "support_words"),
        ("other", "other_words"),
    ):
        if matches("names", key, said):
            yield Name(found["name"], "", "role", role=own)
            return
    if matches("names", "doubts", said):
        yield Name(found["name"], "", "flag", role=role)
        return
    initials = re.fullmatch(r"[A-Z]{1,3}", found["said"]) and not stands_for(
        found["said"], found["name"]
    )
    doubt = "words" if initials else _find_doubt(found["name"])
    yield Name(text.strip(), "", doubt, role=role)


def _find_doubt(text: str) -> str:
    """Say whether words are more than a name: a sentence, or one with a verb in it."""
    words = text.split()
    small = sum(word[0].islower() for word in words if word[0].isalpha())
    return "words" if _VERB.search(text) or len(words) > LONGEST_NAME or small > 5 else ""


def is_abbreviation(text: str) -> bool:
    """Say whether a name is an abbreviation."""
    return bool(_ABBREVIATION.fullmatch(text.strip()))
