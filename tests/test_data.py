"""The data itself: canonical, complete, and free of what must not be in it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode
from record_counts import CLASSES

from hwbs_graph import names
from hwbs_graph.data import bundled, corpus, files, turtle
from hwbs_graph.query.results import run_named
from hwbs_graph.report import profile
from hwbs_graph.store import Embedded, Engine

FILES = sorted([*bundled.folder("graph").glob("*.ttl"), *bundled.folder("ontology").glob("*.ttl")])


def test_the_turtle_files_are_found() -> None:
    assert {"curation.ttl", "partners.ttl", "hwbs.ttl", "schemes.ttl", "shapes.ttl"} <= {
        path.name for path in FILES
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_turtle_file_is_canonical(path: Path) -> None:
    text = files.read_text(path)
    assert turtle.canonicalise(text, str(path)) == text, f"run `hwbs fmt`; {path} is not canonical"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_node_of_the_record_has_an_iri_that_others_can_link_to(path: Path) -> None:
    triples = turtle.parse_turtle(files.read_text(path), str(path))
    assert [each for each in triples if BlankNode in map(type, each)] == []


def test_the_record_has_the_numbers_of_the_documents(record: Engine) -> None:
    query = "SELECT ?x {{ ?x a <https://w3id.org/hwbs/ns#{}> }}"
    assert {term: len(record.select(query.format(term))) for term in CLASSES} == CLASSES


def test_actions_fall_on_themes_as_printed(record: Engine) -> None:
    rows = run_named(record, "report/actions")
    assert Counter(row["themeLabel"] for row in rows) == {
        "Healthy Places": 13,
        "Healthy Minds": 9,
        "Healthy Start": 9,
        "Healthy Lives": 11,
        "Healthy Ageing": 9,
    }


def test_the_codes_of_each_objective_run_on_without_a_gap(record: Engine) -> None:
    letters: dict[str, list[str]] = {}
    for row in run_named(record, "report/actions"):
        letters.setdefault(row["objective"], []).append(row["code"][-1])
    assert len(letters) == CLASSES["PlanObjective"]
    for found in letters.values():
        assert found == list("abcd")[: len(found)]


def test_a_label_is_the_printed_words_without_code_and_markup(record: Engine) -> None:
    query = """
        PREFIX hwbs: <https://w3id.org/hwbs/ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?thing ?code ?label ?printed WHERE {
          VALUES ?class { hwbs:Action hwbs:PlanObjective }
          ?thing a ?class ; skos:prefLabel ?label ; skos:notation ?code ; prov:wasQuotedFrom ?q .
          ?q hwbs:printedText ?printed ; hwbs:line ?line .
        } ORDER BY ?thing ?line"""
    printed: dict[tuple[str, str, str], list[str]] = {}
    for row in record.select(query):
        printed.setdefault((row["thing"], row["code"], row["label"]), []).append(row["printed"])
    assert len(printed) == CLASSES["Action"] + CLASSES["PlanObjective"]
    for (_, code, label), parts in printed.items():
        opening = f"{code[-1]}) " if code[-1].isalpha() else f"{code}. "
        assert re.sub(r"</?i>", "", " ".join(parts)) == opening + label


def test_a_partner_look_up_needs_no_more_than_the_files_that_speak_of_partners(
    record: Engine,
) -> None:
    part = Embedded(corpus.open_store(base=corpus.bundled_files(("hwbs:partner",))))
    assert len(part.snapshot()) < len(record.snapshot()) / 2
    partners = {name.thing for name in names.list_names(record, ("partner",))}
    assert len(partners) == CLASSES["Partner"]
    for thing in partners:
        assert profile.describe_partner(part, thing) == profile.describe_partner(record, thing)


def test_no_statement_stands_in_two_files(record: Engine) -> None:
    seen = Counter((quad.subject, quad.predicate, quad.object) for quad in record.snapshot())
    assert [triple for triple, number in seen.items() if number > 1] == []


def test_shortcuts_stand_in_the_derived_graph_and_nowhere_else(record: Engine) -> None:
    query = """
        PREFIX hwbs: <https://w3id.org/hwbs/ns#>
        PREFIX org: <http://www.w3.org/ns/org#>
        SELECT DISTINCT ?graph { GRAPH ?graph { ?s hwbs:involves|org:changedBy ?o } }"""
    assert [row["graph"] for row in record.select(query)] == ["https://w3id.org/hwbs/graph/derived"]


def test_no_personal_name_initials_or_address_is_in_the_data() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert not re.search(
            r"\bKH\b|[\w.]+@[\w.]+\.\w+|\b(?:Mr|Mrs|Ms|Dr|Cllr|Councillor)\b", text
        )


def test_summaries_are_in_our_own_words(documents: Path, record: Engine) -> None:
    text = (documents / "002_c054f43dcf31fb18.txt").read_text("utf-8")
    printed = " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))
    query = """
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?text { ?x a <https://w3id.org/hwbs/ns#Rationale> ; dcterms:abstract ?text }"""
    rows = record.select(query)
    assert len(rows) == CLASSES["Rationale"]
    for row in rows:
        words = re.findall(r"[\w']+", row["text"].lower())
        runs = [" ".join(words[i : i + 8]) for i in range(len(words) - 7)]
        assert [run for run in runs if run in printed] == []
