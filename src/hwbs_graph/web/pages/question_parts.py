"""The parts of a question on its page: each can be taken away, turned round or given another name.

A changed question is said in words and asked again, so a page shows nothing that cannot be typed.

Out of scope: how a question is understood (`question`), and HTML.
"""

import re
from typing import NamedTuple
from urllib.parse import urlencode

from hwbs_graph.data import bundled
from hwbs_graph.question import Understood, echo
from hwbs_graph.question.asking import Asker
from hwbs_graph.question.value import WORDS, Condition, Question

#: Links of a condition that can be turned round: “with Housing” and “without Housing”.
_TURNED = ("link", "stated", "judged", "leads")


class Slot(NamedTuple):
    """A name in a part: which one it is, of which kind ("" for any words), and how it is said.

    `without` is the address without this one of several names.
    """

    number: str
    kind: str
    said: str
    without: str = ""


class Chip(NamedTuple):
    """A part of a question; the addresses without it and with its opposite, "" where none is."""

    text: str
    without: str = ""
    opposite: str = ""
    opposite_link: str = ""
    slots: tuple[Slot, ...] = ()


def make_address(text: str) -> str:
    """Return the address at which a question is answered."""
    return f"/ask?{urlencode({'q': text})}"


def list_chips(asker: Asker, question: Question) -> list[Chip]:
    """Return each condition of a composed question, with what can be done to it."""
    return [_make_chip(asker, question, each) for each in question.conditions]


def list_given(understood: Understood, text: str) -> list[Chip]:
    """Return each name in a saved question that stands once in its text, so it can be changed."""
    kinds = {each.name: each.kind for each in understood.query.parameters}
    return [
        Chip(f"{kinds[name]}: {said}", slots=(Slot(name, _list_kind(kinds[name]), said),))
        for name, said in understood.given.items()
        if len(_find_name(said, text)) == 1
    ]


def rename(asker: Asker, text: str, number: str, name: str) -> str:
    """Return a question with another name in one slot; the same text where it has no such slot."""
    asked = asker.book.match(text)[0]
    if asked and number in asked.given:
        return _replace_name(text, asked.given[number], name)
    question = asker.read(text)
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", number)
    if question is None or found is None:
        return text
    at, place = (int(each) for each in found.groups())
    if at >= len(question.conditions) or place >= len(question.conditions[at].said):
        return text
    return echo.speak(_rename_condition(question, question.conditions[at], place, name))


def _rename_condition(question: Question, condition: Condition, place: int, name: str) -> Question:
    said = (*condition.said[:place], name, *condition.said[place + 1 :])
    return _exchange(question, condition, condition._replace(said=said))


def _exchange(question: Question, one: Condition, other: Condition) -> Question:
    changed = tuple(other if each is one else each for each in question.conditions)
    return question._replace(conditions=changed)


def _make_chip(asker: Asker, question: Question, condition: Condition) -> Chip:
    others = tuple(each for each in question.conditions if each is not condition)
    without = question._replace(conditions=others)
    is_whole = bool(others or question.counted or question.per)
    turned = _turn(condition)
    return Chip(
        echo.describe_condition(condition),
        _find_address(asker, without) if is_whole else "",
        echo.describe_condition(turned) if turned else "",
        _find_address(asker, _exchange(question, condition, turned)) if turned else "",
        tuple(_list_slots(asker, question, condition)),
    )


def _turn(condition: Condition) -> Condition | None:
    """Return the opposite of a condition that has a plain one."""
    if condition.link not in _TURNED or condition.mode not in ("all", "any", "none"):
        return None
    return condition._replace(mode="all" if condition.is_denied else "none")


def _find_address(asker: Asker, question: Question) -> str:
    """Return the address of a question that is understood as it is said, else ""."""
    text = echo.speak(question)
    return make_address(text) if asker.is_understood(text) else ""


def _list_slots(asker: Asker, question: Question, condition: Condition) -> list[Slot]:
    kind = _list_kind(condition.kind)
    if condition.kind != WORDS and not kind:
        return []
    at, several = question.conditions.index(condition), len(condition.said) > 1
    return [
        Slot(f"{at}.{place}", kind, said, _drop_name(asker, question, at, place) if several else "")
        for place, said in enumerate(condition.said)
    ]


def _drop_name(asker: Asker, question: Question, at: int, place: int) -> str:
    one = question.conditions[at]
    said = one.said[:place] + one.said[place + 1 :]
    fewer = one._replace(said=said, things=one.things[:place] + one.things[place + 1 :])
    return _find_address(asker, _exchange(question, one, fewer))


def _list_kind(kind: str) -> str:
    """Return a kind whose things have names, else ""."""
    return kind if kind in bundled.registry().named else ""


def _find_name(name: str, text: str) -> list[str]:
    return re.findall(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", text)


def _replace_name(text: str, name: str, other: str) -> str:
    return re.sub(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", lambda _: other, text, count=1)
