"""Plans of other shapes: what the Turtle states is found in lists, sheets, pictures and exports.

The plans in `plans/` are counted with plain SPARQL, which knows nothing of the catalogue.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import openpyxl
import pytest
from pyoxigraph import RdfFormat, Store, parse
from support import PLANS, Hwbs, open_small
from test_exports import stratml_faults
from test_kinds import read_data

from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.model.dates import word_date
from hwbs_graph.store import Engine

GIVEN = ["--only", *(argument for path in PLANS for argument in ("--graph", str(path)))]
SHAPES = {
    "Delta action tracker 2028": "delta-2028",
    "Epsilon delivery plan 2027": "epsilon-2027",
    "Gamma health plan 2029": "gamma-2029",
    "Zeta wellbeing plan 2026": "zeta-2026",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_small(*PLANS)


def count(engine: Engine, pattern: str) -> list[Row]:
    """Return what a pattern finds in the plans of other shapes."""
    prefixes = """
        PREFIX hwbs: <https://w3id.org/hwbs/ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    """
    plans = " ".join(f"<https://w3id.org/hwbs/id/{plan}>" for plan in SHAPES.values())
    return engine.select(f"{prefixes} SELECT * {{ VALUES ?plan {{ {plans} }} {pattern} }}")


def actions(engine: Engine) -> dict[str, str]:
    """The actions of the plans: their IRIs and their labels."""
    found = count(engine, "?action a hwbs:Action ; hwbs:inPlan ?plan ; skos:prefLabel ?label")
    assert len(found) == 13
    return {row["action"]: row["label"] for row in found}


def named(engine: Engine) -> dict[str, set[str]]:
    """The actions that name each partner, by label."""
    found = count(
        engine,
        "?i a hwbs:Involvement ; hwbs:action ?action ; hwbs:partner/skos:prefLabel ?partner ; "
        "prov:wasQuotedFrom ?passage . ?action hwbs:inPlan ?plan",
    )
    assert len(found) == 14  # one more was said in a workshop, and stands in no document
    return {
        key: set(each)
        for key, each in group_pairs((row["partner"], row["action"]) for row in found).items()
    }


def involvements(engine: Engine) -> Counter[tuple[str, str, str]]:
    """Who is named for which action in which part, each once."""
    rows = count(
        engine,
        "?i a hwbs:Involvement ; hwbs:action ?action ; hwbs:partner/skos:prefLabel ?partner ; "
        "prov:wasQuotedFrom ?passage ; hwbs:involvementRole/skos:prefLabel ?role . "
        "?action hwbs:inPlan ?plan",
    )
    assert len(rows) == 14
    return Counter((row["action"], row["partner"], row["role"]) for row in rows)


def due(engine: Engine) -> list[Row]:
    """The actions with a date."""
    rows = count(engine, "?action a hwbs:Action ; hwbs:inPlan ?plan ; hwbs:targetDate ?date")
    assert len(rows) == 5
    return rows


TARGET = "?target hwbs:targetOf ?of ; hwbs:inPlan ?plan ; skos:prefLabel ?label"
UPDATE = (
    "?update hwbs:about ?about ; hwbs:asOf ?asOf ; hwbs:printedProgress ?words . "
    "?about hwbs:inPlan ?plan"
)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_every_action_is_listed_with_or_without_code_objective_and_theme(
    hwbs: Hwbs, engine: Engine
) -> None:
    run = hwbs("list", "actions", "--format", "csv", *GIVEN)
    listed = {row["action"]: row for row in read_csv(run.out)}
    assert actions(engine).keys() <= listed.keys()
    benches = next(row for row in listed.values() if row["actionLabel"].startswith("Put benches"))
    assert (benches["code"], benches["theme"], benches["objective"]) == ("", "", "")


def test_an_action_of_two_objectives_is_listed_under_each_with_its_own_theme(hwbs: Hwbs) -> None:
    run = hwbs("list", "actions", "--plan", "Gamma health plan 2029", "--format", "csv", *GIVEN)
    rows = [row for row in read_csv(run.out) if row["actionLabel"] == "Hold bedtime clinics"]
    assert {(row["objective"][-6:], row["themeLabel"]) for row in rows} == {
        ("fields", "Room to play"),
        ("/sleep", ""),
    }


