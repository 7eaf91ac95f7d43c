"""The plan, time and place that a question for statements sets beside its words.

Out of scope: the words themselves (`stated_words`).
"""

from typing import NamedTuple

from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.patterns import PLACE
from hwbs_graph.question.value import WORDS, Condition


class Scope(NamedTuple):
    """The words of a text that set no scope, and the conditions that the others are.

    A place may be told by the words of a statement, or by the plan that it stands in.
    """

    tokens: list[Token]
    plans: tuple[Condition, ...]
    #: For each place the words for it, and its plans.
    places: tuple[tuple[Condition, Condition], ...]


def find_scope(text: str, mentions: Mentions) -> Scope:
    """Return what a text says of plan, time and place, and its other words."""
    plain, plans = mentions.split(text), []
    for token in mentions.read(text):
        if set(token.things) == {"plan"}:
            plain = [t for t in plain if not token.start <= t.start < token.end]
            plans.append(Condition("plan", (token.things["plan"],), (token.text,)))
    found = {token.start: _find_place(token, mentions) for token in plain}
    places = {place: None for place in found.values() if place}
    others = [token for token in plain if not found[token.start]]
    return Scope(others, tuple(plans), tuple(places))


def _find_place(token: Token, mentions: Mentions) -> tuple[Condition, Condition] | None:
    """Return the two ways to tell the place that a word is for; None for any other word."""
    for area, (town, plans) in mentions.places.items():
        if token.word in (area, town):
            other = town if token.word == area else area
            words = Condition(WORDS, ((PLACE + token.word, PLACE + other),), (token.word,))
            return words, Condition("plan", (tuple(sorted(plans)),), (f"the {area} plans",))
    return None
