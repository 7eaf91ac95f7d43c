"""How far the process that reads a plan has got, for a person who waits.

The process writes each step to stderr, behind a mark. What else stands there, such as the warnings
of libraries, is for nobody.

Out of scope: showing a step (the command line does), and how far a load has got (`load`).
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
OnStep = Callable[[str], None]

_MARK = "\x1estep "
#: Actions between two steps.
_EVERY = 500


def ignore_step(text: str) -> None:
    """Take a step, and tell nobody."""


def write_step(text: str) -> None:
    """Tell a step to the program that waits for this process."""
    print(f"{_MARK}{text}", file=sys.stderr, flush=True)


def track_actions(items: Sequence[Item], on_step: OnStep) -> Iterator[Item]:
    """Yield what is given, and tell now and then how far it has got."""
    for number, item in enumerate(items):
        if not number % _EVERY:
            on_step(f"reading the names of action {number + 1:,} of {len(items):,}")
        yield item


@contextmanager
def hear_steps(on_step: OnStep) -> Iterator[int]:
    """Yield what a process takes for its stderr; each of its steps is told as it comes."""
    heard, told = os.pipe()
    listener = Thread(target=_relay, args=(heard, on_step), daemon=True)
    listener.start()
    try:
        yield told
    finally:
        os.close(told)
        listener.join()


def _relay(heard: int, on_step: OnStep) -> None:
    with os.fdopen(heard, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith(_MARK):
                with suppress(OSError):  # the reading counts, even where nobody can see how far
                    on_step(line.removeprefix(_MARK).rstrip("\n"))
