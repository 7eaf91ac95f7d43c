"""The command line: parse, call one function, print, map errors to exit codes.

A room is imported when one of its commands is asked for, and commands import what they
need inside the function body, so that a look-up loads neither rdflib, networkx nor pyvis.
"""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from hwbs_graph.errors import HwbsError
from hwbs_graph.text import mark_unsafe

#: Which room of this package holds which command, in the order of `hwbs --help`.
ROOMS = {
    "tour": "tour",
    "info": "lookup",
    "list": "lookup",
    "show": "lookup",
    "partner": "lookup",
    "partners": "briefings",
    "ask": "asking",
    "queries": "questions",
    "query": "questions",
    "sparql": "questions",
    "path": "analysis",
    "analyse": "analysis",
    "compare": "comparing",
    "check": "quality",
    "verify": "quality",
    "fmt": "quality",
    "view": "picture",
    "serve": "serving",
    "export": "exporting",
    "load": "loading",
}


def build(only: str | None = None) -> typer.Typer:
    """Return the program, with all commands or with the one asked for."""
    app = typer.Typer(
        name="hwbs",
        epilog="Start with: hwbs tour",
        no_args_is_help=True,
        add_completion=only is None,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_about)
    for name, room in ROOMS.items():
        if only in (None, name):
            command = import_module(f"hwbs_graph.cli.{room}").COMMANDS[name]
            # Help ends in an example that can be pasted; a test runs each.
            app.command(name, epilog=f"Example: {command.example}")(command.run)
    return app


def run() -> NoReturn:
    """Run the installed program `hwbs`, and end the process at once.

    A look-up is over in a tenth of a second, of which collecting garbage and freeing the
    graph piece by piece would take a fifth. The system frees it all the same.
    """
    # The engine cannot be interrupted while it counts; Ctrl-C ends the process instead.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(200_000)
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # the reader has gone, as in `hwbs list actions | head`
        code = 1
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 nothing or problems, 2 could not run."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    app = build(given[0] if given and given[0] in ROOMS else None)
    try:
        app(given, prog_name="hwbs")
    except HwbsError as error:
        print(mark_unsafe(f"hwbs: {error}"), file=sys.stderr)
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"hwbs {version('hwbs')}")
        raise typer.Exit


def _about(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Joint Health and Wellbeing Strategies as a knowledge graph.

    Who does what, with whom, and where the document says so.
    """
