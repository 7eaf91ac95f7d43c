"""Every term says what it is, what it is not, and shows an example."""

import re
import tomllib
from pathlib import Path

import pytest
from support import PLANS, ROOT, open_small

import hwbs_graph
from hwbs_graph.data import bundled
from hwbs_graph.model.vocabulary import BASE, HWBS, STANDARDS, TERMS, shorten
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.dataset_description import LICENCE, TITLE

#: Names that others rely on and this record needs; renaming one breaks their questions.
RELIED_ON = """
Strategy ActionPlan SourceDocument Passage Theme PlanObjective Action Partner Involvement
QualityNote inPlan inTheme deliversObjective involves action partner basis reason curator
confidence statedIn printedText line shortLabel
"""


def terms(record: Engine) -> list[str]:
    query = "SELECT ?t { ?t <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> ?o } ORDER BY ?t"
    return [row["t"] for row in record.select(query)]


def test_the_ontology_has_every_term_that_code_names_and_code_names_each(record: Engine) -> None:
    assert [TERMS + term for term in bundled.list_terms()] == terms(record)
    package = Path(hwbs_graph.__file__).parent
    source = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    named = set(re.findall(r"\bHWBS\.(\w+)", source))
    assert set(HWBS) == named
    assert named <= set(bundled.list_terms())


def test_a_misspelt_term_fails_at_once() -> None:
    with pytest.raises(AttributeError, match="no term 'Acton'"):
        HWBS.Acton  # noqa: B018


def test_the_terms_that_others_rely_on_are_there(record: Engine) -> None:
    assert {TERMS + term for term in RELIED_ON.split()} <= set(terms(record))


def test_every_term_is_documented(record: Engine) -> None:
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?t ?label ?definition ?note ?example WHERE {
          ?t rdfs:isDefinedBy <https://w3id.org/hwbs/ns> ; rdfs:label ?label ;
            skos:definition ?definition ; skos:scopeNote ?note ; skos:example ?example .
          FILTER(LANG(?label) = "en")
        } ORDER BY ?t"""
    rows = record.select(query)
    assert [row["t"] for row in rows] == terms(record)
    for row in rows:
        assert row["definition"].endswith(".")
        assert row["definition"].count(". ") == 0, f"{row['t']}: one sentence"
        # What a term means depends on no place; an example may.
        assert not re.search(r"Leicester|county|2019|2022", row["definition"] + row["note"])


def test_classes_are_upper_camel_nouns_and_properties_lower_camel(record: Engine) -> None:
    query = "SELECT ?t { ?t a <http://www.w3.org/2002/07/owl#Class> }"
    classes = {row["t"] for row in record.select(query)}
    assert len(classes) > 40
    for term in terms(record):
        name = term.removeprefix(TERMS)
        assert re.fullmatch(r"[A-Z][A-Za-z]+" if term in classes else r"[a-z][A-Za-z0-9]+", name)


def test_every_term_is_used_by_the_record_a_plan_of_another_shape_or_is_a_broader_class(
    record: Engine,
) -> None:
    query = """
        SELECT DISTINCT ?t {
          GRAPH ?g {
            { ?s ?t ?o } UNION { ?s a ?t } UNION { ?s ?p ?o BIND(DATATYPE(?o) AS ?t) }
          }
          FILTER(?g NOT IN (<https://w3id.org/hwbs/graph/hwbs>))
        }"""
    used = {row["t"] for engine in (record, open_small(*PLANS)) for row in engine.select(query)}
    # Only a store on disk keeps folded names (test_load); a code list and the basis of plain
    # links are named of a property.
    assert [shorten(term) for term in terms(record) if term not in used] == [
        "hwbs:foldedName",
        "hwbs:linkBasis",
        "hwbs:valuesFrom",
    ]


def test_every_concept_has_a_label_a_definition_and_a_scheme(record: Engine) -> None:
    query = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?c { ?c a skos:Concept
          FILTER NOT EXISTS { ?c skos:prefLabel ?l ; skos:definition ?d ; skos:inScheme ?s .
                              ?s a skos:ConceptScheme } }"""
    assert record.select(query) == []


def test_every_shape_speaks_to_its_reader() -> None:
    text = (bundled.folder("ontology") / "shapes.ttl").read_text("utf-8")
    messages = re.findall(r'sh:message "(.+?)"@en', text)
    assert len(messages) == text.count("a sh:PropertyShape")
    for message in messages:
        assert message.startswith("This ") or message.startswith("The ")
        assert message.endswith(".")
    assert text.count("sh:NodeShape") == text.count("sh:description") > 0
    assert not re.search("Leicester", text)  # nor do they know a city


def test_rules_derive_what_the_statements_say(small: Engine) -> None:
    query = "SELECT ?a ?p { ?a <https://w3id.org/hwbs/ns#involves> ?p }"
    assert len(small.select(query)) == 5
    pairs = {
        (row["action"], row["partner"]) for row in run_named(small, "report/partners-by-action")
    }
    assert {(row["a"], row["p"]) for row in small.select(query)} == pairs


def test_the_ontology_and_every_graph_say_who_made_them_when_under_which_licence(
    record: Engine,
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    query = """
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?it ?version ?creator ?created ?modified ?licence ?iri {
          ?it owl:versionInfo ?version ; owl:versionIRI ?iri ; dcterms:title ?title ;
            dcterms:creator/foaf:name ?creator ; dcterms:created ?created ;
            dcterms:modified ?modified ; dcterms:license ?licence
        }"""
    rows = record.select(query)
    graphs = {*record.graphs(), STANDARDS.value}
    assert {row["it"] for row in rows} == graphs | {f"{BASE}ns", f"{BASE}dataset"}
    for row in rows:
        assert row["version"] == project["version"]
        assert row["creator"] == project["authors"][0]["name"]
        assert row["iri"] == row["it"].replace(BASE, f"{BASE}{project['version']}/")
        assert "2026" <= row["created"] <= row["modified"]
        assert row["licence"] == LICENCE
    (held,) = record.select(f"""
        PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?title (GROUP_CONCAT(STR(?graph)) AS ?graphs)
        {{ <{BASE}dataset> void:subset ?graph ; dcterms:title ?title }} GROUP BY ?title""")
    assert (held["title"], set(held["graphs"].split())) == (TITLE, graphs)
