"""A plan from top to bottom: what stands in it, what stands under that, by whom and by when.

Out of scope: layout (the pages), and how a plan's period is told (`periods`).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import read_delivery, word_delivery
from hwbs_graph.query.results import run_named
from hwbs_graph.report.indirect_parts import PART_NOT_STATED
from hwbs_graph.store import Engine


class Part(NamedTuple):
    """A body named for an element, and the part it takes; "" where the plan does not state it."""

    iri: str
    label: str
    part: str


class Element(NamedTuple):
    """What stands in a plan; `told` says when, by what measure and how far, as title and text."""

    iri: str
    kind: str
    code: str
    label: str
    short: str
    partners: tuple[Part, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


class Outline(NamedTuple):
    """The elements of a plan by IRI, and under each the IRIs below it in printed order.

    The plan's own IRI has what stands at its top.
    """

    plan: str
    label: str
    short: str
    elements: dict[str, Element]
    below: dict[str, list[str]]

    def list_below(self, iri: str) -> list[Element]:
        """Return the elements directly under one, or under the plan."""
        return [self.elements[each] for each in self.below.get(iri, ())]

    def find_above(self, iri: str) -> list[Element]:
        """Return the elements over one, from the top; of several parents the first is told."""
        parents = {each: over for over, each in reversed([*self._pairs()])}
        found, at = [], parents.get(iri, "")
        while at in self.elements and self.elements[at] not in found:
            found.append(self.elements[at])
            at = parents.get(at, "")
        return found[::-1]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return ((over, each) for over, below in self.below.items() for each in below)


def read_outline(engine: Engine, plan: str, label: str) -> Outline:
    """Return the outline of a plan; `label` is its name."""
    rows = run_named(engine, "report/elements", plan=plan)
    iris = [*dict.fromkeys(row["element"] for row in rows)]
    parts = group_rows(run_named(engine, "internal/parts-in-actions", plan=plan), "action")
    delivery = group_rows(run_named(engine, "internal/delivery", thing=iris), "thing")
    short = {
        row["thing"]: row["short"]
        for row in run_named(engine, "internal/short-labels", thing=[plan, *iris])
    }
    elements = {
        row["element"]: Element(
            row["element"],
            row["printedKind"] or row["kindLabel"],
            row["code"],
            row["elementLabel"],
            short.get(row["element"], ""),
            tuple(_read_parts(parts.get(row["element"], ()))),
            tuple(word_delivery(read_delivery(delivery.get(row["element"], ())))),
        )
        for row in sorted(rows, key=_rank_kind)
    }
    return Outline(plan, label, short.get(plan, ""), elements, _place(elements, rows, plan))


def _rank_kind(row: Row) -> int:
    """Return where a kind comes among others under one thing: as its column in the map, then on.

    What stands in no column comes first: a vision, an ambition, a rationale.
    """
    ranks = {word: kind.map_column for kind in bundled.registry().kinds for word in kind.words}
    return next((rank for word, rank in ranks.items() if row["kindLabel"].endswith(word)), 0)


def _read_parts(rows: Iterable[Row]) -> Iterator[Part]:
    for row in rows:
        role = "" if row["role"] == PART_NOT_STATED else row["role"]
        printed = f"printed “{row['printedRole']}”" if row["printedRole"] else ""
        yield Part(row["partner"], row["partnerLabel"], ", ".join(filter(None, (role, printed))))


def _place(elements: dict[str, Element], rows: list[Row], plan: str) -> dict[str, list[str]]:
    """Return what stands under each element: what it is under, else its theme, else the plan."""
    pairs = dict.fromkeys(
        (_find_over(row, elements, plan), row["element"]) for row in sorted(rows, key=_rank_kind)
    )
    placed = {each for over, each in pairs if over != plan}
    return group_pairs((over, each) for over, each in pairs if over != plan or each not in placed)


def _find_over(row: Row, elements: dict[str, Element], plan: str) -> str:
    places = (row["under"], row["theme"])
    return next((each for each in places if each in elements and each != row["element"]), plan)
