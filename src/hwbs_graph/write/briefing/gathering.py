"""Where the texts of a briefing come from: the named queries.

Every text is cleaned here, once. A control character would make a spreadsheet or a Word file
unreadable, and one that reverses the direction of writing would make a name read as another.

Out of scope: what a briefing holds (`content`).
"""

from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.names import Thing, list_names
from hwbs_graph.query.results import run_named
from hwbs_graph.report.further_filters import find_unsaid
from hwbs_graph.report.places import find_place
from hwbs_graph.report.profile import (
    PartnerCounts,
    PartnerSheet,
    describe_partner,
    list_parts_beside,
    summarise_counts,
)
from hwbs_graph.report.thing_profile import word_basis
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise, mark_unsafe, one_line
from hwbs_graph.write.briefing.content import (
    Briefing,
    Continuation,
    Determinant,
    QualityNote,
    word_place,
)
from hwbs_graph.write.briefing.silences import LACKS, list_companions, list_due, list_silences

#: Facts with a place of their own in a briefing.
_SHOWN_ELSEWHERE = ("part of", "what became of it")
_T = TypeVar("_T")


class ElementName(NamedTuple):
    """What an objective or action is called in short: theme, and code or else label."""

    theme: str
    code: str

    def __str__(self) -> str:
        """Return the two as one: "Warm homes 2a"."""
        return f"{self.theme} {self.code}".strip()


ElementNames = dict[str, ElementName]


class SharedContent(NamedTuple):
    """What the briefings of all partners draw on, by the IRI it is about."""

    plans: dict[str, str]
    documents: dict[str, str]
    changes: dict[str, list[Row]]
    alignments: dict[str, list[Row]]
    not_continued: list[Row]
    notes: dict[str, list[Row]]
    partners_of_notes: dict[str, list[str]]
    lacking: dict[str, set[str]]
    legend: tuple[tuple[str, str], ...]
    version: str
    date: str


def gather_shared(engine: Engine, partner: str | None = None) -> SharedContent:
    """Query once what every partner's briefing draws on, or that of one alone."""
    notes = run_named(engine, "trust/notes-about-thing")
    noted = sorted({row["thing"] for row in notes})
    partners = {name.thing.iri for name in list_names(engine, ["partner"], noted)}
    on_partners = ((row["note"], row["thing"]) for row in notes if row["thing"] in partners)
    plans, documents = run_named(engine, "report/plans"), run_named(engine, "report/documents")
    bases = run_named(engine, "internal/bases")
    version = run_named(engine, "internal/version-and-date")[0]
    return SharedContent(
        plans={row["plan"]: row["planLabel"] for row in plans},
        documents={row["identifier"]: _word_document(row) for row in documents},
        changes=group_rows(run_named(engine, "report/bodies-that-changed"), "body"),
        alignments=group_rows(run_named(engine, "compare/continuity"), "from"),
        not_continued=run_named(engine, "coverage/objectives-not-continued"),
        notes=group_rows(notes, "thing"),
        partners_of_notes=group_pairs(on_partners),
        lacking=_find_lacking(engine, partner),
        legend=tuple((row["label"], row["definition"]) for row in bases),
        version=version["version"],
        date=version["date"],
    )


def gather_briefing(engine: Engine, thing: Thing, shared: SharedContent | None = None) -> Briefing:
    """Return the briefing of a partner; `shared` saves querying again for each of many."""
    shared = shared or gather_shared(engine, thing.iri)
    sheet = describe_partner(engine, thing)
    names = _name_elements(engine, thing.iri)
    determinants, cited = _find_determinants(engine, thing.iri, names)
    naming = (*sheet["actions"], *sheet["answersFor"], *sheet["wholePlans"])
    cited |= {passage["document"] for each in naming for passage in each["sources"]}
    councils = (row["value"] for row in sheet["facts"] if row["fact"] == "part of")
    return clean_texts(
        Briefing(
            iri=thing.iri,
            name=thing.label,
            kind=sheet["partner"]["type"],
            council="; ".join(councils),
            summary=_summarise(sheet["counts"]),
            facts=tuple(_list_facts(sheet)),
            changes=tuple(_word_change(row) for row in shared.changes.get(thing.iri, [])),
            actions=sheet["actions"],
            silences=tuple(list_silences(sheet["actions"], shared.lacking)),
            due=tuple(list_due(sheet["actions"])),
            companions=tuple(list_companions(sheet["actions"])),
            beside={part: tuple(lines) for part, lines in list_parts_beside(sheet)},
            determinants=determinants,
            later=_find_continuations(shared, names),
            notes=_find_notes(shared, thing.iri, names),
            documents=tuple(shared.documents.get(each, each) for each in sorted(cited)),
            legend=shared.legend,
            version=shared.version,
            date=shared.date,
        )
    )


def _find_lacking(engine: Engine, partner: str | None) -> dict[str, set[str]]:
    """Return the actions that lack something: those of all plans, or of those of a partner."""
    if partner is None:
        return {lack: find_unsaid(engine, lack) for lack in LACKS}
    rows = run_named(engine, "report/partner-responsibilities", partner=partner)
    plans = sorted({row["plan"] for row in rows})
    return {lack: find_unsaid(engine, lack, plans) for lack in LACKS}


