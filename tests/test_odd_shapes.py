"""An odd plan: five levels, two boards, undated progress, partners of the whole, a room's words."""

import csv
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store
from support import SMALL, Hwbs

from hwbs_graph import network
from hwbs_graph.data import corpus
from hwbs_graph.data.rdf_files import find_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.model.vocabulary import SCHEMES, TERMS, THINGS
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import Boolean, Rows, run_query
from hwbs_graph.report.comparison import compare
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.write.export.diagrams import write_dot, write_mermaid
from hwbs_graph.write.export.networks import write_gexf, write_graphml

ODD = Path(__file__).parent / "data" / "odd-plan.ttl"
BASIS, SAID = NamedNode(f"{TERMS}basis"), NamedNode(f"{SCHEMES}basis/said-in-workshop")
GIVEN = ["--only", "--graph", str(ODD)]


@pytest.fixture(scope="module")
def odd() -> Engine:
    return Embedded(corpus.open_store([ODD], corpus.vocabulary_files()))


def ask(hwbs: Hwbs, query: str, *more: str) -> list[dict[str, str]]:
    """Return the rows of a named query over the odd plan."""
    run = hwbs("query", query, *more, "--format", "csv", *GIVEN)
    return list(csv.DictReader(run.out.splitlines()))


def test_progress_of_no_printed_date_is_told_wherever_progress_is(hwbs: Hwbs) -> None:
    (late,) = ask(hwbs, "report/off-track")
    assert (late["elementLabel"], late["asOf"], late["printedProgress"]) == (
        *("Train fitters of heat pumps", "", "Red"),
    )
    stands = [row["printedProgress"] for row in ask(hwbs, "report/latest-progress")]
    assert sorted(stands) == ["Green", "Red", "stalled on supply"]
    told = [row["updateLabel"] for row in ask(hwbs, "report/progress-updates")]
    # What has no date comes last, and is named without one.
    assert told[-1] == "Train fitters of heat pumps"
    for command in (("show", "007"), ("partner", "Schools")):
        assert "progress: Red (off track), of no printed date\n" in hwbs(*command, *GIVEN).out
    shown = json.loads(hwbs("show", "007", "--format", "json", *GIVEN).out)
    assert shown["delivery"]["progress"] == [
        {"asOf": None, "state": "off track", "printed": "Red", "text": None}
    ]


def test_what_stands_in_a_theme_under_a_theme_stands_in_both(hwbs: Hwbs) -> None:
    wide = hwbs("list", "actions", "--theme", "Homes", "--format", "csv", *GIVEN).out
    near = hwbs("list", "actions", "--theme", "No cold child", "--format", "csv", *GIVEN).out
    labels = {row["actionLabel"] for row in csv.DictReader(wide.splitlines())}
    assert wide == near
    assert labels == {
        *("Train fitters of heat pumps", "Insulate lofts", "Visit old tenants", "Pick lofts"),
    }
    # A question finds the same, and tells what stands under two objectives once.
    asked = hwbs("ask", "which actions are in theme Homes", "--format", "csv", *GIVEN).out
    told = [row["actionLabel"] for row in csv.DictReader(asked.splitlines())]
    assert sorted(told) == sorted(labels)


def test_a_partner_of_the_whole_plan_is_told_so_with_the_words(hwbs: Hwbs, tmp_path: Path) -> None:
    plan, words = "Omegashire Health and Wellbeing Strategy 2021-24", "Partners of this plan: "
    run = hwbs("partner", "Omega Advice", "--briefing", tmp_path / "sheet.md", *GIVEN)
    assert run.code == 0, run.err
    told = f"{plan} (period over), as printed: “{words}Omega Advice”, O1 line 18 (cover)"
    assert told in (tmp_path / "sheet.md").read_text("utf-8")
    (named,) = json.loads(hwbs("partner", "Omega Advice", "--format", "json", *GIVEN).out)[
        "wholePlans"
    ]
    assert (named["plan"], named["role"], named["planOver"]) == (plan, None, True)
    assert named["sources"] == [
        {"document": "O1", "place": "cover", "line": 18, "printed": f"{words}Omega Advice"}
    ]
    # What a room said of the whole plan is told as said.
    text = hwbs("partner", "partner/omega-ph", *GIVEN).out
    assert "Named for a plan as a whole" not in text
    assert "(said by Table two on 6 May\n    2025)" in text


def test_the_part_of_each_body_is_shown_beside_an_action(hwbs: Hwbs) -> None:
    text = hwbs("show", "omega-2024/act-110", *GIVEN).out
    assert "  involvement (lead): Public Health [stated in document]\n" in text
    assert "  involvement (funder): Omega ICB [stated in document]\n" in text
    # That a body is involved says no part.
    assert "  involvement: All partners [stated" in hwbs("show", "1.1", *GIVEN).out


def test_an_odd_plan_breaks_no_rule(hwbs: Hwbs) -> None:
    run = hwbs("check", "--format", "json", *GIVEN)
    assert run.code == 0, run.out


def test_search_and_measures_say_that_the_period_of_a_plan_is_over(hwbs: Hwbs) -> None:
    hits = json.loads(hwbs("search", "Insulate", "--format", "json", *GIVEN).out)["hits"]
    told = {hit["plan"][:3]: hit["planOver"] for hit in hits if hit["plan"]}
    assert told == {"Ome": True, "Psi": False}
    text = hwbs("search", "fitters", *GIVEN).out
    assert "Wellbeing Strategy 2021-24, period over)" in " ".join(text.split())
    run = hwbs("analyse", "bridges", "--plan", "omega-2024", *GIVEN)
    assert "2021-24: period over: April 2021 to March 2024." in run.err
    # A row about the plan itself is marked too.
    said = ask(hwbs, "trust/said-in-workshop")
    assert {row["planOver"] for row in said} == {"true"}


