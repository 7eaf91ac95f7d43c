"""The worker processes: bounded in number, and each replaced once it has ended.

A worker that exceeds its bounds is killed and another started; so is one whose client has
disconnected. A full queue turns the next client away at once, so nothing ever hangs.

Out of scope: what a job does, one worker (`worker`), and the order of clients (`admission`).
"""

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from hwbs_graph.errors import DataError
from hwbs_graph.text import mark_unsafe
from hwbs_graph.web.problem import Problem, as_problem
from hwbs_graph.web.workers.admission import STOPPING, Admission, Client, IdleWorkers
from hwbs_graph.web.workers.sandbox import Sandboxed
from hwbs_graph.web.workers.worker import Worker
from hwbs_graph.web.workers.worker_process import WorkerSpec

T = TypeVar("T")
#: So many clients wait before some workers, unless the operator wants others.
WAITING = 16
_LOG = logging.getLogger(__name__)


class Pool:
    """`size` workers of one kind, with `waiting` places before them. `run` is thread-safe."""

    def __init__(self, spec: WorkerSpec, size: int, waiting: int = WAITING) -> None:
        self._spec, self._size = spec, size
        self.places = size + waiting
        self.admission = Admission(self.places, size + waiting // 2)
        self._idle: IdleWorkers[Worker] = IdleWorkers()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._last_cause = ""
        for _ in range(size):
            self._start_worker()

    def wait(self) -> Sandboxed:
        """Wait until one worker has the graph open, and return what is kept from it.

        Raises DataError if it cannot be opened.
        """
        client = Client()
        worker = self._idle.take(client)
        worker.wait(client)
        self._idle.put(worker)
        return worker.sandboxed

    def run(self, job: Callable[..., T], *arguments: Any, client: Client | None = None) -> T:
        """Return `job(engine, *arguments)` from the next free worker. Raises Problem."""
        client = client or Client()
        worker = self._take_worker(client)
        try:
            worker.wait(client)
            return worker.run(job, arguments, client)
        except DataError as error:
            problem = as_problem(error)
            self._log_cause(problem)
            raise problem from None
        except Problem as problem:
            if self._closed:
                raise STOPPING() from None
            self._log_cause(problem)
            raise
        finally:
            self._give_back(worker)

    def _log_cause(self, problem: Problem) -> None:
        """Tell the operator the cause of a problem, if that is a new one."""
        if problem.cause not in ("", self._last_cause):
            self._last_cause = problem.cause
            _LOG.error(mark_unsafe(problem.cause))

    def _take_worker(self, client: Client) -> Worker:
        """Return a free worker; the next query does not suffer if an idle one was killed.

        Each of them is replaced at most once, so that one that cannot start says so.
        """
        for _ in range(self._size):
            worker = self._idle.take(client, self._longest_wait)
            if worker.alive:
                return worker
            self._give_back(worker)
        return self._idle.take(client, self._longest_wait)

    @property
    def _longest_wait(self) -> float:
        """The seconds that all clients before the last can take."""
        return self._spec.seconds * (1 + self.places / self._size)

    def close(self) -> None:
        """End every worker; every client that waits is answered."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._idle.close()

    def _start_worker(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = Worker(self._spec)
            self._all.add(worker)
        self._idle.put(worker)

    def _give_back(self, worker: Worker) -> None:
        if worker.alive:
            self._idle.put(worker)
            return
        with self._lock:
            self._all.discard(worker)
        self._start_worker()
