"""The page that sets two plans beside each other, as `hwbs compare` does.

Out of scope: what is compared (`report.comparison`), and HTML.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from hwbs_graph import names
from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.query.periods import word_over
from hwbs_graph.query.results import rows_from_text
from hwbs_graph.report.compared_plans import COLUMNS, ComparedPlan
from hwbs_graph.report.comparison import BESIDE, Comparison, compare
from hwbs_graph.report.comparison_text import EXPLANATIONS, name_sides
from hwbs_graph.report.likenesses import SUGGESTIONS
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise, count
from hwbs_graph.web.pages.pieces import Library
from hwbs_graph.web.pages.plan_pairs import Pair, compare_url, list_pairs, list_plans
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.urls import Resolver
from hwbs_graph.write.rows import render

_SILENCE = "not compared"


class Beside(NamedTuple):
    """What stands in the earlier plan, what in the later, and why they stand together."""

    earlier: tuple[Cell, ...]
    later: tuple[Cell, ...]
    why: tuple[str, ...]


class Part(NamedTuple):
    """Rows of one heading; `silent` ones are not compared, and folded by kind."""

    title: str
    told: str
    rows: tuple[Beside, ...]
    folded: tuple[tuple[str, tuple[Cell, ...]], ...] = ()


class TwoPlans(NamedTuple):
    """What the page of a comparison shows, from top to bottom; `empty` names parts without rows."""

    title: str
    plans: tuple[tuple[str, Cell, str], ...]
    lead: str
    parts: tuple[Part, ...]
    empty: tuple[str, ...]
    address: str


def choose_plans(engine: Engine) -> tuple[tuple[tuple[str, str], ...], tuple[Pair, ...]]:
    """Return every plan as (path, label), by label, and the pairs that the data link."""
    listed = sorted((label, names.to_path(iri)) for iri, label in list_plans(engine).items())
    return tuple((path, label) for label, path in listed), list_pairs(engine)


def compare_plans(engine: Engine, one: str, other: str) -> Comparison:
    """Return the comparison of two plans by name, code or path. Raises what `compare` raises."""
    return compare(engine, one, other)


def write_comparison(engine: Engine, one: str, other: str) -> bytes:
    """Return the rows of a comparison as CSV. Raises what `compare` raises."""
    return write_rows(compare(engine, one, other))


def write_rows(found: Comparison) -> bytes:
    """Return the rows of a comparison as CSV."""
    return render(rows_from_text(found.records(), COLUMNS), "csv")


def build_comparison(found: Comparison, resolve: Resolver) -> TwoPlans:
    """Return the page of a comparison; `resolve` gives the address of the page of an IRI, or ""."""
    library = Library({}, resolve)
    sides = (found.earlier, found.later)
    return TwoPlans(
        f"{found.earlier.label} and {found.later.label}",
        tuple(
            (word, library.link(side.label, side.iri), _tell_plan(side))
            for word, side in zip(name_sides(found), sides, strict=True)
        ),
        _summarise(found),
        tuple(_list_parts(found, library)),
        tuple(name for name, rows in found.sections.items() if not rows),
        compare_url(found.earlier.iri, found.later.iri),
    )


def _tell_plan(side: ComparedPlan) -> str:
    also = "with the action plan that delivers it" if len(side.plans) > 1 else ""
    return ", ".join(filter(None, (word_over(side.over) if side.over else "", also)))


def _summarise(found: Comparison) -> str:
    """Return how many are on record as each kind of link, in one sentence."""
    linked = {name: rows for name, rows in found.sections.items() if name not in BESIDE and rows}
    if not linked:
        alike = "; what looks alike is suggested below" if found.sections[SUGGESTIONS] else ""
        return f"The record links nothing in the one to anything in the other{alike}."
    told = ", ".join(f"{len(rows)} {name}" for name, rows in linked.items())
    return f"On record between them: {told}. Whoever judged a link gave the reason beside it."


def _list_parts(found: Comparison, library: Library) -> Iterator[Part]:
    for name, rows in found.sections.items():
        if not rows:
            continue
        told = EXPLANATIONS.get(name, "")
        title = f"{capitalise(name)} ({len(rows)})"
        if name == _SILENCE:
            yield Part(title, told, (), tuple(_fold(found, rows, library)))
        elif name in EXPLANATIONS and name not in (SUGGESTIONS, "figures"):
            yield Part(title, told, tuple(_set_beside(rows, library)))
        else:
            yield Part(title, told, tuple(_list_links(rows, library)))


def _list_links(rows: Iterable[Row], library: Library) -> Iterator[Beside]:
    """Yield a row for each link, with the reason and who judged it."""
    for row in rows:
        sure = f"confidence {row['confidence']}" if row["confidence"] else ""
        grounds = ", ".join(filter(None, (row["basis"], sure)))
        kind = row["kind"] if row["section"] == "figures" else ""
        told = (capitalise(kind), row["topic"], row["reason"], capitalise(grounds))
        yield Beside(
            _link_side(row, "earlier", library),
            _link_side(row, "later", library),
            tuple(filter(None, told)),
        )


def _set_beside(rows: Iterable[Row], library: Library) -> Iterator[Beside]:
    """Yield what both plans hold of one topic, all of the one beside all of the other."""
    for topic, group in groupby(rows, lambda row: row["topic"]):
        own = [*group]
        earlier, later = (
            tuple(cell for row in own for cell in _link_side(row, side, library))
            for side in ("earlier", "later")
        )
        yield Beside(earlier, later, (capitalise(topic),) if topic else ())


def _link_side(row: Mapping[str, str], side: str, library: Library) -> tuple[Cell, ...]:
    if not row[side]:
        return ()
    source = row[f"{side}Source"] if row["section"] == "figures" else ""
    text = f"{row[side]} ({source})" if source else row[side]
    return (library.link(text, row[f"{side}Iri"]),)


def _fold(
    found: Comparison, rows: Iterable[Row], library: Library
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield what is not compared, by plan and kind, with how many of how many."""
    for plan, side in ((found.earlier, "earlier"), (found.later, "later")):
        own = ((row["kind"], row) for row in rows if row[side])
        for kind, alone in group_pairs(own).items():
            whole = count(len(plan.select_kind(kind)), kind)
            title = f"{plan.label}: {len(alone)} of {whole}"
            yield title, tuple(library.link(row[side], row[f"{side}Iri"]) for row in alone)
