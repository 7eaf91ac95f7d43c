"""Who works with whom: partners by the actions that they share.

Every measure takes and returns plain records, so that each number can be checked against those
published for small graphs.

Out of scope: RDF, where the records come from, and what an answer looks like.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.report.graph_measures import betweenness, project_collaboration, use_backend
from hwbs_graph.report.involvements import Records, build_pair, collect_values, label_partners

if TYPE_CHECKING:
    import networkx

#: Louvain visits nodes in random order; a fixed seed gives the same communities every time.
SEED = 2019
_SHOWN = ("themeLabel", "objectiveLabel", "code", "action", "actionLabel")


def build_participation(involvements: Records) -> "networkx.Graph[str]":
    """Return the bipartite graph of partners and actions."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    # Sorted, so that the same records in another order give the same graph.
    graph.add_edges_from(sorted({(row["partner"], row["action"]) for row in involvements}))
    return graph


def rank_bridges(involvements: Records, backend: str | None = None) -> list[Row]:
    """Return the partners by their betweenness in the graph of partners and actions.

    See `betweenness` for formula and normalisation; actions count among the nodes.
    """
    graph = build_participation(involvements)
    scores = betweenness(graph, backend)
    themes = collect_values(involvements, "partner", "themeLabel")
    rows = [
        {
            "partner": partner,
            "partnerLabel": label,
            "betweenness": f"{scores[partner]:.6f}",
            "actions": str(graph.degree[partner]),
            "themes": str(len(themes[partner])),
            "joins": ", ".join(themes[partner]),
        }
        for partner, label in label_partners(involvements).items()
    ]
    return sorted(rows, key=lambda row: -float(row["betweenness"]))


def pair_partners(involvements: Records, backend: str | None = None) -> list[Row]:
    """Return the pairs of partners that share actions, the strongest by Newman's weight first.

    Jaccard is shared actions / actions of either, 0 to 1 (P. Jaccard, The distribution of the
    flora in the alpine zone, New Phytologist 11, 1912); for the weight see `project_collaboration`.
    """
    labels = label_partners(involvements)
    actions = collect_values(involvements, "partner", "action")
    joined = project_collaboration(build_participation(involvements), labels, backend)
    rows = [
        build_pair(labels, one, other)
        | {
            "sharedActions": str(len(actions[one].keys() & actions[other])),
            "jaccard": _measure_jaccard(actions[one], actions[other]),
            "weight": f"{joined.edges[one, other]['weight']:.3f}",
        }
        for one, other in combinations(labels, 2)
        if joined.has_edge(one, other)
    ]
    return sorted(rows, key=lambda row: -float(row["weight"]))


def find_communities(involvements: Records, backend: str | None = None) -> list[Row]:
    """Return the partners by community, the largest first, with the modularity of the division.

    Louvain (V. D. Blondel and others, Fast unfolding of communities, 2008) over what
    `project_collaboration` gives, resolution 1, fixed seed. Modularity is the share of weight
    within communities less what chance would give, -0.5 to 1; 0 without links.
    M. E. J. Newman, Analysis of weighted networks, 2004.
    """
    import networkx

    labels = label_partners(involvements)
    graph = build_participation(involvements)
    # Numbers for names: sets of numbers keep their order from run to run, sets of text do not.
    order = [*labels, *sorted(set(graph) - labels.keys())]
    numbered = networkx.relabel_nodes(graph, {node: at for at, node in enumerate(order)})
    joined = project_collaboration(numbered, range(len(labels)), backend)
    with use_backend(backend) as options:
        found = networkx.community.louvain_communities(joined, seed=SEED, **options)
    value = networkx.community.modularity(joined, found) if joined.size() else 0.0
    groups = sorted(map(sorted, found), key=lambda group: (-len(group), group))
    return [
        {
            "modularity": f"{value:.4f}",
            "community": str(number),
            "partner": order[member],
            "partnerLabel": labels[order[member]],
        }
        for number, group in enumerate(groups, 1)
        for member in group
    ]


def find_overlap(involvements: Records, partner: str, other: str) -> list[Row]:
    """Return the actions that two partners share, with who else is on each.

    Counts of shared actions, objectives and themes, and Jaccard over actions as in `pair_partners`,
    stand in every row. Raises UsageError for one partner given twice.
    """
    if partner == other:
        raise UsageError("An overlap is between two partners; give two different ones.")
    labels = label_partners(involvements)
    kinds = ("action", "objective", "theme")
    of = {key: collect_values(involvements, "partner", key) for key in kinds}
    both = {key: found[partner].keys() & found[other] for key, found in of.items()}
    common = {f"shared{key.capitalize()}s": str(len(shared)) for key, shared in both.items()}
    common["jaccard"] = _measure_jaccard(of["action"][partner], of["action"][other])
    others = [row for row in involvements if row["partner"] not in (partner, other)]
    beside = collect_values(others, "action", "partnerLabel")
    return [
        build_pair(labels, partner, other)
        | common
        | {key: row[key] for key in _SHOWN}
        | {"also": "; ".join(beside[row["action"]])}
        for row in {row["action"]: row for row in involvements}.values()
        if row["action"] in both["action"]
    ]


def _measure_jaccard(one: Mapping[str, None], other: Mapping[str, None]) -> str:
    return f"{len(one.keys() & other) / (len(one.keys() | other) or 1):.3f}"
