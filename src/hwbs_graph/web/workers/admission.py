"""Who waits for a worker: a place for each, in the order they came, until they hang up.

Out of scope: the workers themselves (`pool`).
"""

import threading
import time
from collections import Counter, deque
from typing import Generic, TypeVar

from hwbs_graph.web.protocol.message import Outcome, failed

T = TypeVar("T")

#: Seconds after which one who was turned away may ask again.
RETRY = 2
BUSY = failed(503, "The server is busy; try again in a moment.", RETRY)
ENOUGH = failed(
    429, "Too many questions at once from one address; wait for some answers first.", RETRY
)
STOPPING = failed(503, "The server is stopping; ask again when it is back.", RETRY)
#: Nobody reads this one.
GONE = failed(503, "You hung up before there was an answer.")


class Caller:
    """One who waits for an answer, and may hang up meanwhile: from any thread, at any time."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self._left: float | None = None

    def hang_up(self) -> None:
        """Wait no more."""
        self._left = time.monotonic()
        self.called.set()

    @property
    def gone(self) -> bool:
        """Whether nobody waits for the answer."""
        return self._left is not None

    def gone_for(self) -> float:
        """Return the seconds since they hung up."""
        return 0.0 if self._left is None else time.monotonic() - self._left


class Line:
    """The places before a pool: so many in all, and so many for one client."""

    def __init__(self, places: int, for_one: int) -> None:
        self._places, self._for_one = places, for_one
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def enter(self, client: str) -> Outcome | None:
        """Take a place, or return why there is none."""
        with self._lock:
            if self._taken.total() >= self._places:
                return BUSY
            if self._taken[client] >= self._for_one:
                return ENOUGH
            self._taken[client] += 1
            return None

    def leave(self, client: str) -> None:
        """Give the place back."""
        with self._lock:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


class Bench(Generic[T]):
    """Those that are free, given to callers first come, first served."""

    def __init__(self) -> None:
        self._free: deque[T] = deque()
        self._waiting: deque[Caller] = deque()
        self._given: dict[Caller, T] = {}
        self._closed = False
        self._lock = threading.Lock()

    def put(self, one: T) -> None:
        """Give one to the caller who waits longest, or keep it."""
        with self._lock:
            if not self._waiting:
                self._free.append(one)
                return
            caller = self._waiting.popleft()
            self._given[caller] = one
            caller.called.set()

    def take(self, caller: Caller, patience: float | None = None) -> T | Outcome:
        """Return one that is free, or why there is none for this caller."""
        with self._lock:
            if self._closed:
                return STOPPING
            if self._free:
                return self._free.popleft()
            self._waiting.append(caller)
        caller.called.wait(patience)
        with self._lock:
            if caller in self._given:
                return self._given.pop(caller)
            self._waiting.remove(caller)
            return STOPPING if self._closed else GONE if caller.gone else BUSY

    def close(self) -> None:
        """Turn away whoever waits, and whoever comes."""
        with self._lock:
            self._closed = True
            for caller in self._waiting:
                caller.called.set()
