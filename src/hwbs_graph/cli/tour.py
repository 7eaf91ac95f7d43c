"""`hwbs tour`: the main job in one go."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import VIEW_FILE, NoteOutput, Output, check_file
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import quote_argument, terminal_width
from hwbs_graph.text import count, truncate

if TYPE_CHECKING:
    from hwbs_graph.report.examples import Example
    from hwbs_graph.store import Engine

#: Lines of an answer that the tour shows; the others are counted.
_SHOWN = 12


def tour_graph(
    file: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the view.")
    ] = Path(VIEW_FILE),
    *,
    source: GraphSource,
    output: NoteOutput,
) -> None:
    """The main job in one go.

    Build the graph, check it, answer two questions, and write the workshop view.
    """
    check_file("A page", str(file), "html")
    output.note("1/4  Building the graph from Turtle ...")
    engine = source.open()
    output.write(f"The graph holds {engine.size()} statements.\n")
    output.note("2/4  Checking it against shapes and rules ...")
    _check_graph(engine, output)
    output.note("3/4  Asking two questions ...")
    partner = _answer_questions(engine, output)
    output.note("4/4  Writing the workshop view ...")
    written = _write_view(engine, file, output)
    example = f"hwbs partner {quote_argument(partner)}, " if partner else ""
    output.write(f"Next: {example}hwbs queries, hwbs --help\n")
    output.end(written)


def _check_graph(engine: "Engine", output: Output) -> None:
    from hwbs_graph import checks

    found = checks.run(engine)
    violations = sum(finding.severity == "violation" for finding in found)
    counts = f"{count(violations, 'violation')}, {count(len(found) - violations, 'warning')}"
    output.write(f"Checked: {counts} (`hwbs check` says more).\n")


def _answer_questions(engine: "Engine", output: Output) -> str:
    """Answer two questions, or say why not; return the name of the partner, if there is one."""
    from hwbs_graph.report import examples

    actions, themes = examples.ask_about_actions(engine), examples.ask_about_themes(engine)
    if actions:
        _write_example(actions, output)
    else:
        output.write("\nNo action of this graph involves a partner.\n")
    if themes:
        _write_example(themes, output)
    else:
        output.write("\nNo partner of this graph works in a theme.\n")
    return actions.partner if actions else ""


def _write_example(example: "Example", output: Output) -> None:
    """Write a question with its first answers, and the command that gives all of them."""
    bound = f" {quote_argument(example.partner, 'partner')}" if example.partner else ""
    more = len(example.lines) - _SHOWN
    lines = [
        f"{example.question}  {len(example.lines)}",
        f"  (asked with: hwbs query {example.query}{bound})",
        *(f"  {line}" for line in example.lines[:_SHOWN]),
        *([f"  and {more} more"] if more > 0 else []),
    ]
    width = terminal_width(most=1000)
    output.write("\n" + "".join(f"{truncate(line, width)}\n" for line in lines))


def _write_view(engine: "Engine", file: Path, output: Output) -> bool:
    """Write the view, or say that there is nothing to draw. Raises PathError."""
    from hwbs_graph import view
    from hwbs_graph.data.atomic_file import write_file
    from hwbs_graph.errors import UsageError

    try:
        shown = view.choose_picture(engine, view.Selection())
    except UsageError:
        output.write("\nThis graph holds no theme, so there is nothing to draw.\n")
        return False
    write_file(file, view.render_picture(shown).encode("utf-8"))
    output.write(f"\nThe view is in {file.resolve()}; open it in a browser.\n")
    return True


COMMAND = Command(tour_graph, "hwbs tour")
