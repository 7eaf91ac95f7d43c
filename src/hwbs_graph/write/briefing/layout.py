"""The order of a briefing: headings, lists and tables, the same in every text format.

A writer needs to know nothing of partners: it is handed sections, and writes headings, list
items and tables.

Out of scope: how any of them is marked up.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.report.profile import PartnerAction, name_objective, name_plan, word_part
from hwbs_graph.text import capitalise
from hwbs_graph.write.briefing.content import (
    Briefing,
    Continuation,
    Determinant,
    QualityNote,
    word_partners,
    word_place,
)


class TextGroup(NamedTuple):
    """Rows of a table that belong together under a title, which may be empty."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class TextTable(NamedTuple):
    """A table; the first column names the row. `widths` are shares of the page, in percent."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    groups: tuple[TextGroup, ...]


class Section(NamedTuple):
    """A heading of level 2 or 3 with what stands under it: a sentence, a list, a table.

    `brief` says that the points of the list are short, and may stand in two columns.
    """

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    table: TextTable | None = None
    level: int = 2
    brief: bool = False


def lay_out(briefing: Briefing) -> Iterator[Section]:
    """Yield the sections of a briefing in the order in which they are read; none is empty."""
    yield Section("In short", briefing.summary, briefing.facts)
    if briefing.changes:
        yield Section("What became of this body", points=briefing.changes)
    if briefing.actions:
        yield Section("What the plans ask, and with whom")
        yield from _lay_out_themes(briefing.actions)
    if briefing.silences:
        yield Section("What the plan does not say", points=briefing.silences)
    if briefing.due:
        yield Section("What is due, and when", points=briefing.due)
    if briefing.companions:
        yield Section("With whom it is shared", points=briefing.companions, brief=True)
    if briefing.whole_plans:
        yield Section("Named for a plan as a whole", points=briefing.whole_plans)
    if briefing.shared:
        yield Section("For all partners of a plan that names this one", points=briefing.shared)
    if briefing.sayings:
        yield Section("Said in workshops, and in no document", points=briefing.sayings)
    if briefing.determinants:
        title = "Determinants of health these objectives and actions bear on"
        yield Section(title, points=tuple(_list_determinants(briefing.determinants)), brief=True)
    if briefing.later:
        title = "What later plans continue of these objectives and actions"
        yield Section(title, table=_tabulate_later(briefing.later))
    if briefing.notes:
        yield Section("Quality notes", points=tuple(map(_word_note, briefing.notes)))
    if briefing.documents:
        yield Section("Sources", points=briefing.documents)
    legend = tuple(f"{capitalise(label)}: {definition}" for label, definition in briefing.legend)
    yield Section("How to read the basis of a link", points=legend, brief=True)


def _lay_out_themes(actions: list[PartnerAction]) -> Iterator[Section]:
    over = any(action["planOver"] for action in actions)
    several = over or len({action["plan"] for action in actions}) > 1
    for (plan, theme), group in groupby(actions, key=lambda each: (name_plan(each), each["theme"])):
        title = f"{theme} ({plan})" if several and theme else theme or plan
        columns = ("Code", "Action", "As printed, and where", "With")
        objectives = tuple(
            TextGroup(objective, tuple(map(_tabulate_action, own)))
            for objective, own in groupby(group, key=name_objective)
        )
        yield Section(title, table=TextTable(columns, (8, 37, 22, 33), objectives), level=3)


def _tabulate_action(action: PartnerAction) -> tuple[str, ...]:
    printed = (f"“{passage['printed']}” {word_place(passage)}" for passage in action["sources"])
    part = [("part", word_part(action))] if word_part(action) else []
    told = "; ".join(f"{title}: {text}" for title, text in (*part, *word_delivery(action)))
    label = f"{action['label']} ({told})" if told else action["label"]
    return action["code"] or "", label, "; ".join(printed), word_partners(action)


def _list_determinants(determinants: list[Determinant]) -> Iterator[str]:
    """Yield a point for each determinant and basis, with what bears on it theme by theme."""
    groups = group_pairs(((each.name, each.basis), each) for each in determinants)
    for (name, basis), own in groups.items():
        themes = group_pairs((each.theme, each.code) for each in own)
        named = (
            " ".join(filter(None, (theme, ", ".join(dict.fromkeys(codes)))))
            for theme, codes in themes.items()
        )
        yield f"{name}: {'; '.join(named)} [{basis}]"


def _tabulate_later(later: list[Continuation]) -> TextTable:
    """Show only the code of an objective or action: its wording stands above."""
    rows = tuple((each.element, _word_outcome(each), _word_reason(each)) for each in later)
    columns = ("Objective or action", "What became of it", "Why, and on what basis")
    return TextTable(columns, (14, 40, 46), (TextGroup("", rows),))


def _word_outcome(each: Continuation) -> str:
    after = f"{each.later_wording} ({each.later_plan})" if each.later_wording else ""
    return ": ".join(filter(None, (each.outcome, after)))


def _word_reason(each: Continuation) -> str:
    basis = f"[{each.basis}]" if each.basis else ""
    return " ".join(filter(None, (each.reason, basis)))


def _word_note(note: QualityNote) -> str:
    return f"On {note.about}: {note.description} {note.handling}"
