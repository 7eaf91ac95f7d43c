"""`hwbs check`: whether the record has mistakes."""

from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import progress_line
from hwbs_graph.text import count


def check_graph(
    *,
    source: GraphSource,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on a warning, too.")] = False,
    output: RowOutput,
) -> None:
    """Check the record for mistakes.

    It runs the SHACL shapes and the violation queries; exit code 1 on a violation.
    """
    from hwbs_graph import checks
    from hwbs_graph.checks.changed_values import find_changed_values

    engine = source.open_silently(whole=True)
    output.note("Checking shapes and rules ...")
    with progress_line(output.quiet) as show:
        found = checks.run(
            engine, lambda step: show(f"{step.doing}: {step.done:,} of {step.total:,}")
        )
    found += find_changed_values(source.graph)
    violations = sum(finding.severity == "violation" for finding in found)
    warnings = len(found) - violations
    output.write_findings(found)
    output.note(f"{count(violations, 'violation')}, {count(warnings, 'warning')}.")
    output.end(violations == 0 and not (strict and warnings))


COMMAND = Command(check_graph, "hwbs check --strict")
