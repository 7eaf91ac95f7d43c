"""Which plans there are to draw, whose they are, and how much each holds.

Out of scope: what stands in a plan (`plan`, `record`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Virtuoso 7.2 says 1 for true.
TRUE = ("true", "1")
#: A message names no more plans than these.
_LISTED = 5
_PLANS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?plan ?label ?short ?delivers ?strategy ?acts WHERE {
  # Each plan once, before its actions are looked for: 150 plans need a hundredth of the time.
  { SELECT DISTINCT ?plan WHERE { ?theme a hwbs:Theme ; hwbs:inPlan ?plan } }
  OPTIONAL {
    SELECT ?plan (COUNT(?action) > 0 AS ?acts)
    WHERE { ?action a hwbs:Action ; hwbs:inPlan ?plan }
    GROUP BY ?plan
  }
  ?plan skos:prefLabel ?label .
  OPTIONAL { ?plan hwbs:shortLabel ?short }
  OPTIONAL { ?plan hwbs:deliversStrategy ?delivers . ?delivers skos:prefLabel ?strategy }
} ORDER BY ?plan
"""
_DATES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT ?plan ?strategyShort ?issued ?temporal ?strategyIssued ?strategyTemporal WHERE {
  VALUES ?class { hwbs:Strategy hwbs:ActionPlan }
  ?plan a ?class .
  OPTIONAL { ?plan dcterms:issued ?issued }
  OPTIONAL { ?plan dcterms:temporal ?temporal }
  OPTIONAL { ?plan hwbs:deliversStrategy/hwbs:shortLabel ?strategyShort }
  OPTIONAL { ?plan hwbs:deliversStrategy/dcterms:issued ?strategyIssued }
  OPTIONAL { ?plan hwbs:deliversStrategy/dcterms:temporal ?strategyTemporal }
}
"""
#: A board of the strategy's own area comes before one that only has a part in its delivery.
_BOARDS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?plan ?board ?boardLabel ?same WHERE {
  ?board a hwbs:Board ; hwbs:responsibleFor ?plan .
  ?plan a hwbs:Strategy .
  BIND(EXISTS { ?plan dcterms:spatial ?area . ?board dcterms:spatial ?area } AS ?same)
  OPTIONAL { ?board skos:prefLabel ?boardLabel }
} ORDER BY ?plan STR(?boardLabel)
"""

#: Themes that no family takes in must not make their plan disappear.
_NO_FAMILY = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT ?plan (COUNT(DISTINCT ?theme) AS ?themes) (COUNT(DISTINCT ?objective) AS ?objectives)
       (COUNT(DISTINCT ?action) AS ?actions)
WHERE {
  ?theme a hwbs:Theme ; hwbs:inPlan ?plan .
  FILTER NOT EXISTS { ?theme hwbs:inFamily ?family }
  OPTIONAL {
    ?objective a hwbs:Objective ; hwbs:inTheme ?theme ; hwbs:inPlan ?plan .
    OPTIONAL { ?action a hwbs:Action ; hwbs:deliversObjective ?objective }
  }
}
GROUP BY ?plan
ORDER BY ?plan
"""


def choose_plan(engine: Engine, plan: str | None) -> Row:
    """Return label, short label and strategy of the plan to draw.

    Without a name, the only plan with actions, or the only one at all. A strategy without
    themes of its own stands for the action plan that delivers it. Raises UsageError if the plan
    has no themes, or if several could be meant.
    """
    plans = engine.select(_PLANS)
    if plan is not None:
        own = [row for row in plans if row["plan"] == plan]
        plans = own or [row for row in plans if row["delivers"] == plan]
    if not plans:
        raise UsageError("There is no theme to draw; name another plan, or add one with --graph.")
    if len(plans) > 1 and plan is None:
        plans = [row for row in plans if row["acts"] in TRUE] or plans
    if len(plans) > 1:
        listed = ", ".join(row["label"] for row in plans[:_LISTED])
        if len(plans) > _LISTED:
            listed += f" and {len(plans) - _LISTED} more (hwbs list plans)"
        raise UsageError(f"The graph holds several plans; name one with --plan: {listed}.")
    return plans[0]


def every(engine: Engine, only: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Return the plans that have themes: by year, then by name, a strategy before its action plan.

    Each has iri, title (of the strategy), subtitle (of an action plan), short (for a chooser),
    board, area, year, strategy (IRI of the one it delivers, or its own) and acts ("true" where it
    has actions). `only` restricts to these IRIs; raises UsageError where none is left.
    """
    told = {row["plan"]: row for row in engine.select(_DATES)}
    boards = _boards(engine)
    # A plan named in two languages has two rows, and is one plan.
    rows = {row["plan"]: row for row in engine.select(_PLANS)}
    plans = [_plan(row, told.get(iri, {}), boards) for iri, row in rows.items()]
    wanted = None if only is None else set(only)
    plans = [plan for plan in plans if wanted is None or plan["iri"] in wanted]
    if not plans:
        raise UsageError("There is no theme to draw; name another plan, or add one with --graph.")
    shorts = Counter(plan["short"] for plan in plans)
    for plan in plans:
        if shorts[plan["short"]] > 1:
            plan["short"] = f"{plan['title']}: {plan['subtitle']}".removesuffix(": ")
    return sorted(plans, key=lambda p: (p["year"], p["title"], p["iri"] != p["strategy"], p["iri"]))


def _plan(row: Row, told: Row, boards: dict[str, str]) -> dict[str, str]:
    strategy = row["delivers"] or row["plan"]
    dates = ("issued", "temporal", "strategyIssued", "strategyTemporal")
    years = (re.search(r"\d{4}", text) for text in (*map(told.get, dates), row["label"]) if text)
    name = (told.get("strategyShort") if row["delivers"] else row["short"]) or ""
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


def _boards(engine: Engine) -> dict[str, str]:
    """Return the board of each strategy, where the record leaves no doubt which one it is."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    own: dict[str, dict[str, str]] = defaultdict(dict)
    for row in engine.select(_BOARDS):
        (own if row["same"] in TRUE else found)[row["plan"]][row["board"]] = row["boardLabel"]
    return {
        plan: next(iter(named.values()))
        for plan, named in {**found, **own}.items()
        if len(named) == 1
    }


def boards(engine: Engine) -> list[dict[str, str | int]]:
    """Return what each plan holds in each theme family: one row a plan and family, for a heat map.

    Each has board, plan (IRI), title, short, family ("" for the themes of none), familyOrder,
    themes, objectives and actions. Counted by the engine, so that a record of many boards need
    not be projected.
    """
    rows = run_named(engine, "compare/families-by-plan") + engine.select(_NO_FAMILY)
    by_plan = group_rows(rows, "plan")
    return [
        {
            **{"board": plan["board"], "plan": plan["iri"], "title": plan["title"]},
            **{"short": plan["short"], "family": row.get("familyLabel", "")},
            **{
                key: int(row.get(key) or 0)
                for key in ("familyOrder", "themes", "objectives", "actions")
            },
        }
        for plan in every(engine)
        for row in by_plan.get(plan["iri"], [])
    ]
