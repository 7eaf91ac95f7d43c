"""The plain records of a page: things, links, plans and what became of what.

Out of scope: how they are read from a graph (`model`), and everything a browser decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hwbs_graph.view.columns import Column


@dataclass(frozen=True)
class Node:
    """One thing of the record; `hue` is 1 to 5, or 0 for what belongs to no single theme.

    `plan` is the number of its plan, -1 for partners and determinants, which plans share. A
    `unit` is what counts are made of: an action, or the innermost heading where there are none.
    """

    id: int
    key: str
    iri: str
    kind: str
    plan: int
    unit: bool
    name: str
    label: str
    code: str
    rank: int
    hue: int
    family: str
    family_order: int
    layer: str
    status: str
    details: tuple[tuple[str, str], ...]
    sources: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """What a link rests on; `standing` is what `basis` means to a reader."""

    basis: str
    standing: str
    sources: tuple[dict[str, Any], ...]
    curator: str
    date: str
    reason: str
    confidence: str


@dataclass(frozen=True)
class Link(Statement):
    """One link from left to right; `also` holds what else states it, less firmly."""

    source: int
    target: int
    relation: str
    also: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Alignment(Statement):
    """What became of an element in a later plan; -1 is the end that new and dropped lack."""

    source: int
    target: int
    type: str
    label: str
    plans: tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """One plan of the record: its own things and the parties they are linked to."""

    number: int
    key: str
    title: str
    subtitle: str
    short: str
    board: str
    columns: tuple[Column, ...]
    nodes: Mapping[int, Node]
    links: tuple[Link, ...]

    def column(self, node: Node) -> Column:
        """Return the column `node` stands in."""
        return next(column for column in self.columns if column.kind == node.kind)


@dataclass(frozen=True)
class Record:
    """Everything a page shows, `nodes` indexed by `Node.id`; `start` is the plan it opens on."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    plans: tuple[Plan, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    alignments: tuple[Alignment, ...] = field(default=())
    start: int = 0

    @property
    def documents(self) -> list[str]:
        """The documents that anything on the page names as a source, in the order they come."""
        sources = [node.sources for node in self.nodes]
        sources += [statement.sources for statement in (*self._statements, *self.alignments)]
        found = [source["document"] for group in sources for source in group]
        return [document for document in dict.fromkeys(found) if document]

    @property
    def bases(self) -> list[str]:
        """What the links of the page rest on, in order of the alphabet."""
        return sorted({statement.basis for statement in self._statements})

    @property
    def _statements(self) -> Iterator[Statement]:
        return (statement for link in self.links for statement in (link, *link.also))
