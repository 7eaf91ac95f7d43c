"""Asking of everything, or only of what is drawn: one board of 150 need not read the others.

Out of scope: what the rows mean (`parts`, `things`, `links`).
"""

from collections.abc import Collection

from pyoxigraph import NamedNode

from hwbs_graph.grouping import Row
from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine

#: IRIs that are asked about; None is everything.
Wanted = Collection[str] | None
#: Asked at once; a server refuses a query that is too long.
_MOST = 100


def select(engine: Engine, text: str, key: str, wanted: Wanted, name: str = "") -> list[Row]:
    """Return the rows of a query, of everything or where the variable `key` is one of `wanted`.

    The order of the query holds among the rows of one thing.
    """
    if wanted is None:
        return engine.select(text, name=name)
    iris = [NamedNode(iri) for iri in sorted(wanted)]
    return [
        row
        for start in range(0, len(iris), _MOST)
        for row in engine.select(text, {key: iris[start : start + _MOST]}, name)
    ]


def rows(engine: Engine, name: str, key: str, wanted: Wanted) -> list[Row]:
    """Return the rows of a query of the catalogue; see `select`."""
    return select(engine, catalogue.load(name).text, key, wanted, name)
