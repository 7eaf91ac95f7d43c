"""`hwbs import`: a board's plan, as it was published, to a draft and its questions."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import SilentOutput
from hwbs_graph.errors import NothingFoundError, UsageError


def import_plan(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="The plan: .xlsx .csv .docx .html .md .txt or .pdf, in parts if need be.",
        ),
    ],
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="TEXT", help="What the plan is called; default: as printed."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write no folder; only say what is read and asked.")
    ] = False,
    *,
    output: SilentOutput,
) -> None:
    """Read a board's plan as the board published it.

    What is certain is read; what is not becomes a question with the printed words beside it, and
    what is neither is named as left out. Nothing is guessed, fetched or run. With --format json
    it is written as JSON of the plan sheet's schema. So far it needs --dry-run: no board's folder
    is written yet. Exit code 1 if the files hold nothing that could be a plan.
    """
    if not dry_run:
        raise UsageError("`hwbs import` writes no folder of a board yet; give --dry-run.")
    if not output.is_laid_out:
        raise UsageError("A draft plan is text or JSON; give --format json, or none.")
    from hwbs_graph.intake import apart, summary

    draft = apart.draft_apart(files)
    if title:
        draft["plan"]["title"] = title
    names = ", ".join(path.name for path in files)
    if not draft["actions"]:
        raise NothingFoundError(summary.describe_nothing(draft, names))
    output.write_report(lambda: summary.summarise(draft, names), draft, list)


COMMAND = Command(import_plan, "hwbs import elmstead/published/tracker.csv --dry-run")
