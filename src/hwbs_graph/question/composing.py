"""From a question to its SPARQL: fixed pieces, joined by the registry, with every value bound.

What a person typed reaches the query as a bound term only. “None of” is MINUS, and what is counted
is counted in a sub-select, which every engine plans alike.

Out of scope: what the words of a question mean (`reading`), and running the query.
"""

import re
from typing import NamedTuple

from hwbs_graph.model.vocabulary import prefix_lines
from hwbs_graph.query import catalogue
from hwbs_graph.question.facets import FACETS
from hwbs_graph.question.joins import find_join, is_carried, is_linked, write_class
from hwbs_graph.question.query_draft import Draft, Unclear, indent, require_join, write_join
from hwbs_graph.question.stated_kinds import (
    CHANGE,
    COMPARED,
    DATED,
    DUTY,
    FIGURE,
    REASON,
    STATEMENT,
)
from hwbs_graph.question.value import EVERY, WORDS, Condition, Counted, Question
from hwbs_graph.store import Term

#: The query about the things found, where it is not that of most kinds.
_TEMPLATES = {
    FIGURE: "internal/composed-statements",
    STATEMENT: "internal/composed-statements",
    REASON: "internal/composed-statements",
    CHANGE: "internal/composed-changes",
    COMPARED: "internal/composed-statements",
    DUTY: "internal/composed-statements",
    DATED: "internal/composed-dates",
}


class Composed(NamedTuple):
    """A query, and what its marked variables are bound to."""

    text: str
    bindings: dict[str, tuple[Term, ...]]


def compose(question: Question) -> Composed:
    """Return the query of a question. Raises Unlinked where its kinds cannot be joined."""
    draft = Draft(question)
    if question.is_tally:
        text = _compose_groups(draft, question)
    elif question.counted:
        text = _compose_counted(draft, question, question.counted)
    else:
        text = _compose_list(question, _select_things(draft, question))
    bare = re.sub(r"(?m)^(#|PREFIX ).*\n", "", text)
    return Composed(prefix_lines(bare) + bare, draft.bindings)


def _select_things(draft: Draft, question: Question) -> str:
    name = variable_of(question.asked)
    lines = [write_class(name, question.asked), *draft.conditions(name)]
    shown = f"?{name} ?{name}When" if question.asked == DATED else f"?{name}"
    return f"SELECT DISTINCT {shown} WHERE {{\n{indent(chr(10).join(lines))}\n}}"


def _compose_list(question: Question, inner: str, counted: bool = False) -> str:
    """Return the query that tells the things of an inner one: in which plan, and where printed."""
    text = catalogue.load(_TEMPLATES.get(question.asked, "internal/composed-things")).text
    if not counted:
        text = text.replace(" DESC(?number)", "").replace(" ?number", "")
    named = text.replace("?thing", f"?{variable_of(question.asked)}")
    return named.replace("  #+ pattern: things", f"  {{\n{indent(inner, 4)}\n  }}")


def _compose_counted(draft: Draft, question: Question, counted: Counted) -> str:
    """Return the query for things that are linked to some number of others, or most or fewest."""
    own = any(c.kind in FACETS and c.link == "same" for c in question.conditions)
    if own and any(is_carried(question.asked, c) for c in question.conditions):
        raise Unclear  # whether what is counted must meet the condition, or the thing itself
    if counted.comparison == EVERY:
        return _compose_list(question, _select_in_every(draft, question, counted))
    counting = _count_linked(draft, question, counted)
    if not counted.is_extreme:
        test = f"HAVING(COUNT(DISTINCT ?counted) {counted.comparison} {counted.number})"
        return _compose_list(question, f"{counting}\n{test}", counted=True)
    best = "MAX" if counted.comparison == "most" else "MIN"
    name = variable_of(question.asked)
    every = counting.replace(f"SELECT ?{name} ", "SELECT ", 1).replace("?number", "?each", 1)
    top = f"SELECT ({best}(?each) AS ?best) WHERE {{\n  {{\n{indent(every, 4)}\n  }}\n}}"
    # A filter compares them: rdflib joins no two sub-selects on what one of them counts.
    both = f"{{\n{indent(top)}\n}}\n{{\n{indent(counting)}\n}}\nFILTER(?number = ?best)"
    return _compose_list(
        question, f"SELECT ?{name} ?number WHERE {{\n{indent(both)}\n}}", counted=True
    )


