"""Drawing: `view`."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.common import Command, GraphPaths, Quiet, open_engine, tell

DEFAULT = Path("hwbs-view.html")


def view(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file to write.")
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
    from hwbs_graph.view import write_view

    engine = open_engine(graph)
    drawn = network.projection(
        engine,
        names.find(engine, plan, "plan").iri if plan else None,
        network.Selection(
            theme=names.find(engine, theme, "theme").iri if theme else None,
            partner=names.find(engine, partner, "partner").iri if partner else None,
        ),
    )
    write_view(drawn, output)
    tell(f"Wrote {output.resolve()}; open it in a browser.", quiet)


COMMANDS = {
    "view": Command(view, "hwbs view -o places.html --theme Places"),
}
