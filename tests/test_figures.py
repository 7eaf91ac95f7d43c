"""Figures that compare: few units, a qualifier apart, one indicator for one measure, and trends."""

import re
from collections import Counter
from pathlib import Path

from support import open_small

from hwbs_graph.query.results import Rows, run_named, run_query
from hwbs_graph.store import Engine

UNITS = {"per cent", "per 1,000", "people", "deaths a year", "years", "pounds a year", "times"}
UNITS |= {"rank", "number"}
CLAIMS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?claim ?unit ?value ?low ?numerator ?denominator ?qualifier
  ?indicator ?measured ?document WHERE {
  ?claim a hwbs:Claim ; hwbs:unit ?unit ; hwbs:statedIn ?document .
  OPTIONAL { ?claim hwbs:value ?value }
  OPTIONAL { ?claim hwbs:valueLow ?low }
  OPTIONAL { ?claim hwbs:numerator ?numerator ; hwbs:denominator ?denominator }
  OPTIONAL { ?claim hwbs:qualifier/skos:prefLabel ?qualifier }
  OPTIONAL { ?claim hwbs:measuredBy ?indicator . ?indicator hwbs:unit ?measured }
}"""
WORDS = """SELECT ?claim ?text {
  ?claim a hwbs:Claim ; hwbs:unit ?unit ; prov:wasQuotedFrom/hwbs:printedText ?text
}"""
LATER = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> . @prefix id: <https://w3id.org/hwbs/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
id:old a hwbs:SourceDocument ; dcterms:identifier "D1" .
id:new a hwbs:SourceDocument ; dcterms:identifier "D2" .
id:a a hwbs:Claim ; hwbs:value 28.0 ; hwbs:unit "people" ; hwbs:statedIn id:old .
id:b a hwbs:Claim ; hwbs:value 30.0 ; hwbs:unit "people" ; hwbs:statedIn id:new ;
  hwbs:laterFigureOf id:a .
id:c a hwbs:Claim ; hwbs:statedIn id:new ; hwbs:trend <https://w3id.org/hwbs/scheme/trend/rising> .
"""


def claims(record: Engine) -> list[dict[str, str]]:
    found = run_query(record, CLAIMS)
    assert isinstance(found, Rows)
    return found.text_rows()


def test_every_figure_has_one_of_few_units(record: Engine) -> None:
    rows = claims(record)
    assert len(rows) == 80
    assert {row["unit"] for row in rows} <= UNITS
    assert all(row["value"] or row["low"] for row in rows)


def test_a_share_printed_as_a_fraction_is_worth_it_in_per_cent(record: Engine) -> None:
    shares = [row for row in claims(record) if row["denominator"] and row["unit"] == "per cent"]
    assert len(shares) == 13
    for row in shares:
        share = 100 * float(row["numerator"]) / float(row["denominator"])
        assert round(share, 1) == float(row["value"]), row["claim"]


def test_what_measures_health_shares_its_indicator_and_the_unit_of_it(record: Engine) -> None:
    rows = [row for row in claims(record) if row["document"][-1] in "012"]
    assert [row["claim"] for row in rows if row["unit"] != row["measured"]] == []
    shared = Counter(row["indicator"] for row in rows)
    assert shared["https://w3id.org/hwbs/id/indicator/common-mental-problem"] == 3
    assert shared["https://w3id.org/hwbs/id/indicator/suicide"] == 2


def test_a_qualifier_is_printed(record: Engine) -> None:
    signs = {
        "about": r"around|about|approximately|ago",
        "nearly": "nearly",
        "over": "more than",
        "at least": "at least",
        "estimated": "estimate|34,000-38,0000",
    }
    found = run_query(record, CLAIMS.partition("SELECT")[0] + WORDS)
    assert isinstance(found, Rows)
    words: dict[str, str] = {}
    for row in found.text_rows():
        words[row["claim"]] = f"{words.get(row['claim'], '')} {row['text'].lower()}"
    missing = [
        row["claim"]
        for row in claims(record)
        if row["qualifier"] and not re.search(signs[row["qualifier"]], words[row["claim"]])
    ]
    assert missing == []


def test_a_later_figure_is_a_trend_and_no_contradiction(record: Engine) -> None:
    (suicide,) = [
        row for row in run_named(record, "compare/trends") if row["later"].endswith("L539-suicide")
    ]
    assert (suicide["earlierFigure"], suicide["laterFigure"], suicide["change"]) == (
        "28",
        "30",
        "2",
    )
    pairs = {
        (row["claim"], row["other"]) for row in run_named(record, "trust/contradicting-claims")
    }
    assert (suicide["later"], suicide["earlier"]) not in pairs


def test_any_board_may_ask_for_trends(tmp_path: Path) -> None:
    file = tmp_path / "later.ttl"
    file.write_text(LATER, "utf-8")
    rows = run_named(open_small(file), "compare/trends")
    told = [
        (row["earlierFigure"], row["laterFigure"], row["change"], row["trendLabel"]) for row in rows
    ]
    assert sorted(told) == [("", "", "", "rising"), ("28", "30", "2", "")]
