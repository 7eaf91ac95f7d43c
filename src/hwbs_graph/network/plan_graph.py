"""The projection of a plan: themes, objectives, actions and partners as a networkx graph.

The registry says which kinds and relations it shows; the query `network/plan-projection` asks for
those of the record.

Out of scope: what needs more than one plan (`whole_graph`).
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, cast

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row
from hwbs_graph.model.kinds import Kind
from hwbs_graph.network.batches import run_batched
from hwbs_graph.network.details import (
    describe_source,
    find_deliveries,
    find_details,
    find_notes,
    find_parts,
    find_plan_details,
    find_sources,
    find_spellings,
)
from hwbs_graph.network.links import stated_links
from hwbs_graph.network.plans import choose_plan
from hwbs_graph.query.periods import find_over
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_whole

if TYPE_CHECKING:
    import networkx

_ENDS = ("source", "target")


def project_plan(engine: Engine, plan: str | None = None) -> "networkx.DiGraph[str]":
    """Return the plan as a directed graph: theme -> objective -> action -> partner.

    `plan` is an IRI. Nodes are IRIs with kind, label, short, code, order, details (pairs of
    heading and text), sources and notes; edges have basis and sources, a source being a
    dictionary of document, place, line and printed, and the role that a plan prints. The graph has
    title, subtitle, plan, over (its period, if that is over) and details of the plan as a whole.
    """
    import networkx

    chosen = choose_plan(engine, plan)
    links = find_plan_links(engine, chosen["plan"])
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        title=chosen["strategy"] or chosen["label"],
        subtitle=chosen["short"] if chosen["strategy"] else "",
        plan=chosen["plan"],
        over=find_over(engine, [chosen["plan"]]).get(chosen["plan"], ""),
        details=find_plan_details(engine, [chosen["plan"]]).get(chosen["plan"], []),
    )
    linked = {row[end] for row in links for end in _ENDS}
    # What stands under nothing and names nobody is a node without a link.
    alone = _find_elements(engine, chosen["plan"])
    graph.add_nodes_from(_describe_nodes(engine, chosen["plan"], linked | alone).items())
    stated = _find_involvements(engine, {row["source"] for row in links})
    for row in links:
        source, target = row["source"], row["target"]
        sources = graph.nodes.get(target, {}).get("sources", [])
        edge = stated.get((source, target)) or {"basis": row["basisLabel"], "sources": sources}
        graph.add_edge(source, target, **edge)
    return graph


def find_plan_links(engine: Engine, plan: str) -> list[Row]:
    """Return the rows of `stated_links` that the network of a plan shows, in printed order."""
    links = stated_links(engine, (plan,), in_network=True)
    things = {row["from"] for row in links}
    shown = [*_shown_classes()]
    rows = run_batched(engine, "internal/nodes-of-plan", "thing", things, **{"class": shown})
    known = {row["thing"] for row in rows}
    return [row for row in links if row["from"] in known]


def _find_elements(engine: Engine, plan: str) -> set[str]:
    """Return the elements of a plan that its network shows, linked or not."""
    drawn = bundled.registry().drawn_classes(shared=False)
    own = [iri for iri, kinds in drawn.items() if kinds[0].size]
    rows = run_batched(engine, "internal/drawn-elements", "plan", (plan,), **{"class": own})
    return {row["thing"] for row in rows}


def _shown_classes() -> dict[str, tuple[Kind, Kind]]:
    registry = bundled.registry()
    drawn = registry.drawn_classes(shared=False) | registry.drawn_classes(shared=True)
    return {iri: kinds for iri, kinds in drawn.items() if kinds[0].size}


def _describe_nodes(
    engine: Engine, plan: str, wanted: Collection[str]
) -> dict[str, dict[str, object]]:
    drawn = _shown_classes()
    rows = run_batched(engine, "internal/nodes-of-plan", "thing", wanted, **{"class": [*drawn]})
    once = {row["thing"]: row for row in rows}.values()
    details = find_details(
        engine, wanted, find_spellings(engine, wanted), find_deliveries(engine, wanted)
    )
    sources, notes = find_sources(engine, wanted), find_notes(engine, wanted)
    parts = find_parts(engine, [plan])
    return {
        row["thing"]: {
            "kind": drawn[row["class"]][0].name,
            "label": row["label"],
            "short": row["short"] or row["label"],
            "code": "" if drawn[row["class"]][1].uncoded else row["code"],
            "order": parse_whole(row["order"]),
            "details": [*_list_own_parts(row, drawn, parts), *details.get(row["thing"], [])],
            "sources": sources.get(row["thing"], []),
            "notes": notes.get(row["thing"], []),
        }
        for row in sorted(once, key=lambda row: drawn[row["class"]][0].map_column)
    }


def _list_own_parts(
    row: Row, drawn: Mapping[str, tuple[Kind, Kind]], parts: Mapping[str, list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """Return who answers for an element in which part; that of an action stands on its links."""
    return [] if drawn[row["class"]][0].name == "action" else parts.get(row["thing"], [])


def _find_involvements(
    engine: Engine, actions: Collection[str]
) -> dict[tuple[str, str], dict[str, object]]:
    edges: dict[tuple[str, str], dict[str, object]] = {}
    for row in run_batched(engine, "report/partner-responsibilities", "action", actions):
        ends = (row["action"], row["partner"])
        edge = edges.setdefault(ends, {"basis": row["basisLabel"], "sources": []})
        if row["roleLabel"] not in ("", "involved"):
            edge["role"] = row["roleLabel"]
        cast("list[object]", edge["sources"]).append(describe_source(row))
    return edges
