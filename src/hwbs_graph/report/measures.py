"""What can be measured about who works with whom, and what a plan leaves open.

Every measure takes and returns plain records, over networkx graphs, so that each number can be
checked against those published for small graphs. An involvement is a record with partner, action,
objective and theme, their labels as partnerLabel, and code; one given twice counts once.

Out of scope: RDF, where the records come from, and what an answer looks like.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any

from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    import networkx

from hwbs_graph.grouping import Row

Rows = Sequence[Mapping[str, str]]

#: Louvain visits nodes in random order; a fixed seed gives the same communities every time.
SEED = 2019
_SHOWN = ("themeLabel", "objectiveLabel", "code", "action", "actionLabel")
#: What `gaps` looks for, by the kind of thing it finds.
GAPS = {
    "determinant": "determinant without action",
    "action": "action without a VCSE partner",
    "objective": "objective with few partners",
    "partner": "partners never working together",
}


def participation(involvements: Rows) -> "networkx.Graph[str]":
    """Return the bipartite graph of partners and actions."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    # Sorted, so that the same records in another order give the same graph.
    graph.add_edges_from(sorted({(row["partner"], row["action"]) for row in involvements}))
    return graph


def collaboration(
    graph: "networkx.Graph[Any]", members: Iterable[Any], backend: str | None = None
) -> "networkx.Graph[Any]":
    """Return members joined where they share an action, with Newman's `weight` on each edge.

    The sum of 1/(k-1) over the shared actions, k being the members of an action. Not normalised:
    the weights at a member add up to the number of its actions that are not its alone.
    M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132 (2001).
    """
    from networkx.algorithms import bipartite

    with _dispatching(backend) as options:
        return bipartite.collaboration_weighted_projected_graph(graph, sorted(members), **options)


def betweenness(graph: "networkx.Graph[Any]", backend: str | None = None) -> dict[Any, float]:
    """Return for each node the share of shortest paths between two others that pass through it.

    The sum over pairs s, t of paths(s, t through v) / paths(s, t), divided by the number of pairs
    without v, (n-1)(n-2)/2: 0 to 1, over all n nodes of both kinds. L. C. Freeman, A set of
    measures of centrality based on betweenness, Sociometry 40 (1977). `backend` is "igraph", or
    what networkx knows; raises UsageError for one that is not installed.
    """
    import networkx

    if backend == "igraph":
        return _by_igraph(graph)
    with _dispatching(backend) as options:
        return networkx.betweenness_centrality(graph, **options)


def _by_igraph(graph: "networkx.Graph[Any]") -> dict[Any, float]:
    if find_spec("igraph") is None:
        raise UsageError("python-igraph is not installed; install igraph or leave out --backend.")
    numbers = {node: number for number, node in enumerate(graph)}
    edges = [(numbers[one], numbers[other]) for one, other in graph.edges]
    raw = import_module("igraph").Graph(n=len(numbers), edges=edges).betweenness()
    pairs = (len(numbers) - 1) * (len(numbers) - 2) / 2
    return {node: value / (pairs or 1) for node, value in zip(numbers, raw, strict=True)}


@contextmanager
def _dispatching(backend: str | None) -> Iterator[dict[str, Any]]:
    """Yield the options that hand a call to a networkx backend; name the backends if it cannot."""
    try:
        yield {} if backend is None else {"backend": backend}
    except (ImportError, NotImplementedError):
        if backend is None:
            raise
        from importlib.metadata import entry_points

        own = {"networkx"} | entry_points(group="networkx.backends").names - {"nx_loopback"}
        raise UsageError(
            f"networkx has no backend “{backend}” for this; installed: {', '.join(sorted(own))}."
        ) from None


