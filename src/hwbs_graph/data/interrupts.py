"""Lets Ctrl-C raise KeyboardInterrupt where work must be undone before the process ends.

The program otherwise ends at once (`cli.program`), as the engine cannot be interrupted.

Out of scope: what is undone; the caller does that.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt at Ctrl-C; in a thread that hears no signals, change nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
