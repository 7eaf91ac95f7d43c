"""The rule of docs/links.md: what makes a link stated, and what goes with it."""

import re
from pathlib import Path

from support import open_small

from hwbs_graph.query.results import Rows, run_named, run_query
from hwbs_graph.store import Engine

#: Curated although the wording has a signal word: a setting, and a word in another sense.
OTHER_SENSE = {
    ("action/minds-1a", "education"),
    ("action/minds-1a", "stress-and-adversity"),
    ("lettered-objective/m", "family-and-parenting"),
    ("lettered-objective/n", "education"),
    ("objective/places-4", "built-environment"),
    ("priority/6", "early-years"),
}
PREFIXES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
"""
LINKS = """
SELECT ?link ?element ?label ?determinant ?basis WHERE {
  ?link a hwbs:DeterminantLink ; hwbs:determinant ?determinant ; hwbs:basis ?basis .
  ?link hwbs:element ?element .
  ?element skos:prefLabel ?label
}"""
QUOTED = """
SELECT ?link ?source ?line ?column ?text WHERE {
  ?link a hwbs:DeterminantLink ; prov:wasQuotedFrom ?passage .
  ?passage oa:hasSource ?source ; hwbs:line ?line ; hwbs:column ?column ; hwbs:printedText ?text
}"""
STEP = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix id: <https://w3id.org/hwbs/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/hwbs/scheme/> .
id:x a hwbs:Action ; skos:prefLabel "Open a park"@en .
id:s a hwbs:StepAssignment ; hwbs:element id:x ; hwbs:stepKind <step-kind/place> ;
  hwbs:basis <basis/curated-judgement> ; hwbs:reason "It opens a place."@en .
id:l a hwbs:DeterminantLink ; hwbs:element id:x ; hwbs:basis <basis/curated-judgement> ;
  hwbs:determinant <determinant/green-open-and-blue-space> ; hwbs:direction <direction/protects> .
"""


def plain(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()} "


def rows(engine: Engine, text: str) -> list[dict[str, str]]:
    found = run_query(engine, PREFIXES + text)
    assert isinstance(found, Rows)
    return found.text_rows()


def named(engine: Engine, texts: dict[str, str]) -> set[str]:
    """Return the links in whose text, by link, a signal word of their determinant stands."""
    words = [
        (row["link"], plain(row["word"]))
        for row in rows(
            engine,
            "SELECT ?link ?word { ?link hwbs:determinant ?d . ?d hwbs:signalWord ?word }",
        )
    ]
    return {link for link, word in words if word in plain(texts.get(link, ""))}


def quoted(engine: Engine) -> dict[str, str]:
    found: dict[str, str] = {}
    order = ("source", "line", "column")
    for row in sorted(
        rows(engine, QUOTED), key=lambda row: (row[order[0]], *(int(row[key]) for key in order[1:]))
    ):
        found[row["link"]] = f"{found.get(row['link'], '')} {row['text']}"
    return found


def test_a_stated_link_quotes_words_that_name_its_determinant(record: Engine) -> None:
    stated = {
        row["link"] for row in rows(record, LINKS) if row["basis"].endswith("/stated-in-document")
    }
    assert len(stated) > 300
    assert stated - named(record, quoted(record)) == set()


def test_no_curated_link_is_named_in_the_wording_of_its_element(record: Engine) -> None:
    links = {row["link"]: row for row in rows(record, LINKS)}
    in_wording = named(record, {link: row["label"] for link, row in links.items()})
    curated = [
        links[link] for link in in_wording if links[link]["basis"].endswith("/curated-judgement")
    ]
    ends = {
        ("/".join(row["element"].split("/")[-2:]), row["determinant"].rsplit("/", 1)[1])
        for row in curated
    }
    assert ends == OTHER_SENSE


def test_a_direction_is_told_of_each_cause_that_an_action_of_the_record_meets(
    record: Engine,
) -> None:
    missing = rows(
        record,
        """SELECT ?determinant WHERE {
          ?link a hwbs:DeterminantLink ; hwbs:element ?action ; hwbs:determinant ?determinant .
          ?action a hwbs:Action
          FILTER NOT EXISTS { ?link hwbs:direction ?direction }
          FILTER NOT EXISTS {
            ?determinant skos:broader* <https://w3id.org/hwbs/scheme/determinant/layer-0-age-sex-constitution>
          } }""",
    )
    assert missing == []


def test_forty_five_of_51_actions_say_by_what_they_work(record: Engine) -> None:
    kinds = {row["action"]: row["kindLabel"] for row in run_named(record, "report/kinds-of-steps")}
    counts = {kind: list(kinds.values()).count(kind) for kind in set(kinds.values())}
    assert counts == {"policy": 6, "place": 11, "service": 19, "individual": 9}


def test_a_step_shows_its_kind_and_what_its_cause_does(tmp_path: Path) -> None:
    step = tmp_path / "step.ttl"
    step.write_text(STEP, "utf-8")
    engine = open_small(step)
    (row,) = run_named(engine, "report/kinds-of-steps")
    assert (row["kindLabel"], row["actionLabel"]) == ("place", "Open a park")
    assert (row["directionLabel"], row["reason"]) == ("protects", "It opens a place.")
    said = run_named(engine, "trust/statements-about-thing", thing="https://w3id.org/hwbs/id/x")
    assert {(row["kindLabel"], row["otherLabel"]) for row in said} == {
        ("determinant link (protects)", "Green, open and blue space"),
        ("step assignment", "place"),
    }


def test_outcomes_and_care_stand_apart_from_causes(record: Engine) -> None:
    layers = {
        row["determinantLabel"]: row["layerLabel"]
        for row in run_named(record, "report/determinants")
    }
    apart = {label for label, layer in layers.items() if layer == "Outcomes and care, not causes"}
    assert apart == {
        "Health care services",
        "Long-term conditions",
        "Use of health checks and screening",
    }
