"""The command line: parse, call one function, print, map errors to exit codes.

Commands import their room inside the function body, so that a look-up loads neither
rdflib, networkx nor pyvis.
"""

import sys
from collections.abc import Sequence

import typer

from hwbs_graph.cli import lookup, picture, quality, questions, tour
from hwbs_graph.errors import HwbsError

app = typer.Typer(
    name="hwbs",
    help="Joint Health and Wellbeing Strategies as a knowledge graph: who does what, and where "
    "the document says so.",
    epilog="Start with: hwbs tour",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (tour, lookup, questions, quality, picture):
    for command in room.COMMANDS:
        # Help ends in an example that can be pasted; a test runs each.
        app.command(command.name, epilog=f"Example: {command.example}")(command.run)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 nothing or problems, 2 could not run."""
    try:
        app(arguments)
    except HwbsError as error:
        print(f"hwbs: {error}", file=sys.stderr)
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
