"""`hwbs template`: a workbook to fill in, which `hwbs import` reads without a question."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.errors import PathError


def write_template(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE.xlsx]", help="The workbook to write.")
    ] = Path("plan-sheet.xlsx"),
    board: Annotated[
        str, typer.Option("--board", metavar="TEXT", help="What the board is called.")
    ] = "",
    *,
    output: NoteOutput,
) -> None:
    """Write the workbook in which a plan is typed by hand.

    It has the sheets About, Plan, Names and How to; `hwbs import` asks nothing about its columns.
    `hwbs export plan-sheet` gives the same workbook for a plan that is in the graph.
    """
    from hwbs_graph.data import corpus
    from hwbs_graph.model.sheet_columns import PlanSheet
    from hwbs_graph.store import Embedded
    from hwbs_graph.write.endings import require_ending
    from hwbs_graph.write.export.plan_sheet import list_kinds
    from hwbs_graph.write.plan_workbook import write_plan_workbook

    require_ending("A plan sheet", str(file), ["plan-sheet"])
    if file.exists():
        raise PathError(file, "it is there already; name a new file", "write")
    engine = Embedded(corpus.open_store(base=corpus.vocabulary_files()))
    data = write_plan_workbook(PlanSheet({"body": board}, [], []), list_kinds(engine))
    output._replace(file=str(file)).write(data)
    output.note(f"Wrote {file}. Next: fill it in, then hwbs import {file}")


COMMAND = Command(write_template, "hwbs template my-plan.xlsx")
