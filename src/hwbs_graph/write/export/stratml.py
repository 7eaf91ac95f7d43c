"""A plan as StratML Part 1 (ISO 17469-1), the format in which strategic plans are exchanged.

A theme is a Goal, what stands under it an Objective, and a partner that an action names a
Stakeholder of that Objective. The standard has no level below: the actions are told in the
Objective's OtherInformation, and the Stakeholder says which of them name it. Nor has Part 1 an
element for a role, as Part 2 has: the Stakeholder's Description begins with “Performer”.

Names and order of elements: the published schema, urn:ISO:std:iso:17469:tech:xsd:stratml_core.

Out of scope: performance (Part 2), and the Submitter, who would be a person.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from hwbs_graph import network
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_line, xml_text
from hwbs_graph.write.export import plan_tree
from hwbs_graph.write.export.plan_tree import Goal, Objective, Party

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"


def stratml(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan with the IRI `plan` as StratML, or the one that `choose_plan` takes.

    Raises UsageError where several plans could be meant, or the plan has no themes.
    """
    said = plan_tree.read_plan(engine, network.choose_plan(engine, plan))
    root = Element("StrategicPlan", xmlns=NAMESPACE)
    _text(root, "Name", said.name)
    _text(root, "Description", said.description)
    _paragraphs(root, said.other)
    _core(SubElement(root, "StrategicPlanCore"), said)
    _administration(root, said)
    return _written(root)


def _core(core: Element, said: plan_tree.Plan) -> None:
    for body in said.bodies:
        organisation = SubElement(core, "Organization")
        _text(organisation, "Name", body.name)
        _identifier(organisation, body.iri)
        _text(organisation, "Description", body.description)
        _stakeholders(organisation, body.parties)
    for name, texts in (("Vision", said.vision), ("Mission", said.mission)):
        if texts:
            _text(SubElement(core, name), "Description", "\n".join(texts))
    for principle, summary in said.values:
        value = SubElement(core, "Value")
        _text(value, "Name", principle)
        _text(value, "Description", summary)
    for goal in said.goals:
        _goal(core, goal)


def _goal(core: Element, goal: Goal) -> None:
    element = SubElement(core, "Goal")
    _text(element, "Name", goal.name)
    # The schema requires it even where the document says nothing more than the name.
    SubElement(element, "Description").text = xml_text("\n".join(goal.ambitions)) or xml_line(
        goal.name
    )
    _identifier(element, goal.iri)
    _text(element, "SequenceIndicator", goal.sequence)
    _stakeholders(element, goal.parties)
    _paragraphs(element, goal.other)
    for objective in goal.objectives:
        _objective(element, objective, goal.iri)


def _objective(goal: Element, objective: Objective, theme: str) -> None:
    element = SubElement(goal, "Objective")
    _text(element, "Name", objective.name)
    _text(element, "Description", "\n".join(objective.reasons))
    # One objective may stand under several themes, and an identifier only once.
    _identifier(element, f"{theme} {objective.iri}")
    _text(element, "SequenceIndicator", objective.sequence)
    _stakeholders(element, objective.parties)
    _paragraphs(element, objective.other)


def _administration(root: Element, said: plan_tree.Plan) -> None:
    element = SubElement(root, "AdministrativeInformation")
    years = re.findall(r"\b[12][0-9]{3}\b", said.period)
    if years:
        _text(element, "StartDate", f"{years[0]}-01-01")
        _text(element, "EndDate", f"{years[-1]}-12-31")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said.issued):
        _text(element, "PublicationDate", said.issued)
    _text(element, "Source", said.iri)


def _stakeholders(parent: Element, parties: Iterable[Party]) -> None:
    for party in parties:
        element = SubElement(parent, "Stakeholder")
        if party.type:
            element.set("StakeholderTypeType", party.type)
        _text(element, "Name", party.name)
        _text(element, "Description", party.description)


def _identifier(parent: Element, name: str) -> None:
    """Add an identifier, the same in every export; an XML ID must not begin with a digit."""
    _text(parent, "Identifier", f"_{uuid5(NAMESPACE_URL, name)}")


def _paragraphs(parent: Element, lines: Iterable[str]) -> None:
    _text(parent, "OtherInformation", "\n".join(lines))


def _text(parent: Element, name: str, text: str) -> None:
    """Add an element with text; nothing where there is none, as every one of these may be absent.

    A name is always there: only what has a label is listed.
    """
    said = xml_line(text) if name == "Name" else xml_text(text)
    if said or name == "Name":
        SubElement(parent, name).text = said


def _written(root: Element) -> bytes:
    indent(root)
    out = BytesIO()
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"
