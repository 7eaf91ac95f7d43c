"""The plan as headed tables: what a reader without JavaScript gets, and the list view's content.

Out of scope: HTML, which the template writes.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from hwbs_graph.view.model import Link, Node, Plan, words_printed

#: Headings below this level are all the same to a screen reader's heading list.
DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Named:
    """A partner in a table cell: the words on the page, and what the link rests on."""

    node: Node
    words: str
    standing: str


@dataclass(frozen=True)
class Row:
    """One action with its partners, in column order."""

    node: Node
    named: tuple[Named, ...]


@dataclass(frozen=True)
class Section:
    """One heading at `level` (2 is a theme) with the rows directly under it."""

    level: int
    heading: str
    node: Node | None = None
    rows: tuple[Row, ...] = ()
    unlinked: tuple[Node, ...] = field(default=())


def sections(plan: Plan) -> list[Section]:
    """Return the plan in reading order; every node of `plan` stands in it at least once."""
    return [*_Listing(plan).walk()]


class _Listing:
    """The tree walk's shared look-ups, built once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.role = {column.kind: column.role for column in plan.columns}
        self.depth = {column.kind: number for number, column in enumerate(plan.columns)}
        self.below: defaultdict[int, list[Link]] = defaultdict(list)
        for link in plan.links:
            self.below[link.source].append(link)
        self.seen: set[int] = set()

    def walk(self) -> Iterator[Section]:
        """Yield themes downward first, then whatever no theme leads to."""
        for node in self._ordered(self.plan.nodes, "group"):
            if node.id not in self.seen:
                yield from self._group(node, 2)
        loose = [
            node for node in self._ordered(self.plan.nodes, "unit") if node.id not in self.seen
        ]
        if loose:
            yield Section(2, self._loose_heading(loose[0]), rows=tuple(map(self._row, loose)))
        unlinked = [
            node for node in self._ordered(self.plan.nodes, "party") if node.id not in self.seen
        ]
        if unlinked:
            yield Section(2, "Named without a link", unlinked=tuple(unlinked))

    def _loose_heading(self, node: Node) -> str:
        column = self.plan.column(node)
        alone = self.depth[node.kind] == 0
        return (
            column.plural.capitalize()
            if alone
            else f"{column.plural.capitalize()} under no heading"
        )

    def _group(self, node: Node, level: int) -> Iterator[Section]:
        self.seen.add(node.id)
        children = [self.plan.nodes[link.target] for link in self.below[node.id]]
        rows = tuple(map(self._row, self._ordered(children, "unit")))
        yield Section(min(level, DEEPEST_HEADING), f"{node.code} {node.label}".strip(), node, rows)
        for child in self._ordered(children, "group"):
            if child.id not in self.seen:
                yield from self._group(child, level + 1)

    def _ordered(self, nodes: list[Node] | tuple[Node, ...], role: str) -> list[Node]:
        members = [node for node in nodes if self.role[node.kind] == role]
        return sorted(members, key=lambda node: (self.depth[node.kind], node.rank))

    def _row(self, node: Node) -> Row:
        self.seen.add(node.id)
        links = [
            link for link in self.below[node.id] if self.role[self._target(link).kind] == "party"
        ]
        self.seen.update(link.target for link in links)
        return Row(node, tuple(map(self._named, links)))

    def _target(self, link: Link) -> Node:
        return self.plan.nodes[link.target]

    def _named(self, link: Link) -> Named:
        printed = words_printed(link.sources)
        target = self._target(link)
        return Named(target, " / ".join(printed) if printed else target.name, link.standing)
