"""`hwbs review`: the open questions of a board's folder, and the answers to them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.review_list import keep_decisions, refresh_list, take_list
from hwbs_graph.cli.reviewer import Reviewer
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.intake.board_folder import BoardFolder
    from hwbs_graph.intake.decisions import Decision
    from hwbs_graph.intake.review_desk import By

_Ids = list[str] | None


def review_board(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", envvar="HWBS_BOARD", help="The folder of a board.")
    ],
    value: Annotated[
        str, typer.Argument(metavar="[VALUE]", help="The answer, if --answer gives an ID alone.")
    ] = "",
    *,
    listing: Annotated[bool, typer.Option("--list", help="List the open questions.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List answered ones, too.")] = False,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Only questions of this kind.")
    ] = "",
    answer: Annotated[
        _Ids,
        typer.Option("--answer", metavar="ID=VALUE", help="Answer a question; may be given again."),
    ] = None,
    only: Annotated[
        _Ids, typer.Option("--for", metavar="ACTION", help="Answer it for this action alone.")
    ] = None,
    left_out: Annotated[
        _Ids, typer.Option("--except", metavar="ACTION", help="Leave this action out of it.")
    ] = None,
    accept: Annotated[
        str, typer.Option("--accept", metavar="certain", help="Confirm what no question is about.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last decision.")] = False,
    file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take the answers of a filled-in list."),
    ] = None,
    page: Annotated[
        bool, typer.Option("--page", help="Answer on a page that this machine alone can open.")
    ] = False,
    reviewer: Reviewer,
    output: RowOutput,
) -> None:
    """Answer what only a person can decide of an imported plan.

    It lists the open questions, each with the printed words, their place and what it decides; one
    answer counts for all equal cells. An answer is yes, no, one, split, ask later, names, or
    PRINTED = BODY. The list also stands in review.xlsx of the folder: fill in its column “answer”
    and save; this command takes each answer once. A list elsewhere is given back with --from.
    With --page the questions stand on a page at 127.0.0.1, until Ctrl-C.
    Decisions are only added to a file of the folder; --undo makes the plan as it was before.
    """
    from hwbs_graph.intake.board_folder import open_folder, save_decisions

    board = open_folder(folder)
    if accept not in ("", "certain"):
        raise UsageError(f"--accept takes “certain”, not “{accept}”.")
    decisions = take_list(board, reviewer)
    actions = only or [], left_out or []
    decisions += _answer(board.add(decisions), answer or [], value, actions, reviewer)
    decisions += _take(board.add(decisions), file, accept, undo, reviewer)
    if decisions:
        board = save_decisions(board, decisions)
        _tell(board, decisions, output)
    refresh_list(board)
    if page:
        _serve(board, reviewer, output)
    elif listing or everything or kind or not (decisions or file):
        _list(board, kind, everything, output)


def _answer(
    board: "BoardFolder",
    answers: list[str],
    value: str,
    actions: tuple[list[str], list[str]],
    by: "By",
) -> "list[Decision]":
    """Return the decisions of --answer, of which one may have its value behind it."""
    from hwbs_graph.intake.review_desk import make_decision

    if value and (len(answers) != 1 or "=" in answers[0]):
        raise UsageError(f"“{value}” is the answer of no question; write --answer ID=VALUE.")
    made: list[Decision] = []
    for each in answers:
        key, _, text = (f"{each}={value}" if value else each).partition("=")
        only, left_out = actions
        made.append(make_decision(board.add(made), key, text, by, only=only, left_out=left_out))
    return made


def _take(
    board: "BoardFolder", file: Path | None, accept: str, undo: bool, by: "By"
) -> "list[Decision]":
    """Return the decisions of a filled-in list, of --accept and of --undo, in this order."""
    from hwbs_graph.intake import answer_files, review_desk

    made: list[Decision] = []
    if file:
        made += review_desk.read_answers(board, answer_files.read_rows(file), by, str(file))
    if accept:
        made += review_desk.accept_certain(board.add(made), by)
    if undo:
        made.append(review_desk.undo_last(board.add(made), by))
    return made


def _serve(board: "BoardFolder", by: "By", output: RowOutput) -> None:
    """Answer on a page until Ctrl-C."""
    from functools import partial

    from hwbs_graph.web.review_page import serve_review_page

    def announce(address: str) -> None:
        output.note(f"Open {address} in a browser; Ctrl-C ends it.")

    serve_review_page(board.folder, by, partial(keep_decisions, by), announce)


def _tell(board: "BoardFolder", decisions: "list[Decision]", output: RowOutput) -> None:
    """Say how many decisions were kept, and how many questions are left."""
    left = [each for each in board.decide().open_questions if each["state"] == "open"]
    kept = f"{count(len(decisions), 'decision')} kept in {board.folder / 'decisions.csv'}"
    output.note(f"{kept}; {count(len(left), 'question')} left.")


def _list(board: "BoardFolder", kind: str, everything: bool, output: RowOutput) -> None:
    from hwbs_graph.intake.review_desk import COLUMNS, list_lines, list_questions

    rows = list_questions(board, kind, everything)
    text = "".join(f"{line}\n" for line in list_lines(rows))
    output.write_report(lambda: text, rows, lambda: rows, COLUMNS)
    told = count(len(rows), "question")
    output.note(
        f"{told}. Answer one: hwbs review {board.folder} --answer ID=VALUE" if rows else f"{told}."
    )


COMMAND = Command(review_board, "hwbs review my-board --list")
