"""What is known of one partner or one thing, gathered for a person who asks for it by name.

The sheets are what `--format json` prints, key by key.

Out of scope: finding the thing (`names`), and every format (`profile_text`, `write`).
"""

from collections.abc import Container, Iterable
from typing import TypedDict

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import Delivery, read_delivery, word_measure, word_progress
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.names import Thing
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.report.indirect_parts import (
    PART_NOT_STATED,
    Saying,
    WholePlan,
    list_sayings,
    list_whole_plans,
)
from hwbs_graph.report.marked_answers import list_over
from hwbs_graph.report.places import Passage, Place, find_passage, find_place
from hwbs_graph.store import Engine
from hwbs_graph.text import count

_ALIASES = ("also printed or called", "misprinted as")
#: Properties that need no line of their own: the heading gives the label, and a shortcut is shown
#: with the statement behind it.
_SHOWN_ELSEWHERE = ("prefLabel", "involves")


class PartnerAction(Delivery):
    """An action that names a partner; `sources` has a passage for each time it is named.

    What the plan does not print is None. `rolePrinted` is the plan's own word for the part.
    `planOver` says whether its period is over; then `plan` is told with it in text. An action under
    several objectives is told with the first that has a theme, and `alsoUnder` names the others.
    """

    iri: str
    code: str | None
    label: str
    theme: str | None
    objective: str | None
    objectiveCode: str | None
    alsoUnder: list[str]
    plan: str
    planOver: bool
    role: str
    rolePrinted: str | None
    basis: str
    printedAs: list[str]
    source: Place
    sources: list[Passage]
    withPartners: list[str]


class PartnerHead(TypedDict):
    """What a partner is and is called."""

    iri: str
    label: str
    type: str
    aliases: list[str]


class PartnerCounts(TypedDict):
    """How much of the plans a partner has part in; `partners` counts the others named with it."""

    actions: int
    objectives: int
    themes: int
    mentions: int
    partners: int


class PartnerSheet(TypedDict):
    """What the plans ask of a partner.

    `facts` has a row for each fact, with `fact`, `value` and `confidence`; `notes` the quality
    notes, with `description` and `handling`. `wholePlans` has the plans that name it for the whole
    of them, `throughGroups` the actions for all partners of a
    plan that names this one, and `saidInWorkshops` what no document says: neither is counted.
    """

    partner: PartnerHead
    facts: list[Row]
    actions: list[PartnerAction]
    wholePlans: list[WholePlan]
    throughGroups: list[Row]
    saidInWorkshops: list[Saying]
    notes: list[Row]
    counts: PartnerCounts


class ThingHead(TypedDict):
    """What a thing is and is called."""

    iri: str
    label: str
    kind: str


class ThingSheet(TypedDict):
    """Everything known of one thing, as rows.

    `plansOver` has a row for each plan of the thing whose period is over: plan, planLabel, period.
    `delivery` says when, by what measure and how far. `links` are its direct links, `statements`
    those that could be disputed, with basis and passages. `history` says what became of it and
    what it was, `sources` where it is printed.
    """

    thing: ThingHead
    plansOver: list[Row]
    delivery: Delivery
    links: list[Row]
    statements: list[Row]
    history: list[Row]
    sources: list[Row]
    notes: list[Row]


