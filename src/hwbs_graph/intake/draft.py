"""A draft plan: its actions, the questions that only a person can answer, and what was left out.

Ids are made of the folded wording, so that the same document gives the same ids anywhere.

Out of scope: how the document was read (`plan_finding`).
"""

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from hwbs_graph.intake.parts import LeftOut
from hwbs_graph.intake.plan_words import fold
from hwbs_graph.intake.records import Details, PrintedMeasure

#: The kinds of a question.
KINDS = ("name", "split", "column", "row", "role", "reworded")
_ID_BYTES = 5


@dataclass
class Action:
    """An action as the plan sheet holds it; names are (printed, place, certain)."""

    id: str
    code: str
    theme: str
    objective: str
    action: str
    place: str
    timescale: str
    start: str | None
    due: str | None
    measure: list[PrintedMeasure]
    status: str
    lead: list[dict[str, Any]] = field(default_factory=list)
    partners: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return every member, null or empty where nothing is printed."""
        names = ("id", "code", "theme", "objective", "action", "lead", "partners", "timescale")
        rest = ("start", "due", "measure", "status", "updates", "place")
        values = {name: getattr(self, name) for name in (*names, *rest)}
        values["measure"] = [each.text for each in self.measure]
        return {name: None if value == "" else value for name, value in values.items()}


#: Action -> the names that a question doubts, as (role, printed); printed is "" for all of a role.
About = dict[str, list[tuple[str, str]]]


@dataclass
class Question:
    """What only a person can decide: the printed words, what they may mean, and what it decides.

    `asks` says what an answer does (`question_effects`), to the names of `about`.
    """

    kind: str
    text: str
    printed: str
    values: list[str]
    place: str
    asks: str = "note"
    decides: dict[str, None] = field(default_factory=dict)
    about: About = field(default_factory=dict)


class Draft:
    """Gathers actions and questions; equal questions become one that decides more."""

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.left_out: list[LeftOut] = []
        self.plan: dict[str, str | None] = {}
        self.details = Details.build()
        self.columns: dict[str, str] = {}
        self.glossary: dict[str, str] = {}
        self._questions: dict[tuple[str, str], Question] = {}
        self._times: Counter[str] = Counter()

    def make_id(self, kind: str, words: str) -> str:
        """Return an id of the folded wording, with a counter where it was met before."""
        short = _shorten(fold(words))
        self._times[f"{kind}/{short}"] += 1
        times = self._times[f"{kind}/{short}"]
        return f"{kind}/{short}" if times == 1 else f"{kind}/{short}-{times}"

    def ask(
        self,
        kind: str,
        text: str,
        printed: str,
        place: str,
        values: list[str] | None = None,
        decides: list[str] | None = None,
        asks: str = "note",
        about: About | None = None,
    ) -> None:
        """Add a question, or add to an equal one what it decides."""
        question = self._questions.setdefault(
            (kind, fold(f"{printed}|{text}")), Question(kind, text, printed, [], place, asks)
        )
        for action, names in (about or {}).items():
            known = question.about.setdefault(action, [])
            known += [name for name in names if name not in known]
        question.values += [each for each in values or [] if each not in question.values]
        question.decides.update(dict.fromkeys(decides or []))

    def leave_out(self, what: str, why: str, place: str = "") -> None:
        """Name something that is not in the plan."""
        self.left_out.append(LeftOut(what, why, place))

    def _identify(self) -> Iterator[tuple[str, Question]]:
        """Yield the questions, in the order in which they arose, each with its id."""
        times: Counter[str] = Counter()
        for question in self._questions.values():
            key = make_question_id(question.kind, question.printed, question.text)
            times[key] += 1
            yield key if times[key] == 1 else f"{key}-{times[key]}", question

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The questions, in order, as `--format json` writes them."""
        return [{"id": key, **_show(question)} for key, question in self._identify()]

    @property
    def effects(self) -> dict[str, dict[str, Any]]:
        """What the answer of each question does: id -> {"asks": ..., "about": ...}."""
        return {
            key: {"asks": question.asks, "about": question.about}
            for key, question in self._identify()
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the draft as `--format json` writes it."""
        left_out = [{**each._asdict(), "place": each.place or None} for each in self.left_out]
        return {
            "plan": self.plan,
            "actions": [action.as_dict() for action in self.actions],
            "questions": self.questions,
            "left_out": left_out,
        }


def make_question_id(kind: str, printed: str, text: str) -> str:
    """Return the id of a question, which follows from its words."""
    return f"question/{_shorten(fold(f'{kind} {printed} {text}'))}"


def _shorten(folded: str) -> str:
    """Return eight letters and digits, 40 bits of a hash, that stand for folded words."""
    digest = sha256(folded.encode("utf-8")).digest()
    return base64.b32encode(digest[:_ID_BYTES]).decode("ascii").lower()


def _show(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "text": question.text,
        "printed": question.printed or None,
        "values": question.values,
        "decides": list(question.decides),
        "place": question.place or None,
    }
