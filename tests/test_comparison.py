"""Two plans beside each other: what is on record between them, and where it is silent."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import BOARDS, PLANS, Hwbs, open_small

from hwbs_graph.errors import HwbsError, NotFoundError, UsageError
from hwbs_graph.report.compared_plans import COLUMNS
from hwbs_graph.report.comparison import ALIGNED, BESIDE, compare
from hwbs_graph.report.comparison_text import render_text
from hwbs_graph.store import Engine

HEAD = """
@prefix alignment: <https://w3id.org/hwbs/scheme/alignment/> .
@prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix id: <https://w3id.org/hwbs/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def sizes(engine: Engine, one: str, other: str) -> dict[str, int]:
    sections = compare(engine, one, other).sections
    return {name: len(rows) for name, rows in sections.items() if rows}


def extended(tmp_path: Path, turtle: str) -> Engine:
    path = tmp_path / "more.ttl"
    path.write_text(HEAD + turtle, "utf-8")
    return open_small(path)


def test_the_small_plans_compare_as_worked_out_by_hand(small: Engine) -> None:
    found = compare(small, "Alpha 2030", "Beta 2035")
    assert sizes(small, "Alpha 2030", "Beta 2035") == {
        "moved theme": 1,
        "new": 1,
        "dropped": 1,
        "ambitions": 1,
        "figures": 1,
        "themes": 2,
        "not compared": 13,
    }
    (moved,) = found.sections["moved theme"]
    assert moved["earlier"] == "Warm Homes 1: Insulate homes"
    assert moved["later"] == "Homes for All 1: Insulate more homes"
    assert (moved["basis"], moved["confidence"]) == ("curated judgement", "high")
    assert moved["reason"] == "Both insulate."
    (figure,) = found.sections["figures"]
    assert figure["kind"] == "contradiction"
    assert figure["earlier"] == "Cold homes, 2030 [10 homes]"
    assert figure["laterSource"] == "D2 line 32"
    places, without = found.sections["themes"]
    assert places["topic"] == "places"
    assert places["earlier"] == "Warm Homes (1 action plan objective, 1 lettered objective)"
    assert places["later"] == "Homes for All (2 priorities)"
    assert (without["topic"], without["later"]) == ("no family", "")


def test_a_code_stands_under_the_one_theme_of_its_objectives(hwbs: Hwbs) -> None:
    graphs = [f"--graph={path}" for path in PLANS]
    told = hwbs("compare", "gamma-2029", "delta-2028", "--only", *graphs).out
    assert "Room to play 1.1.2: Hold bedtime clinics" in told


def test_what_neither_aligns_is_listed_with_where_to_look(small: Engine) -> None:
    rows = compare(small, "Alpha 2030", "Beta 2035").sections["not compared"]
    assert {row["earlier"]: row["reason"] for row in rows if row["earlier"]} == {
        "A: Keep warm": "",
        "Warm Homes 1a: Lag every loft": "under Warm Homes 1, which is compared",
        "Warm Homes 1b: Mend every boiler": "under Warm Homes 1, which is compared",
        "Good Company 1a: Open a café": "under Good Company 1, which is compared",
        "Why Warm Homes 1": "under Warm Homes 1, which is compared",
        "Cold homes from 14 to 10 per cent by March 2032": "",
        "Warm and together": "",  # the other plan has no vision to stand beside it
    }
    assert {row["kind"] for row in rows if row["later"]} == {
        "focus area",
        "example",
        "guiding principle",
        "resident statement",
        "stretch target",
        "commitment",
    }


def test_leicester_2019_against_2022_gives_the_counts_of_the_record(record: Engine) -> None:
    found = sizes(record, "Leicester 2019", "leicester-2022")
    aligned = {name: found[name] for name in ALIGNED if name in found}
    assert aligned == {
        "continued": 2,
        "reworded": 6,
        "broadened": 7,
        "narrowed": 17,
        "merged": 3,
        "split": 4,
        "moved theme": 2,
        "shifted": 11,
        "new": 3,
        "dropped": 22,
    }
    assert found["ambitions"] == 10
    assert found["visions"] == 2


