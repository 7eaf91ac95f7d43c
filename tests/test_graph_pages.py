"""Every named graph has a page and can be had as RDF, and so have the terms and the code lists."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.testclient import TestClient
from support import open_small

from hwbs_graph.model.single_values import FURTHER
from hwbs_graph.model.vocabulary import SCHEMES, SKOS, TERMS
from hwbs_graph.store import Engine
from hwbs_graph.web import urls
from hwbs_graph.web.lifecycle import Server, Settings
from hwbs_graph.web.protocol import GRAPHS

HTML = {"accept": "text/html"}
GRAPH = "https://w3id.org/hwbs/graph/"
VOID = "http://rdfs.org/ns/void#"
#: A graph that is called as no graph of ours.
FOREIGN = "https://example.org/a graph".replace(" ", "?x=1&y=2")
QUAD = f'<https://example.org/s> <https://example.org/p> "o" <{FOREIGN}> .\n'
#: A graph with a label that does not count.
DOUBLE = "https://example.org/double"
TWICE = "https://w3id.org/hwbs/id/partner/twice"
LABELS = (
    f'<{TWICE}> <{SKOS.prefLabel.value}> "Homes"@en <{DOUBLE}> .\n'
    f'<{TWICE}> <{FURTHER[SKOS.prefLabel].value}> "Cartrefi"@cy <{DOUBLE}> .\n'
)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs") / "foreign.nq"
    path.write_text(QUAD + LABELS, "utf-8")
    return path


class Opener:
    """Opens the small plans and a file with a graph of a foreign name, in a worker."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> Engine:
        engine = open_small()
        engine.snapshot().load(path=str(self.path), format=RdfFormat.N_QUADS)
        return engine


@pytest.fixture(scope="module")
def web(foreign: Path) -> Iterator[TestClient]:
    server = Server(Opener(foreign), Settings(port=0, workers=1, max_results=1 << 20))
    with TestClient(server.application, server.address) as client:
        yield client
    server.close()


@pytest.fixture(scope="module")
def whole(foreign: Path) -> Engine:
    return Opener(foreign)()


def test_every_named_graph_is_listed_and_its_page_opens(web: TestClient, whole: Engine) -> None:
    listed = web.get("/graph", headers=HTML).text
    assert 'href="/graph"' in web.get("/", headers=HTML).text
    graphs = whole.graphs()
    assert len(graphs) > 3
    for iri, size in graphs.items():
        path = urls.graph_page_url(iri)
        assert f'href="{path}"'.replace("&", "&amp;") in listed
        page = web.get(path, headers=HTML)
        assert page.status_code == 200
        assert f"<p>{size:,} statement" in page.text
        assert "<h2>The first things in it</h2>" in page.text


