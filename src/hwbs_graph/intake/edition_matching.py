"""Which action of a new edition is which of the last one: by wording, then by code, else asked.

A code alone says nothing, as boards give the code of one action to another.

Out of scope: what follows of it (`editions`).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.intake.plan_words import fold

#: How alike two wordings are, of 100, that may be one action reworded.
_ALIKE = 60

Action = dict[str, Any]


class Matches(NamedTuple):
    """Ids of the new edition -> ids of the last one: the same, reworded, and to be asked about."""

    same: dict[str, str]
    reworded: dict[str, str]
    asked: dict[str, str]

    @property
    def kept(self) -> dict[str, str]:
        """Every action of the new edition that is one of the last."""
        return self.same | self.reworded


def match_actions(
    last: Sequence[Action], new: Sequence[Action], returned: Sequence[Action] = ()
) -> Matches:
    """Return which action is which; one of `returned`, which was gone, only by its wording."""
    same = dict(_pair_by_wording([*last, *returned], new))
    old_left = _leave(last, same.values())
    new_left = _leave(new, same)
    by_code = [*_pair_by_code(old_left, new_left)]
    reworded = {new: old for new, old, score in by_code if score >= _ALIKE}
    unlike = {new: old for new, old, score in by_code if score < _ALIKE}
    old_left = _leave(old_left, reworded.values())
    new_left = _leave(new_left, reworded)
    return Matches(same, reworded, unlike | dict(_pair_alike(old_left, new_left)))


def _leave(actions: Sequence[Action], matched: Any) -> list[Action]:
    ids = set(matched)
    return [each for each in actions if each["id"] not in ids]


def _pair_by_wording(last: Sequence[Action], new: Sequence[Action]) -> Iterator[tuple[str, str]]:
    """Yield new and old id of equal wordings; of several, the likest first."""
    groups = group_pairs((fold(each["action"]), each) for each in last)
    for words, again in group_pairs((fold(each["action"]), each) for each in new).items():
        left = groups.get(words, [])
        for alike in (_is_twin, _has_code, _is_any):
            for action in list(again):
                if found := next((each for each in left if alike(each, action)), None):
                    left.remove(found)
                    again.remove(action)
                    yield action["id"], found["id"]


def _is_twin(one: Action, other: Action) -> bool:
    return all(one[key] == other[key] for key in ("code", "theme", "objective"))


def _has_code(one: Action, other: Action) -> bool:
    return bool(one["code"]) and one["code"] == other["code"]


def _is_any(one: Action, other: Action) -> bool:
    return True


def _pair_by_code(
    last: Sequence[Action], new: Sequence[Action]
) -> Iterator[tuple[str, str, float]]:
    """Yield new id, old id and how alike they are, of codes that stand once in each edition."""
    compare = _load_comparison()
    groups = group_pairs((each["code"], each) for each in last if each["code"])
    for code, again in group_pairs((each["code"], each) for each in new if each["code"]).items():
        if len(again) == len(groups.get(code, ())) == 1:
            (before,), (after,) = groups[code], again
            yield after["id"], before["id"], compare(before["action"], after["action"])


def _pair_alike(last: Sequence[Action], new: Sequence[Action]) -> Iterator[tuple[str, str]]:
    """Yield new and old id of what is alike, the likest first, each once."""
    compare = _load_comparison()
    scores = [
        (compare(before["action"], after["action"]), after["id"], before["id"])
        for after in new
        for before in last
    ]
    used: set[str] = set()
    for score, after, before in sorted(scores, key=lambda each: -each[0]):
        if score >= _ALIKE and not used & {f"new {after}", before}:
            used |= {f"new {after}", before}
            yield after, before


def _load_comparison() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import token_sort_ratio

    return lambda one, other: float(token_sort_ratio(fold(one), fold(other)))