def bridges(involvements: Rows, backend: str | None = None) -> list[Row]:
    """Return the partners by their betweenness in the graph of partners and actions.

    See `betweenness` for formula and normalisation; actions count among the nodes.
    """
    graph = participation(involvements)
    scores = betweenness(graph, backend)
    themes = _gathered(involvements, "partner", "themeLabel")
    rows = [
        {
            "partner": partner,
            "partnerLabel": label,
            "betweenness": f"{scores[partner]:.6f}",
            "actions": str(graph.degree[partner]),
            "themes": str(len(themes[partner])),
            "joins": ", ".join(themes[partner]),
        }
        for partner, label in _partners(involvements).items()
    ]
    return sorted(rows, key=lambda row: -float(row["betweenness"]))


def co_working(involvements: Rows, backend: str | None = None) -> list[Row]:
    """Return the pairs of partners that share actions, the strongest by Newman's weight first.

    Jaccard is shared actions / actions of either, 0 to 1 (P. Jaccard, The distribution of the
    flora in the alpine zone, New Phytologist 11, 1912); for the weight see `collaboration`.
    """
    labels = _partners(involvements)
    actions = _gathered(involvements, "partner", "action")
    joined = collaboration(participation(involvements), labels, backend)
    rows = [
        _pair(labels, one, other)
        | {
            "sharedActions": str(len(actions[one].keys() & actions[other])),
            "jaccard": _jaccard(actions[one], actions[other]),
            "weight": f"{joined.edges[one, other]['weight']:.3f}",
        }
        for one, other in combinations(labels, 2)
        if joined.has_edge(one, other)
    ]
    return sorted(rows, key=lambda row: -float(row["weight"]))


def communities(involvements: Rows, backend: str | None = None) -> list[Row]:
    """Return the partners by community, the largest first, with the modularity of the division.

    Louvain (V. D. Blondel and others, Fast unfolding of communities, 2008) over `collaboration`,
    resolution 1, fixed seed. Modularity is the share of weight within communities less what chance
    would give, -0.5 to 1 (M. E. J. Newman, Analysis of weighted networks, 2004); 0 without links.
    """
    import networkx

    labels = _partners(involvements)
    graph = participation(involvements)
    # Numbers for names: sets of numbers keep their order from run to run, sets of text do not.
    order = [*labels, *sorted(set(graph) - labels.keys())]
    numbered = networkx.relabel_nodes(graph, {node: at for at, node in enumerate(order)})
    joined = collaboration(numbered, range(len(labels)), backend)
    with _dispatching(backend) as options:
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


def coverage(determinants: Rows, themes: Rows, touched: Rows, addressed: Rows) -> list[Row]:
    """Return determinants by themes: how many elements of a theme bear on a determinant.

    A count, not normalised; an element under two themes counts in both. `touched` has theme,
    determinant and elements, `addressed` the determinants that an action, or an objective with
    actions, bears on. `gap` marks what nothing, or no action, bears on.
    """
    counts = {(row["determinant"], row["theme"]): row["elements"] for row in touched}
    acted = {row["determinant"] for row in addressed}
    rows = []
    for row in determinants:
        cells = {each["column"]: counts.get((row["determinant"], each["theme"])) for each in themes}
        gap = "" if row["determinant"] in acted else "no action"
        named = {key: row[key] for key in ("layerLabel", "determinant", "determinantLabel")}
        rows.append(named | {key: cell or "0" for key, cell in cells.items()})
        rows[-1]["gap"] = gap if any(cells.values()) else "nothing"
    return rows


def gaps(
    determinants: Rows, addressed: Rows, actions: Rows, objectives: Rows, involvements: Rows
) -> list[Row]:
    """Return what a plan leaves open, in the four reports of `GAPS`.

    Counts, not normalised. A VCSE partner is an involvement with `vcse`. Few partners means no
    more than the lower quartile of the plan's objectives, and fewer than their median.
    """
    acted = {row["determinant"] for row in addressed}
    helped = {row["action"] for row in involvements if row["vcse"]}
    untouched = [row for row in determinants if row["determinant"] not in acted]
    unhelped = [row for row in actions if row["action"] not in helped]
    found = [_gap("determinant", row, row["layerLabel"]) for row in untouched]
    found += [_gap("action", row, f"{row['themeLabel']} {row['code']}") for row in unhelped]
    found += _with_few_partners(objectives, involvements)
    return found + _never_together(involvements)


