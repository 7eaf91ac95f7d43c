"""Statements that rest on the decision of a person: who judged so, when, and why.

Out of scope: which decisions there are (`decisions`), and what they change (`replay`).
"""

from pyoxigraph import Literal, NamedNode

from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.statements import StatementWriter, date_literal, term, thing, write_slug
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SCHEMES

_CURATED = NamedNode(SCHEMES + "basis/curated-judgement")
_FOAF, _SKOS = PREFIXES["foaf"], PREFIXES["skos"]


def say_judgement(writer: StatementWriter, node: NamedNode, decision: Decision) -> None:
    """State that a node rests on a decision, by whom, when, and why."""
    say_curator(writer, node, decision)
    writer.say(node, term("basis"), _CURATED)
    writer.say(node, term("confidence"), Literal("high"))
    writer.say(node, term("reason"), Literal(_word_reason(decision), language="en"))


def say_curator(writer: StatementWriter, node: NamedNode, decision: Decision) -> None:
    """State who decided, and when."""
    who = decision.who or "a reviewer"
    agent = thing(f"agent/{writer.names.board}-{write_slug(who)}")
    if agent not in writer.agents:
        writer.agents.add(agent)
        writer.say(agent, RDF.type, NamedNode(_FOAF + "Agent"))
        writer.say(agent, NamedNode(_SKOS + "prefLabel"), Literal(who, language="en"))
        writer.say(agent, NamedNode(_FOAF + "name"), Literal(who))
    writer.say(node, term("curator"), agent)
    writer.say(node, term("curatedOn"), date_literal(decision.when))


def _word_reason(decision: Decision) -> str:
    printed = f"“{decision.printed}”: " if decision.printed else ""
    why = f" ({decision.why})" if decision.why else ""
    return f"Review of the draft. {printed}{decision.answer}{why}."
