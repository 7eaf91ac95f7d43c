"""The labels and places of many things at once.

Out of scope: what is wrong with them (`shacl`).
"""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.vocabulary import shorten, split
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine, is_iri
from hwbs_graph.text import parse_whole

#: IRIs in one query; a server refuses a query that is too long.
_BATCH = 200


def locate_things(engine: Engine, things: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return a name for a reader, and document and file, of each of `things`."""
    wanted = sorted(set(things))
    iris = [NamedNode(thing) for thing in wanted if is_iri(thing)]
    batches = (iris[at : at + _BATCH] for at in range(0, len(iris), _BATCH))
    rows = (
        row for batch in batches for row in run_named(engine, "internal/locations", focus=batch)
    )
    by_thing = group_rows(rows, "focus")
    return {thing: _describe_place(thing, by_thing.get(thing, [])) for thing in wanted}


def _describe_place(thing: str, rows: Sequence[Row]) -> tuple[str, str]:
    graphs = sorted(row["graph"] for row in rows if row["graph"])
    if not graphs:
        return shorten(thing), ""
    label = min((row["label"] for row in rows if row["label"]), default="")
    named = min((f"{r['partner']} in {r['action']}" for r in rows if r["action"]), default="")
    lines = sorted((row["document"], parse_whole(row["line"])) for row in rows if row["line"])
    printed = f"{lines[0][0]} line {lines[0][1]}, " if lines else ""
    return label or named or shorten(thing), f"{printed}{split(graphs[0])[1]}.ttl"