def test_a_partner_s_sheet_has_every_action_that_names_it(hwbs: Hwbs, engine: Engine) -> None:
    for partner, expected in named(engine).items():
        sheet = json.loads(hwbs("partner", partner, "--format", "json", *GIVEN).out)
        assert {action["iri"] for action in sheet["actions"]} == expected
        assert sheet["counts"]["actions"] == len(expected) == sheet["counts"]["mentions"]
        table = read_csv(hwbs("partner", partner, "--format", "csv", *GIVEN).out)
        assert {row["iri"] for row in table} == expected


def test_a_level_that_a_plan_does_not_print_is_null_and_a_part_that_it_prints_is_told(
    hwbs: Hwbs,
) -> None:
    (action, _) = json.loads(hwbs("partner", "Delta Parks", "--format", "json", *GIVEN).out)[
        "actions"
    ]
    levels = ("code", "theme", "objective", "objectiveCode")
    assert [action[key] for key in levels] == [None] * 4
    assert action["role"] == "lead"
    text = hwbs("partner", "Delta Parks", *GIVEN).out
    assert "    Put benches in every park\n        part: lead\n" in text
    assert "None" not in text
    assert "2 actions, with 0 other partners" in text


def test_an_action_of_two_objectives_is_told_once_and_names_the_other(hwbs: Hwbs) -> None:
    text = hwbs("partner", "Gamma School Nurses", *GIVEN).out
    assert text.count("Hold bedtime clinics") == 1
    assert "also under: Children sleep well" in text
    # What stands under no objective comes before what stands under one.
    assert text.index("mowing rota") < text.index("1.1 Every child has a field")


@pytest.mark.parametrize("ending", ["md", "html", "xlsx", "docx"])
def test_a_briefing_is_written_for_a_plan_without_levels(
    ending: str, hwbs: Hwbs, tmp_path: Path
) -> None:
    path = tmp_path / f"sheet.{ending}"
    run = hwbs("partner", "Delta Parks", "--briefing", path, *GIVEN)
    assert run.code == 0, run.err
    if ending in {"md", "html"}:
        text = path.read_text("utf-8")
        assert "Put benches in every park" in text
        assert "None" not in text


