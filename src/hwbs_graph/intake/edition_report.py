"""What the next edition of a plan changed, in a few lines or as JSON.

Out of scope: which action is which (`edition_matching`).
"""

from collections import Counter
from typing import Any

from hwbs_graph.errors import NothingFoundError
from hwbs_graph.intake.board_folder import BoardFolder
from hwbs_graph.intake.decisions import list_standing
from hwbs_graph.intake.editions import Edition
from hwbs_graph.text import count, truncate

_KINDS = ("unchanged", "changed", "reworded", "new", "gone", "asked")
_SHOWN, _LONGEST = 12, 90
#: The columns of `list_changes`.
COLUMNS = ("kind", "id", "code", "action", "before", "members")


def tell_edition(
    board: BoardFolder, later: BoardFolder, edition: Edition, is_written: bool
) -> dict[str, Any]:
    """Return what changed, the questions that are open, and the decisions that no longer apply.

    `later` is the board with the edition, and with what people changed by hand.
    """
    known = {each["id"] for each in edition.reading.draft["questions"]}
    before = {each["id"] for each in board.reading.draft["questions"]}
    lost = [
        {"question": each.question, "answer": each.answer, "printed": each.printed or None}
        for each in list_standing(board.decisions)
        if each.question in before - known
    ]
    return {
        "written": is_written,
        "changes": [each.as_dict() for each in edition.changes],
        "questions": [
            {key: each[key] for key in ("id", "kind", "text", "printed", "place")}
            for each in later.decide().open_questions
        ],
        "lapsed": lost,
        "by_hand": later.edits.tell(),
    }


def list_changes(board: BoardFolder) -> list[dict[str, str]]:
    """Return what changed since the last edition of a board's plan, a row for each action.

    Raises NothingFoundError for a board of one edition.
    """
    if not board.reading.changes:
        raise NothingFoundError(
            f"{board.folder} holds one edition of its plan; hwbs update takes the next one."
        )
    return [
        {key: "; ".join(each) if isinstance(each, list) else each for key, each in row.items()}
        for row in board.reading.changes
    ]


def describe_changes(board: BoardFolder) -> str:
    """Return what changed since the last edition as lines for a terminal."""
    changes = board.reading.changes
    told = {"written": True, "changes": changes, "questions": [], "lapsed": []}
    return describe_edition({**told, "by_hand": {"added": [], "removed": []}})


def describe_edition(told: dict[str, Any]) -> str:
    """Return the same as lines for a terminal."""
    counts = Counter(each["kind"] for each in told["changes"])
    lines = []
    if not told["changes"] and not told["written"]:
        lines.append("Nothing changed.")
    elif not told["changes"]:
        lines.append("The plan was made anew from the decisions.")
    else:
        words = [f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind]]
        lines.append(f"{count(sum(counts.values()), 'action')}: {', '.join(words)}.")
    lines += [_describe(each) for each in told["changes"] if each["kind"] != "unchanged"][:_SHOWN]
    more = sum(counts.values()) - counts["unchanged"] - _SHOWN
    lines += [f"  and {more} more (--format json lists all)"] if more > 0 else []
    for each in told["lapsed"]:
        what = f"“{truncate(each['printed'] or each['question'], _LONGEST)}”"
        lines.append(f"No longer printed: {what}; the answer “{each['answer']}” has no effect.")
    lines += _describe_edits(told["by_hand"])
    if told["questions"]:
        lines.append(f"{count(len(told['questions']), 'question')} open: hwbs review lists them.")
    return "\n".join([*lines, ""])


def _describe_edits(by_hand: dict[str, list[str]]) -> list[str]:
    """Return what people changed in the graph by hand, and what is kept of it."""
    kept = [f"  {kind}: {each}" for kind, said in by_hand.items() for each in said]
    if not kept:
        return []
    more = [f"  and {len(kept) - _SHOWN} more (edits.rdfp lists all)"] if len(kept) > _SHOWN else []
    return [f"Kept as changed by hand: {count(len(kept), 'statement')}.", *kept[:_SHOWN], *more]


def _describe(change: dict[str, Any]) -> str:
    code = f"{change['code']} " if change["code"] else ""
    said = f"  {change['kind']}: {code}“{truncate(change['action'], _LONGEST)}”"
    was = f", before “{truncate(change['before'], _LONGEST)}”" if change["before"] else ""
    members = f" ({', '.join(change['members'])})" if change["members"] else ""
    return said + was + members
