"""What the plans ask of one partner, gathered for a person who asks for it by name.

The sheet is what `--format json` prints, key by key.

Out of scope: finding the partner (`names`), what is known of any other thing (`thing_profile`), and
every format (`profile_text`, `write`).
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypedDict

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import Delivery, word_measure, word_progress
from hwbs_graph.names import Thing
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.report.indirect_parts import (
    Saying,
    WholePlan,
    list_sayings,
    list_shared,
    list_whole_plans,
    word_role,
    word_saying,
    word_whole_plan,
)
from hwbs_graph.report.places import Passage, Place, find_passage, find_place
from hwbs_graph.report.upper_levels import (
    Charge,
    Deliveries,
    UpperLevel,
    find_deliveries,
    find_steps,
    list_charges,
    list_levels,
    word_charge,
    word_level,
)
from hwbs_graph.store import Engine
from hwbs_graph.text import count

_ALIASES = ("also printed or called", "misprinted as")


#: What a sheet tells beside its actions, and under which heading.
PARTS_BESIDE = {
    "levels": "When, by what measure, and how far, of what these stand under",
    "charges": "What it answers for beside actions",
    "whole-plans": "Named for a plan as a whole",
    "shared": "For all partners of a plan that names this one",
    "sayings": "Said in workshops, and in no document",
}


class PartnerAction(Delivery):
    """An action that names a partner; `sources` has a passage for each time it is named.

    What the plan does not print is None. `rolePrinted` is the plan's own word for the part.
    `planOver` says whether its period is over; then `plan` is told with it in text. An action under
    several objectives is told with the first that has a theme, and `alsoUnder` names the others.
    `stepOf` names the actions that it is a step of.
    """

    iri: str
    code: str | None
    label: str
    theme: str | None
    objective: str | None
    objectiveCode: str | None
    alsoUnder: list[str]
    stepOf: list[str]
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
    notes, with `description` and `handling`. `levelsAbove` has what stands above its actions and
    has dates, measures or progress of its own, `answersFor` what it answers for beside actions.
    `wholePlans` has the plans that name it for the whole of them, `throughGroups` the actions for
    all partners of a plan that names this one, and `saidInWorkshops` what no document says: none
    is counted.
    """

    partner: PartnerHead
    facts: list[Row]
    actions: list[PartnerAction]
    levelsAbove: list[UpperLevel]
    answersFor: list[Charge]
    wholePlans: list[WholePlan]
    throughGroups: list[Row]
    saidInWorkshops: list[Saying]
    notes: list[Row]
    counts: PartnerCounts


def describe_partner(engine: Engine, thing: Thing) -> PartnerSheet:
    """Return a partner's responsibilities, in printed order."""
    profile = run_named(engine, "report/partner-profile", partner=thing.iri)
    mentions = run_named(engine, "report/partner-responsibilities", partner=thing.iri)
    beside = group_pairs(
        (row["action"], row["otherLabel"])
        for row in run_named(engine, "report/co-partners-by-action", partner=thing.iri)
    )
    above = run_named(engine, "internal/levels-above", thing=[row["action"] for row in mentions])
    charges = run_named(engine, "internal/responsibilities-of-partner", partner=thing.iri)
    deliveries = find_deliveries(engine, _list_carriers(mentions, above, charges))
    actions = _describe_actions(engine, mentions, beside, above, deliveries)
    return {
        "partner": {
            "iri": thing.iri,
            "label": thing.label,
            "type": next((row["value"] for row in profile if row["fact"] == "kind"), ""),
            "aliases": [row["value"] for row in profile if row["fact"] in _ALIASES],
        },
        "facts": [row for row in profile if row["fact"] not in (*_ALIASES, "name", "kind")],
        "actions": actions,
        "levelsAbove": list_levels(above, deliveries),
        "answersFor": list_charges(engine, charges, deliveries),
        "wholePlans": list_whole_plans(engine, thing.iri),
        "throughGroups": run_named(engine, "internal/groups-of-partner", partner=thing.iri),
        "saidInWorkshops": list_sayings(engine, thing.iri),
        "notes": run_named(engine, "trust/notes-about-thing", thing=thing.iri),
        "counts": _count_parts(actions, mentions, beside),
    }


def _count_parts(
    actions: list[PartnerAction], mentions: list[Row], beside: Mapping[str, list[str]]
) -> PartnerCounts:
    return {
        "actions": len(actions),
        "objectives": len({row["objective"] for row in mentions} - {""}),
        "themes": len({row["theme"] for row in mentions} - {""}),
        "mentions": sum(len(action["sources"]) for action in actions),
        "partners": len({name for names in beside.values() for name in names}),
    }


def _list_carriers(mentions: list[Row], above: list[Row], charges: list[Row]) -> Iterator[str]:
    """Yield all that is asked when, by what measure and how far it is carried out."""
    yield from (row["action"] for row in mentions)
    yield from (row["upper"] for row in above)
    yield from (row["element"] for row in charges)


def _describe_actions(
    engine: Engine,
    mentions: list[Row],
    beside: dict[str, list[str]],
    above: list[Row],
    deliveries: Deliveries,
) -> list[PartnerAction]:
    """Return each action of a partner once, by the place that is told of it.

    That need not be the place of its first row.
    """
    groups = [_split_by_standing(rows) for rows in group_rows(mentions, "action").values()]
    order = {id(row): at for at, row in enumerate(mentions)}
    groups.sort(key=lambda group: order[id(group[0][0])])
    over = find_over(engine, (row["plan"] for row in mentions))
    steps = find_steps(above)
    return [
        _describe_action(told, elsewhere, beside, over, steps, deliveries[told[0]["action"]])
        for told, elsewhere in groups
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
    steps: Mapping[str, list[str]],
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
        "stepOf": steps.get(first["action"], []),
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


def list_places(action: PartnerAction) -> Iterator[tuple[str, str]]:
    """Yield where else an action stands: what it is a step of, and other objectives."""
    yield from (("step of", name) for name in action["stepOf"])
    yield from (("also under", name) for name in action["alsoUnder"])


def list_parts_beside(sheet: PartnerSheet) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what a sheet tells beside its actions: a key of `PARTS_BESIDE`, and lines if any."""
    yield "levels", map(word_level, sheet["levelsAbove"])
    yield "charges", map(word_charge, sheet["answersFor"])
    yield "whole-plans", map(word_whole_plan, sheet["wholePlans"])
    yield "shared", list_shared(sheet["throughGroups"])
    yield "sayings", map(word_saying, sheet["saidInWorkshops"])


def list_passages(action: PartnerAction) -> list[Passage]:
    """Return the passages that name the partner; an empty one where the action has none."""
    return action["sources"] or [{"document": "", "place": "", "line": 0, "printed": ""}]


def word_part(action: PartnerAction) -> str:
    """Return the part that a partner takes; "" where the plan does not state it."""
    return word_role(action["role"], action["rolePrinted"])


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
