"""The pictures of the view that show what a question selects, one for each plan of the answer.

Out of scope: the view itself (`view`), and HTML.
"""

from collections.abc import Iterable
from urllib.parse import quote

from pyoxigraph import NamedNode

from hwbs_graph.model.vocabulary import HWBS
from hwbs_graph.query.results import Answer, Rows
from hwbs_graph.question.composing import variable_of
from hwbs_graph.question.value import STATED, Condition, Question
from hwbs_graph.store import Engine
from hwbs_graph.view.address import write_address
from hwbs_graph.web.pages.lookups import find_labels
from hwbs_graph.web.pages.result_table import Cell

#: What the view can be narrowed to, and what stands in its pictures.
_FILTERS = ("theme", "partner", "determinant")
_SHOWN = ("action", "objective", "priority", "focus area", "theme")
#: An answer over more plans is no one picture.
_MOST_PLANS = 4


def list_pictures(engine: Engine, question: Question | None, answer: Answer) -> list[Cell]:
    """Return a link to the view of each plan that holds what was found, if it can show it.

    What the view has no filter for, such as “without Housing”, it cannot show; then there is none.
    """
    if question is None or question.asked not in _SHOWN or not isinstance(answer, Rows):
        return []
    words = _list_words(question)
    plans = _find_plans(engine, _list_things(question, answer)) if words else []
    if len(plans) > _MOST_PLANS:
        return []
    labels = find_labels(engine, plans)
    return [Cell(labels.get(plan, plan), _make_address(plan, words)) for plan in plans]


def _list_words(question: Question) -> list[tuple[str, str]]:
    """Return the filters of the view for the conditions of a question; none if it lacks one."""
    conditions = [each for each in question.conditions if each.kind != "plan"]
    modes = {each.mode for each in conditions if len(each.things) > 1}
    filters = [each for each in conditions if _is_filter(each)]
    if question.counted or not conditions or len(filters) < len(conditions) or len(modes) > 1:
        return []
    words = [
        (each.kind, thing) for each in conditions for things in each.things for thing in things
    ]
    return [*words, ("match", "any")] if modes == {"any"} else words


def _is_filter(condition: Condition) -> bool:
    plain = condition.mode in ("all", "any") and condition.link in ("link", STATED)
    return plain and condition.kind in _FILTERS


def _list_things(question: Question, rows: Rows) -> list[str]:
    """Return what was asked for: its own column, or else the first."""
    name = variable_of(question.asked)
    at = rows.variables.index(name) if name in rows.variables else 0
    cells = (row[at] for row in rows.rows)
    return list({each.value: None for each in cells if isinstance(each, NamedNode)})


def _find_plans(engine: Engine, iris: Iterable[str]) -> list[str]:
    """Return the plans in which things stand, the one with most of them first."""
    store, found = engine.snapshot(), dict[str, int]()
    for iri in iris:
        for quad in store.quads_for_pattern(NamedNode(iri), HWBS.inPlan, None, None):
            plan = getattr(quad.object, "value", "")
            found[plan] = found.get(plan, 0) + 1
    return sorted(found, key=lambda plan: (-found[plan], plan))


def _make_address(plan: str, words: list[tuple[str, str]]) -> str:
    # No address of a page holds an IRI as it is, so that none is taken for a link to it.
    shown = write_address([("plan", plan), *words]).replace("/", "%2F")
    return f"/view?plan={quote(plan, safe='')}{shown}"
