"""How far a load has got, for the one who waits for it.

Out of scope: showing it (the command line does).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")

#: What a load does, step after step.
STAGES = (
    "reading",
    "leaving out repeats",
    "applying the rules",
    "noting every name",
)
#: After so many statements the caller is told how far a step has got.
_EVERY = 20_000


class LoadProgress(NamedTuple):
    """How far a load has got: the number of the step from 1 on, and what it is doing.

    Of `total` bytes or statements it has done `done`; a total of 0 is one nobody knows.
    `statements` are those of this step so far.
    """

    number: int
    doing: str
    done: int
    total: int
    unit: str
    statements: int


OnProgress = Callable[[LoadProgress], None]


class ProgressMeter:
    """Counts the statements of one step, and says now and then how far it has got."""

    def __init__(
        self, on_progress: OnProgress, number: int, total: int = 0, unit: str = "statements"
    ) -> None:
        self._on_progress, self._number, self._total, self._unit = on_progress, number, total, unit
        self._statements = 0
        self._report(0, "")

    def tick(self, done: int | None = None, of: str = "") -> None:
        """Count one more, with how much is done where that is not measured in statements."""
        self._statements += 1
        if not self._statements % _EVERY:
            self._report(self._statements if done is None else done, of)

    def track(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield what is given, counted."""
        for item in items:
            yield item
            self.tick()

    def _report(self, done: int, of: str) -> None:
        doing = f"{STAGES[self._number - 1]} {of}".rstrip()
        progress = LoadProgress(
            self._number, doing, done, self._total, self._unit, self._statements
        )
        self._on_progress(progress)
