"""A plan's graph as plain records: ordered, named, coloured and safe to write.

Everything the page shows is derived from these records, in Python for the list that is readable
without JavaScript and in the browser for map, grid and panel.

Out of scope: positions in pixels, HTML.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hwbs_graph.view.columns import Column, columns_for
from hwbs_graph.view.ordering import place, root_hues
from hwbs_graph.view.wording import clean, distinct, visible

#: What the document says, what a person adds and what a rule adds are drawn and named apart;
#: a basis that is not known is never taken for the document's.
STANDINGS = {
    "stated in document": "printed",
    "stated elsewhere": "printed",
    "curated judgement": "suggested",
    "inferred by rule": "inferred",
}


class PlanGraph(Protocol):
    """The part of `networkx.DiGraph` that is read, so that networkx need not be imported here."""

    @property
    def graph(self) -> Any:
        """The graph's own attributes: `title`, `subtitle`, `plan`."""

    @property
    def nodes(self) -> Any:
        """Callable with `data=True`: (IRI, attributes) of each node."""

    @property
    def edges(self) -> Any:
        """Callable with `data=True`: (IRI, IRI, attributes) of each edge."""


@dataclass(frozen=True)
class Node:
    """One thing of the plan; `hue` is 1 to 5, or 0 for what belongs to no single theme."""

    id: int
    key: str
    iri: str
    kind: str
    name: str
    label: str
    code: str
    rank: int
    hue: int
    details: tuple[tuple[str, str], ...]
    sources: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """One statement from left to right; `standing` is what `basis` means to a reader."""

    source: int
    target: int
    basis: str
    standing: str
    sources: tuple[dict[str, Any], ...]
    curator: str
    reason: str
    confidence: str


@dataclass(frozen=True)
class Plan:
    """A whole plan, `nodes` indexed by `Node.id`."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def column(self, node: Node) -> Column:
        """Return the column `node` stands in."""
        return next(column for column in self.columns if column.kind == node.kind)


def read_plan(graph: PlanGraph) -> Plan:
    """Return the records of `graph`, whose attributes the room's guide lists.

    Raises ValueError for a node without a known kind.
    """
    rows = list(graph.nodes(data=True))
    columns = columns_for({str(data.get("kind", "")) for _, data in rows})
    index = {iri: number for number, (iri, _) in enumerate(rows)}
    links = tuple(_link(index, *edge) for edge in graph.edges(data=True))
    heading = graph.graph
    return Plan(
        clean(heading.get("title") or "Health and wellbeing plan"),
        clean(heading.get("subtitle") or ""),
        columns,
        tuple(_nodes(rows, columns, [(link.source, link.target) for link in links])),
        links,
    )


def _nodes(
    rows: list[tuple[Any, dict[str, Any]]],
    columns: tuple[Column, ...],
    pairs: list[tuple[int, int]],
) -> Iterator[Node]:
    ranks = place([data for _, data in rows], columns, pairs)
    printed = [_printed_place(data, rank) for (_, data), rank in zip(rows, ranks, strict=True)]
    hues = root_hues([str(data["kind"]) for _, data in rows], columns, pairs, printed)
    names = _names(rows, columns)
    keys = short_keys([clean(iri) for iri, _ in rows])
    for number, (iri, data) in enumerate(rows):
        yield Node(
            id=number,
            key=keys[number],
            iri=clean(iri),
            kind=str(data["kind"]),
            name=names[number],
            label=clean(data.get("label") or names[number]),
            code=visible(clean(data.get("code") or ""), 12),
            rank=ranks[number],
            hue=hues[number],
            details=tuple((clean(head), clean(text)) for head, text in data.get("details") or ()),
            sources=_sources(data),
            notes=tuple(map(clean, data.get("notes") or ())),
        )


def _printed_place(data: Mapping[str, Any], rank: int) -> int:
    order = data.get("order")
    return order - 1 if isinstance(order, int) and order > 0 else rank


def _names(rows: list[tuple[Any, dict[str, Any]]], columns: tuple[Column, ...]) -> list[str]:
    pairs = [(clean(data.get("short") or ""), clean(data.get("label") or "")) for _, data in rows]
    names = [visible(short or label) or "(no name)" for short, label in pairs]
    for kind in (column.kind for column in columns if column.role == "party"):
        members = [number for number, (_, data) in enumerate(rows) if data["kind"] == kind]
        chosen = distinct([pairs[number] for number in members])
        for number, name in zip(members, chosen, strict=True):
            names[number] = name
    return names


def short_keys(iris: list[str]) -> list[str]:
    """Return the IRIs without the folder they share: addresses a person can read.

    IRIs stay whole where cutting would leave one of them empty.
    """
    shared = _folder(min(iris, default=""))
    while not all(iri.startswith(shared) for iri in iris):
        shared = _folder(shared.rstrip("/"))
    keys = [iri.removeprefix(shared) for iri in iris]
    return keys if all(keys) else list(iris)


def _folder(iri: str) -> str:
    return iri[: iri.rfind("/") + 1]


def _link(index: Mapping[Any, int], source: Any, target: Any, data: Mapping[str, Any]) -> Link:
    basis = clean(data.get("basis") or "not recorded")
    return Link(
        index[source],
        index[target],
        basis,
        STANDINGS.get(basis, "inferred"),
        _sources(data),
        *(
            clean("" if data.get(key) is None else data[key])
            for key in ("curator", "reason", "confidence")
        ),
    )


def _sources(data: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(_source(source) for source in data.get("sources") or ())


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    words = {key: clean(source.get(key) or "") for key in ("document", "place", "printed")}
    line = source.get("line")
    return {**words, "line": line if isinstance(line, int) else None}


def words_printed(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the different printed words among `sources`, in their order."""
    return list(dict.fromkeys(source["printed"] for source in sources if source["printed"]))
