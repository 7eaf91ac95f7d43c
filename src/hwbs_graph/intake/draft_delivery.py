"""How an action of a draft is carried out: its measures and what is reported of it, as statements.

A measure is an indicator where only what is counted is printed, else a target. An update without a
printed time has none here either. Words that do not stand at their place are refused.

Out of scope: dates of the action itself (`draft_graph`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from hwbs_graph.intake.plan_words import fold_words, is_blank, matches
from hwbs_graph.intake.progress_steps import describe_colour, name_colour
from hwbs_graph.intake.records import PrintedMeasure
from hwbs_graph.intake.statements import (
    StatementWriter,
    concept,
    date_literal,
    number_literal,
    term,
    thing,
    write_slug,
)
from hwbs_graph.model.vocabulary import PREFIXES, RDF
from hwbs_graph.text import file_stem

_DESCRIPTION = NamedNode(PREFIXES["dcterms"] + "description")


def add_measures(
    writer: StatementWriter, action: NamedNode, key: str, measures: Iterable[PrintedMeasure]
) -> None:
    """State by what the success of an action is known."""
    for order, measure in enumerate(measures, 1):
        if not measure.certain or is_blank(measure.text):
            continue
        counted = is_indicator(measure)
        node = thing(
            f"{writer.names.plan}/indicator/{write_slug(measure.text)}"
            if counted
            else f"{writer.names.plan}/target/{key.partition('/')[2]}-{order}"
        )
        if not writer.quote(node, measure.text, measure.place, only_there=True):
            writer.refused.append((measure.text, measure.place))
        elif counted:
            writer.label(node, "Indicator", measure.text)
            writer.say(action, term("measuredBy"), node)
        else:
            _add_target(writer, node, action, measure, order)


def _add_target(
    writer: StatementWriter, node: NamedNode, action: NamedNode, measure: PrintedMeasure, order: int
) -> None:
    writer.label(node, "Target", measure.text)
    writer.say_all(
        node,
        (term("inPlan"), thing(writer.names.plan)),
        (term("targetOf"), action),
        (term("printedOrder"), number_literal(order)),
    )
    if measure.heading:
        writer.say(node, term("printedKind"), Literal(measure.heading))


def is_indicator(measure: PrintedMeasure) -> bool:
    """Say whether a measure names only what is counted, and no figure that is promised of it."""
    if any(letter.isdigit() for letter in measure.text):
        return False
    heading, words = fold_words(measure.heading), fold_words(measure.text)
    return matches("measures", "indicators", heading) or matches("measures", "counted", words)


def add_updates(
    writer: StatementWriter, action: NamedNode, said: dict[str, Any], printed: Sequence[str] = ()
) -> None:
    """State what the plan reports of an action, in its words or by a colour.

    `printed` has the word of each update, where that is told apart from the text.
    """
    for number, update in enumerate(said["updates"], 1):
        words = update["text"] or describe_colour(update["colour"])
        if is_blank(words):
            continue
        key = said["id"].partition("/")[2]
        node = thing(f"{writer.names.plan}/update/{key}-{number}")
        if writer.quote(node, words, update["place"], only_there=True):
            word = printed[number - 1] if printed else None
            _add_update(writer, node, action, update, word)
        else:
            writer.refused.append((words, update["place"]))


def _add_update(
    writer: StatementWriter,
    node: NamedNode,
    action: NamedNode,
    update: dict[str, Any],
    word: str | None,
) -> None:
    writer.say_all(node, (RDF.type, term("ProgressUpdate")), (term("about"), action))
    if update["as_of"]:
        writer.say(node, term("asOf"), date_literal(update["as_of"]))
    if update["progress"]:
        step = concept(f"progress/{file_stem(update['progress'], 'step')}")
        writer.say(node, term("progress"), step)
    text = update["text"] or ""
    if word is None and (update["progress"] or not text):
        word, text = text or name_colour(update["colour"]), ""
    if word:
        writer.say(node, term("printedProgress"), Literal(word))
    if text and text not in (word, update["progress"]):
        writer.say(node, _DESCRIPTION, writer.words(text))
