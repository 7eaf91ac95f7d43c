"""Which kinds of thing there are and what links them, once for every reader.

`ontology/kinds.ttl` says it, in the terms of `ontology/annotations.ttl`; `read_registry` makes
values of it. A new kind or relation is a few lines there, and appears in every list, picture,
path and export.

Out of scope: finding the file (`data.bundled`), and what the classes mean (the ontology).
"""

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from hwbs_graph.model.vocabulary import TERMS
from hwbs_graph.text import pluralise

#: The annotations of one subject, by their local names.
_Facts = dict[str, list[str]]
#: Stands in a table's columns for those of the passage.
_SOURCE = "source"


class TableColumn(NamedTuple):
    """A column of an exported table: its name and the property path that leads to its values.

    A `labelled` one holds IRIs, and the column of their labels stands beside it.
    """

    name: str
    path: str
    labelled: bool = False


class Kind(NamedTuple):
    """A kind of thing; annotations.ttl defines each field under its name there."""

    name: str
    plural: str
    synonyms: tuple[str, ...]
    #: Those of narrower kinds come last.
    classes: tuple[str, ...]
    general_class: str
    #: The name of the kind under which things of this one are named, or "".
    wider: str
    #: The kind in whose column its things are drawn, or "" for its own.
    drawn_as: str
    #: From 1; 0 is no column.
    map_column: int
    shared: bool
    layered: bool
    uncoded: bool
    sign: str
    #: 0 is not shown in the network of a plan.
    size: float
    paleness: float
    further_names: tuple[str, ...]
    long_named: bool
    unnamed: bool
    speaking: bool
    promised: bool
    held_by_theme: bool
    narrowed_by: tuple[str, ...]
    reached_by: str
    #: A property path from an element, or the class of a statement; "" joins no question.
    linked_by: str
    linked_from: tuple[str, ...]
    #: Columns of the exported table; without any, there is no table.
    table: tuple[TableColumn, ...]
    #: Whether the table ends in the columns of the passage.
    printed: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words for one thing of the kind, its name first."""
        return (self.name, *self.synonyms)

    @property
    def plurals(self) -> tuple[str, ...]:
        """The words for several things, as a list is named: with hyphens for spaces."""
        return tuple(_hyphenate(word) for word in (self.plural, *map(pluralise, self.synonyms)))

    def goes_by(self, word: str) -> bool:
        """Say whether a word, in either number, stands for the kind."""
        return _hyphenate(word) in (*map(_hyphenate, self.words), *self.plurals)


class Relation(NamedTuple):
    """A relation: a property, a class of statements with two roles, or a type of alignment."""

    iri: str
    #: How it reads from its first end to its second, and back.
    forward: str
    backward: str
    from_role: str
    to_role: str
    #: The role of the end whose plan the statement belongs to.
    plan_role: str
    #: The word of the picture, or "" for what is not drawn.
    drawn: str
    #: Whether it is drawn from the second end to the first.
    drawn_backward: bool
    in_network: bool
    in_paths: bool

    @property
    def blanks(self) -> dict[str, str]:
        """The class and the roles of a statement, as a query has them."""
        roles = {"planRole": self.plan_role, "fromRole": self.from_role, "toRole": self.to_role}
        return {name: f"<{iri}>" for name, iri in {"class": self.iri, **roles}.items()}

    @property
    def is_statement(self) -> bool:
        """Say whether a node with two roles states it, and no plain property."""
        return bool(self.from_role)

    @property
    def is_direct(self) -> bool:
        """Say whether a plain property states it; a type of statement is neither."""
        return not self.from_role and "/scheme/" not in self.iri


class Registry(NamedTuple):
    """Every kind in its order, every relation by its IRI, and why a term is neither."""

    kinds: tuple[Kind, ...]
    relations: dict[str, Relation]
    unlisted: dict[str, str]

    @property
    def named(self) -> dict[str, Kind]:
        """The kinds under which things are found by name, by their own name."""
        return {kind.name: kind for kind in self.kinds if not (kind.wider or kind.unnamed)}

    @property
    def columns(self) -> tuple[Kind, ...]:
        """The kinds that have a column of the map, from the left."""
        drawn = [kind for kind in self.kinds if kind.map_column]
        return tuple(sorted(drawn, key=lambda kind: kind.map_column))

    def find_listed(self, plural: str) -> Kind | None:
        """Return the kind of a list, by its plural with or without hyphens."""
        wanted = _hyphenate(plural)
        return next((kind for kind in self.kinds if kind.plurals[0] == wanted), None)

    def drawn_classes(self, shared: bool) -> dict[str, tuple[Kind, Kind]]:
        """Return by class the kind whose column shows its things, and their own kind.

        Of the kinds that plans share, or of the elements of plans.
        """
        columns = {kind.name: kind for kind in self.columns if kind.shared == shared}
        found: dict[str, tuple[Kind, Kind]] = {}
        for kind in self.kinds:
            if column := columns.get(kind.drawn_as or kind.name):
                classes = (kind.general_class,) if kind.general_class else kind.classes
                found |= dict.fromkeys(classes, (column, kind))
        return found


def read_registry(text: str) -> Registry:
    """Return the registry that the Turtle `text` of `kinds.ttl` describes."""
    facts: dict[str, _Facts] = {}
    for subject, predicate, value, _ in parse(text, format=RdfFormat.TURTLE):
        assert isinstance(subject, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        own = facts.setdefault(subject.value, {})
        own.setdefault(predicate.value.rpartition("#")[2], []).append(value.value)
    usual = facts.get(f"{TERMS}Kind", {})
    known = {column.name: column for column in _columns(_one(usual, "tableColumns"), {})}
    kinds = {iri: own for iri, own in facts.items() if "kindOrder" in own}
    ordered = sorted(kinds.items(), key=lambda pair: int(_one(pair[1], "kindOrder")))
    return Registry(
        tuple(_kind(iri, own, kinds, usual, known) for iri, own in ordered),
        {iri: _relation(iri, own) for iri, own in facts.items() if "forward" in own},
        {
            iri: _one(own, "unlistedBecause")
            for iri, own in facts.items()
            if "unlistedBecause" in own
        },
    )


def _kind(
    iri: str,
    own: _Facts,
    kinds: dict[str, _Facts],
    usual: _Facts,
    known: dict[str, TableColumn],
) -> Kind:
    narrower = [each for each in kinds.values() if iri == _one(each, "broader")]
    classes = [each for facts in (own, *narrower) for each in facts.get("ofClass", ())]
    wider = kinds.get(_one(own, "broader"), {})
    columns = _one(own if "tableColumns" in own or "broader" in own else usual, "tableColumns")
    return Kind(
        name=_one(own, "prefLabel"),
        plural=_one(own, "plural"),
        synonyms=tuple(sorted(own.get("altLabel", ()))),
        classes=tuple(classes),
        general_class=_one(own, "generalClass"),
        wider=_one(wider, "prefLabel"),
        drawn_as=_one(kinds.get(_one(own | wider, "drawnAs"), {}), "prefLabel"),
        map_column=int(_one(own, "mapColumn") or 0),
        shared="shared" in own,
        layered="layered" in own,
        uncoded="uncoded" in own,
        sign=_one(own, "sign"),
        size=float(_one(own, "size") or 0),
        paleness=float(_one(own, "paleness") or 0),
        further_names=tuple(_one(own, "furtherNames").split()),
        long_named="longNamed" in own,
        unnamed="unnamed" in own,
        speaking="speaking" in own,
        promised="promised" in own,
        held_by_theme="heldByTheme" in own,
        narrowed_by=tuple(_one(own if "narrowedBy" in own else usual, "narrowedBy").split()),
        reached_by=_one(own, "reachedBy"),
        linked_by=_one(own, "linkedBy"),
        linked_from=tuple(_one(own, "linkedFrom").split()),
        table=tuple(_columns(columns, known)),
        printed=_SOURCE in columns.split(),
    )


def _relation(iri: str, own: _Facts) -> Relation:
    return Relation(
        iri=iri,
        forward=_one(own, "forward"),
        backward=_one(own, "backward"),
        from_role=_one(own, "fromRole"),
        to_role=_one(own, "toRole"),
        plan_role=_one(own, "planRole") or _one(own, "fromRole"),
        drawn=_one(own, "drawnForward") or _one(own, "drawnBackward"),
        drawn_backward="drawnBackward" in own,
        in_network="inNetwork" in own,
        in_paths="outsidePaths" not in own,
    )


def _columns(text: str, known: dict[str, TableColumn]) -> Iterable[TableColumn]:
    for each in text.split():
        name, has_path, path = each.partition("=")
        if has_path:
            yield TableColumn(name.removesuffix("+"), path, name.endswith("+"))
        elif name != _SOURCE:
            yield known[name]


def _hyphenate(word: str) -> str:
    return word.casefold().replace(" ", "-")


def _one(facts: _Facts, name: str) -> str:
    return facts[name][0] if name in facts else ""
