"""The record says what its documents say, where a second reading found that it did not."""

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


def test_a_list_of_places_is_no_statement_about_education(record: Engine) -> None:
    places = f"<{THINGS}leicester-2019/theme/places>"
    education = "<https://w3id.org/hwbs/scheme/determinant/education>"
    assert count(record, f"{places} hwbs:addresses {education}") == 0
    assert count(record, f"{places} hwbs:addresses ?anything") > 5


def test_a_figure_against_the_county_says_so(record: Engine) -> None:
    claim = f"<{THINGS}claim/S003-L39-diagnosis>"
    (row,) = record.select(f"{PREFIX_LINES} SELECT ?label {{ {claim} skos:prefLabel ?label }}")
    assert row["label"].endswith("than the county")
