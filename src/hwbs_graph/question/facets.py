"""What things are marked with: a kind of body, a layer, progress, a plan's own word, a date.

A condition of a facet is met by what is asked for, or by what it is linked to that holds the mark.

Out of scope: the names of marks in a text (`mentions`), and how a question says them (`echo`).
"""

from typing import NamedTuple

from hwbs_graph.model.vocabulary import SCHEMES

BODY, LAYER, PROGRESS = "kind of body", "layer", "progress"
#: The word by which a plan calls an element, such as “pillar”.
PRINTED = "printed kind"
#: A date by which something is to be done; the link of its condition says how it compares.
DATE = "date"
#: That a partner has the part of a lead.
LEAD = "lead"
#: How a date compares: to be done by it, before, after, within it, or by any date at all.
BY, BEFORE, AFTER, WITHIN, ANY_DATE = "by", "before", "after", "within", "any date"

_WORKSHOP = f"<{SCHEMES}basis/said-in-workshop>"
_LED = f"hwbs:involvementRole <{SCHEMES}role/lead>"


class Facet(NamedTuple):
    """A mark: the kind of thing that holds it, "" for any, and the pattern from it to its value."""

    holder: str
    #: With {held} and {given} for the variables.
    pattern: str


FACETS = {
    BODY: Facet("partner", "?{held} org:classification ?{given} ."),
    LAYER: Facet("determinant", "?{held} skos:broader|skos:broader/skos:broader ?{given} ."),
    # Of several updates the latest counts.
    PROGRESS: Facet(
        "",
        "{{ SELECT ?{held} (MAX(?{held}Day) AS ?{held}Latest) WHERE {{ "
        "?{held}Any hwbs:about ?{held} ; hwbs:lastDay ?{held}Day }} GROUP BY ?{held} }}\n"
        "?{held}Told hwbs:about ?{held} ; hwbs:lastDay ?{held}Latest ; hwbs:progress ?{given} .",
    ),
    PRINTED: Facet("", "?{held} hwbs:printedKind ?{given} ."),
    LEAD: Facet(
        "action",
        "?{held}Part hwbs:action ?{held} ; hwbs:involvementRole ?{given} .\n"
        f"MINUS {{{{ ?{{held}}Part hwbs:basis {_WORKSHOP} }}}}",
    ),
}
_DATED = "?{0} hwbs:targetDate ?{0}Date ; hwbs:lastDay ?{0}Day .\n"
#: “2027” and “2027-03” reach to their last day, as every longer date sorts before them with ~.
_COMPARED = {
    BY: 'FILTER(STR(?{0}Day) <= CONCAT(STR(?{1}), "~"))',
    BEFORE: "FILTER(STR(?{0}Day) < STR(?{1}))",
    AFTER: 'FILTER(STR(?{0}Day) > CONCAT(STR(?{1}), "~"))',
    WITHIN: "FILTER(STRSTARTS(STR(?{0}Day), STR(?{1})))",
}


def write_facet(facet: str, held: str, given: str) -> str:
    """Return the pattern that ?held is marked with ?given."""
    return FACETS[facet].pattern.format(held=held, given=given)


def write_date(held: str, given: str, compared: str) -> str:
    """Return the pattern that ?held is to be done by a date; without a `given`, by any."""
    return _DATED.format(held) + (_COMPARED[compared].format(held, given) if given else "")


def write_lead(action: str, partner: str) -> str:
    """Return the pattern that ?partner leads ?action, as a plan says and no room alone."""
    part = f"?{action}_{partner}Led"
    return (
        f"{part} hwbs:action ?{action} ; hwbs:partner ?{partner} ; {_LED} .\n"
        f"MINUS {{ {part} hwbs:basis {_WORKSHOP} }}"
    )
