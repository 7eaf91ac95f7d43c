"""The records that measures take: each from the named queries, for one plan.

Out of scope: the measures themselves (`measures`), and their names (`analysis`).
"""

import re
from collections.abc import Callable

from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

Input = Callable[[Engine, str], list[Row]]
#: Columns of the table of determinants by themes that no theme may be called.
_TAKEN = ("layerLabel", "determinant", "determinantLabel", "gap")


def _query_plan(name: str) -> Input:
    """Return a function that runs a named query for one plan."""

    def query(engine: Engine, plan: str) -> list[Row]:
        return run_named(engine, name, plan=plan)

    return query


_list_actions = _query_plan("report/actions")


def _list_involvements(engine: Engine, plan: str) -> list[Row]:
    """Return who is named for what, in printed order, with a mark for voluntary bodies."""
    named = run_named(engine, "report/actions-by-partner", plan=plan)
    labels = {row["partner"]: row["partnerLabel"] for row in named}
    links = run_named(engine, "network/links-of-thing", thing=SCHEMES + "partner-type/vcse")
    classified = PREFIXES["org"] + "classification"
    vcse = {row["other"]: "yes" for row in links if row["property"] == classified}
    order = {row["action"]: at for at, row in enumerate(_list_actions(engine, plan))}
    rows = [
        row | {"partnerLabel": labels[row["partner"]], "vcse": vcse.get(row["partner"], "")}
        for row in run_named(engine, "report/partner-responsibilities", plan=plan)
    ]
    return sorted(rows, key=lambda row: order.get(row["action"], 0))


def _list_addressed(engine: Engine, plan: str) -> list[Row]:
    """Return what bears on a determinant by an action, directly or not."""
    touched = run_named(engine, "report/touchpoints-of-determinant", plan=plan)
    return [row for row in touched if row["action"]]


def _list_themes(engine: Engine, plan: str) -> list[Row]:
    """Return the themes of a plan, each with a `column`: its label in camel case.

    A word with which all labels begin is left out.
    """
    themes = {row["theme"]: row for row in run_named(engine, "report/themes", plan=plan)}
    words = [re.findall(r"[^\W\d_]+", row["themeLabel"]) for row in themes.values()]
    if len({tuple(each[:1]) for each in words}) == 1 and min(map(len, words)) > 1:
        words = [each[1:] for each in words]
    taken = {*_TAKEN}
    for row, own in zip(themes.values(), words, strict=True):
        title = "".join(word.title() for word in own) or "Theme"
        name = title[0].lower() + title[1:]
        row["column"] = name if name not in taken else f"{name}{len(taken)}"
        taken.add(row["column"])
    return list(themes.values())


def _list_determinants(engine: Engine, plan: str) -> list[Row]:
    """Return all determinants: no plan has its own."""
    return run_named(engine, "report/determinants")


#: The inputs of measures by name.
INPUTS: dict[str, Input] = {
    "involvements": _list_involvements,
    "actions": _list_actions,
    "objectives": _query_plan("report/objectives"),
    "themes": _list_themes,
    "determinants": _list_determinants,
    "touched": _query_plan("report/determinants-by-theme"),
    "addressed": _list_addressed,
}
