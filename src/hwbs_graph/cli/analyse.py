"""`hwbs analyse`: who works with whom, and what a plan leaves open."""

from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import Output, RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import NothingFoundError
from hwbs_graph.extras import has_extra
from hwbs_graph.report import analysis
from hwbs_graph.report.gaps import GAPS

if TYPE_CHECKING:
    from hwbs_graph.grouping import Row
    from hwbs_graph.store import Engine


def analyse_plan(
    measure: Annotated[
        str | None,
        typer.Argument(metavar="MEASURE", help=f"One of: {', '.join(analysis.MEASURES)}."),
    ] = None,
    things: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHICH", help=f"Two partners, or a gap: {', '.join(GAPS)}."),
    ] = None,
    plan: Annotated[
        str | None, typer.Option(help="The plan to measure; default: the only one with actions.")
    ] = None,
    backend: Annotated[
        str | None, typer.Option(metavar="NAME", help="A networkx backend, or igraph.")
    ] = None,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Measure who works with whom, and what a plan leaves open.

    Without MEASURE, it lists the measures, with the source of each.
    """
    from hwbs_graph import network
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.query.periods import find_over, word_over

    if measure is None:
        rows = [{"measure": name, "finds": each.finds} for name, each in analysis.MEASURES.items()]
        output.write_records(rows)
        return
    chosen = analysis.choose_measure(measure, things or [], backend)
    engine = source.open()
    found = network.choose_plan(engine, recognise(engine, plan, "plan").iri if plan else None)
    if measure == "bridges" and backend is None:
        backend = _choose_backend(engine, found["plan"], output)
    for period in find_over(engine, [found["plan"]]).values():
        output.note(f"{found['label']}: {word_over(period)}.")
    rows = analysis.run_measure(engine, chosen, found["plan"], things or [], backend)
    if not rows:
        raise NothingFoundError(f"{measure} finds nothing in the {found['label']} (see --plan).")
    if output.format == "table" and chosen.section:
        output.write(_lay_out_sections(rows, chosen.section))
    else:
        output.write_records(rows, measured=True)


def _choose_backend(engine: "Engine", plan: str, output: Output) -> str | None:
    """Choose python-igraph for a large graph if it is installed, and say so."""
    nodes = analysis.count_nodes(engine, plan)
    if nodes <= analysis.LARGE or not has_extra("igraph"):
        return None
    output.note(f"{nodes} partners and actions: computed by python-igraph.")
    return "igraph"


def _lay_out_sections(rows: "list[Row]", section: str) -> str:
    """Return a table for each value of `section`, with the modularity of a division once."""
    from hwbs_graph.text import heading
    from hwbs_graph.write.text_table import draw_table

    parts = [f"modularity: {rows[0]['modularity']}\n"] if "modularity" in rows[0] else []
    for caption, part in analysis.cut_table(rows, section):
        headers = list(map(heading, part[0]))
        parts.append(draw_table(headers, [list(row.values()) for row in part], [caption]))
    return "\n".join(parts)


COMMAND = Command(analyse_plan, "hwbs analyse bridges")