def test_every_element_is_either_compared_or_listed_as_silence(record: Engine) -> None:
    found = compare(record, "leicester-2019", "leicester-2022")
    listed = {row[key] for row in found.records() for key in ("earlierIri", "laterIri")}
    for side in (found.earlier, found.later):
        assert set(side.elements) <= listed
    silent = found.sections["not compared"]
    letters = [row for row in silent if row["kind"] == "lettered objective"]
    assert len(letters) == 18
    # The record follows them into the action plan, which is the same side here.
    assert all(row["reason"].startswith("within this plan: ") for row in letters)


def test_a_strategy_can_be_compared_with_its_own_action_plan(record: Engine) -> None:
    found = compare(record, "leicester-2019/action-plan", "leicester-2019")
    assert found.ordered
    assert found.earlier.iri.endswith("leicester-2019")
    assert len(found.earlier.plans) == 1
    assert len(found.sections["split"]) == 4
    assert len(found.sections["new"]) == 3
    assert found.sections["dropped"] == []


def test_city_and_county_share_topics_and_nothing_is_new_or_dropped(record: Engine) -> None:
    found = compare(record, "Leicestershire 2022", "leicester-2022")
    assert not found.ordered
    aligned = {name for name, rows in found.sections.items() if rows and name not in BESIDE}
    assert aligned == {"shared topic"}
    assert len(found.sections["shared topic"]) == 20
    lives = [row for row in found.sections["themes"] if row["topic"] == "lives"]
    assert {row["later"] for row in lives if row["later"]} == {"Healthy Lives (4 priorities)"}
    again = compare(record, "leicester-2022", "Leicestershire 2022").sections["shared topic"]
    assert {(row["laterIri"], row["earlierIri"]) for row in again} == {
        (row["earlierIri"], row["laterIri"]) for row in found.sections["shared topic"]
    }


def test_the_earlier_plan_comes_first_whichever_is_named_first(record: Engine) -> None:
    one = compare(record, "leicester-2022", "leicester-2019")
    other = compare(record, "leicester-2019", "leicester-2022")
    assert one.ordered
    assert one.records() == other.records()
    assert (one.earlier.year, one.later.year) == (2019, 2022)


def test_figures_that_only_differ_are_said_to_be_doubtful(record: Engine) -> None:
    figures = compare(record, "leicester-2019", "leicester-2022").sections["figures"]
    kinds = [row["kind"] for row in figures]
    assert (kinds.count("contradiction"), kinds.count("difference")) == (4, 5)
    for row in figures:
        doubtful = row["reason"].startswith("may not be comparable")
        assert doubtful == (row["kind"] == "difference")
        assert row["earlierSource"][:4] in ("S000", "S002")
        assert row["laterSource"].startswith("S001")


@pytest.mark.parametrize(
    "pair",
    [
        ("leicestershire-2022", "leicester-2019"),
        ("leicester-2019/action-plan", "leicester-2022/action-plan"),
    ],
)
def test_plans_with_nothing_between_them_say_so_with_exit_1(
    pair: tuple[str, str], hwbs: Hwbs
) -> None:
    run = hwbs("compare", *pair)
    assert run.code == 1
    assert "The record has nothing between “" in run.err
    assert "\nNot compared (" in run.out
    assert "\nDropped" not in run.out
    assert hwbs("compare", *pair, "--quiet").err == ""


def test_two_names_of_one_plan_are_refused(hwbs: Hwbs, record: Engine) -> None:
    with pytest.raises(UsageError, match="are the same plan"):
        compare(record, "Leicester 2019", "leicester-2019")
    run = hwbs("compare", "Leicester 2022", "<https://w3id.org/hwbs/id/leicester-2022>")
    assert (run.code, run.out) == (2, "")
    assert "name two plans to compare" in run.err
    assert hwbs("compare", "leicester-2019").code == 2
    assert hwbs("compare", "leicester-2019", "leicester-2019-nothing").code == 1


def test_the_text_fits_80_columns_and_names_its_empty_sections_last(hwbs: Hwbs) -> None:
    run = hwbs("compare", "leicester-2022", "Leicester 2019")
    assert (run.code, run.err) == (0, "")
    assert max(map(len, run.out.splitlines())) <= 80
    assert run.out.startswith("Earlier: Leicester Joint Health and Wellbeing Strategy 2019, with")
    headings = [line for line in run.out.splitlines() if line[:1].isupper()][2:]
    assert headings[0] == "Continued (2)"
    assert headings[-2] == "Not compared (114)"
    assert headings[-1] == "Nothing was found for: renamed, shared topic."
    assert "\n    18 of 18 lettered objectives\n" in run.out
    assert "[curated judgement, confidence high]" in " ".join(run.out.split())


