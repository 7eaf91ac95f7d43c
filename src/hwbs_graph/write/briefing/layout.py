"""The order of a briefing: headings, lists and tables, the same in every text format.

Out of scope: what a section is (`sections`), and who reads which part (`audiences`).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.report.profile import (
    PARTS_BESIDE,
    PartnerAction,
    list_places,
    name_objective,
    name_plan,
    word_part,
)
from hwbs_graph.text import capitalise, count
from hwbs_graph.write.briefing import headlines
from hwbs_graph.write.briefing.audiences import AUDIENCES
from hwbs_graph.write.briefing.board_page import (
    lay_out_counts,
    lay_out_decisions,
    lay_out_first_companions,
    lay_out_first_due,
)
from hwbs_graph.write.briefing.content import (
    Briefing,
    Continuation,
    Determinant,
    QualityNote,
    cite_actions,
    word_partners,
    word_place,
)
from hwbs_graph.write.briefing.sections import Section, TextGroup, TextTable


def lay_out(briefing: Briefing) -> Iterator[Section]:
    """Yield the sections that its audience reads, in their order; none is empty."""
    for part in AUDIENCES[briefing.audience].parts:
        yield from PARTS[part](briefing)


def _lay_out_summary(briefing: Briefing) -> Iterator[Section]:
    facts = () if briefing.audience == "board" else briefing.facts
    finding = f"{briefing.name}: {briefing.summary.removesuffix('.')}"
    yield Section("In short", briefing.summary, facts, finding=finding)


def _lay_out_asked(briefing: Briefing) -> Iterator[Section]:
    if briefing.actions:
        yield Section("What the plans ask, and with whom")
        yield from _lay_out_themes(briefing.actions)


def _lay_out_silences(briefing: Briefing) -> Iterator[Section]:
    if briefing.silences:
        finding = headlines.state_silences(briefing.silences)
        yield _list_of_actions("What the plan does not say", briefing.silences, finding, briefing)


def _lay_out_due(briefing: Briefing) -> Iterator[Section]:
    if briefing.due:
        finding = headlines.state_due(briefing)
        yield _list_of_actions("What is due, and when", briefing.due, finding, briefing)


def _lay_out_companions(briefing: Briefing) -> Iterator[Section]:
    if briefing.companions:
        finding = headlines.state_companions(briefing.actions)
        section = _list_of_actions("With whom it is shared", briefing.companions, finding, briefing)
        yield section._replace(brief=True)


def _list_of_actions(
    title: str, points: tuple[str, ...], finding: str, briefing: Briefing
) -> Section:
    """Return a list about the partner's actions; their passages are its own."""
    passages = cite_actions(briefing.actions)
    return Section(title, points=points, finding=finding, passages=passages)


def _lay_out_determinants(briefing: Briefing) -> Iterator[Section]:
    if briefing.determinants:
        yield Section(
            "Determinants of health these objectives and actions bear on",
            points=tuple(_list_determinants(briefing.determinants)),
            brief=True,
            finding=headlines.state_determinants(briefing.determinants),
            passages=tuple(map(_cite_determinant, briefing.determinants)),
        )


def _cite_determinant(each: Determinant) -> str:
    named = " ".join(filter(None, (each.theme, each.code)))
    told = f"“{each.printed}” {each.place}" if each.printed else each.reason
    return f"{each.name}, {named}: {told} [{each.basis}]"


def _lay_out_later(briefing: Briefing) -> Iterator[Section]:
    if briefing.later:
        title = "What later plans continue of these objectives and actions"
        finding = headlines.state_later(briefing.later)
        yield Section(title, table=_tabulate_later(briefing.later), finding=finding)


def _lay_out_notes(briefing: Briefing) -> Iterator[Section]:
    if briefing.notes:
        finding = f"{count(len(briefing.notes), 'note')} on the quality of what is printed"
        points = tuple(map(_word_note, briefing.notes))
        yield Section("Quality notes", points=points, finding=finding)


def _lay_out_documents(briefing: Briefing) -> Iterator[Section]:
    if briefing.documents:
        finding = f"Drawn from {count(len(briefing.documents), 'document')}"
        yield Section("Sources", points=briefing.documents, finding=finding)


def _lay_out_legend(briefing: Briefing) -> Iterator[Section]:
    legend = tuple(f"{capitalise(label)}: {definition}" for label, definition in briefing.legend)
    yield Section("How to read the basis of a link", points=legend, brief=True)


def _lay_out_changes(briefing: Briefing) -> Iterator[Section]:
    if briefing.changes:
        yield Section("What became of this body", points=briefing.changes)


def _make_list_beside(part: str) -> Callable[[Briefing], Iterator[Section]]:
    """Return what lays out one part of what is told beside actions, where there is anything."""

    def lay_out_list(briefing: Briefing) -> Iterator[Section]:
        if points := briefing.beside[part]:
            yield Section(PARTS_BESIDE[part], points=points)

    return lay_out_list


def _lay_out_themes(actions: Sequence[PartnerAction]) -> Iterator[Section]:
    over = any(action["planOver"] for action in actions)
    several = over or len({action["plan"] for action in actions}) > 1
    for (plan, theme), own in groupby(actions, key=lambda each: (name_plan(each), each["theme"])):
        group = list(own)
        title = f"{theme} ({plan})" if several and theme else theme or plan
        columns = ("Code", "Action", "As printed, and where", "With")
        objectives = tuple(
            TextGroup(objective, tuple(map(_tabulate_action, rows)))
            for objective, rows in groupby(group, key=name_objective)
        )
        table = TextTable(columns, (8, 37, 22, 33), objectives)
        yield Section(title, table=table, level=3, finding=headlines.state_theme(title, group))


def _tabulate_action(action: PartnerAction) -> tuple[str, ...]:
    printed = (f"“{passage['printed']}” {word_place(passage)}" for passage in action["sources"])
    part = [("part", word_part(action))] if word_part(action) else []
    more = (*part, *word_delivery(action), *list_places(action))
    told = "; ".join(f"{title}: {text}" for title, text in more)
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


#: The parts of a briefing by name, as `audiences` orders them.
PARTS: dict[str, Callable[[Briefing], Iterator[Section]]] = {
    "summary": _lay_out_summary,
    "changes": _lay_out_changes,
    "asked": _lay_out_asked,
    "silences": _lay_out_silences,
    "due": _lay_out_due,
    "companions": _lay_out_companions,
    **{part: _make_list_beside(part) for part in PARTS_BESIDE},
    "determinants": _lay_out_determinants,
    "later": _lay_out_later,
    "notes": _lay_out_notes,
    "documents": _lay_out_documents,
    "legend": _lay_out_legend,
    "counts": lay_out_counts,
    "decisions": lay_out_decisions,
    "first-due": lay_out_first_due,
    "first-companions": lay_out_first_companions,
}
