"""The record as JSON-LD: plain JSON for readers without RDF, and RDF for the others.

The context is `ontology/context.jsonld`; it is written into each file, so that nothing has to
be fetched. The whole record is a flat list; a plan is a tree, from its highest level down to the
partners of each action, whatever levels it has, and a list of what else it refers to.

Specification: https://www.w3.org/TR/json-ld11/

Out of scope: named graphs, which TriG keeps apart.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from hwbs_graph.data import bundled
from hwbs_graph.data.files import read_text
from hwbs_graph.data.turtle import natural_key
from hwbs_graph.errors import FormatError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import HWBS, PREFIXES, RDF
from hwbs_graph.store import Engine
from hwbs_graph.write.export.rdf import collect_triples

_XSD = PREFIXES["xsd"]
#: What stands inside what in the tree: name in the context, property upwards, class or any.
_NEST = (
    ("themes", HWBS.inPlan, HWBS.Theme),
    ("objectivesOfPlan", HWBS.inPlan, HWBS.Objective),
    ("actionsOfPlan", HWBS.inPlan, HWBS.Action),
    ("objectives", HWBS.inTheme, HWBS.Objective),
    ("actionsOfTheme", HWBS.inTheme, HWBS.Action),
    ("actions", HWBS.deliversObjective, HWBS.Action),
    ("parts", HWBS.standsUnder, None),
    ("involvements", HWBS.action, HWBS.Involvement),
)
#: Deeper levels than any plan has are told beside the tree: readers of JSON take no more.
_DEEPEST = 40
#: JSON holds these as they are; larger numbers lose digits in many readers.
_PLAIN_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
Node = dict[str, Any]
Subjects = Mapping[str, list[Triple]]


class Term(NamedTuple):
    """A property of the context: its short name, and the type or language its values have."""

    name: str
    type: str = ""
    language: str = ""


class Context:
    """The names of `ontology/context.jsonld`."""

    def __init__(self) -> None:
        text = read_text(bundled.folder("ontology") / "context.jsonld")
        self.json: dict[str, Any] = json.loads(text)["@context"]
        entries = self.json.items()
        self._classes = {
            self._expand(entry): name
            for name, entry in entries
            if isinstance(entry, str) and name not in PREFIXES
        }
        self._terms = {
            self._expand(entry["@id"]): Term(
                name, self._expand(entry.get("@type", "")), entry.get("@language", "")
            )
            for name, entry in entries
            if isinstance(entry, dict) and "@id" in entry
        }

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.json[prefix] + local if prefix in PREFIXES else name

    def shorten(self, node: object) -> str:
        """Return the shortest name that a prefix gives for an IRI, or a blank node as it is."""
        return _shorten_iri(node.value if isinstance(node, NamedNode) else str(node))

    def name_class(self, node: NamedNode) -> str:
        """Return the name of a class."""
        return self._classes.get(node.value) or self.shorten(node)

    def find_term(self, predicate: NamedNode) -> Term:
        """Return the term for a property; one that the context lacks has neither type."""
        return self._terms.get(predicate.value) or Term(self.shorten(predicate))

    def compact_value(self, term: Term, value: object) -> Any:
        """Return a value as short as the type of its term allows, and in full otherwise."""
        if isinstance(value, NamedNode | BlankNode):
            return self.shorten(value) if term.type == "@id" else {"@id": self.shorten(value)}
        if not isinstance(value, Literal):
            raise FormatError("JSON-LD", "a statement about a statement", "N-Triples")
        if value.language:
            if value.language == term.language:
                return value.value
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == term.type:
            return value.value
        coerced = bool(term.type or term.language)
        if datatype == _XSD + "string":
            return {"@value": value.value} if coerced else value.value
        if datatype == _XSD + "integer" and not coerced and _PLAIN_INTEGER.match(value.value):
            return int(value.value)
        return {"@value": value.value, "@type": self.shorten(value.datatype)}


@lru_cache(1 << 16)
def _shorten_iri(iri: str) -> str:
    found = [
        f"{prefix}:{iri[len(base) :]}"
        for prefix, base in PREFIXES.items()
        if iri.startswith(base) and len(iri) > len(base) and iri[len(base)] != "/"
    ]
    return min(found, key=len, default=iri)


def write_jsonld(engine: Engine, plan: str | None = None) -> bytes:
    """Return JSON-LD of the record as a flat list, or of the plan with this IRI as a tree."""
    context = Context()
    ordered = sorted(collect_triples(engine, plan), key=_sort_key)
    subjects = group_pairs((str(triple.subject), triple) for triple in ordered)
    graph = _list_nodes(context, subjects) if plan is None else _build_tree(context, subjects, plan)
    document = {"@context": context.json, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _sort_key(triple: Triple) -> tuple[object, ...]:
    return natural_key(str(triple.subject)), str(triple.predicate), natural_key(str(triple.object))


def _list_nodes(context: Context, subjects: Subjects) -> list[Node]:
    return [_build_node(context, group) for group in subjects.values()]


def _build_node(context: Context, triples: list[Triple]) -> Node:
    """Return one thing with all its statements; several values become a list."""
    values = group_pairs(_compact_statement(context, triple) for triple in triples)
    values["@id"] = [context.shorten(triples[0].subject)]
    keys = sorted(values, key=lambda key: (not key.startswith("@"), key))
    return {key: values[key][0] if len(values[key]) == 1 else values[key] for key in keys}


def _compact_statement(context: Context, triple: Triple) -> tuple[str, Any]:
    if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
        return "@type", context.name_class(triple.object)
    term = context.find_term(triple.predicate)
    return term.name, context.compact_value(term, triple.object)


def _build_tree(context: Context, subjects: Subjects, plan: str) -> list[Node]:
    """Return the plan as a tree, then whatever does not stand in it."""
    inside = _find_children(subjects, HWBS.inPlan, None)
    # A strategy may stand for the action plan that delivers it.
    root = min(inside, key=lambda key: (key != f"<{plan}>", key), default=f"<{plan}>")
    nests = _find_nests(subjects, root, {root, *inside.get(root, ())})
    left = dict(subjects)

    def tree(key: str, level: int) -> Node:
        group = left.pop(key, None)
        if group is None:  # an objective under several themes is written out under the first
            return {"@id": context.shorten(subjects[key][0].subject)}
        node = _build_node(context, group)
        for name, below in nests.get(key, ()) if level < _DEEPEST else ():
            node[name] = [tree(child, level + 1) for child in below]
        return node

    top = [tree(root, 0)] if root in left else []
    return top + _list_nodes(context, left)


def _find_nests(
    subjects: Subjects, root: str, own: Collection[str]
) -> Mapping[str, list[tuple[str, list[str]]]]:
    """Return what stands inside each thing, by the names of the context.

    Directly in the plan stands only what stands under nothing else of its `own`.
    """
    found = [
        (name, upwards, _find_children(subjects, upwards, cls)) for name, upwards, cls in _NEST
    ]
    placed = {
        child
        for _, up, children in found
        if up != HWBS.inPlan
        for parent, below in children.items()
        if parent in own
        for child in below
    }
    nests: dict[str, list[tuple[str, list[str]]]] = {}
    for name, _, children in found:
        for parent, below in children.items():
            if rest := [child for child in below if parent != root or child not in placed]:
                nests.setdefault(parent, []).append((name, rest))
    return nests


def _find_children(
    subjects: Subjects, upwards: NamedNode, cls: NamedNode | None
) -> Mapping[str, list[str]]:
    """Return which things, all or those of a class, stand inside which, in printed order."""
    ordered = sorted(subjects, key=lambda key: (_find_order(subjects[key]), natural_key(key)))
    return group_pairs(
        (str(each.object), key)
        for key in ordered
        if cls is None
        or any(each.predicate == RDF.type and each.object == cls for each in subjects[key])
        for each in subjects[key]
        if each.predicate == upwards
    )


def _find_order(group: Iterable[Triple]) -> int:
    orders = (each.object for each in group if each.predicate == HWBS.printedOrder)
    values = (each.value for each in orders if isinstance(each, Literal))
    return next((int(value) for value in values if _PLAIN_INTEGER.match(value)), 0)
