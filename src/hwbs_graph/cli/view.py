"""`hwbs view`: the plans as one HTML file, as PDF or as a picture."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import VIEW_FILE, NoteOutput, Output, check_file
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError
from hwbs_graph.extras import require_extra
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.store import Engine
    from hwbs_graph.view import Picture
    from hwbs_graph.view.page.payload import Steps
    from hwbs_graph.view.print.v8_layout import Paper

PAPERS = ("A3", "A4")
#: What a page may open on; the same words as in the page's address, `families` for side by side.
KINDS = (
    "map",
    "grid",
    "list",
    "continuity",
    "coverage",
    "families",
    "network",
    "between",
    "missing",
    "shared",
    "rainbow",
    "sheet",
    "room",
)

#: What an error calls the file of each option.
_SUBJECTS = {
    "html": "A page",
    "pdf": "A PDF",
    "svg": "A picture in SVG",
    "pptx": "A set of slides",
    "zip": "An archive",
}


def draw_view(
    html: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"The HTML file to write; - is stdout. If no file is named, {VIEW_FILE}.",
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
            help="Your own steps for Present (TOML, JSON, YAML), such as steps.toml"
            " of hwbs docs --examples.",
            show_default=False,
        ),
    ] = None,
    notes: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What a room said, as the page saved it (CSV, Turtle); repeatable.",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write a PDF: the picture, then the plan as tables."),
    ] = None,
    svg: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the picture alone, for slides.")
    ] = None,
    pptx: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write slides: each picture as shapes to move."),
    ] = None,
    archive: Annotated[
        str | None,
        typer.Option(
            "--zip", metavar="FILE", help="Write all three and every picture as one file, for mail."
        ),
    ] = None,
    each: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Also write a page for each plan into DIR; the HTML file is then the table of"
            " plans, whose rows open them.",
            show_default=False,
        ),
    ] = None,
    paper: Annotated[str, typer.Option(metavar="A3|A4", help="The paper, landscape.")] = "A3",
    *,
    source: GraphSource,
    output: NoteOutput,
) -> None:
    """Draw the plans as one HTML file, as PDF or as a picture.

    For a workshop: every plan of the record in one page that opens without server or internet.
    Only --pdf, --svg, --pptx and --zip need more than the plain installation: the extra “print”.
    """
    files = {"html": html, "pdf": pdf, "svg": svg, "pptx": pptx, "zip": archive}
    chosen = _choose_files(files, paper, kind, steps)
    from hwbs_graph import view as room

    selection = room.Selection(plan, theme, partner, determinant, kind)
    if each and (selection != room.Selection() or set(chosen) != {"html"} or steps or notes):
        raise UsageError("--each draws every plan whole; give it no option but --output.")
    engine = source.open()
    if each is not None:
        _write_each(engine, each, output._replace(file=chosen["html"]))
        return
    shown = room.choose_picture(engine, selection)
    if shown.graph is None and set(chosen) != {"html"}:
        raise UsageError("The graph holds many boards; name a plan to draw with --plan.")
    drawn = shown.graph is not None
    if notes and drawn:
        shown.graph.graph["notes"] = room.read_notes(notes)
    own_steps = room.read_steps(steps, engine, shown.graph) if steps and drawn else None
    for format, file in chosen.items():
        output._replace(file=file).write(_render_file(format, shown, paper, own_steps))
        if file != "-":
            output.note(f"Wrote {Path(file).resolve()}")


def _write_each(engine: "Engine", folder: Path, output: Output) -> None:
    """Write a page for each plan into `folder`, and the table that leads to them."""
    from hwbs_graph import view as room
    from hwbs_graph.data.atomic_file import check_folder, write_folder

    check_folder(folder)
    pages = room.render_pages(engine)
    files = room.name_pages(pages)
    home = Path() if output.file == "-" else Path(output.file).parent
    paths = {iri: _relative_path(folder / name, home) for iri, name in files.items()}
    write_folder(folder, {files[iri]: text.encode("utf-8") for iri, text in pages.items()})
    output.write(room.render_contents(engine, paths))
    output.note(f"Wrote {count(len(pages), 'plan')} into {folder.resolve()}")
    if output.file != "-":
        output.note(f"Wrote {Path(output.file).resolve()}")


def _relative_path(file: Path, home: Path) -> str:
    """Return the address of a page from a folder; there is none from another drive of Windows."""
    try:
        return Path(os.path.relpath(file.resolve(), home.resolve())).as_posix()
    except ValueError:
        return file.resolve().as_uri()


def _render_file(format: str, shown: "Picture", paper: str, steps: "Steps | None") -> str | bytes:
    from hwbs_graph import view as room

    size: Paper = "A4" if paper.upper() == "A4" else "A3"
    renders: dict[str, Callable[[], str | bytes]] = {
        "html": lambda: room.render_picture(shown, steps),
        "pdf": lambda: room.render_pdf(shown.graph, size, shown.opening),
        "svg": lambda: room.render_svg(shown.graph, size, shown.opening),
        "pptx": lambda: room.render_pptx(shown.graph, shown.opening),
        "zip": lambda: room.render_zip(shown.graph, size, shown.opening, steps),
    }
    return renders[format]()


def _choose_files(
    files: dict[str, str | None], paper: str, kind: str, steps: Path | None
) -> dict[str, str]:
    """Return the file of each format asked for: only HTML, unless another is named.

    Raises UsageError for an unknown paper or picture, an ending that disagrees, if two files have
    one name, for steps that no file would show, and without what printing needs; PathError for a
    folder.
    """
    for word, known in ((paper.upper(), PAPERS), (kind, KINDS)):
        if word not in known:
            raise UsageError(f"There is no “{word}” here; give one of: {', '.join(known)}.")
    named = {format: file for format, file in files.items() if file is not None}
    chosen = named or {"html": VIEW_FILE}
    for format, file in chosen.items():
        check_file(_SUBJECTS[format], file, format)
        if format != "html":
            require_extra("print", _SUBJECTS[format])
    if len(set(chosen.values())) < len(chosen):
        raise UsageError("Two of the files have the same name; give each its own.")
    if steps and not {"html", "zip"} & set(chosen):
        raise UsageError("Only the HTML file shows --steps; give --output as well.")
    return chosen


COMMAND = Command(
    draw_view, "hwbs view -o housing.html --partner Housing --pdf housing.pdf --paper A4"
)
