"""Worker processes, and the line before them: bounded in number, in time and in memory.

A worker that exceeds its bounds is killed and another started; the request that caused it gets a
sentence. So is one that works for a caller who has hung up. A line that is full turns the next
away at once, so nothing ever hangs.

Out of scope: what a job does, and the order of those who wait (`line`).
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from hwbs_graph.errors import DataError
from hwbs_graph.web.protocol.message import Outcome, failed
from hwbs_graph.web.workers.admission import GONE, RETRY, STOPPING, Bench, Caller, Line
from hwbs_graph.web.workers.sandbox import Held
from hwbs_graph.web.workers.worker import Opened, Recipe, work

T = TypeVar("T")

#: How often a busy worker is looked at, in seconds.
_WATCH = 0.05
#: A graph of tens of millions of statements is opened within this.
_OPENING = 900.0
KILLED = failed(
    503,
    "The process of the query was killed from outside, most likely as memory ran short; ask again.",
    RETRY,
)


class Worker:
    """One process with the graph open; it does one job at a time."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=work, args=(other, recipe), daemon=True)
        with _deaf_to_ctrl_c():
            self._process.start()
        other.close()
        self._base: int | None = None
        self._opened = Opened("")

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid or 0

    @property
    def held(self) -> Held:
        """What the system keeps from the process."""
        return self._opened.held

    def wait(self, caller: Caller) -> None:
        """Wait until the graph is open, or the caller gone. Raises DataError with the reason."""
        if self._base is not None:
            return
        found = Opened("The worker process ended before the graph was open; is memory short?")
        deadline = time.monotonic() + _OPENING
        with suppress(EOFError, OSError):
            while not self._connection.poll(_WATCH) and time.monotonic() < deadline:
                if caller.gone:
                    return
            if self._connection.poll():
                found = self._connection.recv()
        if found.why:
            self.end()
            raise DataError(found.why)
        self._opened = found
        self._base = _resident(self.pid)

    def ask(self, job: Callable[..., T], arguments: tuple[Any, ...], caller: Caller) -> T | Outcome:
        """Do a job, or say why not. After a failure of the process, `alive` is False."""
        deadline = time.monotonic() + self.recipe.seconds
        try:
            self._connection.send((job, arguments))
            while not self._connection.poll(_WATCH):
                if failure := self._hopeless(caller) or self._exceeded(deadline):
                    self.end()
                    return failure
            answer: T | Outcome = self._connection.recv()
            return answer
        except (EOFError, OSError):
            return self._died()

    @property
    def alive(self) -> bool:
        """Whether it can do another job."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill the process; whoever waits for its answer hears that it has died."""
        self._process.kill()
        self._process.join(5)

    def end(self) -> None:
        """Kill the process and close the connection; only who asks it may do that."""
        self.kill()
        self._connection.close()

    def _hopeless(self, caller: Caller) -> Outcome | None:
        """Say whether to give up a query nobody waits for: once a new worker would be as quick."""
        return GONE if caller.gone and caller.gone_for() >= self._opened.seconds else None

    def _exceeded(self, deadline: float) -> Outcome | None:
        if time.monotonic() > deadline:
            seconds = f"{self.recipe.seconds:g} seconds"
            return failed(
                503, f"The query was stopped after {seconds}; ask for less, or add LIMIT."
            )
        if _resident(self.pid) - (self._base or 0) > self.recipe.memory:
            return self._too_much()
        return None

    def _too_much(self) -> Outcome:
        size = f"{self.recipe.memory >> 20} MiB"
        return failed(413, f"The query needs more than {size} of memory; ask for less.")

    def _died(self) -> Outcome:
        """Say why the process ended: the engine aborts for want of memory, faults for depth.

        We have not killed it here, so whoever did, most likely the system, did it for memory.
        """
        self._process.join(5)
        code = self._process.exitcode
        self.end()
        if code == -signal.SIGABRT:
            return self._too_much()
        if code == -getattr(signal, "SIGKILL", 0):
            return KILLED
        return failed(
            503,
            "The query ended the engine, most likely because it is nested too deeply; "
            "write it with fewer brackets or branches.",
        )


class Pool:
    """Some workers of one recipe. `run` may be called from any thread."""

    def __init__(self, recipe: Recipe, size: int, waiting: int = 16) -> None:
        self.recipe, self.size = recipe, size
        self.line = Line(size + waiting, size + waiting // 2)
        self.places = size + waiting
        self._idle: Bench[Worker] = Bench()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._start()

    def wait(self) -> Held:
        """Wait until one worker has the graph open, and return what is kept from it.

        Raises DataError where it cannot be opened.
        """
        caller = Caller()
        worker = self._idle.take(caller)
        if isinstance(worker, Outcome):
            return Held()
        worker.wait(caller)
        self._idle.put(worker)
        return worker.held

    def run(
        self, job: Callable[..., T], *arguments: Any, caller: Caller | None = None
    ) -> T | Outcome:
        """Do `job(engine, *arguments)` in the next free worker, or say in an Outcome why not."""
        caller = caller or Caller()
        worker = self._take(caller)
        if isinstance(worker, Outcome):
            return worker
        answer: T | Outcome = GONE
        try:
            worker.wait(caller)
            if not caller.gone:
                answer = worker.ask(job, arguments, caller)
        except DataError as error:
            answer = failed(503, str(error), RETRY)
        self._return(worker)
        return STOPPING if self._closed else answer

    def _take(self, caller: Caller) -> Worker | Outcome:
        """Return a free worker; what killed an idle one is no fault of the query that comes next.

        Each of them is replaced at most once, so that one that cannot start says so.
        """
        for _ in range(self.size):
            worker = self._idle.take(caller, self._patience)
            if isinstance(worker, Outcome) or worker.alive:
                return worker
            self._return(worker)
        return self._idle.take(caller, self._patience)

    @property
    def _patience(self) -> float:
        """No longer than all who may stand before us can take."""
        return self.recipe.seconds * (1 + self.places / self.size)

    def close(self) -> None:
        """End every worker; whoever waits is answered."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._idle.close()

    def pids(self) -> list[int]:
        """Return the process ids of the workers."""
        with self._lock:
            return [worker.pid for worker in self._all]

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = Worker(self.recipe)
            self._all.add(worker)
        self._idle.put(worker)

    def _return(self, worker: Worker) -> None:
        if worker.alive:
            self._idle.put(worker)
            return
        with self._lock:
            self._all.discard(worker)
        self._start()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start a process that does not hear Ctrl-C before it has said that it ignores it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _resident(pid: int) -> int:
    """Return the bytes of memory a process holds, 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
