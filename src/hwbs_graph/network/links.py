"""The links of the whole record: one edge a pair, from every statement that makes it.

Out of scope: the things at their ends (`record`).
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable

from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.network import batches
from hwbs_graph.network.batches import Wanted
from hwbs_graph.store import Engine

Sources = dict[str, list[dict[str, object]]]
Edge = dict[str, object]

#: From the strongest ground to the weakest; a basis of your own counts as weakest.
STRENGTH = ("stated in document", "stated elsewhere", "curated judgement", "inferred by rule")
#: Types of alignment that do not say that one plan follows the other.
_NOT_FOLLOWING = ("new", "dropped", "shared-topic")
_CITATIONS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT ?statement ?citation WHERE {
  ?statement a hwbs:Statement ; dcterms:bibliographicCitation ?citation
} ORDER BY ?statement STR(?citation)
"""


_COMPARING = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT DISTINCT ?alignment ?plan WHERE {
  { ?alignment a hwbs:Alignment ; hwbs:from ?end . ?end hwbs:inPlan ?plan }
  UNION { ?alignment a hwbs:Alignment ; hwbs:to ?end . ?end hwbs:inPlan ?plan }
}
"""


class Statements:
    """What a statement rests on: passages or citation, or who judged so, when and why."""

    def __init__(self, engine: Engine, sources: Sources, wanted: Wanted = None) -> None:
        self._sources = sources
        judged = batches.rows(engine, "trust/judgements", "statement", wanted)
        self._judged = {row["statement"]: row for row in judged}
        nowhere: dict[str, object] = {"place": "", "line": 0, "printed": ""}
        self._cited: Sources = group_pairs(
            (row["statement"], {"document": row["citation"], **nowhere})
            for row in batches.select(engine, _CITATIONS, "statement", wanted)
        )

    def ground(self, iri: str, basis: str, otherwise: str = "") -> Edge:
        """Return basis, sources, curator, date, reason and confidence of the statement `iri`.

        What no statement was needed for has the sources of the thing `otherwise`.
        """
        judged = self._judged.get(iri, {})
        return {
            "basis": basis,
            "sources": [*self._sources.get(iri or otherwise, ()), *self._cited.get(iri, ())],
            "curator": judged.get("curatorLabel", ""),
            "date": judged.get("curatedOn", ""),
            "reason": judged.get("reason", ""),
            "confidence": judged.get("confidence", ""),
        }


def told(engine: Engine, plans: Wanted = None) -> list[Row]:
    """Return every statement that links two things, or those of the elements of `plans`."""
    return batches.rows(engine, "network/record-projection", "plan", plans)


def edges(
    rows: Iterable[Row], statements: Statements, things: Container[str]
) -> list[tuple[str, str, Edge]]:
    """Return (source, target, attributes) for each pair of `things` that one of `rows` links."""
    pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["source"] in things and row["target"] in things:
            pairs[row["source"], row["target"]].setdefault(row["statement"], row)
    return [(*ends, _edge(list(rows.values()), statements)) for ends, rows in pairs.items()]


def _edge(rows: list[Row], statements: Statements) -> Edge:
    """Return one edge for all statements on a pair: the strongest speaks, the others are kept."""
    rows = sorted(rows, key=lambda row: _strength(row["basisLabel"]))
    grounds = [
        statements.ground(row["statement"], row["basisLabel"], row["target"]) for row in rows
    ]
    sources = [source for ground in grounds for source in _listed(ground["sources"])]
    also = [
        {key: value for key, value in ground.items() if key != "date"} for ground in grounds[1:]
    ]
    return {
        "relation": rows[0]["relation"],
        "order": int(rows[0]["order"] or 0),
        **grounds[0],
        "sources": [source for at, source in enumerate(sources) if source not in sources[:at]],
        "links": [row["statement"] for row in rows if row["statement"]],
        "also": also,
    }


def _strength(basis: str) -> int:
    return STRENGTH.index(basis) if basis in STRENGTH else len(STRENGTH)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def compared(engine: Engine, plans: Wanted = None) -> list[Row]:
    """Return every alignment by its type, or those that an element of `plans` has part in."""
    if plans is None:
        known: Wanted = None
    else:
        known = {row["alignment"] for row in batches.select(engine, _COMPARING, "plan", plans)}
    rows = batches.rows(engine, "compare/continuity", "alignment", known)
    once = {row["alignment"]: row for row in rows}.values()
    return sorted(once, key=lambda row: (row["typeLabel"], row["alignment"]))


def alignments(
    rows: Collection[Row], statements: Statements, plan_of: dict[str, str]
) -> list[dict[str, object]]:
    """Return how elements of one plan stand to those of another, in the order of their type.

    What is new has no `from` and what was dropped no `to`; the plan at the missing end is told
    only where the other alignments leave no doubt which two plans follow each other. An end that
    `plan_of` does not hold is outside what is drawn, and so is its alignment.
    """
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        one, other = (plan_of.get(row[end], row[f"{end}Plan"]) for end in ("from", "to"))
        if one and other and _slug(row) not in _NOT_FOLLOWING:
            before[other].add(one)
            after[one].add(other)
    return [
        {
            "iri": row["alignment"],
            "from": row["from"],
            "to": row["to"],
            "type": _slug(row),
            "label": row["typeLabel"],
            "fromPlan": plan_of.get(row["from"]) or _only(before[plan_of.get(row["to"], "")]),
            "toPlan": plan_of.get(row["to"]) or _only(after[plan_of.get(row["from"], "")]),
            **statements.ground(row["alignment"], row["basisLabel"]),
        }
        for row in rows
        if all(row[end] in plan_of for end in ("from", "to") if row[end])
    ]


def _slug(row: Row) -> str:
    return row["type"].rsplit("/", 1)[-1]


def _only(plans: set[str]) -> str:
    return next(iter(plans)) if len(plans) == 1 else ""
