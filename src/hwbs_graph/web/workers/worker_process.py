"""The main function of a worker process: open the graph once, then do job after job.

The engine cannot be interrupted, a query may need any memory, and deep nesting overflows its
stack: all three end this process, and never the server. A sandboxed worker can open no file or
socket that it does not need (`sandbox`), so no query reaches anybody.

Out of scope: when a worker is ended (`worker`), and its jobs (`protocol`, `lookups`).
"""

import contextlib
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.errors import HwbsError, NameTakenWarning
from hwbs_graph.store import Engine, explain_damage
from hwbs_graph.web.problem import Problem, as_problem
from hwbs_graph.web.workers.sandbox import Sandboxed, SandboxPolicy, enter_sandbox

#: A worker whose server has gone ends itself so many seconds after its time is over.
_GRACE = 5.0


class WorkerSpec(NamedTuple):
    """How a worker is made: what opens its graph, and its bounds.

    `memory` is bytes beyond the opened graph. `warm_up` is called once before the sandbox closes,
    so that nothing has to be imported later.
    """

    opener: Callable[[], Engine]
    seconds: float
    memory: int
    sandbox: SandboxPolicy | None = None
    warm_up: Callable[[Engine], object] | None = None


class WorkerReady(NamedTuple):
    """A worker's first message: why the graph cannot be opened, or how long it took."""

    error: str
    seconds: float = 0.0
    sandboxed: Sandboxed = Sandboxed()


def run_worker(connection: Connection, spec: WorkerSpec) -> None:
    """Answer jobs until the other end closes; the first message is a `WorkerReady`."""
    start = time.monotonic()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    try:
        engine = spec.opener()
        if spec.warm_up:
            spec.warm_up(engine)
    except HwbsError as error:
        connection.send(WorkerReady(str(error)))
        return
    sandboxed = _set_limits(spec)
    connection.send(WorkerReady("", time.monotonic() - start, sandboxed))
    while True:
        try:
            job, arguments = connection.recv()
        except (EOFError, OSError):
            return
        _set_alarm(spec.seconds + _GRACE)
        connection.send(_run_job(job, engine, arguments))
        _set_alarm(0)


def _run_job(job: Callable[..., Any], engine: Engine, arguments: tuple[Any, ...]) -> Any:
    """Return what the job returns, or the Problem that it raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", NameTakenWarning)
            return job(engine, *arguments)
    except Problem as problem:
        return problem
    except (HwbsError, NameTakenWarning) as error:
        return as_problem(error)
    except MemoryError:
        return Problem(413, "The query needs more memory than it may have; ask for less.")
    except Exception as error:
        if damage := explain_damage(error):
            return as_problem(damage)
        return Problem(500, f"The server failed ({type(error).__name__}); please report it.")


def _set_limits(spec: WorkerSpec) -> Sandboxed:
    """Set the limits that the system itself keeps; if it has none, only the server watches."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)  # a dying engine would write its stack over the server's log
    os.close(silence)
    if sys.platform != "win32":
        _limit_memory(spec.memory)
    return enter_sandbox(spec.sandbox) if spec.sandbox else Sandboxed()


def _limit_memory(most: int) -> None:
    import resource

    size = _virtual_bytes()
    if size:
        _lower_limit(resource.RLIMIT_AS, size + most)
    _lower_limit(resource.RLIMIT_CORE, 0)


def _lower_limit(limit: int, value: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # a stricter limit is set already
        resource.setrlimit(limit, (value, value))


def _virtual_bytes() -> int:
    """Return the bytes of address space in use, 0 if the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _set_alarm(seconds: float) -> None:
    """End this process after so many seconds, even while the engine holds it; 0 cancels it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
