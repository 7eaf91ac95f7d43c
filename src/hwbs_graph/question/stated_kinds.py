"""Kinds of thing that only questions know: figures, statements, and changes between plans.

Out of scope: the kinds of the registry (`model.kinds`).
"""

from functools import cache

from hwbs_graph.data import bundled
from hwbs_graph.model.kinds import Kind
from hwbs_graph.model.vocabulary import TERMS

#: A claim that gives a number.
FIGURE = "figure"
#: What the documents state, of whatever kind.
STATEMENT = "statement"
#: What became of an element of a plan in another, and any such element.
CHANGE, ELEMENT = "change between plans", "element"
#: Not a kind but a step: a change with an element in a plan.
CHANGE_IN_PLAN = "change in plan"
#: What leads from a change to the elements that it is of.
ENDS = "hwbs:from|hwbs:to|hwbs:element"
#: What a figure has, and another claim has not.
VALUES = "hwbs:value|hwbs:valueLow|hwbs:numerator"
#: The kinds that state something; a quality note tells of the document instead.
_STATING = (
    *("claim", "minuted point", "point of a review", "other element", "related work"),
    *("focus area", "theme", "priority", "objective", "meeting"),
)
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
        CHANGE: claim._replace(
            name=CHANGE,
            plural="changes between plans",
            classes=(f"{TERMS}Alignment", f"{TERMS}Absence"),
        ),
        ELEMENT: claim._replace(name=ELEMENT, plural="elements", classes=(f"{TERMS}PlanElement",)),
        STATEMENT: claim._replace(name=STATEMENT, plural="statements", classes=tuple(classes)),
    }
