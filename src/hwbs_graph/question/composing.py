"""From a question to its SPARQL: fixed pieces, joined by the registry, with every value bound.

What a person typed reaches the query as a bound term only. “None of” is MINUS, and what is counted
is counted in a sub-select, which every engine plans alike.

Out of scope: what the words of a question mean (`reading`), and running the query.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from hwbs_graph.model.vocabulary import prefix_lines
from hwbs_graph.query import catalogue
from hwbs_graph.question.joins import (
    Join,
    find_carrier,
    find_join,
    is_carried,
    is_linked,
    write_class,
    write_link,
)
from hwbs_graph.question.patterns import make_pattern
from hwbs_graph.question.stated_kinds import CHANGE, FIGURE, STATEMENT
from hwbs_graph.question.value import THROUGH, WORDS, Condition, Counted, Question
from hwbs_graph.store import Term

#: The query about the things found, where it is not that of most kinds.
_TEMPLATES = {
    FIGURE: "internal/composed-statements",
    STATEMENT: "internal/composed-statements",
    CHANGE: "internal/composed-changes",
}
#: Where the words of a thing stand.
_TEXTS = "skos:prefLabel|dcterms:abstract|dcterms:description|skos:definition"
#: Where those of a statement do, besides.
_OF_STATED = (
    "|hwbs:population|hwbs:placeName|hwbs:unit|hwbs:period|prov:wasQuotedFrom/hwbs:printedText"
)


class Unlinked(Exception):
    """Two kinds that no relation joins in one way alone."""

    def __init__(self, asked: str, other: str) -> None:
        self.asked, self.other = asked, other
        super().__init__(f"{asked} and {other}")


#: From an element to what it stands under.
_UPWARDS = "hwbs:deliversObjective|hwbs:standsUnder"


class Unclear(Exception):
    """Conditions that one carrier must meet, or several: the question does not say."""


class Composed(NamedTuple):
    """A query, and what its marked variables are bound to."""

    text: str
    bindings: dict[str, tuple[Term, ...]]


class _Draft:
    """The pieces of one query as they are gathered."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.bindings: dict[str, tuple[Term, ...]] = {}
        self.carried = _shares_carrier(question)

    def bind(self, *values: Term) -> str:
        """Bind a new variable to one of some values, and return its name."""
        name = f"given{len(self.bindings) + 1}"
        self.bindings[name] = values
        return name

    def condition(self, condition: Condition, number: int, asked: str) -> Iterator[str]:
        """Yield the patterns of one condition on ?asked, each name or all at once."""
        if condition.mode == "all":
            for each, iris in enumerate(condition.things):
                yield self.link(condition, iris, f"{number}{'abcdefghij'[each]}", asked)
            return
        every = tuple(iri for iris in condition.things for iri in iris)
        if condition.is_denied and condition.link == "same":
            # A MINUS would leave out only what it binds itself.
            yield f"FILTER(?{asked} NOT IN ({_list_iris(every)}))"
            return
        held = self.link(condition, every, str(number), asked)
        if condition.is_denied:
            if is_carried(self.question.asked, condition):
                if condition.kind == WORDS:
                    raise Unclear
                join = require_join(self.question.asked, condition.kind)
                yield write_join(join, asked, f"any{number}", f"some{number}")
            yield f"MINUS {{\n{_indent(held)}\n}}"
            return
        yield held
        if condition.mode == "only":
            yield self.others(condition, every, number, asked)

    def link(self, condition: Condition, values: tuple[str, ...], number: str, asked: str) -> str:
        """Return the patterns by which ?asked is linked to one of some values."""
        if condition.kind == WORDS:
            return self.words(condition, values, number, asked)
        given = self.bind(*map(NamedNode, values))
        if condition.link == "same":
            return f"#+ bind: {given}\nFILTER(?{asked} = ?{given})"
        join = require_join(self.question.asked, condition.kind)
        own = self.name_carrier(condition, number)
        held = f"above{number}" if condition.link == THROUGH else asked
        lines = write_join(join, held, given, own)
        if condition.link == THROUGH:
            lines = f"?{asked} {_UPWARDS} ?{held} .\n{lines}"
        if self.question.asked == condition.kind:
            lines += f"\nFILTER(?{asked} != ?{given})"
        return f"#+ bind: {given}\n{lines}"

    def others(self, condition: Condition, values: tuple[str, ...], number: int, asked: str) -> str:
        """Return what leaves out things that are linked to others of the kind too.

        The others are counted: Virtuoso overflows at what is denied within something denied.
        """
        join = require_join(self.question.asked, condition.kind)
        other = f"other{number}"
        lines = write_join(join, asked, other, f"beside{number}")
        others = f"SUM(IF(?{other} IN ({_list_iris(values)}), 0, 1))"
        return (
            f"{{ SELECT ?{asked} WHERE {{\n{_indent(lines)}\n}}\n"
            f"GROUP BY ?{asked} HAVING({others} = 0) }}"
        )

    def name_carrier(self, condition: Condition, number: str) -> str:
        """Return the variable of what meets a condition: one for all, or one for it alone."""
        alone = condition.is_denied or not (self.carried or self.question.asked == CHANGE)
        return f"carrier{number}" if alone else "carrier"

    def words(self, condition: Condition, words: tuple[str, ...], number: str, asked: str) -> str:
        """Return the patterns that a text of ?asked, or of its carrier, holds one of some words."""
        kind = find_carrier(self.question.asked, condition)
        if not kind:
            return self.texts(words, number, asked, self.question.asked)
        carrier = self.name_carrier(condition, number)
        found = self.texts(words, number, carrier, kind)
        return f"{found}\n{write_link(carrier, asked, self.question.asked)}"

    def texts(self, words: tuple[str, ...], number: str, asked: str, kind: str) -> str:
        """Return the sub-select for the things of a kind whose text holds one of some words."""
        is_stated = kind in (FIGURE, STATEMENT)
        given = self.bind(*(Literal(make_pattern(word, is_stated)) for word in words))
        texts = _TEXTS + _OF_STATED * is_stated
        found = (
            f"#+ bind: {given}\n?{asked} {texts} ?text{number} .\n"
            f"FILTER(REGEX(LCASE(STR(?text{number})), ?{given}))"
        )
        # Each alone: the texts that hold one word would be paired with those that hold the next.
        bound = write_class(asked, kind)
        return f"{{ SELECT DISTINCT ?{asked} WHERE {{\n{_indent(bound)}\n{_indent(found)}\n}} }}"

    def conditions(self, asked: str) -> list[str]:
        """Return the patterns of all conditions, those that deny last."""
        ordered = sorted(enumerate(self.question.conditions), key=lambda pair: pair[1].is_denied)
        return [each for number, c in ordered for each in self.condition(c, number, asked)]