def describe_partner(engine: Engine, thing: Thing) -> PartnerSheet:
    """Return a partner's responsibilities, in printed order."""
    profile = run_named(engine, "report/partner-profile", partner=thing.iri)
    mentions = run_named(engine, "report/partner-responsibilities", partner=thing.iri)
    beside = group_pairs(
        (row["action"], row["otherLabel"])
        for row in run_named(engine, "report/co-partners-by-action", partner=thing.iri)
    )
    actions = _describe_actions(engine, mentions, beside)
    return {
        "partner": {
            "iri": thing.iri,
            "label": thing.label,
            "type": next((row["value"] for row in profile if row["fact"] == "kind"), ""),
            "aliases": [row["value"] for row in profile if row["fact"] in _ALIASES],
        },
        "facts": [row for row in profile if row["fact"] not in (*_ALIASES, "name", "kind")],
        "actions": actions,
        "wholePlans": list_whole_plans(engine, thing.iri),
        "throughGroups": run_named(engine, "internal/groups-of-partner", partner=thing.iri),
        "saidInWorkshops": list_sayings(engine, thing.iri),
        "notes": run_named(engine, "trust/notes-about-thing", thing=thing.iri),
        "counts": {
            "actions": len(actions),
            "objectives": len({row["objective"] for row in mentions} - {""}),
            "themes": len({row["theme"] for row in mentions} - {""}),
            "mentions": sum(len(action["sources"]) for action in actions),
            "partners": len({name for names in beside.values() for name in names}),
        },
    }


def _describe_actions(
    engine: Engine, mentions: list[Row], beside: dict[str, list[str]]
) -> list[PartnerAction]:
    """Return each action of a partner once, by the place that is told of it.

    That need not be the place of its first row.
    """
    groups = [_split_by_standing(rows) for rows in group_rows(mentions, "action").values()]
    order = {id(row): at for at, row in enumerate(mentions)}
    groups.sort(key=lambda group: order[id(group[0][0])])
    over = find_over(engine, (row["plan"] for row in mentions))
    iris = [told[0]["action"] for told, _ in groups]
    delivery = group_rows(run_named(engine, "internal/delivery", thing=iris), "thing")
    return [
        _describe_action(*group, beside, over, read_delivery(delivery.get(iri, ())))
        for iri, group in zip(iris, groups, strict=True)
    ]


