"""`hwbs tour`: the main job in one go."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import VIEW_FILE, NoteOutput, Output
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import quote_argument, terminal_width
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.grouping import Row
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
    output.note("1/4  Building the graph from Turtle ...")
    engine = source.open()
    output.write(f"The graph holds {engine.size()} statements.\n")
    output.note("2/4  Checking it against shapes and rules ...")
    _check_graph(engine, output)
    output.note("3/4  Asking two questions ...")
    partner = _ask_about_actions(engine, output)
    _ask_about_themes(engine, output)
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


def _ask_about_actions(engine: "Engine", output: Output) -> str:
    """Answer which actions involve the partner with most of them; return its name, if any."""
    from hwbs_graph.query.results import run_named

    actions: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in run_named(engine, "report/actions-by-partner"):
        actions[row["partner"]][row["action"]] = row
    most = list(max(actions.values(), key=len, default={}).values())
    if not most:
        output.write("\nNo action of this graph involves a partner.\n")
        return ""
    name = most[0]["partnerLabel"]
    lines = [f"{row['themeLabel']} {row['code']}  {row['actionLabel']}" for row in most]
    command = f"report/actions-by-partner {quote_argument(name, 'partner')}"
    _write_answer(f"Which actions involve {name}?", lines, command, output)
    return name


def _ask_about_themes(engine: "Engine", output: Output) -> None:
    """Answer which partners work in all themes of a plan, or else in most of them."""
    from hwbs_graph.query.results import run_named

    if rows := run_named(engine, "report/partners-in-all-themes"):
        lines = [
            f"{row['partnerLabel']}, in {count(int(row['actionCount']), 'action')}"
            f" under {count(int(row['themeCount']), 'theme')}"
            for row in rows
        ]
        question = "Which partners work in all themes of a plan?"
        _write_answer(question, lines, "report/partners-in-all-themes", output)
        return
    reached: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in run_named(engine, "report/partner-theme-matrix"):
        reached[row["plan"], row["partner"]][row["theme"]] = row["partnerLabel"]
    if not reached:
        output.write("\nNo partner of this graph works in a theme.\n")
        return
    most = max(map(len, reached.values()))
    found = [next(iter(names.values())) for names in reached.values() if len(names) == most]
    lines = [f"{name}, in {count(most, 'theme')}" for name in found]
    _write_answer(
        "Which partners work in most themes?", lines, "report/partner-theme-matrix", output
    )


def _write_answer(question: str, lines: Sequence[str], command: str, output: Output) -> None:
    """Write a question with its first answers, and the command that gives all of them."""
    shown = [f"{question}  {len(lines)}", f"  (asked with: hwbs query {command})"]
    shown += [f"  {line}" for line in lines[:_SHOWN]]
    shown += [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    output.write("\n" + "".join(map(_fit_line, shown)))


def _fit_line(text: str) -> str:
    width = terminal_width(most=1000)
    return (text if len(text) <= width else f"{text[: width - 1]}…") + "\n"


def _write_view(engine: "Engine", file: Path, output: Output) -> bool:
    """Write the view, or say that there is nothing to draw. Raises PathError."""
    from hwbs_graph import view
    from hwbs_graph.data import files
    from hwbs_graph.errors import UsageError

    try:
        shown = view.choose_picture(engine, view.Selection())
    except UsageError:
        output.write("\nThis graph holds no theme, so there is nothing to draw.\n")
        return False
    files.write(file, view.render_picture(shown).encode("utf-8"))
    output.write(f"\nThe view is in {file.resolve()}; open it in a browser.\n")
    return True


COMMAND = Command(tour_graph, "hwbs tour")
