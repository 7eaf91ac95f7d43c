"""A plan as StratML (ISO 17469), the format in which strategic plans are exchanged.

A plan that prints aims is a StrategicPlan of Part 1. One that also prints the parts of partners,
measures or progress is a PerformancePlanOrReport of Part 2, which has elements for these.

A theme is a Goal, what stands under it an Objective, and a partner that an action names a
Stakeholder of that Objective. The standard has no level below: the actions stand in the
Objective's OtherInformation, and the Stakeholder says which of them name it. Part 1 has no element
for a role: there the Stakeholder's Description begins with “Performer”.

Names and order of elements: the published schemas, urn:ISO:std:iso:17469:tech:xsd:stratml_core of
1 April 2014 and urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport of 16 February 2016.

Out of scope: the Submitter, who would be a person.
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
from hwbs_graph.write.export.plan_measures import Measure, Result
from hwbs_graph.write.export.plan_tree import Goal, Objective, Party

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:"


def write_stratml(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan with the IRI `plan` as StratML, or the one that `choose_plan` takes.

    Raises UsageError where several plans could be meant, or the plan has no themes.
    """
    strategy = plan_tree.read_plan(engine, network.choose_plan(engine, plan))
    root = Element("StrategicPlan", xmlns=f"{NAMESPACE}stratml_core")
    if strategy.is_performance:
        kind = "Performance_Report" if strategy.has_progress else "Performance_Plan"
        root = Element(
            "PerformancePlanOrReport", xmlns=f"{NAMESPACE}PerformancePlanOrReport", Type=kind
        )
    _add_text(root, "Name", strategy.name)
    _add_text(root, "Description", strategy.description)
    _add_paragraphs(root, strategy.other)
    _add_core(SubElement(root, "StrategicPlanCore"), strategy)
    _add_administration(root, strategy)
    return _serialise(root)


def _add_core(core: Element, strategy: plan_tree.Plan) -> None:
    for body in strategy.bodies:
        organisation = SubElement(core, "Organization")
        _add_text(organisation, "Name", body.name)
        _add_identifier(organisation, body.iri)
        _add_text(organisation, "Description", body.description)
        _add_stakeholders(organisation, body.parties)
    for name, texts in (("Vision", strategy.vision), ("Mission", strategy.mission)):
        if texts:
            _add_text(SubElement(core, name), "Description", "\n".join(texts))
    for principle, summary in strategy.values:
        value = SubElement(core, "Value")
        _add_text(value, "Name", principle)
        _add_text(value, "Description", summary)
    for goal in strategy.goals:
        _add_goal(core, goal)


def _add_goal(core: Element, goal: Goal) -> None:
    element = SubElement(core, "Goal")
    _add_text(element, "Name", goal.name)
    # The schema requires it even where the document says nothing more than the name.
    description = xml_text("\n".join(goal.ambitions)) or xml_line(goal.name)
    SubElement(element, "Description").text = description
    _add_identifier(element, goal.iri)
    _add_text(element, "SequenceIndicator", goal.sequence)
    _add_stakeholders(element, goal.parties)
    _add_paragraphs(element, goal.other)
    for objective in goal.objectives:
        _add_objective(element, objective, goal.iri)


def _add_objective(goal: Element, objective: Objective, theme: str) -> None:
    element = SubElement(goal, "Objective")
    _add_text(element, "Name", objective.name)
    _add_text(element, "Description", "\n".join(objective.reasons))
    # One objective may stand under several themes, and an identifier only once.
    _add_identifier(element, f"{theme} {objective.iri}")
    _add_text(element, "SequenceIndicator", objective.sequence)
    _add_stakeholders(element, [*objective.parties, *objective.groups])
    _add_paragraphs(element, objective.other)
    for measure in objective.measures:
        _add_measure(element, measure, f"{theme} {objective.iri} {measure.key}")


def _add_measure(objective: Element, measure: Measure, identifier: str) -> None:
    element = SubElement(objective, "PerformanceIndicator")
    kind = "Quantitative" if measure.is_quantity else "Qualitative"
    element.set("PerformanceIndicatorType", kind)
    # The schema requires both, even where nothing is printed.
    SubElement(element, "MeasurementDimension").text = xml_text(measure.dimension)
    SubElement(element, "UnitOfMeasurement").text = xml_text(measure.unit)
    _add_identifier(element, f"measure {identifier}")
    if measure.promised or measure.reached:
        instance = SubElement(element, "MeasurementInstance")
        for result in measure.promised:
            _add_result(SubElement(instance, "TargetResult"), result)
        for result in measure.reached:
            _add_result(SubElement(instance, "ActualResult"), result)
    _add_text(element, "OtherInformation", measure.remark)


def _add_result(element: Element, result: Result) -> None:
    _add_text(element, "StartDate", result.start)
    _add_text(element, "EndDate", result.end)
    _add_text(element, "NumberOfUnits", result.number)
    if result.state:
        descriptor = SubElement(element, "Descriptor")
        _add_text(descriptor, "DescriptorName", "Progress")
        _add_text(descriptor, "DescriptorValue", result.state)
    _add_text(element, "Description", result.words)


def _add_administration(root: Element, strategy: plan_tree.Plan) -> None:
    element = SubElement(root, "AdministrativeInformation")
    years = re.findall(r"\b[12][0-9]{3}\b", strategy.period)
    if years:
        _add_text(element, "StartDate", f"{years[0]}-01-01")
        _add_text(element, "EndDate", f"{years[-1]}-12-31")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", strategy.issued):
        _add_text(element, "PublicationDate", strategy.issued)
    _add_text(element, "Source", strategy.iri)


def _add_stakeholders(parent: Element, parties: Iterable[Party]) -> None:
    for party in parties:
        element = SubElement(parent, "Stakeholder")
        if party.type:
            element.set("StakeholderTypeType", party.type)
        _add_text(element, "Name", party.name)
        _add_text(element, "Description", party.description)
        for role in party.roles:
            part = SubElement(element, "Role")
            _add_text(part, "Name", role.name)
            _add_text(part, "Description", role.description)
            _add_text(part, "RoleType", role.type)


def _add_identifier(parent: Element, name: str) -> None:
    """Add an identifier, the same in every export; an XML ID must not begin with a digit."""
    _add_text(parent, "Identifier", f"_{uuid5(NAMESPACE_URL, name)}")


def _add_paragraphs(parent: Element, lines: Iterable[str]) -> None:
    _add_text(parent, "OtherInformation", "\n".join(lines))


def _add_text(parent: Element, name: str, text: str) -> None:
    """Add an element with text; nothing where there is none, as every one of these may be absent.

    A name is always there: only what has a label is listed.
    """
    cleaned = xml_line(text) if name == "Name" else xml_text(text)
    if cleaned or name == "Name":
        SubElement(parent, name).text = cleaned


def _serialise(root: Element) -> bytes:
    indent(root)
    out = BytesIO()
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"
