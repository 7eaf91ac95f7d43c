"""The projection of the whole record: every plan at once, with determinants and alignments.

Elements of plans stand on the left of a link, what they share (partners, determinants) on the
right. A determinant that nothing addresses is a node too, because gaps are to be seen.

Out of scope: one plan in print order (`plan_graph`), layout and drawing (`view`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hwbs_graph.errors import UsageError
from hwbs_graph.network import details, links
from hwbs_graph.network.nodes import Node, list_nodes
from hwbs_graph.network.plans import list_plans
from hwbs_graph.store import Engine
from hwbs_graph.text import list_first

if TYPE_CHECKING:
    import networkx

#: A title that names more areas than these would not be read.
_AREAS = 4


def project_record(engine: Engine, plans: Iterable[str] | None = None) -> "networkx.DiGraph[str]":
    """Return every plan as one directed graph, or only those whose IRIs `plans` gives.

    Nodes are IRIs with kind, plan (IRI of the first plan it stands in, "" for what plans share),
    plans, label, short, code, order, details, sources, notes, aliases, status, family and
    familyOrder (themes), layer, layerOrder and broader (determinants, IRIs at any distance),
    body (partners: "partner", or the "board" or "subgroup" that answers for a theme) and progress
    (elements: how they stood last, in a word of the scheme, or ""). Edges have
    relation ("contains", "involves", "responsible", "addresses"), order, basis, sources, curator,
    date, reason, confidence, links (IRIs of the statements) and also (weaker statements on the
    same pair).
    The graph has title, plans (with details of the whole of each), start and alignments. Raises
    UsageError where no theme is left.
    """
    import networkx

    drawn = list_plans(engine, plans)
    iris = [plan["iri"] for plan in drawn]
    everything = plans is None
    only = None if everything else iris
    rows, aligned = links.stated_links(engine, only), links.find_alignments(engine, only)
    shared = {row[end] for row in rows for end in ("source", "target")}
    nodes = list_nodes(engine, iris, None if everything else shared)
    stated = {row["statement"] for row in rows if row["statement"]}
    stated |= {row["alignment"] for row in aligned}
    sources = details.find_sources(engine, None if everything else stated | nodes.keys())
    notes = details.find_notes(engine, None if everything else nodes)
    for iri, node in nodes.items():
        node |= {"sources": sources.get(iri, []), "notes": notes.get(iri, [])}
    statements = links.Statements(engine, sources, None if everything else stated)
    joined = links.join_edges(rows, statements, nodes)
    linked = {target for _, target, _ in joined}
    plan_of = {iri: str(node["plan"]) for iri, node in nodes.items() if node["plan"]}
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        title=_title(drawn),
        plans=_describe_plans(engine, drawn),
        start=next((plan["iri"] for plan in drawn if plan["acts"] == "true"), drawn[0]["iri"]),
        alignments=links.describe_alignments(aligned, statements, plan_of),
    )
    graph.add_nodes_from(
        (iri, node)
        for iri, node in nodes.items()
        if iri in linked or _stands_alone(node, everything)
    )
    graph.add_edges_from(joined)
    return graph


def _describe_plans(engine: Engine, drawn: list[dict[str, str]]) -> list[dict[str, object]]:
    """Return the plans with what is said of the whole of each, or of a strategy not drawn."""
    iris = {plan["iri"] for plan in drawn}
    said = details.find_plan_details(engine, iris | {plan["strategy"] for plan in drawn})
    return [
        {key: value for key, value in plan.items() if key != "acts"}
        | {"details": [pair for iri in own for pair in said.get(iri, ())]}
        for plan in drawn
        if (own := [plan["iri"], *({plan["strategy"]} - iris)])
    ]


def _stands_alone(node: Node, everything: bool) -> bool:
    """Say whether a node is shown though nothing links to it, so that a gap can be seen."""
    if node["body"]:
        return everything and node["body"] == node["kind"]
    return node["label"] != node["layer"]


def _title(drawn: list[dict[str, str]]) -> str:
    if len(drawn) == 1:
        return drawn[0]["title"]
    areas = list(dict.fromkeys(plan["area"] for plan in drawn))
    return f"Health and wellbeing strategies: {list_first(areas, _AREAS)}"


def choose_drawn(graph: "networkx.DiGraph[str]", plan: str | None) -> str:
    """Return the IRI of the plan of `graph` that is meant, the one to open on where None.

    A strategy without themes of its own stands for the action plan that delivers it. Raises
    UsageError where the plan has no themes.
    """
    drawn = graph.graph["plans"]
    if plan is None:
        return str(graph.graph["start"])
    wanted = [one["iri"] for one in drawn if one["iri"] == plan]
    wanted += [one["iri"] for one in drawn if one["strategy"] == plan]
    if not wanted:
        raise UsageError("That plan has no theme to draw; name another plan.")
    return str(wanted[0])
