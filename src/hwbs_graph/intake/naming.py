"""From the printed cells of each record to the names of an action, with a question for each doubt.

Persons are left out without their name. “All partners” is one group, never copied to each; other
words for everybody stand for no body.

Out of scope: parting words (`bodies`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hwbs_graph.grouping import group_pairs
from hwbs_graph.intake.bodies import Name, Splitter, is_abbreviation
from hwbs_graph.intake.draft import About, Action, Draft
from hwbs_graph.intake.persons import is_person, is_post, list_persons, strip_addresses
from hwbs_graph.intake.plan_words import (
    compile_words,
    fold,
    fold_words,
    is_ditto,
    matches,
    names_all_partners,
)
from hwbs_graph.intake.records import Printed, Record

_ROLES = ("lead", "partners")
_ROUND = " ,;:/()|&–—-"
_MARKED_LEAD = re.compile(r"l|lead|a|arweinydd")
#: What is asked of a cell, by the doubt.
_ASKED = {
    "split": "split",
    "wrapped": "split",
    "role": "role",
    "flag": "name",
    "words": "name",
    "post": "name",
}


class Namer:
    """Names the bodies of all actions of a document."""

    def __init__(
        self,
        draft: Draft,
        records: list[Record],
        glossary: dict[str, str],
        splits: Mapping[str, Sequence[str]],
    ) -> None:
        self.draft, self.glossary = draft, glossary
        cells = [cell for record in records for role in _ROLES for cell in getattr(record, role)]
        explained = [*glossary, *glossary.values()]
        leads = [cell for record in records for cell in record.lead]
        self.splitter = Splitter(cells, explained, leads, splits)
        self.explained = {fold(each) for each in explained}
        #: Words that stand for a body, as was found out.
        self.plain: set[str] = set()
        #: Names that are those of one body, as was found out.
        self.usual: set[str] = set()
        #: Name -> the actions that print it, each with its role.
        self.unexplained: dict[str, list[tuple[str, str]]] = {}
        self.sectors: dict[str, list[tuple[str, str]]] = {}
        self.first_place: dict[str, str] = {}
        self.persons = {fold(each) for cell in cells for each in list_persons(cell.text)}

    def name(self, record: Record, action: Action) -> None:
        """Fill in the lead and the partners of an action, and ask what is in doubt."""
        for role in _ROLES:
            for cell in getattr(record, role):
                self.name_cell(cell, role, record, action)
        for heading, mark, place in record.marks:
            role = "lead" if _MARKED_LEAD.fullmatch(fold(mark)) else "partners"
            self.add(action, role, heading, place, False)
            text = f"The column “{heading}” holds only marks: is it a body that takes part?"
            about = {action.id: [(role, heading)]}
            self.draft.ask("column", text, heading, place, [heading], [action.id], "names", about)

    def name_cell(self, cell: Printed, role: str, record: Record, action: Action) -> None:
        lines = tuple(line for each in cell.lines if (line := strip_addresses(each)))
        if lines != cell.lines:
            self.draft.leave_out("an address", "it is a person's", cell.place)
        printed = cell._replace(lines=lines)
        if self.is_no_name(printed.text, printed, action):
            return
        names = [each for name in self.splitter.split(printed, role) for each in part_persons(name)]
        for name in names:
            own = name.role if name.role in (*_ROLES, "other") else role
            self.add_name(name, own, record, action)
        self.ask_doubts(names, printed, action, role)

    def is_no_name(self, words: str, cell: Printed, action: Action) -> bool:
        """Say whether words stand for nobody, for everybody, or for a person."""
        if words in self.plain or names_all_partners(words):
            return False
        folded = fold_words(words) or fold(words)
        if is_ditto(words):
            text = f"“{words}” is printed for what stands above: whom does it mean?"
            self.draft.ask("name", text, words, cell.place, [], [action.id], "bodies")
            return True
        if matches("names", "none", fold(words)) or not re.search(r"\w", words):
            return not re.search(r"\?", words)
        if matches("names", "unknown", folded):
            text = f"“{words}” is printed in place of a name: who is it?"
            self.draft.ask("name", text, words, cell.place, [], [action.id], "bodies")
            return True
        if matches("names", "everybody", folded):
            text = f"“{words}” names no body: whom does it mean? No partner is recorded for it."
            self.draft.ask("name", text, words, cell.place, [], [action.id], "bodies")
            return True
        if self.is_person(words):
            self.draft.leave_out("a person's name", "persons are never partners", cell.place)
            text = "A cell that seems to name a person is left out; is it a body?"
            self.draft.ask("name", text, "", cell.place, [], [action.id], "bodies")
            return True
        self.plain.add(words)
        return False

    def is_person(self, words: str) -> bool:
        """Say whether words name a person, by themselves or by a post printed beside them."""
        return is_person(words) or fold(words) in self.persons

    def add_name(self, name: Name, role: str, record: Record, action: Action) -> None:
        cell = Printed((name.printed,), name.place)
        if name.printed not in self.usual and self.is_no_name(name.printed, cell, action):
            return
        if role == "other":
            self.draft.leave_out(
                f"“{name.printed}”", "its part is neither lead nor partner", name.place
            )
            return
        odd = name.printed not in self.usual and self.note_kind(name, role, action)
        doubted = odd or bool(name.doubt) or role in record.unsure_roles
        self.add(action, role, name.printed, name.place, not doubted)

    def add(self, action: Action, role: str, printed: str, place: str, certain: bool) -> None:
        kept: list[dict[str, Any]] = getattr(action, role)
        if fold(printed) not in {fold(each["printed"]) for each in kept}:
            kept.append({"printed": printed, "place": place, "certain": certain})

    def note_kind(self, name: Name, role: str, action: Action) -> bool:
        """Note an abbreviation that nothing explains, a sector or a post; say whether it is one."""
        folded = fold(name.printed)
        if matches("names", "sectors", folded):
            _note(self.sectors, name.printed, action.id, role)
        elif self.is_unexplained(name.printed):
            _note(self.unexplained, name.printed, action.id, role)
        elif names_all_partners(name.printed):
            text = f"“{name.printed}” is one group, all partners of the plan: is any body meant?"
            self.ask_name(text, name, role, action)
        elif is_post(name.printed):
            text = f"“{name.printed}” is a post: of which body?"
            self.ask_name(text, name, role, action)
        else:
            self.usual.add(name.printed)
            return False
        self.first_place.setdefault(name.printed, name.place)
        return True

    def ask_name(self, text: str, name: Name, role: str, action: Action) -> None:
        """Ask about one name, wherever it is printed."""
        about = {action.id: [(role, name.printed)]}
        self.draft.ask("name", text, name.printed, name.place, [], [action.id], "names", about)

    def is_unexplained(self, name: str) -> bool:
        """Say whether a name is an abbreviation that nothing explains."""
        folded = fold(name)
        known = folded in self.explained or matches("names", "well_known", folded)
        return is_abbreviation(name) and not known

    def ask_doubts(self, names: list[Name], cell: Printed, action: Action, role: str) -> None:
        """Ask once for each cell and kind of doubt; how words are split, wherever they stand."""
        persons = [each.printed for each in names if self.is_person(each.printed)]
        persons = [*list_persons(cell.text), *persons]
        doubts = group_pairs((_find_doubted(each, cell), each) for each in names if each.doubt)
        for (doubt, shown), group in doubts.items():
            told = names if shown == cell.text else group
            own = [each.printed for each in told if each.printed not in persons]
            for person in persons:
                shown = shown.replace(person, "[a person]")
            text, values = _word_doubt(doubt, shown), _propose(doubt, own)
            doubted = [
                (name.role if name.role in _ROLES else role, name.printed)
                for name in group
                if name.printed not in persons
            ]
            about = {action.id: doubted}
            kind = _ASKED[doubt]
            self.draft.ask(kind, text, shown, cell.place, values, [action.id], "cell", about)

    def ask_kinds(self) -> None:
        """Ask about all unexplained abbreviations, and all sectors, in one question each."""
        for found, text in (
            (
                self.unexplained,
                "{}: the document does not say what it stands for. Which body is it?",
            ),
            (self.sectors, "{}: a sector or group of many, not one body. Is any body meant?"),
        ):
            if found:
                listed = ", ".join(found)
                about: About = {}
                for name, uses in found.items():
                    for action, role in uses:
                        about.setdefault(action, []).append((role, name))
                place, ids = self.first_place[next(iter(found))], list(about)
                asked = text.format(listed)
                self.draft.ask("name", asked, listed, place, list(found), ids, "names", about)


def _find_doubted(name: Name, cell: Printed) -> tuple[str, str]:
    """Return the doubt of a name, and the words that it is about."""
    return name.doubt, (name.stretch if name.doubt == "split" else "") or cell.text


def _note(uses: dict[str, list[tuple[str, str]]], name: str, action: str, role: str) -> None:
    uses.setdefault(name, []).append((action, role))


def part_persons(name: Name) -> Iterator[Name]:
    """Yield a name without the persons printed in it, and each of them as a name of its own."""
    persons = list_persons(name.printed)
    if not persons or persons == (name.printed,):
        yield name
        return
    rest = name.printed
    for person in persons:
        rest = rest.replace(person, " \0 ")
        yield name._replace(printed=person, doubt="")
    for part in rest.split("\0"):
        if words := re.sub(r"^(?:and|&)\b|\b(?:and|&)$", "", part.strip(_ROUND)).strip(_ROUND):
            yield name._replace(printed=words, doubt=name.doubt or "role")


def _word_doubt(doubt: str, cell: str) -> str:
    sentences = {
        "split": f"Is “{cell}” one body, or several?",
        "wrapped": f"“{cell}” stands on several lines: is each line a body?",
        "role": f"“{cell}” prints a part beside a name: is it read rightly?",
        "flag": f"“{cell}” prints a condition beside a name: does the body take part?",
        "words": f"“{cell}” holds more than names: which bodies does it name?",
    }
    return sentences[doubt]


def _propose(doubt: str, names: list[str]) -> list[str]:
    """Return the names as they are read, and the sides of one that is kept whole."""
    sides = [
        side.strip(" ,")
        for name in names
        for side in re.split(r"(?i),|/|\s(?:and|&|\+)\s", name)
        if doubt == "split"
    ]
    return list(dict.fromkeys([*names, *(side for side in sides if side)]))


def list_mentioned(actions: Iterable[Action], splitter: Splitter) -> Iterator[tuple[str, Action]]:
    """Yield bodies that the wording of an action names without a column that says so."""
    heads = compile_words("names", "heads")
    word = r"[A-Z][\w’'-]+"
    for action in actions:
        named = {fold(each["printed"]) for each in (*action.lead, *action.partners)}
        for found in re.finditer(
            rf"{word}(?:\s+(?:(?:of|for|and|&|the)\s+)*{word})*", action.action
        ):
            text = found[0]
            last = fold(text).split()[-1]
            several = " " in text and found.start() > 0
            known = fold(text) in splitter.known and found.start() > 0
            short = is_abbreviation(text) and len(text) > 2
            if (known or (several and heads.fullmatch(last)) or short) and (
                fold(text) not in named
            ):
                yield text, action
