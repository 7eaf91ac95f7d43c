"""A briefing as a spreadsheet, a row for each thing, to be filtered and sorted.

Out of scope: what the briefing says.
"""

from collections.abc import Iterable, Iterator

from hwbs_graph.model.delivery import word_measure, word_progress, word_time
from hwbs_graph.report.profile import PARTS_BESIDE, list_passages, name_objective, word_part
from hwbs_graph.write.briefing.content import Briefing, word_partners, word_place
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

_ACTIONS = {
    "Plan": 30,
    "Theme": 18,
    "Objective": 36,
    "Code": 7,
    "Action": 50,
    "As printed": 24,
    "Where": 34,
    "Part": 12,
    "With": 44,
    "Basis": 20,
    "When": 30,
    "Measures": 40,
    "Progress": 40,
}
_DETERMINANTS = {
    "Determinant": 26,
    "Named by": 22,
    "Basis": 24,
    "As printed": 40,
    "Where": 32,
    "Why": 50,
}
_NOTES = {"About": 24, "Quality note": 60, "What was done": 60}
_LATER = {
    "From": 20,
    "Wording": 44,
    "What became of it": 18,
    "Later wording": 44,
    "Later plan": 30,
    "Basis": 24,
    "Why": 50,
}


def write(briefing: Briefing) -> bytes:
    """Return the bytes of the .xlsx file, the same for the same briefing."""
    determinants = [
        (name, " ".join(filter(None, (theme, code))), *others)
        for name, theme, code, *others in briefing.determinants
    ]
    sheets = (
        WorkbookSheet("Actions", _ACTIONS, [*_list_actions(briefing)]),
        WorkbookSheet("Determinants", _DETERMINANTS, determinants),
        WorkbookSheet("Quality notes", _NOTES, briefing.notes),
        WorkbookSheet("Later plans", _LATER, briefing.later),
        WorkbookSheet("About", {"What": 24, "Text": 100}, [*_describe_partner(briefing)]),
    )
    return write_workbook(sheets, briefing.title, briefing.created)


def _list_actions(briefing: Briefing) -> Iterator[tuple[str, ...]]:
    for action in briefing.actions:
        for passage in list_passages(action):
            yield (
                action["plan"],
                action["theme"] or "",
                name_objective(action),
                action["code"] or "",
                action["label"],
                passage["printed"],
                word_place(passage),
                word_part(action),
                word_partners(action),
                action["basis"],
                ": ".join(word_time(action) or ()),
                "; ".join(map(word_measure, action["measures"])),
                "; ".join(map(word_progress, action["progress"])),
            )


def _describe_partner(briefing: Briefing) -> Iterable[tuple[str, str]]:
    yield ("Partner", briefing.name)
    yield ("Kind", briefing.subtitle)
    yield ("In short", briefing.summary)
    yield from (("Known", fact) for fact in briefing.facts)
    yield from (("What became of it", change) for change in briefing.changes)
    yield from (("The plan does not say", each) for each in briefing.silences)
    yield from (("Due", each) for each in briefing.due)
    yield from (("Shared with", each) for each in briefing.companions)
    for part, lines in briefing.beside.items():
        yield from ((PARTS_BESIDE[part], each) for each in lines)
    yield from (("Source", document) for document in briefing.documents)
    yield from ((f"Basis: {label}", definition) for label, definition in briefing.legend)
    yield ("Record", briefing.footing)
