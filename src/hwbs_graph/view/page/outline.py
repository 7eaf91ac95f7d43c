"""The plan as headed tables: what a reader without JavaScript gets, and the list view's content.

Out of scope: HTML, which the template writes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from hwbs_graph.view.drawing_model import words_printed
from hwbs_graph.view.records import Link, Node, Plan

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
    """One unit with its partners and determinants, in column order."""

    node: Node
    partners: tuple[Named, ...]
    determinants: tuple[Named, ...]


@dataclass(frozen=True)
class Section:
    """One heading at `level` (3 is a theme) with the rows directly under it."""

    level: int
    heading: str
    node: Node | None = None
    determinants: tuple[Named, ...] = ()
    rows: tuple[Row, ...] = ()
    unlinked: tuple[Node, ...] = field(default=())


def sections(plan: Plan, top: int = 2) -> list[Section]:
    """Return the plan in reading order, themes at level `top`; every node stands in it."""
    return [*_Listing(plan).walk(top)]


def thinned(plan: Plan, shown: Collection[int]) -> Plan:
    """Return `plan` with only what is shown; what nothing links to stays where all else does."""
    linked = {link.target for link in plan.links}
    loose = {node.id for node in plan.nodes.values() if node.plan < 0 and node.id not in linked}
    elements = {node.id for node in plan.nodes.values() if node.plan >= 0}
    kept = {*shown, *(loose if elements <= set(shown) else ())}
    nodes = {id: node for id, node in plan.nodes.items() if id in kept}
    links = [link for link in plan.links if link.source in nodes and link.target in nodes]
    return replace(plan, nodes=nodes, links=tuple(links))


def common_notes(plan: Plan, least: int = 4) -> dict[str, int]:
    """Return the quality notes about `least` things of the plan or more, and about how many.

    Printed beside each of thirty focus areas, a note would bury what it warns about.
    """
    counted = Counter(note for node in plan.nodes.values() for note in node.notes)
    return {note: count for note, count in counted.items() if count >= least}


class _Listing:
    """The tree walk's shared look-ups, built once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.depth = {column.kind: number for number, column in enumerate(plan.columns)}
        self.below: defaultdict[int, list[Link]] = defaultdict(list)
        for link in plan.links:
            self.below[link.source].append(link)
        self.seen: set[int] = set()

    def walk(self, top: int) -> Iterator[Section]:
        """Yield themes downward first, then whatever no theme leads to."""
        everything = [*self.plan.nodes.values()]
        for node in self._ordered(everything, "group"):
            if node.id not in self.seen:
                yield from self._group(node, top)
        loose = [node for node in self._ordered(everything, "unit") if node.id not in self.seen]
        if loose:
            yield Section(top, self._loose_heading(loose[0]), rows=tuple(map(self._row, loose)))
        for column in self.plan.columns:
            unlinked = [
                node
                for node in self._ordered(everything, "party")
                if node.kind == column.kind and node.id not in self.seen
            ]
            if unlinked:
                heading = f"{column.plural.capitalize()} without a link"
                yield Section(top, heading, unlinked=tuple(unlinked))

    def _loose_heading(self, node: Node) -> str:
        plural = self.plan.column(node).plural.capitalize()
        return plural if self.depth[node.kind] == 0 else f"{plural} under no heading"

    def _group(self, node: Node, level: int) -> Iterator[Section]:
        self.seen.add(node.id)
        children = [self.plan.nodes[link.target] for link in self.below[node.id]]
        yield Section(
            min(level, DEEPEST_HEADING),
            f"{node.code} {node.label}".strip(),
            node,
            self._named(node, "determinant"),
            tuple(map(self._row, self._ordered(children, "unit"))),
        )
        for child in self._ordered(children, "group"):
            if child.id not in self.seen:
                yield from self._group(child, level + 1)

    def _ordered(self, nodes: list[Node], role: str) -> list[Node]:
        members = [node for node in nodes if self._role(node) == role]
        return sorted(members, key=lambda node: (self.depth[node.kind], node.rank))

    def _role(self, node: Node) -> str:
        if self.plan.column(node).role == "party":
            return "party"
        return "unit" if node.unit else "group"

    def _row(self, node: Node) -> Row:
        self.seen.add(node.id)
        return Row(node, self._named(node, "partner"), self._named(node, "determinant"))

    def _named(self, node: Node, kind: str) -> tuple[Named, ...]:
        found = [
            (link, self.plan.nodes[link.target])
            for link in self.below[node.id]
            if self.plan.nodes[link.target].kind == kind
        ]
        self.seen.update(target.id for _, target in found)
        return tuple(Named(target, _words(link, target), link.standing) for link, target in found)


def _words(link: Link, target: Node) -> str:
    """Return a partner as printed; a determinant by its name, which a document seldom prints."""
    printed = words_printed(link.sources) if target.kind == "partner" else []
    return " / ".join(printed) if printed else target.name
