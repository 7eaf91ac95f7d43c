"""Drawing: `view`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hwbs_graph.cli.common import Command, GraphPaths, Quiet, emit, open_engine, tell
from hwbs_graph.errors import UsageError

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

DEFAULT = "hwbs-view.html"
PAPERS = ("A3", "A4")
#: What a page may open on; the same words as in the page's address, `families` for side by side.
KINDS = ("map", "grid", "list", "continuity", "coverage", "families")
#: Boards that one page holds whole; above it a page of counts comes first.
MOST_BOARDS = 4


def view(
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"The HTML file to write; - is stdout. {DEFAULT} if no other file is asked for.",
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option(metavar="PICTURE", help=f"The picture to open on: {', '.join(KINDS)}.")
    ] = "map",
    plan: Annotated[str | None, typer.Option(help="Open on this plan.")] = None,
    theme: Annotated[str | None, typer.Option(help="Open on what stands under this theme.")] = None,
    partner: Annotated[str | None, typer.Option(help="Open on what names this partner.")] = None,
    determinant: Annotated[
        str | None, typer.Option(help="Open on what addresses this determinant.")
    ] = None,
    steps: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your own steps for Present, in YAML or JSON, such as docs/steps-example.yaml.",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A PDF to write: the picture, then the plan as tables."),
    ] = None,
    svg: Annotated[
        str | None, typer.Option(metavar="FILE", help="The picture alone to write, for slides.")
    ] = None,
    archive: Annotated[
        str | None,
        typer.Option("--zip", metavar="FILE", help="All three in one file, as mail strips HTML."),
    ] = None,
    paper: Annotated[str, typer.Option(metavar="A3|A4", help="The paper, landscape.")] = "A3",
    graph: GraphPaths = None,
    quiet: Quiet = False,
) -> None:
    """Draw the plans as one HTML file, as PDF or as a picture.

    For a workshop: every plan of the record in one page that opens without server or internet.
    """
    from hwbs_graph import network

    files = {"html": output, "pdf": pdf, "svg": svg, "zip": archive}
    wanted = _wanted(files, paper, kind, steps)
    engine = open_engine(graph)
    asked = Asked(plan, theme, partner, determinant)
    boards = network.boards(engine)
    if _many(boards) and not plan:
        wanted = _only_counts(wanted, asked)
        picture = Picture(boards, "", None)
    else:
        picture = _picture(engine, boards, asked, kind, steps)
    for file, render in wanted.items():
        emit(render(picture), file)
        if file != "-":
            tell(f"Wrote {Path(file).resolve()}", quiet)


class Asked(NamedTuple):
    """What the page should open on, as the person typed it."""

    plan: str | None
    theme: str | None
    partner: str | None
    determinant: str | None


class Picture(NamedTuple):
    """What a file shows: the graph, the address it opens on, the steps of Present."""

    graph: Any
    opening: str
    steps: Any


Render = Callable[[Picture], str | bytes]


def _wanted(
    files: dict[str, str | None], paper: str, kind: str, steps: Path | None
) -> dict[str, Render]:
    """Return what makes each file asked for: the HTML only, unless another is asked for.

    Raises UsageError for a paper or picture there is not, where two would be one file, and for
    steps that no file would show.
    """
    from hwbs_graph import view as room

    for word, known in ((paper.upper(), PAPERS), (kind, KINDS)):
        if word not in known:
            raise UsageError(f"There is no “{word}” here; give one of: {', '.join(known)}.")
    chosen = {name: file for name, file in files.items() if file} or {"html": DEFAULT}
    if len(set(chosen.values())) < len(chosen):
        raise UsageError("Two of the files have the same name; give each its own.")
    if steps and not {"html", "zip"} & set(chosen):
        raise UsageError("Only the HTML file shows --steps; give --output as well.")
    size: Any = paper.upper()
    renders: dict[str, Render] = {
        "html": lambda shown: room.render_view(shown.graph, shown.steps, shown.opening),
        "pdf": lambda shown: room.render_pdf(shown.graph, size, shown.opening),
        "svg": lambda shown: room.render_svg(shown.graph, size, shown.opening),
        "zip": lambda shown: room.render_zip(shown.graph, size, shown.opening, shown.steps),
    }
    return {file: renders[name] for name, file in chosen.items()}


def _only_counts(wanted: dict[str, Render], asked: Asked) -> dict[str, Render]:
    """Return what writes the page of many boards, which has neither picture nor filters."""
    from hwbs_graph.view import render_boards

    if (
        len(wanted) > 1
        or any(asked)
        or next(iter(wanted)).lower().endswith((".pdf", ".svg", ".zip"))
    ):
        raise UsageError("The graph holds many boards; name a plan to draw with --plan.")
    return {file: lambda shown: render_boards(shown.graph) for file in wanted}


def _picture(
    engine: "Engine", boards: list[dict[str, Any]], asked: Asked, kind: str, steps: Path | None
) -> Picture:
    """Find what was asked for in the graph of the record, or of one board where there are many."""
    from hwbs_graph import names, network
    from hwbs_graph.view import load_steps, opening_address

    plan = names.find(engine, asked.plan, "plan").iri if asked.plan else None
    graph = network.whole(engine, _with_board(boards, plan) if _many(boards) and plan else None)
    drawn = network.choose_drawn(graph, plan)
    # Themes of several plans share their names; here only those of the plan count.
    own = {iri for iri, node in graph.nodes(data=True) if drawn in node["plans"]}
    found = {
        "theme": names.find(engine, asked.theme, "theme", own).iri if asked.theme else "",
        "partner": names.find(engine, asked.partner, "partner").iri if asked.partner else "",
        "determinant": names.find(engine, asked.determinant, "determinant").iri
        if asked.determinant
        else "",
    }
    missing = next((iri for iri in found.values() if iri and iri not in graph), None)
    if missing:
        raise UsageError(f"Nothing that is drawn names <{missing}>; leave it out.")
    opening = opening_address(graph, kind, drawn if plan else "", **found)
    plain = kind == "map" and not any(asked)
    return Picture(graph, "" if plain else opening, load_steps(steps, graph) if steps else None)


def _board(row: dict[str, Any]) -> str:
    """Return whose plan it is; where the graph does not say, a strategy stands for its board."""
    return str(row["board"] or row["title"])


def _many(boards: list[dict[str, Any]]) -> bool:
    return len({_board(row) for row in boards}) > MOST_BOARDS


def _with_board(boards: list[dict[str, Any]], plan: str) -> list[str]:
    """Return the plans of the same board, so that continuity can be seen."""
    board = {_board(row) for row in boards if row["plan"] == plan}
    return list(dict.fromkeys(row["plan"] for row in boards if _board(row) in board)) or [plan]


COMMANDS = {
    "view": Command(view, "hwbs view -o places.html --theme Places --pdf places.pdf --paper A4"),
}
