"""What every command shares: the common options, opening the graph, writing the answer.

Answers go to stdout or the file of `--output`, everything else to stderr.
"""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.text import mark_unsafe
from hwbs_graph.write.formats import ENDINGS, FORMATS

if TYPE_CHECKING:
    from hwbs_graph.store import Engine


class Command(NamedTuple):
    """A command of a room: the function, and an example that can be pasted."""

    run: Callable[..., None]
    example: str


GraphPaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--graph",
        metavar="PATH",
        help="Add your own Turtle file, or a folder of them; may be given again.",
        show_default=False,
    ),
]
StorePath = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Ask a store on disk instead, which `hwbs load` made.",
        show_default=False,
    ),
]
EndpointAddress = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Ask a SPARQL server instead, such as http://localhost:7878/query.",
        show_default=False,
    ),
]
#: Where a command reads, in the order of its help.
_OPTIONS = {"graph": GraphPaths, "store": StorePath, "endpoint": EndpointAddress}
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"One of: {', '.join(FORMATS)}; else what the ending of FILE tells, or table.",
        show_default=False,
    ),
]
OutputPath = Annotated[
    str,
    typer.Option("--output", metavar="FILE", help="Write the answer to FILE; - is the terminal."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but the answer and errors.")]


#: Formats for answers that are always rows.
ROW_FORMATS = tuple(name for name, entry in FORMATS.items() if entry.rows)


class Source(NamedTuple):
    """What a command reads: the record with the user's own files, a store, or a server."""

    graph: tuple[Path, ...] = ()
    store: Path | None = None
    endpoint: str | None = None


#: The record that ships with `hwbs`, and nothing else.
RECORD = Source()


def reading(run: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes a `source` the three options that say where it reads.

    Typer makes an option of each parameter, and cannot make one value of three options; so the
    three stand in the signature in its place, and become one before the command runs.
    """

    def command(**given: Any) -> None:
        graph, store, endpoint = (given.pop(name) for name in _OPTIONS)
        run(**given, source=Source(tuple(graph or ()), store, endpoint))

    signature = inspect.signature(run)
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
        for name, kind in _OPTIONS.items()
    ]
    shown: list[inspect.Parameter] = []
    for each in signature.parameters.values():
        kept = each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        shown += options if each.name == "source" else [kept]
    command.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in shown}
    command.__doc__, command.__name__ = run.__doc__, run.__name__
    return command


def open_engine(source: Source = RECORD, speaking_of: str = "") -> "Engine":
    """Open what a command reads; see `corpus.bundled_files` for `speaking_of`."""
    from hwbs_graph.data import corpus
    from hwbs_graph.store import Embedded, elsewhere

    engine = elsewhere(source.store, source.endpoint, bool(source.graph))
    if engine is not None:
        return engine
    return Embedded(corpus.open_store(source.graph, base=corpus.bundled_files(speaking_of)))


def choose_format(
    name: str | None, output: str = "-", allowed: tuple[str, ...] = tuple(FORMATS)
) -> str:
    """Return the format asked for, or the one that the ending of the file tells, or the table.

    Raises UsageError, before any work is done, for a format that is not one of `allowed`, and
    rather than fill a terminal with the bytes of a binary format.
    """
    format = name.lower() if name else ENDINGS.get(Path(output).suffix.lower(), "table")
    if format not in allowed:
        raise UsageError(f"There is no format “{format}” here; give one of: {', '.join(allowed)}.")
    if FORMATS[format].binary and output == "-" and sys.stdout.isatty():
        raise UsageError(f"{format} is no text; give a file, such as --output answer.{format}.")
    return format


def emit(data: bytes | str, output: str = "-") -> None:
    """Write an answer to stdout, or whole to a file; nothing is left half-written."""
    encoded = data.encode("utf-8") if isinstance(data, str) else data
    if output == "-":
        _print(encoded)
        return
    from hwbs_graph.data.files import write

    write(Path(output), encoded)


def _print(encoded: bytes) -> None:
    if sys.stdout.isatty():
        encoded = mark_unsafe(encoded.decode("utf-8", "replace")).encode("utf-8")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PathError(Path("the terminal"), error.strerror or "it failed", "write to") from None


def tell(text: str, quiet: bool = False) -> None:
    """Say something that is not the answer, on stderr."""
    if not quiet:
        print(mark_unsafe(text), file=sys.stderr)


def done(found: bool) -> None:
    """End with the contract's exit code: 0 where something was found, else 1."""
    if not found:
        raise typer.Exit(1)
