"""What became of each promise: every action and objective has an answer, and doubt is no fact."""

from pathlib import Path

import pytest
from support import open_small

from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

DOUBTED = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> . @prefix id: <https://w3id.org/hwbs/id/> .
@base <https://w3id.org/hwbs/scheme/> .
id:a hwbs:alignmentType <alignment/TYPE> ; a hwbs:Alignment ; hwbs:from id:x ; hwbs:to id:y ;
  hwbs:confidence "CONFIDENCE" ; hwbs:basis <basis/curated-judgement> .
"""


@pytest.mark.parametrize(
    ("kind", "confidence", "later"),
    [("reworded", "medium", 1), ("reworded", "low", 0), ("shifted", "high", 0)],
)
def test_what_is_doubted_or_shifted_is_not_continued(
    kind: str, confidence: str, later: int, tmp_path: Path
) -> None:
    file = tmp_path / "doubted.ttl"
    file.write_text(DOUBTED.replace("TYPE", kind).replace("CONFIDENCE", confidence), "utf-8")
    query = "SELECT ?y { <https://w3id.org/hwbs/id/x> <https://w3id.org/hwbs/ns#continuedBy> ?y }"
    assert len(open_small(file).select(query)) == later


def test_each_action_and_key_objective_of_2019_has_an_alignment_or_is_not_mentioned(
    record: Engine,
) -> None:
    silent = record.select(
        """PREFIX hwbs: <https://w3id.org/hwbs/ns#> SELECT ?x {
          VALUES ?class { hwbs:Action hwbs:LetteredObjective } ?x a ?class
          FILTER NOT EXISTS { ?alignment a hwbs:Alignment ; hwbs:from ?x }
          FILTER NOT EXISTS { ?absence a hwbs:Absence ; hwbs:element ?x } }"""
    )
    assert silent == []


def test_what_is_absent_names_the_words_and_the_nearest_passage(record: Engine) -> None:
    rows = run_named(record, "coverage/not-mentioned")
    assert len(rows) == 16
    (homes,) = [row for row in rows if row["element"].endswith("/places-2c")]
    assert set(homes["words"].split("; ")) == {"homeless", "rough sleep", "without a home"}
    assert (homes["document"], homes["line"], homes["nearest"]) == ("S001", "440", "environment")
    (event,) = [
        row
        for row in run_named(record, "report/history-of-thing", thing=homes["element"])
        if row["eventLabel"] == "not mentioned"
    ]
    assert event["reason"] == homes["reason"]


def test_the_words_looked_for_stand_nowhere_in_the_document(
    record: Engine, documents: Path
) -> None:
    files = {
        row["id"]: documents / row["name"]
        for row in record.select(
            """PREFIX hwbs: <https://w3id.org/hwbs/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
            SELECT ?id ?name { ?d dcterms:identifier ?id ; hwbs:fileName ?name }"""
        )
    }
    for row in run_named(record, "coverage/not-mentioned"):
        text = " ".join(files[row["document"]].read_text("utf-8").lower().split())
        assert [word for word in row["words"].split("; ") if word.lower() in text] == []


def test_city_and_county_share_the_topic_of_inequalities(record: Engine) -> None:
    pairs = {
        (row["from"].rsplit("/", 1)[1], row["to"].rsplit("/", 1)[1])
        for row in run_named(record, "compare/continuity")
        if row["typeLabel"] == "shared topic"
    }
    assert ("health-inequalities", "health-inequalities") in pairs
