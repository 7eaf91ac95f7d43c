"""What a strategic plan says, as plain records: bodies, vision, goals, objectives, partners.

Classes are named here, and not read from the registry of kinds: the standard fixes which elements
a plan has, and there is none for another kind.

Out of scope: the XML they become (`stratml`), and measures (`plan_measures`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.vocabulary import split
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.write.export.plan_measures import Measure
from hwbs_graph.write.export.plan_queries import PlanRows


class Role(NamedTuple):
    """A part that somebody has: its name, more about it, and whether a performer or beneficiary."""

    name: str
    description: str
    type: str = "Performer"


class Party(NamedTuple):
    """Who has a part in something: a name, what the part is, and the kind of party or ""."""

    name: str
    description: str
    type: str = "Organization"
    roles: Sequence[Role] = ()


class Body(NamedTuple):
    """A body that answers for the plan, and its subgroups."""

    iri: str
    name: str
    description: str
    parties: Sequence[Party]


class Objective(NamedTuple):
    """What stands under a goal: an objective, or an action that stands under none.

    `other` are lines of text on its actions and focus areas.
    """

    iri: str
    name: str
    sequence: str
    reasons: Sequence[str]
    parties: Sequence[Party]
    other: Sequence[str]
    groups: Sequence[Party] = ()
    measures: Sequence[Measure] = ()


class Goal(NamedTuple):
    """A theme, or the plan itself, with its ambitions and objectives."""

    iri: str
    name: str
    sequence: str
    ambitions: Sequence[str]
    parties: Sequence[Party]
    other: Sequence[str]
    objectives: Sequence[Objective]


class Plan(NamedTuple):
    """A plan: `period` and `issued` as the record has them, "" where it has none."""

    iri: str
    name: str
    description: str
    other: Sequence[str]
    period: str
    issued: str
    bodies: Sequence[Body]
    vision: Sequence[str]
    mission: Sequence[str]
    values: Sequence[tuple[str, str]]
    goals: Sequence[Goal]
    is_performance: bool
    has_progress: bool


#: Partners of these types are no organisation; of an unresolved one nobody knows.
_TYPES = {
    "citizen-body": "Generic_Group",
    "sector": "Generic_Group",
    "council-post": "Person",
    "programme-or-campaign": "",
    "unresolved": "",
}


def read_plan(engine: Engine, chosen: Mapping[str, str]) -> Plan:
    """Return what the plan says; `chosen` is a row of `network.choose_plan`.

    Vision, purpose and principles may stand in the strategy that an action plan delivers.
    """
    iris = [iri for iri in (chosen["plan"], chosen["delivers"]) if iri]
    record = PlanRows(engine, chosen["plan"])
    about = [row for iri in iris for row in run_named(engine, "internal/strategic-plan", plan=iri)]
    period, issued = _find_first(about, "period"), _find_first(about, "issued")
    return Plan(
        iri=chosen["plan"],
        name=chosen["label"],
        description=_find_first(about, "summary"),
        other=[
            *_list_remarks(chosen, about, period, issued),
            *_list_plan_partners(engine, chosen["plan"]),
            *record.measures.describe_targets_of_plan(),
        ],
        period=period,
        issued=issued,
        bodies=_describe_bodies(record, iris),
        vision=[row["label"] for row in record.list_parts(iris, "Vision")],
        mission=[row["label"] for row in record.list_parts(iris, "Purpose")],
        values=[
            (row["label"], row["summary"]) for row in record.list_parts(iris, "GuidingPrinciple")
        ],
        goals=_list_goals(record, chosen["plan"], chosen["label"]),
        is_performance=record.is_performance,
        has_progress=bool(record.measures.updates),
    )


def _list_remarks(
    chosen: Mapping[str, str], about: list[Row], period: str, issued: str
) -> list[str]:
    documents = dict.fromkeys(row["document"] for row in about if row["document"])
    facts = {
        "Delivers": chosen["strategy"],
        "Status of the document": about[0]["status"] if about else "",
        "Read from": "; ".join(documents),
        "Published": issued,
        "Period as stated, of which the dates are the first and the last day": period,
    }
    return [f"{name}: {text}" for name, text in facts.items() if text]


def _list_plan_partners(engine: Engine, plan: str) -> list[str]:
    rows = run_named(engine, "report/partners-of-plan", plan=plan)
    named = [
        f"{row['partnerLabel']} ({part})"
        if (part := row["printedRole"] or row["roleLabel"])
        else row["partnerLabel"]
        for row in rows
        if row["basisLabel"] != "said in workshop"
    ]
    return [f"Partners of the whole plan: {'; '.join(named)}"] if named else []


def _describe_bodies(record: PlanRows, iris: Iterable[str]) -> list[Body]:
    rows = group_rows((row for iri in iris for row in record.answering.get(iri, ())), "body")
    # A board may have subgroups that answer for other plans only.
    own = record.own.union(iris)
    here = {row["body"] for thing in own for row in record.answering.get(thing, [])}
    return [
        Body(
            iri,
            same[0]["label"],
            "\n".join(dict.fromkeys(row["description"] for row in same if row["description"])),
            [
                Party(row["label"], "Subgroup")
                for row in record.parts[iri, "Subgroup"]
                if row["part"] in here
            ],
        )
        for iri, same in rows.items()
    ]


def _list_goals(record: PlanRows, plan: str, label: str) -> list[Goal]:
    """Return a goal for each theme, and one named after the plan for what stands under none.

    The standard has no objective without a goal.
    """
    goals = [_describe_goal(record, row) for row in record.parts[plan, "Theme"]]
    loose = [
        row
        for name in ("Objective", "Action")
        for row in record.list_own(plan, name)
        if row["part"] not in record.placed
    ]
    objectives = _list_objectives(record, loose)
    own = Goal(plan, label, "", ambitions=[], parties=[], other=[], objectives=objectives)
    return [*goals, own] if objectives else goals


def _walk_down(record: PlanRows, rows: Sequence[Row], class_name: str) -> list[Row]:
    """Return rows, each followed by what stands under it; each once, even in a circle."""
    found: dict[str, Row] = {}
    waiting = [*reversed(rows)]
    while waiting:
        row = waiting.pop()
        if row["part"] not in found:
            found[row["part"]] = row
            waiting += reversed(record.list_own(row["part"], class_name))
    return [*found.values()]


def _list_objectives(record: PlanRows, objectives: Sequence[Row]) -> list[Objective]:
    """Return objectives with those under them; an action in place of one stands for it."""
    return [_describe_objective(record, row) for row in _walk_down(record, objectives, "Objective")]


def _describe_goal(record: PlanRows, theme: Row) -> Goal:
    iri = theme["part"]
    ambitions = record.list_own(iri, "Ambition") or record.parts[iri, "Ambition"]
    return Goal(
        iri=iri,
        name=theme["label"],
        sequence=theme["order"],
        ambitions=[row["label"] for row in ambitions],
        parties=_list_answering(record, iri),
        other=[
            *filter(None, [theme["summary"]]),
            *_list_focus(record, iri),
            *_list_source(record, iri),
            *record.measures.describe_measures(theme),
        ],
        objectives=_list_objectives(
            record, [*record.list_own(iri, "Objective"), *record.list_own(iri, "Action")]
        ),
    )


def _list_answering(record: PlanRows, iri: str) -> list[Party]:
    """Return the bodies that answer for a goal or an objective, each with its parts if stated."""
    named = group_rows(record.answering.get(iri, ()), "label")
    return [_describe_answering(record, name, rows) for name, rows in named.items()]


def _describe_answering(record: PlanRows, name: str, rows: Sequence[Row]) -> Party:
    stated = [row for row in rows if row["role"]] if record.is_performance else []
    if not stated:
        return Party(name, _describe_performer(rows))
    return Party(name, "", roles=[Role(row["role"], row["description"]) for row in stated])


def _describe_performer(rows: Iterable[Row]) -> str:
    said = dict.fromkeys(row["description"] for row in rows if row["description"])
    return ": ".join(["Performer", *said])


def _describe_objective(record: PlanRows, objective: Row) -> Objective:
    iri = objective["part"]
    actions = _walk_down(record, record.list_own(iri, "Action"), "Action")
    # Part 1 has no place for more.
    more = [objective, *actions] if record.is_performance else []
    # An action in the place of an objective names its own partners.
    acting = [iri] * (iri in record.mentions) + [row["part"] for row in actions]
    return Objective(
        iri=iri,
        name=objective["label"],
        sequence=objective["code"] or objective["order"],
        reasons=[row["summary"] or row["label"] for row in record.parts[iri, "Rationale"]],
        parties=[*_list_answering(record, iri), *_list_partners(record, acting)],
        other=[
            *(_describe_action(record, row) for row in actions),
            *_list_focus(record, iri),
            *_list_times(objective),
            *_list_source(record, iri),
        ],
        groups=_list_groups(record, more),
        measures=[each for row in more for each in record.measures.list_measures(row)],
    )


def _list_groups(record: PlanRows, elements: Iterable[Row]) -> list[Party]:
    """Return the population groups that elements are for, with the elements that name them."""
    found = [
        (named["groupLabel"], row["code"] or row["label"])
        for row in elements
        for named in record.groups.get(row["part"], ())
    ]
    return [
        Party(group, "", "Generic_Group", [Role(group, f"Of: {'; '.join(own)}", "Beneficiary")])
        for group, own in group_pairs(found).items()
    ]


def _list_partners(record: PlanRows, actions: Iterable[str]) -> list[Party]:
    """Return the partners that the actions name, in the order of their first mention."""
    named = (row for action in actions for row in record.mentions.get(action, ()))
    return [
        _describe_partner(record, record.partners[iri], mentions)
        for iri, mentions in group_rows(named, "partner").items()
    ]


def _describe_partner(record: PlanRows, partner: Row, mentions: Sequence[Row]) -> Party:
    kind = _TYPES.get(split(partner["type"])[1], "Organization") if partner["type"] else ""
    if not record.is_performance:
        return Party(partner["label"], f"Performer: {_describe_mentions(mentions)}", kind)
    parts = group_pairs((row["roleLabel"] or "involved", row) for row in mentions)
    roles = [Role(name, _describe_mentions(own)) for name, own in parts.items()]
    return Party(partner["label"], "", kind, roles)


def _describe_mentions(mentions: Iterable[Row]) -> str:
    codes = ", ".join(dict.fromkeys(row["code"] or row["actionLabel"] for row in mentions))
    printed = ", ".join(dict.fromkeys(f"“{row['printedText']}”" for row in mentions))
    return f"named for {codes}, printed as {printed}"


def _describe_action(record: PlanRows, action: Row) -> str:
    mentions = record.mentions.get(action["part"], [])
    names = dict.fromkeys(record.partners[row["partner"]]["label"] for row in mentions)
    facts = [f"{action['code']} {action['label']}".strip()]
    facts += _list_times(action)
    facts += [f"Involving: {'; '.join(names)}"] if names else []
    return ". ".join(fact.rstrip(".") for fact in [*facts, *_list_source(record, action["part"])])


def _list_times(row: Row) -> list[str]:
    facts = {"From": row["start"], "By": row["date"], "Timescale": row["timescale"]}
    return [f"{name}: {time}" for name, time in facts.items() if time]


def _list_focus(record: PlanRows, thing: str) -> list[str]:
    return [
        f"Focus area: {'. '.join(filter(None, (row['label'], row['summary'])))}"
        for row in record.list_own(thing, "FocusArea")
    ]


def _list_source(record: PlanRows, thing: str) -> list[str]:
    """Return where a thing is printed first, in the plan's own document if it is there."""
    documents = {row["identifier"] for row in record.about}
    found = sorted(record.where.get(thing, ()), key=lambda passage: passage[0] not in documents)
    return [f"Source: {each[0]}, line {each[1]} ({each[2]})" for each in found[:1]]


def _find_first(rows: Iterable[Row], key: str) -> str:
    return next((row[key] for row in rows if row[key]), "")
