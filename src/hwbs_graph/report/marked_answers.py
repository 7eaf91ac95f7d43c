"""Answers in which a row says that the period of its plan is over.

Out of scope: when a period is over (`query.periods`).
"""

from collections.abc import Mapping, Sequence

from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.query.periods import find_over, word_over
from hwbs_graph.query.results import Answer, Rows, run_named, run_query
from hwbs_graph.store import Engine, Term

#: The column that is added where a row is of such a plan.
PLAN_OVER = "planOver"
#: Columns that tell the plan of a row, where none names it.
_IN_PLANS = ("action", "objective", "element", "theme")
_TRUE = {"type": "literal", "value": "true", "datatype": f"{PREFIXES['xsd']}boolean"}


def ask_marked(
    engine: Engine, query: NamedQuery, terms: Mapping[str, Term] | None = None
) -> Answer:
    """Run a named query, and mark the rows of plans whose period is over."""
    return mark_over(engine, run_query(engine, query.text, terms, query.name))


def mark_over(engine: Engine, answer: Answer) -> Answer:
    """Return an answer with a column more, `planOver`, if the period of a row's plan is over."""
    if not isinstance(answer, Rows) or not answer.size:
        return answer
    return mark_rows(engine, answer)


def mark_rows(engine: Engine, rows: Rows) -> Rows:
    """Do the same for rows."""
    key = next((key for key in ("plan", *_IN_PLANS) if key in rows.variables), "")
    told = rows.text_rows() if key else []
    plans = {row["plan"] for row in told} if key == "plan" else None
    over = {*find_over(engine, plans)} if told else set()
    if over and key != "plan":
        inside = run_named(engine, "internal/things-in-plans", plan=[*over])
        over |= {row["thing"] for row in inside}
    marked = [row[key] in over for row in told] if over else []
    if not any(marked):
        return rows
    import json  # most answers are of plans that run

    written = json.loads(rows.encoded)
    written["head"]["vars"].append(PLAN_OVER)
    for row, is_over in zip(written["results"]["bindings"], marked, strict=True):
        row |= {PLAN_OVER: _TRUE} if is_over else {}
    return Rows(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def list_over(engine: Engine, things: Sequence[str]) -> list[Row]:
    """Return the plans whose period is over that things are, stand in or are named in.

    Each row has plan, planLabel and period.
    """
    rows = run_named(engine, "internal/plans-of-thing", thing=things)
    over = find_over(engine, (row["plan"] for row in rows))
    plans = {row["plan"]: row["planLabel"] for row in rows if row["plan"] in over}
    return [
        {"plan": plan, "planLabel": label, "period": over[plan]} for plan, label in plans.items()
    ]


def name_over(row: Row) -> str:
    """Return a plan with its period, which is over."""
    return f"{row['planLabel']} ({word_over(row['period'])})"
