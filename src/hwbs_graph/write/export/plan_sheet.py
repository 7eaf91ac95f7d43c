"""A plan in the graph as a plan sheet: the workbook that `hwbs template` gives, filled in.

It holds what a plan prints of its actions: levels, parts of bodies, dates, measures and progress.
Names are those of the bodies, and other spellings stand in the sheet Names.

Out of scope: what editors add, such as links to determinants, and commitments without actions.
"""

import logging
from collections.abc import Iterator, Sequence

from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import Delivery, Measure, Progress, read_delivery
from hwbs_graph.model.sheet_columns import PlanSheet
from hwbs_graph.query.results import run_named
from hwbs_graph.report.upper_levels import find_deliveries, list_levels
from hwbs_graph.store import Engine
from hwbs_graph.text import list_first
from hwbs_graph.write.plan_workbook import write_plan_workbook

#: A warning names no more elements than these.
_MOST_NAMED = 3
_LOG = logging.getLogger(__name__)
_OWN_COLUMN = {"lead": "lead", "involved": "partners", "": "partners"}


def write_plan_sheet(engine: Engine, plan: str | None = None) -> bytes:
    """Return the workbook of a plan, or of the only one with actions. Raises UsageError."""
    return write_plan_workbook(read_sheet(engine, plan), list_kinds(engine))


def list_kinds(engine: Engine) -> list[str]:
    """Return the kinds of body that the code list has."""
    rows = run_named(engine, "internal/kinds-of-body")
    return [row["label"] for row in rows]


def read_sheet(engine: Engine, plan: str | None = None) -> PlanSheet:
    """Return a plan as the rows of its sheets, white space made plain. Raises UsageError."""
    found = _choose_plan(engine, plan)
    actions = group_rows(run_named(engine, "report/actions", plan=found), "action")
    parts = run_named(engine, "internal/parts-in-actions", plan=found)
    told = group_rows(run_named(engine, "internal/delivery", thing=[*actions]), "thing")
    if above := _name_levels_above(engine, [*actions]):
        _LOG.warning(
            "A plan sheet has no place for leads, dates, measures and progress above actions, "
            "as of %s; an export as ttl has them.",
            above,
        )
    by_action = group_rows(parts, "action")
    rows = [
        _make_plain(row)
        for iri, placed in actions.items()
        for row in _list_rows(
            placed, by_action.get(iri, []), read_delivery(told.get(iri, [])), found
        )
    ]
    names = list(dict.fromkeys(row["partner"] for row in parts))
    return PlanSheet(_describe_plan(engine, found), rows, _list_names(engine, names))


def _name_levels_above(engine: Engine, actions: Sequence[str]) -> str:
    """Return what stands above actions and says who leads, when, by what measure or how far."""
    above = run_named(engine, "internal/levels-above", thing=actions)
    uppers = sorted({row["upper"] for row in above})
    levels = list_levels(above, find_deliveries(engine, uppers))
    led = run_named(engine, "report/responsibilities-by-body", element=uppers) if uppers else []
    names = [level["label"] for level in levels] + [row["elementLabel"] for row in led]
    return list_first([*dict.fromkeys(f"“{name}”" for name in names)], _MOST_NAMED)


def _choose_plan(engine: Engine, plan: str | None) -> str:
    """Return the plan with actions that is meant: itself, or the one that delivers it."""
    rows = [row for row in run_named(engine, "internal/drawn-plans") if row["acts"] == "true"]
    own = [row for row in rows if plan in (None, row["plan"])]
    own = own or [row for row in rows if row["delivers"] == plan]
    if not own:
        raise UsageError("The plan has no actions, which are what a plan sheet holds.")
    if len({row["plan"] for row in own}) > 1:
        listed = ", ".join(dict.fromkeys(row["label"] for row in own))
        raise UsageError(f"The graph holds several plans; name one with --plan: {listed[:400]}.")
    return own[0]["plan"]


