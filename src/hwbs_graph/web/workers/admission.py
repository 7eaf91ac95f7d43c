"""Admits clients to the workers: first come, first served, until they disconnect.

Out of scope: the workers themselves (`pool`).
"""

import threading
import time
from collections import Counter, deque
from functools import partial
from typing import Generic, TypeVar

from hwbs_graph.web.problem import RETRY_AFTER, Problem

T = TypeVar("T")

BUSY = partial(Problem, 503, "The server is busy; try again in a moment.", RETRY_AFTER)
TOO_MANY = partial(
    Problem,
    429,
    "Too many questions at once from one address; wait for some answers first.",
    RETRY_AFTER,
)
STOPPING = partial(Problem, 503, "The server is stopping; ask again when it is back.", RETRY_AFTER)
#: Never read: the client has disconnected.
GONE = partial(Problem, 503, "You hung up before there was an answer.")


class Client:
    """One client that waits for an answer, and may disconnect at any time, from any thread."""

    def __init__(self) -> None:
        self.woken = threading.Event()
        self._left: float | None = None

    def disconnect(self) -> None:
        """Wait no more."""
        self._left = time.monotonic()
        self.woken.set()

    @property
    def gone(self) -> bool:
        """Whether nobody waits for the answer."""
        return self._left is not None

    def seconds_gone(self) -> float:
        """Return the seconds since the client disconnected."""
        return 0.0 if self._left is None else time.monotonic() - self._left


class Admission:
    """The places before a pool: `places` in all, of which one address may take `share`."""

    def __init__(self, places: int, share: int) -> None:
        self._places, self._share = places, share
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def enter(self, address: str) -> None:
        """Take a place. Raises Problem if none is free."""
        with self._lock:
            if self._taken.total() >= self._places:
                raise BUSY()
            if self._taken[address] >= self._share:
                raise TOO_MANY()
            self._taken[address] += 1

    def leave(self, address: str) -> None:
        """Give the place back."""
        with self._lock:
            self._taken[address] -= 1
            if not self._taken[address]:
                del self._taken[address]


class IdleWorkers(Generic[T]):
    """The workers that are free, given to clients first come, first served."""

    def __init__(self) -> None:
        self._free: deque[T] = deque()
        self._waiting: deque[Client] = deque()
        self._given: dict[Client, T] = {}
        self._closed = False
        self._lock = threading.Lock()

    def put(self, worker: T) -> None:
        """Give a worker to the client that waits longest, or keep it."""
        with self._lock:
            if not self._waiting:
                self._free.append(worker)
                return
            client = self._waiting.popleft()
            self._given[client] = worker
            client.woken.set()

    def take(self, client: Client, patience: float | None = None) -> T:
        """Return a free worker, within `patience` seconds. Raises Problem if there is none."""
        with self._lock:
            if self._closed:
                raise STOPPING()
            if self._free:
                return self._free.popleft()
            self._waiting.append(client)
        client.woken.wait(patience)
        with self._lock:
            if client in self._given:
                return self._given.pop(client)
            self._waiting.remove(client)
        if self._closed:
            raise STOPPING()
        raise GONE() if client.gone else BUSY()

    def close(self) -> None:
        """Turn away every client that waits or comes later."""
        with self._lock:
            self._closed = True
            for client in self._waiting:
                client.woken.set()
