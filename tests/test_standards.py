"""A client that knows ORG, PROV, Web Annotation and SKOS, and no term of ours, finds all."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from support import PLANS, SMALL, Hwbs, told

from hwbs_graph.data import bundled, corpus
from hwbs_graph.model.vocabulary import PREFIXES, STANDARDS
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_query
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.write.export.subgraph import extract_plan

PREFIX_LINES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
#: What such a client asks for, and what we call it.
ASKED = {
    "?x a prov:Plan": "?x a ?c VALUES ?c { hwbs:Strategy hwbs:ActionPlan }",
    "?x a prov:Activity": "?x a ?c VALUES ?c { hwbs:BoardMeeting hwbs:Review org:ChangeEvent }",
    "?x a org:Organization": """
        ?x a ?c VALUES ?c { hwbs:Partner hwbs:Board hwbs:Subgroup org:FormalOrganization
          org:Organization org:OrganizationalCollaboration }
        FILTER NOT EXISTS { ?x a ?other VALUES ?other { org:Post hwbs:PartnerGroup } }""",
    "?x a org:OrganizationalUnit ; org:unitOf/org:hasUnit ?x": "?x a hwbs:Division",
    "?x a org:OrganizationalCollaboration": """
        ?x a ?c VALUES ?c { hwbs:Subgroup org:OrganizationalCollaboration }""",
    "?x a org:Membership ; org:member ?m ; org:organization ?o . ?m org:memberOf ?o . ?o a "
    "org:Organization": "?x a hwbs:Membership",
    "?x a oa:Annotation ; oa:hasTarget ?t ; oa:hasBody/rdf:value ?v": "?x a hwbs:QualityNote",
    "?x a oa:SpecificResource, prov:Entity ; oa:hasSource ?d . ?d a foaf:Document": (
        "?x a hwbs:Passage"
    ),
    "?x a skos:Concept ; skos:inScheme ?s . ?s a skos:ConceptScheme": "?x skos:inScheme ?s",
    "?x prov:wasDerivedFrom ?p . ?p a prov:Entity, oa:SpecificResource": (
        "?x prov:wasQuotedFrom ?p"
    ),
    "?x prov:hadPrimarySource ?d ; prov:wasDerivedFrom ?d": "?x hwbs:statedIn ?d",
    "?x prov:wasAttributedTo ?a . ?a a prov:Agent": (
        "{ ?x hwbs:curator ?a } UNION { ?x prov:wasAttributedTo ?a }"
    ),
    "?x prov:wasRevisionOf ?y": "?x hwbs:supersedes ?y",
    "?x dcterms:isPartOf ?y": "?x hwbs:inPlan|hwbs:standsUnder|hwbs:targetOf ?y",
    "?x rdfs:label ?l": "?x skos:prefLabel|rdfs:label ?l",
}


@pytest.fixture(scope="module")
def client() -> Engine:
    """The record as `hwbs sparql`, `serve`, `load` and `export` have it."""
    return Embedded(corpus.open_store(standards=True))


@pytest.mark.parametrize("asked", ASKED)
def test_a_client_of_the_standards_finds_what_ours_finds(
    asked: str, client: Engine, record: Engine
) -> None:
    def things(engine: Engine, pattern: str) -> set[str]:
        return {row["x"] for row in engine.select(f"{PREFIX_LINES} SELECT ?x {{ {pattern} }}")}

    found = things(client, asked)
    assert found == things(record, ASKED[asked])
    assert found


def test_what_ships_is_what_is_derived(client: Engine) -> None:
    path = bundled.folder("graph") / "derived" / "standards.trig"
    derived = set(client.snapshot().quads_for_pattern(None, None, None, STANDARDS))
    assert set(parse(path=path, format=RdfFormat.TRIG)) == derived


def test_what_all_rules_of_a_folder_derive_is_written_at_once() -> None:
    store = corpus.open_store(base=[*corpus.vocabulary_files(), *SMALL], standards=True)
    was, written = set(store), list[int]()

    def write(quads: Iterable[Quad]) -> None:
        part = list(quads)
        written.append(len(part))
        store.extend(part)

    corpus.apply_rules(store, write)
    corpus.apply_standards(store, write)
    assert len(written) == 2
    assert min(written) > 50
    assert set(store) == was


def test_no_named_question_answers_otherwise_for_what_the_standards_say() -> None:
    base = [*corpus.vocabulary_files(), *SMALL]
    plain = Embedded(corpus.open_store(PLANS, base=base))
    whole = Embedded(corpus.open_store(PLANS, base=base, standards=True))
    for name in catalogue.query_names():
        text = catalogue.load(name).text
        assert told(run_query(whole, text)) == told(run_query(plain, text)), name


def test_an_exported_plan_has_the_things_that_it_had(client: Engine, record: Engine) -> None:
    plan = "https://w3id.org/hwbs/id/leicester-2019/action-plan"
    was = set(extract_plan(record, plan).snapshot())
    now = set(extract_plan(client, plan).snapshot())
    more = {quad for quad in now - was if quad.graph_name == STANDARDS}
    assert now - more == was
    bodies = {quad.subject for quad in more} - {quad.subject for quad in was}
    assert all(str(body).endswith("-body>") for body in bodies)
    assert bodies


def test_a_look_up_derives_nothing_for_clients_of_the_standards(
    hwbs: Hwbs, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.ttl"  # no test has opened it before
    own.write_bytes(SMALL[0].read_bytes())
    derived: list[object] = []
    monkeypatch.setattr(corpus, "apply_standards", derived.append)
    for command in ("partner", "show", "ask", "path"):
        assert hwbs(command, "Nobody at all", *(["Nobody"] if command == "path" else [])).code == 1
    assert hwbs("list", "themes", "--graph", SMALL[0]).code == 0
    assert hwbs("sparql", "ASK {}", "--store", small_store).code == 0
    assert not derived
    assert hwbs("sparql", "ASK {}", "--graph", own).code == 0
    assert len(derived) == 1
