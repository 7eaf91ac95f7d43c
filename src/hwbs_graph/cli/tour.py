"""The main job in one go: `tour`."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import (
    RECORD,
    Command,
    Quiet,
    Source,
    done,
    emit,
    open_engine,
    reading,
    tell,
)
from hwbs_graph.cli.picture import DEFAULT
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.store import Engine


@reading
def tour(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the view.")
    ] = Path(DEFAULT),
    source: Source = RECORD,
    quiet: Quiet = False,
) -> None:
    """The main job in one go.

    Build the graph, check it, answer two questions, and write the workshop view.
    """
    from hwbs_graph import checks, names, network
    from hwbs_graph.view import write_view

    tell("1/4  Building the graph from Turtle ...", quiet)
    engine = open_engine(source)
    emit(f"The graph holds {engine.size()} statements.\n")

    tell("2/4  Checking it against shapes and rules ...", quiet)
    found = checks.run(engine)
    violations = [finding for finding in found if finding.severity == "violation"]
    warnings = count(len(found) - len(violations), "warning")
    emit(f"Checked: {count(len(violations), 'violation')}, {warnings} (`hwbs check` says more).\n")

    tell("3/4  Asking two questions ...", quiet)
    housing = names.find(engine, "Housing", "partner").iri
    actions = _answer(
        engine, "report/actions-by-partner", "Which actions involve Housing?", housing
    )
    for row in actions:
        emit(_line(f"  {row['themeLabel']} {row['code']}  {row['actionLabel']}"))
    everywhere = _answer(
        engine, "report/partners-in-all-themes", "Which partners work in all five themes?"
    )
    for row in everywhere:
        emit(f"  {row['partnerLabel']}, in {row['actionCount']} actions\n")

    tell("4/4  Writing the workshop view ...", quiet)
    write_view(network.whole(engine), output)
    emit(f"\nThe view is in {output.resolve()}; open it in a browser.\n")
    emit('Next: hwbs partner "Public Health", hwbs queries, hwbs --help\n')
    done(not violations)


def _answer(
    engine: "Engine", name: str, question: str, partner: str | None = None
) -> list[dict[str, str]]:
    from hwbs_graph.query.results import run_named

    rows = run_named(engine, name, **({"partner": partner} if partner else {}))
    emit(f"\n{question}  {len(rows)}\n  (asked with: hwbs query {name})\n")
    return rows


def _line(text: str) -> str:
    width = shutil.get_terminal_size((80, 24)).columns
    return (text if len(text) <= width else f"{text[: width - 1]}…") + "\n"


COMMANDS = {
    "tour": Command(tour, "hwbs tour"),
}