def test_json_gives_one_object_for_each_section(hwbs: Hwbs) -> None:
    found = json.loads(hwbs("compare", "leicester-2019", "leicester-2022", "--format", "json").out)
    assert [each["section"] for each in found["sections"]] == [*ALIGNED, *BESIDE]
    assert all(each["count"] == len(each["rows"]) for each in found["sections"])
    assert found["earlier"]["year"] == 2019
    assert len(found["earlier"]["covers"]) == 2
    assert set(found["sections"][1]["rows"][0]) == set(COLUMNS) - {"section"}


@pytest.mark.parametrize("format", ["csv", "markdown", "xlsx"])
def test_other_formats_give_one_flat_table(format: str, hwbs: Hwbs, tmp_path: Path) -> None:
    target = tmp_path / f"plans.{format}"
    run = hwbs(
        "compare", "leicester-2019", "leicester-2022", "--format", format, "--output", target
    )
    assert run.code == 0
    if format == "xlsx":
        import openpyxl

        rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
        assert rows[0] == COLUMNS
        assert len(rows) == 1 + 2 + 6 + 7 + 17 + 3 + 4 + 2 + 11 + 3 + 22 + 30 + 10 + 2 + 9 + 6 + 114
        return
    first, *rest = target.read_text("utf-8").splitlines()
    assert [cell.strip() for cell in first.strip("| ").replace("|", ",").split(",")] == [*COLUMNS]
    assert sum(line.removeprefix("| ").startswith("dropped") for line in rest) == 22


def test_a_type_of_alignment_of_your_own_gets_its_section(tmp_path: Path) -> None:
    engine = extended(
        tmp_path,
        """
id:mine skos:prefLabel "handed over"@en .
id:alignment-mine a hwbs:Alignment ; hwbs:alignmentType id:mine ;
    hwbs:basis basis:stated-in-document ;
    hwbs:from <https://w3id.org/hwbs/id/alpha-2030/action/warmth-1a> ; hwbs:to id:beta-2035 .
id:alignment-two a hwbs:Alignment ; hwbs:alignmentType id:mine ;
    hwbs:basis basis:stated-in-document ;
    hwbs:from <https://w3id.org/hwbs/id/alpha-2030/action/warmth-1a> ;
    hwbs:to <https://w3id.org/hwbs/id/beta-2035/area> .
""",
    )
    found = compare(engine, "Alpha 2030", "Beta 2035")
    (row,) = found.sections["handed over"]
    assert (row["later"], row["confidence"], row["reason"]) == ("Damp", "", "")
    assert "Handed over (1)\n  Warm Homes 1a: Lag every loft\n    → Damp\n" in render_text(found)


def test_a_link_that_is_stated_backwards_still_leads_from_the_earlier_plan(tmp_path: Path) -> None:
    engine = extended(
        tmp_path,
        """
id:backwards a hwbs:Alignment ; hwbs:alignmentType alignment:reworded ;
    hwbs:basis basis:stated-in-document ; hwbs:from <https://w3id.org/hwbs/id/beta-2035/area> ;
    hwbs:to <https://w3id.org/hwbs/id/alpha-2030/action/warmth-1a> .
""",
    )
    for pair in (("Alpha 2030", "Beta 2035"), ("Beta 2035", "Alpha 2030")):
        (row,) = compare(engine, *pair).sections["reworded"]
        assert (row["earlier"], row["later"]) == ("Warm Homes 1a: Lag every loft", "Damp")


