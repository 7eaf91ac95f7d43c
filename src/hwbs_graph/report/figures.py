"""Figures of two plans that contradict each other, or only differ.

Out of scope: which figure is right.
"""

from itertools import product

from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.report.compared_plans import ComparedPlan, build_row
from hwbs_graph.store import Engine


def compare_figures(engine: Engine, earlier: ComparedPlan, later: ComparedPlan) -> list[Row]:
    """Return rows of pairs, one figure from each plan, with `kind` contradiction or difference."""
    claims = run_named(engine, "compare/claims-by-topic")
    before = [row for row in claims if row["document"] in earlier.documents - later.documents]
    after = [row for row in claims if row["document"] in later.documents - earlier.documents]
    links = run_named(engine, "trust/contradicting-claims")
    contradictions = {frozenset((link["claim"], link["other"])) for link in links}
    found: dict[frozenset[str], Row] = {}
    for one, other in product(before, after):
        pair = frozenset((one["claim"], other["claim"]))
        if pair in contradictions:
            if pair not in found or one["topic"] == other["topic"]:
                found[pair] = _set_beside("contradiction", one, other)
        elif pair not in found and _differ(one, other):
            found[pair] = _set_beside("difference", one, other)
    return list(found.values())


def _differ(one: Row, other: Row) -> bool:
    """Say whether two claims give different figures for the same thing in the same place."""
    same = all(one[key] and one[key] == other[key] for key in ("topic", "unit", "placeName"))
    return same and all((one["figure"], other["figure"])) and one["figure"] != other["figure"]


def _set_beside(kind: str, one: Row, other: Row) -> Row:
    row = build_row("figures", None, None, kind=kind, topic=one["topicLabel"])
    for side, claim in (("earlier", one), ("later", other)):
        figure = f" [{claim['figure']} {claim['unit']}]" if claim["figure"] else ""
        row[side] = claim["claimLabel"] + figure
        row[f"{side}Iri"] = claim["claim"]
        row[f"{side}Source"] = f"{claim['document']} line {claim['line']}"
    if kind == "difference":
        whose = [claim["population"] or "not said whose" for claim in (one, other)]
        apart = f": of {whose[0]}, and of {whose[1]}" if whose[0] != whose[1] else ""
        row["reason"] = "may not be comparable" + apart
    return row
