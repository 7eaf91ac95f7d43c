"""Is the record whole? SHACL shapes for each thing, violation queries across things.

A shape says what one thing must have; a violation query returns what breaks a rule, with a
sentence for the reader. Both give findings.

Out of scope: whether the documents say what the record claims (`verification`).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hwbs_graph.checks.findings import Breach, Finding
from hwbs_graph.checks.locations import locate_things
from hwbs_graph.checks.shacl import find_shape_breaches
from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine

__all__ = ["CheckProgress", "check_rules", "check_shapes", "run"]


class CheckProgress(NamedTuple):
    """How far a check has got: what it looks at, and how many of how many are done."""

    doing: str
    done: int
    total: int


Tell = Callable[[CheckProgress], None]


def _silent(step: CheckProgress) -> None:
    """Tell nobody."""


def run(engine: Engine, on_progress: Tell = _silent) -> list[Finding]:
    """Return all findings, violations first; an empty list means the record is whole.

    `on_progress` hears how far it has got, as a national graph takes a minute.
    """
    found = [*check_rules(engine, on_progress), *check_shapes(engine, on_progress)]
    return sorted(found, key=_severity_key)


def check_rules(engine: Engine, on_progress: Tell = _silent) -> Iterator[Finding]:
    """Yield a finding for each row of each violation query."""
    return _to_findings(engine, list(_rule_breaches(engine, on_progress)))


def check_shapes(engine: Engine, on_progress: Tell = _silent) -> Iterator[Finding]:
    """Yield a finding for each result of validating the record against `shapes.ttl`."""

    def report(done: int, total: int) -> None:
        on_progress(CheckProgress("things with a shape", done, total))

    return _to_findings(engine, list(find_shape_breaches(engine.snapshot(), report)))


def _rule_breaches(engine: Engine, on_progress: Tell) -> Iterator[Breach]:
    queries = [query for query in catalogue.all_queries() if query.family == "violation"]
    for number, query in enumerate(queries):
        on_progress(CheckProgress("rules", number, len(queries)))
        for row in engine.select(query.text, name=query.name):
            yield Breach("violation", query.name, row["focus"], row["message"])


def _to_findings(engine: Engine, broken: Sequence[Breach]) -> Iterator[Finding]:
    """Turn what is broken into findings, which say what it is called and where it stands."""
    known = locate_things(engine, {each.focus for each in broken})
    for each in broken:
        label, source = known[each.focus]
        yield Finding(each.severity, each.rule, each.focus, label, each.message, source)


def _severity_key(finding: Finding) -> tuple[bool, str, str, str]:
    return finding.severity == "warning", finding.rule, finding.focus, finding.message
