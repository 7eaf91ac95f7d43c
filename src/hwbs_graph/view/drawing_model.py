"""The record's graph as plain records: ordered, named, coloured and safe to write.

Everything the page shows is derived from these records, in Python for the list that is readable
without JavaScript and in the browser for the pictures and the panel.

Out of scope: positions in pixels, HTML.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from hwbs_graph.model.bases import STANDINGS
from hwbs_graph.text import html_text
from hwbs_graph.view.columns import Column, columns_for
from hwbs_graph.view.labels import distinct, visible
from hwbs_graph.view.leaves import find_leaves
from hwbs_graph.view.ordering import place, root_hues
from hwbs_graph.view.records import Alignment, Link, Node, Plan, Record, Statement


class PlanGraph(Protocol):
    """The part of `networkx.DiGraph` that is read, so that networkx need not be imported here."""

    @property
    def graph(self) -> Any:
        """The graph's own attributes: `title`, `subtitle`, `plan`; or `plans` and `alignments`."""

    @property
    def nodes(self) -> Any:
        """Callable with `data=True`: (IRI, attributes) of each node."""

    @property
    def edges(self) -> Any:
        """Callable with `data=True`: (IRI, IRI, attributes) of each edge."""


def read_record(graph: PlanGraph) -> Record:
    """Return the records of `graph`, whose attributes `hwbs_graph.network` lists.

    Raises ValueError for a node without a known kind.
    """
    rows = list(graph.nodes(data=True))
    columns = columns_for({str(data.get("kind", "")) for _, data in rows})
    index = {iri: number for number, (iri, _) in enumerate(rows)}
    links = tuple(_link(index, *edge) for edge in graph.edges(data=True))
    heading = graph.graph
    stated = _stated_plans(heading)
    places = {plan["iri"]: number for number, plan in enumerate(stated)}
    nodes = tuple(_nodes(rows, columns, links, places))
    return Record(
        html_text(heading.get("title") or "Health and wellbeing plan"),
        html_text(heading.get("subtitle") or ""),
        columns,
        tuple(_plans(stated, nodes, links)),
        nodes,
        links,
        tuple(_alignment(index, places, row) for row in heading.get("alignments") or ()),
        places.get(heading.get("start"), 0),
    )


