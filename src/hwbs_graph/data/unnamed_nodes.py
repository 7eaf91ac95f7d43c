"""Which blank nodes of a text are written where they are used, as `[ ... ]` or `( ... )`.

A node that one statement uses needs no name. One that several use, or that leads to itself, keeps
the name its author gave it.

Out of scope: how a term is written (`turtle`).
"""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from pyoxigraph import BlankNode, Triple

from hwbs_graph.errors import DataError
from hwbs_graph.model.vocabulary import RDF

#: Nodes within nodes, each of which is several calls of Python.
MOST = 60


class UnnamedNodes:
    """The blank nodes that need no name, and what is said of each; `name` is the file of errors."""

    def __init__(self, triples: Collection[Triple], name: str) -> None:
        self._name = name
        self._said: dict[Any, list[Triple]] = {}
        for triple in triples:
            if isinstance(triple.subject, BlankNode):
                self._said.setdefault(triple.subject, []).append(triple)
        self._users = {
            triple.object: triple.subject
            for triple in triples
            if isinstance(triple.object, BlankNode)
        }
        self._known = {*self._said, *self._users}
        uses = Counter(triple.object for triple in triples)
        self._named = {node for node in self._users if uses[node] > 1}
        self._named |= set(self._find_circular())
        self._keys: dict[object, str] = {}

    def _find_circular(self) -> Iterator[Any]:
        """Yield the nodes that lead to themselves."""
        settled: set[Any] = set()
        for start in self._users:
            node: Any = start
            way = []
            while node in self._users and node not in self._named and node not in settled:
                settled.add(node)
                way.append(node)
                node = self._users[node]
            if node in way:
                yield from way[way.index(node) :]

    def holds(self, term: object) -> bool:
        """Say whether a term is a blank node of the text that needs no name."""
        return term in self._known and term not in self._named

    def is_written_elsewhere(self, term: object) -> bool:
        """Say whether a node is written where it is used, and so begins no statement."""
        return self.holds(term) and term in self._users

    def list_statements(self, node: object) -> list[Triple]:
        """Return what is said of a node."""
        return self._said.get(node, [])

    def list_items(self, node: object) -> list[Any] | None:
        """Return the items of the list that begins at a node, None where it is none."""
        items = []
        while node != RDF.nil:
            said = {triple.predicate: triple.object for triple in self.list_statements(node)}
            if not self.is_written_elsewhere(node) or len(self.list_statements(node)) != 2:
                return None
            if said.keys() != {RDF.first, RDF.rest}:
                return None
            items.append(said[RDF.first])
            node = said[RDF.rest]
        return items

    def sort_key(self, term: object, depth: int = 0) -> str:
        """Return a text to sort by, which is the same however a parser called the node.

        Raises DataError where nodes stand too deep within others.
        """
        if not self.holds(term):
            return str(term)
        if depth > MOST:
            raise DataError(
                f"{self._name}: blank nodes stand more than {MOST} deep; give one of them an IRI."
            )
        if term not in self._keys:
            inner = partial(self.sort_key, depth=depth + 1)
            if (items := self.list_items(term)) is not None:
                self._keys[term] = f"({' '.join(map(inner, items))})"
            else:
                said = (f"{t.predicate} {inner(t.object)}" for t in self.list_statements(term))
                self._keys[term] = f"[{' ; '.join(sorted(said))}]"
        return self._keys[term]