def test_plans_without_dates_or_links_are_taken_as_given(tmp_path: Path) -> None:
    engine = extended(
        tmp_path,
        """
id:gamma a hwbs:Strategy ; skos:prefLabel "Gamma"@en ; dcterms:temporal "in due course" .
id:delta a hwbs:Strategy ; skos:prefLabel "Delta"@en ; hwbs:supersedes id:delta .
id:ring-1 a hwbs:ActionPlan ; skos:prefLabel "Ring 1"@en ; hwbs:deliversStrategy id:ring-2 .
id:ring-2 a hwbs:ActionPlan ; skos:prefLabel "Ring 2"@en ; hwbs:deliversStrategy id:ring-1 .
""",
    )
    found = compare(engine, "Gamma", "Beta 2035")
    assert (found.ordered, found.earlier.label, found.linked) == (False, "Gamma", False)
    assert "Gamma: the record holds no element of this plan." in render_text(found)
    assert render_text(found).startswith("First: Gamma\nSecond: Beta strategy 2035\n")
    assert not compare(engine, "Delta", "Gamma").ordered
    assert not compare(engine, "Ring 1", "Ring 2").linked


def test_the_year_tells_the_order_where_nothing_else_does(tmp_path: Path) -> None:
    engine = extended(
        tmp_path,
        """
id:old a hwbs:Strategy ; skos:prefLabel "Old"@en ; dcterms:temporal "1999 to 2004" .
id:young a hwbs:Strategy ; skos:prefLabel "Young"@en .
id:step a hwbs:ActionPlan ; skos:prefLabel "Step"@en ; hwbs:deliversStrategy id:young .
id:young dcterms:issued "2001" .
""",
    )
    for pair in (("Old", "Step"), ("Step", "Old")):
        found = compare(engine, *pair)
        assert (found.ordered, found.earlier.label, found.later.year) == (True, "Old", 2001)


@settings(max_examples=25)
@given(st.text(max_size=20), st.sampled_from(["leicester-2019", "Leicester 2022"]))
def test_any_other_name_is_refused_in_one_sentence(name: str, plan: str) -> None:
    with pytest.raises(HwbsError) as caught:
        compare(SMALL, name, plan)
    assert isinstance(caught.value, NotFoundError)


SMALL = open_small()


def test_without_alignments_what_is_alike_is_suggested_and_marked(hwbs: Hwbs) -> None:
    boards = [argument for board in BOARDS for argument in ("--graph", board)]
    given = ("compare", "fernby-2030", "elmstead-2020", "--only", *boards)
    run = hwbs(*given)
    assert run.code == 1  # nothing on record
    assert "Suggestions (1)\n  Alike by determinants or words. Nobody judged these;" in run.out
    assert "≈ Lend coats from all libraries\n      both say lend, coats, library" in run.out
    assert "nothing between" in run.err
    assert "what is alike is suggested" in run.err
    sections = {
        each["section"]: each["rows"] for each in json.loads(_json(hwbs, given))["sections"]
    }
    (suggested,) = sections["suggestions"]
    assert suggested["basis"] == "suggestion, judged by nobody"
    assert suggested["reason"] == "both say lend, coats, library"
    assert len(sections["not compared"]) == 6  # a suggestion says nothing of what became of them
    assert "suggestions,,action," in hwbs(*given, "--format", "csv").out


def _json(hwbs: Hwbs, given: tuple[str | Path, ...]) -> str:
    return hwbs(*given, "--format", "json").out


def test_plans_with_nothing_alike_say_so_and_open_with_no_other_board_s_ambitions(
    hwbs: Hwbs,
) -> None:
    run = hwbs("compare", "leicester-2022", "elmstead-2020", "--graph", BOARDS[0])
    assert run.code == 1
    assert "nothing in them is alike either" in run.err
    assert "Ambitions" not in run.out
    assert re.search(r"Nothing was found for:[^.]*suggestions,\s+ambitions,\s+visions", run.out)


def test_a_shared_determinant_suggests_and_an_alignment_comes_first(record: Engine) -> None:
    found = compare(record, "leicester-2019", "leicester-2022").sections
    by_name = {row["earlier"]: row for row in found["suggestions"]}
    assert by_name["D: Improve air quality in the City"]["reason"].startswith("both address ")
    known = {
        row[key] for name in ALIGNED for row in found[name] for key in ("earlierIri", "laterIri")
    }
    suggested = {row[key] for row in found["suggestions"] for key in ("earlierIri", "laterIri")}
    assert not suggested & (known - {""})
    assert [*found].index("dropped") < [*found].index("suggestions")
    most = Counter(row["earlierIri"] for row in found["suggestions"])
    assert max(most.values()) == 2
