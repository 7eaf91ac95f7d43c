"""How well a draft plan agrees with the right answers: what was found, right, or silently wrong.

Three numbers count: found (in the draft or in a question about the action), right (of what is in
the draft unasked), and silent faults (wrong or missing, and no question about it).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hwbs_graph.intake.plan_words import fold

ROLES = ("lead", "partners")


@dataclass
class Score:
    """The counts of one plan."""

    actions: int = 0
    found_actions: int = 0
    wrong_actions: int = 0
    names: int = 0
    found: int = 0
    sure: int = 0
    right: int = 0
    questions: int = 0
    silent: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """Return the figures on one line."""
        return (
            f"actions {self.found_actions}/{self.actions} +{self.wrong_actions}, right"
            f" {self.right}/{self.sure}, found {self.found}/{self.names}, silent"
            f" {len(self.silent)}, questions {self.questions}"
        )


def score(draft: dict[str, Any], gold: dict[str, Any]) -> Score:
    """Return how a draft, as `--format json` writes it, agrees with the right answers."""
    total = Score(len(gold["actions"]), questions=len(draft["questions"]))
    left = {_key(action): action for action in draft["actions"]}
    for expected in gold["actions"]:
        action = left.pop(_key(expected), None)
        if action is None:
            total.silent.append(f"no action “{expected['action']}”")
            continue
        total.found_actions += 1
        asked = " ".join(_list_asked(draft, action["id"]))
        _compare_names(total, action, expected, asked)
        total.silent += _compare_words(action, expected, asked)
    total.wrong_actions = len(left)
    total.silent += [f"an action too many: “{each['action']}”" for each in left.values()]
    return total


def _key(action: dict[str, Any]) -> tuple[str, str]:
    return fold(action["action"]), fold(action["theme"] or "")


def _list_asked(draft: dict[str, Any], action: str) -> Iterator[str]:
    for question in draft["questions"]:
        if action in question["decides"]:
            yield fold(
                " | ".join([question["text"], question["printed"] or "", *question["values"]])
            )


def _compare_names(
    total: Score, action: dict[str, Any], expected: dict[str, Any], asked: str
) -> None:
    for role in ROLES:
        wanted = {fold(name) for name in expected.get(role) or []}
        given = {fold(each["printed"]): each["certain"] for each in action[role]}
        total.names += len(wanted)
        total.found += sum(name in given or name in asked for name in wanted)
        total.sure += sum(given.values())
        total.right += sum(name in wanted for name, certain in given.items() if certain)
        missing = [name for name in wanted if name not in given and name not in asked]
        wrong = [name for name, certain in given.items() if certain and name not in wanted]
        total.silent += [f"{action['action']}: {role} lacks {name}" for name in missing]
        total.silent += [f"{action['action']}: {role} has {name}" for name in wrong]


def _compare_words(action: dict[str, Any], expected: dict[str, Any], asked: str) -> Iterator[str]:
    for member in ("code", "objective", "timescale", "status"):
        wanted, given = fold(expected.get(member) or ""), fold(action[member] or "")
        if member in expected and wanted != given and given not in asked.split(" | "):
            yield f"{action['action']}: {member} is “{given}”, not “{wanted}”"
    wanted = fold(expected.get("measure") or "")
    if "measure" in expected and wanted != fold("; ".join(action["measure"])):
        yield f"{action['action']}: measure is {action['measure']}, not “{wanted}”"
