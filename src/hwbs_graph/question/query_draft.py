"""The pieces of one query as they are gathered: a pattern for each condition, each value bound.

Out of scope: the whole query (`composing`).
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from hwbs_graph.question.facets import (
    ANY_DATE,
    DATE,
    FACETS,
    LAYER,
    PRINTED,
    PROGRESS,
    write_date,
    write_facet,
    write_lead,
)
from hwbs_graph.question.joins import (
    Join,
    find_carrier,
    find_join,
    is_carried,
    write_basis,
    write_class,
    write_link,
)
from hwbs_graph.question.patterns import make_pattern
from hwbs_graph.question.stated_kinds import CHANGE, COMPARED, DATED, FIGURE, REASON, TOLD, WHEN
from hwbs_graph.question.value import (
    JUDGED,
    LEADS,
    OWN,
    STATED,
    THROUGH,
    WORDS,
    Condition,
    Question,
)
from hwbs_graph.store import Term

#: Where the words of a thing stand.
_TEXTS = "skos:prefLabel|dcterms:abstract|dcterms:description|skos:definition"
#: Where those of a statement do, besides.
_OF_STATED = (
    "|hwbs:population|hwbs:placeName|hwbs:unit|hwbs:period|prov:wasQuotedFrom/hwbs:printedText"
    "|(hwbs:body|org:organization|org:member|hwbs:element)/(skos:prefLabel|skos:altLabel)"
)

_MEASURE = "|hwbs:measuredBy/skos:prefLabel"
#: And those of some kinds: what a reason is for, and what delivers that; what a figure measures.
_OF_KIND = {
    REASON: "|hwbs:rationaleFor/^hwbs:deliversObjective?/skos:prefLabel",
    FIGURE: _MEASURE,
    COMPARED: f"{_MEASURE}|hwbs:measuredBy/^hwbs:measuredBy/skos:prefLabel",
}
#: Where those of what has a date do: what else is told of it may concern another.
_OF_DATED = "skos:prefLabel|skos:altLabel"
#: From an element to what it stands under.
_UPWARDS = "hwbs:deliversObjective|hwbs:standsUnder"


class Unlinked(Exception):
    """Two kinds that no relation joins in one way alone."""

    def __init__(self, asked: str, other: str) -> None:
        self.asked, self.other = asked, other
        super().__init__(f"{asked} and {other}")


class Unclear(Exception):
    """Conditions that one carrier must meet, or several: the question does not say."""


class Draft:
    """The pieces of one query as they are gathered."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.bindings: dict[str, tuple[Term, ...]] = {}
        self.carried = shares_carrier(question)

    def bind(self, *values: Term) -> str:
        """Bind a new variable to one of some values, and return its name."""
        name = f"given{len(self.bindings) + 1}"
        self.bindings[name] = values
        return name

    def condition(self, condition: Condition, number: int, asked: str) -> Iterator[str]:
        """Yield the patterns of one condition on ?asked, each name or all at once."""
        if condition.mode == "all" and condition.kind == WORDS and self.question.asked in TOLD:
            yield self.whole_text(condition.things, number, asked)
            return
        if condition.mode == "all":
            for each, iris in enumerate(condition.things):
                yield self.link(condition, iris, f"{number}{'abcdefghij'[each]}", asked)
            return
        every = tuple(iri for iris in condition.things for iri in iris)
        if condition.is_denied and condition.link == "same" and condition.kind not in FACETS:
            # A MINUS would leave out only what it binds itself.
            yield f"FILTER(?{asked} NOT IN ({_list_iris(every)}))"
            return
        if condition.is_denied and condition.kind == PROGRESS:
            # What no update tells of is not “not on track”; Virtuoso takes no sub-select in MINUS.
            told = write_facet(PROGRESS, asked, f"some{number}")
            yield f"{told}\nFILTER(?some{number} NOT IN ({_list_iris(every)}))"
            return
        held = self.link(condition, every, str(number), asked)
        if condition.is_denied:
            if is_carried(self.question.asked, condition):
                if condition.kind == WORDS:
                    raise Unclear
                join = require_join(self.question.asked, condition.kind)
                yield write_join(join, asked, f"any{number}", f"some{number}")
            yield f"MINUS {{\n{indent(held)}\n}}"
            return
        yield held
        if condition.mode == "only":
            yield self.others(condition, every, number, asked)

    def link(self, condition: Condition, values: tuple[str, ...], number: str, asked: str) -> str:
        """Return the patterns by which ?asked is linked to one of some values."""
        if condition.kind == WORDS:
            return self.words(condition, values, number, asked)
        if condition.kind == WHEN:
            given = self.bind(*map(NamedNode, values))
            return f"#+ bind: {given}\n?{asked} ?{given} ?{asked}When ."
        if condition.kind in (DATE, *FACETS):
            return self.mark(condition, values, number, asked)
        given = self.bind(*map(NamedNode, values))
        if condition.link == "same":
            return f"#+ bind: {given}\nFILTER(?{asked} = ?{given})"
        join = require_join(self.question.asked, condition.kind)
        own = self.name_carrier(condition, number)
        held = f"above{number}" if condition.link == THROUGH else asked
        lines = write_join(join, held, given, own, condition.link == LEADS)
        if condition.link == THROUGH:
            lines = f"?{asked} {_UPWARDS} ?{held} .\n{lines}"
        elif condition.link == OWN:
            lines = f"?{asked} hwbs:inPlan ?{given} ."
        elif condition.link in (STATED, JUDGED):
            holder = own if join.carrier else asked
            lines += f"\n{write_basis(holder, given, condition.kind, condition.link)}"
        if self.question.asked == condition.kind:
            lines += f"\nFILTER(?{asked} != ?{given})"
        return f"#+ bind: {given}\n{lines}"

    def mark(self, condition: Condition, values: tuple[str, ...], number: str, asked: str) -> str:
        """Return the patterns by which ?asked, or what it is linked to, is marked."""
        join = require_join(self.question.asked, condition.kind)
        if condition.kind == DATE:
            given = "" if condition.link == ANY_DATE else self.bind(*map(Literal, values))
            return f"#+ bind: {given}\n" * bool(given) + write_date(asked, given, condition.link)
        is_text = condition.kind == PRINTED
        given = self.bind(*(Literal(v) if is_text else NamedNode(v) for v in values))
        held, lines = asked, ""
        if condition.link != "same" and join.steps:
            held, own = f"holder{number}", self.name_carrier(condition, number)
            lines = f"{write_join(join, asked, held, own)}\n"
            if condition.link in (STATED, JUDGED):
                source = own if join.carrier else asked
                lines += f"{write_basis(source, held, FACETS[LAYER].holder, condition.link)}\n"
            if FACETS[condition.kind].holder == self.question.asked:
                lines += f"FILTER(?{asked} != ?{held})\n"
        return f"#+ bind: {given}\n{lines}{write_facet(condition.kind, held, given)}"

    def others(self, condition: Condition, values: tuple[str, ...], number: int, asked: str) -> str:
        """Return what leaves out things that are linked to others of the kind too.

        The others are counted: Virtuoso overflows at what is denied within something denied.
        """
        if condition.kind in FACETS:
            raise Unclear  # what else a thing is marked with
        join = require_join(self.question.asked, condition.kind)
        other = f"other{number}"
        lines = write_join(join, asked, other, f"beside{number}")
        others = f"SUM(IF(?{other} IN ({_list_iris(values)}), 0, 1))"
        return (
            f"{{ SELECT ?{asked} WHERE {{\n{indent(lines)}\n}}\n"
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
        is_stated = kind in TOLD
        given = self.bind(*(Literal(make_pattern(word, is_stated)) for word in words))
        texts = _TEXTS + _OF_STATED * is_stated
        found = (
            f"#+ bind: {given}\n?{asked} {texts} ?text{number} .\n"
            f"FILTER(REGEX(LCASE(STR(?text{number})), ?{given}))"
        )
        # Each alone: the texts that hold one word would be paired with those that hold the next.
        bound = write_class(asked, kind)
        return f"{{ SELECT DISTINCT ?{asked} WHERE {{\n{indent(bound)}\n{indent(found)}\n}} }}"

    def whole_text(self, words: tuple[tuple[str, ...], ...], number: int, asked: str) -> str:
        """Return the sub-select for statements whose texts together hold each of some words."""
        text = f"whole{number}"
        tests = [
            f"#+ bind: {self.bind(*(Literal(make_pattern(word, True)) for word in each))}"
            for each in words
        ]
        tests += [f"FILTER(REGEX(?{text}, ?{test.rpartition(' ')[2]}))" for test in tests]
        gathered = f'GROUP_CONCAT(LCASE(STR(?said{number})); SEPARATOR=" . ")'
        told = _TEXTS + _OF_STATED + _OF_KIND.get(self.question.asked, "")
        texts = _OF_DATED if self.question.asked == DATED else told
        held = f"{write_class(asked, self.question.asked)}\n?{asked} {texts} ?said{number} ."
        inner = (
            f"{{ SELECT ?{asked} ({gathered} AS ?{text}) WHERE {{\n{indent(held)}\n}} "
            f"GROUP BY ?{asked} }}"
        )
        found = "\n".join([inner, *tests])
        return f"{{ SELECT DISTINCT ?{asked} WHERE {{\n{indent(found)}\n}} }}"

    def conditions(self, asked: str) -> list[str]:
        """Return the patterns of all conditions, those that deny last."""
        ordered = sorted(enumerate(self.question.conditions), key=lambda pair: pair[1].is_denied)
        return [each for number, c in ordered for each in self.condition(c, number, asked)]


def require_join(asked: str, other: str) -> Join:
    """Return how two kinds are joined. Raises Unlinked."""
    join = find_join(asked, other)
    if join is None:
        raise Unlinked(asked, other)
    return join


def write_join(join: Join, asked: str, other: str, carrier: str, leads: bool = False) -> str:
    """Return the patterns of a join with variables in their places; with `leads` of those alone."""
    names = {"asked": asked, "other": other, "carrier": carrier}
    lines = []
    for one, two, kind in join.steps:
        write = write_lead if leads and kind == "partner" else None
        ends = names[one], names[two]
        lines.append(write(*ends) if write else write_link(*ends, kind))
    return "\n".join(lines)


def shares_carrier(question: Question) -> bool:
    """Say whether the affirmed conditions are met by one carrier, such as one action.

    Raises Unclear where conditions of several kinds could be met by one carrier or by several.
    """
    carried = [c for c in question.conditions if is_carried(question.asked, c)]
    kinds = {c.kind for c in carried}
    parts = sum(len(c.things) if c.mode == "all" else 1 for c in carried)
    if len(kinds) > 1 and (len(kinds) < parts or any(c.mode in ("none", "only") for c in carried)):
        raise Unclear
    return len(kinds) > 1


def _list_iris(values: tuple[str, ...]) -> str:
    return ", ".join(str(NamedNode(value)) for value in values)


def indent(text: str, width: int = 2) -> str:
    """Return lines with spaces before each."""
    return "\n".join(" " * width + line if line else line for line in text.splitlines())
