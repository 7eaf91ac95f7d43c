"""The record as RDF: canonical Turtle, TriG with the named graphs kept apart, sorted N-Triples.

The same statements always give the same bytes, so that two exports can be compared. Values that do
not count stand where their file has them, beside the one that does.

Out of scope: JSON-LD, which has a shape of its own (`jsonld`).
"""

from collections.abc import Collection
from itertools import groupby

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from hwbs_graph.data import turtle
from hwbs_graph.model.single_values import restore
from hwbs_graph.store import Engine
from hwbs_graph.write.export.blank_nodes import rename_blank_nodes
from hwbs_graph.write.export.subgraph import extract_plan


def write_turtle(engine: Engine, plan: str | None = None) -> bytes:
    """Return canonical Turtle of the record, or of the plan with this IRI.

    Raises DataError on a quoted triple.
    """
    triples = collect_triples(engine, plan)
    return turtle.serialize(triples, "the graph").encode("utf-8")


def write_ntriples(engine: Engine, plan: str | None = None) -> bytes:
    """Return N-Triples in the order of their text, one statement a line."""
    lines = serialize(collect_triples(engine, plan), format=RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def write_trig(engine: Engine, plan: str | None = None) -> bytes:
    """Return TriG, one block for each named graph: what the rules derived stays apart.

    Prefixes stand before the block that uses them, as two graphs may use one for two folders.
    Raises DataError on a quoted triple.
    """
    quads = sorted(_collect_quads(engine, plan), key=_graph_key)
    blocks = []
    for graph, group in groupby(quads, key=_graph_key):
        text = turtle.serialize((quad.triple for quad in group), graph)
        head, _, body = text.partition("\n\n") if text.startswith("@") else ("", "", text)
        body = body.lstrip()
        named = graph != str(DefaultGraph())
        # Text may hold what Python takes for the end of a line, and must not be indented.
        inner = "".join(f"    {line}\n" if line else "\n" for line in body.split("\n")[:-1])
        block = f"{graph} {{\n{inner}}}\n" if named else body
        blocks.append(f"{head}\n\n{block}" if head else block)
    return "\n".join(blocks).encode("utf-8")


def collect_triples(engine: Engine, plan: str | None = None) -> set[Triple]:
    """Return the statements of all graphs together, or those of one plan."""
    return {quad.triple for quad in _collect_quads(engine, plan)}


def _collect_quads(engine: Engine, plan: str | None) -> Collection[Quad]:
    store = (engine if plan is None else extract_plan(engine, plan)).snapshot()
    return rename_blank_nodes([restore(quad) for quad in store])


def _graph_key(quad: Quad) -> str:
    return str(quad.graph_name)
