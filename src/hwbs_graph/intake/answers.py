"""The answer of a person to a question, from what was typed: yes, no, later, or names.

Names stand one a line or between semicolons: `A; B`, `printed = body`, `lead: A`.

Out of scope: what an answer does (`replay`).
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from hwbs_graph.errors import UsageError
from hwbs_graph.intake.plan_words import fold

#: What may be typed for each answer that is no name.
WORDS = {
    "yes": ("yes", "y", "as read", "right", "ok"),
    "no": ("no", "n", "none", "nobody", "not a body", "leave out", "not an action", "wrong"),
    "later": ("ask later", "later"),
    "one": ("one", "one body", "whole"),
    "split": ("split", "several", "several bodies", "each"),
}
#: What a question asks -> the answers that it takes, beside `later`.
TAKES = {
    "cell": ("yes", "no", "one", "split", "names"),
    "names": ("yes", "no", "names"),
    "bodies": ("yes", "no", "names"),
    "mentioned": ("yes", "no", "names"),
    "column": ("yes", "no"),
    "row": ("yes", "no"),
    "same": ("yes", "no"),
    "left": ("no",),
    "date": ("no", "date"),
    "reworded": ("yes", "no"),
    "note": ("yes", "no", "names"),
}
_ROLE = re.compile(r"(?i)(lead|partners?)\s*:\s*(.+)")
_DATE = re.compile(r"\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?")


class Given(NamedTuple):
    """A name in an answer: the printed words, the body that they stand for, and its role.

    Each is "" where the person did not say it; `is_body` is false for “printed = not a body”.
    """

    printed: str
    body: str
    role: str = ""
    is_body: bool = True


class Answer(NamedTuple):
    """An answer: a key of WORDS, `names` or `date`, with the names or the date."""

    kind: str
    names: tuple[Given, ...] = ()
    date: str = ""


def parse_answer(text: str) -> Answer:
    """Return the answer that a text is. Raises UsageError for one that says nothing."""
    words = fold(text)
    for kind, known in WORDS.items():
        if words in known:
            return Answer(kind)
    if _DATE.fullmatch(text.strip()):
        return Answer("date", date=text.strip())
    parts = [part.strip() for part in re.split(r"[;\n]", text)]
    names = tuple(_parse_name(part) for part in parts if part)
    if not names:
        raise UsageError("An answer is empty; give yes, no, ask later, or names.")
    return Answer("names", names)


def _parse_name(part: str) -> Given:
    found = _ROLE.fullmatch(part)
    role = ("lead" if found[1].lower() == "lead" else "partners") if found else ""
    printed, equals, body = (found[2] if found else part).partition("=")
    printed, body = printed.strip(), body.strip()
    if equals and not (printed and body):
        raise UsageError(f"“{part}” lacks a side of its =; write PRINTED = BODY.")
    if equals and fold(body) in WORDS["no"]:
        return Given(printed, "", role, is_body=False)
    return Given(printed if equals else "", body if equals else printed, role)


def check_answer(text: str, question: dict[str, Any], asks: str, printed: Sequence[str]) -> str:
    """Return an answer as it is kept, if a question takes it; `printed` are its names.

    One body for the one name of a question is kept as “printed = body”.

    Raises UsageError that says which answers it takes, or which words stand nowhere in the cell.
    """
    answer = parse_answer(text)
    takes = (*TAKES[asks], "later")
    if answer.kind not in takes:
        told = ", ".join("names" if each == "names" else _show(each) for each in takes)
        raise UsageError(f"{question['id']} does not take “{text}”; give one of: {told}.")
    if asks in ("cell", "names", "mentioned"):
        _require_printed(answer, question, asks, printed)
    names = {fold(each): each for each in printed if each}
    if asks != "names" or answer.kind != "names" or len(names) > 1 or answer.names[0].printed:
        return text.strip()
    (own,) = names.values()
    body = answer.names[0].body
    return body if fold(body) == fold(own) else f"{own} = {body}"


def _show(kind: str) -> str:
    return "a date such as 2027-03" if kind == "date" else WORDS[kind][0]


def _require_printed(
    answer: Answer, question: dict[str, Any], asks: str, printed: Sequence[str]
) -> None:
    """Refuse printed words that the question does not show, and a body of unclear words."""
    own = [fold(each) for each in printed if each]
    shown = fold(f"{question['printed'] or ''} {question['text']}")
    alone = len(answer.names) == 1 and (len(set(own)) == 1 or asks == "cell")
    for name in answer.names:
        words = fold(name.printed or name.body)
        known = words in own if asks != "cell" else words in shown
        if not known and (name.printed or not alone):
            cure = "write PRINTED = BODY, with words as printed"
            raise UsageError(f"“{name.printed or name.body}” is not in {question['id']}; {cure}.")
