"""One worker process as the server sees it: start it, give it jobs, end it at its bounds.

Out of scope: the process itself (`worker_process`), and which worker does what (`pool`).
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from hwbs_graph.errors import DataError
from hwbs_graph.web.problem import RETRY_AFTER, Problem
from hwbs_graph.web.workers.admission import GONE, Client
from hwbs_graph.web.workers.sandbox import Sandboxed
from hwbs_graph.web.workers.worker_process import WorkerReady, WorkerSpec, run_worker

T = TypeVar("T")

#: Seconds between two looks at a busy worker.
_POLL = 0.05
#: Seconds to open a graph, enough for tens of millions of statements.
_OPENING = 900.0
_KILLED = (
    "The process of the query was killed from outside, most likely as memory ran short; ask again."
)
_CRASHED = (
    "The query ended the engine, most likely because it is nested too deeply; "
    "write it with fewer brackets or branches."
)


class Worker:
    """One process with the graph open; it does one job at a time."""

    def __init__(self, spec: WorkerSpec) -> None:
        self._spec = spec
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=run_worker, args=(other, spec), daemon=True)
        with _ctrl_c_blocked():
            self._process.start()
        other.close()
        self._base: int | None = None
        self._ready = WorkerReady("")

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid or 0

    @property
    def sandboxed(self) -> Sandboxed:
        """What the system keeps from the process."""
        return self._ready.sandboxed

    def wait(self, client: Client) -> None:
        """Wait until the graph is open. Raises DataError if it cannot be opened, or Problem."""
        deadline = time.monotonic() + _OPENING
        while self._base is None:
            if client.gone:
                raise GONE()
            with suppress(EOFError, OSError):
                if not self._connection.poll(_POLL) and time.monotonic() < deadline:
                    continue
            self._finish_opening()

    def _finish_opening(self) -> None:
        ready = WorkerReady("The worker process ended before the graph was open; is memory short?")
        with suppress(EOFError, OSError):
            if self._connection.poll():
                ready = self._connection.recv()
        if ready.error:
            self.end()
            raise DataError(ready.error)
        self._ready = ready
        self._base = _resident_bytes(self.pid)

    def run(self, job: Callable[..., T], arguments: tuple[Any, ...], client: Client) -> T:
        """Return what a job returns. Raises Problem; then the process may no longer be `alive`."""
        if client.gone:
            raise GONE()
        try:
            self._connection.send((job, arguments))
            self._watch(client)
            answer: T | Problem = self._connection.recv()
        except (EOFError, OSError):
            raise self._explain_death() from None
        if isinstance(answer, Problem):
            raise answer
        return answer

    def _watch(self, client: Client) -> None:
        """Wait for the answer; end the process if it exceeds a bound or nobody waits for it."""
        deadline = time.monotonic() + self._spec.seconds
        while not self._connection.poll(_POLL):
            if failure := self._check_client(client) or self._check_limits(deadline):
                self.end()
                raise failure

    @property
    def alive(self) -> bool:
        """Whether it can do another job."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill the process; a thread that waits for its answer learns that it has died."""
        self._process.kill()
        self._process.join(5)

    def end(self) -> None:
        """Kill the process and close the connection; only the thread that uses it may do that."""
        self.kill()
        self._connection.close()

    def _check_client(self, client: Client) -> Problem | None:
        """Give up for a client that is gone, once a new worker would be ready as soon."""
        return GONE() if client.gone and client.seconds_gone() >= self._ready.seconds else None

    def _check_limits(self, deadline: float) -> Problem | None:
        if time.monotonic() > deadline:
            seconds = f"{self._spec.seconds:g} seconds"
            sentence = f"The query was stopped after {seconds}; ask for less, or add LIMIT."
            return Problem(503, sentence)
        if _resident_bytes(self.pid) - (self._base or 0) > self._spec.memory:
            return self._out_of_memory()
        return None

    def _out_of_memory(self) -> Problem:
        size = f"{self._spec.memory >> 20} MiB"
        return Problem(413, f"The query needs more than {size} of memory; ask for less.")

    def _explain_death(self) -> Problem:
        """Say why the process ended: the engine aborts without memory, and faults from depth.

        The server has not killed it here, so most likely the system did, to free memory.
        """
        self._process.join(5)
        code = self._process.exitcode
        self.end()
        if code == -signal.SIGABRT:
            return self._out_of_memory()
        if code == -getattr(signal, "SIGKILL", 0):
            return Problem(503, _KILLED, RETRY_AFTER)
        return Problem(503, _CRASHED)


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """Start a process that does not receive Ctrl-C before it ignores it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _resident_bytes(pid: int) -> int:
    """Return the bytes of memory a process holds, 0 if the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
