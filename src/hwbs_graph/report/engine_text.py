"""What the probes of an engine showed, as text, as JSON and as rows.

Out of scope: the probes, and what follows from them (`checks`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from hwbs_graph.checks.engine_probes import UNTRIED, VARIES, WORKS, Outcome
from hwbs_graph.checks.engine_safety import Verdict
from hwbs_graph.grouping import Row
from hwbs_graph.report.wrapping import wrap
from hwbs_graph.text import count

#: The columns of the rows.
COLUMNS = ("kind", "name", "result", "why")


def describe_engine(name: str, outcomes: Sequence[Outcome], verdicts: Sequence[Verdict]) -> str:
    """Return the report as text."""
    listed, internal = _split(verdicts)
    good = sum(outcome.state == WORKS for outcome in outcomes)
    lines = [
        f"{name}\n",
        f"{good} of {count(len(outcomes), 'probe')} came out as the standard says.",
        *_describe_outcomes(outcomes, listed, f"{name.rpartition(' ')[2]} "),
        "",
        *_describe_verdicts(listed, "of the catalogue"),
        *_describe_verdicts(internal, "that commands ask besides"),
    ]
    return "\n".join(lines) + "\n"


def engine_value(
    name: str, outcomes: Sequence[Outcome], verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    """Return the report as a value for JSON."""
    probes = [
        {
            "name": each.probe.name,
            "holds": each.probe.summary,
            "result": each.state,
            "why": each.why,
        }
        for each in outcomes
    ]
    queries = [
        {"name": each.name, "safe": each.is_safe, "probes": list(each.broken)} for each in verdicts
    ]
    return {"engine": name, "probes": probes, "queries": queries}


def engine_rows(outcomes: Sequence[Outcome], verdicts: Sequence[Verdict]) -> list[Row]:
    """Return one row for each probe and query."""
    rows = [("probe", each.probe.name, each.state, each.why) for each in outcomes]
    for kind, part in zip(("question", "command"), _split(verdicts), strict=True):
        rows += [
            (kind, each.name, "safe" if each.is_safe else "not safe", ", ".join(each.broken))
            for each in part
        ]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def _split(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Part the questions of the catalogue from what only commands ask."""
    internal = [each for each in verdicts if each.name.startswith("internal/")]
    return [each for each in verdicts if each not in internal], internal


def _describe_outcomes(
    outcomes: Sequence[Outcome], listed: Sequence[Verdict], address: str
) -> Iterator[str]:
    for each in outcomes:
        if each.state == WORKS:
            continue
        yield f"- {each.probe.name}: {each.probe.summary}"
        if each.state == UNTRIED:
            yield f"  Not tried: {each.why}."
            continue
        yield f"  It {each.why.replace(address, '').strip().rstrip('.')}."
        if each.state != VARIES:
            yield f"  {_describe_use(sum(each.probe.name in one.broken for one in listed))}"
        if each.probe.cure:
            yield f"  What helps: {each.probe.cure}."


def _describe_use(number: int) -> str:
    if not number:
        return "No question of the catalogue depends on it; a query of your own may."
    verb = "depends" if number == 1 else "depend"
    return f"{count(number, 'question')} of the catalogue {verb} on it."


def _describe_verdicts(verdicts: Sequence[Verdict], which: str) -> Iterator[str]:
    """Say how many are safe, and list the others by what they depend on."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in verdicts:
        if not each.is_safe:
            groups.setdefault(each.broken, []).append(each.name)
    safe = len(verdicts) - sum(map(len, groups.values()))
    noun = "question" if which.startswith("of") else "query"
    yield f"{safe} of {count(len(verdicts), noun)} {which} are safe here."
    for broken, names in groups.items():
        every = len(names) == len(verdicts)
        listed = "all of them" if every else ", ".join(names)
        yield from wrap(f"- not safe, by {' and '.join(broken)}: {listed}", 100)
