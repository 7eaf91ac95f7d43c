"""How far a load has got, for a person who waits, and what it brought.

Out of scope: showing it (the command line does).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")

#: What a load does, stage after stage.
STAGES = (
    "reading",
    "leaving out repeats",
    "applying the rules",
    "noting every name",
)
#: Statements between two reports.
_EVERY = 20_000


class LoadProgress(NamedTuple):
    """How far a load has got: the number of the stage, from 1, and what it does.

    `done` and `total` count bytes or statements, as `unit` says; a total of 0 is unknown.
    `statements` counts those of this stage.
    """

    number: int
    doing: str
    done: int
    total: int
    unit: str
    statements: int


class LoadResult(NamedTuple):
    """What a load brought: files read, statements in them, and how many the rules derived.

    `warnings` are sentences on what no question would find.
    """

    files: int
    statements: int
    derived: int
    warnings: tuple[str, ...] = ()


OnProgress = Callable[[LoadProgress], None]


class ProgressMeter:
    """Counts the statements of one stage, and reports now and then."""

    def __init__(
        self, on_progress: OnProgress, number: int, total: int = 0, unit: str = "statements"
    ) -> None:
        self._on_progress, self._number, self._total, self._unit = on_progress, number, total, unit
        self._statements = 0
        self._report(0, "")

    def tick(self, done: int | None = None, of: str = "") -> None:
        """Count one statement; `done` is the progress if the unit is not statements."""
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
