"""`hwbs import`: a board's plan, as it was published, to a folder with a draft graph."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import SilentOutput
from hwbs_graph.cli.review_list import refresh_list
from hwbs_graph.cli.terminal import progress_line
from hwbs_graph.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    from hwbs_graph.intake.apart import Reading
    from hwbs_graph.intake.choices import Choices


def import_plan(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="The plan: .xlsx .csv .docx .html .md .txt or .pdf; several files are its parts.",
        ),
    ],
    board: Annotated[
        Path | None,
        typer.Option(
            "--board", metavar="DIR", help="The folder to make; default: named after FILE."
        ),
    ] = None,
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="TEXT", help="What the board is called; default: as printed."
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option("--as", metavar="KEY", help="The plan's key in addresses, as elmstead-2026."),
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE", help="Which column and sheet is what (.yaml)."),
    ] = None,
    sheets: Annotated[
        list[str] | None,
        typer.Option("--sheet", metavar="NAME", help="Read only this sheet; may be given again."),
    ] = None,
    pages: Annotated[
        str, typer.Option("--pages", metavar="3-9", help="Read only these pages of a PDF.")
    ] = "",
    with_hidden: Annotated[
        bool, typer.Option("--include-hidden", help="Read hidden sheets, columns, rows and tabs.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write no folder; only say what is read and asked.")
    ] = False,
    *,
    output: SilentOutput,
) -> None:
    """Read a board's plan as the board published it.

    What is certain goes into the graph of a new folder, with the words as printed; what is not
    becomes a question, and what is neither is named as left out. Nothing is guessed, fetched or
    run. With --format json the draft is JSON of the plan sheet's schema. Exit code 1 if the files
    hold nothing that could be a plan.
    """
    if not output.is_laid_out:
        raise UsageError("A draft plan is text or JSON; give --format json, or none.")
    from hwbs_graph.intake import apart, choices, summary

    folder = board or Path(files[0].stem)
    if not dry_run:
        from hwbs_graph.intake.board_folder import check_new

        check_new(folder, files)  # before all is read
    if key and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        raise UsageError(f"--as takes small letters, digits and hyphens, not “{key[:60]}”.")
    chosen = choices.read_mapping(mapping) if mapping else choices.Choices()
    chosen = chosen._replace(
        sheets=sheets or chosen.sheets,
        pages=choices.read_pages(pages) or chosen.pages,
        with_hidden=with_hidden or chosen.with_hidden,
    )
    with progress_line(output.quiet) as show:
        reading = apart.read_apart(files, chosen, show)
    names = ", ".join(path.name for path in files)
    if not reading.draft["actions"]:
        raise NothingFoundError(summary.describe_nothing(reading.draft, names))
    written = "" if dry_run else _write(folder, files, reading, (title, key, chosen))
    output.write_report(
        lambda: summary.summarise(reading.draft, names) + written, reading.draft, list
    )


def _write(
    folder: Path, files: list[Path], reading: "Reading", named: tuple[str, str, "Choices"]
) -> str:
    """Write a board's folder, with its title, key and choices; return what is said of it."""
    from hwbs_graph.intake import board_folder, summary

    with progress_line(quiet=False) as show:
        show(f"writing {folder}")
        board, writer = board_folder.write_board(folder, files, reading, *named)
        refresh_list(board)
    return summary.describe_folder(folder, writer.names.plan, writer.refused)


COMMAND = Command(import_plan, "hwbs import elmstead/published/tracker.csv --dry-run")