def _with_few_partners(objectives: Rows, involvements: Rows) -> Iterator[Row]:
    partners = _gathered(involvements, "objective", "partner")
    sizes = sorted(len(partners[row["objective"]]) for row in objectives)
    for row in sorted(objectives, key=lambda row: len(partners[row["objective"]])):
        size = len(partners[row["objective"]])
        if size <= sizes[(len(sizes) - 1) // 4] and size < max(median(sizes), 1):
            yield _gap(
                "objective", row, f"{row['themeLabel']} {row['code']}: {count(size, 'partner')}"
            )


def _never_together(involvements: Rows) -> list[Row]:
    """Pairs that share no action, those with most occasions first: the smaller one's actions."""
    labels = _partners(involvements)
    actions = _gathered(involvements, "partner", "action")
    apart = [
        ([len(actions[one]), len(actions[other])], one, other)
        for one, other in combinations(labels, 2)
        if actions[one].keys().isdisjoint(actions[other])
    ]
    apart.sort(key=lambda each: sorted(each[0]), reverse=True)
    return [
        _gap("partner", _pair(labels, one, other), "{} and {} actions".format(*sizes))
        for sizes, one, other in apart
    ]


def overlap(involvements: Rows, partner: str, other: str) -> list[Row]:
    """Return the actions that two partners share, with who else is on each.

    Counts of shared actions, objectives and themes, and Jaccard over actions as in `co_working`,
    stand in every row. Raises UsageError for one partner given twice.
    """
    if partner == other:
        raise UsageError("An overlap is between two partners; give two different ones.")
    labels = _partners(involvements)
    of = {key: _gathered(involvements, "partner", key) for key in ("action", "objective", "theme")}
    both = {key: found[partner].keys() & found[other] for key, found in of.items()}
    common = {f"shared{key.capitalize()}s": str(len(shared)) for key, shared in both.items()}
    common["jaccard"] = _jaccard(of["action"][partner], of["action"][other])
    others = [row for row in involvements if row["partner"] not in (partner, other)]
    beside = _gathered(others, "action", "partnerLabel")
    return [
        _pair(labels, partner, other)
        | common
        | {key: row[key] for key in _SHOWN}
        | {"also": "; ".join(beside[row["action"]])}
        for row in {row["action"]: row for row in involvements}.values()
        if row["action"] in both["action"]
    ]


def _partners(involvements: Rows) -> dict[str, str]:
    """Partners with their labels, in order of label: the order of every answer before ranking."""
    labels = {(row["partnerLabel"].casefold(), row["partner"]): row for row in involvements}
    return {partner: labels[key, partner]["partnerLabel"] for key, partner in sorted(labels)}


def _gathered(rows: Rows, key: str, value: str) -> dict[str, dict[str, None]]:
    """What stands beside each key, once each, in order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[row[key]][row[value]] = None
    return found


def _jaccard(one: Mapping[str, None], other: Mapping[str, None]) -> str:
    return f"{len(one.keys() & other) / (len(one.keys() | other) or 1):.3f}"


def _pair(labels: Mapping[str, str], one: str, other: str) -> Row:
    return {
        "partner": one,
        "partnerLabel": labels[one],
        "other": other,
        "otherLabel": labels[other],
    }


def _gap(kind: str, row: Mapping[str, str], detail: str) -> Row:
    found = {"gap": GAPS[kind], "thing": row[kind], "thingLabel": row[f"{kind}Label"]}
    return found | {key: row.get(key, "") for key in ("other", "otherLabel")} | {"detail": detail}
