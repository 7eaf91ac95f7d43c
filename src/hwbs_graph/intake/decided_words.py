"""Quality notes on printed words whose meaning a person gave: a date, or how far an action has got.

The value itself is said of the action; the note says that no document prints it, and who decided.

Out of scope: names, whose links have a basis of their own (`judgements`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.judgements import say_curator
from hwbs_graph.intake.plan_words import fold
from hwbs_graph.intake.progress_steps import describe_colour
from hwbs_graph.intake.statements import StatementWriter, term, thing, write_slug
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SCHEMES

_DESCRIPTION = NamedNode(PREFIXES["dcterms"] + "description")
_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_TARGET = NamedNode(PREFIXES["oa"] + "hasTarget")


def note_date(
    writer: StatementWriter, action: NamedNode, said: Mapping[str, Any], decision: Decision
) -> None:
    """Note that a person gave the date of an action, which the plan prints otherwise or not."""
    note = thing(f"note/{writer.names.plan}-{said['id'].partition('/')[2]}-due")
    why = f" ({decision.why})" if decision.why else ""
    told = f"The plan prints “{said['timescale']}”. {said['due']} was decided in review{why}."
    _add_note(writer, note, "A date that the plan does not print", told, "missing-information")
    _say(writer, note, "handling", "The printed words stay beside the date that was decided.")
    writer.say(note, _TARGET, action)
    say_curator(writer, note, decision)
    words, place = said["action"], said["place"]
    short = " ".join(words.split()[:6])
    any(writer.quote(note, each, place) for each in (words, short))


def note_steps(
    writer: StatementWriter, actions: Iterable[Mapping[str, Any]], steps: Mapping[str, str]
) -> None:
    """Note what a person said that words and colours of progress mean, of those that are printed.

    `steps` map a folded word, or a colour, to the step that it means.
    """
    for action in actions if steps else ():
        for update in action["updates"]:
            step = steps.get(fold(update["text"] or update["colour"] or ""))
            if not step:
                continue
            words = update["text"] or describe_colour(update["colour"])
            note = thing(f"note/{writer.names.plan}-progress-{write_slug(words)}")
            if note not in writer.said:
                told = f"“{words}” was read as “{step}”, as mapping.yaml of the folder says."
                label = "A word of progress that the plan does not explain"
                _add_note(writer, note, label, told, "unexplained-term")
                _say(writer, note, "handling", "The word stays as printed beside the step.")
                writer.quote(note, words, update["place"], only_there=True)
            writer.say(note, _TARGET, thing(f"{writer.names.plan}/{action['id']}"))


def _add_note(writer: StatementWriter, note: NamedNode, label: str, told: str, kind: str) -> None:
    writer.say(note, RDF.type, term("QualityNote"))
    writer.say(note, _LABEL, Literal(label, language="en"))
    writer.say(note, _DESCRIPTION, Literal(told, language="en"))
    writer.say(note, term("noteKind"), NamedNode(f"{SCHEMES}note-kind/{kind}"))


def _say(writer: StatementWriter, note: NamedNode, verb: str, text: str) -> None:
    writer.say(note, term(verb), Literal(text, language="en"))