def _select_in_every(draft: Draft, question: Question, counted: Counted) -> str:
    """Return the query for what is linked to all of a plan's things of a kind, where it has any.

    Raises Unclear where a condition is met by a carrier, which may be another for each.
    """
    carried = [c for c in question.conditions if is_carried(question.asked, c)]
    if any(c.kind != "plan" or c.mode not in ("all", "any") for c in carried):
        raise Unclear
    draft.carried = True
    name, join = variable_of(question.asked), require_join(question.asked, counted.kind)
    held = [write_class(name, question.asked), write_join(join, name, "counted", "carrier")]
    held += [write_class("counted", counted.kind), "?counted hwbs:inPlan ?scope ."]
    number = "(COUNT(DISTINCT ?counted) AS ?{0}) WHERE {{\n{1}\n}} GROUP BY"
    every = number.format("every", indent("\n".join(held)))
    own = number.format("own", indent("\n".join([*held, *draft.conditions(name)])))
    test = f"?every = {counted.number}" if counted.number else "?every > 1"
    return (
        f"SELECT DISTINCT ?{name} WHERE {{\n  {{ SELECT ?scope {every} ?scope }}\n"
        f"  {{ SELECT ?{name} ?scope {own} ?{name} ?scope }}\n"
        f"  FILTER(?own = ?every && {test})\n}}"
    )


def _count_linked(draft: Draft, question: Question, counted: Counted) -> str:
    """Return the sub-select that counts, for each thing, what of a kind is linked to it."""
    name = variable_of(question.asked)
    join = require_join(question.asked, counted.kind)
    link = write_join(join, name, "counted", "between")
    lines = [write_class(name, question.asked)]
    inside = [write_class("counted", counted.kind), link]
    if is_about_counted(question):
        own = Draft(question._replace(asked=counted.kind))
        own.bindings = draft.bindings
        inside += own.conditions("counted")
    else:
        lines += draft.conditions(name)
    if wants_any(question):
        some = f"{write_class('some', counted.kind)}\n{write_join(join, name, 'some', 'beside')}"
        lines.append(f"{{ SELECT DISTINCT ?{name} WHERE {{\n{indent(some)}\n}} }}")
    lines.append(f"OPTIONAL {{\n{indent(chr(10).join(inside))}\n}}")
    where = indent("\n".join(lines))
    head = f"SELECT ?{name} (COUNT(DISTINCT ?counted) AS ?number)"
    return f"{head} WHERE {{\n{where}\n}}\nGROUP BY ?{name}"


def is_about_counted(question: Question) -> bool:
    """Say whether the conditions are met by what is counted, not by the thing asked for."""
    counted = question.counted
    return bool(
        counted
        and question.conditions
        and all(
            _is_direct(counted.kind, each) and not _is_direct(question.asked, each)
            for each in question.conditions
        )
    )


def wants_any(question: Question) -> bool:
    """Say whether only things count that have something linked to them at all.

    A theme of a plan without actions is not the one with the fewest.
    """
    counted = question.counted
    if counted is None or is_linked(question.asked, counted.kind):
        return False
    few = counted.comparison == "fewest" or (counted.comparison == "<=" and counted.number > 0)
    none = (counted.comparison, counted.number) == ("=", 0)
    return few or (none and is_about_counted(question))


def _is_direct(asked: str, condition: Condition) -> bool:
    if condition.kind == WORDS:
        return not is_carried(asked, condition)
    if condition.link == "same":
        return asked == condition.kind
    join = find_join(asked, condition.kind)
    return join is not None and not join.carrier


def _compose_groups(draft: Draft, question: Question) -> str:
    """Return the query that counts things in groups; a group without any counts 0.

    Things of several plans are counted plan by plan.
    """
    name, group = variable_of(question.asked), variable_of(question.per)
    link = write_join(require_join(question.asked, question.per), name, group, "between")
    every = [write_class(name, question.asked), link]
    own_plan = is_linked(question.asked, "plan") and question.per != "plan"
    every += [f"?{name} hwbs:inPlan ?plan ."] if own_plan else []
    held = "\n".join([*every, *draft.conditions(name)])
    pairs = f"?{group} ?plan" if own_plan else f"?{group}"
    body = [
        f"{{ SELECT DISTINCT {pairs} WHERE {{\n{indent(chr(10).join(every))}\n}} }}",
        write_class(group, question.per),
        f"OPTIONAL {{\n{indent(held)}\n}}",
        f"OPTIONAL {{ ?{group} skos:prefLabel ?{group}Label }}",
        f"OPTIONAL {{ ?{group} hwbs:inPlan ?groupPlan }}",
        f"OPTIONAL {{ ?{'plan' if own_plan else 'groupPlan'} skos:prefLabel ?planLabel }}",
    ]
    columns = f"?{group} ?{group}Label" + " ?planLabel" * (question.per != "plan")
    where = indent("\n".join(body))
    return (
        f"SELECT {columns} (COUNT(DISTINCT ?{name}) AS ?number)\nWHERE {{\n{where}\n}}\n"
        f"GROUP BY {columns}\nORDER BY STR(?planLabel) STR(?{group}Label) ?{group}\n"
    )


def variable_of(kind: str) -> str:
    """Return the name of the variable that holds things of a kind."""
    first, *others = re.split(r"[^a-z]+", kind)
    return first + "".join(map(str.capitalize, others))
