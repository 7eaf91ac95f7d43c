"""What a briefing sheet says about a partner, gathered from the named questions.

Every text is cleaned here, once: a control character would make a spreadsheet or a Word file
unreadable, and one that reverses the direction of writing would make a name read as another.

Out of scope: order and headings (`layout`), and the file formats.
"""

from typing import Any, NamedTuple, TypeVar

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.report.profile import (
    PartnerAction,
    PartnerCounts,
    describe_partner,
    summarise_counts,
)
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise, mark_unsafe, one_line

#: What a sheet shows of a passage.
_SOURCE = ("document", "line", "place", "printedText")
_NO_PRIORITY = "no priority continues it"
_T = TypeVar("_T")


class Element(NamedTuple):
    """What an objective or action is called in short: theme and code."""

    theme: str
    code: str

    @property
    def name(self) -> str:
        """The two as one: "Healthy Places 2a"."""
        return f"{self.theme} {self.code}"


Elements = dict[str, Element]


class Common(NamedTuple):
    """What the sheets of all partners draw on, asked for once."""

    plans: dict[str, str]
    documents: dict[str, str]
    changes: dict[str, list[Row]]
    alignments: dict[str, list[Row]]
    open_ends: list[Row]
    notes: dict[str, list[Row]]
    of_partners: dict[str, list[str]]
    legend: tuple[tuple[str, str], ...]
    version: str
    date: str


class Sheet(NamedTuple):
    """One partner's sheet, cleaned: plain texts, and rows as dictionaries of texts.

    `actions` are those of `profile.PartnerSheet`. `determinants`, `later` and `notes` have a row
    for each link, alignment and quality note; `date` is ISO, or "" where the record has none.
    """

    iri: str
    name: str
    kind: str
    council: str
    summary: str
    facts: tuple[str, ...]
    changes: tuple[str, ...]
    actions: list[PartnerAction]
    determinants: list[Row]
    later: list[Row]
    notes: list[Row]
    documents: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    version: str
    date: str


def common(engine: Engine) -> Common:
    """Ask once for what every partner's sheet draws on."""
    notes = run_named(engine, "trust/notes-about-thing")
    partners = {row["partner"] for row in run_named(engine, "report/partners")}
    of_partners = group_pairs(
        (row["note"], row["thing"]) for row in notes if row["thing"] in partners
    )
    bases = run_named(engine, "internal/bases")
    version = run_named(engine, "internal/version-and-date")[0]
    return Common(
        plans={row["plan"]: row["planLabel"] for row in run_named(engine, "report/plans")},
        documents={
            row["identifier"]: _document(row) for row in run_named(engine, "report/documents")
        },
        changes=group_rows(run_named(engine, "report/bodies-that-changed"), "body"),
        alignments=group_rows(run_named(engine, "compare/continuity"), "from"),
        open_ends=run_named(engine, "coverage/objectives-not-continued"),
        notes=group_rows(notes, "thing"),
        of_partners=of_partners,
        legend=tuple((row["label"], row["definition"]) for row in bases),
        version=version["version"],
        date=version["date"],
    )


def gather(engine: Engine, thing: Thing, shared: Common | None = None) -> Sheet:
    """Return the sheet of a partner; `shared` saves asking again for each of many."""
    shared = shared or common(engine)
    known = describe_partner(engine, thing)
    names = _elements(engine, thing.iri)
    causes = _causes(engine, thing.iri, names)
    cited = {source["document"] for action in known["actions"] for source in action["sources"]}
    cited |= {row["document"] for row in causes if row["document"]}
    told = ("part of", "what became of it")  # these stand elsewhere on the sheet
    facts = [row for row in known["facts"] if row["fact"] not in told]
    sheet = Sheet(
        iri=thing.iri,
        name=thing.label,
        kind=known["partner"]["type"],
        council="; ".join(row["value"] for row in known["facts"] if row["fact"] == "part of"),
        summary=_summarise(known["counts"]),
        facts=(*_aliases(known["partner"]["aliases"]), *map(_fact, facts)),
        changes=tuple(_change(row) for row in shared.changes.get(thing.iri, [])),
        actions=known["actions"],
        determinants=causes,
        later=_later(shared, names),
        notes=_notes(shared, thing.iri, names),
        documents=tuple(shared.documents.get(each, each) for each in sorted(cited)),
        legend=shared.legend,
        version=shared.version,
        date=shared.date,
    )
    return Sheet._make(clean(part) for part in sheet)


