"""`hwbs path`: how two things are connected."""

from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import terminal_width


def explain_path(
    start: Annotated[str, typer.Argument(metavar="A", help="Name, code or IRI of one thing.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Name, code or IRI of the other.")],
    most: Annotated[int, typer.Option(metavar="N", min=1, max=10, help="How many to show.")] = 3,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """How two things are connected.

    Statement by statement, each with its basis, source and words; the shortest explanation
    first, then what a document states before what an editor judged.
    """
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.report import paths

    engine = source.open()
    sheet = paths.explain(engine, recognise(engine, start), recognise(engine, end), most)
    output.write_report(
        lambda: paths.text(sheet, terminal_width()),
        sheet,
        lambda: paths.records(sheet),
        measured=True,
    )


COMMAND = Command(explain_path, 'hwbs path "Public Health" "Adult Social Care"')
