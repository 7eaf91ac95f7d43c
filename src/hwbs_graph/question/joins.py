"""How two kinds of thing are joined in a composed question, by the registry.

A link is direct where the thing asked for has it itself. Where it is had by what leads to it, as
partners are reached through actions, that carrier is a variable of its own.

Out of scope: the text of a whole query (`composing`).
"""

from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.model.kinds import Kind
from hwbs_graph.model.vocabulary import SCHEMES, TERMS
from hwbs_graph.question.facets import DATE, FACETS, LEAD
from hwbs_graph.question.stated_kinds import (
    CHANGE,
    CHANGE_IN_PLAN,
    COMPARED,
    ELEMENT,
    ENDS,
    FIGURE,
    IN_PLAN,
    MANIFOLD,
    STATED_IN_PLAN,
    TOLD,
    VALUES,
    WHEN,
    list_narrower,
    list_stated,
)
from hwbs_graph.question.value import JUDGED, STATED, WORDS, Condition

_WORKSHOP = f"<{SCHEMES}basis/said-in-workshop>"
_BASES = {
    STATED: ("stated-in-document", "stated-elsewhere"),
    JUDGED: ("curated-judgement",),
}


#: Of what a change between plans may be.
ELEMENTS = ("objective", "priority", "action", "focus area")


class Join(NamedTuple):
    """Patterns from ?asked to ?other, by their variables; `carrier` is the kind between, or ""."""

    carrier: str
    #: Pairs of variables to join, as (from, to, kind that the second is of).
    steps: tuple[tuple[str, str, str], ...]


#: Kinds that stand in plans and themes, and lead to nothing else.
_IN_PLANS = ("principle", "example", "resident statement", MANIFOLD)


def _is_in_plans(kind: str) -> bool:
    """Say whether things of a kind stand in plans and themes, and lead to nothing else."""
    return kind in _IN_PLANS or list_narrower().get(kind, ("",))[0] == MANIFOLD


def find_kind(name: str) -> Kind:
    """Return a kind by its name."""
    if name in list_stated():
        return list_stated()[name]
    if name in list_narrower():
        return list_narrower()[name][1]
    return next(kind for kind in bundled.registry().kinds if kind.name == name)


def is_linked(element: str, kind: str) -> bool:
    """Say whether things of kind `element` lead themselves to things of `kind`."""
    one, other = find_kind(element), find_kind(kind)
    if not other.linked_by:
        return False
    if other.linked_from:
        return one.name.replace(" ", "-") in other.linked_from
    return (_is_element(one) and kind in one.narrowed_by) or _is_usual(one, kind)


def _is_element(kind: Kind) -> bool:
    return bool(kind.map_column and not kind.shared) or kind.promised


def _is_usual(one: Kind, kind: str) -> bool:
    """Say whether an element has a link that no list is narrowed by, such as a group of people."""
    filters = ("plan", "theme", "partner", "determinant")
    return _is_element(one) and kind not in filters


def _holds_elements(kind: str) -> bool:
    """Say whether elements lead to things of a kind, which then stand for all of them too."""
    known = find_kind(kind)
    return bool(known.linked_by and not known.linked_from)


def find_join(asked: str, other: str) -> Join | None:
    """Return how things of one kind are joined to those of another; None where nothing does."""
    if other in FACETS or other == DATE:
        return _find_mark(asked, other)
    if asked == CHANGE:
        step = {"plan": CHANGE_IN_PLAN, **dict.fromkeys(ELEMENTS, CHANGE)}.get(other)
        return Join("", (("other", "asked", step),)) if step else None
    if other == WHEN:
        return Join("", ())
    if _is_in_plans(asked) and other in ("plan", "theme"):
        return Join("", (("asked", "other", other),))
    if asked in TOLD:
        is_plan = other == "plan"
        return Join("", (("asked", "other", STATED_IN_PLAN),)) if is_plan else None
    if asked == other:
        carriers = find_kind(asked).linked_from
        if len(carriers) != 1 or not find_kind(asked).shared:
            return None
        hub = carriers[0].replace("-", " ")
        return Join(hub, (("carrier", "asked", asked), ("carrier", "other", other)))
    if is_linked(asked, other):
        return Join("", (("asked", "other", other),))
    if is_linked(other, asked) and not _holds_elements(other):
        return Join("", (("other", "asked", asked),))
    for hub in _list_carriers(asked, other):
        return Join(hub, (("carrier", "asked", asked), ("carrier", "other", other)))
    return None


def _find_mark(asked: str, facet: str) -> Join | None:
    """Return how things of a kind are joined to what holds a mark; no steps where they do."""
    holder = FACETS[facet].holder if facet in FACETS else ""
    if holder and facet != LEAD:
        return find_join(asked, holder)
    may = asked == holder if holder else asked in ("theme", "target") or find_kind(asked).promised
    return Join("", ()) if may else None


