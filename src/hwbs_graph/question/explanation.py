"""Why a question was understood as it was: its parts, the joins taken, and the SPARQL.

`explanation.schema.json` in this folder says what the JSON holds (JSON Schema 2020-12).

Out of scope: running it.
"""

from typing import Any

from hwbs_graph.model.kinds import Kind
from hwbs_graph.question import Understood, echo
from hwbs_graph.question.facets import DATE, FACETS
from hwbs_graph.question.joins import find_carrier, find_join, find_kind
from hwbs_graph.question.patterns import EXACT, PLACE
from hwbs_graph.question.replying import Reading
from hwbs_graph.question.stated_kinds import WHEN
from hwbs_graph.question.value import JUDGED, LEADS, OWN, STATED, WORDS, Condition, Question
from hwbs_graph.store.parameters import bind_parameters
from hwbs_graph.text import capitalise

Explanation = dict[str, Any]
#: Said of a condition that one basis alone meets.
_ALONE = {
    STATED: " What a document states counts alone.",
    JUDGED: " What a curator judged counts alone.",
    OWN: " What the plan holds itself counts alone.",
    LEADS: " Who leads counts alone.",
}


def explain_saved(text: str, understood: Understood) -> Explanation:
    """Return what explains a saved question: the query of the catalogue, and what was named."""
    terms = understood.terms.items()
    return {
        "question": text,
        "layer": "saved",
        "echo": understood.query.summary,
        "query": understood.query.name,
        "form": None,
        "asked": None,
        "conditions": [
            {
                "kind": name,
                "names": [understood.given[name]],
                "things": [[term.value]],
                "mode": "all",
                "why": f"It fills the slot “{name}” of the saved question.",
            }
            for name, term in terms
        ],
        "counted": None,
        "per": None,
        "sparql": bind_parameters(understood.query.text, dict(terms)),
    }


def explain_reading(text: str, reading: Reading) -> Explanation:
    """Return what explains a composed question: each part, and why it is joined so."""
    question = reading.question
    return {
        "question": text,
        "layer": "composed",
        "echo": echo.speak(question),
        "query": None,
        "form": question.form,
        "asked": question.asked,
        "conditions": [_explain_condition(question, each) for each in question.conditions],
        "counted": question.counted._asdict() if question.counted else None,
        "per": question.per or None,
        "sparql": bind_parameters(reading.query.text, reading.query.bindings),
    }


def _explain_condition(question: Question, condition: Condition) -> Explanation:
    return {
        "kind": condition.kind,
        "names": list(condition.said),
        "things": [[_strip_mark(thing) for thing in each] for each in condition.things],
        "mode": condition.mode,
        "why": explain_join(question.asked, condition) + _ALONE.get(condition.link, ""),
    }


def _strip_mark(thing: str) -> str:
    """Return a thing or a word without the mark of how it is found."""
    return thing.removeprefix(EXACT).removeprefix(PLACE)


def explain_join(asked: str, condition: Condition) -> str:
    """Return the sentence that says by which relation a condition is joined."""
    one = find_kind(asked)
    if condition.kind == WORDS:
        holder = find_carrier(asked, condition) or asked
        quoted = condition.things[0][0].startswith(EXACT)
        way = "as they stand" if quoted else "in any form and near each other"
        return f"A text of the {holder} holds the words, {way}."
    if condition.kind in (DATE, *FACETS):
        return explain_mark(asked, condition)
    if condition.kind == WHEN:
        return "The date is the one that the graph holds of it for that."
    other = find_kind(condition.kind)
    if condition.link == "same":
        return f"It names the {asked} itself."
    join = find_join(asked, condition.kind)
    if join is None:
        return ""
    if join.carrier:
        carrier = find_kind(join.carrier)
        return (
            f"{capitalise(one.plural)} are reached through {carrier.plural}: "
            f"{_write_path(one)} and {_write_path(other)} of one {carrier.name}."
        )
    held = one if join.steps[0][1] == "asked" else other
    return f"{capitalise(held.plural)} are linked directly: {_write_path(held)}."


def explain_mark(asked: str, condition: Condition) -> str:
    """Return the sentence that says what is marked so: the thing itself, or what it leads to."""
    holder = FACETS[condition.kind].holder if condition.kind in FACETS else ""
    if condition.link == "same" or holder in ("", asked):
        return f"The {asked} itself is marked with the {condition.kind}."
    return f"A {holder} that the {asked} leads to is marked with the {condition.kind}."


def _write_path(kind: Kind) -> str:
    return kind.linked_by


def write_explanation(explanation: Explanation) -> str:
    """Return an explanation as comments above the SPARQL, which can be pasted and run."""
    lines = [f"# {explanation['echo']}"]
    if explanation["query"]:
        lines.append(f"# The saved question {explanation['query']}.")
    for each in explanation["conditions"]:
        named = ", ".join(f"“{name}”" for name in each["names"])
        lines.append(f"# {each['kind']} {named}: {each['why']}")
    return "\n".join([*lines, explanation["sparql"]])
