"""Questions about more than one cell: columns, levels left empty, rows without names, lists.

Out of scope: questions about the words of a cell (`naming`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hwbs_graph.intake.column_roles import Column, describe_values
from hwbs_graph.intake.draft import About, Action, Draft
from hwbs_graph.intake.parts import Cell, Paragraph
from hwbs_graph.intake.plan_rows import RowReader
from hwbs_graph.intake.plan_tables import PlanTable, list_unsure
from hwbs_graph.intake.plan_words import compile_words, fold, fold_words, is_blank, matches
from hwbs_graph.intake.records import Record
from hwbs_graph.intake.timescales import holds_date, is_timescale

#: All names of an action, as a question is about them.
_EVERYBODY = [("lead", ""), ("partners", "")]
#: The ends of questions whose no means that a row is no action of the plan.
_ROW_IS_RIGHT = re.compile(r"(belong to the plan|read rightly|an action of its own)\?$")
_LONGEST_HEADING = 8
_READ_AS = {"partners": "the partners", "lead": "the lead", "mark": "a body that takes part"}


class Found(NamedTuple):
    """What was found in a document: its draft, the records behind it, and how they were read."""

    draft: Draft
    records: list[Record]
    readers: list[RowReader]
    by_position: bool
    is_listed: bool
    measured: bool
    plan_partners: list[Paragraph]
    over_cards: list[str]
    unknown_labels: Mapping[str, list[tuple[Cell, list[Record]]]]

    @property
    def ids(self) -> list[str]:
        """The ids of all actions."""
        return [action.id for action in self.draft.actions]


def ask_all(found: Found, mentioned: list[tuple[str, Action]]) -> None:
    """Ask what the whole document leaves open, and name what was left out of its tables."""
    _ask_columns(found)
    _ask_left_columns(found)
    _ask_rows(found)
    _ask_levels(found)
    _ask_alone(found)
    _ask_headings(found)
    _ask_labels(found)
    _ask_missing(found)
    _ask_equal(found)
    _ask_unknown_times(found)
    _ask_unread_times(found)
    _ask_mentioned(found, mentioned)
    if found.is_listed:
        _ask_lists(found)
    if found.by_position:
        _ask_positions(found)


def ask_of_record(draft: Draft, record: Record, action: Action) -> None:
    """Ask what is in doubt of one row: who takes part in it, whether it is an action, or a cell."""
    for kind, text, place in record.doubts:
        about: About = {action.id: _EVERYBODY} if kind == "role" else {}
        asks = "cell" if about else "row" if _ROW_IS_RIGHT.search(text) else "note"
        draft.ask(kind, text, record.action, place, [], [action.id], asks, about)


def _list_unsure(found: Found) -> Iterator[tuple[PlanTable, Column]]:
    """Yield the columns that a person must decide, each heading once."""
    seen: set[str] = set()
    for reader in found.readers:
        for column in list_unsure(reader.plan):
            if fold_words(column.heading) not in seen:
                seen.add(fold_words(column.heading))
                yield reader.plan, column


def _describe_column(plan: PlanTable, column: Column) -> list[str]:
    return describe_values(plan.grid.list_column(column.number, plan.header))


def _ask_columns(found: Found) -> None:
    """Ask about columns whose heading does not say what they hold."""
    for plan, column in _list_unsure(found):
        values = _describe_column(plan, column)
        if column.role == "mark" or (column.role == "unknown" and not values):
            continue
        asks = "left" if column.role == "unknown" else "column"
        if column.role == "unknown":
            text = f"What is the column “{column.heading}”? It is left out until someone says."
        else:
            role = _READ_AS.get(column.role, f"the {column.role}")
            text = f"The column “{column.heading}” is read as {role}: is it?"
        about = _list_read(found, column.role)
        heading, place = column.heading, column.place
        found.draft.ask("column", text, heading, place, values, found.ids, asks, about)


def _list_read(found: Found, role: str) -> About:
    """Return the actions of which something was read from a column that may have another role."""
    records = zip(found.ids, found.records, strict=True)
    return {key: [(role, "")] for key, record in records if role in record.unsure_roles}


def _ask_left_columns(found: Found) -> None:
    """Name the columns that are left out, and ask about one that may name bodies."""
    for reader in found.readers:
        for column in reader.plan.columns:
            what = f"column “{column.heading}”"
            if column.role == "persons":
                why = "it names persons, who are never partners"
                found.draft.leave_out(what, why, column.place)
                continue
            values = _describe_column(reader.plan, column) if column.role == "leave" else []
            if column.role == "leave" and _offers_bodies(values):
                text = f"The {what} is left out, and may name bodies: do they take part?"
                heading, place = column.heading, column.place
                found.draft.ask("column", text, heading, place, values, found.ids, "left")
            elif column.role == "leave":
                why = "the plan sheet has no place for it"
                found.draft.leave_out(what, why, column.place)


def _offers_bodies(values: list[str]) -> bool:
    """Say whether the words of a column that is left out end as names of bodies do."""
    heads = compile_words("names", "heads")
    last = [fold_words(value).split()[-1:] for value in values]
    return any(heads.fullmatch(words[0]) for words in last if words)


def _ask_rows(found: Found) -> None:
    """Ask about levels that rows leave empty, and tables that go on without headings."""
    for reader in found.readers:
        place = reader.plan.grid.table.place
        for heading, values in reader.carried.items():
            text = f"Rows that leave “{heading}” empty are read as those above them: are they?"
            ids = [found.draft.actions[_find(found.records, record)].id for _, record in values]
            words = list(dict.fromkeys(value for value, _ in values))
            role = next(each.role for each in reader.plan.columns if each.heading == heading)
            about: About = {each: [(role, "")] for each in ids}
            found.draft.ask("row", text, heading, place, words, ids, "column", about)
        if reader.filtered:
            why = f"{reader.filtered} rows that it hides are read all the same"
            found.draft.leave_out("a filter", why, place)
        if reader.plan.is_carried and not found.by_position:
            text = f"“{place}” has no headings; it is read with those before it: is it?"
            own = [found.draft.actions[_find(found.records, each)].id for each in reader.records]
            found.draft.ask("column", text, "", place, [], own, "row")


def _ask_alone(found: Found) -> None:
    """Ask whether an action that says nothing beside its wording is a heading over those below."""
    for reader in found.readers:
        if not reader.alone or len(reader.alone) * 2 >= len(reader.records):
            continue
        ends = [*(number - 1 for _, number in reader.alone[1:]), len(reader.records)]
        for (cell, number), end in zip(reader.alone, ends, strict=True):
            below = [found.ids[_find(found.records, each)] for each in reader.records[number:end]]
            if below and len(cell.text.split()) <= _LONGEST_HEADING:
                text = f"“{cell.text}” fills its row alone: is it a heading over the rows below it?"
                found.draft.ask("row", text, cell.text, cell.place, ["yes", "no"], below)


def _ask_labels(found: Found) -> None:
    """Ask what labels of cards mean that nothing explains."""
    for label, told in found.unknown_labels.items():
        values = [*dict.fromkeys(cell.text for cell, _ in told)][:3]
        ids = [found.ids[_find(found.records, each)] for _, records in told for each in records]
        text = f"What is “{label}”? It is left out until someone says."
        found.draft.ask("column", text, label, told[0][0].place, values, ids)


def _ask_headings(found: Found) -> None:
    """Ask whether lines over cards of labels, which nothing calls actions, are actions."""
    actions = [each for each in found.draft.actions if each.place in found.over_cards]
    if actions:
        said = f"{len(actions)} lines, each over a table of labels, are read as actions."
        ids = [each.id for each in actions]
        first = actions[0]
        found.draft.ask("row", f"{said} Are they?", first.action, first.place, ["yes"], ids, "row")


def _ask_levels(found: Found) -> None:
    """Ask whether the bodies of a row that is a level take part in each action below it."""
    for reader in found.readers:
        for cell, (bodies, records) in reader.of_levels.items():
            ids = [found.ids[_find(found.records, each)] for each in records]
            names = ", ".join(bodies)
            text = (
                f"“{cell.text}” stands over other rows and names {names}: who takes part in each?"
            )
            found.draft.ask("name", text, names, cell.place, bodies, ids, "bodies")


def _find(records: list[Record], record: Record) -> int:
    return next(number for number, each in enumerate(records) if each is record)


def _ask_missing(found: Found) -> None:
    """Say which actions name nobody."""
    actions = found.draft.actions
    without = [each for each in actions if not (each.lead or each.partners)]
    alone = [each for each in actions if each.lead and not each.partners]
    of = f"of {len(actions)} actions name no"
    if without:
        text = f"{len(without)} {of} lead and no partner. Who takes part?"
        ids = [each.id for each in without]
        found.draft.ask("row", text, without[0].action, without[0].place, [], ids, "bodies")
    if alone:
        text = f"{len(alone)} {of} partner beside the lead. Is that so?"
        ids = [each.id for each in alone]
        first = alone[0]
        found.draft.ask("row", text, first.action, first.place, ["yes"], ids, "bodies")


def _ask_equal(found: Found) -> None:
    """Ask about actions of one wording, which may be one action printed twice."""
    alike: dict[str, list[Action]] = {}
    for action in found.draft.actions:
        alike.setdefault(fold(action.action), []).append(action)
    for several in alike.values():
        if len(several) > 1:
            text = f"“{several[0].action}” is printed {len(several)} times: is it one action?"
            ids = [each.id for each in several]
            place = several[1].place
            found.draft.ask("row", text, several[0].action, place, [], ids, "same")


def _ask_unknown_times(found: Found) -> None:
    """Ask about dates that the plan itself leaves open."""
    open_times = [
        action
        for action in found.draft.actions
        if action.timescale and matches("names", "unknown", fold_words(action.timescale))
    ]
    if open_times:
        first = open_times[0]
        text = f"“{first.timescale}” is printed in place of a date: when is it due?"
        ids = [each.id for each in open_times]
        found.draft.ask("row", text, first.timescale, first.place, [], ids, "date")


def _ask_unread_times(found: Found) -> None:
    """Ask about words of which no date could be made: they hold a year, or tell no time at all."""
    unread = [
        action
        for action in found.draft.actions
        if action.timescale
        and not (action.start or action.due or is_blank(action.timescale))
        and (holds_date(action.timescale) or not is_timescale(action.timescale))
    ]
    if unread:
        first = unread[0]
        text = f"“{first.timescale}” is not read as a date: when is it due?"
        values = list(dict.fromkeys(each.timescale for each in unread))
        ids = [each.id for each in unread]
        found.draft.ask("row", text, first.timescale, first.place, values, ids, "date")


def _ask_mentioned(found: Found, mentioned: list[tuple[str, Action]]) -> None:
    """Offer the bodies that a wording names, which are never recorded unasked."""
    if mentioned:
        names = list(dict.fromkeys(name for name, _ in mentioned))
        ids = list(dict.fromkeys(action.id for _, action in mentioned))
        first = mentioned[0][1]
        text = f"The wording of {len(ids)} actions mentions bodies. Does any of them take part?"
        about: About = {}
        for name, action in mentioned:
            about.setdefault(action.id, []).append(("partners", name))
        found.draft.ask("name", text, first.action, first.place, names, ids, "mentioned", about)


def _ask_lists(found: Found) -> None:
    """Ask whether list items are actions, and whom the plan as a whole names."""
    first = found.draft.actions[0]
    text = f"{len(found.ids)} items of lists are read as actions: is each one?"
    found.draft.ask("row", text, first.action, first.place, ["yes"], found.ids, "row")
    measured = [action for action in found.draft.actions if action.measure]
    if found.measured and measured:
        text = "Measures stand under a heading, not under an action: do they belong to each there?"
        values = [each.text for each in measured[0].measure]
        place = measured[0].place
        about: About = {each.id: [("measure", "")] for each in measured}
        found.draft.ask("role", text, values[0], place, values, found.ids, "column", about)
    if found.plan_partners:
        names = [each.text for each in found.plan_partners]
        place = found.plan_partners[0].place
        found.draft.leave_out("partners of the whole plan", "they are copied to no action", place)
        text = "These are partners of the whole plan: does any take part in an action?"
        found.draft.ask("role", text, names[0], place, names, found.ids, "bodies")


def _ask_positions(found: Found) -> None:
    """Ask about each row of a document that was read by position."""
    why = (
        "the PDF has no tags and was read by position; a tagged PDF or the Word file would be"
        " read exactly"
    )
    found.draft.leave_out("certainty", why)
    for action in found.draft.actions:
        text = "This row was read by its position on the page: is it right?"
        names = [each["printed"] for each in (*action.lead, *action.partners)]
        about: About = {action.id: _EVERYBODY}
        found.draft.ask("row", text, action.action, action.place, names, [action.id], "row", about)
        for each in (*action.lead, *action.partners):
            each["certain"] = False
