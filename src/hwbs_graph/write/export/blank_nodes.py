"""Names for blank nodes that depend on what is said of them, and not on a run of the program.

Out of scope: writing them.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256

from pyoxigraph import BlankNode, Quad

#: Rounds in which a node learns of others further away; more would tell none apart in practice.
_ROUNDS = 8
Names = Mapping[BlankNode, BlankNode]


def rename_blank_nodes(quads: Collection[Quad]) -> Collection[Quad]:
    """Return quads with the blank nodes called b0, b1 and so on, the same for the same graph."""
    touching: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        for term in {quad.subject, quad.object, quad.graph_name}:
            if isinstance(term, BlankNode):
                touching.setdefault(term, []).append(quad)
    if not touching:
        return quads
    colours = _colour(touching)
    ordered = sorted(touching, key=lambda node: (colours[node], node.value))
    names = {node: BlankNode(f"b{number}") for number, node in enumerate(ordered)}
    return [_rename(quad, names) for quad in quads]


def _colour(touching: Mapping[BlankNode, Collection[Quad]]) -> dict[BlankNode, str]:
    """Return a text for each node that differs where what is said of the nodes differs."""
    colours = dict.fromkeys(touching, "")
    for _ in range(_ROUNDS):
        before = len(set(colours.values()))
        colours = {
            node: sha256(
                repr(sorted(_describe(q, node, colours) for q in said)).encode()
            ).hexdigest()
            for node, said in touching.items()
        }
        if len(set(colours.values())) == before > 1:
            break
    return colours


def _describe(quad: Quad, node: BlankNode, colours: Mapping[BlankNode, str]) -> tuple[str, ...]:
    return tuple(
        "self" if term == node else f"_:{colours[term]}" if term in colours else str(term)
        for term in quad
    )


def _rename(quad: Quad, names: Names) -> Quad:
    subject, value, graph = quad.subject, quad.object, quad.graph_name
    return Quad(
        names[subject] if isinstance(subject, BlankNode) else subject,
        quad.predicate,
        names[value] if isinstance(value, BlankNode) else value,
        names[graph] if isinstance(graph, BlankNode) else graph,
    )
