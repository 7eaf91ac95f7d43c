"""Which plans there are to draw, whose they are, and how much each holds.

Out of scope: what stands in a plan (`plan_graph`, `whole_graph`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from hwbs_graph.data import bundled
from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.network.batches import run_batched
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine, is_iri
from hwbs_graph.text import list_first, parse_whole

#: Virtuoso 7.2 says 1 for true.
TRUE = ("true", "1")
#: A message names no more plans than these.
_LISTED = 5


def choose_plan(engine: Engine, plan: str | None) -> Row:
    """Return label, short label and strategy of the plan to draw.

    Without a name, the only plan with actions, or the only one at all. A strategy without
    themes of its own stands for the action plan that delivers it. Raises UsageError if the plan
    has no themes, if several could be meant, or if it has no IRI.
    """
    plans = run_named(engine, "internal/drawn-plans")
    if plan is not None:
        own = [row for row in plans if row["plan"] == plan]
        plans = own or [row for row in plans if row["delivers"] == plan]
    if not plans:
        raise UsageError("There is no theme to draw; name another plan, or add one with --graph.")
    if len(plans) > 1 and plan is None:
        plans = [row for row in plans if row["acts"] in TRUE] or plans
    if len(plans) > 1:
        listed = list_first([row["label"] for row in plans], _LISTED)
        listed += " (hwbs list plans)" if len(plans) > _LISTED else ""
        raise UsageError(f"The graph holds several plans; name one with --plan: {listed}.")
    if not is_iri(plans[0]["plan"]):
        label = plans[0]["label"]
        raise UsageError(f"The plan “{label}” is an unnamed node; give it an IRI in its file.")
    return plans[0]


def list_plans(engine: Engine, only: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Return the plans that have themes: by year, then by name, a strategy before its action plan.

    Each has iri, title (of the strategy), subtitle (of an action plan), short (for a chooser),
    board, area, year, strategy (IRI of the one it delivers, or its own), acts ("true" where it has
    actions) and over (the period of a plan, if it is over). `only` restricts to these IRIs; raises
    UsageError where none is left.
    """
    classes = bundled.registry().named["plan"].classes
    dated = run_named(engine, "internal/plan-dates", **{"class": classes})
    dates = {row["plan"]: row for row in dated}
    boards = _find_boards(engine)
    # A plan named in two languages has two rows, and is one plan.
    wanted = None if only is None else set(only)
    drawn = run_batched(engine, "internal/drawn-plans", "plan", wanted)
    rows = {row["plan"]: row for row in drawn}
    over = find_over(engine)
    plans = [
        _describe_plan(row, dates.get(iri, {}), boards) | {"over": over.get(iri, "")}
        for iri, row in rows.items()
    ]
    if not plans:
        raise UsageError("There is no theme to draw; name another plan, or add one with --graph.")
    shorts = Counter(plan["short"] for plan in plans)
    for plan in plans:
        if shorts[plan["short"]] > 1:
            plan["short"] = f"{plan['title']}: {plan['subtitle']}".removesuffix(": ")
    return sorted(plans, key=lambda p: (p["year"], p["title"], p["iri"] != p["strategy"], p["iri"]))


def _describe_plan(row: Row, dates: Row, boards: dict[str, str]) -> dict[str, str]:
    strategy = row["delivers"] or row["plan"]
    keys = ("issued", "temporal", "strategyIssued", "strategyTemporal")
    years = (re.search(r"\d{4}", text) for text in (*map(dates.get, keys), row["label"]) if text)
    name = (dates.get("strategyShort") if row["delivers"] else row["short"]) or ""
    title = row["strategy"] or row["label"]
    return {
        "iri": row["plan"],
        "title": title,
        "subtitle": (row["short"] or row["label"]) if row["delivers"] else "",
        "short": f"{name or title} action plan" if row["delivers"] else name or title,
        "board": boards.get(strategy, ""),
        "area": re.sub(r"\s+\d{4}.*$", "", name or title),
        "year": next((year[0] for year in years if year), ""),
        "strategy": strategy,
        "acts": "true" if row["acts"] in TRUE else "false",
    }


def _find_boards(engine: Engine) -> dict[str, str]:
    """Return the board of each strategy, where the record leaves no doubt which one it is."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    own: dict[str, dict[str, str]] = defaultdict(dict)
    for row in run_named(engine, "internal/plan-boards"):
        (own if row["same"] in TRUE else found)[row["plan"]][row["board"]] = row["boardLabel"]
    return {
        plan: next(iter(named.values()))
        for plan, named in {**found, **own}.items()
        if len(named) == 1
    }


def count_families(engine: Engine) -> list[dict[str, str | int]]:
    """Return what each plan holds in each theme family: one row a plan and family, for a heat map.

    Each has board, plan (IRI), title, short, family ("" for the themes of none), familyOrder,
    themes, objectives and actions. Counted by the engine, so that a record of many boards need
    not be projected.
    """
    rows = run_named(engine, "compare/families-by-plan")
    rows += run_named(engine, "internal/plans-without-family")
    by_plan = group_rows(rows, "plan")
    return [
        {
            **{"board": plan["board"], "plan": plan["iri"], "title": plan["title"]},
            **{"short": plan["short"], "family": row.get("familyLabel", "")},
            **{
                key: parse_whole(row.get(key, ""))
                for key in ("familyOrder", "themes", "objectives", "actions")
            },
        }
        for plan in list_plans(engine)
        for row in by_plan.get(plan["iri"], [])
    ]
