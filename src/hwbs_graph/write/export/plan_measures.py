"""How one would know that a plan works: measures, with what is promised and what was reached.

A measure is an indicator with the targets of it, a target of none, or how an action stands: its
dates and the progress updates about it.

Out of scope: the XML they become (`stratml_measures`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.dates import find_first_day, find_last_day, read_date
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine


class Result(NamedTuple):
    """What is promised, or was reached: each part is "" where the plan does not print it.

    `start` and `end` are days, `number` a decimal number, `state` a word of the code list.
    """

    start: str = ""
    end: str = ""
    number: str = ""
    state: str = ""
    words: str = ""


class Measure(NamedTuple):
    """What is measured, in which unit, what is promised of it and what was reached."""

    key: str
    dimension: str
    unit: str
    is_quantity: bool
    promised: Sequence[Result]
    reached: Sequence[Result]
    remark: str = ""


class MeasureRows:
    """The rows that measures are read from, by the element that they are about."""

    def __init__(self, engine: Engine, plan: str) -> None:
        targets = run_named(engine, "report/targets", plan=plan)
        indicators = run_named(engine, "internal/indicators-of-plan", plan=plan)
        # A target of nothing in particular is one of the plan.
        self.targets = group_pairs((row["element"] or plan, row) for row in targets)
        self._plan = plan
        self.indicators = group_rows(indicators, "element")
        self.updates = group_rows(
            run_named(engine, "internal/progress-of-plan", plan=plan), "element"
        )

    @property
    def is_empty(self) -> bool:
        """Whether no element of the plan has a target, an indicator or progress."""
        return not (self.targets.keys() - {self._plan} or self.indicators or self.updates)

    def list_measures(self, element: Row) -> list[Measure]:
        """Return the measures of an element, which is a row of its parts."""
        iri, label = element["part"], element["label"]
        targets = group_rows(self.targets.get(iri, ()), "target")
        named = {row["indicator"] for rows in targets.values() for row in rows}
        bare = [row for row in self.indicators.get(iri, ()) if row["indicator"] not in named]
        measures = [self._measure_target(rows[0], label) for rows in targets.values()]
        measures += [_measure_indicator(row, label) for row in bare]
        return measures + self._measure_progress(element)

    def describe_measures(self, element: Row) -> list[str]:
        """Return the measures of an element as lines of text."""
        return [_describe_measure(measure) for measure in self.list_measures(element)]

    def describe_targets_of_plan(self) -> list[str]:
        """Return the targets of the plan as a whole as lines of text."""
        rows = group_rows(self.targets.get(self._plan, ()), "target")
        return [_describe_target(same[0]) for same in rows.values()]

    def _measure_target(self, target: Row, label: str) -> Measure:
        due = _write_days("", target["targetDate"])
        promised = Result(*due, _read_number(target["figure"]), words=_describe_target(target))
        first = Result(
            *_write_days("", target["baselineDate"]),
            _read_number(target["baseline"]),
            words="Baseline",
        )
        updates = [_read_update(row) for row in self.updates.get(target["target"], ())]
        return Measure(
            key=target["target"],
            dimension=target["indicatorLabel"] or target["targetLabel"],
            unit=target["unit"],
            is_quantity=bool(target["figure"]),
            promised=[promised],
            reached=[*([first] if target["baseline"] else []), *updates],
            remark=f"Of: {label}",
        )

    def _measure_progress(self, element: Row) -> list[Measure]:
        updates = [_read_update(row) for row in self.updates.get(element["part"], ())]
        due = Result(*_write_days(element["start"], element["date"]), words=element["timescale"])
        if not updates and not any(due):
            return []
        dimension = f"Progress of {element['label']}"
        promised = [due] if any(due) else []
        return [Measure(element["part"], dimension, "", False, promised, updates)]


def _describe_target(target: Row) -> str:
    return f"{target['printedKind'] or 'Target'}: {target['targetLabel']}"


def _describe_measure(measure: Measure) -> str:
    """Return a measure as one line of text, with what is promised and what was reached."""
    parts = [measure.dimension, *map(_describe_result, (*measure.promised, *measure.reached))]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _describe_result(result: Result) -> str:
    days = " to ".join(filter(None, (result.start, result.end)))
    return ", ".join(filter(None, (days, result.number, result.state, result.words)))


def _measure_indicator(row: Row, label: str) -> Measure:
    key = f"{row['element']} {row['indicator']}"
    return Measure(key, row["indicatorLabel"], row["unit"], True, [], [], f"Of: {label}")


def _read_update(row: Row) -> Result:
    words = ". ".join(filter(None, (row["printed"], row["text"])))
    return Result(*_write_days("", row["asOf"]), state=row["state"], words=words)


def _read_number(figure: str) -> str:
    """Return a figure that is a decimal number; an interval, which is none, stays in the words."""
    return figure if re.fullmatch(r"[+-]?\d+(\.\d+)?", figure) else ""


def _write_days(start: str, end: str) -> tuple[str, str]:
    """Return the first and the last day; "" for what is no date of the ontology."""
    first, last = read_date(start), read_date(end)
    return find_first_day(first) if first else "", find_last_day(last) if last else ""
