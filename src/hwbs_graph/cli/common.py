"""What every command shares: the common options, opening the graph, writing the answer.

Answers go to stdout or the file of `--output`, everything else to stderr.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.media import ENDINGS, FORMATS
from hwbs_graph.wording import printable

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


def open_engine(paths: list[Path] | None, speaking_of: str = "") -> "Engine":
    """Load the graph with the user's own files added; see `corpus.bundled` for `speaking_of`."""
    from hwbs_graph import corpus
    from hwbs_graph.store import Engine

    return Engine(corpus.open_store(paths or (), base=corpus.bundled(speaking_of)))


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
    from hwbs_graph.files import write

    write(Path(output), encoded)


def _print(encoded: bytes) -> None:
    if sys.stdout.isatty():
        encoded = printable(encoded.decode("utf-8", "replace")).encode("utf-8")
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
        print(printable(text), file=sys.stderr)


def done(found: bool) -> None:
    """End with the contract's exit code: 0 where something was found, else 1."""
    if not found:
        raise typer.Exit(1)
