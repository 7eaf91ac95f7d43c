"""Two kinds of thing that only questions know: figures, and whatever the documents state.

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
    """Return both kinds by name."""
    known = {kind.name: kind for kind in bundled.registry().kinds}
    claim = known["claim"]._replace(narrowed_by=(), synonyms=())
    classes = [iri for name in _STATING for iri in known[name].classes]
    classes += [f"{TERMS}{name}" for name in _LINKS]
    return {
        FIGURE: claim._replace(name=FIGURE, plural="figures"),
        STATEMENT: claim._replace(name=STATEMENT, plural="statements", classes=tuple(classes)),
    }
