"""`hwbs name`: what a board's own name for a body stands for."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.cli.review_list import refresh_list, take_list
from hwbs_graph.cli.reviewer import Reviewer
from hwbs_graph.errors import UsageError


def name_body(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="PRINTED = BODY", help="The name as printed, and what it stands for."
        ),
    ],
    board: Annotated[
        Path,
        typer.Option(
            "--board", metavar="DIR", envvar="HWBS_BOARD", help="The folder of the board."
        ),
    ],
    *,
    reviewer: Reviewer,
    output: NoteOutput,
) -> None:
    """Say which body a name of a plan stands for, everywhere in it.

    A body that the plan names joins the two; another name renames it; several, between semicolons,
    part it; “not a body” takes it out. The decision counts for this board alone, and
    `hwbs review DIR --undo` undoes it.
    """
    from hwbs_graph.intake import board_folder, review_desk

    printed, equals, body = " ".join(words).partition("=")
    if not (equals and printed.strip() and body.strip()):
        raise UsageError('Write the name as printed, =, and the body: "Homes Team" = Housing.')
    folder = board_folder.open_folder(board)
    taken = take_list(folder, reviewer)
    decision = review_desk.name_body(folder.add(taken), printed, body, reviewer)
    refresh_list(board_folder.save_decisions(folder, [*taken, decision]))
    output.note(f"“{decision.printed}” stands for {decision.answer} in {board}.")


COMMAND = Command(name_body, 'hwbs name "Fire Service" = "Fire and Rescue" --board my-board')
