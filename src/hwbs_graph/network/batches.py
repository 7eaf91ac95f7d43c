"""Asking of everything, or only of what is drawn: one board of 150 need not read the others.

Out of scope: what the rows mean (`details`, `nodes`, `links`).
"""

from collections.abc import Collection, Mapping, Sequence

from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: IRIs that are asked about; None is everything.
Wanted = Collection[str] | None
#: Asked at once; a server refuses a query that is too long.
_MOST = 100


def run_batched(
    engine: Engine,
    name: str,
    key: str,
    wanted: Wanted,
    blanks: Mapping[str, str] | None = None,
    /,
    **bindings: Sequence[str],
) -> list[Row]:
    """Return the rows of a query, of everything or where the variable `key` is one of `wanted`.

    `blanks` and `bindings` hold in every batch. The order of the query holds among the rows of one
    thing.
    """
    if wanted is None:
        return run_named(engine, name, blanks, **bindings)
    return [
        row
        for batch in cut_batches(wanted)
        for row in run_named(engine, name, blanks, **{key: batch}, **bindings)
    ]


def cut_batches(wanted: Collection[str]) -> list[list[str]]:
    """Return the IRIs in sorted batches that can each be asked at once."""
    iris = sorted(wanted)
    return [iris[start : start + _MOST] for start in range(0, len(iris), _MOST)]
