"""`hwbs update`: the next edition of a board's plan, over what was read and decided before."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import Output, SilentOutput
from hwbs_graph.cli.review_list import refresh_list, take_list
from hwbs_graph.cli.reviewer import Reviewer
from hwbs_graph.cli.terminal import progress_line
from hwbs_graph.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    from hwbs_graph.intake.board_folder import BoardFolder
    from hwbs_graph.intake.editions import Edition


def update_board(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", envvar="HWBS_BOARD", help="The folder of a board.")
    ],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="The new edition; without it, only decisions."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; only say what changed.")
    ] = False,
    prefer: Annotated[
        str,
        typer.Option(
            "--prefer",
            metavar="hand|edition",
            help="What counts where a hand and the new edition changed the same thing.",
        ),
    ] = "",
    *,
    reviewer: Reviewer,
    output: SilentOutput,
) -> None:
    """Take the next edition of a plan, and keep every decision.

    An action is known again by its wording, or by its code if the wording is alike; else it is
    asked about. What is gone stays in the graph as withdrawn, with the document that printed it
    last. Columns are read as mapping.yaml of the folder says; correct it there. Statements that
    were changed by hand in the graph are kept; what the new edition changed as well is asked. The
    second run changes nothing. What was filled into review.xlsx is taken first.
    """
    if not output.is_laid_out:
        raise UsageError("Changes are told as text or JSON; give --format json, or none.")
    from hwbs_graph.intake import edition_report
    from hwbs_graph.intake.board_folder import open_folder, save_decisions, save_edition
    from hwbs_graph.intake.hand_edits import SIDES

    if prefer not in ("", *SIDES):
        raise UsageError(f"--prefer takes hand or edition, not “{prefer[:60]}”.")
    board = open_folder(folder).take_edits()
    filled = take_list(board, reviewer)
    if filled:
        board = board.add(filled) if dry_run else save_decisions(board, filled)
    edition = _read(board, files or [], output)
    later = board.carry(replace(board, reading=edition.reading), prefer)
    written = [] if dry_run else save_edition(board, files or [], edition, prefer)
    if written:
        refresh_list(open_folder(folder))
    told = edition_report.tell_edition(board, later, edition, bool(written))
    output.write_report(lambda: edition_report.describe_edition(told), told, list)


def _read(board: "BoardFolder", files: list[Path], output: Output) -> "Edition":
    from hwbs_graph.intake import apart, board_folder, choices, summary
    from hwbs_graph.intake.editions import Edition

    mapping = board.folder / choices.MAPPING_FILE
    chosen = choices.read_mapping(mapping) if mapping.is_file() else choices.Choices()
    if not files:
        if not mapping.is_file() or choices.is_as_read(chosen, board.reading.columns):
            return Edition(board.reading, [])
        current = board.reading.copies[board.reading.first :]
        files = [board.folder / "documents" / copy.name for copy in current]
    with progress_line(output.quiet) as show:
        new = apart.read_apart(files, chosen, show)
    if not new.draft["actions"]:
        names = ", ".join(path.name for path in files)
        raise NothingFoundError(summary.describe_nothing(new.draft, names))
    return board_folder.read_edition(board, files, new)


COMMAND = Command(update_board, "hwbs update my-board elmstead/published/tracker.csv")
