"""The open questions of a board as rows, and the decisions that answers to them make.

One answer counts for all that a question decides, but for the actions that are left out of it.

Out of scope: what an answer does (`replay`), and where it is typed (`cli`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.intake.answers import TAKES, WORDS, check_answer, parse_answer
from hwbs_graph.intake.board_folder import BoardFolder
from hwbs_graph.intake.decisions import CERTAIN, NAME, UNDO, Decision, list_standing

#: The columns of the questions; the last five are filled in by a person.
COLUMNS = (
    "id", "kind", "state", "question", "printed", "place", "candidates", "takes", "decides",
    "actions", "answer", "except", "only", "who", "why",
)  # fmt: skip
_SHORT = "question/"
#: A cell of CSV holds so many ids of actions.
_MOST_IDS = 1_000
#: Actions listed of one question in a terminal.
_SHOWN = 5


class By(NamedTuple):
    """Who decides, and on which day; why, where the person says so."""

    who: str
    when: str
    why: str = ""


def list_questions(board: BoardFolder, kind: str = "", all_states: bool = False) -> list[Row]:
    """Return a row for each open question of a kind, or of any; with `all_states` for each."""
    plan = board.decide().draft
    shown = {each["id"]: _show_action(each) for each in plan["actions"]}
    return [
        _make_row(board, question, shown)
        for question in plan["questions"]
        if (all_states or question["state"] != "answered") and kind in ("", question["kind"])
    ]


def _show_action(action: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (action["id"], action["code"], action["action"])))


def _make_row(board: BoardFolder, question: dict[str, Any], shown: Mapping[str, str]) -> Row:
    asks = board.reading.effects[question["id"]]["asks"]
    left = question["left"] or question["decides"]
    last = next(
        (
            each
            for each in reversed(list_standing(board.decisions))
            if each.question == question["id"]
        ),
        None,
    )
    return {
        "id": question["id"].removeprefix(_SHORT),
        "kind": question["kind"],
        "state": question["state"],
        "question": question["text"],
        "printed": question["printed"] or "",
        "place": question["place"] or "",
        "candidates": "\n".join(question["values"]),
        "takes": list_takes(asks),
        "decides": str(len(left)),
        "actions": "\n".join(shown.get(each, each) for each in left),
        "answer": last.answer if last and question["state"] == "answered" else "",
        "except": "",
        "only": "",
        "who": "",
        "why": "",
    }


def list_takes(asks: str) -> str:
    """Return the answers that a question takes, as a person types them."""
    shown = {
        "names": {"cell": "A; B", "names": "PRINTED = BODY"}.get(asks, "NAMES"),
        "date": "a date such as 2027-03",
    }
    return ", ".join(shown.get(each) or WORDS[each][0] for each in (*TAKES[asks], "later"))


def make_decision(
    board: BoardFolder,
    key: str,
    answer: str,
    by: By,
    *,
    only: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> Decision:
    """Return the decision that an answer to a question makes.

    Raises UsageError for an unknown question or action, and for an answer that it does not take.
    """
    questions = {each["id"]: each for each in board.reading.draft["questions"]}
    question = questions.get(key if key.startswith(_SHORT) else _SHORT + key)
    if question is None:
        raise UsageError(f"No question is “{key}”; `hwbs review {board.folder}` lists them.")
    effect = board.reading.effects[question["id"]]
    printed = [name for names in effect["about"].values() for _, name in names]
    kept = check_answer(answer, question, effect["asks"], printed)
    return Decision(
        len(board.decisions) + 1,
        by.when,
        by.who,
        question["id"],
        kept,
        tuple(_find_action(board, question, each) for each in only),
        tuple(_find_action(board, question, each) for each in left_out),
        by.why,
        question["printed"] or "",
        question["place"] or "",
    )


def _find_action(board: BoardFolder, question: Mapping[str, Any], given: str) -> str:
    """Return the id of an action that a question decides, by its id or its printed code."""
    for action in board.reading.draft["actions"]:
        if action["id"] in question["decides"]:
            short = action["id"].partition("/")[2]
            if given in (action["id"], short, action["code"]):
                return str(action["id"])
    raise UsageError(
        f"{question['id']} decides no action “{given}”; give an id or code that it lists."
    )


def undo_last(board: BoardFolder, by: By) -> Decision:
    """Return the decision that undoes the last one. Raises NothingFoundError where none stands."""
    standing = list_standing(board.decisions)
    if not standing:
        raise NothingFoundError(f"No decision stands in {board.folder}, so nothing is undone.")
    last = standing[-1]
    number = len(board.decisions) + 1
    return Decision(
        number, by.when, by.who, UNDO, str(last.number), why=by.why, printed=last.printed
    )


def accept_certain(board: BoardFolder, by: By) -> list[Decision]:
    """Return the decisions that confirm each action that no question is open about.

    Raises NothingFoundError where there is none that is not confirmed yet.
    """
    plan = board.decide().draft
    asked = {key for question in plan["questions"] for key in question["left"]}
    sure = [
        each["id"]
        for each in plan["actions"]
        if each["state"] == "read" and each["id"] not in asked
    ]
    if not sure:
        raise NothingFoundError("Each action is confirmed, or a question is open about it.")
    parts = [tuple(sure[at : at + _MOST_IDS]) for at in range(0, len(sure), _MOST_IDS)]
    first = len(board.decisions) + 1
    return [
        Decision(number, by.when, by.who, CERTAIN, "yes", part, why=by.why)
        for number, part in enumerate(parts, first)
    ]


def name_body(board: BoardFolder, printed: str, body: str, by: By) -> Decision:
    """Return the decision that a printed spelling stands for a body, or for several.

    Raises UsageError for a spelling that the plan does not print, or a name that is none.
    """
    answer = parse_answer(body)
    if answer.kind not in ("names", "no") or any(
        each.printed or each.role for each in answer.names
    ):
        raise UsageError(
            f"“{body}” is no name of a body; give one, several between ;, or not a body."
        )
    plain = printed.strip()
    if not any(copy.find(plain, "") for copy in board.reading.copies):
        raise UsageError(
            f"“{plain}” is nowhere in the documents of {board.folder}; give it as printed."
        )
    return Decision(
        len(board.decisions) + 1, by.when, by.who, NAME, body.strip(), why=by.why, printed=plain
    )


def read_answers(
    board: BoardFolder, rows: Iterable[Mapping[str, str]], by: By, name: str
) -> list[Decision]:
    """Return the decisions of rows that a person filled in, as `list_questions` gives them.

    Raises UsageError that names the file `name` and the row of an answer that is none.
    """
    made: list[Decision] = []
    for number, row in enumerate(rows, 2):
        if row.get("answer", "").strip():
            try:
                decision = _read_answer(board.add(made), row, by)
            except UsageError as error:
                raise UsageError(f"{name}, row {number}: {error}") from None
            if not is_taken(board, decision):
                made.append(decision)
    return made


def _read_answer(board: BoardFolder, row: Mapping[str, str], by: By) -> Decision:
    who, why = row.get("who", "").strip() or by.who, row.get("why", "").strip() or by.why
    return make_decision(
        board,
        row["id"].strip(),
        row["answer"],
        By(who, by.when, why),
        only=row.get("only", "").split(),
        left_out=row.get("except", "").split(),
    )


def is_taken(board: BoardFolder, decision: Decision) -> bool:
    """Say whether a decision stands already, whoever took it, with the same answer and actions."""
    return any(
        (each.question, each.answer, each.only, each.left_out)
        == (decision.question, decision.answer, decision.only, decision.left_out)
        for each in list_standing(board.decisions)
    )


def list_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the questions as lines for a terminal."""
    for row in rows:
        state = " (set aside)" if row["state"] == "set aside" else ""
        yield f"{row['id']}  {row['kind']}, decides {row['decides']}{state}"
        yield f"  {row['question']}"
        if row["printed"]:
            yield f"    printed: “{row['printed']}”, {row['place']}"
        if row["candidates"]:
            yield f"    candidates: {'; '.join(row['candidates'].splitlines())}"
        for action in row["actions"].splitlines()[:_SHOWN]:
            yield f"    decides: {action}"
        if (more := int(row["decides"]) - _SHOWN) > 0:
            yield f"    and {more} more"
        yield f"    answer: {row['takes']}"
