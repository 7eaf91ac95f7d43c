"""The stated part of a store that changes: each fact once, in the first graph that states it.

What several graphs state, and what does not count of several values, stands aside, so that it
comes back when what hid it goes.

Out of scope: what is derived, and which files there are (`file_changes`).
"""

from collections.abc import Collection, Iterable
from itertools import chain

from pyoxigraph import NamedNode, Quad, Store, Triple

from hwbs_graph.data.rdf_files import GraphName, GraphRanks
from hwbs_graph.data.repeated_values import Subject, set_aside
from hwbs_graph.load.sources import Sources
from hwbs_graph.model.single_values import FURTHER, restore


class Stated:
    """The statements of a store, of which nothing derived is left, while they change."""

    def __init__(self, store: Store, ranks: GraphRanks, known: Sources) -> None:
        self._store, self._ranks = store, ranks
        self._repeated: dict[Triple, list[GraphName]] = {}
        for quad in known.repeated:
            self._repeated.setdefault(quad.triple, []).append(quad.graph_name)
        self._aside: dict[Subject, list[Quad]] = {}
        for quad in known.aside:
            self._aside.setdefault(quad.subject, []).append(quad)
        self._touched: dict[NamedNode, set[Subject]] = {}

    def drop(self, graphs: Collection[GraphName]) -> None:
        """Remove graphs; what a later graph states too stays, in that one."""
        self._repeated = {
            triple: left
            for triple, held in self._repeated.items()
            if (left := [each for each in held if each not in graphs])
        }
        self._restore(quad.subject for graph in graphs for quad in self._list(graph))
        for quad in list(chain.from_iterable(map(self._list, graphs))):
            self._touch(quad)
            self._store.remove(quad)
            if held := self._repeated.pop(quad.triple, None):
                first, *others = sorted(held, key=self._ranks.rank)
                self._store.add(_in_graph(quad, first))
                if others:
                    self._repeated[quad.triple] = others

    def add(self, quads: Collection[Quad]) -> None:
        """Add statements; what an earlier graph states already stands aside."""
        self._restore(quad.subject for quad in quads)
        for quad in quads:
            self._touch(quad)
            known = self._find(quad.triple)
            if known == quad.graph_name:
                continue
            if known is not None and self._ranks.rank(known) < self._ranks.rank(quad.graph_name):
                self._repeat(quad)
                continue
            if known is not None:
                self._store.remove(_in_graph(quad, known))
                self._repeat(_in_graph(quad, known))
            self._store.add(quad)

    def settle(self) -> tuple[list[Quad], list[Quad]]:
        """Choose the values that count; return what is repeated, and the values that do not."""
        further = list(set_aside(self._store, self._touched))
        self._store.extend(further)
        repeated = [
            Quad(triple.subject, triple.predicate, triple.object, graph)
            for triple, held in self._repeated.items()
            for graph in held
        ]
        return repeated, [*chain.from_iterable(self._aside.values()), *map(restore, further)]

    def _list(self, graph: GraphName) -> Iterable[Quad]:
        return self._store.quads_for_pattern(None, None, None, graph)

    def _find(self, triple: Triple) -> GraphName | None:
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return next((quad.graph_name for quad in found), None)

    def _repeat(self, quad: Quad) -> None:
        held = self._repeated.setdefault(quad.triple, [])
        if quad.graph_name not in held:
            held.append(quad.graph_name)

    def _touch(self, quad: Quad) -> None:
        if quad.predicate in FURTHER:
            self._touched.setdefault(quad.predicate, set()).add(quad.subject)

    def _restore(self, subjects: Iterable[Subject]) -> None:
        """Put the values of things that stood aside back where their files have them."""
        for subject in set(subjects):
            for quad in self._aside.pop(subject, ()):
                further = FURTHER[quad.predicate]
                self._store.remove(Quad(subject, further, quad.object, quad.graph_name))
                self._store.add(quad)
                self._touch(quad)


def _in_graph(quad: Quad, graph: GraphName) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)
