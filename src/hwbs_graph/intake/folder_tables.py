"""The files of a board's folder that are tables or JSON: plan, questions, and what was read.

Out of scope: which files there are, and when they are written (`board_folder`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hwbs_graph.intake.records import Details
from hwbs_graph.intake.sheet_cells import write_rows
from hwbs_graph.model.sheet_columns import PLAN_COLUMNS

_PLAN = ("id", *(each.key for each in PLAN_COLUMNS if each.key != "id"), "place", "state")
_QUESTIONS = ("id", "kind", "text", "printed", "values", "decides", "place", "state")
#: Levels of a JSON file whose members have lines of their own: of the draft each action.
_LEVELS = 3


def write_plan(actions: Sequence[dict[str, Any]], details: Details) -> bytes:
    """Return plan.csv: a row for each action."""
    return write_rows(_PLAN, (_make_row(each, details) for each in actions))


def write_questions(questions: Sequence[dict[str, Any]]) -> bytes:
    """Return questions.csv: a row for each question, the answered among them."""
    return write_rows(_QUESTIONS, map(_make_question, questions))


def write_json(value: Mapping[str, Any]) -> bytes:
    """Return JSON with a line for each member, and for each action of a draft."""
    return (_list_members(value, _LEVELS) + "\n").encode("utf-8")


def _list_members(value: Any, levels: int) -> str:
    """Return JSON with a line for each member, and for theirs, so many levels down."""
    if levels and value and isinstance(value, Mapping):
        members = [f"{json.dumps(k)}: {_list_members(v, levels - 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(members) + "\n}"
    if levels and value and isinstance(value, Sequence) and not isinstance(value, str):
        return "[\n" + ",\n".join(_list_members(each, 0) for each in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _make_row(action: dict[str, Any], details: Details) -> dict[str, str]:
    row = {name: str(action[name] or "") for name in _PLAN if name in action}
    for role in ("lead", "partners"):
        row[role] = "\n".join(each.get("body") or each["printed"] for each in action[role])
    parts = (f"{each.role}: {each.name}" for each in details.parts.get(action["id"], ()))
    updates = [each for each in action["updates"] if each["text"]]
    lists = {
        "roles": parts,
        "measure": action["measure"],
        "printed": details.printed.get(action["id"], ()),
        "update": (each["text"] for each in updates),
        "as_of": (each["as_of"] or "" for each in updates),
    }
    return row | {key: "\n".join(each).rstrip() for key, each in lists.items()}


def _make_question(question: dict[str, Any]) -> dict[str, str]:
    return {
        name: "\n".join(value) if isinstance(value, list) else (value or "")
        for name, value in question.items()
        if name in _QUESTIONS
    }
