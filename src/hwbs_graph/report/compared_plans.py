"""The two plans of a comparison, and the rows that set their elements beside each other.

A strategy also covers the action plan that delivers it.

Out of scope: which elements belong beside each other (`comparison`, `figures`).
"""

import re
from itertools import chain
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.names import Thing
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: What every row has, in whichever section it stands.
COLUMNS = (
    "section",
    "topic",
    "kind",
    "earlier",
    "later",
    "confidence",
    "basis",
    "reason",
    "earlierSource",
    "laterSource",
    "earlierIri",
    "laterIri",
)


class PlanElement(NamedTuple):
    """An element of a plan; `code` is one that `hwbs show` takes, `under` the IRI it serves."""

    iri: str
    kind: str
    code: str
    label: str
    under: str
    themes: tuple[str, ...]
    families: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """Code and wording, where there is a code."""
        return f"{self.code}: {self.label}" if self.code else self.label

    @property
    def short(self) -> str:
        """The code, or the wording where there is none."""
        return self.code or self.label


class ComparedPlan(NamedTuple):
    """A plan with its elements by IRI, in printed order.

    `plans` are this plan and the action plans that deliver it, `lineage` also the strategies that
    these deliver. `year` is 0 where the record has no date, `over` is the period if it is over.
    """

    iri: str
    label: str
    plans: set[str]
    lineage: set[str]
    year: int
    elements: dict[str, PlanElement]
    over: str = ""

    @property
    def documents(self) -> set[str]:
        """The documents that print an element of the plan."""
        return {element.source for element in self.elements.values()} - {""}

    def select_kind(self, kind: str) -> list[PlanElement]:
        """Return the elements of a kind, in printed order."""
        return [element for element in self.elements.values() if element.kind == kind]

    def as_dict(self) -> dict[str, object]:
        """Return the plan and those it covers, ready for JSON."""
        year, covers = self.year or None, sorted(self.plans)
        over = bool(self.over)
        return {
            "iri": self.iri,
            "label": self.label,
            "year": year,
            "covers": covers,
            "planOver": over,
        }


def gather_plans(
    engine: Engine, first: Thing, second: Thing
) -> tuple[ComparedPlan, ComparedPlan, bool, bool]:
    """Return two plans, the earlier first if the record tells which that is.

    Also says whether it tells, and whether the second plan follows the first.
    """
    succession = run_named(engine, "internal/plans-and-what-they-follow")
    over = find_over(engine, (first.iri, second.iri))
    one, other = (
        _gather_plan(engine, succession, plan, beside.iri)._replace(over=over.get(plan.iri, ""))
        for plan, beside in ((first, second), (second, first))
    )
    order = _compare_dates(succession, one, other)
    earlier, later = (one, other) if order <= 0 else (other, one)
    return earlier, later, order != 0, _supersedes(succession, later.plans, earlier)


def _gather_plan(engine: Engine, succession: list[Row], plan: Thing, other: str) -> ComparedPlan:
    """Gather a plan and the action plans that deliver it, but not the `other` of the comparison."""
    delivering = {row["plan"] for row in succession if row["strategy"] == plan.iri}
    plans = {plan.iri, *delivering} - {other}
    printed = (run_named(engine, "report/elements", plan=iri) for iri in sorted(plans))
    by_element = group_rows(chain.from_iterable(printed), "element")
    elements = {iri: _gather_element(rows) for iri, rows in by_element.items()}
    lineage = plans | {row["strategy"] for row in succession if row["plan"] in plans}
    return ComparedPlan(
        plan.iri, plan.label, plans, lineage, _find_year(succession, plan.iri), elements
    )


def _gather_element(rows: list[Row]) -> PlanElement:
    first = rows[0]
    themes = tuple(dict.fromkeys(row["theme"] for row in rows if row["theme"]))
    # The theme makes a code unique; where there are several, the code serves all of them.
    labels = {row["themeLabel"] for row in rows} - {""}
    code = " ".join([*(labels if len(themes) == 1 else ()), first["code"]])
    return PlanElement(
        iri=first["element"],
        kind=first["kindLabel"],
        code=code if first["code"] else "",
        label=first["elementLabel"],
        under=first["under"],
        themes=themes,
        families=tuple(dict.fromkeys(row["familyLabel"] for row in rows if row["familyLabel"])),
        source=first["document"],
    )


def _find_year(succession: list[Row], iri: str) -> int:
    """Return the year a plan was issued or begins, or else that of the strategy it delivers."""
    own = [row for row in succession if row["plan"] == iri]
    strategies = {row["strategy"] for row in own}
    above = [row for row in succession if row["plan"] in strategies]
    years = (re.search(r"\d{4}", row["issued"] or row["temporal"]) for row in (*own, *above))
    return next((int(year[0]) for year in years if year), 0)


def _compare_dates(succession: list[Row], first: ComparedPlan, second: ComparedPlan) -> int:
    """Return -1 where `first` is the earlier, 1 where `second` is, 0 where nothing tells."""
    if first.year and second.year and first.year != second.year:
        return -1 if first.year < second.year else 1
    return _supersedes(succession, first.lineage, second) - _supersedes(
        succession, second.lineage, first
    )


def _supersedes(succession: list[Row], plans: set[str], before: ComparedPlan) -> bool:
    """Say whether one of `plans` supersedes a plan of `before`, or delivers it."""
    return any(
        row["replaces"] in before.lineage - {""} or row["strategy"] == before.iri
        for row in succession
        if row["plan"] in plans - before.plans
    )


def build_row(
    section: str, earlier: PlanElement | None, later: PlanElement | None, **cells: str
) -> Row:
    """Return a row of COLUMNS with an element of each plan, where there is one."""
    row = dict.fromkeys(COLUMNS, "") | {"section": section}
    for side, element in (("earlier", earlier), ("later", later)):
        if element:
            row |= {side: element.name, f"{side}Iri": element.iri, f"{side}Source": element.source}
            row["kind"] = row["kind"] or element.kind
    return row | cells
