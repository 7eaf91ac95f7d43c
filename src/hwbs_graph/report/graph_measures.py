"""Measures over networkx graphs, held to the figures published for small graphs.

Out of scope: where a graph comes from, and what the answer looks like (`measures`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hwbs_graph.errors import UsageError
from hwbs_graph.extras import require_extra

if TYPE_CHECKING:
    import networkx


def project_collaboration(
    graph: "networkx.Graph[Any]", members: Iterable[Any], backend: str | None = None
) -> "networkx.Graph[Any]":
    """Return members joined where they share an action, with Newman's `weight` on each edge.

    The sum of 1/(k-1) over the shared actions, k being the members of an action. Not normalised:
    the weights at a member add up to the number of its actions that are not its alone.
    M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132 (2001).
    """
    from networkx.algorithms import bipartite

    with use_backend(backend) as options:
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
        return _measure_with_igraph(graph)
    with use_backend(backend) as options:
        return networkx.betweenness_centrality(graph, **options)


def _measure_with_igraph(graph: "networkx.Graph[Any]") -> dict[Any, float]:
    require_extra("igraph", "--backend igraph")
    numbers = {node: number for number, node in enumerate(graph)}
    edges = [(numbers[one], numbers[other]) for one, other in graph.edges]
    raw = import_module("igraph").Graph(n=len(numbers), edges=edges).betweenness()
    pairs = (len(numbers) - 1) * (len(numbers) - 2) / 2
    return {node: value / (pairs or 1) for node, value in zip(numbers, raw, strict=True)}


@contextmanager
def use_backend(backend: str | None) -> Iterator[dict[str, Any]]:
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
