"""A worker process: it opens the graph once, then does one job after another until it is ended.

The engine cannot be interrupted, a query may need any memory, and deep nesting overflows its
stack: all three end this process, and never the server. A sealed worker has no file or socket
left to open (`sealing`), so whatever a query says, it reaches nobody.

Out of scope: when a worker is ended (`pool`), and what it is asked (`protocol`, `desk`).
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.errors import HwbsError
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.message import failed
from hwbs_graph.web.workers import sandbox
from hwbs_graph.web.workers.sandbox import Held, Seal

#: A worker whose server has gone ends itself this long after its time is over.
_GRACE = 5.0


class Recipe(NamedTuple):
    """How a worker is made: what opens its graph, and its bounds.

    `memory` is bytes beyond what the opened graph takes, `warm` what is called once before the
    worker is sealed, so that nothing has to be imported later.
    """

    opener: Callable[[], Engine]
    seconds: float
    memory: int
    seal: Seal | None = None
    warm: Callable[[Engine], object] | None = None


class Opened(NamedTuple):
    """What a worker says first: why the graph cannot be opened, or how long it took."""

    why: str
    seconds: float = 0.0
    held: Held = Held()


def work(connection: Connection, recipe: Recipe) -> None:
    """Answer jobs until the other end closes; the first answer is an `Opened`."""
    start = time.monotonic()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    try:
        engine = recipe.opener()
        if recipe.warm:
            recipe.warm(engine)
    except HwbsError as error:
        connection.send(Opened(str(error)))
        return
    held = _bound(recipe)
    connection.send(Opened("", time.monotonic() - start, held))
    while True:
        try:
            job, arguments = connection.recv()
        except (EOFError, OSError):
            return
        _alarm(recipe.seconds + _GRACE)
        connection.send(_do(job, engine, arguments))
        _alarm(0)


def _do(job: Callable[..., Any], engine: Engine, arguments: tuple[Any, ...]) -> Any:
    try:
        return job(engine, *arguments)
    except MemoryError:
        return failed(413, "The query needs more memory than it may have; ask for less.")
    except Exception as error:
        return failed(500, f"The server failed ({type(error).__name__}); please report it.")


def _bound(recipe: Recipe) -> Held:
    """Set the limits that the system itself keeps; where it has none, the pool watches alone."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)  # a dying engine would write its stack over the server's log
    os.close(silence)
    if sys.platform != "win32":
        _bound_memory(recipe.memory)
    return sandbox.close(recipe.seal) if recipe.seal else Held()


def _bound_memory(most: int) -> None:
    import resource

    size = _virtual_size()
    if size:
        _lower(resource.RLIMIT_AS, size + most)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(limit: int, value: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # a stricter limit is set already
        resource.setrlimit(limit, (value, value))


def _virtual_size() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, even while the engine holds it; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
