"""A plan as headed tables: what a reader without JavaScript gets, and the list view's content.

Out of scope: HTML, which the template writes.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hwbs_graph.grouping import group_pairs
from hwbs_graph.view.page_model import Link, Node, PlanPart

#: Headings below this level are all the same to a screen reader's heading list.
DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Mention:
    """A partner in a table cell: the words on the page, and what the link rests on."""

    node: Node
    words: str
    provenance: str


@dataclass(frozen=True)
class LeafRow:
    """One leaf with its partners and determinants, in column order."""

    node: Node
    partners: tuple[Mention, ...]
    determinants: tuple[Mention, ...]


@dataclass(frozen=True)
class Section:
    """One heading at `level` (3 is a theme) with the rows directly under it."""

    level: int
    heading: str
    node: Node | None = None
    determinants: tuple[Mention, ...] = ()
    rows: tuple[LeafRow, ...] = ()
    unlinked: tuple[Node, ...] = ()


def list_sections(part: PlanPart, top: int = 2) -> list[Section]:
    """Return a plan in reading order, themes at level `top`; every node stands in it."""
    return [*_Outline(part).walk(top)]


def common_notes(part: PlanPart, least: int = 4) -> dict[str, int]:
    """Return the quality notes about `least` things of the plan or more, and about how many.

    Printed beside each of thirty focus areas, a note would bury what it warns about.
    """
    counts = Counter(note for node in part.nodes.values() for note in node.notes)
    return {note: count for note, count in counts.items() if count >= least}


class _Outline:
    """The tree walk's shared look-ups, built once."""

    def __init__(self, part: PlanPart) -> None:
        self._part = part
        self._depth = {column.kind: number for number, column in enumerate(part.columns)}
        self._below = group_pairs((link.source, link) for link in part.links)
        self._seen: set[int] = set()

    def walk(self, top: int) -> Iterator[Section]:
        """Yield themes downward first, then whatever no theme leads to."""
        everything = [*self._part.nodes.values()]
        for node in self._sort(everything, "group"):
            if node.id not in self._seen:
                yield from self._walk_group(node, top)
        loose = [node for node in self._sort(everything, "leaf") if node.id not in self._seen]
        if loose:
            yield Section(
                top, self._loose_heading(loose[0]), rows=tuple(map(self._make_row, loose))
            )
        for column in self._part.columns:
            unlinked = [
                node
                for node in self._sort(everything, "shared")
                if node.kind == column.kind and node.id not in self._seen
            ]
            if unlinked:
                heading = f"{column.plural.capitalize()} without a link"
                yield Section(top, heading, unlinked=tuple(unlinked))

    def _loose_heading(self, node: Node) -> str:
        plural = self._part.column(node).plural.capitalize()
        return plural if self._depth[node.kind] == 0 else f"{plural} under no heading"

    def _walk_group(self, node: Node, level: int) -> Iterator[Section]:
        self._seen.add(node.id)
        children = [self._part.nodes[link.target] for link in self._below.get(node.id, ())]
        yield Section(
            min(level, DEEPEST_HEADING),
            f"{node.code} {node.label}".strip(),
            node,
            self._list_mentions(node, "determinant"),
            tuple(map(self._make_row, self._sort(children, "leaf"))),
        )
        for child in self._sort(children, "group"):
            if child.id not in self._seen:
                yield from self._walk_group(child, level + 1)

    def _sort(self, nodes: list[Node], role: str) -> list[Node]:
        members = [node for node in nodes if self._role(node) == role]
        return sorted(members, key=lambda node: (self._depth[node.kind], node.rank))

    def _role(self, node: Node) -> str:
        if self._part.column(node).role == "shared":
            return "shared"
        return "leaf" if node.leaf else "group"

    def _make_row(self, node: Node) -> LeafRow:
        self._seen.add(node.id)
        return LeafRow(
            node, self._list_mentions(node, "partner"), self._list_mentions(node, "determinant")
        )

    def _list_mentions(self, node: Node, kind: str) -> tuple[Mention, ...]:
        found = [
            (link, self._part.nodes[link.target])
            for link in self._below.get(node.id, ())
            if self._part.nodes[link.target].kind == kind
        ]
        self._seen.update(target.id for _, target in found)
        return tuple(
            Mention(target, _words_of(link, target), link.provenance) for link, target in found
        )


def _words_of(link: Link, target: Node) -> str:
    """Return a partner as printed; a determinant by its name, which a document seldom prints."""
    printed = dict.fromkeys(source["printed"] for source in link.sources if source["printed"])
    return " / ".join(printed) if printed and target.kind == "partner" else target.name
