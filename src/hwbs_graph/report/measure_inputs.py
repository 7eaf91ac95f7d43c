"""The records that measures take: each asked of the catalogue, for one plan.

Out of scope: the measures themselves (`measures`) and how they are asked for (`analysis`).
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

from hwbs_graph.grouping import Row


def _involvements(engine: "Engine", plan: str) -> list[Row]:
    """Who is named for what, in printed order, with a mark for voluntary bodies."""
    from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES
    from hwbs_graph.query.results import run_named

    named = run_named(engine, "report/actions-by-partner", plan=plan)
    labels = {row["partner"]: row["partnerLabel"] for row in named}
    links = run_named(engine, "network/links-of-thing", thing=SCHEMES + "partner-type/vcse")
    classified = PREFIXES["org"] + "classification"
    vcse = {row["other"]: "yes" for row in links if row["property"] == classified}
    order = {row["action"]: n for n, row in enumerate(RECORDS["actions"](engine, plan))}
    rows = [
        row | {"partnerLabel": labels[row["partner"]], "vcse": vcse.get(row["partner"], "")}
        for row in _of_plan("report/partner-responsibilities")(engine, plan)
    ]
    return sorted(rows, key=lambda row: order.get(row["action"], 0))


def _addressed(engine: "Engine", plan: str) -> list[Row]:
    """What bears on a determinant and has actions: an action, or the objective it delivers."""
    from hwbs_graph.query.results import run_named

    actions = RECORDS["actions"](engine, plan)
    acting = {row[key] for row in actions for key in ("action", "objective")}
    touched = run_named(engine, "report/touchpoints-of-determinant", plan=plan)
    return [row for row in touched if row["element"] in acting]


def _themes(engine: "Engine", plan: str) -> list[Row]:
    """The themes of a plan, each with its `column`: without a word that begins all of them."""
    themes = {row["theme"]: row for row in _of_plan("report/themes")(engine, plan)}
    words = {iri: re.findall(r"[^\W\d_]+", row["themeLabel"]) for iri, row in themes.items()}
    first = {tuple(each[:1]) for each in words.values()}
    same = len(first) == 1 < min(map(len, words.values()), default=0)
    taken = {"layerLabel", "determinant", "determinantLabel", "gap"}
    for iri, row in themes.items():
        said = "".join(word.title() for word in words[iri][same:]) or "Theme"
        name = said[0].lower() + said[1:]
        row["column"] = name if name not in taken else f"{name}{len(taken)}"
        taken.add(row["column"])
    return list(themes.values())


def _of_plan(query: str) -> "Callable[[Engine, str], list[Row]]":
    def ask(engine: "Engine", plan: str) -> list[Row]:
        from hwbs_graph.query.results import run_named

        return run_named(engine, query, plan=plan)

    return ask


def _determinants(engine: "Engine", plan: str) -> list[Row]:
    """Every determinant there is, as no plan has its own."""
    from hwbs_graph.query.results import run_named

    return run_named(engine, "report/determinants")


#: The records that measures take, by name: each asked of the catalogue, for one plan.
RECORDS: "dict[str, Callable[[Engine, str], list[Row]]]" = {
    "involvements": _involvements,
    "actions": _of_plan("report/actions"),
    "objectives": _of_plan("report/objectives"),
    "themes": _themes,
    "determinants": _determinants,
    "touched": _of_plan("report/determinants-by-theme"),
    "addressed": _addressed,
}
