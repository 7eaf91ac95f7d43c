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
    probe: Annotated[
        bool,
        typer.Option(
            "--engine", help="Try what answers instead, and say which questions are safe."
        ),
    ] = False,
    output: RowOutput,
) -> None:
    """Check the record for mistakes.

    It runs the SHACL shapes and the violation queries; exit code 1 on a violation. With
    --engine, it tries how a server understands SPARQL; exit code 1 if a question is not safe.
    """
    if probe:
        _check_engine(source, strict, output)
        return
    from hwbs_graph import checks
    from hwbs_graph.checks.changed_values import find_changed_values
    from hwbs_graph.intake.open_questions import find_open_questions

    engine = source.open_silently(whole=True)
    source.warn_of_edition()
    output.note("Checking shapes and rules ...")
    with progress_line(output.quiet) as show:
        found = checks.run(
            engine, lambda step: show(f"{step.doing}: {step.done:,} of {step.total:,}")
        )
    found += [*find_changed_values(source.graph), *find_open_questions(source.graph)]
    violations = sum(finding.severity == "violation" for finding in found)
    warnings = len(found) - violations
    output.write_findings(found)
    output.note(f"{count(violations, 'violation')}, {count(warnings, 'warning')}.")
    output.end(violations == 0 and not (strict and warnings))


def _check_engine(source: GraphSource, strict: bool, output: RowOutput) -> None:
    """Probe an engine, and report what went wrong and which queries depend on it."""
    from hwbs_graph.checks.engine_probes import list_probes, run_probes
    from hwbs_graph.checks.engine_safety import judge_queries
    from hwbs_graph.report import engine_text

    engine = source.open_silently()
    output.note("Trying what this engine makes of SPARQL ...")
    outcomes = []
    total = len(list_probes())
    with progress_line(output.quiet) as show:
        for outcome in run_probes(engine):
            outcomes.append(outcome)
            show(f"probes: {len(outcomes):,} of {total:,}")
    verdicts = judge_queries(engine, outcomes)
    output.write_report(
        lambda: engine_text.describe_engine(engine.name, outcomes, verdicts),
        engine_text.engine_value(engine.name, outcomes, verdicts),
        lambda: engine_text.engine_rows(outcomes, verdicts),
        engine_text.COLUMNS,
    )
    safe = all(verdict.is_safe for verdict in verdicts)
    output.end(safe and not (strict and any(outcome.is_bad for outcome in outcomes)))


COMMAND = Command(check_graph, "hwbs check --strict")
