"""Mappings to schemes of others: each with curator, day and reason, and a match that follows."""

from pathlib import Path

from support import open_small

from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Where the numbers of others are found, and how many of each are mapped to.
SCHEMES = {
    "http://metadata.un.org/sdg/": 30,
    "https://fingertips.phe.org.uk/search/": 30,
    "https://w3id.org/hwbs/scheme/marmot-objective/": 28,
    "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/": 13,
    "http://www.wikidata.org/entity/": 2,
}
MATCH = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> . @prefix id: <https://w3id.org/hwbs/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:x a skos:Concept .
id:m a hwbs:Mapping ; hwbs:mappedFrom id:x ; hwbs:mappedTo <http://example.org/y> ;
  hwbs:mappingRelation RELATION .
"""


def test_every_mapping_names_what_it_leads_to_and_why(record: Engine) -> None:
    rows = run_named(record, "report/mappings")
    found = {scheme: sum(row["target"].startswith(scheme) for row in rows) for scheme in SCHEMES}
    assert found == SCHEMES
    assert len(rows) == sum(SCHEMES.values())
    for row in rows:
        assert row["fromLabel"]
        assert row["targetLabel"]
        assert row["reason"].endswith(".")
        assert row["curatedOn"]


def test_a_match_follows_from_its_mapping_and_from_nothing_else(tmp_path: Path) -> None:
    query = "SELECT ?p { <https://w3id.org/hwbs/id/x> ?p <http://example.org/y> }"
    for relation, expected in (("skos:closeMatch", 1), ("skos:broader", 0)):
        file = tmp_path / "match.ttl"
        file.write_text(MATCH.replace("RELATION", relation), "utf-8")
        assert len(open_small(file).select(query)) == expected


def test_no_determinant_is_the_same_as_a_thing_of_others(record: Engine) -> None:
    # Schemes differ in what they are for; a specialist may say more one day.
    relations = {row["relation"] for row in run_named(record, "report/mappings")}
    assert relations == {"closeMatch", "narrowMatch", "relatedMatch"}