def _stated_plans(heading: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the plans the graph says it holds; a graph that does not say holds one."""
    return heading.get("plans") or [{"iri": heading.get("plan") or "", **heading}]


def _plans(
    stated: list[Mapping[str, Any]], nodes: tuple[Node, ...], links: tuple[Link, ...]
) -> Iterator[Plan]:
    linked = {link.target for link in links}
    for number, plan in enumerate(stated):
        own = _members({node.id for node in nodes if node.plan == number}, links)
        within = tuple(
            link
            for link in links
            if link.source in own and (link.target in own or nodes[link.target].plan < 0)
        )
        own |= {link.target for link in within}
        if number == 0:  # what no plan names must still be shown somewhere
            own |= {node.id for node in nodes if node.plan < 0 and node.id not in linked}
        yield _plan(number, plan, {node.id: node for node in nodes if node.id in own}, within)


def _members(own: set[int], links: tuple[Link, ...]) -> set[int]:
    """Add the headings above: a strategy and its action plan may stand under the same themes."""
    found = set(own)
    while more := {link.source for link in links if link.target in found} - found:
        found |= more
    return found


def _plan(
    number: int, stated: Mapping[str, Any], members: Mapping[int, Node], links: tuple[Link, ...]
) -> Plan:
    words = {
        key: html_text(stated.get(key) or "") for key in ("title", "subtitle", "short", "board")
    }
    words["title"] = words["title"] or "Health and wellbeing plan"
    words["short"] = words["short"] or " ".join(filter(None, (words["title"], words["subtitle"])))
    columns = columns_for({node.kind for node in members.values()})
    return Plan(
        number=number,
        key=html_text(stated["iri"]),
        columns=columns,
        nodes=members,
        links=links,
        **words,
    )


def _nodes(
    rows: list[tuple[Any, dict[str, Any]]],
    columns: tuple[Column, ...],
    links: tuple[Link, ...],
    plans: Mapping[str, int],
) -> Iterator[Node]:
    pairs = [(link.source, link.target) for link in links]
    ranks = place([data for _, data in rows], columns, pairs)
    printed = [_printed_place(data, rank) for (_, data), rank in zip(rows, ranks, strict=True)]
    hues = root_hues([str(data["kind"]) for _, data in rows], columns, pairs, printed)
    names = _names(rows, columns)
    keys = short_keys([html_text(iri) for iri, _ in rows])
    parties = {column.kind for column in columns if column.role == "party"}
    homes = [_home(data, parties, plans) for _, data in rows]
    units = find_leaves([str(data["kind"]) for _, data in rows], homes, links)
    for number, (iri, data) in enumerate(rows):
        yield Node(
            id=number,
            key=keys[number],
            iri=html_text(iri),
            kind=str(data["kind"]),
            plan=homes[number],
            unit=number in units,
            name=names[number],
            label=html_text(data.get("label") or names[number]),
            code=visible(html_text(data.get("code") or ""), 12),
            rank=ranks[number],
            hue=hues[number],
            details=tuple(
                (html_text(head), html_text(text)) for head, text in data.get("details") or ()
            ),
            sources=_sources(data),
            notes=tuple(map(html_text, data.get("notes") or ())),
            aliases=tuple(map(html_text, data.get("aliases") or ())),
            family_order=_number(data.get("familyOrder")),
            **{key: html_text(data.get(key) or "") for key in ("family", "layer", "status")},
        )


def _home(data: Mapping[str, Any], parties: set[str], plans: Mapping[str, int]) -> int:
    """Return the number of a node's plan; a graph of one plan need not say it on every node."""
    if data["kind"] in parties:
        return -1
    return plans.get(data.get("plan") or "", 0)


def _printed_place(data: Mapping[str, Any], rank: int) -> int:
    """Return the place from 0: of its family where it has one, so that families keep a colour."""
    order = data.get("familyOrder") or data.get("order")
    return order - 1 if isinstance(order, int) and order > 0 else rank


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _names(rows: list[tuple[Any, dict[str, Any]]], columns: tuple[Column, ...]) -> list[str]:
    pairs = [
        (html_text(data.get("short") or ""), html_text(data.get("label") or "")) for _, data in rows
    ]
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
    return Link(
        **_statement(data),
        source=index[source],
        target=index[target],
        relation=str(data.get("relation") or ""),
        also=tuple(Statement(**_statement(other)) for other in data.get("also") or ()),
    )


def _alignment(
    index: Mapping[Any, int], plans: Mapping[str, int], row: Mapping[str, Any]
) -> Alignment:
    between = (plans.get(row.get("fromPlan") or "", -1), plans.get(row.get("toPlan") or "", -1))
    return Alignment(
        **_statement(row),
        source=index.get(row.get("from") or "", -1),
        target=index.get(row.get("to") or "", -1),
        type=html_text(row.get("type") or ""),
        label=html_text(row.get("label") or ""),
        plans=between,
    )


def _statement(data: Mapping[str, Any]) -> dict[str, Any]:
    basis = html_text(data.get("basis") or "not recorded")
    words = ("curator", "date", "reason", "confidence")
    return {
        "basis": basis,
        "standing": STANDINGS.get(basis, "inferred"),
        "sources": _sources(data),
        **{key: html_text("" if data.get(key) is None else data[key]) for key in words},
    }


def _sources(data: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(_source(source) for source in data.get("sources") or ())


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    words = {key: html_text(source.get(key) or "") for key in ("document", "place", "printed")}
    line = source.get("line")
    return {**words, "line": line if isinstance(line, int) else None}


def words_printed(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the different printed words among `sources`, in their order."""
    return list(dict.fromkeys(source["printed"] for source in sources if source["printed"]))
