"""`hwbs compare`: two plans beside each other."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import terminal_width
from hwbs_graph.errors import UsageError

_PLAN_HELP = "Name, code or path of a plan, such as elmstead-2020 or “Elmstead 2020”."


def compare_plans(
    one: Annotated[
        str | None, typer.Argument(metavar="PLAN", help=_PLAN_HELP, show_default=False)
    ] = None,
    other: Annotated[
        str | None,
        typer.Argument(metavar="PLAN", help="The plan to compare it with.", show_default=False),
    ] = None,
    notes: Annotated[
        list[Path] | None,
        typer.Option(
            "--notes",
            metavar="FILE",
            help="Instead: what a room said, as the view saved it (CSV, Turtle); repeatable.",
            show_default=False,
        ),
    ] = None,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Two plans beside each other.

    What continued, moved, is new or was dropped, with reason and basis; what looks alike, as
    suggestions that nobody judged; ambitions, visions, figures and themes side by side; and
    what the record does not compare. A strategy covers the action plan that delivers it. Of
    the folder of a board that was imported, what changed since its last edition. With
    --notes, what a room changed: each thing that it noted or voted on, most votes first.
    """
    if notes and not one:
        _write_notes(notes, source, output)
        return
    if one and not other and not notes and (Path(one) / "reading.json").is_file():
        _write_changes(Path(one), output)
        return
    if notes or not one or not other:
        raise UsageError("Give two plans to compare, or --notes without a plan.")
    from hwbs_graph.report import compared_plans, comparison, comparison_text
    from hwbs_graph.report.likenesses import SUGGESTIONS

    found = comparison.compare(source.open(), one, other)
    output.write_report(
        lambda: comparison_text.render_text(found, terminal_width()),
        found.as_dict(),
        found.records,
        compared_plans.COLUMNS,
    )
    if not found.linked:
        ends = f"“{found.earlier.label}” and “{found.later.label}”"
        alike = bool(found.sections[SUGGESTIONS])
        only = "what is alike is suggested" if alike else "nothing in them is alike either"
        output.note(f"The record has nothing between {ends}; {only}.")
    output.end(found.linked)


def _write_changes(folder: Path, output: RowOutput) -> None:
    """Write what changed since the last edition of a board's plan."""
    from hwbs_graph.intake import edition_report
    from hwbs_graph.intake.board_folder import open_folder

    board = open_folder(folder)
    rows = edition_report.list_changes(board)
    output.write_report(
        lambda: edition_report.describe_changes(board),
        [*board.reading.changes],
        lambda: rows,
        edition_report.COLUMNS,
    )


def _write_notes(notes: list[Path], source: GraphSource, output: RowOutput) -> None:
    """Write what the room said of each thing; votes of several files are added."""
    from hwbs_graph.report import room_notes

    points = room_notes.count_points(source.open(), room_notes.read_notes(notes))
    output.write_records(room_notes.list_records(points), room_notes.COLUMNS, measured=True)
    output.end(bool(points))


COMMAND = Command(
    compare_plans, "hwbs compare elmstead-2020 fernby-2030 --graph elmstead --graph fernby"
)
