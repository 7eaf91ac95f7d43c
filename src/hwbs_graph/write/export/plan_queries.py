"""The questions whose answers make a strategic plan, each asked once.

Out of scope: what the answers mean to the plan (`plan_tree`).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from hwbs_graph.data import bundled
from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.vocabulary import split
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_number
from hwbs_graph.write.export.plan_measures import MeasureRows
from hwbs_graph.write.export.table_specs import find_passages


class PlanRows:
    """The rows that a plan is read from, by the thing they are about; parts by their class, too."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self.about = run_named(engine, "internal/strategic-plan", plan=plan)
        self.parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        relations = bundled.registry().relations
        direct = [iri for iri, relation in relations.items() if relation.is_direct]
        rows = run_named(engine, "internal/strategic-parts", property=direct)
        for row in sorted(rows, key=_place):
            same = self.parts[row["on"], split(row["class"])[1]]
            if all(other["part"] != row["part"] for other in same):
                same.append(row)
        in_plan = run_named(engine, "internal/elements-of-plan", plan=plan)
        self.own = {row["element"] for row in in_plan}
        levels = ("Theme", "Objective", "Action")
        #: What stands under a theme, an objective or an action of the plan.
        self.placed = {
            row["part"]
            for (on, name), rows in self.parts.items()
            if name in levels and on in self.own
            for row in rows
        }
        self.where = find_passages(engine, sorted(self.own))
        self.answering = group_rows(run_named(engine, "internal/answering-bodies"), "on")
        self.partners = {row["partner"]: row for row in run_named(engine, "internal/partner-types")}
        mentions = run_named(engine, "report/partner-responsibilities", plan=plan)
        named = [row for row in mentions if row["partner"] in self.partners]
        self.mentions = group_rows(named, "action")
        groups = run_named(engine, "internal/groups-of-plan", plan=plan)
        self.groups = group_rows(groups, "element")
        self.measures = MeasureRows(engine, plan)

    @cached_property
    def is_performance(self) -> bool:
        """Whether the plan prints measures, progress or the parts of partners."""
        mentions = (row["roleLabel"] for rows in self.mentions.values() for row in rows)
        answering = (row["role"] for iri in self.own for row in self.answering.get(iri, ()))
        return not self.measures.is_empty or bool({*mentions, *answering} - {"", "involved"})

    def list_parts(self, things: Iterable[str], class_name: str) -> list[Row]:
        """Return what hangs on several things, each once."""
        found = {row["part"]: row for thing in things for row in self.parts[thing, class_name]}
        return list(found.values())

    def list_own(self, thing: str, class_name: str) -> list[Row]:
        """Return what hangs on a thing and belongs to the plan: plans may share a theme."""
        return [row for row in self.parts[thing, class_name] if row["part"] in self.own]


def _place(row: Row) -> tuple[object, ...]:
    return parse_number(row["order"]) or 0.0, natural_key(row["part"])