def compose(question: Question) -> Composed:
    """Return the query of a question. Raises Unlinked where its kinds cannot be joined."""
    draft = _Draft(question)
    if question.per:
        text = _compose_groups(draft, question)
    elif question.counted:
        text = _compose_counted(draft, question, question.counted)
    else:
        text = _compose_list(question, _select_things(draft, question))
    bare = re.sub(r"(?m)^(#|PREFIX ).*\n", "", text)
    return Composed(prefix_lines(bare) + bare, draft.bindings)


def _select_things(draft: _Draft, question: Question) -> str:
    name = variable_of(question.asked)
    lines = [write_class(name, question.asked), *draft.conditions(name)]
    return f"SELECT DISTINCT ?{name} WHERE {{\n{_indent(chr(10).join(lines))}\n}}"


def _compose_list(question: Question, inner: str, counted: bool = False) -> str:
    """Return the query that tells the things of an inner one: in which plan, and where printed."""
    text = catalogue.load(_TEMPLATES.get(question.asked, "internal/composed-things")).text
    if not counted:
        text = text.replace(" DESC(?number)", "").replace(" ?number", "")
    named = text.replace("?thing", f"?{variable_of(question.asked)}")
    return named.replace("  #+ pattern: things", f"  {{\n{_indent(inner, 4)}\n  }}")


