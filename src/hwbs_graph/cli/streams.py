"""Stand-ins for standard streams that are closed, as services and scheduled tasks start programs.

Python has None for such a stream, and the next file that is opened takes its number.

Out of scope: what is read from the streams or written to them.
"""

import io
import os
import sys
from contextlib import suppress
from typing import Any

from hwbs_graph.errors import StreamError


class _ClosedStream(io.TextIOBase):
    """A stream that says it is closed as soon as someone uses it."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    @property
    def buffer(self) -> Any:
        """The same, for those who write bytes."""
        return self

    def writable(self) -> bool:
        """Let those who ask first try."""
        return True

    def write(self, text: Any) -> int:
        """Raise StreamError, but not where nothing is written."""
        if len(text):
            raise StreamError(self._sentence)
        return 0

    def read(self, size: int | None = -1) -> str:
        """Raise StreamError."""
        raise StreamError(self._sentence)


class _SilentStream(_ClosedStream):
    """A stream for notes that nobody can read."""

    def write(self, text: Any) -> int:
        """Forget the text."""
        return len(text)


def replace_closed_streams() -> None:
    """Make closed streams safe: an answer or a query needs its stream, notes do not."""
    for number in range(3):
        _occupy(number)
    if sys.stdin is None:
        sys.stdin = _ClosedStream("Standard input is closed; give the query as text or as -f FILE.")
    if sys.stdout is None:
        sys.stdout = _ClosedStream("Standard output is closed; open it, or name a file to write.")
    if sys.stderr is None:
        sys.stderr = _SilentStream("")


def _occupy(number: int) -> None:
    """Keep the number of a closed stream from every other file, here and in our processes."""
    try:
        os.fstat(number)
    except OSError:
        with suppress(OSError):
            os.set_inheritable(os.open(os.devnull, os.O_RDONLY), True)
