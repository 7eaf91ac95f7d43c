"""The links that may explain a connection, and what each rests on.

A national graph has a hundred thousand of them, of which a chain uses three: so what they rest on
is asked only of those.

Out of scope: which chain is best for a reader (the package itself).
"""

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    import networkx

#: What a link rests on, the firmest first; what rests on nothing comes last.
BASES = ("stated in document", "stated elsewhere", "curated judgement", "")
#: One step more outweighs any basis, and any basis outweighs the hubs on the way.
_STEP, _BASIS = 1_000_000, 1_000

_LINKS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?start ?end ?kind ?said ?basis WHERE {
  {
    ?said a hwbs:Involvement ; hwbs:partner ?start ; hwbs:action ?end .
    BIND("Involvement" AS ?kind)
  } UNION {
    ?said a hwbs:DeterminantLink ; hwbs:element ?start ; hwbs:determinant ?end .
    BIND("DeterminantLink" AS ?kind)
  } UNION {
    ?said a hwbs:ThemePlacement ; hwbs:element ?start ; hwbs:theme ?end .
    BIND("ThemePlacement" AS ?kind)
  } UNION {
    ?said a hwbs:Alignment ; hwbs:from ?start ; hwbs:to ?end ; hwbs:alignmentType ?alignment .
    BIND(?alignment = <https://w3id.org/hwbs/scheme/alignment/shared-topic> AS ?shared)
    BIND(IF(?shared, "SharedTopic", "Alignment") AS ?kind)
  } UNION {
    ?said a hwbs:Responsibility ; hwbs:body ?start ; hwbs:element ?end .
    BIND("Responsibility" AS ?kind)
  } UNION {
    ?said a hwbs:Membership ; org:member ?start ; org:organization ?end .
    BIND("Membership" AS ?kind)
  } UNION {
    VALUES ?property {
      hwbs:inTheme hwbs:deliversObjective hwbs:focusOf hwbs:exampleOf hwbs:ambitionOf
      hwbs:rationaleFor hwbs:subgroupOf org:unitOf org:subOrganizationOf
    }
    ?start ?property ?end .
    # To which body a partner belongs is part of how it was identified.
    OPTIONAL { ?identification a hwbs:Identification ; hwbs:partner ?start }
    BIND(COALESCE(?identification, ?start) AS ?said)
    BIND(REPLACE(STR(?property), "^.*[/#]", "") AS ?kind)
  }
  OPTIONAL { ?said hwbs:basis/skos:prefLabel ?basis }
}
"""
_TOLD = ("type", "confidence", "reason")
_SOURCE = {"document": "document", "line": "line", "place": "place", "printed": "printedText"}


def links(engine: Engine) -> "networkx.Graph[str]":
    """Return what may explain a connection: each edge with `cost`, and the best `link` behind it.

    A link has start, end, kind, basis, and in `said` the IRI of what states it. Where several
    statements join two things, the one on the firmest basis counts, and a statement before the
    shortcut that a rule derived from it.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    quoted = {row["said"] for row in run_named(engine, "internal/quoted-statements")}
    rows = engine.select(_LINKS)
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


def _rank(row: Row) -> tuple[bool, int]:
    basis = row["basis"]
    return row["kind"][0].islower(), BASES.index(basis if basis in BASES else "")


def grounds_of(engine: Engine, said: Collection[str]) -> Mapping[str, Row]:
    """Return of each IRI in `said` type, confidence, reason, document, line, place and printed."""
    iris = sorted(said)
    found = {iri: dict.fromkeys((*_TOLD, *_SOURCE), "") for iri in iris}
    for row in run_named(engine, "internal/grounds", said=iris):
        known = found[row["said"]]
        known |= {key: row[key] for key in _TOLD if not known[key]}
    for row in run_named(engine, "trust/passages-of-thing", thing=iris):
        known = found[row["thing"]]
        if not known["document"]:
            known |= {key: row[column] for key, column in _SOURCE.items()}
    return found