def _split_by_standing(mentions: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return an action's mentions at the place that is told, and a row for each other place.

    An action under several objectives has its passages again for each.
    """
    first = next((row for row in mentions if row["theme"]), mentions[0])
    above = group_pairs(((row["objective"], row["theme"]), row) for row in mentions)
    told = above.pop((first["objective"], first["theme"]))
    return told, [rows[0] for rows in above.values()]


def _describe_action(
    mentions: list[Row],
    elsewhere: list[Row],
    beside: dict[str, list[str]],
    over: Container[str],
    delivery: Delivery,
) -> PartnerAction:
    first = mentions[0]
    passages = [row for row in mentions if row["printedText"]]
    return {
        "iri": first["action"],
        "code": first["code"] or None,
        "label": first["actionLabel"],
        "theme": first["themeLabel"] or None,
        "objective": first["objectiveLabel"] or None,
        "objectiveCode": first["objectiveCode"] or None,
        "alsoUnder": list(dict.fromkeys(map(_name_above, elsewhere))),
        "plan": first["planLabel"],
        "planOver": first["plan"] in over,
        "role": first["roleLabel"],
        "rolePrinted": first["printedRole"] or None,
        "basis": first["basisLabel"],
        "printedAs": list(dict.fromkeys(row["printedText"] for row in passages)),
        "source": find_place(first),
        "sources": [*map(find_passage, passages)],
        "withPartners": beside.get(first["action"], []),
        **delivery,
    }


def _name_above(row: Row) -> str:
    """Return an objective with its code, or a theme where there is none."""
    name = f"{row['objectiveCode']} {row['objectiveLabel']}".strip()
    return name or row["themeLabel"] or row["planLabel"]


def name_objective(action: PartnerAction) -> str:
    """Return the objective of an action with its code; "" where the plan has none."""
    return " ".join(filter(None, (action["objectiveCode"], action["objective"])))


def name_plan(action: PartnerAction) -> str:
    """Return the plan of an action, marked where its period is over."""
    return f"{action['plan']} (period over)" if action["planOver"] else action["plan"]


def list_passages(action: PartnerAction) -> list[Passage]:
    """Return the passages that name the partner; an empty one where the action has none."""
    return action["sources"] or [{"document": "", "place": "", "line": 0, "printed": ""}]


def word_part(action: PartnerAction) -> str:
    """Return the part that a partner takes; "" where the plan does not state it."""
    role = "" if action["role"] == PART_NOT_STATED else action["role"]
    if printed := action["rolePrinted"]:
        return f"{role}, printed “{printed}”" if role else f"printed “{printed}”"
    return role


def summarise_counts(counts: PartnerCounts) -> str:
    """Return how much of the plans a partner has part in, as one line without a full stop."""
    under = counts["objectives"] and f" under {count(counts['objectives'], 'objective')}"
    themes = counts["themes"] and f" in {count(counts['themes'], 'theme')}"
    others = count(counts["partners"], "other partner")
    return f"{count(counts['actions'], 'action')}{under or ''}{themes or ''}, with {others}"


def list_mentions(sheet: PartnerSheet) -> list[Row]:
    """Return a partner's sheet as rows for a spreadsheet: one for each printed mention."""
    return [
        {
            "partner": sheet["partner"]["label"],
            "plan": action["plan"],
            "theme": action["theme"] or "",
            "objective": name_objective(action),
            "code": action["code"] or "",
            "action": action["label"],
            "printedAs": passage["printed"],
            "document": passage["document"],
            "line": str(passage["line"]),
            "place": passage["place"],
            "basis": action["basis"],
            "part": word_part(action),
            "withPartners": "; ".join(action["withPartners"]),
            "iri": action["iri"],
            "planOver": "true" if action["planOver"] else "",
            "timescale": action["timescale"] or "",
            "startDate": action["startDate"] or "",
            "targetDate": action["targetDate"] or "",
            "measures": "; ".join(map(word_measure, action["measures"])),
            "progress": "; ".join(map(word_progress, action["progress"])),
        }
        for action in sheet["actions"]
        for passage in list_passages(action)
    ]


def describe_thing(engine: Engine, thing: Thing) -> ThingSheet:
    """Return everything known of one thing."""
    return {
        "thing": {"iri": thing.iri, "label": thing.label, "kind": thing.kind},
        "plansOver": list_over(engine, [thing.iri]),
        "delivery": read_delivery(run_named(engine, "internal/delivery", thing=thing.iri)),
        "links": _list_links(engine, thing.iri),
        "statements": run_named(engine, "trust/statements-about-thing", thing=thing.iri),
        "history": run_named(engine, "report/history-of-thing", thing=thing.iri),
        "sources": run_named(engine, "trust/passages-of-thing", thing=thing.iri),
        "notes": run_named(engine, "trust/notes-about-thing", thing=thing.iri),
    }


def _list_links(engine: Engine, iri: str) -> list[Row]:
    """Return the direct links and values of a thing; those that do not count are called further."""
    rows = run_named(engine, "network/links-of-thing", thing=iri)
    for row in rows:
        if row["property"].startswith(PREFIXES["further"]):
            row["propertyLabel"] += " (further)"
    return rows


def select_links(links: Iterable[Row], direction: str) -> list[Row]:
    """Return the direct links "out" of a thing or "in" to it that nothing else shows."""
    return [
        row
        for row in links
        if row["direction"] == direction and row["propertyLabel"] not in _SHOWN_ELSEWHERE
    ]


def group_statements(sheet: ThingSheet) -> list[list[Row]]:
    """Return the rows of each statement that could be disputed and is no event of the history."""
    events = {row["event"] for row in sheet["history"]}
    rows = (row for row in sheet["statements"] if row["statement"] not in events)
    return [*group_rows(rows, "statement").values()]


def name_with_plan(row: Row) -> str:
    """Return the label of the other end of a link, with its plan where it has one."""
    return f"{row['otherLabel']} ({row['plan']})" if row["plan"] else row["otherLabel"]


def word_basis(row: Row, unknown: str = "") -> str:
    """Return the basis of a link, with the confidence of a judgement."""
    confidence = f"confidence {row['confidence']}" if row["confidence"] else ""
    return ", ".join(filter(None, (row["basisLabel"] or unknown, confidence)))
