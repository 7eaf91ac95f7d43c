"""The record as RDF: canonical Turtle, TriG with the named graphs kept apart, sorted N-Triples.

The same statements always give the same bytes, so that two exports can be compared.

Out of scope: JSON-LD, which has a shape of its own (`jsonld`).
"""

from textwrap import indent

from pyoxigraph import RdfFormat, Triple, serialize

from hwbs_graph.data import turtle
from hwbs_graph.store import Engine
from hwbs_graph.write.export.subgraph import extract_plan


def write_turtle(engine: Engine, plan: str | None = None) -> bytes:
    """Return canonical Turtle of the record, or of the plan with this IRI.

    Raises DataError on a blank node, which has no name to be sorted by.
    """
    return turtle.serialize(collect_triples(engine, plan), "the graph").encode("utf-8")


def write_ntriples(engine: Engine, plan: str | None = None) -> bytes:
    """Return N-Triples in the order of their text, one statement a line."""
    lines = serialize(collect_triples(engine, plan), format=RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def write_trig(engine: Engine, plan: str | None = None) -> bytes:
    """Return TriG, one block for each named graph: what the rules derived stays apart.

    Prefixes stand before the block that uses them, as two graphs may use one for two folders.
    Raises DataError on a blank node.
    """
    store = (engine if plan is None else extract_plan(engine, plan)).snapshot()
    blocks = []
    for graph in sorted(store.named_graphs(), key=str):
        quads = store.quads_for_pattern(None, None, None, graph)
        text = turtle.serialize((quad.triple for quad in quads), str(graph))
        head, _, body = text.partition("\n\n") if text.startswith("@") else ("", "", text)
        block = f"{graph} {{\n{indent(body.lstrip(), '    ')}}}\n"
        blocks.append(f"{head}\n\n{block}" if head else block)
    return "\n".join(blocks).encode("utf-8")


def collect_triples(engine: Engine, plan: str | None = None) -> set[Triple]:
    """Return the statements of all graphs together, or those of one plan."""
    store = (engine if plan is None else extract_plan(engine, plan)).snapshot()
    return {quad.triple for quad in store}
