"""Is the record whole? SHACL shapes for each thing, violation queries across things.

A shape says what one thing must have; a violation query returns what breaks a rule, with a
sentence for the reader. Both give findings.

Out of scope: whether the documents say what the record claims (`evidence`).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hwbs_graph.checks.findings import Finding
from hwbs_graph.checks.locations import whereabouts
from hwbs_graph.checks.shacl import Broken, broken_shapes
from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine

__all__ = ["Step", "run", "shapes", "violations"]


class Step(NamedTuple):
    """How far a check has got: what it looks at, and how many of how many are done."""

    doing: str
    done: int
    total: int


Tell = Callable[[Step], None]


def _silent(step: Step) -> None:
    """Tell nobody."""


def run(engine: Engine, tell: Tell = _silent) -> list[Finding]:
    """Return all findings, violations first; an empty list means the record is whole.

    `tell` hears how far it has got, as a national graph takes a minute.
    """
    return sorted([*violations(engine, tell), *shapes(engine, tell)], key=_rank)


def violations(engine: Engine, tell: Tell = _silent) -> Iterator[Finding]:
    """Yield a finding for each row of each violation query."""
    return _findings(engine, list(_violations(engine, tell)))


def shapes(engine: Engine, tell: Tell = _silent) -> Iterator[Finding]:
    """Yield a finding for each result of validating the record against `shapes.ttl`."""
    found = broken_shapes(
        engine.whole(), lambda done, total: tell(Step("things with a shape", done, total))
    )
    return _findings(engine, list(found))


def _violations(engine: Engine, tell: Tell) -> Iterator[Broken]:
    queries = [query for query in catalogue.every() if query.family == "violation"]
    for number, query in enumerate(queries):
        tell(Step("rules", number, len(queries)))
        for row in engine.select(query.text, name=query.name):
            yield Broken("violation", query.name, row["focus"], row["message"])


def _findings(engine: Engine, broken: Sequence[Broken]) -> Iterator[Finding]:
    """Turn what is broken into findings, which say what it is called and where it stands."""
    known = whereabouts(engine, {each.focus for each in broken})
    for each in broken:
        label, source = known[each.focus]
        yield Finding(each.severity, each.rule, each.focus, label, each.message, source)


def _rank(finding: Finding) -> tuple[bool, str, str, str]:
    return finding.severity == "warning", finding.rule, finding.focus, finding.message
