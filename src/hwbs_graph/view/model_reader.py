"""From the graph of a record to what a page shows of it: ordered, named, coloured, safe to write.

Out of scope: positions in pixels, HTML.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from hwbs_graph.model.bases import PROVENANCES
from hwbs_graph.query.periods import word_over
from hwbs_graph.text import html_text
from hwbs_graph.view.address import short_keys
from hwbs_graph.view.columns import Column, columns_for
from hwbs_graph.view.labels import distinguish, visible_line
from hwbs_graph.view.leaves import find_leaves
from hwbs_graph.view.ordering import choose_hues, rank_nodes
from hwbs_graph.view.page_model import (
    Alignment,
    Link,
    Node,
    PageModel,
    Plan,
    Source,
    Sources,
    Statement,
)

if TYPE_CHECKING:
    import networkx

#: What `hwbs_graph.network` makes; whoever has one has imported networkx.
PlanGraph: TypeAlias = "networkx.DiGraph[Any]"
Attributes = Mapping[str, Any]

UNTITLED = "Health and wellbeing plan"
LONGEST_CODE = 12


def read_model(graph: PlanGraph) -> PageModel:
    """Return what a page shows of `graph`, whose attributes `hwbs_graph.network` lists.

    Raises ValueError for a node without a known kind.
    """
    rows = list(graph.nodes(data=True))
    iris, nodes = [iri for iri, _ in rows], [attributes for _, attributes in rows]
    heading: Attributes = graph.graph
    # A graph that does not say which plans it holds is one plan.
    plans: Sequence[Attributes] = heading.get("plans") or [
        {"iri": heading.get("plan") or "", **heading}
    ]
    numbers = {iri: number for number, iri in enumerate(iris)}
    plan_numbers = {plan["iri"]: number for number, plan in enumerate(plans)}
    columns = columns_for({str(node.get("kind", "")) for node in nodes})
    links = tuple(
        _read_link(numbers[source], numbers[target], attributes)
        for source, target, attributes in graph.edges(data=True)
    )
    drawn = tuple(_read_plans(plans))
    # Where one plan is drawn, nothing else names it.
    subtitle = drawn[0].subtitle if len(drawn) == 1 and drawn[0].over else ""
    return PageModel(
        title=_text(heading, "title") or UNTITLED,
        subtitle=subtitle or _text(heading, "subtitle"),
        columns=columns,
        plans=drawn,
        nodes=tuple(_read_nodes(iris, nodes, columns, links, plan_numbers)),
        links=links,
        alignments=tuple(
            _read_alignment(row, numbers, plan_numbers) for row in heading.get("alignments") or ()
        ),
        start=plan_numbers.get(heading.get("start"), 0),
        notes=tuple(heading.get("notes") or ()),
    )


def _read_plans(plans: Sequence[Attributes]) -> Iterator[Plan]:
    iris = [html_text(plan["iri"]) for plan in plans]
    for iri, key, plan in zip(iris, short_keys(iris), plans, strict=True):
        title, subtitle = _text(plan, "title") or UNTITLED, _text(plan, "subtitle")
        short = _text(plan, "short") or f"{title} {subtitle}".strip()
        over = _text(plan, "over")
        if over:
            subtitle = "; ".join(filter(None, (subtitle, word_over(over))))
            short += " (period over)"
        board, details = _text(plan, "board"), _read_details(plan)
        yield Plan(iri, key, title, subtitle, short, board, over, details)


def _read_nodes(
    iris: Sequence[Any],
    nodes: Sequence[Attributes],
    columns: tuple[Column, ...],
    links: Sequence[Link],
    plan_numbers: Mapping[str, int],
) -> Iterator[Node]:
    kinds = [str(node["kind"]) for node in nodes]
    shared = {column.kind for column in columns if column.role == "shared"}
    # A graph of one plan need not say it on every node.
    plans = [
        -1 if node["kind"] in shared else plan_numbers.get(node.get("plan") or "", 0)
        for node in nodes
    ]
    pairs = [(link.source, link.target) for link in links]
    ranks = rank_nodes(nodes, columns, pairs)
    places = [*map(_printed_place, nodes, ranks)]
    hues = choose_hues(kinds, columns, pairs, places, plans)
    keys = short_keys([html_text(iri) for iri in iris])
    names = _choose_names(nodes, shared)
    leaves = find_leaves(kinds, plans, links)
    numbers = {iri: number for number, iri in enumerate(iris)}
    for id, (iri, node) in enumerate(zip(iris, nodes, strict=True)):
        yield Node(
            **_read_own_fields(iri, node),
            id=id,
            key=keys[id],
            kind=kinds[id],
            broader=tuple(numbers[each] for each in node.get("broader") or () if each in numbers),
            plan=plans[id],
            leaf=id in leaves,
            name=names[id],
            label=_text(node, "label") or names[id],
            rank=ranks[id],
            hue=hues[id],
        )


def _read_own_fields(iri: Any, node: Attributes) -> dict[str, Any]:
    """Return what a node says without a look at the others."""
    return {
        "iri": html_text(iri),
        "code": visible_line(_text(node, "code"), LONGEST_CODE),
        "family": _text(node, "family"),
        "familyOrder": _number(node, "familyOrder") or 0,
        "layer": _text(node, "layer"),
        "body": _text(node, "body"),
        "progress": _text(node, "progress"),
        "status": _text(node, "status"),
        "details": _read_details(node),
        "sources": _read_sources(node),
        "notes": tuple(map(html_text, node.get("notes") or ())),
        "aliases": tuple(map(html_text, node.get("aliases") or ())),
    }


def _read_details(thing: Attributes) -> tuple[tuple[str, str], ...]:
    details = thing.get("details") or ()
    return tuple((html_text(heading), html_text(text)) for heading, text in details)


def _printed_place(node: Attributes, rank: int) -> int:
    """Return the place from 0: of its family where it has one, so that families keep a colour."""
    order = _number(node, "familyOrder") or _number(node, "order") or 0
    return order - 1 if order > 0 else rank


def _choose_names(nodes: Sequence[Attributes], shared: Iterable[str]) -> list[str]:
    """Return the visible name of each node; no two things that plans share have the same."""
    pairs = [(_text(node, "short"), _text(node, "label")) for node in nodes]
    names = [visible_line(short or label) or "(no name)" for short, label in pairs]
    for kind in shared:
        members = [id for id, node in enumerate(nodes) if node["kind"] == kind]
        for id, name in zip(members, distinguish([pairs[id] for id in members]), strict=True):
            names[id] = name
    return names


def _read_link(source: int, target: int, edge: Attributes) -> Link:
    return Link(
        **_read_statement(edge),
        source=source,
        target=target,
        relation=str(edge.get("relation") or ""),
        also=tuple(Statement(**_read_statement(other)) for other in edge.get("also") or ()),
    )


def _read_alignment(
    row: Attributes, numbers: Mapping[Any, int], plan_numbers: Mapping[str, int]
) -> Alignment:
    from_plan, to_plan = row.get("fromPlan") or "", row.get("toPlan") or ""
    return Alignment(
        **_read_statement(row),
        source=numbers.get(row.get("from") or "", -1),
        target=numbers.get(row.get("to") or "", -1),
        type=_text(row, "type"),
        label=_text(row, "label"),
        plans=(plan_numbers.get(from_plan, -1), plan_numbers.get(to_plan, -1)),
    )


def _read_statement(stated: Attributes) -> dict[str, Any]:
    basis = _text(stated, "basis") or "not recorded"
    return {
        "basis": basis,
        # A basis that is not known is never taken for the document's.
        "provenance": PROVENANCES.get(basis, "inferred"),
        "sources": _read_sources(stated),
        **{key: _text(stated, key) for key in ("curator", "date", "reason", "confidence")},
    }


def _read_sources(stated: Attributes) -> Sources:
    return tuple(
        Source(
            document=_text(source, "document"),
            place=_text(source, "place"),
            line=_number(source, "line"),
            printed=_text(source, "printed"),
        )
        for source in stated.get("sources") or ()
    )


def _text(attributes: Attributes, key: str) -> str:
    value = attributes.get(key)
    return "" if value is None else html_text(value)


def _number(attributes: Attributes, key: str) -> int | None:
    value = attributes.get(key)
    return value if isinstance(value, int) else None
