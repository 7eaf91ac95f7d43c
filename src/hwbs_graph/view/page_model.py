"""What a page shows: things, links, plans and what became of what.

A node's fields are those of the page's data, by the same names, so that nothing is translated on
the way: the list without JavaScript, the tables on paper and the scripts all read these values.

Out of scope: how they are read from a graph (`model_reader`), and what a browser decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from hwbs_graph.report.room_notes import RoomNote
from hwbs_graph.view.columns import Column


class Source(TypedDict):
    """Where something is printed; `line` counts from 1, None where it is not recorded."""

    document: str
    place: str
    line: int | None
    printed: str


Sources = tuple[Source, ...]


@dataclass(frozen=True)
class Node:
    """One thing of the record; `hue` is 1 to 8, or 0 for what belongs to no single theme.

    `plan` is the number of its plan, -1 for partners and determinants, which plans share. A
    `leaf` is what counts are made of (`leaves`). `familyOrder` is 0 for a theme of no family.
    `body` is what kind of body a partner is, `progress`
    how an element stood last, in a word of the scheme. `broader` holds the numbers of the
    determinants above this one, at any distance.
    """

    id: int
    key: str
    iri: str
    kind: str
    plan: int
    leaf: bool
    name: str
    label: str
    code: str
    rank: int
    hue: int
    family: str
    familyOrder: int
    layer: str
    body: str
    progress: str
    broader: tuple[int, ...]
    status: str
    details: tuple[tuple[str, str], ...]
    sources: Sources
    notes: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """What a link rests on; `provenance` is what `basis` means to a reader."""

    basis: str
    provenance: str
    sources: Sources
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
    also: tuple[Statement, ...]


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
    """One plan: `key` is its word in an address, `short` its name, `board` whose plan it is.

    `over` is its period, if that is over; `details` are said of the plan as a whole.
    """

    iri: str
    key: str
    title: str
    subtitle: str
    short: str
    board: str
    over: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PageModel:
    """Everything a page shows, `nodes` indexed by `Node.id`; `start` is the plan it opens on.

    `notes` are what a room said of any of them.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    plans: tuple[Plan, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    alignments: tuple[Alignment, ...]
    start: int
    notes: tuple[RoomNote, ...] = ()

    @property
    def documents(self) -> list[str]:
        """The documents that anything on the page names as a source, in the order they come."""
        groups = [node.sources for node in self.nodes]
        groups += [statement.sources for statement in (*self._statements, *self.alignments)]
        found = [source["document"] for sources in groups for source in sources]
        return [document for document in dict.fromkeys(found) if document]

    @property
    def bases(self) -> list[str]:
        """What the links of the page rest on, in order of the alphabet."""
        return sorted({statement.basis for statement in self._statements})

    @property
    def _statements(self) -> Iterator[Statement]:
        return (statement for link in self.links for statement in (link, *link.also))


@dataclass(frozen=True)
class PlanPart:
    """One plan's share of a page: its own things, and those it has in common that it links to."""

    number: int
    plan: Plan
    columns: tuple[Column, ...]
    nodes: Mapping[int, Node]
    links: tuple[Link, ...]

    def column(self, node: Node) -> Column:
        """Return the column `node` stands in."""
        return next(column for column in self.columns if column.kind == node.kind)
