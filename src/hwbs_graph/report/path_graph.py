"""The links that may explain a connection, and what each rests on.

A national graph has a hundred thousand of them, of which a chain uses three: so what they rest on
is asked only of those.

Out of scope: which chain is best for a reader (the package itself).
"""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row
from hwbs_graph.model.bases import BASES, rank_basis
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    import networkx

#: One step more outweighs any basis, and any basis outweighs the hubs on the way.
_STEP, _BASIS = 1_000_000, 1_000

_SAID = ("type", "confidence", "reason")
_SOURCE = {"document": "document", "line": "line", "place": "place", "printed": "printedText"}


def build_graph(engine: Engine) -> "networkx.Graph[str]":
    """Return what may explain a connection: each edge with `cost`, and the best `link` behind it.

    A link has start, end, kind (IRI of the relation), basis, and in `said` the IRI of what states
    it. Of several statements that join two things the one on the firmest basis counts, and a
    statement before the shortcut that a rule derived from it.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    quoted = {row["said"] for row in run_named(engine, "internal/quoted-statements")}
    rows = [*_find_statements(engine), *_find_properties(engine)]
    for row in sorted(rows, key=lambda row: [row[key] for key in ("start", "end", "kind", "said")]):
        one, other = row["start"], row["end"]
        if not row["basis"] and row["said"] in quoted:
            row["basis"] = BASES[0]
        if one != other and (
            not graph.has_edge(one, other) or _rank(row) < _rank(graph.edges[one, other]["link"])
        ):
            graph.add_edge(one, other, link=row)
    for one, other, edge in graph.edges(data=True):
        hubs = math.log(graph.degree[one]) + math.log(graph.degree[other])
        edge["cost"] = _STEP + _BASIS * _rank(edge["link"])[1] + hubs / 2
    return graph


def _find_statements(engine: Engine) -> Iterator[Row]:
    """Yield the statements; a type with words of its own is the kind of its statements."""
    relations = bundled.registry().relations
    for relation in relations.values():
        if relation.is_statement and relation.in_paths:
            for row in run_named(engine, "internal/path-statements", relation.blanks):
                yield row | {"kind": row["type"] if row["type"] in relations else relation.iri}


def _find_properties(engine: Engine) -> Iterator[Row]:
    relations = bundled.registry().relations.values()
    direct = [relation.iri for relation in relations if relation.is_direct and relation.in_paths]
    for row in run_named(engine, "internal/path-properties", property=direct):
        yield row | {"kind": row["property"]}


def _rank(row: Row) -> tuple[bool, int]:
    relation = bundled.registry().relations[row["kind"]]
    return relation.is_direct, rank_basis(row["basis"])


def find_grounds(engine: Engine, said: Collection[str]) -> Mapping[str, Row]:
    """Return of each IRI in `said` type, confidence, reason, document, line, place and printed."""
    iris = sorted(said)
    found = {iri: dict.fromkeys((*_SAID, *_SOURCE), "") for iri in iris}
    for row in run_named(engine, "internal/grounds", said=iris):
        known = found[row["said"]]
        known |= {key: row[key] for key in _SAID if not known[key]}
    for row in run_named(engine, "trust/passages-of-thing", thing=iris):
        known = found[row["thing"]]
        if not known["document"]:
            known |= {key: row[column] for key, column in _SOURCE.items()}
    return found