@pytest.mark.parametrize(
    ("name", "type", "format"),
    [
        ("ttl", "text/turtle", RdfFormat.TURTLE),
        ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_a_graph_comes_whole_as_rdf_by_header_and_by_address(
    web: TestClient, whole: Engine, name: str, type: str, format: RdfFormat
) -> None:
    for iri, size in whole.graphs().items():
        path = urls.graph_page_url(iri)
        by_header = web.get(path, headers={"accept": type})
        assert by_header.headers["content-type"].startswith(type)
        found = [quad.triple for quad in parse(by_header.content, format=format)]
        assert len(found) == size
        page = web.get(path, headers=HTML).text
        address = f"{path}{'&' if '?' in path else '?'}format={name}"
        assert f'href="{address}"'.replace("&", "&amp;") in page
        assert web.get(address, headers=HTML).content == by_header.content


def test_a_graph_of_a_foreign_name_is_reached_by_its_iri(web: TestClient) -> None:
    page = web.get("/graph", params={"iri": FOREIGN}, headers=HTML).text
    assert 'href="https://example.org/s"' in page
    turtle = web.get("/graph", params={"iri": FOREIGN}, headers={"accept": "application/n-triples"})
    assert turtle.text == '<https://example.org/s> <https://example.org/p> "o" .\n'


def test_a_graph_and_a_thing_come_with_each_label_as_its_file_has_it(web: TestClient) -> None:
    label = f"<{SKOS.prefLabel.value}>"
    for path in (urls.graph_page_url(DOUBLE), urls.page_url(TWICE)):
        reply = web.get(path, headers={"accept": "application/n-triples"})
        said = {line.partition(" ")[2].removesuffix(" .") for line in reply.text.splitlines()}
        assert said == {f'{label} "Homes"@en', f'{label} "Cartrefi"@cy'}


def test_the_page_of_a_graph_tells_its_kinds_and_the_documents_it_quotes(
    web: TestClient, whole: Engine
) -> None:
    rows = whole.select(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a <https://w3id.org/hwbs/ns#Action> } }"
        " GROUP BY ?g ORDER BY ?g LIMIT 1"
    )
    page = web.get(urls.graph_page_url(rows[0]["g"]), headers=HTML).text
    assert "<h2>Documents it quotes</h2>" in page
    action = page.partition('<a href="/ns/Action">')[2]
    assert action.partition("</td><td>")[2].partition("<")[0] == rows[0]["n"]


def test_a_thing_links_to_the_graphs_that_speak_of_it(web: TestClient, whole: Engine) -> None:
    row = whole.select(
        "SELECT ?s ?g { GRAPH ?g { ?s a <https://w3id.org/hwbs/ns#Involvement> } }"
        " ORDER BY ?s LIMIT 1"
    )[0]
    page = web.get(urls.page_url(row["s"]), headers=HTML).text
    said = page.partition("Stated in the ")[2].partition("</p>")[0]
    assert f'href="{urls.graph_page_url(row["g"])}"' in said


def test_a_graph_there_is_not_gets_404(web: TestClient) -> None:
    for path in ("/graph/nothing", "/graph/", f"/graph?iri={quote('x:y> <z')}"):
        for headers in (HTML, {"accept": "text/turtle"}):
            assert web.get(path, headers=headers).status_code == 404
    assert web.get("/graph/small", headers={"accept": "image/png"}).status_code == 406


def test_a_graph_larger_than_an_answer_may_be_is_refused_in_a_sentence(foreign: Path) -> None:
    server = Server(Opener(foreign), Settings(port=0, workers=1, max_results=1000))
    try:
        with TestClient(server.application, server.address) as client:
            found = client.get("/graph/schemes", headers={"accept": "text/turtle"})
            assert found.status_code == 413
            assert "larger than" in found.json()["error"]
            assert client.get("/graph/schemes", headers=HTML).status_code == 200
    finally:
        server.close()


def test_the_address_of_the_ontology_gives_all_of_it_to_a_program(
    web: TestClient, whole: Engine
) -> None:
    turtle = web.get("/ns", headers={"accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    subjects = {quad.subject for quad in parse(turtle.content, format=RdfFormat.TURTLE)}
    assert NamedNode(f"{TERMS}Action") in subjects
    assert web.get("/ns", params={"format": "nt"}).status_code == 200
    assert web.get("/ns", headers=HTML).headers["content-type"].startswith("text/html")
    assert web.get("/ns", headers={"accept": "image/png"}).status_code == 406


def test_every_term_code_list_and_code_has_a_page(web: TestClient, whole: Engine) -> None:
    rows = whole.select(
        f"SELECT DISTINCT ?s {{ {{ ?s a <{SKOS.ConceptScheme.value}> }} UNION"
        f" {{ ?s <{SKOS.inScheme.value}> ?scheme }} UNION"
        f" {{ ?s <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> ?o }} }}"
    )
    ours = [row["s"] for row in rows if row["s"].startswith((SCHEMES, TERMS))]
    assert len(ours) > 200
    # Of each list and of the terms some: pages of one kind are made alike.
    for iri in sorted(ours)[::6]:
        assert web.get(urls.page_url(iri), headers=HTML).status_code == 200, iri


def test_the_description_at_the_well_known_address_counts_what_is_served(
    web: TestClient, whole: Engine
) -> None:
    turtle = web.get("/.well-known/void", headers={"accept": "*/*"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    text = web.get("/.well-known/void", params={"format": "nt"}).text
    said = re.findall(rf"<([^>]+)> <{VOID}(triples|class|entities)> [<\"]([^>\"]+)", text)
    pairs = [each for each in said if "-property-" not in each[0]]  # test_assistants counts those
    sizes = {one: int(value) for one, name, value in pairs if name == "triples"}
    (data,) = sizes.keys() - whole.graphs().keys()
    assert sizes == {**whole.graphs(), data: whole.size()}
    service = web.get("/sparql", headers={"accept": "application/n-triples"}).text
    assert f"<{data}> <{VOID}triples>" in service
    parts = {one: value for one, name, value in pairs if name == "class"}
    entities = {parts[one]: int(value) for one, name, value in pairs if name == "entities"}
    counted = whole.select("SELECT ?c (COUNT(DISTINCT ?x) AS ?n) { ?x a ?c } GROUP BY ?c")
    assert entities == {row["c"]: int(row["n"]) for row in counted}


def test_the_description_comes_in_every_format_of_rdf_and_in_no_other(web: TestClient) -> None:
    for type in GRAPHS:
        found = web.get("/.well-known/void", headers={"accept": type})
        assert found.status_code == 200
        assert list(parse(found.content, format=GRAPHS[type]))
    assert web.get("/.well-known/void", params={"format": "nt"}).text.startswith("<")
    assert web.get("/.well-known/void", headers={"accept": "text/csv"}).status_code == 406
