"""The program `hwbs`: it finds the command, runs it, and maps errors to exit codes.

A command's file is imported when the command is asked for. Commands import what they need
inside the function body, so that a look-up loads neither rdflib, networkx nor pyvis.

Out of scope: what a command does (its own file).
"""

import gc
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer

from hwbs_graph.cli.citation import note_command
from hwbs_graph.cli.options import Command, StrictCommand, spread_options
from hwbs_graph.errors import HwbsError, NameTakenWarning
from hwbs_graph.text import mark_unsafe

#: Files of this folder that are no command.
_SHARED = {
    "__init__",
    "brand",
    "citation",
    "completion",
    "options",
    "output",
    "program",
    "review_list",
    "reviewer",
    "source",
    "streams",
    "terminal",
}
#: The order of `hwbs --help`; a command that is not named here comes last.
_ORDER = (
    "tour",
    "info",
    "docs",
    "schema",
    "list",
    "show",
    "search",
    "partner",
    "partners",
    "ask",
    "queries",
    "query",
    "sparql",
    "path",
    "analyse",
    "compare",
    "check",
    "verify",
    "fmt",
    "view",
    "serve",
    "site",
    "mcp",
    "export",
    "load",
    "import",
    "update",
    "review",
    "name",
    "template",
)
_FOUND = {name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py")}
#: Options that may stand without their value, and the value that is then meant: the terminal.
_OPTIONAL = {("partner", "--briefing"): "-"}
#: The names of the commands, each of which is the name of its file.
COMMANDS = (*_ORDER, *sorted(_FOUND.difference(_SHARED, _ORDER)))


def find_command(name: str) -> Command:
    """Return a command of COMMANDS by its name."""
    command: Command = import_module(f"hwbs_graph.cli.{name}").COMMAND
    return command


def build_program(only: str | None = None) -> typer.Typer:
    """Return the program, with all commands or with the one asked for."""
    app = typer.Typer(
        name="hwbs",
        epilog="Start with: hwbs tour. Of one command: hwbs help COMMAND",
        no_args_is_help=True,
        add_completion=only is None,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_describe_program)
    for name in COMMANDS if only is None else (only,):
        command = find_command(name)
        # Help ends in an example that can be pasted; a test runs each.
        add = app.command(name, cls=StrictCommand, epilog=f"Example: {command.example}")
        add(spread_options(command.run))
    return app


def _write_utf8() -> None:
    """Let every stream take every character: answers are UTF-8, and so is what stands beside them.

    A pipe of Windows takes a page of some 200 characters else, and ends the program at the next.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def run() -> NoReturn:
    """Run the installed program `hwbs`, and end the process at once.

    A look-up is over in a tenth of a second, of which collecting garbage and freeing the
    graph piece by piece would take a fifth. The system frees it all the same.
    """
    # The engine cannot be interrupted while it counts; Ctrl-C ends the process instead.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _write_utf8()
    gc.set_threshold(200_000)
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from hwbs_graph.cli.streams import replace_closed_streams

        replace_closed_streams()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # the reader has gone, as in `hwbs list actions | head`
        code = 1
    except OSError as error:
        code = _report(f"Cannot write to standard output: {error.strerror}.", 2)
    os._exit(code)


def _fill_values(given: list[str]) -> list[str]:
    """Return the arguments with a value behind each option that may stand without one."""
    filled: list[str] = []
    for at, argument in enumerate(given):
        filled.append(argument)
        following = given[at + 1 : at + 2]
        bare = not following or (following[0].startswith("-") and following != ["-"])
        if bare and (value := _OPTIONAL.get((given[0], argument))):
            filled.append(value)
    return filled


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 nothing or problems, 2 could not run."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["help"]:
        given = [*given[1:2], "--help"]
    given = _fill_values(given)
    note_command(given)
    app = build_program(given[0] if given and given[0] in COMMANDS else None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", NameTakenWarning)
            warnings.showwarning = _show_warning  # type: ignore[assignment]
            app(given, prog_name="hwbs")
    except HwbsError as error:
        return _report(_lead_on(error), error.exit_code)
    except BrokenPipeError:
        raise
    except RuntimeError as error:
        return _report(_describe_damage(error), 2)
    except OSError as error:
        what = error.filename or "standard output"
        return _report(f"Cannot use {what}: {error.strerror or error}.", 2)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _lead_on(error: HwbsError) -> str:
    """Return what an error says, and how many things hold the words that led nowhere."""
    sentence = str(error)
    if not error.sought:
        return sentence
    from hwbs_graph.cli.source import suggest_search

    leading = suggest_search(error.sought)
    between = "\n" if "\n" in sentence else " "
    return f"{sentence}{between}{leading}" if leading else sentence


def _describe_damage(error: RuntimeError) -> str:
    """Return a sentence where the engine met damage in a store as it went on; else raise."""
    from hwbs_graph.store import explain_damage

    if damage := explain_damage(error):
        return str(damage)
    raise error


def _show_warning(message: Warning | str, *_: Any) -> None:
    """Say on stderr what a name was taken for."""
    with suppress(OSError):
        print(mark_unsafe(str(message)), file=sys.stderr, flush=True)


def _report(sentence: str, code: int) -> int:
    """Say on stderr, if it can be written to, why the program ends; return the exit code."""
    with suppress(OSError):
        print(mark_unsafe(f"hwbs: {sentence}"), file=sys.stderr, flush=True)
    return code


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"hwbs {version('hwbs')}")
        raise typer.Exit


def _describe_program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Joint Health and Wellbeing Strategies as a knowledge graph.

    Who does what, with whom, and where the document says so.
    """
