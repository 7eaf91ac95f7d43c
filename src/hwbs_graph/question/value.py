"""A question as a value: what is asked for, under which conditions, how counted and grouped.

Its SPARQL, its sentence, its parts on a page and its rows follow from it.

Out of scope: how a text becomes one (`reading`), and what answers it (`composing`).
"""

from collections.abc import Iterable
from typing import NamedTuple

#: The condition that a text holds words; its `things` are the words themselves.
WORDS = "words"
#: The link of a condition that is met by what the thing stands under, such as its objective.
THROUGH = "through"
#: The link of a condition that is met by what a document states, or by a curator's judgement.
STATED, JUDGED = "stated", "judged"
#: The comparison of what is linked to all things of a kind in one plan.
EVERY = "every"
#: The link of a plan to what it holds itself, and not by way of what delivers it.
OWN = "own"
#: The link of an action to the partner that leads it.
LEADS = "leads"
#: The link of names that a text is to mention: that none does is an answer.
MENTIONED = "mentioned"
#: The link of names that were quoted, and are words to find as they stand.
QUOTED = "quoted"


class Condition(NamedTuple):
    """What a thing must be linked to: named things of one kind, or words that its text holds.

    A name stands for one IRI, or for several where things of different plans share it.
    """

    kind: str
    #: For each name, the IRIs it stands for.
    things: tuple[tuple[str, ...], ...]
    #: Each name, as it is said in an answer.
    said: tuple[str, ...]
    #: all: each of them; any: one at least; none: not one; only: these and no other of the kind.
    mode: str = "all"
    #: link: the relation of the two kinds; same: the thing asked for is the thing named itself;
    #: guessed: the words may be none, and then nothing was understood; stated and judged: a
    #: relation of the two kinds on that basis alone.
    link: str = "link"

    @property
    def is_denied(self) -> bool:
        """Say whether the thing must not be so linked."""
        return self.mode == "none"

    @property
    def parts(self) -> list[tuple[object, ...]]:
        """What it asks of each name, where each counts alone, else of them together."""
        link = "link" if self.link == "guessed" else self.link
        if self.mode in ("all", "none"):
            return [(self.kind, frozenset({each}), self.mode, link) for each in self.things]
        return [(self.kind, frozenset(self.things), self.mode, link)]


class Counted(NamedTuple):
    """How many things of a kind must be linked: a comparison with a number, or most or fewest."""

    kind: str
    #: One of >=, <=, =, most, fewest, every (all of the kind that a plan has any in).
    comparison: str
    number: int = 0

    @property
    def is_extreme(self) -> bool:
        return self.comparison in ("most", "fewest")


class Question(NamedTuple):
    """A composed question: its form is list, count or yes (is there one)."""

    form: str
    asked: str
    conditions: tuple[Condition, ...] = ()
    counted: Counted | None = None
    #: The kind by which the things are counted in groups, or listed, or "".
    per: str = ""

    @property
    def is_tally(self) -> bool:
        """Say whether the numbers of groups are asked for, and not the things."""
        return bool(self.per) and self.form != "list"

    @property
    def key(self) -> tuple[object, ...]:
        """What two questions share that ask the same, however their names are written."""
        parts = frozenset(part for each in self.conditions for part in each.parts)
        return self.form, self.asked, parts, self.counted, self.per


def join_words(conditions: Iterable[Condition]) -> list[Condition]:
    """Return conditions with those that texts hold words as one, where all of them must stand."""
    every = list(conditions)
    words = [c for c in every if c.kind == WORDS and c.mode == "all"]
    if len(words) < 2:
        return every
    guessed = any(each.link == "guessed" for each in words)
    joined = words[0]._replace(
        things=tuple(thing for each in words for thing in each.things),
        said=tuple(said for each in words for said in each.said),
        link="guessed" if guessed else "link",
    )
    return [each for each in every if each not in words] + [joined]


def turn_question(question: Question, kind: str) -> Question | None:
    """Return what asks for things of another kind under the same conditions.

    It is None but for actions and their partners; from one action, its partners are asked for.
    """
    if {question.asked, kind} != {"action", "partner"} or question.counted or question.per:
        return None
    if any(c.link == "same" and c.kind == "partner" for c in question.conditions):
        return None
    changed = (c._replace(link="link") if c.link == "same" else c for c in question.conditions)
    return Question("list", kind, tuple(changed))
