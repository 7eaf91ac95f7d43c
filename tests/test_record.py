"""The record says what its documents say, where a second reading found that it did not."""

import json

import pytest
from support import Hwbs

from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

COUNTY = THINGS + "leicestershire-2022"
PREFIX_LINES = """
    PREFIX hwbs: <https://w3id.org/hwbs/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX basis: <https://w3id.org/hwbs/scheme/basis/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def count(engine: Engine, pattern: str) -> int:
    (row,) = engine.select(f"{PREFIX_LINES} SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"])


def test_the_principles_of_a_review_are_not_those_of_the_strategy(record: Engine) -> None:
    assert COUNTY not in {row["plan"] for row in run_named(record, "report/principles")}
    rows = run_named(record, "report/review-points")
    kinds = [row["kindLabel"] for row in rows if row["plan"] == COUNTY]
    assert (kinds.count("principle"), kinds.count("finding")) == (12, 6)


def test_what_officers_told_the_board_is_not_said_by_the_board(record: Engine) -> None:
    rows = run_named(record, "report/minuted-points")
    assert {row["kindLabel"] for row in rows} == {"reported", "raised", "decided"}
    for row in rows:
        assert bool(row["saidByLabel"]) == (row["kindLabel"] != "reported")
        assert bool(row["reportedToLabel"]) == (row["kindLabel"] == "reported")
    assert count(record, "?p a hwbs:MinutedPoint ; hwbs:basis basis:stated-in-document") == 39


def test_what_the_board_said_on_suicide_is_found_by_its_priority(record: Engine) -> None:
    priority = THINGS + "leicester-2022/priority/16"
    rows = run_named(record, "trust/links-judged-as-a-whole", thing=priority)
    points = {row["other"].rpartition("/")[2] for row in rows}
    assert {"raised-5", "reported-17"} <= points
    assert {row["basisLabel"] for row in rows} == {"curated judgement"}


def test_dying_well_stands_beside_dying_well(hwbs: Hwbs) -> None:
    run = hwbs("compare", "leicester-2022", "leicestershire-2022", "--format", "json")
    sections = {each["section"]: each["rows"] for each in json.loads(run.out)["sections"]}
    (pair,) = [row for row in sections["themes"] if row["topic"] == "dying well"]
    assert "comfortable, and supported end of life" in pair["earlier"]
    assert pair["later"].startswith("Dying Well (")


def test_a_proposed_change_names_what_it_would_add(record: Engine) -> None:
    rows = run_named(record, "report/proposed-changes")
    added = {row["elementLabel"]: row["addedLabel"] for row in rows if row["addedLabel"]}
    assert set(added) == {"COVID-19 Recovery", "Health Inequalities"}
    assert added["COVID-19 Recovery"].endswith("commitment to health protection")


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("ethnic-group", 3),
        ("carers", 6),
        ("people-with-a-learning-disability", 2),
        ("young-people-not-in-education-or-work", 1),
        ("seldom-heard-communities", 1),
        ("people-with-hypertension", 1),
    ],
)
def test_groups_that_the_documents_name_are_found(group: str, least: int, record: Engine) -> None:
    iri = f"https://w3id.org/hwbs/scheme/population-group/{group}"
    links = count(record, f"?l a hwbs:PopulationLink ; hwbs:populationGroup <{iri}>")
    assert links >= least


def test_what_plans_rest_on_and_touch_is_found(record: Engine) -> None:
    rows = run_named(record, "report/related-works")
    kinds = {row["kindLabel"] for row in rows}
    assert kinds == {"strategy", "evidence source", "statute", "programme", "engagement"}
    works = {row["workLabel"] for row in rows}
    assert {"Braunstone Blues", "Health and Care Act 2022", "LLR Integrated Care Strategy"} <= works
    assert all(row["element"] for row in rows)


def test_meetings_known_by_month_stand_among_the_others(record: Engine) -> None:
    dates = [row["date"] for row in run_named(record, "report/board-meetings")]
    assert {"2022-01", "2022-02", "2023-07", "2024-12-05"} <= set(dates)


def test_a_co_chair_and_the_members_of_2019_are_told(record: Engine) -> None:
    rows = run_named(record, "report/members")
    assert [row["roleLabel"] for row in rows].count("co-chair") == 2
    members = {row["memberLabel"] for row in rows}
    assert "Health services (which ones is not said)" in members


def test_every_sentence_of_a_summary_has_its_passages(record: Engine) -> None:
    abstracts = run_named(record, "internal/abstracts")
    # The ontology sums up itself, and no document says so.
    summaries = {row["thing"]: row["text"] for row in abstracts if THINGS in row["thing"]}
    assert len(summaries) > 100
    rows = run_named(record, "trust/sentences-of-summary")
    told: dict[str, dict[str, None]] = {}
    for row in rows:
        told.setdefault(row["thing"], {})[row["sentence"]] = None
    assert {thing: " ".join(sentences) for thing, sentences in told.items()} == summaries


def test_a_document_says_where_it_was_published_as_far_as_public_pages_tell(
    record: Engine,
) -> None:
    rows = {row["identifier"]: row for row in run_named(record, "report/documents")}
    assert {row["language"] for row in rows.values()} == {"en"}
    assert rows["S003"]["address"].endswith("mgAi.aspx?ID=97921")
    assert rows["S004"]["publisherLabel"] == "Leicestershire County Council"
    unknown = {key for key, row in rows.items() if not row["address"]}
    assert unknown == {"S002", "S004"}
    assert all(row["citation"] for row in rows.values() if row["address"])


def test_a_list_of_places_is_no_statement_about_education(record: Engine) -> None:
    places = f"<{THINGS}leicester-2019/theme/places>"
    education = "<https://w3id.org/hwbs/scheme/determinant/education>"
    assert count(record, f"{places} hwbs:addresses {education}") == 0
    assert count(record, f"{places} hwbs:addresses ?anything") > 5


def test_a_figure_against_the_county_says_so(record: Engine) -> None:
    claim = f"<{THINGS}claim/S003-L39-diagnosis>"
    (row,) = record.select(f"{PREFIX_LINES} SELECT ?label {{ {claim} skos:prefLabel ?label }}")
    assert row["label"].endswith("than the county")
