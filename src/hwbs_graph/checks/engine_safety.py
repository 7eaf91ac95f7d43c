"""Which questions an engine answers as the standard says, by what each uses of SPARQL.

Out of scope: running the probes (`engine_probes`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from hwbs_graph.checks.engine_probes import Outcome
from hwbs_graph.checks.query_traits import find_traits
from hwbs_graph.errors import EndpointError, QueryError
from hwbs_graph.query import catalogue, results
from hwbs_graph.store import Engine

#: What a probe uses if every query depends on it, if it tells how many rows may come, and if
#: only the queries depend on it that the program binds to many things at once.
_ALL, _ROWS, _MANY = "*", "many rows", "many things"


class Verdict(NamedTuple):
    """A question, and the names of the probes that went wrong and that it depends on."""

    name: str
    broken: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        """Whether the engine answers it as the standard says."""
        return not self.broken


def judge_queries(engine: Engine, outcomes: Sequence[Outcome]) -> list[Verdict]:
    """Return a verdict on each question of the catalogue, then on what commands ask besides."""
    bad = [outcome for outcome in outcomes if outcome.is_bad]
    cut = next((each.probe.name for each in bad if each.probe.is_used({_ROWS})), "")
    listed = [_judge(name, bad) for name in catalogue.query_names()]
    if cut:
        listed = [
            each if _comes_whole(engine, each.name) else Verdict(each.name, (*each.broken, cut))
            for each in listed
        ]
    return listed + [_judge(name, bad) for name in catalogue.family_names(catalogue.INTERNAL)]


def _judge(name: str, bad: Sequence[Outcome]) -> Verdict:
    query = catalogue.load(name)
    traits = find_traits(query.text) | {_ALL}
    if re.search(r"(?m)^\s*#\+ bind:", query.text):
        traits |= {"VALUES"} | ({_MANY} if query.family == catalogue.INTERNAL else set())
    return Verdict(name, tuple(each.probe.name for each in bad if each.probe.is_used(traits)))


def _comes_whole(engine: Engine, name: str) -> bool:
    """Say whether a question, asked of everything, gives as many rows as the engine counts."""
    text = catalogue.load(name).text
    prologue, *select = re.split(r"(?m)^(?=SELECT)", text, maxsplit=1)
    if not select:
        return False  # triples are not counted
    counting = catalogue.load("internal/rows-of-query").text
    counting = prologue + counting.replace("#+ query", f"{{\n{select[0]}\n}}")
    try:
        (counted,) = engine.select(counting)
        return results.run_query(engine, text).size == int(counted["rows"])
    except (QueryError, EndpointError, ValueError):
        return False