def test_the_view_draws_every_action_and_every_partner_that_it_names(
    hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    drawn, found = set(), set()
    for plan, key in SHAPES.items():
        path = tmp_path / f"{key}.html"
        assert hwbs("view", "--plan", plan, "--output", path, *GIVEN).code == 0
        data: Any = read_data(path.read_text("utf-8"))
        names = {node["id"]: node["name"] for node in data["nodes"]}
        found |= set(names.values())
        drawn |= {(names[edge["from"]], names[edge["to"]]) for edge in data["edges"]}
    assert found >= {*actions(engine).values(), *named(engine)}
    labels = actions(engine)
    links = {(labels[each], partner) for partner, own in named(engine).items() for each in own}
    assert links <= drawn
    assert ("Mow the commons", "Draw up a mowing rota") in drawn
    assert ("Starting out", "Open the school gates") in drawn


def test_a_partner_of_an_action_is_not_counted_for_its_steps(hwbs: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "gamma.svg"
    assert hwbs("view", "--plan", "Gamma health plan 2029", "--svg", path, *GIVEN).code == 0
    texts = re.findall(r'<text[^>]* y="([^"]+)"[^>]*>([^<]+)', path.read_text("utf-8"))
    beside = group_pairs(texts)
    for partner in ("Gamma Greens", "Gamma School Nurses"):
        assert next(own for own in beside.values() if partner in own).count("2") == 1


@pytest.mark.parametrize(
    ("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_the_network_of_a_plan_has_every_action_and_link(
    format: str, read: Any, hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    nodes, linked = set(), Counter[tuple[str, str, str]]()
    for plan in SHAPES:
        path = tmp_path / f"plan.{format}"
        assert hwbs("export", format, "--plan", plan, "--output", path, *GIVEN).code == 0
        graph = read(path)
        nodes |= {iri for iri, data in graph.nodes(data=True) if data["kind"] == "action"}
        linked.update(
            (one, graph.nodes[other]["label"], data.get("role", "involved"))
            for one, other, data in graph.edges(data=True)
            if data["relation"] == "involves" and data["basis"] == "stated in document"
        )
    assert nodes == actions(engine).keys()
    assert linked == involvements(engine)


def test_the_tables_have_every_action_date_part_and_measure_once(
    hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    assert hwbs("export", "csv", "--output", tmp_path, *GIVEN).code == 0
    assert hwbs("export", "xlsx", "--output", tmp_path / "all.xlsx", *GIVEN).code == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True)

    def read(name: str) -> list[dict[str, str]]:
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        sheet = [[str(cell or "") for cell in row] for row in book[name.replace("-", " ")].values]
        assert sheet == [[*rows[0]], *([*row.values()] for row in rows)]
        assert "None" not in str(rows)
        return rows

    listed = read("actions")
    assert {row["iri"]: row["label"] for row in listed} == actions(engine)
    assert len(listed) == 13
    themes = {row["label"]: row["themeLabel"] for row in listed}
    assert themes["Open the school gates"] == "Starting out"
    assert themes["Draw up a mowing rota"] == "Room to play"
    dates = {row["iri"]: row["targetDate"] for row in listed if row["targetDate"]}
    assert dates == {row["action"]: row["date"] for row in due(engine)}
    partners = Counter(
        (row["iri"], partner)
        for row in listed
        for partner in filter(None, row["partnerLabel"].split(" | "))
    )
    assert partners == Counter((action, partner) for action, partner, _ in involvements(engine))
    measured = {(row["targetOf"], row["label"]) for row in read("targets")}
    assert measured == {(row["of"], row["label"]) for row in count(engine, TARGET)}
    updates = Counter(
        (row["about"], row["asOf"], row["printedProgress"]) for row in read("progress-updates")
    )
    assert updates == Counter(
        (row["about"], row["asOf"], row["words"]) for row in count(engine, UPDATE)
    )
    (indicator,) = read("indicators")
    assert indicator["label"] == "Nitrogen dioxide at school gates"


def test_every_list_has_what_the_plans_hold_and_nothing_else(hwbs: Hwbs, engine: Engine) -> None:
    def read(kind: str, column: str) -> Counter[str]:
        run = hwbs("list", kind, "--format", "csv", *GIVEN)
        assert run.code == 0, run.err
        assert "None" not in run.out
        return Counter(row[column] for row in read_csv(run.out))

    twice = next(iri for iri, label in actions(engine).items() if label == "Hold bedtime clinics")
    assert read("actions", "action") == Counter(actions(engine).keys()) + Counter([twice])
    own = {partner for _, partner, _ in involvements(engine)}
    assert read("partners", "partnerLabel") == Counter(own)
    assert read("targets", "targetLabel") == Counter(row["label"] for row in count(engine, TARGET))
    about = Counter(row["about"] for row in count(engine, UPDATE))
    assert read("progress-updates", "element") == about
    assert read("indicators", "indicatorLabel") == {"Nitrogen dioxide at school gates": 1}


def test_a_target_is_called_one_wherever_it_is_told(hwbs: Hwbs) -> None:
    shown = hwbs("show", "60 to 80 stoves", *GIVEN).out
    assert shown.startswith("60 to 80 stoves (target)")
    assert "target: 60 to 80 stoves" in hwbs("search", "60 to 80 stoves", *GIVEN).out


def test_an_action_is_shown_with_who_when_and_by_what_measure(hwbs: Hwbs, engine: Engine) -> None:
    partners = group_pairs((action, partner) for action, partner, _ in involvements(engine))
    dates = {row["action"]: row["date"] for row in due(engine)}
    measures = group_pairs((row["of"], row["label"]) for row in count(engine, TARGET))
    for iri in actions(engine):
        text = hwbs("show", iri, *GIVEN).out
        assert "None" not in text
        for expected in [*partners.get(iri, ()), *measures.get(iri, ())]:
            assert expected in text
        assert dates.get(iri, "") in text or word_date(dates[iri]) in text


@pytest.mark.parametrize("format", ["ttl", "jsonld"])
def test_rdf_of_a_plan_keeps_all_that_is_said_of_it(
    format: str, hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    kept = Store()
    for plan in SHAPES:
        path = tmp_path / f"plan.{format}"
        assert hwbs("export", format, "--plan", plan, "--output", path, *GIVEN).code == 0
        syntax = RdfFormat.JSON_LD if format == "jsonld" else RdfFormat.TURTLE
        kept.extend(parse(path=path, format=syntax))
    stated = {
        quad.triple
        for path in PLANS
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        # A body that only published a document is no part of a plan.
        if "epsilon-council" not in str(quad.subject)
    }
    missing = stated - {quad.triple for quad in kept}
    assert not {each for each in missing if "/further/" not in str(each.predicate)}, missing


def test_stratml_holds_every_action(hwbs: Hwbs, tmp_path: Path, engine: Engine) -> None:
    for plan, key in SHAPES.items():
        path = tmp_path / f"{key}.xml"
        run = hwbs("export", "stratml", "--plan", plan, "--output", path, *GIVEN)
        assert run.code == 0, run.err
        text = path.read_text("utf-8")
        for iri, label in actions(engine).items():
            if f"/{key}/" in iri:
                assert label in text


def test_analysis_and_comparison_count_plans_without_levels(hwbs: Hwbs) -> None:
    bridges = hwbs("analyse", "bridges", "--plan", "Delta action tracker 2028", *GIVEN)
    assert bridges.code in {0, 1}, bridges.err
    assert "themes: 0" in bridges.out  # not one, of no name
    compared = hwbs("compare", *list(SHAPES)[::2], *GIVEN)
    assert compared.code in {0, 1}, compared.err
    for run in (bridges, compared):
        assert not re.search(r"Traceback|None", run.out + run.err)


def test_a_plan_of_another_shape_breaks_no_rule(hwbs: Hwbs) -> None:
    run = hwbs("check", "--format", "json", *GIVEN)
    assert run.code == 0, run.out
    findings = json.loads(run.out)
    own = [each for each in findings if re.search("|".join(SHAPES.values()), each["focus"])]
    assert {(each["severity"], each["rule"]) for each in own} <= {
        ("warning", "shape/action-involves"),
        ("warning", "shape/theme-short-label"),
        ("warning", "second value"),  # the other language is told
    }


def read_stratml(hwbs: Hwbs, plan: str, tmp_path: Path) -> ElementTree.Element:
    path = tmp_path / "plan.xml"
    assert hwbs("export", "stratml", "--plan", plan, "--output", path, *GIVEN).code == 0
    data = path.read_bytes()
    assert stratml_faults(data) == []
    return ElementTree.fromstring(data)


def texts(element: ElementTree.Element, *path: str) -> list[str]:
    """The texts at the end of a path of names, whatever their namespace."""
    found = element.findall("/".join([".//{*}" + path[0], *("{*}" + name for name in path[1:])]))
    return [each.text or "" for each in found]


def test_stratml_tells_who_leads_by_when_by_what_measure_and_how_it_stands(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    root = read_stratml(hwbs, "Epsilon delivery plan 2027", tmp_path)
    assert root.attrib == {"Type": "Performance_Report"}
    idling, stoves, talk = root.findall(".//{*}Objective")
    assert texts(idling, "Stakeholder", "Role", "Name") == [
        *("lead", "supporting", "children and young people"),
    ]
    assert texts(idling, "Role", "RoleType") == ["Performer", "Performer", "Beneficiary"]
    assert texts(idling, "MeasurementDimension") == [
        *("Nitrogen dioxide at school gates", "Progress of Stop engines at the school gate"),
    ]
    assert texts(idling, "TargetResult", "NumberOfUnits") == ["30"]
    assert texts(idling, "ActualResult", "NumberOfUnits") == ["44"]
    assert texts(idling, "TargetResult", "StartDate") == ["2027-04-01"]
    assert texts(idling, "TargetResult", "EndDate") == ["2028-02-29", "2028-02-29"]
    assert texts(idling, "ActualResult", "EndDate") == ["2026-12-31", "2027-06-30", "2027-09-30"]
    assert texts(idling, "DescriptorValue") == ["on track", "some risk"]
    # What is no number is told in words, as is a time that is no date.
    assert texts(stoves, "NumberOfUnits") == []
    assert "Output: 60 to 80 stoves" in texts(stoves, "TargetResult", "Description")
    assert texts(talk, "TargetResult", "Description") == ["TBC"]
    # What a workshop said is no part of the plan.
    assert texts(talk, "Stakeholder", "Name") == ["All Epsilon partners"]
    (other,) = texts(root, "OtherInformation")[:1]
    assert "Partners of the whole plan: All Epsilon partners (all partners)" in other
    assert "Epsilon Lung Club (Signed)" in other


def test_stratml_of_a_plan_without_measures_is_the_part_for_strategic_plans(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.ttl"
    plain.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:plan> a hwbs:Strategy ; skos:prefLabel 'Omega plan'@en .\n"
        "<urn:t> a hwbs:Theme ; hwbs:inPlan <urn:plan> ; skos:prefLabel 'Rest'@en .\n"
        "<urn:a> a hwbs:Action ; hwbs:inPlan <urn:plan> ; hwbs:inTheme <urn:t> ;\n"
        "  skos:prefLabel 'Sleep'@en ; hwbs:timescale 'soon' .\n",
        "utf-8",
    )
    path = tmp_path / "plan.xml"
    run = hwbs("export", "stratml", "--plan", "Omega plan", "--graph", plain, "--output", path)
    assert run.code == 0, run.err
    assert stratml_faults(path.read_bytes()) == []
    root = ElementTree.fromstring(path.read_bytes())
    assert root.tag.endswith("stratml_core}StrategicPlan")
    assert texts(root, "Objective", "OtherInformation") == ["Timescale: soon"]


def test_a_sheet_says_when_by_what_measure_and_how_far(hwbs: Hwbs) -> None:
    text = hwbs("partner", "Epsilon Public Health", *GIVEN).out
    for line in (
        "part: lead, printed “Accountable”",
        "due: February 2028, from April 2027, printed “April 2027 to February",
        "measure: From 44 to 30 at every gate by February 2028 (Outcome measure;",
        "progress: Amber (some risk) in quarter 3 of 2027: Wardens are wanting.",
    ):
        assert line in text
    # The latest first.
    assert text.index("Amber") < text.index("Green")
    (action,) = json.loads(
        hwbs("partner", "Epsilon Public Health", "--format", "json", *GIVEN).out
    )["actions"]
    assert (action["startDate"], action["targetDate"]) == ("2027-04", "2028-02")
    assert [update["asOf"] for update in action["progress"]] == ["2027-Q3", "2027-Q2"]
    (walk,) = [
        each
        for each in json.loads(hwbs("partner", "Delta Parks", "--format", "json", *GIVEN).out)[
            "actions"
        ]
        if each["label"] == "Lead a walk a week"
    ]
    assert (walk["timescale"], walk["targetDate"], walk["progress"]) == ("ongoing", None, [])
    shown = hwbs("show", "Answer reports of damp in a day", *GIVEN).out
    assert "  - due: 1 October 2027, printed “1 Oct 2027”\n" in shown
    assert "  - progress: Red (off track) on 1 February 2028\n" in shown


def test_what_a_workshop_said_is_told_apart_and_counted_nowhere(
    hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    sheet = json.loads(hwbs("partner", "Epsilon Lung Club", "--format", "json", *GIVEN).out)
    assert [action["label"] for action in sheet["actions"]] == ["Swap old stoves"]
    assert sheet["counts"]["actions"] == 1
    (said,) = sheet["saidInWorkshops"]
    assert (said["label"], said["saidBy"]) == ("Talk about smoke", "The table by the window")
    text = hwbs("partner", "Epsilon Lung Club", *GIVEN).out
    assert "Said in workshops, and in no document\n  - Talk about smoke, part: supporting" in text
    involved = "SELECT * { ?a hwbs:involves <https://w3id.org/hwbs/id/partner/epsilon-lungs> }"
    assert len(engine.select(f"PREFIX hwbs: <https://w3id.org/hwbs/ns#> {involved}")) == 1
    path = tmp_path / "view.html"
    assert hwbs("view", "--plan", "Epsilon 2027", "--output", path, *GIVEN).code == 0
    data: Any = read_data(path.read_text("utf-8"))
    names = {node["id"]: node["name"] for node in data["nodes"]}
    drawn = {(names[edge["from"]], names[edge["to"]]) for edge in data["edges"]}
    assert ("Talk about smoke", "Epsilon Lung Club") not in drawn
    assert "The table by the window" in json.dumps(data)


def test_an_action_for_all_partners_is_told_to_each_and_copied_to_none(hwbs: Hwbs) -> None:
    sheet = json.loads(hwbs("partner", "Epsilon Public Health", "--format", "json", *GIVEN).out)
    (shared,) = sheet["throughGroups"]
    assert (shared["actionLabel"], shared["groupLabel"]) == (
        "Talk about smoke",
        "All Epsilon partners",
    )
    assert sheet["counts"]["actions"] == 1
    assert (
        json.loads(hwbs("partner", "Delta Parks", "--format", "json", *GIVEN).out)["throughGroups"]
        == []
    )


def carried_out(engine: Engine) -> dict[str, dict[str, Any]]:
    """When, by what measure and how far, for each action, as the Turtle has it."""
    found: dict[str, dict[str, Any]] = {
        iri: {"timescale": None, "startDate": None, "targetDate": None, "measures": set()}
        | {"progress": Counter()}
        for iri in actions(engine)
    }
    for name in ("timescale", "startDate", "targetDate"):
        rows = count(engine, f"?a a hwbs:Action ; hwbs:inPlan ?plan ; hwbs:{name} ?value")
        for row in rows:
            found[row["a"]][name] = row["value"]
    for row in count(engine, "?t hwbs:targetOf ?a ; hwbs:inPlan ?plan ; skos:prefLabel ?label"):
        found[row["a"]]["measures"].add(row["label"])
    for row in count(engine, "?u hwbs:about ?a ; hwbs:asOf ?day . ?a hwbs:inPlan ?plan"):
        found[row["a"]]["progress"][row["day"]] += 1
    assert sum(map(bool, (each["targetDate"] for each in found.values()))) == 5
    assert sum(len(each["measures"]) for each in found.values()) == 2
    assert sum(each["progress"].total() for each in found.values()) == 7
    return found


def read_delivery(sheet: dict[str, Any]) -> dict[str, Any]:
    """What a sheet tells of how an action is carried out, in the form of `carried_out`."""
    dates = {name: sheet[name] for name in ("timescale", "startDate", "targetDate")}
    measures = {measure["label"] for measure in sheet["measures"]}
    return dates | {
        "measures": measures,
        "progress": Counter(update["asOf"] for update in sheet["progress"]),
    }


def test_sheets_tell_every_part_date_measure_and_update_and_nothing_else(
    hwbs: Hwbs, engine: Engine
) -> None:
    expected = carried_out(engine)
    for iri in expected:
        shown = json.loads(hwbs("show", iri, "--format", "json", *GIVEN).out)
        assert read_delivery(shown["delivery"]) == expected[iri], iri
    parts = {
        (row["partner"], row["action"]): row["role"]
        for row in count(
            engine,
            "?i a hwbs:Involvement ; hwbs:action ?action ; hwbs:partner/skos:prefLabel ?partner ; "
            "hwbs:involvementRole/skos:prefLabel ?role ; prov:wasQuotedFrom ?passage . "
            "?action hwbs:inPlan ?plan",
        )
    }
    told = {}
    for partner in named(engine):
        sheet = json.loads(hwbs("partner", partner, "--format", "json", *GIVEN).out)
        for action in sheet["actions"]:
            told[partner, action["iri"]] = action["role"]
            assert read_delivery(action) == expected[action["iri"]]
    assert told == parts


def test_the_panel_of_the_view_tells_every_date_measure_and_update(
    hwbs: Hwbs, tmp_path: Path, engine: Engine
) -> None:
    expected = carried_out(engine)
    labels = actions(engine)
    for plan, key in SHAPES.items():
        path = tmp_path / f"{key}.html"
        assert hwbs("view", "--plan", plan, "--output", path, *GIVEN).code == 0
        data: Any = read_data(path.read_text("utf-8"))
        nodes = {node["name"]: node for node in data["nodes"]}
        for iri in (iri for iri in labels if f"/{key}/" in iri):
            headings = Counter(heading for heading, _ in nodes[labels[iri]]["details"])
            own = expected[iri]
            dated = any(own[name] for name in ("timescale", "startDate", "targetDate"))
            assert headings["By when"] == dated, iri
            assert headings["How one would know"] == len(own["measures"]), iri
            assert headings["How it stands"] == own["progress"].total(), iri