def _compose_counted(draft: _Draft, question: Question, counted: Counted) -> str:
    """Return the query for things that are linked to some number of others, or most or fewest."""
    counting = _count_linked(draft, question, counted)
    if not counted.is_extreme:
        test = f"HAVING(COUNT(DISTINCT ?counted) {counted.comparison} {counted.number})"
        return _compose_list(question, f"{counting}\n{test}", counted=True)
    best = "MAX" if counted.comparison == "most" else "MIN"
    name = variable_of(question.asked)
    every = counting.replace(f"SELECT ?{name} ", "SELECT ", 1).replace("?number", "?each", 1)
    top = f"SELECT ({best}(?each) AS ?best) WHERE {{\n  {{\n{_indent(every, 4)}\n  }}\n}}"
    # A filter compares them: rdflib joins no two sub-selects on what one of them counts.
    both = f"{{\n{_indent(top)}\n}}\n{{\n{_indent(counting)}\n}}\nFILTER(?number = ?best)"
    return _compose_list(
        question, f"SELECT ?{name} ?number WHERE {{\n{_indent(both)}\n}}", counted=True
    )


def _count_linked(draft: _Draft, question: Question, counted: Counted) -> str:
    """Return the sub-select that counts, for each thing, what of a kind is linked to it."""
    name = variable_of(question.asked)
    join = require_join(question.asked, counted.kind)
    link = write_join(join, name, "counted", "between")
    lines = [write_class(name, question.asked)]
    inside = [write_class("counted", counted.kind), link]
    if is_about_counted(question):
        own = _Draft(question._replace(asked=counted.kind))
        own.bindings = draft.bindings
        inside += own.conditions("counted")
    else:
        lines += draft.conditions(name)
    if wants_any(question):
        some = f"{write_class('some', counted.kind)}\n{write_join(join, name, 'some', 'beside')}"
        lines.append(f"{{ SELECT DISTINCT ?{name} WHERE {{\n{_indent(some)}\n}} }}")
    lines.append(f"OPTIONAL {{\n{_indent(chr(10).join(inside))}\n}}")
    where = _indent("\n".join(lines))
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


def _compose_groups(draft: _Draft, question: Question) -> str:
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
        f"{{ SELECT DISTINCT {pairs} WHERE {{\n{_indent(chr(10).join(every))}\n}} }}",
        write_class(group, question.per),
        f"OPTIONAL {{\n{_indent(held)}\n}}",
        f"OPTIONAL {{ ?{group} skos:prefLabel ?{group}Label }}",
        f"OPTIONAL {{ ?{group} hwbs:inPlan ?groupPlan }}",
        f"OPTIONAL {{ ?{'plan' if own_plan else 'groupPlan'} skos:prefLabel ?planLabel }}",
    ]
    columns = f"?{group} ?{group}Label" + " ?planLabel" * (question.per != "plan")
    where = _indent("\n".join(body))
    return (
        f"SELECT {columns} (COUNT(DISTINCT ?{name}) AS ?number)\nWHERE {{\n{where}\n}}\n"
        f"GROUP BY {columns}\nORDER BY STR(?planLabel) STR(?{group}Label) ?{group}\n"
    )


def require_join(asked: str, other: str) -> Join:
    """Return how two kinds are joined. Raises Unlinked."""
    join = find_join(asked, other)
    if join is None:
        raise Unlinked(asked, other)
    return join


def write_join(join: Join, asked: str, other: str, carrier: str) -> str:
    """Return the patterns of a join with variables in their places."""
    names = {"asked": asked, "other": other, "carrier": carrier}
    lines = (write_link(names[one], names[two], kind) for one, two, kind in join.steps)
    return "\n".join(lines)


def _shares_carrier(question: Question) -> bool:
    """Say whether the affirmed conditions are met by one carrier, such as one action.

    Raises Unclear where conditions of several kinds could be met by one carrier or by several.
    """
    carried = [c for c in question.conditions if is_carried(question.asked, c)]
    kinds = {c.kind for c in carried}
    parts = sum(len(c.things) if c.mode == "all" else 1 for c in carried)
    if len(kinds) > 1 and (len(kinds) < parts or any(c.mode in ("none", "only") for c in carried)):
        raise Unclear
    return len(kinds) > 1


def variable_of(kind: str) -> str:
    """Return the name of the variable that holds things of a kind."""
    first, *others = re.split(r"[^a-z]+", kind)
    return first + "".join(map(str.capitalize, others))


def _list_iris(values: tuple[str, ...]) -> str:
    return ", ".join(str(NamedNode(value)) for value in values)


def _indent(text: str, width: int = 2) -> str:
    return "\n".join(" " * width + line if line else line for line in text.splitlines())
