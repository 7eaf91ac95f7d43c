"""Kinds of thing that only questions know: figures, statements, changes, and one class of several.

Out of scope: the kinds of the registry (`model.kinds`).
"""

import re
from functools import cache
from itertools import product

from hwbs_graph.data import bundled
from hwbs_graph.model.kinds import Kind
from hwbs_graph.model.vocabulary import TERMS
from hwbs_graph.text import pluralise

#: A claim that gives a number.
FIGURE = "figure"
#: What the documents state, of whatever kind.
STATEMENT = "statement"
#: Why a plan wants something.
REASON = "reason"
#: What became of an element of a plan in another, and any such element.
CHANGE, ELEMENT = "change between plans", "element"
#: What has a date of its own, and the date of it that is asked for.
DATED, WHEN = "dated thing", "when"
#: The kind of what stands in plans and is of many classes, each asked for by its own name.
MANIFOLD = "other element"
#: What a body is to do with a plan or a part of it.
DUTY = "duty"
#: A figure, found by the words of its measure and of every figure of that.
COMPARED = "compared figure"
#: The kinds whose words are those of all their texts together.
TOLD = (FIGURE, STATEMENT, REASON, DATED, DUTY, COMPARED)
#: Not a kind but a step: a change with an element in a plan.
CHANGE_IN_PLAN = (
    "hwbs:inPlan|hwbs:statedIn/^hwbs:statedIn|hwbs:element|hwbs:element/hwbs:inPlan"
    "|hwbs:ofReview/hwbs:reviewOf"
)
#: Not a kind but a step: a statement in a plan, in its document, or of a part of it.
STATED_IN_PLAN = "stated in plan"
IN_PLAN = (
    "hwbs:inPlan|hwbs:statedIn/^hwbs:statedIn|hwbs:element|hwbs:element/hwbs:inPlan"
    "|hwbs:ofReview/hwbs:reviewOf"
)
#: What leads from a change to the elements that it is of.
ENDS = "hwbs:from|hwbs:to|hwbs:element"
#: What a figure has, and another claim has not.
VALUES = "hwbs:value|hwbs:valueLow|hwbs:numerator"
#: The kinds that state something; a quality note tells of the document instead.
_STATING = (
    *("claim", "minuted point", "point of a review", "other element", "related work"),
    *("focus area", "theme", "priority", "objective", "meeting", "example", "resident statement"),
)
_DATED = ("plan", "review", "meeting", "related work")
_LINKS = ("Responsibility", "Membership", "ProposedChange")


@cache
def list_stated() -> dict[str, Kind]:
    """Return these kinds by name."""
    known = {kind.name: kind for kind in bundled.registry().kinds}
    claim = known["claim"]._replace(narrowed_by=(), synonyms=())
    classes = [iri for name in _STATING for iri in known[name].classes]
    classes += [f"{TERMS}{name}" for name in _LINKS]
    return {
        FIGURE: claim._replace(name=FIGURE, plural="figures"),
        COMPARED: claim._replace(name=COMPARED, plural="compared figures"),
        CHANGE: claim._replace(
            name=CHANGE,
            plural="changes between plans",
            classes=(f"{TERMS}Alignment", f"{TERMS}Absence"),
        ),
        ELEMENT: claim._replace(name=ELEMENT, plural="elements", classes=(f"{TERMS}PlanElement",)),
        REASON: claim._replace(name=REASON, plural="reasons", classes=(f"{TERMS}Rationale",)),
        DUTY: claim._replace(name=DUTY, plural="duties", classes=(f"{TERMS}Responsibility",)),
        DATED: claim._replace(
            name=DATED,
            plural="dated things",
            classes=tuple(iri for name in _DATED for iri in known[name].classes),
        ),
        STATEMENT: claim._replace(name=STATEMENT, plural="statements", classes=tuple(classes)),
    }


@cache
def list_narrower() -> dict[str, tuple[str, Kind]]:
    """Return, by its name, each class of elements that shares its kind: the kind and its own.

    “Sub-priorities” are some of the priorities, and “life-course priorities” some themes.
    """
    found = {}
    for kind in bundled.registry().kinds:
        in_plans = kind.map_column or kind.name == MANIFOLD
        if in_plans and not kind.shared and len(kind.classes) > 1:
            for word, iri in product(kind.synonyms, kind.classes):
                name = re.sub(r"\W", "", word.title())
                if name.casefold().endswith(iri.rpartition("#")[2].casefold()):
                    own = kind._replace(name=word, plural=pluralise(word), synonyms=())
                    found[word] = kind.name, own._replace(classes=(iri,), general_class="")
    return found


def find_mistakable(kind: str) -> list[str]:
    """Return the classes whose names end as that of a kind, if one of them is of another kind.

    Who says “priorities” may mean the themes that a plan calls life-course priorities.
    """
    ending = re.compile(rf"[ -]{kind}$")
    alike = {word: own for word, (own, _) in list_narrower().items() if ending.search(word)}
    return sorted(alike) if set(alike.values()) - {kind} else []
