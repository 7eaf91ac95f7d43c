"""The projection of a plan: themes, objectives, actions and partners as a networkx graph.

Out of scope: what needs more than one plan (`whole_graph`).
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, cast

from hwbs_graph.data import bundled
from hwbs_graph.model.bases import BASES
from hwbs_graph.network.batches import run_batched
from hwbs_graph.network.details import (
    describe_source,
    find_details,
    find_notes,
    find_sources,
    find_spellings,
)
from hwbs_graph.network.plans import choose_plan
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    import networkx

_ENDS = ("source", "target")


def project_plan(engine: Engine, plan: str | None = None) -> "networkx.DiGraph[str]":
    """Return the plan as a directed graph: theme -> objective -> action -> partner.

    `plan` is an IRI. Nodes are IRIs with kind, label, short, code, order, details (pairs of
    heading and text), sources and notes; edges have basis and sources, a source being a
    dictionary of document, place, line and printed. The graph has title, subtitle and plan.
    """
    import networkx

    chosen = choose_plan(engine, plan)
    links = run_named(engine, "network/plan-projection", plan=chosen["plan"])
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        title=chosen["strategy"] or chosen["label"],
        subtitle=chosen["short"] if chosen["strategy"] else "",
        plan=chosen["plan"],
    )
    graph.add_nodes_from(
        _describe_nodes(engine, {row[end] for row in links for end in _ENDS}).items()
    )
    stated = _find_involvements(engine, {row["source"] for row in links})
    for row in links:
        source, target = row["source"], row["target"]
        edge = stated.get((source, target)) or _print_edge(graph.nodes[target]["sources"])
        graph.add_edge(source, target, **edge)
    return graph


def _describe_nodes(engine: Engine, wanted: Collection[str]) -> dict[str, dict[str, object]]:
    registry = bundled.registry()
    drawn = registry.drawn_classes(shared=False) | registry.drawn_classes(shared=True)
    rows = run_batched(engine, "internal/nodes-of-plan", "thing", wanted, **{"class": [*drawn]})
    # All objectives of a plan stand in one rank, numbered priorities among them.
    rows.sort(key=lambda row: bool(drawn[row["class"]][1].general_class))
    once = {row["thing"]: row for row in rows}.values()
    details = find_details(engine, wanted, find_spellings(engine, wanted))
    sources, notes = find_sources(engine, wanted), find_notes(engine, wanted)
    return {
        row["thing"]: {
            "kind": drawn[row["class"]][0].name,
            "label": row["label"],
            "short": row["short"] or row["label"],
            "code": "" if drawn[row["class"]][1].uncoded else row["code"],
            "order": int(row["order"] or 0),
            "details": details.get(row["thing"], []),
            "sources": sources.get(row["thing"], []),
            "notes": notes.get(row["thing"], []),
        }
        for row in sorted(once, key=lambda row: drawn[row["class"]][0].map_column)
    }


def _find_involvements(
    engine: Engine, actions: Collection[str]
) -> dict[tuple[str, str], dict[str, object]]:
    edges: dict[tuple[str, str], dict[str, object]] = {}
    for row in run_batched(engine, "report/partner-responsibilities", "action", actions):
        ends = (row["action"], row["partner"])
        edge = edges.setdefault(ends, {"basis": row["basisLabel"], "sources": []})
        cast("list[object]", edge["sources"]).append(describe_source(row))
    return edges


def _print_edge(sources: list[Mapping[str, object]]) -> dict[str, object]:
    return {"basis": BASES[0], "sources": sources}