def clean_texts(value: _T) -> _T:
    """Return texts, also inside rows, on one line and without characters that could do harm."""
    result: Any = value
    if isinstance(value, str):
        result = mark_unsafe(one_line(value))
    elif isinstance(value, dict):
        result = {key: clean_texts(each) for key, each in value.items()}
    elif isinstance(value, list | tuple):
        make = getattr(value, "_make", type(value))
        result = make(clean_texts(each) for each in value)
    return result  # type: ignore[no-any-return]


def _name_elements(engine: Engine, partner: str) -> ElementNames:
    """Return what the partner's objectives and actions are called in short, by IRI."""
    names: ElementNames = {}
    for row in run_named(engine, "report/partner-responsibilities", partner=partner):
        theme = row["themeLabel"]
        if row["objective"]:
            called = row["objectiveCode"] or row["objectiveLabel"]
            names.setdefault(row["objective"], ElementName(theme, called))
        names.setdefault(row["action"], ElementName(theme, row["code"] or row["actionLabel"]))
    return names


def _find_determinants(
    engine: Engine, partner: str, names: ElementNames
) -> tuple[list[Determinant], set[str]]:
    """Return the determinants these elements bear on, and the documents that say so.

    They are ordered by name and basis, then as printed.
    """
    found = run_named(engine, "internal/determinants-of-partner", partner=partner)
    rows = [row for row in found if row["element"] in names]
    links = sorted({row["link"] for row in rows})
    # Queried apart: an OPTIONAL would look through the passages of the whole graph.
    passages = group_rows(run_named(engine, "trust/passages-of-thing", thing=links), "thing")
    order = {iri: number for number, iri in enumerate(names)}
    nowhere = {"document": "", "line": "", "place": "", "printedText": ""}
    keyed = []
    for row in rows:
        key = (row["determinantLabel"], row["basisLabel"], order[row["element"]])
        for passage in passages.get(row["link"], [nowhere]):
            place = find_place(passage)
            determinant = Determinant(
                row["determinantLabel"],
                *names[row["element"]],
                word_basis(row),
                passage["printedText"],
                word_place(place),
                row["reason"],
            )
            keyed.append(((*key, place["document"], place["line"]), determinant))
    keyed.sort(key=itemgetter(0))
    cited = {row["document"] for own in passages.values() for row in own}
    return [determinant for _, determinant in keyed], cited - {""}


def _summarise(counts: PartnerCounts) -> str:
    if not counts["actions"]:
        return "No action of a plan names this partner."
    return f"{summarise_counts(counts)}."


def _list_facts(sheet: PartnerSheet) -> list[str]:
    aliases = "; ".join(sheet["partner"]["aliases"])
    facts = [row for row in sheet["facts"] if row["fact"] not in _SHOWN_ELSEWHERE]
    return [f"Also printed or called: {aliases}"] * bool(aliases) + [*map(_word_fact, facts)]


def _word_fact(row: Row) -> str:
    # Only a judgement has a confidence.
    sure = f" [curated judgement, confidence {row['confidence']}]" if row["confidence"] else ""
    fact = row["fact"].replace("identified because", "known as this body because")
    return f"{capitalise(fact)}: {row['value']}{sure}"


def _word_change(row: Row) -> str:
    date = f", {row['date']}" if row["date"] else ""
    successors = f" Successors: {row['successors']}." if row["successors"] else ""
    source = f" Source: {row['citations']}." if row["citations"] else ""
    return f"{row['changeLabel'].capitalize()}{date}: {row['description']}{successors}{source}"


def _find_continuations(shared: SharedContent, names: ElementNames) -> list[Continuation]:
    """Return what became of the partner's objectives and actions, and what nothing continues."""
    aligned = [row for iri in names for row in shared.alignments.get(iri, [])]
    found = [
        Continuation(
            element=str(names[row["from"]]),
            wording=row["fromLabel"],
            outcome=row["typeLabel"],
            later_wording=row["toLabel"],
            later_plan=shared.plans.get(row["toPlan"], row["toPlan"]),
            basis=word_basis(row),
            reason=row["reason"],
        )
        for row in aligned
    ]
    for row in shared.not_continued:
        iri, label = row["objective"], row["objectiveLabel"]
        # Where the editors judged it dropped or shifted, its alignment has told so.
        if iri in names and not row["reason"]:
            outcome = "no priority continues it"
            found.append(Continuation(str(names[iri]), label, outcome, "", "", "", ""))
    return found


def _find_notes(shared: SharedContent, partner: str, names: ElementNames) -> list[QualityNote]:
    """Return the notes on the partner and on what it is to do, but not on others named there."""
    found: dict[str, QualityNote] = {}
    abouts = {partner: "the partner"} | {iri: str(name) for iri, name in names.items()}
    for iri, about in abouts.items():
        for row in shared.notes.get(iri, []):
            others = {*shared.partners_of_notes.get(row["note"], ())} - {partner}
            if iri == partner or not others:
                note = QualityNote(about, row["description"], row["handling"])
                found.setdefault(row["note"], note)
    return list(found.values())


def _word_document(row: Row) -> str:
    status = f" ({row['statusLabel']})" if row["statusLabel"] else ""
    return f"{row['identifier']}: {row['title']}{status}"
