"""Is the record whole? SHACL shapes for each thing, violation queries across things.

A shape says what one thing must have; a violation query returns what breaks a rule, with a
sentence for the reader. Both give findings: violations, and warnings of what may be right.

Out of scope: whether the documents say what the record claims (`verification`).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hwbs_graph.checks.findings import Breach, Finding, Severity
from hwbs_graph.checks.locations import locate_things
from hwbs_graph.checks.second_values import find_second_values
from hwbs_graph.checks.shacl import find_shape_breaches
from hwbs_graph.checks.unknown_terms import find_unknown_terms
from hwbs_graph.checks.unnamed_things import find_unnamed_things
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

__all__ = ["CheckProgress", "check_rules", "check_shapes", "run"]


class CheckProgress(NamedTuple):
    """How far a check has got: what it looks at, and how many of how many are done."""

    doing: str
    done: int
    total: int


OnProgress = Callable[[CheckProgress], None]


def _report_nothing(progress: CheckProgress) -> None:
    """Report to nobody."""


def run(engine: Engine, on_progress: OnProgress = _report_nothing) -> list[Finding]:
    """Return all findings, violations first; an empty list means the record is whole.

    `on_progress` is told how far the check has got; a national graph takes a minute.
    """
    found = [
        *check_rules(engine, on_progress),
        *check_shapes(engine, on_progress),
        *_to_findings(engine, list(find_second_values(engine.snapshot()))),
        *_to_findings(engine, find_unknown_terms(engine)),
        *_to_findings(engine, list(find_unnamed_things(engine))),
    ]
    return sorted(found, key=_severity_key)


def check_rules(engine: Engine, on_progress: OnProgress = _report_nothing) -> Iterator[Finding]:
    """Yield a finding for each row of each violation query."""
    return _to_findings(engine, list(_rule_breaches(engine, on_progress)))


def check_shapes(engine: Engine, on_progress: OnProgress = _report_nothing) -> Iterator[Finding]:
    """Yield a finding for each result of validating the record against the shapes."""

    def report(done: int, total: int) -> None:
        on_progress(CheckProgress("things with a shape", done, total))

    return _to_findings(engine, list(find_shape_breaches(engine.snapshot(), report)))


def _rule_breaches(engine: Engine, on_progress: OnProgress) -> Iterator[Breach]:
    queries = [query for query in catalogue.all_queries() if query.family == "violation"]
    for number, query in enumerate(queries):
        on_progress(CheckProgress("rules", number, len(queries)))
        severity: Severity = "warning" if "warning" in query.tags else "violation"
        for row in run_named(engine, query.name):
            yield Breach(severity, query.name, row["focus"], row["message"])


def _to_findings(engine: Engine, broken: Sequence[Breach]) -> Iterator[Finding]:
    """Yield a finding for each breach, with the label and the place of what it is about."""
    known = locate_things(engine, {each.focus for each in broken})
    for each in broken:
        label, source = known[each.focus]
        yield Finding(each.severity, each.rule, each.focus, label, each.message, source)


def _severity_key(finding: Finding) -> tuple[bool, str, str, str]:
    return finding.severity == "warning", finding.rule, finding.focus, finding.message
