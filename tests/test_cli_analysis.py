"""`hwbs analyse` and `hwbs path` answer on stdout, in every row format, and say what is wrong."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support import SMALL, Hwbs

from hwbs_graph.cli.output import ROW_FORMATS
from hwbs_graph.report import analysis, gaps, measure_inputs

EVERY = [
    (name,) if name != "overlap" else (name, "Housing", "Finances") for name in analysis.MEASURES
]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_a_measure_the_measures_are_listed(hwbs: Hwbs) -> None:
    run = hwbs("analyse")
    assert run.code == 0
    for name in analysis.MEASURES:
        assert f"\n{name} " in run.out
    assert len(analysis.MEASURES) == 6
    listed = table(hwbs("analyse", "--format", "csv").out)
    assert [row["measure"] for row in listed] == list(analysis.MEASURES)


def test_every_measure_is_documented_with_its_formula_and_asks_for_known_records() -> None:
    for measure in analysis.MEASURES.values():
        said = measure.run.__doc__ or ""
        assert any(word in said for word in ("normalis", "0 to 1", "-0.5 to 1", "Jaccard"))
        assert set(measure.needs) <= set(measure_inputs.INPUTS)


@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_every_measure_fits_80_columns(arguments: tuple[str, ...], hwbs: Hwbs) -> None:
    run = hwbs("analyse", *arguments)
    assert run.code == 0
    assert run.err == ""
    assert max(map(len, run.out.splitlines())) <= 80
    assert "https://" not in run.out


@pytest.mark.parametrize("format", [name for name in ROW_FORMATS if name not in ("table", "xlsx")])
@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_every_measure_comes_in_every_format(
    arguments: tuple[str, ...], format: str, hwbs: Hwbs
) -> None:
    run = hwbs("analyse", *arguments, "--format", format)
    assert run.code == 0
    assert "https://w3id.org/hwbs/" in run.out
    if format == "json":
        assert json.loads(run.out)["results"]["bindings"]


def test_a_measure_fills_a_spreadsheet(hwbs: Hwbs, tmp_path: Path) -> None:
    file = tmp_path / "bridges.xlsx"
    assert hwbs("analyse", "bridges", "--output", file).code == 0
    rows = list(load_workbook(file).active.values)
    assert rows[0][:3] == ("partner", "partnerLabel", "betweenness")
    assert len(rows) == 36
    # Numbers arrive as numbers, so that the spreadsheet can sort and add them up.
    assert rows[1][2:5] == (0.571115, 48, 5)


def test_public_health_is_the_bridge_of_the_2019_plan(hwbs: Hwbs) -> None:
    rows = table(hwbs("analyse", "bridges", "--format", "csv").out)
    assert len(rows) == 35
    assert (rows[0]["partnerLabel"], rows[0]["actions"], rows[0]["themes"]) == (
        "Public Health",
        "48",
        "5",
    )
    assert [float(row["betweenness"]) for row in rows] == sorted(
        (float(row["betweenness"]) for row in rows), reverse=True
    )


def test_shared_actions_agree_with_the_query_on_the_same_question(hwbs: Hwbs) -> None:
    asked = table(hwbs("query", "report/co-working-partners", "--format", "csv").out)
    expected = {(row["partner"], row["other"]): row["sharedActions"] for row in asked}
    rows = table(hwbs("analyse", "co-working", "--format", "csv").out)
    assert len(rows) * 2 == len(expected)
    for row in rows:
        assert expected[row["partner"], row["other"]] == row["sharedActions"]


def test_communities_say_their_modularity_once_and_hold_every_partner(hwbs: Hwbs) -> None:
    out = hwbs("analyse", "communities").out
    assert out.startswith("modularity: 0.")
    assert out.count("modularity") == 1
    assert "community: 2\n" in out
    rows = table(hwbs("analyse", "communities", "--format", "csv").out)
    assert len({row["partner"] for row in rows}) == len(rows) == 35


def test_coverage_heads_its_columns_with_themes_and_agrees_on_what_has_no_action(
    hwbs: Hwbs,
) -> None:
    rows = table(hwbs("analyse", "coverage", "--format", "csv").out)
    assert {"places", "minds", "start", "lives", "ageing"} < set(rows[0])
    asked = hwbs("query", "coverage/determinants-without-action", "--format", "csv").out
    without = {row["determinant"] for row in table(asked)}
    assert {row["determinant"] for row in rows if row["gap"]} == without
    nothing = [row for row in rows if row["gap"] == "nothing"]
    assert nothing
    assert all(row[theme] == "0" for row in nothing for theme in ("places", "minds", "lives"))


def test_gaps_can_be_narrowed_to_one_kind(hwbs: Hwbs) -> None:
    rows = table(hwbs("analyse", "gaps", "--format", "csv").out)
    assert {row["gap"] for row in rows} == set(gaps.GAPS.values())
    apart = table(hwbs("analyse", "gaps", "partner", "--format", "csv").out)
    assert {row["gap"] for row in apart} == {"partners never working together"}
    asked = hwbs("query", "network/partners-never-together", "--format", "csv").out
    assert len(apart) * 2 == len(table(asked))


def test_an_overlap_takes_any_printed_spelling(hwbs: Hwbs) -> None:
    rows = table(hwbs("analyse", "overlap", "housing", "Finances", "--format", "csv").out)
    assert len(rows) == 5
    assert {row["otherLabel"] for row in rows} == {"Finance"}
    assert rows[0]["jaccard"] == f"{5 / 18:.3f}"
    assert [row["code"] for row in rows] == ["2a", "2b", "2c", "1c", "1d"]
    assert "Public Health" in rows[0]["also"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nope",), 2, "There is no measure “nope”; give one of: bridges, co-working"),
        (("bridges", "--backend", "nope"), 2, "no backend “nope” for this; installed: "),
        (("gaps", "--backend", "nope"), 2, "--backend is for: bridges, co-working, communities"),
        (("gaps", "themes"), 2, "gaps takes determinant, action, objective, partner"),
        (("bridges", "Housing"), 2, "bridges takes nothing more; leave out “Housing”"),
        (("overlap", "Housing"), 2, "overlap takes two partners"),
        (("overlap", "Finance", "Finances"), 2, "give two different ones"),
        (("overlap", "Housing", "Houzing"), 1, "No partner is called “Houzing”"),
        (("overlap", "Housing", "Leicester Samaritans"), 1, "overlap finds nothing in the "),
        (("bridges", "--plan", "leicester-2022"), 1, "bridges finds nothing in the Leicester"),
        (("bridges", "--plan", "nowhere"), 1, "No plan is called “nowhere”"),
        (("bridges", "--format", "ttl"), 2, "There is no format “ttl” here"),
    ],
)
def test_what_cannot_be_measured_is_one_sentence(
    arguments: tuple[str, ...], code: int, said: str, hwbs: Hwbs
) -> None:
    run = hwbs("analyse", *arguments)
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("hwbs: ")
    assert said in run.err
    assert "Traceback" not in run.err


def test_coverage_serves_a_plan_without_actions(hwbs: Hwbs) -> None:
    run = hwbs("analyse", "coverage", "--plan", "leicestershire-2022")
    assert run.code == 0
    assert "  living and supported well: 2\n  gap: no action\n" in run.out
    assert ": 0\n" not in run.out


def test_a_large_plan_is_computed_by_igraph_which_says_so(
    hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("igraph", reason="python-igraph is not installed")
    expected = hwbs("analyse", "bridges")
    monkeypatch.setattr(analysis, "LARGE", 85)
    run = hwbs("analyse", "bridges")
    assert run.err == "86 partners and actions: computed by python-igraph.\n"
    assert run.out == expected.out
    assert hwbs("analyse", "bridges", "--quiet").err == ""
    monkeypatch.setattr(analysis, "LARGE", 86)
    assert hwbs("analyse", "bridges").err == ""


def test_a_graph_of_ones_own_is_measured_beside_the_record(hwbs: Hwbs) -> None:
    added = [part for path in SMALL for part in ("--graph", path)]
    run = hwbs(
        "analyse", "overlap", "Homes", "Neighbours", "--plan", "alpha-2030-action-plan", *added
    )
    assert run.code == 0
    assert "Open a café" in run.out
    several = hwbs("analyse", "bridges", *added)
    assert several.code == 2
    assert "name one with --plan" in several.err


def test_a_path_is_told_statement_by_statement(hwbs: Hwbs) -> None:
    run = hwbs("path", "partner/housing", "loneliness")
    assert run.code == 0
    assert run.err == ""
    assert run.out.startswith(
        "1. 2 steps\n   Housing -- is named for -- Lives 4a [stated in document, S002 line 86]\n"
        "       “Housing” (Healthy Lives 4(a), INVOLVING, 6th)\n"
    )
    assert max(map(len, run.out.splitlines())) <= 80
    assert "\n3. " in run.out


def test_a_path_in_json_gives_each_step_with_its_source(hwbs: Hwbs) -> None:
    sheet = json.loads(hwbs("path", "Minds 3c", "priority 16", "--format", "json").out)
    assert sheet["to"]["iri"] == "https://w3id.org/hwbs/id/leicester-2022/priority/16"
    assert len(sheet["paths"]) == 3
    for path in sheet["paths"]:
        for step in path["steps"]:
            assert {"iri", "label", "relation", "basis", "document", "line", "printed"} <= set(step)
        ends = path["steps"][0]["iri"], path["steps"][-1]["other"]
        assert ends == (sheet["from"]["iri"], sheet["to"]["iri"])


@pytest.mark.parametrize("format", ["csv", "tsv", "xml", "markdown"])
def test_a_path_comes_in_every_format(format: str, hwbs: Hwbs) -> None:
    run = hwbs("path", "Minds 3c", "priority 16", "--most", "1", "--format", format)
    assert run.code == 0
    assert "is continued by (reworded)" in run.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("Finance", "Finances"), 2, "Both names mean “Finance”"),
        (("Housing", "loneliness"), 1, "“Housing” names 2 things; give one of these"),
        (("Finance", "S002"), 1, "No chain of statements connects “Finance” with"),
        (("Finance", ""), 1, "No thing is called “”"),
        (("Finance", "<script>"), 1, "No thing is called “<script>”"),
        (("Finance", "loneliness", "--most", "11"), 2, "11 is not in the range"),
        (("Finance", "loneliness", "--most", "0"), 2, "0 is not in the range"),
    ],
)
def test_what_cannot_be_explained_is_a_sentence(
    arguments: tuple[str, ...], code: int, said: str, hwbs: Hwbs
) -> None:
    run = hwbs("path", *arguments)
    assert (run.code, run.out) == (code, "")
    assert said in run.err
    assert "Traceback" not in run.err
