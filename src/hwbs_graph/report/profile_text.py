"""The sheet of a partner or a thing as text for a terminal.

Out of scope: what the sheets hold (`profile`).
"""

from collections.abc import Iterable, Iterator

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.bases import PROVENANCES
from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.report.marked_answers import name_over
from hwbs_graph.report.places import quote_passage
from hwbs_graph.report.profile import (
    PARTS_BESIDE,
    PartnerAction,
    PartnerSheet,
    list_parts_beside,
    list_places,
    name_objective,
    name_plan,
    summarise_counts,
    word_part,
)
from hwbs_graph.report.thing_profile import (
    ThingSheet,
    group_statements,
    name_with_plan,
    select_links,
    word_basis,
)
from hwbs_graph.report.wrapping import wrap
from hwbs_graph.text import heading


def render_partner(sheet: PartnerSheet, width: int = 80) -> str:
    """Return a partner's sheet as text for a terminal `width` columns wide."""
    kind = f" ({sheet['partner']['type']})" if sheet["partner"]["type"] else ""
    lines = [f"{sheet['partner']['label']}{kind}"]
    lines.append(summarise_counts(sheet["counts"]))
    for row in sheet["facts"]:
        confidence = f" (confidence {row['confidence']})" if row["confidence"] else ""
        lines += wrap(f"{row['fact'].capitalize()}: {row['value']}{confidence}", width)
    over = any(action["planOver"] for action in sheet["actions"])
    several = over or len({action["plan"] for action in sheet["actions"]}) > 1
    above: tuple[str, ...] = ()
    for action in sheet["actions"]:
        headings = (name_plan(action) * several, action["theme"] or "", name_objective(action))
        lines += _write_headings(above, headings, width)
        above = headings
        lines += _write_action(action, width)
    for part, points in list_parts_beside(sheet):
        lines += _write_points(PARTS_BESIDE[part], points, width)
    lines += _write_notes(sheet["notes"], width)
    return "\n".join(lines) + "\n"


def _write_points(title: str, points: Iterable[str], width: int) -> Iterator[str]:
    for number, point in enumerate(points):
        yield from () if number else ("", title)
        yield from wrap(f"- {point}", width, 2)


def _write_headings(above: tuple[str, ...], own: tuple[str, ...], width: int) -> Iterator[str]:
    """Write plan, theme and objective from the first that differs from those written above."""
    if above[:2] != own[:2]:
        yield ""
    plan, theme, objective = own
    if plan and above[:1] != own[:1]:
        yield plan
    if theme and above[:2] != own[:2]:
        yield theme
    if objective and above != own:
        yield from wrap(objective, width, 2)


def _write_action(action: PartnerAction, width: int) -> Iterator[str]:
    code = f"{action['code']}  " if action["code"] else ""
    yield from wrap(f"{code}{action['label']}", width, 4, 4)
    if part := word_part(action):
        yield from wrap(f"part: {part}", width, 8)
    for title, text in word_delivery(action):
        yield from wrap(f"{title}: {text}", width, 8)
    for title, other in list_places(action):
        yield from wrap(f"{title}: {other}", width, 8)
    for passage in action["sources"]:
        yield from wrap(quote_passage(passage), width, 8)
    if PROVENANCES.get(action["basis"]) == "suggested":
        yield from wrap(f"basis: {action['basis']}", width, 8)
    # Names of partners hold commas, so a semicolon parts them.
    others = "; ".join(action["withPartners"]) or "nobody else"
    yield from wrap(f"with: {others}", width, 8)


def render_thing(sheet: ThingSheet, width: int = 80) -> str:
    """Return a thing's sheet as text for a terminal `width` columns wide."""
    head = sheet["thing"]
    lines = [*wrap(f"{head['label']} ({head['kind']})", width, hang=0), head["iri"]]
    lines += (line for row in sheet["plansOver"] for line in wrap(f"Plan: {name_over(row)}", width))
    told = (f"{title}: {text}" for title, text in word_delivery(sheet["delivery"]))
    lines += _write_points("When, by what measure, and how far", told, width)
    lines += _write_links("Links", select_links(sheet["links"], "out"), width)
    lines += _write_links("Linked from", select_links(sheet["links"], "in"), width)
    statements, events = group_statements(sheet), group_rows(sheet["history"], "event").values()
    lines += ["", "Links with their basis"] if statements else []
    lines += (line for rows in statements for line in _write_statement(rows, width))
    lines += ["", "History"] if events else []
    lines += (line for rows in events for line in _write_event(rows, width))
    lines += ["", "Where it is printed"] if sheet["sources"] else []
    lines += (line for row in sheet["sources"] for line in _write_passage(row, width, 2, 4))
    lines += _write_notes(sheet["notes"], width)
    return "\n".join(lines) + "\n"


def _write_links(title: str, links: list[Row], width: int) -> Iterator[str]:
    if links:
        yield from ("", title)
    for row in links:
        other = row["otherLabel"] or shorten(row["other"])
        yield from wrap(f"{heading(row['propertyLabel'])}: {other}", width, 2, 4)


def _write_statement(rows: list[Row], width: int) -> Iterator[str]:
    first = rows[0]
    other = f": {first['otherLabel']}" if first["otherLabel"] else ""
    yield from wrap(f"{first['kindLabel']}{other} [{word_basis(first)}]", width, 2, 4)
    yield from _write_reasons((first["reason"], first["citation"]), width)
    for row in rows:
        if row["printedText"]:
            yield from _write_passage(row, width, 6, 2)


def _write_event(rows: list[Row], width: int) -> Iterator[str]:
    first = rows[0]
    names = dict.fromkeys(name_with_plan(row) for row in rows if row["other"])
    others = f", {first['direction']}: {'; '.join(names)}" if names else ""
    date = f" on {first['date']}" if first["date"] else ""
    yield from wrap(f"{first['eventLabel']}{date}{others} [{word_basis(first)}]", width, 2, 4)
    reasons = dict.fromkeys((first["reason"], *(row["citation"] for row in rows)))
    yield from _write_reasons(reasons, width)


def _write_reasons(reasons: Iterable[str], width: int) -> Iterator[str]:
    for reason in reasons:
        yield from wrap(reason, width, 6)


def _write_passage(row: Row, width: int, indent: int, hang: int) -> list[str]:
    place = f"{row['document']} line {row['line']}, {row['place']}"
    return wrap(f"{place}: “{row['printedText']}”", width, indent, hang)


def _write_notes(notes: list[Row], width: int) -> Iterator[str]:
    if notes:
        yield from ("", "Quality notes")
    for note in notes:
        yield from wrap(f"- {note['description']} {note['handling']}", width, 2)
