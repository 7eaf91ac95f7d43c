"""A question said back in plain English, so that a reader sees what is answered.

What is said is itself understood, as the same question.

Out of scope: how many there are (`answering`).
"""

from collections.abc import Iterator

from hwbs_graph.question.composing import is_about_counted, wants_any
from hwbs_graph.question.facets import (
    AFTER,
    ANY_DATE,
    BEFORE,
    BODY,
    BY,
    DATE,
    LAYER,
    LEAD,
    PRINTED,
    PROGRESS,
    WITHIN,
)
from hwbs_graph.question.joins import find_carrier, find_kind, is_carried
from hwbs_graph.question.patterns import EXACT
from hwbs_graph.question.stated_kinds import WHEN
from hwbs_graph.question.value import (
    EVERY,
    JUDGED,
    LEADS,
    OWN,
    STATED,
    WORDS,
    Condition,
    Counted,
    Question,
)
from hwbs_graph.text import pluralise

#: What stands before the names of each kind; any other kind is said with its own name.
_BEFORE = {
    "partner": ("with", "without"),
    "theme": ("in", "not in"),
    "plan": ("of", "not of"),
    "determinant": ("that address", "that do not address"),
    "population group": ("for", "not for"),
    WORDS: ("whose words hold", "whose words do not hold"),
    BODY: ("with", "without"),
    LAYER: ("that address", "that do not address"),
    WHEN: ("told by", "not told by"),
    PROGRESS: ("that are", "that are not"),
    PRINTED: ("called", "not called"),
    LEAD: ("with", "without"),
    DATE: ("due", "not due"),
    LEADS: ("led by", "not led by"),
    "led": ("that lead", "that do not lead"),
    "quotation": ("that say", "that do not say"),
}
#: The same of one thing.
_OF_ONE = {
    "that address": "that addresses",
    "that do not address": "that does not address",
    "that lead": "that leads",
    "that are": "that is",
    "that are not": "that is not",
    "that say": "that says",
    "that do not say": "that does not say",
}
#: Said where things to which nothing is linked do not count.
ANY = ", of those that have any"
_USUAL = ("on", "not on")
#: Said before a date.
_DUE = {BY: "by", BEFORE: "before", AFTER: "after", WITHIN: "in"}
#: Said behind the names of a condition that is met on one basis alone.
BASES = {STATED: " as stated", JUDGED: " by judgement", OWN: " itself"}
_COMPARED = {">=": "at least", "<=": "at most", "=": "exactly"}


def speak(question: Question) -> str:
    """Return the question in words that are understood as the same."""
    if question.form == "yes":
        return f"is there any {describe(question, 1)}"
    named = describe(question)
    return f"how many {named}" if question.form == "count" else named


def describe(question: Question, number: int = 2) -> str:
    """Return what is asked for, of which there are so many: “actions with Housing in Warmth”."""
    kind = find_kind(question.asked)
    parts = [kind.name if number == 1 else kind.plural]
    if question.counted:
        parts.append(_describe_counted(question.counted))
    if question.counted and is_about_counted(question):
        inner = question._replace(asked=question.counted.kind, counted=None)
        parts += _describe_conditions(inner)
    else:
        parts += _describe_conditions(question, number)
    if wants_any(question):
        parts.append(ANY)
    if question.per:
        parts.append(f"per {question.per}")
    return " ".join(parts).replace(" ,", ",").rstrip(",")


def _describe_conditions(question: Question, number: int = 2) -> Iterator[str]:
    """Yield the conditions; those that a carrier meets are said of it: “of actions in Warmth”."""
    own = [each for each in question.conditions if not is_carried(question.asked, each)]
    own.sort(key=lambda each: (each.link != "same" or each.is_denied, each.is_denied))
    for each in own:
        yield describe_condition(each, number)
    for each in question.conditions:
        if each in own:
            continue
        carriers = find_kind(find_carrier(question.asked, each)).plural
        if each.is_denied:
            yield f"whose {carriers} are not {describe_condition(each._replace(mode='any'))}"
        else:
            yield f"of {carriers} {describe_condition(each)}"


def describe_condition(condition: Condition, number: int = 2) -> str:
    """Return a condition with its names: “with Housing and Libraries”, “not in Warmth”.

    It is said of so many things: one addresses what several address.
    """
    names = [f"“{each}”" if condition.kind == WORDS else each for each in condition.said]
    if condition.link == ANY_DATE:
        return "with no date" if condition.is_denied else "with a date"
    if condition.link == "same" and condition.kind not in (BODY, PROGRESS, PRINTED, WHEN):
        before = "other than" if condition.is_denied else ", namely"
        word = "or" if condition.mode == "any" else "and"
        return f"{before} {_join(names, word)}{'' if condition.is_denied else ','}"
    exact = condition.kind == WORDS and condition.things[0][0].startswith(EXACT)
    kind = "quotation" if exact else condition.kind
    if condition.link == LEADS:
        kind = LEADS if kind == "partner" else "led"
    elif (condition.kind, condition.link) == (BODY, "same"):
        kind, names = PROGRESS, [_name_body(each, number) for each in names]
    before = _BEFORE.get(kind, _USUAL)[condition.is_denied]
    before = _OF_ONE.get(before, before) if number == 1 else before
    joined = _join(names, "or" if condition.mode in ("any", "none") else "and")
    if condition.mode == "all" and len(names) > 1:
        joined = f"both {joined}" if condition.kind in ("theme", "plan") else joined
    before += f" {_DUE[condition.link]}" if condition.kind == DATE else ""
    only = "only " if condition.mode == "only" else ""
    ends = "," if condition.kind == BODY and condition.link == "same" else ""
    return f"{only}{before} {joined}{BASES.get(condition.link, '')}{ends}"


def _name_body(name: str, number: int) -> str:
    """Return “any charity” for so many: “a charity”, “charities”."""
    bare = name.removeprefix("any ")
    article = "an" if bare[0] in "aeioANS" else "a"
    return f"{article} {bare}" if number == 1 else pluralise(bare)


def _describe_counted(counted: Counted) -> str:
    kind = find_kind(counted.kind)
    if counted.comparison == EVERY:
        return (
            f"in all {counted.number} {kind.plural}" if counted.number else f"in every {kind.name}"
        )
    if counted.is_extreme:
        return f"with the {counted.comparison} {kind.plural}"
    if (counted.comparison, counted.number) == ("=", 0):
        return f"with no {kind.plural}"
    noun = kind.name if counted.number == 1 else kind.plural
    return f"with {_COMPARED[counted.comparison]} {counted.number} {noun}"


def _join(names: list[str], word: str) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
