"""Elements of two plans that look alike: suggestions for a person to judge, written nowhere.

Two elements are alike where they address one determinant, or share rare words. A word counts by
its beginning, so that “library” is “libraries”; one that many elements have says nothing.

Out of scope: what a person aligned, which comes first (`comparison`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.names import normalise
from hwbs_graph.query.results import run_named
from hwbs_graph.report.compared_plans import ComparedPlan, PlanElement, build_row
from hwbs_graph.store import Engine

SUGGESTIONS = "suggestions"
#: Stands where an alignment has its basis.
_BASIS = "suggestion, judged by nobody"
#: Suggestions for one element.
_MOST = 2
#: Two elements that share fewer words, or a smaller part of theirs, are not alike by wording.
_LEAST_SHARED, _LEAST_PART = 2, 0.25
#: A word that more of the elements have says nothing, once there are this many.
_COMMON_PART, _FEW = 0.1, 20
_LETTERS = 5
_FUNCTION_WORDS = """across also among around been before being between both does each ensure every
from have into more most other over should such than that their them then there these they this
those through under upon were what when where which while will with within without would your"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())


class _Likeness(NamedTuple):
    score: float
    reason: str


def suggest_likenesses(
    engine: Engine, earlier: ComparedPlan, later: ComparedPlan, aligned: Collection[str]
) -> list[Row]:
    """Return a row for each likeness of what nothing in `aligned` (IRIs) joins, best first.

    An element has two at most.
    """
    kinds = {word for kind in bundled.registry().kinds if kind.promised for word in kind.words}
    sides = [
        [each for each in plan.elements.values() if each.kind in kinds and each.iri not in aligned]
        for plan in (earlier, later)
    ]
    plans = sorted(earlier.plans | later.plans)
    rows = run_named(engine, "internal/determinants-in-plans", plan=plans)
    determinants = group_pairs((row["element"], row["label"]) for row in rows)
    words = _find_words([*sides[0], *sides[1]])
    found = []
    for one in sides[0]:
        alike = [
            (likeness, other)
            for other in sides[1]
            if (likeness := _compare_elements(one, other, determinants, words))
        ]
        alike.sort(key=lambda pair: -pair[0].score)
        for likeness, other in alike[:_MOST]:
            reason = {"basis": _BASIS, "reason": likeness.reason}
            found.append(build_row(SUGGESTIONS, one, other, **reason))
    return found


def _compare_elements(
    one: PlanElement,
    other: PlanElement,
    determinants: dict[str, list[str]],
    words: dict[str, dict[str, str]],
) -> _Likeness | None:
    both = [d for d in determinants.get(one.iri, ()) if d in determinants.get(other.iri, ())]
    own, others = words[one.iri], words[other.iri]
    shared = [own[stem] for stem in own if stem in others]
    part = len(shared) / max(len(own.keys() | others.keys()), 1)
    by_words = len(shared) >= _LEAST_SHARED and part >= _LEAST_PART
    if not both and not by_words:
        return None
    reasons = [f"both address {', '.join(dict.fromkeys(both))}"] if both else []
    reasons += [f"both say {', '.join(shared)}"] if shared else []
    return _Likeness(part + len(both) / 4, "; ".join(reasons))


def _find_words(elements: Collection[PlanElement]) -> dict[str, dict[str, str]]:
    """Return by element the words that tell it from others, each under its beginning."""
    found = {element.iri: dict(_list_words(element.label)) for element in elements}
    frequency = Counter(stem for words in found.values() for stem in words)
    most = max(len(found) * _COMMON_PART, _FEW * _COMMON_PART)
    return {
        iri: {stem: word for stem, word in words.items() if frequency[stem] <= most}
        for iri, words in found.items()
    }


def _list_words(label: str) -> Iterator[tuple[str, str]]:
    for word in re.findall(r"[^\W\d_]{4,}", normalise(label)):
        if word not in _EMPTY:
            yield word[:_LETTERS], word