def test_bodies_of_one_name_are_listed_with_the_plans_that_name_them(hwbs: Hwbs) -> None:
    listed = hwbs("list", "partners", "--format", "csv", *GIVEN).out
    told = {row["partner"][-9:]: row["namedIn"] for row in csv.DictReader(listed.splitlines())}
    assert told["/omega-ph"] == "Omegashire Health and Wellbeing Strategy 2021-24"
    assert told["er/psi-ph"] == "Psi delivery plan 2026-28"
    # A name of its own needs no plan beside it, and no column where all are.
    assert told["omega-icb"] == ""
    alone = hwbs("list", "partners", "--plan", "psi-2026", "--format", "csv", *GIVEN).out
    assert "namedIn" not in alone


def test_what_a_room_says_stands_in_no_answer_about_what_plans_say(hwbs: Hwbs) -> None:
    said = {row["statement"].rpartition("/")[2] for row in ask(hwbs, "trust/said-in-workshop")}
    assert said == {*"0123456"}
    groups = ask(hwbs, "report/elements-by-population-group")
    assert [row["elementLabel"] for row in groups] == ["Insulate lofts"]
    works = ask(hwbs, "report/related-works")
    assert [(row["workLabel"], row["element"]) for row in works] == [("Omega Homes Act", "")]
    whole = ask(hwbs, "report/partners-of-plan")
    assert [row["partnerLabel"] for row in whole] == [
        *("All partners", "Omega Advice", "All partners"),
    ]
    assert ask(hwbs, "report/responsibilities-by-body") == []
    assert ask(hwbs, "compare/continuity") == []


def test_a_path_and_the_exported_tables_say_that_the_period_of_a_plan_is_over(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    ends = ("Omega ICB", "Omega Advice")
    text = hwbs("path", *ends, *GIVEN).out
    assert "(period over: April 2021 to March 2024)" in " ".join(text.split())
    assert "said in workshop" not in text
    told = json.loads(hwbs("path", *ends, *GIVEN, "--format", "json").out)
    assert [row["period"] for row in told["plansOver"]] == ["April 2021 to March 2024"]
    assert hwbs("export", "csv", "-o", tmp_path / "all", *GIVEN).code == 0
    for name, key in (("plans", "iri"), ("actions", "plan")):
        with (tmp_path / "all" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        marked = {row[key]: row["planOver"] for row in rows if row[key]}
        assert marked.pop(f"{THINGS}omega-2024") == "true", name
        assert set(marked.values()) <= {"false"}, name


def test_two_bodies_of_one_name_are_told_apart_by_board_in_the_pictures(odd: Engine) -> None:
    drawn = network.project_record(odd)
    shorts = {iri.rpartition("/")[2]: data["short"] for iri, data in drawn.nodes(data=True)}
    told = {shorts["omega-ph"], shorts["psi-ph"]}
    assert len(told) == 2
    assert all(re.fullmatch(r"Public Health \(.+\)", name) for name in told)
    assert any("Psi" in name for name in told)


def test_what_is_said_of_a_plan_as_a_whole_stands_in_its_pictures_and_networks(odd: Engine) -> None:
    target = "From 14% in 2020 to 9% by 2030 (KPI; Households in fuel poverty; due 2030)"
    drawn = read_model(network.project_record(odd)).plans
    assert {plan.key: plan.details for plan in drawn}["omega-2024"] == (
        ("How one would know", target),
        ("Named for the plan as a whole", "All partners (all partners)"),
        ("Named for the plan as a whole", "Omega Advice"),
    )
    over = "2021-24 (period over: April 2021 to March 2024)"
    for write in (write_graphml, write_gexf, write_mermaid, write_dot):
        text = write(odd, f"{THINGS}omega-2024").decode()
        assert over in text, write
        assert (target in text) == (write is write_graphml), write


def test_a_theme_without_objectives_is_compared_with_what_it_holds(odd: Engine) -> None:
    rows = compare(odd, "omega-2024", "psi-2026").sections["themes"]
    assert [row["earlier"] for row in rows] == [
        "Homes (1 target, 1 theme)",
        "Work (1 action plan objective)",
        "Warm homes (1 theme)",
        "No cold child (1 action plan objective)",
    ]


def open_plans(heard: bool) -> Embedded:
    """Open the odd and the small plans with what a room said of them, or without."""
    store = Store()
    for file in find_files([*corpus.vocabulary_files(), *SMALL, ODD]):
        store.extend(quad for quad, _ in read_quads(file))
    said = {quad.subject for quad in store.quads_for_pattern(None, BASIS, SAID)}
    assert len(said) > 5
    for quad in [] if heard else [*store]:
        if quad.subject in said or quad.object in said:
            store.remove(quad)
    corpus.apply_rules(store)
    return Embedded(store)


def test_no_named_query_answers_otherwise_for_what_a_room_said() -> None:
    heard, unheard = open_plans(True), open_plans(False)
    changed = {
        query.name
        for query in catalogue.all_queries()
        if read_answer(heard, query.text) != read_answer(unheard, query.text)
    }
    # They tell of statements as such, each with its basis, or count all there is.
    assert changed == {
        "network/links-of-thing",
        "report/counts-by-class",
        "trust/links-by-basis",
        "trust/said-in-workshop",
        "trust/statements-about-thing",
    }


def read_answer(engine: Embedded, text: str) -> list[str]:
    """Return the rows or triples that a query gives, in an order of their own."""
    found = run_query(engine, text)
    assert not isinstance(found, Boolean)
    return sorted(map(str, found.rows if isinstance(found, Rows) else found.triples))
