"""A plan that prints measures, dates, progress and leads above its actions, and none below."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from support import Hwbs

from hwbs_graph.data import corpus
from hwbs_graph.report.json_schemas import read_schema
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.write.export.networks import write_graphml
from hwbs_graph.write.export.plan_sheet import write_plan_sheet
from hwbs_graph.write.export.stratml import write_stratml
from hwbs_graph.write.export.table_specs import find_sources, list_tables

PLAN = Path(__file__).parent / "data" / "upper-levels.ttl"
ODD = PLAN.with_name("odd-plan.ttl")
GIVEN = ["--only", "--graph", str(PLAN)]
TOLD = (
    "  - 1.1 More children swim (Outcome): due: March 2028, printed “by March 2028”;\n"
    "    measure: From 60 to 80 per cent by March 2028 (Children who swim 25 metres;\n"
    "    due March 2028); progress: Amber (some risk) in October 2027\n"
    "  - Move more (Ambition): due: 2030, printed “by 2030”; measure: Half of adults\n"
    "    active by 2030 (due 2030)\n"
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Embedded(corpus.open_store([PLAN], corpus.vocabulary_files()))


def test_a_sheet_tells_what_is_printed_above_its_actions(hwbs: Hwbs) -> None:
    assert TOLD in hwbs("partner", "Theta Leisure", *GIVEN).out
    run = hwbs("partner", "Theta Leisure", "--format", "json", *GIVEN)
    sheet = json.loads(run.out)
    jsonschema.validate(sheet, json.loads(read_schema("partner")))
    outcome, ambition = sheet["levelsAbove"]
    assert (outcome["code"], outcome["kind"]) == ("1.1", "Outcome")
    assert outcome["targetDate"] == "2028-03"
    assert outcome["actions"] == [sheet["actions"][0]["iri"]]
    assert [update["printed"] for update in outcome["progress"]] == ["Amber"]
    assert (ambition["label"], ambition["code"], ambition["progress"]) == ("Move more", None, [])
    # They stay what they are: the action has none of its own.
    assert (sheet["actions"][0]["targetDate"], sheet["actions"][0]["measures"]) == (None, [])


def test_a_body_that_leads_an_objective_alone_is_told_so_and_found(hwbs: Hwbs) -> None:
    run = hwbs("partner", "Theta Public Health", *GIVEN)
    assert run.code == 0
    assert "1.1 More children swim (Outcome, Theta strategy 2027); part: lead, printed" in run.out
    assert "T1 line 9 (lead)" in run.out
    briefing = hwbs("partner", "Theta Public Health", "--briefing", "-", *GIVEN).out
    assert "## What it answers for beside actions" in briefing
    assert "T1: Theta plan" in briefing
    (charge,) = json.loads(hwbs("partner", "Theta Public Health", "--format", "json", *GIVEN).out)[
        "answersFor"
    ]
    assert (charge["role"], charge["rolePrinted"], charge["planOver"]) == (
        *("lead", "Lead officer group", False),
    )


def test_a_step_names_the_action_that_it_stands_under(hwbs: Hwbs) -> None:
    text = hwbs("partner", "Omega Advice", "--only", "--graph", ODD).out
    assert "    Pick lofts\n        part: sponsor\n        step of: 1.10 Insulate lofts\n" in text
    sheet = hwbs("partner", "Omega Advice", "--briefing", "-", "--only", "--graph", ODD).out
    assert "step of: 1.10 Insulate lofts" in sheet
    # What a room said stands in neither.
    assert "answer" not in hwbs("partner", "partner/omega-ph", "--only", "--graph", ODD).out


def test_what_lacks_a_lead_or_a_date_is_told_with_what_is_printed_above_it(hwbs: Hwbs) -> None:
    def ask(query: str, *more: str) -> dict[str, dict[str, str]]:
        run = hwbs("query", query, *more, "--format", "csv", *GIVEN)
        rows = csv.DictReader(run.out.splitlines())
        return {row.get("actionLabel", row.get("bodyLabel", "")): row for row in rows}

    leads = ask("coverage/actions-without-lead")
    above = {label: row["leadAbove"] for label, row in leads.items()}
    assert above == {"Open the pool on Sundays": "Theta Public Health", "Train lifeguards": ""}
    dates = ask("coverage/actions-without-date")
    assert {label: row["dateAbove"] for label, row in dates.items()} == {
        "Open the pool on Sundays": "2028-03; 2030",
        "Train lifeguards": "2030",
    }
    (row,) = ask("report/leads-by-determinant", "determinant=Physical activity").values()
    assert (row["bodyLabel"], row["part"]) == ("Theta Public Health", "leads")
    (row,) = ask("report/responsibilities-by-body").values()
    assert (row["roleLabel"], row["printedRole"]) == ("lead", "Lead officer group")
    dated = hwbs("ask", "which objectives have a date", "--format", "csv", *GIVEN).out
    assert [row["elementLabel"] for row in csv.DictReader(dated.splitlines())] == [
        *("More children swim", "From 60 to 80 per cent by March 2028"),
        *("Half of adults active by 2030", "Move more"),
    ]
    # No silence is told where the plan speaks of the level above.
    sheet = hwbs("partner", "Theta Leisure", "--briefing", "-", *GIVEN).out
    assert "No lead is stated" not in sheet
    assert "No date is stated" not in sheet


def test_exports_tell_who_leads_an_objective_and_what_a_sheet_leaves_out(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    assert b"Lead: Theta Public Health" in write_graphml(engine)
    plan = ElementTree.fromstring(write_stratml(engine))
    stakeholders = {
        each.findtext("{*}Name"): each.findtext("{*}Role/{*}Name")
        for each in plan.iterfind(".//{*}Objective/{*}Stakeholder")
    }
    assert stakeholders["Theta Public Health"] == "lead"
    tables = {table.name: table for table in list_tables(engine, find_sources(engine))}
    (objective,) = tables["objectives"].rows
    told = dict(zip(tables["objectives"].columns, objective, strict=False))
    assert (told["targetDate"], told["answeredForByLabel"]) == ("2028-03", "Theta Public Health")
    assert told["targetLabel"] == "From 60 to 80 per cent by March 2028"
    write_plan_sheet(engine)
    assert "no place for" in caplog.text
    assert "“More children swim”, “Move more”" in caplog.text
