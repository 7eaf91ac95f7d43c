"""The decisions of people, replayed over the reading of a plan: what is now certain, and of whom.

The reading itself is never changed, so that undoing a decision gives what was there before.

Out of scope: which answers there are (`answers`), and the file of decisions (`decisions`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hwbs_graph.intake.answers import Answer, parse_answer
from hwbs_graph.intake.decisions import CERTAIN, NAME, Decision, list_standing
from hwbs_graph.intake.plan_words import fold
from hwbs_graph.intake.settled_names import Settled, find_spelling, settle_names

_ROLES = ("lead", "partners")
#: What only the answer to a question of another form can say of a name.
_OF_NAMES = ("cell", "names", "column", "row")


class Decided(NamedTuple):
    """A plan with the decisions in it.

    `draft` is as `--format json` writes it, but a name may have `body` (what it stands for) and
    `decision`, an action `state`, and a question `state` and `left`, the actions it is open for.
    """

    draft: dict[str, Any]

    @property
    def open_questions(self) -> list[dict[str, Any]]:
        """The questions that wait for an answer, those set aside among them."""
        return [each for each in self.draft["questions"] if each["state"] != "answered"]


class Replay:
    """Replays decisions over a draft; `effects` says what each question's answer does."""

    def __init__(
        self,
        draft: dict[str, Any],
        effects: Mapping[str, dict[str, Any]],
        decisions: Sequence[Decision],
    ) -> None:
        # A draft is JSON; a deep copy of one takes four times as long.
        self.draft: dict[str, Any] = json.loads(json.dumps(draft))
        standing = list_standing(decisions)
        #: Question -> its decisions, the last first.
        self.given: dict[str, list[tuple[Decision, Answer]]] = {}
        for each in standing:
            if each.question not in (CERTAIN, NAME):
                self.given.setdefault(each.question, []).insert(
                    0, (each, parse_answer(each.answer))
                )
        self.spellings = {
            fold(each.printed): (each, parse_answer(each.answer))
            for each in standing
            if each.question == NAME
        }
        self.confirmed = {key for each in standing if each.question == CERTAIN for key in each.only}
        self.questions = {each["id"]: each for each in self.draft["questions"]}
        self.effects = effects
        #: Action -> the questions that are about names of it.
        self.about: dict[str, list[str]] = {}
        for key, effect in effects.items():
            for action in effect["about"] if effect["asks"] in _OF_NAMES else ():
                self.about.setdefault(action, []).append(key)

    def decide(self) -> Decided:
        """Return the plan with the decisions in it."""
        actions = {each["id"]: each for each in self.draft["actions"]}
        for action in actions.values():
            action["state"] = "read"
            self.settle(action)
        for key, effect in self.effects.items():
            self.add_bodies(key, effect, actions)
            self.change_rows(key, effect, actions)
        kept = [each for each in actions.values() if each["state"] != "left out"]
        self.draft["actions"] = kept
        dropped = actions.keys() - {each["id"] for each in kept}
        for question in self.questions.values():
            self.mark(question, dropped)
        self.confirm(kept)
        return Decided(self.draft)

    def find(self, key: str, action: str) -> tuple[Decision, Answer] | None:
        """Return the last decision of a question for an action, None where it is open."""
        found = next((each for each in self.given.get(key, ()) if each[0].covers(action)), None)
        return None if found is None or found[1].kind == "later" else found

    def settle(self, action: dict[str, Any]) -> None:
        """Put the answers about names into an action, of which most have no question."""
        if not (self.spellings or action["id"] in self.about):
            return
        for key in self.about.get(action["id"], ()):
            effect, found = self.effects[key], self.find(key, action["id"])
            if effect["asks"] == "column" and found and found[1].kind == "no":
                self.blank(action, effect["about"][action["id"]], found[0])
        asked = [
            (self.questions[key], self.effects[key]["asks"], self.list_about(key, action["id"]))
            for key in self.about.get(action["id"], ())
        ]
        settled = Settled(action, asked, self.given, self.spellings)
        settle_names(settled)

    def list_about(self, key: str, action: str) -> list[tuple[str, str]]:
        """Return the names of an action that a question is about, as (role, printed)."""
        return [(role, printed) for role, printed in self.effects[key]["about"].get(action, ())]

    def blank(
        self, action: dict[str, Any], about: Sequence[Sequence[str]], decision: Decision
    ) -> None:
        """Leave out what was read from a column that has another role."""
        for role, _ in about:
            if role in action:
                action[role] = [] if isinstance(action[role], list) else None
                action["state"] = "corrected"
            if role == "timescale":
                action["start"] = action["due"] = None

    def add_bodies(
        self, key: str, effect: dict[str, Any], actions: dict[str, dict[str, Any]]
    ) -> None:
        """Add the bodies that a person says take part."""
        if effect["asks"] not in ("bodies", "mentioned"):
            return
        for action in self.questions[key]["decides"]:
            if found := self.find(key, action):
                offered = [printed for _, printed in self.list_about(key, action)]
                for name in _list_added(found[1], offered, effect["asks"]):
                    self.add_body(actions[action], found[0], name)

    def add_body(
        self, action: dict[str, Any], decision: Decision, name: tuple[str, str, str]
    ) -> None:
        role, printed, body = name
        kept = action[role or "partners"]
        if fold(body) in {fold(each.get("body") or each["printed"]) for each in kept}:
            return
        entry = {"printed": printed or body, "place": action["place"], "certain": True}
        kept.append({**entry, "body": body, "decision": decision})
        action["state"] = "corrected"

    def change_rows(
        self, key: str, effect: dict[str, Any], actions: dict[str, dict[str, Any]]
    ) -> None:
        """Leave out rows that are no actions, or the same action again; note dates."""
        decides = self.questions[key]["decides"]
        first = decides[0] if effect["asks"] == "same" else ""
        for action in decides:
            found = self.find(key, action)
            if not found:
                continue
            if effect["asks"] == "row" and found[1].kind == "no":
                actions[action]["state"] = "left out"
            elif effect["asks"] == "same" and found[1].kind == "yes" and action != first:
                _join(actions[first], actions[action])
                actions[action]["state"] = "left out"
            elif effect["asks"] == "date" and found[1].kind == "date":
                actions[action] |= {"due": found[1].date, "due_decision": found[0]}
                actions[action]["state"] = "corrected"

    def mark(self, question: dict[str, Any], dropped: set[str]) -> None:
        """Say for which actions a question is open."""
        key = question["id"]
        left = [
            action
            for action in question["decides"]
            if action not in dropped and not self.is_settled(key, action)
        ]
        later = any(answer.kind == "later" for _, answer in self.given.get(key, ()))
        answered = not left and (question["decides"] or self.given.get(key))
        question["left"] = left
        question["state"] = "answered" if answered else "set aside" if later else "open"

    def is_settled(self, key: str, action: str) -> bool:
        """Say whether a question is answered for an action: for each name, where it names any."""
        about, asks = self.list_about(key, action), self.effects[key]["asks"]
        if asks not in ("cell", "names") or not about:
            return self.find(key, action) is not None
        given = self.given.get(key, ())
        return all(
            find_spelling(self.spellings, printed)
            or Settled.find_answer(given, asks, action, printed)
            for _, printed in about
        )

    def confirm(self, actions: list[dict[str, Any]]) -> None:
        """Mark the actions that a person confirmed."""
        for action in actions:
            if action["id"] in self.confirmed and action["state"] == "read":
                action["state"] = "confirmed"


def _list_added(answer: Answer, offered: list[str], asks: str) -> Iterator[tuple[str, str, str]]:
    """Yield the bodies that an answer adds to an action, as (role, printed, body)."""
    if asks == "mentioned" and answer.kind == "yes":
        yield from (("", each, each) for each in offered)
    for name in answer.names:
        printed = name.printed or name.body
        if name.is_body and (asks == "bodies" or fold(printed) in map(fold, offered)):
            yield name.role, printed if asks == "mentioned" else "", name.body


def _join(first: dict[str, Any], again: dict[str, Any]) -> None:
    """Add to an action the names that it has where it is printed again."""
    for role in _ROLES:
        known = {fold(each["printed"]) for each in first[role]}
        first[role] += [each for each in again[role] if fold(each["printed"]) not in known]
    first["state"] = "corrected"


def replay(
    draft: dict[str, Any], effects: Mapping[str, dict[str, Any]], decisions: Sequence[Decision]
) -> Decided:
    """Return a plan with the decisions in it; the reading `draft` stays as it is."""
    return Replay(draft, effects, decisions).decide()
