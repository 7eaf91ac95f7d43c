"""The links of the whole record: one edge a pair, from every statement that makes it.

Out of scope: the things at their ends (`nodes`).
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.model.bases import BASES, rank_basis
from hwbs_graph.model.kinds import Relation
from hwbs_graph.network.batches import Wanted, run_batched
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_whole

Sources = dict[str, list[dict[str, object]]]
Edge = dict[str, object]

#: Types of alignment that do not say that one plan follows the other.
_NOT_FOLLOWING = ("new", "dropped", "shared-topic")


class Statements:
    """What a statement rests on: passages or citation, or who judged so, when and why."""

    def __init__(self, engine: Engine, sources: Sources, wanted: Wanted = None) -> None:
        self._sources = sources
        judged = run_batched(engine, "trust/judgements", "statement", wanted)
        self._judged = {row["statement"]: row for row in judged}
        nowhere: dict[str, object] = {"place": "", "line": 0, "printed": ""}
        self._cited: Sources = group_pairs(
            (row["statement"], {"document": row["citation"], **nowhere})
            for row in run_batched(engine, "internal/citations", "statement", wanted)
        )

    def describe_ground(self, iri: str, basis: str, otherwise: str = "") -> Edge:
        """Return basis, sources, curator, date, reason and confidence of the statement `iri`.

        A link without a statement has the sources of the thing `otherwise`.
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


def stated_links(engine: Engine, plans: Wanted = None, in_network: bool = False) -> list[Row]:
    """Return everything drawn that links two things, or what the elements of `plans` link.

    Each row has plan, relation, source, target, from, statement, basisLabel and order; what a
    plan prints as its own order needs no statement. With `in_network`, only what the network of
    one plan shows.
    """
    relations = bundled.registry().relations
    drawn = {
        iri: relation
        for iri, relation in relations.items()
        if relation.drawn and (relation.in_network or not in_network)
    }
    found = [
        _orient(row, relation)
        for relation in drawn.values()
        if relation.is_statement
        for row in run_batched(engine, "internal/drawn-statements", "plan", plans, relation.blanks)
    ]
    stated = {(row["relation"], row["source"], row["target"]) for row in found}
    direct = [iri for iri, relation in drawn.items() if relation.is_direct]
    rows = run_batched(engine, "internal/drawn-properties", "plan", plans, property=direct)
    printed = (_orient(row, drawn[row["property"]]) for row in rows)
    found += [
        row for row in printed if (row["relation"], row["source"], row["target"]) not in stated
    ]
    return sorted(found, key=_place)


def _orient(row: Row, relation: Relation) -> Row:
    """Add relation, source and target to a row; a plain property is stated where it is printed."""
    source, target = ("to", "from") if relation.drawn_backward else ("from", "to")
    ends = {"source": row[source], "target": row[target], "relation": relation.drawn}
    return {"statement": "", "basisLabel": BASES[0], **row, **ends}


def _place(row: Row) -> tuple[object, ...]:
    order = parse_whole(row["order"], -1)
    return row["plan"], row["relation"], row["source"], order, row["target"], row["statement"]


def join_edges(
    rows: Iterable[Row], statements: Statements, things: Container[str]
) -> list[tuple[str, str, Edge]]:
    """Return (source, target, attributes) for each pair of `things` that one of `rows` links."""
    pairs: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["source"] in things and row["target"] in things:
            pairs[row["source"], row["target"]].setdefault(row["statement"], row)
    return [(*ends, _join_edge(list(rows.values()), statements)) for ends, rows in pairs.items()]


def _join_edge(rows: list[Row], statements: Statements) -> Edge:
    """Return one edge for all statements on a pair: the strongest speaks, the others are kept."""
    rows = sorted(rows, key=lambda row: rank_basis(row["basisLabel"]))
    grounds = [
        statements.describe_ground(row["statement"], row["basisLabel"], row["from"]) for row in rows
    ]
    sources = [source for ground in grounds for source in _as_list(ground["sources"])]
    also = [
        {key: value for key, value in ground.items() if key != "date"} for ground in grounds[1:]
    ]
    return {
        "relation": rows[0]["relation"],
        "order": parse_whole(rows[0]["order"]),
        **grounds[0],
        "sources": [source for at, source in enumerate(sources) if source not in sources[:at]],
        "links": [row["statement"] for row in rows if row["statement"]],
        "also": also,
    }


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def find_alignments(engine: Engine, plans: Wanted = None) -> list[Row]:
    """Return every alignment by its type, or those that an element of `plans` has part in."""
    if plans is None:
        wanted: Wanted = None
    else:
        own = run_batched(engine, "internal/alignments-of-plan", "plan", plans)
        wanted = {row["alignment"] for row in own}
    rows = run_batched(engine, "compare/continuity", "alignment", wanted)
    once = {row["alignment"]: row for row in rows}.values()
    return sorted(once, key=lambda row: (row["typeLabel"], row["alignment"]))


def describe_alignments(
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
            **statements.describe_ground(row["alignment"], row["basisLabel"]),
        }
        for row in rows
        if all(row[end] in plan_of for end in ("from", "to") if row[end])
    ]


def _slug(row: Row) -> str:
    return row["type"].rsplit("/", 1)[-1]


def _only(plans: set[str]) -> str:
    return next(iter(plans)) if len(plans) == 1 else ""