def _list_carriers(asked: str, other: str) -> list[str]:
    """Return the one kind that leads to both; nothing where several could be meant."""
    kinds = [kind.name for kind in bundled.registry().kinds if kind.linked_by or kind.map_column]
    both = [kind for kind in kinds if is_linked(kind, asked) and is_linked(kind, other)]
    return both if len(both) == 1 else []


def is_container(asked: str, kind: str) -> bool:
    """Say whether things asked for stand in things of a kind, most of them in one alone."""
    return kind in ("theme", "plan") and is_linked(asked, kind)


def is_carried(asked: str, condition: Condition) -> bool:
    """Say whether a condition is met by a carrier, and not by the thing asked for itself."""
    return bool(find_carrier(asked, condition))


def find_carrier(asked: str, condition: Condition) -> str:
    """Return the kind that meets a condition for the thing asked for, "" where itself does.

    Of a partner little is told: words are those of its actions.
    """
    if condition.link == "same" or (condition.kind == WORDS and asked not in ("partner", CHANGE)):
        return ""
    if asked == CHANGE:
        return ELEMENT if condition.kind == WORDS else ""
    join = find_join(asked, asked if condition.kind == WORDS else condition.kind)
    return join.carrier if join else ""


def write_link(source: str, target: str, kind: str) -> str:
    """Return the pattern by which ?source leads to ?target, a thing of `kind`."""
    if kind == CHANGE:
        return f"?{target} {ENDS} ?{source} ."
    if kind == CHANGE_IN_PLAN:
        return f"?{target} ({ENDS})/hwbs:inPlan ?{source} ."
    if kind == STATED_IN_PLAN:
        return _write_stated(source, target)
    linked = find_kind(kind).linked_by
    relation = bundled.registry().relations.get(TERMS + linked.removeprefix("hwbs:"))
    if relation is None or not relation.is_statement:
        return f"?{source} {linked} ?{target} ."
    node = f"?{source}_{target}"
    return (
        f"{node} a <{relation.iri}> ; <{relation.from_role}> ?{source} ; "
        f"<{relation.to_role}> ?{target} .\n"
        f"MINUS {{ {node} hwbs:basis {_WORKSHOP} }}"
    )


def _write_stated(source: str, target: str) -> str:
    """Return the pattern that ?source is stated in a plan; a claim must be of the plan's place."""
    told = f"  #+ bind: {target}\n  ?{source} {IN_PLAN} ?{target} ."
    place, name = f"?{source}At", f"?{target}Name"
    claim = f"?{source} a hwbs:Claim"
    return (
        f"{{\n{told}\n  MINUS {{ {claim} }}\n}}\nUNION\n{{\n{told}\n"
        f"  {claim} ; hwbs:placeName {place} .\n  ?{target} skos:prefLabel {name} .\n"
        f'  FILTER(CONTAINS(LCASE(STR({name})), CONCAT(LCASE(STR({place})), " ")))\n}}'
    )


def write_basis(source: str, target: str, kind: str, basis: str) -> str:
    """Return the pattern that a statement on some basis leads from ?source to ?target."""
    relations = bundled.registry().relations.values()
    local = kind.title().replace(" ", "").casefold()
    (relation,) = (r for r in relations if r.to_role.casefold().endswith(f"#{local}"))
    node = f"{source}_{target}On"
    bases = " ".join(f"<{SCHEMES}basis/{each}>" for each in _BASES[basis])
    return (
        f"?{node} a <{relation.iri}> ; <{relation.from_role}> ?{source} ; "
        f"<{relation.to_role}> ?{target} ; hwbs:basis ?{node}Basis .\n"
        f"VALUES ?{node}Basis {{ {bases} }}"
    )


def write_class(variable: str, kind: str) -> str:
    """Return the pattern that ?variable is of a kind."""
    known = find_kind(kind)
    if known.general_class:
        others = _list_other_classes(kind)
        beside = f"VALUES ?{variable}Other {{ {others} }} ?{variable} a ?{variable}Other"
        return f"?{variable} a <{known.general_class}> .\nMINUS {{ {beside} }}"
    if len(known.classes) == 1:
        value = f" ; {VALUES} ?{variable}Value" if kind in (FIGURE, COMPARED) else ""
        return f"?{variable} a <{known.classes[0]}>{value} ."
    listed = " ".join(f"<{iri}>" for iri in known.classes)
    return f"VALUES ?{variable}Class {{ {listed} }}\n?{variable} a ?{variable}Class ."


def _list_other_classes(kind: str) -> str:
    """Return the classes of elements that are of another kind, though of its general class."""
    kinds = (each for each in bundled.registry().kinds if each.map_column and each.name != kind)
    return " ".join(f"<{iri}>" for each in kinds if not each.shared for iri in each.classes)
