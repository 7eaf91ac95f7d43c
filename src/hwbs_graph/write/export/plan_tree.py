"""What a strategic plan says, as plain records: bodies, vision, goals, objectives, partners.

Out of scope: the XML they become (`stratml`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.model.vocabulary import split
from hwbs_graph.store import Engine
from hwbs_graph.write.export.plan_queries import ABOUT, Asked


class Party(NamedTuple):
    """Who has a part in something: a name, what the part is, and the kind of party or ""."""

    name: str
    description: str
    type: str = "Organization"


class Body(NamedTuple):
    """A body that answers for the plan, and its subgroups."""

    iri: str
    name: str
    description: str
    parties: Sequence[Party]


class Objective(NamedTuple):
    """What stands under a theme; `other` are lines of text on its actions and focus areas."""

    iri: str
    name: str
    sequence: str
    reasons: Sequence[str]
    parties: Sequence[Party]
    other: Sequence[str]


class Goal(NamedTuple):
    """A theme with its ambitions and objectives."""

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


#: Partners of these types are no organisation; of an unresolved one nobody knows.
_TYPES = {
    "citizen-body": "Generic_Group",
    "council-post": "Person",
    "programme-or-campaign": "",
    "unresolved": "",
}


def read(engine: Engine, chosen: Mapping[str, str]) -> Plan:
    """Return what the plan says; `chosen` is a row of `network.choose_plan`.

    Vision, purpose and principles may stand in the strategy that an action plan delivers.
    """
    iris = [iri for iri in (chosen["plan"], chosen["delivers"]) if iri]
    record = Asked(engine, chosen["plan"])
    about = [row for iri in iris for row in engine.select(ABOUT, {"plan": NamedNode(iri)})]
    period, issued = _first(about, "period"), _first(about, "issued")
    return Plan(
        iri=chosen["plan"],
        name=chosen["label"],
        description=_first(about, "summary"),
        other=_remarks(chosen, about, period, issued),
        period=period,
        issued=issued,
        bodies=_bodies(record, iris),
        vision=[row["label"] for row in record.all(iris, "vision")],
        mission=[row["label"] for row in record.all(iris, "purpose")],
        values=[(row["label"], row["summary"]) for row in record.all(iris, "principle")],
        goals=[_goal(record, row) for row in record.parts[chosen["plan"], "theme"]],
    )


def _remarks(chosen: Mapping[str, str], about: list[Row], period: str, issued: str) -> list[str]:
    documents = dict.fromkeys(row["document"] for row in about if row["document"])
    facts = {
        "Delivers": chosen["strategy"],
        "Status of the document": about[0]["status"] if about else "",
        "Read from": "; ".join(documents),
        "Published": issued,
        "Period as stated, of which the dates are the first and the last day": period,
    }
    return [f"{name}: {text}" for name, text in facts.items() if text]


def _bodies(record: Asked, iris: Iterable[str]) -> list[Body]:
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
                for row in record.parts[iri, "subgroup"]
                if row["part"] in here
            ],
        )
        for iri, same in rows.items()
    ]


def _goal(record: Asked, theme: Row) -> Goal:
    iri = theme["part"]
    ambitions = record.of_plan(iri, "ambition") or record.parts[iri, "ambition"]
    answering = group_rows(record.answering.get(iri, ()), "label")
    return Goal(
        iri=iri,
        name=theme["label"],
        sequence=theme["order"],
        ambitions=[row["label"] for row in ambitions],
        parties=[Party(name, _performing(rows)) for name, rows in answering.items()],
        other=[*filter(None, [theme["summary"]]), *_focus(record, iri), *_source(record, iri)],
        objectives=[_objective(record, row) for row in record.of_plan(iri, "objective")],
    )


def _performing(rows: Iterable[Row]) -> str:
    said = dict.fromkeys(row["description"] for row in rows if row["description"])
    return ": ".join(["Performer", *said])


def _objective(record: Asked, objective: Row) -> Objective:
    iri = objective["part"]
    actions = record.of_plan(iri, "action")
    return Objective(
        iri=iri,
        name=objective["label"],
        sequence=objective["code"] or objective["order"],
        reasons=[row["summary"] or row["label"] for row in record.parts[iri, "reason"]],
        parties=_partners(record, [row["part"] for row in actions]),
        other=[
            *(_action(record, row) for row in actions),
            *_focus(record, iri),
            *_source(record, iri),
        ],
    )


def _partners(record: Asked, actions: Iterable[str]) -> list[Party]:
    """Return the partners that the actions name, in the order of their first mention."""
    named = (row for action in actions for row in record.mentions.get(action, ()))
    parties = []
    for iri, mentions in group_rows(named, "partner").items():
        codes = ", ".join(dict.fromkeys(row["code"] for row in mentions))
        printed = ", ".join(dict.fromkeys(f"“{row['printedText']}”" for row in mentions))
        partner = record.partners[iri]
        parties.append(
            Party(
                partner["label"],
                f"Performer: named for {codes}, printed as {printed}",
                _TYPES.get(split(partner["type"])[1], "Organization"),
            )
        )
    return parties


def _action(record: Asked, action: Row) -> str:
    mentions = record.mentions.get(action["part"], [])
    names = dict.fromkeys(record.partners[row["partner"]]["label"] for row in mentions)
    facts = [f"{action['code']} {action['label']}".strip()]
    facts += [f"By: {action['date']}"] if action["date"] else []
    facts += [f"Involving: {'; '.join(names)}"] if names else []
    return ". ".join(fact.rstrip(".") for fact in [*facts, *_source(record, action["part"])])


def _focus(record: Asked, thing: str) -> list[str]:
    return [
        f"Focus area: {'. '.join(filter(None, (row['label'], row['summary'])))}"
        for row in record.of_plan(thing, "focus area")
    ]


def _source(record: Asked, thing: str) -> list[str]:
    """Return where a thing is printed first, in the plan's own document if it is there."""
    documents = {row["identifier"] for row in record.about}
    found = sorted(record.where.get(thing, ()), key=lambda passage: passage[0] not in documents)
    return [f"Source: {each[0]}, line {each[1]} ({each[2]})" for each in found[:1]]


def _first(rows: Iterable[Row], key: str) -> str:
    return next((row[key] for row in rows if row[key]), "")
