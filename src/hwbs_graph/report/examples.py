"""Two questions that any graph can be asked, chosen from what it holds, with their answers.

Out of scope: how they are shown (the command line does).
"""

from typing import NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count


class Example(NamedTuple):
    """A question with a line for each answer, and the query that gives them.

    `partner` is the name to bind in that query, "" for none.
    """

    question: str
    lines: list[str]
    query: str
    partner: str = ""


def ask_about_actions(engine: Engine) -> Example | None:
    """Ask which actions involve the partner with most actions; None if nobody is involved."""
    query = "report/actions-by-partner"
    actions = {
        partner: {row["action"]: row for row in rows}
        for partner, rows in group_rows(run_named(engine, query), "partner").items()
    }
    most = list(max(actions.values(), key=len, default={}).values())
    if not most:
        return None
    name = most[0]["partnerLabel"]
    lines = [f"{row['themeLabel']} {row['code']}  {row['actionLabel']}" for row in most]
    return Example(f"Which actions involve {name}?", lines, query, name)


def ask_about_themes(engine: Engine) -> Example | None:
    """Ask which partners work in all themes of a plan, or else in most; None if in no theme."""
    query = "report/partners-in-all-themes"
    if rows := run_named(engine, query):
        question = "Which partners work in all themes of a plan?"
        return Example(question, list(map(_describe_partner, rows)), query)
    query = "report/partner-theme-matrix"
    reached = group_pairs(
        ((row["plan"], row["partner"], row["partnerLabel"]), row["theme"])
        for row in run_named(engine, query)
    )
    if not reached:
        return None
    numbers = {key: len(set(themes)) for key, themes in reached.items()}
    most = max(numbers.values())
    lines = [
        f"{name}, in {count(most, 'theme')}"
        for (_, _, name), number in numbers.items()
        if number == most
    ]
    return Example("Which partners work in most themes?", lines, query)


def _describe_partner(row: Row) -> str:
    actions, themes = int(row["actionCount"]), int(row["themeCount"])
    return f"{row['partnerLabel']}, in {count(actions, 'action')} under {count(themes, 'theme')}"
