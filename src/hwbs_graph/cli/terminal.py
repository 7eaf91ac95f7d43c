"""The terminal: what is printed to it, and how wide it is.

Out of scope: which text is an answer and which is a note (`output`).
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hwbs_graph.errors import PathError
from hwbs_graph.text import mark_unsafe

#: Moves back to the start of the line and empties it.
_CLEAR = "\r\x1b[K"


def terminal_width(most: int = 100) -> int:
    """Return the columns of the terminal, at most `most`: longer lines are hard to read."""
    return min(shutil.get_terminal_size((80, 24)).columns, most)


def quote_argument(value: str, name: str = "") -> str:
    """Return a value, or NAME=VALUE, ready to be pasted into a shell."""
    before = f"{name}=" if name else ""
    # A shell interprets these characters within double quotes.
    if not re.search(r'["$`\\!]', value):
        return f'{before}"{value}"'
    import shlex

    return shlex.quote(before + value)


def print_bytes(encoded: bytes) -> None:
    """Print to stdout, without control characters where it is a terminal. Raises PathError."""
    if sys.stdout.isatty():
        encoded = mark_unsafe(encoded.decode("utf-8", "replace")).encode("utf-8")
        if _show_in_pager(encoded):
            return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PathError(Path("the terminal"), error.strerror or "it failed", "write to") from None


def _show_in_pager(encoded: bytes) -> bool:
    """Show a text longer than the screen in $PAGER, or less; say whether that was done.

    As `git` does: less ends by itself where all fits, and takes away nothing it showed.
    """
    lines = shutil.get_terminal_size((80, 24)).lines
    command = os.environ.get("PAGER", "less")
    if encoded.count(b"\n") < lines or os.environ.get("TERM") == "dumb":
        return False
    program = shutil.which(command.split()[0]) if command.strip() else None
    if program is None or os.path.basename(program) == "cat":
        return False
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        environment = {"LESS": "FRX", **os.environ}
        subprocess.run([program, *command.split()[1:]], input=encoded, env=environment, check=False)
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def print_note(text: str) -> None:
    """Print a sentence that is not the answer to stderr."""
    with suppress(OSError):  # the work counts, even where nobody can read of it
        print(mark_unsafe(text), file=sys.stderr, flush=True)


@contextmanager
def progress_line(quiet: bool, log: bool = False) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows how far the work has got, in one line of a terminal.

    The line needs no tidying up, because Ctrl-C ends the process at once. If stderr is not a
    terminal, a `log` gets each text as a line of its own, and nothing else is shown.
    """
    if quiet or not sys.stderr.isatty():
        yield print_note if log and not quiet else lambda text: None
        return

    def show(text: str) -> None:
        shown = mark_unsafe(text)[: terminal_width() - 1]
        print(f"{_CLEAR}{shown}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print(_CLEAR, end="", file=sys.stderr, flush=True)