def clean(value: _T) -> _T:
    """Return texts, also inside rows, on one line and without characters that could do harm."""
    result: Any = value
    if isinstance(value, str):
        result = mark_unsafe(one_line(value))
    elif isinstance(value, list | tuple):
        result = type(value)(clean(each) for each in value)
    elif isinstance(value, dict):
        result = {key: clean(each) for key, each in value.items()}
    return result  # type: ignore[no-any-return]


def _elements(engine: Engine, partner: str) -> Elements:
    """Return what the partner's objectives and actions are called in short, by IRI."""
    names: Elements = {}
    for row in run_named(engine, "report/partner-responsibilities", partner=partner):
        names[row["objective"]] = Element(row["themeLabel"], row["objectiveCode"])
        names[row["action"]] = Element(row["themeLabel"], row["code"])
    return names


def _causes(engine: Engine, partner: str, names: Elements) -> list[Row]:
    """Return the determinants these elements bear on, by name, then in printed order."""
    printed = {iri: number for number, iri in enumerate(names)}
    told = run_named(engine, "internal/determinants-of-partner", partner=partner)
    rows = [row for row in told if row["element"] in names]
    links = sorted({row["link"] for row in rows})
    # Asked apart: an OPTIONAL would look through the passages of the whole graph.
    passages = group_rows(run_named(engine, "trust/passages-of-thing", thing=links), "thing")
    found = [
        row | names[row["element"]]._asdict() | {key: passage[key] for key in _SOURCE}
        for row in rows
        for passage in passages.get(row["link"], [dict.fromkeys(_SOURCE, "")])
    ]
    return sorted(
        found,
        key=lambda row: (
            *(row["determinantLabel"], row["basisLabel"], printed[row["element"]]),
            *(row["document"], int(row["line"] or 0)),
        ),
    )


def _summarise(counts: PartnerCounts) -> str:
    if not counts["actions"]:
        return "No action of a plan names this partner."
    return f"{summarise_counts(counts)}."


def _aliases(names: list[str]) -> list[str]:
    return [f"Also printed or called: {'; '.join(names)}"] if names else []


def _fact(row: Row) -> str:
    # Only a judgement has a confidence.
    sure = f" [curated judgement, confidence {row['confidence']}]" if row["confidence"] else ""
    fact = row["fact"].replace("identified because", "known as this body because")
    return f"{capitalise(fact)}: {row['value']}{sure}"


def _change(row: Row) -> str:
    when = f", {row['date']}" if row["date"] else ""
    after = f" Successors: {row['successors']}." if row["successors"] else ""
    said = f" Source: {row['citations']}." if row["citations"] else ""
    return f"{row['changeLabel'].capitalize()}{when}: {row['description']}{after}{said}"


def _later(shared: Common, names: Elements) -> list[Row]:
    """Return what became of the partner's objectives and actions, and what nothing continues."""
    rows = [
        row
        | {"element": names[iri].name, "laterPlan": shared.plans.get(row["toPlan"], row["toPlan"])}
        for iri in names
        for row in shared.alignments.get(iri, [])
    ]
    told = {row["from"] for row in rows if not row["to"]}
    blank = dict.fromkeys(("toLabel", "laterPlan", "basisLabel", "confidence", "reason"), "")
    return rows + [
        blank
        | {"element": names[row["objective"]].name, "fromLabel": row["objectiveLabel"]}
        | {"typeLabel": _NO_PRIORITY}
        for row in shared.open_ends
        if row["objective"] in names and row["objective"] not in told
    ]


def _notes(shared: Common, partner: str, names: Elements) -> list[Row]:
    """Return the notes on the partner and on what it is to do, but not on others named there."""
    found: dict[str, Row] = {}
    abouts = {partner: "the partner"} | {iri: each.name for iri, each in names.items()}
    for iri, about in abouts.items():
        for row in shared.notes.get(iri, []):
            others = {*shared.of_partners.get(row["note"], ())} - {partner}
            if iri == partner or not others:
                found.setdefault(row["note"], row | {"about": about})
    return list(found.values())


def _document(row: Row) -> str:
    status = f" ({row['statusLabel']})" if row["statusLabel"] else ""
    return f"{row['identifier']}: {row['title']}{status}"
