"""`hwbs compare`: two plans beside each other."""

from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import terminal_width

_PLAN_HELP = "Name, code or path of a plan, such as elmstead-2020 or “Elmstead 2020”."


def compare_plans(
    one: Annotated[str, typer.Argument(metavar="PLAN", help=_PLAN_HELP)],
    other: Annotated[str, typer.Argument(metavar="PLAN", help="The plan to compare it with.")],
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Two plans beside each other.

    What continued, moved, is new or was dropped, with reason and basis; what looks alike, as
    suggestions that nobody judged; ambitions, visions, figures and themes side by side; and
    what the record does not compare. A strategy covers the action plan that delivers it.
    """
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


COMMAND = Command(
    compare_plans, "hwbs compare elmstead-2020 fernby-2030 --graph elmstead --graph fernby"
)
