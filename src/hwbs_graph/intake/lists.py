"""Plans printed as lists and labelled paragraphs, without a table.

An action is a paragraph labelled as one, or an item below words such as “We will:”. Who does it may
stand behind the wording; it is parted off, and a person confirms it.

Out of scope: sentences in running text, which state and commit to nothing that could be listed.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from hwbs_graph.intake.cards import add_value, find_label, read_heading
from hwbs_graph.intake.levels import Levels, is_plain
from hwbs_graph.intake.parts import Cell, LeftOut, Paragraph
from hwbs_graph.intake.plan_words import find_exact, fold_words, matches
from hwbs_graph.intake.records import Printed, PrintedMeasure, Record, part_enumerator
from hwbs_graph.intake.timescales import is_timescale, read_span

_DETAILS = ("lead", "partners", "timescale", "start", "due", "measure", "status", "update")
_LABEL = re.compile(r"(?P<label>[^:–]{1,45}?)\s*(?::|\s[-–—])\s*(?P<value>\S.*)", re.DOTALL)
_BRACKET = re.compile(r"(?P<action>.+?)\s*[(\[](?P<who>[^()\[\]]{2,200})[)\]]\.?", re.DOTALL)
_INNER = re.compile(r"(?:(?<=[.;,\s])|^)(?P<label>[A-Z][\w ]{1,24}?)\s*:\s+")
_DASH = re.compile(r"(?P<action>.+?)\s+[–—-]\s+(?P<who>[A-Z][^–—]{2,160})", re.DOTALL)
_WHEN = re.compile(
    r"(?P<action>.+?),?\s+(?P<when>(?:by|before|from|until)\s+(?:the end of )?[^,]{3,30})\.?",
    re.DOTALL,
)
_HELPERS = re.compile(
    r"[;,]?\s*\b(?:with|supported by|in partnership with|together with|gyda|working with)\b:?\s+"
)
_LEADS = re.compile(
    r"(?i)^(?:lead(?:s| agency| partner)?|led by|owner|responsible|who|arweinydd)\b\s*[:–-]?\s*"
)


class ListPlan(NamedTuple):
    """What lists say: the actions, bodies of the whole plan, and what was left out."""

    records: list[Record]
    partners: list[Paragraph]
    left_out: list[LeftOut]
    measured: bool


class ListReader:
    """Reads the paragraphs of a document from top to bottom."""

    def __init__(self, title: Paragraph | None, roles: Mapping[str, str]) -> None:
        self.levels, self.title = Levels(roles), title
        self.records: list[Record] = []
        self.partners: list[Paragraph] = []
        self.left_out: list[LeftOut] = []
        self.section = ""
        self.depth = 0
        self.labelled: Record | None = None
        self.measured = False

    def read(self, paragraphs: list[Paragraph]) -> ListPlan:
        """Return what the paragraphs say."""
        for paragraph in paragraphs:
            self.read_one(paragraph)
        return ListPlan(self.records, self.partners, self.left_out, self.measured)

    def read_one(self, paragraph: Paragraph) -> None:
        if paragraph.level and not self.is_labelled(paragraph):
            self.labelled = None
            self.section = name_section(paragraph.text)
            self.levels.enter_heading(paragraph, paragraph == self.title)
        elif self.read_label(paragraph):
            return
        elif paragraph.marker:
            self.read_item(paragraph)
        elif not paragraph.marker:
            self.labelled = None
            section = name_section(paragraph.text)
            ends = paragraph.text.rstrip().endswith(":") or len(paragraph.text.split()) <= 4
            self.section = section if section and ends else ""

    def is_labelled(self, paragraph: Paragraph) -> bool:
        found = _LABEL.fullmatch(paragraph.text)
        labelled = found and paragraph.level == 7 and find_label(found["label"])[0] == "action"
        return bool(labelled) or read_heading(paragraph) is not None

    def read_label(self, paragraph: Paragraph) -> bool:
        """Take a labelled paragraph for an action, or for what a label says of the last one."""
        found = _LABEL.fullmatch(paragraph.text)
        role, number = find_label(found["label"]) if found else ("", "")
        if found and role == "action" and len(found["value"].split()) > 1:
            code, text = part_enumerator(found["value"])
            record = Record(text, paragraph.place, number or code, in_list=True)
            self.start(record)
            self.labelled = record
            return True
        if self.labelled is None:
            return False
        if not role and is_timescale(paragraph.text) and len(paragraph.text.split()) <= 5:
            self.labelled.timescale.append(paragraph.text)
            return True
        if not (found and role):
            return False
        cell = Cell(0, 0, (found["value"],), paragraph.place)
        add_value(self.labelled, role, cell, False)
        return True

    def read_detail(self, paragraph: Paragraph) -> bool:
        """Take an item below an action for what its label says of it; say whether it has one."""
        found = _LABEL.fullmatch(paragraph.text)
        if not (found and self.records and paragraph.depth > self.depth):
            return False
        role, _ = find_label(found["label"])
        if any(read_span(found["value"])) and role in ("", "action"):
            role = "timescale"  # “By: May 2027”
        if role not in _DETAILS:
            return False
        cell = Cell(0, 0, (found["value"],), paragraph.place)
        add_value(self.records[-1], role, cell, False)
        return True

    def start(self, record: Record) -> None:
        record.theme, record.objective = self.levels.theme, self.levels.objective
        self.records.append(record)

    def read_item(self, paragraph: Paragraph) -> None:
        if self.section == "actions" and self.read_detail(paragraph):
            return
        if self.section == "actions":
            self.depth = paragraph.depth
            record = read_commitment(paragraph)
            self.start(record)
            if paragraph.depth and len(self.records) > 1 and self.records[-2].in_list:
                text = f"“{record.action}” stands below another item: is it an action of its own?"
                record.doubts.append(("row", text, paragraph.place))
        elif self.section == "measures" and self.levels.theme:
            for record in self.records:
                if record.theme == self.levels.theme:
                    record.add_measure(PrintedMeasure("", paragraph.text, paragraph.place, False))
                    self.measured = True
        elif self.section == "partners":
            self.partners.append(paragraph)


def name_section(text: str) -> str:
    """Return what a heading says of the list below it: actions, measures or partners."""
    words = fold_words(text)
    for section in ("measures", "partners", "actions"):
        if words and matches("plain", section, words):
            return section
    return ""


def read_commitment(paragraph: Paragraph) -> Record:
    """Return the action of a list item, with who and when parted off from its end."""
    code, text = part_enumerator(paragraph.text)
    marker = paragraph.marker if paragraph.marker not in ("•", "#") else ""
    record = Record(text.strip(), paragraph.place, marker or code, in_list=True)
    part_labels(record, paragraph.place)
    for form in (_BRACKET, _DASH):
        found = form.fullmatch(record.action)
        if found and names_bodies(found["who"]):
            record.action = found["action"].strip()
            add_who(record, found["who"].strip(" ."), paragraph.place)
            break
    found = _WHEN.fullmatch(record.action)
    if found and any(read_span(found["when"])):
        record.action = found["action"].strip()
        record.timescale.append(found["when"].strip(" ."))
    return record


def part_labels(record: Record, place: str) -> None:
    """Part what labels say, such as “Lead: X. By when: Y”, from the end of a wording."""
    found = [label for each in _INNER.finditer(record.action) if (label := _find_inner(each))]
    ends = [*(start for start, _, _ in found[1:]), len(record.action)]
    for (_, after, role), end in zip(found, ends, strict=bool(found)):
        words = record.action[after:end].strip(" .;,")
        if words and role != "action":
            add_value(record, role, Cell(0, 0, (words,), place), False)
    if found:
        record.action = record.action[: found[0][0]].strip(" .;,-–(")


def _find_inner(found: re.Match[str]) -> tuple[int, int, str] | None:
    """Return where a label starts and its value, and its role: its last words may be the label."""
    for word in re.finditer(r"\b[A-Z]", found["label"]):
        role = find_exact("exact", fold_words(found["label"][word.start() :]))
        start = found.start("label") + word.start()
        if role and start:
            return start, found.end(), find_label(found["label"][word.start() :])[0]
    return None


def names_bodies(text: str) -> bool:
    """Say whether words at the end of a commitment name who does it."""
    if _LEADS.match(text):
        return True
    parts = re.split(r"[,;/&]|\band\b|\bwith\b", text)
    return all(part.strip()[:1].isupper() for part in parts if part.strip()) and not is_plain(text)


def add_who(record: Record, text: str, place: str) -> None:
    """Add who does an action: the lead, or the first named, then those with it."""
    labelled = bool(_LEADS.match(text))
    leads, *helpers = _HELPERS.split(_LEADS.sub("", text), maxsplit=1)
    if not labelled and not helpers:
        leads, *others = re.split(r"[,;]\s*", leads, maxsplit=1)
        helpers = others
    record.lead.append(Printed((leads.strip(" ;,."),), place))
    record.partners += [Printed((each.strip(" ;,."),), place) for each in helpers if each.strip()]
    record.unsure_roles |= {"lead", "partners"}
    record.doubts.append(("role", f"“{text}”: who leads, and who takes part?", place))
