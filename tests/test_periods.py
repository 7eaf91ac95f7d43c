"""A plan whose period is over is marked wherever it answers; one whose period is not, nowhere."""

import json
from pathlib import Path

import pytest
from support import BOARDS, Hwbs

from hwbs_graph import open_graph
from hwbs_graph.data import corpus
from hwbs_graph.query.periods import find_end, find_over, find_today
from hwbs_graph.store import Embedded

BOTH = ("--only", "--graph", BOARDS[0], "--graph", BOARDS[1])
ELMSTEAD, FERNBY = "Elmstead plan 2020 to 2023", "Fernby action tracker 2030 to 2040"
#: Noon of the last day of 2023, and of the next day.
LAST_DAY, NEXT_DAY = "1704024000", "1704110400"

PERIODS = {
    "2022 to 2027": "2027-12-31",
    "2022-2032": "2032-12-31",
    "2022-27": "2027-12-31",
    "2022–27": "2027-12-31",
    "2023/24": "2024-03-31",
    "2023/24 to 2026/27": "2027-03-31",
    "2023/27": "2027-12-31",
    "April 2023 to March 2026": "2026-03-31",
    "1 April 2023 to 31st March 2026": "2026-03-31",
    "Sept 2024": "2024-09-30",
    "2022/2027": "2027-12-31",
    "2022-04/2026-09": "2026-09-30",
    "2022-04-01/2026-09-05": "2026-09-05",
    "2030": "2030-12-31",
    "from 2022": "",
    "2022 onwards": "",
    "2022-": "",
    "2022/..": "",
    "since April 2022": "",
    "from 2022 to 2027": "2027-12-31",
    "ongoing": "",
    "five years": "",
    "": "",
    "١٩٩٩": "",
    "9" * 5000: "",
}


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period[:30])
def test_a_period_ends_as_its_words_say(period: str) -> None:
    assert find_end(period) == PERIODS[period]


def test_a_plan_is_over_on_the_day_after_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Embedded(corpus.open_store(BOARDS, corpus.vocabulary_files()))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LAST_DAY)
    assert (find_today(), find_over(engine)) == ("2023-12-31", {})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEXT_DAY)
    over = {"https://w3id.org/hwbs/id/elmstead-2020": "2020 to 2023"}
    assert (find_today(), find_over(engine)) == ("2024-01-01", over)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "no time")
    assert find_today() > "2026"


def test_an_action_plan_has_its_own_end_or_that_of_its_strategy(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        """
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix hwbs: <https://w3id.org/hwbs/ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:s> a hwbs:Strategy ; dcterms:temporal "2001 to 2005" .
        <urn:a> a hwbs:ActionPlan ; hwbs:deliversStrategy <urn:s> .
        <urn:b> a hwbs:ActionPlan ; hwbs:deliversStrategy <urn:s> ; dcterms:temporal "2001-99" .
        <urn:c> a hwbs:ActionPlan ; hwbs:targetDate "2004-02"^^xsd:gYearMonth .
        <urn:d> a hwbs:ActionPlan ; dcterms:temporal "ongoing" .
        """,
        "utf-8",
    )
    engine = Embedded(corpus.open_store([tmp_path], corpus.vocabulary_files()))
    assert find_over(engine, today="2020-01-01") == {
        "urn:s": "2001 to 2005",
        "urn:a": "2001 to 2005",
        "urn:c": "until 2004-02-29",
    }


def test_a_plan_that_is_over_is_marked_in_every_answer(hwbs: Hwbs, tmp_path: Path) -> None:
    ambulance = ("partner", "Countrywide Ambulance", *BOTH)
    assert f"\n{ELMSTEAD} (period over)\n" in hwbs(*ambulance).out
    assert f"\n{FERNBY}\n" in hwbs(*ambulance).out
    sheet = json.loads(hwbs(*ambulance, "--format", "json").out)
    marks = {action["plan"]: action["planOver"] for action in sheet["actions"]}
    assert marks == {ELMSTEAD: True, FERNBY: False}
    assert "iri,planOver" in hwbs(*ambulance, "--format", "csv").out.splitlines()[0]
    hwbs(*ambulance, "--briefing", tmp_path / "a.md")
    assert f"({ELMSTEAD} (period over))" in (tmp_path / "a.md").read_text("utf-8")
    shown = hwbs("show", "Visit people who live alone", *BOTH).out
    assert f"\nPlan: {ELMSTEAD} (period over: 2020 to 2023)\n" in shown
    (plan,) = json.loads(hwbs("show", "Elmstead Libraries", "--format", "json", *BOTH).out)[
        "plansOver"
    ]
    assert (plan["planLabel"], plan["period"]) == (ELMSTEAD, "2020 to 2023")
    assert "period over" not in hwbs("show", "Count the potholes", *BOTH).out
    compared = hwbs("compare", "elmstead-2020", "fernby-2030", *BOTH)
    assert compared.out.startswith(f"Earlier: {ELMSTEAD} (period over: 2020 to 2023)\n")
    hwbs("view", *BOTH, "-o", tmp_path / "v.html")
    page = (tmp_path / "v.html").read_text("utf-8")
    assert "Elmstead 2020 (period over)" in page
    assert "Fernby 2030 (period over)" not in page


@pytest.mark.parametrize(
    "command",
    [
        ("list", "actions"),
        ("list", "plans"),
        ("query", "report/partners-by-action"),
        ("ask", "which actions involve Elmstead Libraries?"),
    ],
)
def test_rows_of_a_plan_that_is_over_have_a_column_that_says_so(
    command: tuple[str, ...], hwbs: Hwbs
) -> None:
    answer = json.loads(hwbs(*command, "--format", "json", *BOTH).out)
    assert answer["head"]["vars"][-1] == "planOver"
    for row in answer["results"]["bindings"]:
        own = any("elmstead-2020" in cell["value"] for cell in row.values())
        assert ("planOver" in row) == own
        assert row.get("planOver", {}).get("value", "true") == "true"


def test_answers_of_plans_that_go_on_have_no_such_column(hwbs: Hwbs) -> None:
    fernby = ("--only", "--graph", BOARDS[1])
    assert "planOver" not in hwbs("list", "actions", "--format", "csv", *fernby).out
    rows = open_graph(*BOARDS, only=True).query("report/actions").rows
    assert {row["planOver"] for row in rows} == {True, None}
