"""One action as it was printed, before names are parted: the record that every layout gives.

Out of scope: questions about it (`draft`).
"""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_ENUMERATOR = re.compile(
    r"(?P<code>\(?[a-z]\)|\(?[ivx]{1,4}\)|[A-Z]{1,4}\d{1,3}(?:\.\d{1,3})*[a-z]?[.:)]?"
    r"|\d{1,3}(?:\.\d{1,3})+[a-z]?[.:)]?|\d{1,3}[a-z]?[.:)])(?:\s*[-–:]\s+|\s+)(?P<text>\S.*)",
    re.DOTALL,
)
_ACTION_LABEL = re.compile(
    r"(?i)(?:action|activity|task|commitment)\s*(?P<code>[A-Z]?\d+(?:\.\d+)*[a-z]?)?"
    r"\s*[:–-]\s+(?P<text>\S.*)",
    re.DOTALL,
)


class Printed(NamedTuple):
    """Words of a cell that may hold names: its lines, its place, and what a line break means."""

    lines: tuple[str, ...]
    place: str
    wrapped: bool = False

    @property
    def text(self) -> str:
        """The whole words on one line."""
        return " ".join(self.lines)


class Update(NamedTuple):
    """What a plan says of progress: the heading of its column, its words or colour, its place."""

    heading: str
    text: str
    fill: str
    place: str


class PrintedMeasure(NamedTuple):
    """By what success is known: the heading above it, its words, its place.

    `certain` is false where only a person can say to which action it belongs.
    """

    heading: str
    text: str
    place: str
    certain: bool = True


class PrintedPart(NamedTuple):
    """The part of a body in an action, of which a draft has no column of its own."""

    role: str
    printed_role: str
    name: str
    place: str


class PrintedBody(NamedTuple):
    """What a plan sheet says of a body: other spellings, kind and code, and where."""

    spellings: list[str]
    kind: str
    code: str
    place: str


class Details(NamedTuple):
    """What is read of actions beside their draft, by the id of the action; of bodies by name.

    `placements` are further pairs of theme and objective; `printed` holds the word or colour of
    each update that gives its step and its text apart.
    """

    measures: dict[str, list[PrintedMeasure]]
    parts: dict[str, list[PrintedPart]]
    placements: dict[str, list[list[str]]]
    printed: dict[str, list[str]]
    bodies: dict[str, PrintedBody]

    @classmethod
    def build(cls, values: list[dict[str, Any]] | None = None) -> "Details":
        """Return details as JSON has them, or none yet."""
        measures, parts, placements, printed, bodies = values or [{}, {}, {}, {}, {}]
        return cls(
            {key: [PrintedMeasure(*each) for each in found] for key, found in measures.items()},
            {key: [PrintedPart(*each) for each in found] for key, found in parts.items()},
            placements,
            printed,
            {name: PrintedBody(*each) for name, each in bodies.items()},
        )


@dataclass
class Record:
    """An action as printed; each list holds what its columns or lines say, in order.

    `doubts` are sentences about what a person must decide of the whole row.
    """

    action: str
    place: str
    code: str = ""
    theme: str = ""
    objective: str = ""
    lead: list[Printed] = field(default_factory=list)
    partners: list[Printed] = field(default_factory=list)
    timescale: list[str] = field(default_factory=list)
    start: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    measure: list[PrintedMeasure] = field(default_factory=list)
    status: list[Update] = field(default_factory=list)
    update: list[Update] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    unsure_roles: set[str] = field(default_factory=set)
    in_list: bool = False

    def add_measure(self, measure: PrintedMeasure) -> None:
        """Add a measure, unless one of these words is there already."""
        words = re.sub(r"^[•▪●❖◦*-]\s+", "", measure.text)
        if words not in [each.text for each in self.measure]:
            self.measure.append(measure._replace(text=words))


def part_enumerator(text: str) -> tuple[str, str]:
    """Return the number that a wording begins with, without its dots, and the rest."""
    for form in (_ENUMERATOR, _ACTION_LABEL):
        if found := form.fullmatch(text):
            return (found["code"] or "").strip("().:"), found["text"]
    return "", text


def is_code(text: str) -> bool:
    """Say whether words are the code of an action, or of an objective that it begins with."""
    return bool(
        re.fullmatch(r"[#(]?[A-Za-z]{0,6}[ ./-]?\d[\w./-]{0,9}[.):]?|[A-Za-z]{1,3}[.)]?", text)
    )
