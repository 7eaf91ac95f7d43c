"""Counts of one plan, as the page itself counts: every thing stands for a set of units.

The steps of a presentation say numbers beside a picture that shows them, so both have to come
from the same rules: those of `model.js` and `filters.js`.

Out of scope: sentences about the counts (`steps`), and filters of the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from hwbs_graph.view.records import Link, Node, Record

Ends = Mapping[int, list[int]]


class Tally:
    """One plan of a record: its units and elements, and which units each thing stands for.

    `named` are the plan's links to partners and determinants; `units_of` the units behind each.
    """

    def __init__(self, record: Record, number: int) -> None:
        self.record = record
        self.own = {node.id for node in record.nodes if node.plan == number}
        self.units = {id for id in self.own if record.nodes[id].unit}
        self._first = record.columns[0].kind if record.columns else ""
        self._parties = {column.kind for column in record.columns if column.role == "party"}
        self.parents: defaultdict[int, list[int]] = defaultdict(list)
        self.children: defaultdict[int, list[int]] = defaultdict(list)
        for link in record.links:
            if not self._is_party(link.target):
                self.parents[link.target].append(link.source)
                self.children[link.source].append(link.target)

    @cached_property
    def elements(self) -> set[int]:
        """The plan's own elements and what they stand under, which may be another plan's theme."""
        return reach(self.own, self.parents)

    @cached_property
    def named(self) -> list[Link]:
        """The links to parties that speak of units too.

        A body responsible for a theme is responsible for all of it, but that a theme mentions a
        determinant says nothing of its single actions.
        """
        links = [link for link in self.record.links if link.source in self.elements]
        return [
            link
            for link in links
            if self._is_party(link.target)
            and (link.relation != "addresses" or not self._is_root(link))
        ]

    @cached_property
    def units_of(self) -> dict[int, set[int]]:
        """The units behind each party that is named, a heading standing for all its units."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for link in self.named:
            found[link.target] |= self.under(link.source)
        return dict(found)

    def under(self, id: int) -> set[int]:
        """Return the plan's units that stand under an element, or are it."""
        return reach([id], self.children) & self.units

    def roots(self, ids: Iterable[int]) -> set[int]:
        """Return the elements of the first column that `ids` stand under."""
        above = reach(ids, self.parents)
        return {id for id in above if self.record.nodes[id].kind == self._first}

    def heads(self) -> list[Node]:
        """Return the headings just above the units, and units under no heading, in map order."""
        found = {head for unit in self.units for head in self.parents.get(unit) or [unit]}
        return self.ordered(found)

    def ordered(self, ids: Iterable[int]) -> list[Node]:
        """Return the nodes in map order: by column, then from the top."""
        column = {column.kind: place for place, column in enumerate(self.record.columns)}
        nodes = [self.record.nodes[id] for id in ids]
        return sorted(nodes, key=lambda node: (column[node.kind], node.rank, node.id))

    def of_kind(self, kind: str) -> list[Node]:
        """Return the plan's elements or named parties of one kind, in map order."""
        everything = self.units_of if kind in self._parties else self.elements
        return self.ordered(id for id in everything if self.record.nodes[id].kind == kind)

    def _is_party(self, id: int) -> bool:
        return self.record.nodes[id].kind in self._parties

    def _is_root(self, link: Link) -> bool:
        source = self.record.nodes[link.source]
        return source.kind == self._first and not source.unit


def reach(starts: Iterable[int], ends: Ends) -> set[int]:
    """Return `starts` and everything that `ends` leads to from them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for other in ends.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
