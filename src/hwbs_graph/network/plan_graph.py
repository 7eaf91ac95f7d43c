"""The projection of a plan: themes, objectives, actions and partners as a networkx graph.

Out of scope: what needs more than one plan (`record`).
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, cast

from hwbs_graph.network import batches
from hwbs_graph.network.details import describe_source, find_details, find_notes, find_sources
from hwbs_graph.network.plans import choose_plan
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    import networkx

_ENDS = ("source", "target")
_NODES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?kind ?label ?short ?code ?order WHERE {
  VALUES (?class ?kind) {
    (hwbs:Theme "theme") (hwbs:Objective "objective")
    (hwbs:Action "action") (hwbs:Partner "partner")
  }
  ?thing a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?thing hwbs:shortLabel ?short }
  # A theme may carry the number and the letter of another document; neither is shown.
  OPTIONAL {
    ?thing skos:notation ?notation .
    FILTER(?kind != "theme")
    BIND(STR(?notation) AS ?code)
  }
  OPTIONAL { ?thing hwbs:printedOrder ?order }
}
"""


def projection(engine: Engine, plan: str | None = None) -> "networkx.DiGraph[str]":
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
    graph.add_nodes_from(_nodes(engine, {row[end] for row in links for end in _ENDS}).items())
    stated = _involvements(engine, {row["source"] for row in links})
    for row in links:
        source, target = row["source"], row["target"]
        edge = stated.get((source, target)) or _stated(graph.nodes[target]["sources"])
        graph.add_edge(source, target, **edge)
    return graph


def _nodes(engine: Engine, wanted: Collection[str]) -> dict[str, dict[str, object]]:
    shown = find_details(engine, wanted)
    sources, notes = find_sources(engine, wanted), find_notes(engine, wanted)
    return {
        row["thing"]: {
            "kind": row["kind"],
            "label": row["label"],
            "short": row["short"] or row["label"],
            "code": row["code"],
            "order": int(row["order"] or 0),
            "details": shown.get(row["thing"], []),
            "sources": sources.get(row["thing"], []),
            "notes": notes.get(row["thing"], []),
        }
        for row in batches.select(engine, _NODES, "thing", wanted)
    }


def _involvements(
    engine: Engine, actions: Collection[str]
) -> dict[tuple[str, str], dict[str, object]]:
    edges: dict[tuple[str, str], dict[str, object]] = {}
    for row in batches.rows(engine, "report/partner-responsibilities", "action", actions):
        ends = (row["action"], row["partner"])
        edge = edges.setdefault(ends, {"basis": row["basisLabel"], "sources": []})
        cast("list[object]", edge["sources"]).append(describe_source(row))
    return edges


def _stated(sources: list[Mapping[str, object]]) -> dict[str, object]:
    return {"basis": "stated in document", "sources": sources}
