"""The order of a briefing sheet: headings, lists and tables, the same in every text format.

A writer needs to know nothing of partners: it is handed sections, and writes headings, list
items and tables.

Out of scope: how any of them is marked up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from hwbs_graph.grouping import Row
from hwbs_graph.report.profile import PartnerAction, Place, word_basis
from hwbs_graph.text import capitalise
from hwbs_graph.write.briefing.content import Sheet


class Group(NamedTuple):
    """Rows of a table that belong together under a title, which may be empty."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class Table(NamedTuple):
    """A table; the first column names the row. `widths` are shares of the page, in percent."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    groups: tuple[Group, ...]


class Section(NamedTuple):
    """A heading of level 2 or 3 with what stands under it: a sentence, a list, a table.

    `brief` says that the points of the list are short, and may stand in two columns.
    """

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    table: Table | None = None
    level: int = 2
    brief: bool = False


def subtitle(sheet: Sheet) -> str:
    """Return kind and council of the partner: "council division, Leicester City Council"."""
    return ", ".join(filter(None, (sheet.kind, sheet.council)))


def date_record(sheet: Sheet) -> datetime:
    """Return the date of the record, or a fixed one where it has none."""
    return datetime.fromisoformat(sheet.date[:10] or "2000-01-01")


def footing(sheet: Sheet) -> str:
    """Say which record the sheet is drawn from."""
    dated = f", as of {sheet.date}" if sheet.date else ""
    return f"Drawn from the hwbs record, version {sheet.version or 'unknown'}{dated}. {sheet.iri}"


def sections(sheet: Sheet) -> Iterator[Section]:
    """Yield the sections of a sheet in the order in which they are read; none is empty."""
    yield Section("In short", sheet.summary, sheet.facts)
    if sheet.changes:
        yield Section("What became of this body", points=sheet.changes)
    if sheet.actions:
        yield Section("What the plans ask, and with whom")
        yield from _themes(sheet.actions)
    if sheet.determinants:
        title = "Determinants of health these objectives and actions bear on"
        yield Section(title, points=tuple(_causes(sheet.determinants)), brief=True)
    if sheet.later:
        title = "What later plans continue of these objectives and actions"
        yield Section(title, table=_later(sheet.later))
    if sheet.notes:
        yield Section("Quality notes", points=tuple(map(_note, sheet.notes)))
    if sheet.documents:
        yield Section("Sources", points=sheet.documents)
    legend = tuple(f"{capitalise(label)}: {definition}" for label, definition in sheet.legend)
    yield Section("How to read the basis of a link", points=legend, brief=True)


def where(source: Place | Row) -> str:
    """Return the place of a passage: "S002 line 21, Healthy Places 2(a), INVOLVING, 1st"."""
    line = f"line {source['line']}" if source["line"] else ""
    start = " ".join(filter(None, (source["document"], line)))
    return ", ".join(filter(None, (start, source["place"])))


def _themes(actions: list[PartnerAction]) -> Iterator[Section]:
    several = len({action["plan"] for action in actions}) > 1
    for (plan, theme), group in groupby(actions, key=lambda each: (each["plan"], each["theme"])):
        title = f"{theme} ({plan})" if several else theme
        columns = ("Code", "Action", "As printed, and where", "With")
        table = Table(columns, (8, 37, 22, 33), tuple(_objectives(group)))
        yield Section(title, table=table, level=3)


def _objectives(actions: Iterable[PartnerAction]) -> Iterator[Group]:
    for (code, label), group in groupby(
        actions, key=lambda each: (each["objectiveCode"], each["objective"])
    ):
        yield Group(f"{code} {label}".strip(), tuple(_action(action) for action in group))


def _action(action: PartnerAction) -> tuple[str, ...]:
    printed = (f"“{source['printed']}” {where(source)}" for source in action["sources"])
    others = "; ".join(action["withPartners"]) or "nobody else"
    return action["code"], action["label"], "; ".join(printed), others


def _causes(rows: list[Row]) -> Iterator[str]:
    """Yield a point for each determinant and basis, with what bears on it theme by theme."""
    grouped: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        codes = grouped[row["determinantLabel"], word_basis(row)][row["theme"]]
        if row["code"] not in codes:
            codes.append(row["code"])
    for (cause, basis), themes in grouped.items():
        named = (f"{theme} {', '.join(codes)}" for theme, codes in themes.items())
        yield f"{cause}: {'; '.join(named)} [{basis}]"


def _later(rows: list[Row]) -> Table:
    """What was said of an objective or action above is not said again, only its code."""
    told = tuple((row["element"], _became(row), _why(row)) for row in rows)
    columns = ("Objective or action", "What became of it", "Why, and on what basis")
    return Table(columns, (14, 40, 46), (Group("", told),))


def _became(row: Row) -> str:
    after = f"{row['toLabel']} ({row['laterPlan']})" if row["toLabel"] else ""
    return ": ".join(filter(None, (row["typeLabel"], after)))


def _why(row: Row) -> str:
    basis = word_basis(row)
    return " ".join(filter(None, (row["reason"], f"[{basis}]" if basis else "")))


def _note(row: Row) -> str:
    return f"On {row['about']}: {row['description']} {row['handling']}"