def _describe_plan(engine: Engine, plan: str) -> Row:
    told = run_named(engine, "internal/strategic-plan", plan=plan)[0]
    label = next(
        row["label"] for row in run_named(engine, "internal/drawn-plans") if row["plan"] == plan
    )
    boards = run_named(engine, "internal/plan-boards")
    board = next((row["boardLabel"] for row in boards if row["plan"] == plan), "")
    about = {"title": label, "body": board, "period": told["period"], "status": told["status"]}
    return _make_plain(about)


def _list_rows(
    placed: Sequence[Row], parts: Sequence[Row], told: Delivery, plan: str
) -> Iterator[Row]:
    """Yield the row of an action, then those that add a further objective or update."""
    levels = [(row["themeLabel"], row["objectiveLabel"]) for row in placed]
    levels = list(dict.fromkeys(levels))
    first = placed[0]
    row = {
        "code": first["code"],
        "action": first["actionLabel"],
        "timescale": told["timescale"] or "",
        "start": told["startDate"] or "",
        "due": told["targetDate"] or "",
        "measure": "\n".join(sorted(map(_write_measure, told["measures"]))),
        "id": first["action"].removeprefix(f"{plan}/").rpartition("action/")[2],
        **_list_parts(parts),
    }
    updates = sorted(map(_write_update, told["progress"]), key=_order_update)
    for number in range(max(len(levels), len(updates), 1)):
        theme, objective = levels[number] if number < len(levels) else ("", "")
        update = updates[number] if number < len(updates) else {}
        yield {"theme": theme, "objective": objective, **update, **({} if number else row)}


def _list_parts(parts: Sequence[Row]) -> Row:
    columns = group_pairs(_write_part(row) for row in parts)
    return {key: "\n".join(sorted(dict.fromkeys(names))) for key, names in columns.items()}


def _write_part(row: Row) -> tuple[str, str]:
    """Return the column of a part and its line there."""
    name = " ".join(row["partnerLabel"].split())
    if not row["printedRole"] and row["role"] in _OWN_COLUMN:
        return _OWN_COLUMN[row["role"]], name
    printed = f" ({row['printedRole']})" if row["printedRole"] else ""
    return "roles", f"{row['role'] or 'involved'}{printed}: {name}"


def _write_measure(measure: Measure) -> str:
    counted = measure["indicator"] == measure["label"]
    kind = measure["kind"] or ("Indicator" if counted else "")
    return f"[{kind}] {measure['label']}" if kind else measure["label"]


def _write_update(update: Progress) -> Row:
    cells = {
        "as_of": update["asOf"],
        "status": update["state"],
        "printed": update["printed"],
        "update": update["text"],
    }
    return {key: each or "" for key, each in cells.items()}


def _order_update(row: Row) -> list[str]:
    return [row[key] for key in ("as_of", "status", "printed", "update")]


def _list_names(engine: Engine, partners: Sequence[str]) -> list[Row]:
    """Return every partner of the plan, so that each name is certain when it is read back."""
    rows = run_named(engine, "internal/spellings-of-partner", partner=partners) if partners else []
    found = group_pairs(((row["partner"], row["fact"]), row["text"]) for row in rows)
    labels = {row["partner"]: row["partnerLabel"] for row in rows}
    found = {key: texts for key, texts in found.items() if texts != ["unresolved"]}
    names = [
        {
            "name": label,
            **{
                fact: "\n".join(sorted({" ".join(each.split()) for each in found[key, fact]}))
                for fact in ("abbreviation", "kind", "code")
                if (key, fact) in found
            },
        }
        for key, label in labels.items()
    ]
    return sorted(map(_make_plain, names), key=lambda row: row["name"])


def _make_plain(row: Row) -> Row:
    """Return cells as a spreadsheet reader gives them: one space between words, no empty lines."""
    return {
        key: "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
        for key, text in row.items()
    }
