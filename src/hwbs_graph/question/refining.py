"""What could be asked further of a question that was understood in part: only what has rows.

Out of scope: which part was understood (`answering`).
"""

from collections.abc import Iterator
from contextlib import suppress

from hwbs_graph.question import echo
from hwbs_graph.question.composing import compose, variable_of
from hwbs_graph.question.joins import is_container
from hwbs_graph.question.mentions import Mentions
from hwbs_graph.question.query_draft import Unclear, Unlinked
from hwbs_graph.question.replying import Reading, count_things, run_reading
from hwbs_graph.question.value import Condition, Question, turn_question
from hwbs_graph.store import Engine

_MOST = 3


def list_refinements(engine: Engine, question: Question, mentions: Mentions) -> list[str]:
    """Return what `count_refinements` finds as lines of text."""
    counted = count_refinements(engine, question, mentions)
    return [f"{text} ({number:,})" for text, number in counted]


def count_refinements(
    engine: Engine, question: Question, mentions: Mentions
) -> list[tuple[str, int]]:
    """Return questions under further conditions, or for what is beside it, with their counts."""
    if question.form != "list" or question.counted or question.per:
        return []
    near = (
        (echo.speak(each), _count(engine, each)) for each in _list_near(engine, question, mentions)
    )
    return [each for each in near if each[1]][:_MOST]


def _count(engine: Engine, question: Question) -> int:
    """Return how many things answer a question, 0 where its kinds cannot be joined."""
    with suppress(Unlinked, Unclear):
        return count_things(run_reading(engine, Reading(question, compose(question))))
    return 0


def _list_near(engine: Engine, question: Question, mentions: Mentions) -> Iterator[Question]:
    for theme in _list_themes(engine, question)[: _MOST - 1]:
        things = mentions.find(theme).get("theme", ())
        if things and mentions.is_shared("theme", things, theme):
            beside = Condition("theme", (things,), (theme,))
            yield question._replace(conditions=(*question.conditions, beside))
    if turned := turn_question(question, {"action": "partner"}.get(question.asked, "action")):
        yield turned


def _list_themes(engine: Engine, question: Question) -> list[str]:
    """Return the themes that hold things of an answer, those with most of them first."""
    known = any(each.kind == "theme" for each in question.conditions)
    if known or not is_container(question.asked, "theme"):
        return []
    per = question._replace(form="count", per="theme")
    try:
        rows = run_reading(engine, Reading(per, compose(per))).text_rows()
    except (Unlinked, Unclear):
        return []
    name = f"{variable_of('theme')}Label"
    held = {row[name]: int(row["number"]) for row in rows if row.get(name) and row["number"] != "0"}
    return sorted(held, key=lambda theme: (-held[theme], theme))
