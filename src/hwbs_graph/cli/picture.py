"""Drawing: `view`."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.common import Command, GraphPaths, Quiet, emit, open_engine, tell

DEFAULT = "hwbs-view.html"


def view(
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="The HTML file to write; - is stdout."),
    ] = DEFAULT,
    plan: Annotated[
        str | None, typer.Option(help="The plan to draw, where the graph holds several.")
    ] = None,
    theme: Annotated[str | None, typer.Option(help="Only the actions of this theme.")] = None,
    partner: Annotated[
        str | None, typer.Option(help="Only the actions that name this partner.")
    ] = None,
    graph: GraphPaths = None,
    quiet: Quiet = False,
) -> None:
    """Draw a plan as one HTML file.

    For a workshop: map, grid and list in one page that opens without server or internet.
    """
    from hwbs_graph import names, network
    from hwbs_graph.view import render_view

    engine = open_engine(graph)
    drawn = network.projection(engine, names.find(engine, plan, "plan").iri if plan else None)
    if theme or partner:
        chosen = network.Selection(
            # Themes of several plans share their names; here only those of this plan count.
            theme=names.find(engine, theme, "theme", drawn.nodes).iri if theme else None,
            partner=names.find(engine, partner, "partner").iri if partner else None,
        )
        drawn = network.projection(engine, drawn.graph["plan"], chosen)
    emit(render_view(drawn), output)
    if output != "-":
        tell(f"Wrote {Path(output).resolve()}; open it in a browser.", quiet)


COMMANDS = {
    "view": Command(view, "hwbs view -o places.html --theme Places"),
}
