"""What the server answers at each address: pages, the catalogue, the editor, and refusals."""

import html
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from openapi_spec_validator import validate
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.testclient import TestClient
from support import open_small

from hwbs_graph.extras import has_extra
from hwbs_graph.model.vocabulary import SCHEMES, TERMS, THINGS
from hwbs_graph.query import catalogue
from hwbs_graph.web import urls
from hwbs_graph.web.branding import Branding
from hwbs_graph.web.lifecycle import Server, Settings
from hwbs_graph.web.workers.admission import GONE, Admission, Client

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
JSON = {"accept": "application/json"}


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    server = Server(open_small, Settings(port=0, timeout=60, workers=1, assistant=has_extra("mcp")))
    with TestClient(server.application, server.address) as client:
        yield client
    server.close()


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server of a council's own, whose graph has things with dots in their addresses."""
    own = Branding("<b>Vale", b"<svg/>", "logo.svg", "image/svg+xml", "#336699", "help@example.org")
    dotted = tmp_path_factory.mktemp("dotted") / "dotted.ttl"
    dotted.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/hwbs/id/partner/data.csv> a hwbs:Partner ; skos:prefLabel 'Dot'@en .\n",
        "utf-8",
    )
    settings = Settings(port=0, workers=1, branding=own)
    server = Server(partial(open_small, dotted), settings)
    with TestClient(server.application, server.address) as client:
        yield client
    server.close()


def test_what_looks_like_a_format_may_be_the_end_of_an_address(branded: TestClient) -> None:
    page = branded.get("/id/partner/data.csv", headers=HTML)
    assert (page.status_code, "Dot</h1>" in page.text) == (200, True)
    assert branded.get("/id/partner/data.csv.csv").text.startswith("partner,plan")
    assert branded.get("/id/partner/data.csv?format=json").json()["partner"]["label"] == "Dot"
    assert branded.get("/id/partner/homes.csv").text.startswith("partner,plan")


def test_a_server_s_pages_are_a_council_s_own(branded: TestClient) -> None:
    page = branded.get("/queries", headers=HTML).text
    logo, style = branded.get("/static/logo.svg"), branded.get("/static/own.css")
    told = branded.get("/accessibility", headers=HTML).text
    assert "- &lt;b&gt;Vale</title>" in page
    assert '<img class="logo" src="/static/logo.svg" alt="">' in page
    assert 'href="/static/own.css"' in page
    assert 'href="mailto:help@example.org"' in told
    assert "axe-core" in told
    assert (logo.content, logo.headers["content-type"]) == (b"<svg/>", "image/svg+xml")
    assert "sandbox" in logo.headers["content-security-policy"]
    assert "#336699" in style.text


def test_a_server_of_nobody_in_particular_has_no_own_files(web: TestClient) -> None:
    assert "static/own.css" not in web.get("/", headers=HTML).text
    for name in ("own.css", "logo.svg", "logo.png"):
        assert web.get(f"/static/{name}").status_code == 404
    told = web.get("/accessibility", headers=HTML).text
    assert "has given no address to write to" in told
    assert "set no cookies" in told


def rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["results"]["bindings"]
    return found


# Pages


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=housing",
        "/queries",
        "/queries/report/partners",
        "/sparql",
        "/ns",
        "/ns/Action",
        "/graph",
        "/graph/schemes",
    ],
)
def test_every_page_is_html_that_lets_in_nothing_from_elsewhere(web: TestClient, path: str) -> None:
    found = web.get(path, headers=HTML)
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.text.startswith("<!DOCTYPE html>")
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found.headers["referrer-policy"] == "no-referrer"
    assert "<script>" not in found.text
    assert " style=" not in found.text


def test_a_search_finds_a_partner_by_its_spelling_and_leads_to_its_page(web: TestClient) -> None:
    found = web.get("/", params={"q": "NEIGBOURS"}, headers=HTML).text
    assert "<h2>Found</h2>" in found
    path = found.partition("<h2>Found</h2>")[2].partition('href="')[2].partition('"')[0]
    assert "<h1>" in web.get(path, headers=HTML).text


def test_a_near_miss_is_offered_and_not_taken(web: TestClient) -> None:
    found = web.get("/", params={"q": "Neighbors"}, headers=HTML).text
    assert "<h2>Found</h2>" not in found
    assert "did you mean" in found


def test_a_search_for_nothing_like_it_says_so(web: TestClient) -> None:
    assert web.get("/", params={"q": "q" * 50}, headers=HTML).status_code == 200


def test_words_are_found_marked_with_kind_plan_and_a_link_to_the_very_line(web: TestClient) -> None:
    page = web.get("/search?q=AMBER", headers=HTML).text
    assert "1 thing holds these words" in page
    assert "<mark>Amber</mark>" in page
    (link,) = re.findall('href="([^"]+#[^"]+)"', page)
    path, _, anchor = link.partition("#")
    target = web.get(path, headers=HTML).text
    assert f'<tr role="row" id="{anchor}">' in target
    assert len(re.findall(" id=", target)) == len(set(re.findall(r' id="[^"]+"', target)))


def test_a_search_is_narrowed_by_links_to_a_kind_and_a_plan_and_back(web: TestClient) -> None:
    page = web.get("/search?q=homes", headers=HTML).text
    total = int(page.partition(" things hold these words")[0].rpartition("<h2>")[2])
    links = re.findall('<a href="(/search[^"]+)">([^<]+)</a> ([0-9]+)', page)
    assert {"partner", "action"} <= {label for _, label, _ in links}
    for link, label, number in links:
        narrow = web.get(html.unescape(link), headers=HTML).text
        one = "1 thing holds" if number == "1" else f"{number} things hold"
        assert f"<h2>{one} these words" in narrow
        assert f"<strong>{label}</strong>" in narrow
    assert sum(int(number) for link, _, number in links if "kind=" in link) == total
    refused = web.get("/search?q=homes&kind=planet", headers=HTML)
    assert refused.status_code == 400
    assert "There is no kind “planet”" in refused.text


def test_the_search_box_stands_on_every_page_and_an_older_address_still_answers(
    web: TestClient,
) -> None:
    for path in ("/", "/queries", "/ns", "/id/nothing", "/search?q=homes"):
        page = web.get(path, headers=HTML).text
        assert page.count('role="search"') == 1
        assert re.search('<form[^>]* action="/search" method="get"', page)
    assert "<mark>" in web.get("/?q=homes", headers=HTML).text
    assert web.get("/search?q=+", headers=HTML).url.path == "/"
    # What is typed is shown as text, never as markup.
    assert "&lt;b&gt;" in web.get("/search?q=<b>", headers=HTML).text


def test_a_question_is_answered_as_a_page_with_its_parts(web: TestClient) -> None:
    page = web.get("/ask?q=actions+with+Homes+and+Neighbours", headers=HTML).text
    assert "<h2>1 action with Homes and Neighbours" in page
    assert "Open a café" in page
    assert (
        "Which actions involve a partner?" in web.get("/ask?q=actions+of+Homes", headers=HTML).text
    )
    both = web.get("/ask?q=actions+in+Good+Company+without+Stove+Society", headers=HTML).text
    links = re.findall('href="(/ask[^"]+)">without it', both)
    assert len(links) == 2
    assert "<h2>1 action in Good Company" in web.get(html.unescape(links[1]), headers=HTML).text
    no = web.get("/ask?q=is+Stove+Society+in+Good+Company+1a", headers=HTML).text
    assert "<h2>No: there is no action" in no
    refused = web.get("/ask?q=actions+with+Homes+in+<b>Derby", headers=HTML)
    assert "Understood: actions with Homes (3)" in refused.text
    assert "<b>" not in refused.text
    assert "Ask in plain English" in web.get("/ask", headers=HTML).text


def test_a_part_of_a_question_is_changed_turned_round_or_left_out_by_links_and_a_form(
    web: TestClient,
) -> None:
    page = web.get("/ask?q=actions+with+Homes+and+Neighbours", headers=HTML).text
    assert "<b>with Homes and Neighbours</b>" in page
    opposite = re.findall('href="(/ask[^"]+)">without Homes or Neighbours', page)
    assert "without Homes" in web.get(html.unescape(opposite[0]), headers=HTML).text
    left = re.findall('href="(/ask[^"]+)">Leave out Neighbours', page)
    assert "<h2>3 actions with Homes," in web.get(html.unescape(left[0]), headers=HTML).text
    # A form without a script: the names of its kind to choose from, and one name for another.
    assert 'list="names-partner"' in page
    assert '<option value="Stove Society">' in page
    asked = "/ask?q=actions+with+Homes+and+Neighbours"
    for other in ("Stove Society", "<b>", "x" * 5000):
        changed = web.get(f"{asked}&slot=0.1&to={quote(other)}", headers=HTML)
        assert changed.url.params["q"] == f"actions with Homes and {other[:200]}"
        assert "<b>&" not in changed.text
    for slot in ("9.0", "0.9", "-1", "partner", "0.0.0", "٣.٣"):
        same = web.get(f"{asked}&slot={slot}&to=Stove+Society", headers=HTML)
        assert same.url.params["q"] == "actions with Homes and Neighbours"
    saved = web.get("/ask?q=who+works+with+Homes&slot=partner&to=Neighbours", headers=HTML)
    assert saved.url.params["q"] == "who works with Neighbours"
    assert "Not understood" not in saved.text


def test_refinements_have_counts_and_a_picture_of_the_view_is_offered(web: TestClient) -> None:
    page = web.get("/ask?q=actions+with+Homes", headers=HTML).text
    further = re.findall('<li><a href="(/ask[^"]+)">([^<]+)</a> ([0-9]+)</li>', page)
    assert further
    for link, text, number in further:
        told = web.get(html.unescape(link), headers=HTML).text
        assert re.search(f"<h2>{number} ", told), text
    (picture, *_) = re.findall('href="(/view[^"]+)">As a picture', page)
    assert "#plan=https" in picture
    assert "&amp;partner=https" in picture
    # The view has no filter for what is denied, so no picture is offered that would show another.
    assert "As a picture" not in web.get("/ask?q=actions+without+Homes", headers=HTML).text


def test_questions_are_suggested_as_one_types_and_each_is_understood(web: TestClient) -> None:
    def suggest(text: str) -> list[str]:
        found = web.get(f"/ask/suggestions?q={quote(text)}")
        assert found.headers["cache-control"] == "max-age=300"
        return list(found.json())

    offered = [suggest(text) for text in ("which act", "Hom", "actions with Homes and Nei")]
    assert all(offered)
    assert offered[2][0] == "actions with Homes and Neighbours"
    assert all("Homes" in each for each in offered[1])
    for each in dict.fromkeys(one for found in offered for one in found):
        assert "Not understood" not in web.get(f"/ask?q={quote(each)}", headers=HTML).text
    assert [suggest(text) for text in ("", "q", "\0" * 9, "zzzz", "zzzz " * 300)] == [[]] * 5
    # Without a script the examples stand in the page, for the box and as links.
    page = web.get("/ask", headers=HTML).text
    examples = re.findall('<option value="([^"]+)">', page)
    assert examples
    assert all(f">{each}</a>" in page for each in examples)


def test_an_address_names_the_version_of_its_data_and_says_when_they_are_others(
    web: TestClient,
) -> None:
    path = "/id/partner/homes"
    page = web.get(f"{path}?x=%3Cb%3E", headers=HTML)
    number = page.headers["data-version"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    (cited,) = re.findall('href="([^"]+)">an address that says so', page.text)
    assert html.unescape(cited) == f"{path}?x=%3Cb%3E&version={number}"
    same = web.get(html.unescape(cited), headers=HTML)
    assert same.text == page.text
    for other in ("0" * 64, number[:8], "", "none"):
        told = web.get(f"{path}?version={other}", headers=HTML)
        assert told.status_code == 200
        assert f"what you see is of version <code>{number}</code>" in told.text
        # A program would take other data for those that it names.
        data = web.get(f"{path}.csv?version={other}")
        assert (data.status_code, data.json()["status"]) == (409, 409)
        assert number in data.json()["detail"]
    fine = web.get(f"/queries/report/partners?version={number}&format=csv")
    assert fine.text == web.get("/queries/report/partners?format=csv").text
    assert 'href="//' not in web.get("//elsewhere.example/", headers=HTML).text


def test_a_browser_that_has_a_page_is_told_so_without_its_being_made_again(
    web: TestClient,
) -> None:
    for path in ("/id/partner/homes", "/queries/report/partners", "/ask?q=actions+with+Homes"):
        first = web.get(path, headers=HTML)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = web.get(path, headers={**HTML, "if-none-match": f'"x", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        other = web.get(path, headers={"accept": "*/*", "if-none-match": tag})
        assert other.status_code == 200
    # What is refused has no tag, nor has what is made anew each time.
    for path in ("/id/nobody", "/sparql?query=ASK{}", "/sparql", "/"):
        assert "etag" not in web.get(path, headers=HTML).headers


def test_a_name_that_can_only_mean_one_thing_is_offered_to_a_program_and_never_taken(
    web: TestClient,
) -> None:
    found = web.get("/queries/report/actions-by-partner?partner=Homes+team", headers=JSON)
    assert found.status_code == 404
    assert found.json()["suggestions"] == ["Homes"]
    assert found.json()["detail"] == "Nothing is called “Homes team”. Did you mean “Homes”?"


def test_a_page_that_is_not_there_leads_to_a_search(web: TestClient) -> None:
    page = web.get("/queries/report/actions-by-partner?partner=Loft", headers=HTML).text
    assert 'href="/search?q=Loft"' in page


def test_the_page_of_a_thing_has_its_words_its_place_and_its_partners(
    web: TestClient, small: Any
) -> None:
    row = small.select(
        "PREFIX hwbs: <https://w3id.org/hwbs/ns#> SELECT ?a ?p WHERE { ?a hwbs:involves ?p }"
        " ORDER BY ?a ?p LIMIT 1"
    )[0]
    page = web.get(urls.page_url(row["a"]), headers=HTML).text
    for words in ("Where it is printed", "Links with their basis", "stated in document"):
        assert words in page
    assert f'href="{urls.page_url(row["p"])}"' in page
    partner = web.get(urls.page_url(row["p"]), headers=HTML).text
    sheet = html.unescape(re.findall(r'href="(/view\?partner=[^"]+)"', partner)[0])
    assert sheet.endswith(f"#view=sheet&select={quote(row['p'], safe='')}")
    assert web.get(sheet.partition("#")[0], headers=HTML).status_code == 200


def test_a_thing_has_the_same_address_as_turtle_and_json_ld(web: TestClient) -> None:
    path = "/scheme/determinant/housing"
    turtle = web.get(path, headers={"accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = {quad.triple for quad in parse(turtle.content, format=RdfFormat.TURTLE)}
    assert NamedNode(f"{SCHEMES}determinant/housing") in {each.subject for each in triples}
    linked = web.get(path, params={"format": "jsonld"})
    assert linked.headers["content-type"] == "application/ld+json"
    assert {q.triple for q in parse(linked.content, format=RdfFormat.JSON_LD)} == triples
    assert web.get(path, headers={"accept": "image/png"}).status_code == 406
    assert web.get(path, params={"format": "png"}).status_code == 406


def test_excel_reads_a_thing_a_list_and_an_answer_by_their_addresses(web: TestClient) -> None:
    for path in ("/id/partner/homes.csv", "/id/partner/homes?format=csv"):
        found = web.get(path)
        assert found.headers["content-type"] == "text/csv; charset=utf-8"
        assert found.text.startswith("partner,plan,theme,objective,code,action")
    assert web.get("/id/partner/homes.json").json()["partner"]["label"] == "Homes"
    assert web.get("/id/alpha-2030.csv").text.startswith("thing,direction,property")
    assert web.get("/id/partner/homes.ttl").headers["content-type"].startswith("text/turtle")
    listed = web.get("/queries/report/actions-by-partner.csv?partner=Homes")
    assert listed.text == web.get("/ask.csv?q=which+actions+involve+Homes").text
    assert "Open a café" in listed.text
    counted = web.get("/queries/report/partners.csv").text
    assert re.search(r",\d+\r\n", counted)
    book = web.get("/ask.xlsx?q=actions+with+Homes")
    assert (book.content[:2], book.headers["x-content-type-options"]) == (b"PK", "nosniff")
    assert web.get("/compare.csv?one=alpha-2030&other=beta-2035").text.startswith("section,topic")
    for path in ("/id/nothing.csv", "/id/partner/homes.exe", "/queries/report/partners.csv.csv"):
        assert web.get(path, headers=JSON).status_code == 404
    assert web.get("/ask?q=actions+with+Homes&format=exe", headers=JSON).status_code == 406
    assert web.get("/id/partner/homes.xlsx", headers=JSON).status_code == 406
    assert web.get("/ask.csv?q=actions+with+Homes+in+Derby", headers=JSON).status_code >= 400


def test_what_there_is_not_gets_404_in_the_type_asked_for(web: TestClient) -> None:
    for path in ("/id/nothing", "/nowhere", "/static/../server.py", "/ns/Nothing", "/queries/x/y"):
        page = web.get(path, headers=HTML)
        assert page.status_code == 404
        assert "<h1>Not found</h1>" in page.text
        assert web.get(path, headers=JSON).json()["error"]
    assert web.get("/id/nothing", headers={"accept": "text/turtle"}).status_code == 404


@pytest.mark.parametrize("path", ["/", "/queries", "/ns/Action", "/view", "/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_page_can_only_be_read(web: TestClient, path: str, method: str) -> None:
    found = web.request(method, path)
    assert found.status_code == 405
    assert "GET" in found.headers["allow"]


def test_head_has_no_body(web: TestClient) -> None:
    for path in ("/", "/queries", "/ns/Action", "/sparql?query=ASK{}"):
        found = web.head(path)
        assert (found.status_code, found.content) == (200, b"")


def test_the_workshop_view_of_a_plan_is_the_page_of_hwbs_view(web: TestClient) -> None:
    drawn = web.get("/view", params={"plan": "alpha-2030/action-plan"}, headers=HTML)
    assert drawn.status_code == 200
    assert "hwbsView" in drawn.text
    assert "script-src &#39;sha256-" in drawn.text
    assert web.get("/view", params={"plan": "no such plan"}, headers=HTML).status_code == 404


def test_a_room_of_thirty_opens_the_view_at_once_and_it_is_drawn_once(web: TestClient) -> None:
    with ThreadPoolExecutor(30) as room:
        found = [*room.map(lambda _: web.get("/view", headers=HTML), range(30))]
    assert Counter(each.status_code for each in found) == {200: 30}
    (tag,) = {each.headers["etag"] for each in found}
    again = web.get("/view", headers={**HTML, "if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = web.get("/view?plan=alpha-2030/action-plan", headers={**HTML, "if-none-match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_an_address_leads_to_the_iri_it_stands_for() -> None:
    for iri in (f"{THINGS}a/b", f"{TERMS}Action", f"{SCHEMES}x/y", f"{THINGS}a b"):
        path = urls.page_url(iri)
        assert path.startswith("/")
        assert urls.iri_from_path(path.replace("%20", " ")) == iri
    assert urls.page_url("javascript:alert(1)") == ""
    assert urls.page_url("https://example.org/") == "https://example.org/"


def test_every_link_of_ours_leads_to_a_page(web: TestClient) -> None:
    seen, alike = set[str](), Counter[str]()
    waiting = ["/", "/queries", "/ns", "/queries/report/elements"]
    while waiting:
        path = waiting.pop(0)
        # Of pages that differ by their last word alone, five stand for all.
        family = re.sub(r"[^/]*$", "", path.partition("?")[0]) + "?" * ("?" in path)
        if path in seen or "format=" in path or path.startswith(("/static", "/view")):
            continue
        alike[family] += 1
        if alike[family] > 5:
            continue
        seen.add(path)
        found = web.get(path, headers=HTML)
        assert found.status_code == 200, path
        # A version of the ontology has a name, and no page.
        assert not re.search(r'href="[^"]*w3id.org/hwbs/(?!\d)', found.text), path
        links = re.findall(r'href="(/[^"#]*)"', found.text)
        waiting += [html.unescape(link) for link in links]
    assert len(seen) > 80
    assert len(alike) > 25


# Whatever a label or a parameter says

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.mark.parametrize(
    "path",
    [
        f"/?q={quote(ATTACK)}",
        f"/id/{quote(ATTACK, safe='')}",
        f"/queries/report/actions-by-partner?partner={quote(ATTACK)}",
        f"/queries/{quote(ATTACK, safe='')}/x",
        f"/sparql?query={quote(ATTACK)}",
        f"/sparql?question={quote(ATTACK)}",
        f"/view?plan={quote(ATTACK)}",
        "/sparql?query=" + quote(f"SELECT ({json.dumps(ATTACK)} AS ?x) {{}}"),
        "/sparql?query=" + quote("SELECT (<javascript:alert(1)> AS ?x) {}"),
        "/sparql?query=" + quote(f"CONSTRUCT {{ <x:> <x:> {json.dumps(ATTACK)} }} {{}}"),
    ],
)
def test_no_page_runs_what_it_is_given(web: TestClient, path: str) -> None:
    text = web.get(path, headers=HTML).text
    assert "<script>" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "{{7*7}}" in text or "7*7" not in path


# The catalogue


def test_the_catalogue_lists_every_query(web: TestClient) -> None:
    found = web.get("/queries", headers=JSON).json()
    assert [each["name"] for each in found] == catalogue.query_names()
    assert web.get("/queries", params={"format": "csv"}).status_code == 406


def test_a_question_takes_a_name_a_spelling_or_an_iri(web: TestClient) -> None:
    address = "/queries/report/actions-by-partner"
    every = rows(web.get(address, headers=JSON).text)
    partner = every[0]["partner"]["value"], every[0]["partnerLabel"]["value"]
    answers = [
        web.get(address, params={"partner": each}, headers=JSON).text
        for each in (*partner, f"<{partner[0]}>", partner[1].upper())
    ]
    assert len(set(answers)) == 1
    assert 0 < len(rows(answers[0])) < len(every)


def test_an_answer_comes_as_json_csv_or_a_page(web: TestClient) -> None:
    address = "/queries/report/themes"
    w3c = web.get(address)
    assert w3c.headers["content-type"] == "application/sparql-results+json"
    assert web.get(address, headers=JSON).headers["content-type"] == "application/json"
    for csv in (
        web.get(address, headers={"accept": "text/csv"}),
        web.get(address, params={"format": "csv"}, headers=HTML),
    ):
        assert csv.headers["content-type"] == "text/csv; charset=utf-8"
        assert csv.text.count("\r\n") == len(rows(w3c.text)) + 1
    assert "<table>" in web.get(address, headers=HTML).text
    assert web.get(address, headers={"accept": "text/turtle"}).status_code == 406
    book = web.get(address, params={"format": "xlsx"})
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
    assert web.get(address, params={"format": "docx"}).status_code == 406


def test_a_question_whose_answer_is_a_graph_gives_rdf(web: TestClient) -> None:
    address = "/queries/network/partner-projection"
    assert web.get(address).headers["content-type"] == "text/turtle; charset=utf-8"
    assert web.get(address, headers=JSON).headers["content-type"] == "application/json"
    linked = web.get(address, params={"format": "json"})
    assert linked.headers["content-type"] == "application/ld+json"
    assert "<pre" in web.get(address, headers=HTML).text
    assert web.get(address, headers={"accept": "text/csv"}).status_code == 406


def test_an_unknown_name_gets_404_with_the_nearest(web: TestClient) -> None:
    address, given = "/queries/report/actions-by-partner", {"partner": "Neighbors"}
    found = web.get(address, params=given, headers=JSON)
    assert found.status_code == 404
    assert "Neighbours" in found.json()["suggestions"]
    page = web.get(address, params=given, headers=HTML)
    assert page.status_code == 404
    assert f'href="{address}?partner=Neighbours"' in page.text


def test_an_unknown_question_gets_404_with_the_nearest(web: TestClient) -> None:
    found = web.get("/queries/report/action-by-partner", headers=JSON)
    assert found.status_code == 404
    assert "report/actions-by-partner" in found.json()["suggestions"]


def test_an_ambiguous_name_gets_300_with_the_candidates(web: TestClient) -> None:
    address, given = "/queries/report/partners-by-action", {"action": "1a"}
    found = web.get(address, params=given, headers=JSON)
    assert found.status_code == 300
    paths = sorted(each["name"] for each in found.json()["candidates"])
    assert paths == ["alpha-2030/action/company-1a", "alpha-2030/action/warmth-1a"]
    page = web.get(address, params=given, headers=HTML)
    assert page.status_code == 300
    for path in paths:
        assert f'href="{address}?action={quote(path, safe="")}"' in page.text
        assert web.get(address, params={"action": path}).status_code == 200


def test_a_problem_is_told_to_programs_as_rfc_9457_says(web: TestClient) -> None:
    for path, status, title in (
        ("/queries/report/actions-by-partner?partner=Neighbors", 404, "Not Found"),
        ("/queries/report/partners-by-action?action=1a", 300, "Multiple Choices"),
        ("/queries/report/actions-by-partner?colour=red", 400, "Bad Request"),
        ("/queries?format=csv", 406, "Not Acceptable"),
        ("/nowhere", 404, "Not Found"),
        ("/sparql?query=SELECT", 400, "Bad Request"),
    ):
        found = web.get(path, headers=JSON)
        assert found.headers["content-type"] == "application/problem+json"
        assert found.headers["vary"] == "Accept, Accept-Encoding"
        told = found.json()
        assert (found.status_code, told["status"], told["title"]) == (status, status, title)
        # `error` is the member that clients read before.
        assert told["error"] == told["detail"] != ""
        assert {"suggestions", "candidates"} <= set(told)


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("text/csv, text/html;q=.5", "text/html"),
        ("text/turtle, text/html;q=0.5", "text/html"),
        ("text/csv, text/plain;q=0.5", "text/plain"),
        ("text/turtle, */*;q=0.1", "application/problem+json"),
        ("text/csv, text/html;q=0.4, application/json;q=0.5", "application/problem+json"),
        ("text/turtle", "application/problem+json"),
        ("text/html, text/csv;q=0.5", "text/html"),
    ],
)
def test_a_problem_comes_in_a_type_that_the_client_can_read(
    web: TestClient, accept: str, type: str
) -> None:
    asked = "/queries/report/actions-by-partner?partner=none"
    for path in ("/id/nobody", asked, "/nowhere", "/graph/none"):
        found = web.get(path, headers={"accept": accept})
        assert found.status_code in (404, 406)
        assert found.headers["content-type"].partition(";")[0] == type, path


def test_the_endpoint_tells_a_client_that_reads_pages_alone_its_problem_on_a_page(
    web: TestClient,
) -> None:
    types = {
        "text/csv, text/html;q=.5": "text/html",
        "text/csv": "text/plain",
        "text/csv, text/html;q=0.5, */*;q=0.1": "text/plain",
    }
    for accept, type in types.items():
        found = web.get("/sparql?query=ASK+{", headers={"accept": accept})
        assert (found.status_code, found.headers["content-type"]) == (400, f"{type}; charset=utf-8")
        assert "expected" in found.text or "missing" in found.text


def test_a_page_comes_to_a_client_that_likes_it_less_than_what_there_is_not(
    web: TestClient,
) -> None:
    found = web.get("/id/partner/homes", headers={"accept": "text/csv, text/html;q=.5"})
    assert (found.status_code, found.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_parameter_that_a_question_does_not_have_gets_400(web: TestClient) -> None:
    for params in ("colour=red", "partner=Housing&partner=Housing"):
        found = web.get(f"/queries/report/actions-by-partner?{params}", headers=JSON)
        assert found.status_code == 400
        assert found.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/queries/report/actions-by-partner?partner=homes&partner=neighbours", "“partner” is"),
        ("/queries?format=html&format=json", "“format” is given twice"),
        ("/?q=homes&q=warm", "“q” is given twice"),
        ("/view?theme=warmth&theme=company", "“theme” is given twice"),
        ("/id/alpha-2030?format=ttl&format=nt", "“format” is given twice"),
        ("/graph?iri=urn:a&iri=urn:b", "“iri” is given twice"),
        ("/sparql?query=ASK{}&download=csv&download=json", "“download” is given twice"),
        ("/sparql?query=ASK{}&format=json&format=xml", "names several formats"),
        ("/sparql?query=ASK{}&format=json&output=xml", "names several formats"),
        ("/sparql?query=ASK{}&query=ASK{}", "several queries"),
    ],
)
def test_a_parameter_with_two_values_gets_400_and_keeps_neither(
    web: TestClient, path: str, told: str
) -> None:
    answer = web.get(path, headers=JSON)
    assert answer.status_code == 400
    assert told in answer.json()["detail"]


def test_one_format_in_two_parameters_is_one_format(web: TestClient) -> None:
    answer = web.get("/sparql?query=ASK{}&format=xml&output=xml")
    assert answer.headers["content-type"].startswith("application/sparql-results+xml")


def test_an_empty_field_of_the_form_asks_for_all(web: TestClient) -> None:
    address = "/queries/report/actions-by-partner"
    assert web.get(f"{address}?partner=", headers=JSON).text == web.get(address, headers=JSON).text


def test_the_openapi_document_is_valid_and_holds_every_question(web: TestClient) -> None:
    document = web.get("/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    asked = {f"/queries/{name}" for name in catalogue.query_names()}
    assert asked | {"/queries"} == set(document["paths"])
    named = document["paths"]["/queries/report/actions-by-partner"]["get"]
    partner, format = named["parameters"]
    assert (partner["name"], partner["example"]) == ("partner", "Housing")
    assert resolved(document, format)["schema"]["enum"] == ["json", "csv", "html"]
    for status, response in named["responses"].items():
        problem = "application/problem+json" in resolved(document, response)["content"]
        assert problem == (status != "200")


def resolved(document: dict[str, Any], reference: dict[str, str]) -> dict[str, Any]:
    """What a reference within the document leads to."""
    _, section, name = reference["$ref"].removeprefix("#/").split("/")
    found: dict[str, Any] = document["components"][section][name]
    return found


def test_a_broken_openapi_document_would_be_noticed(web: TestClient) -> None:
    document = web.get("/openapi.json").json()
    del document["info"]["title"]
    with pytest.raises(Exception, match="title"):
        validate(document)


# /sparql


def test_a_browser_gets_the_editor_where_a_program_gets_the_description(web: TestClient) -> None:
    page = web.get("/sparql", headers=HTML)
    assert "<textarea" in page.text
    assert web.get("/sparql").headers["content-type"].startswith("text/turtle")


def test_the_editor_shows_an_answer_with_links_and_what_to_save(web: TestClient) -> None:
    text = "SELECT ?s { ?s a <https://w3id.org/hwbs/ns#Action> } ORDER BY ?s LIMIT 1"
    page = web.get("/sparql", params={"query": text}, headers=HTML).text
    assert 'href="/id/' in page
    # A thing stands there by its name, its address is where the name leads.
    assert "<td><a href=" in page
    assert not re.search(r"<td><a [^>]*>[\w-]+:[\w-]+</a>", page)
    again = html.unescape(re.findall('href="([^"]+)">This query with its answer', page)[0])
    reopened = web.get(again, headers=HTML).text
    answers = [each.partition("<h2 id=")[2].partition("</table>")[0] for each in (page, reopened)]
    assert answers[0] == answers[1] != ""
    assert '<optgroup label="Actions">' in page
    address = page.partition('<p>Save as <a href="')[2].partition('"')[0].replace("&amp;", "&")
    saved = web.get(address, headers=HTML)
    assert saved.headers["content-type"] == "text/csv; charset=utf-8"
    assert saved.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert saved.text.startswith("s\r\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("ASK {}", "<p>Yes.</p>"), ("DESCRIBE <https://w3id.org/hwbs/ns#Action>", "<pre")],
)
def test_the_editor_shows_every_kind_of_answer(web: TestClient, text: str, shown: str) -> None:
    assert shown in web.get("/sparql", params={"query": text}, headers=HTML).text
    assert shown in web.post("/sparql", data={"query": text}, headers=HTML).text


@pytest.mark.parametrize(
    ("text", "status"),
    [("SELECT {", 400), ("CLEAR ALL", 403), ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", 403)],
)
def test_the_editor_keeps_the_query_and_says_what_is_wrong(
    web: TestClient, text: str, status: int
) -> None:
    page = web.get("/sparql", params={"query": text}, headers=HTML)
    assert page.status_code == status
    assert 'role="alert"' in page.text
    assert text.split()[0] in page.text.partition("<textarea")[2].partition("</textarea>")[0]


def test_a_ready_made_question_is_put_into_the_editor(web: TestClient) -> None:
    page = web.get("/sparql", params={"question": "report/themes"}, headers=HTML)
    assert "#+ summary: " in page.text
    assert web.get("/sparql", params={"question": "no/thing"}, headers=HTML).status_code == 404


def test_the_endpoint_answers_over_http_as_the_protocol_does(web: TestClient) -> None:
    direct = {"content-type": "application/sparql-query"}
    posted = web.post("/sparql", content="ASK {}", headers=direct)
    assert (posted.status_code, posted.json()["boolean"]) == (200, True)
    assert posted.headers["access-control-allow-origin"] == "*"
    assert web.post("/sparql", content=b"x" * (1 << 21), headers=direct).status_code == 413
    assert web.put("/sparql").status_code == 405
    assert web.options("/sparql").status_code == 204
    assert web.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert web.head("/sparql?query=ASK{}").headers["content-length"] == str(len(posted.content))


def test_the_endpoint_answers_with_a_slash_too(web: TestClient) -> None:
    direct = {"content-type": "application/sparql-query"}
    posted = web.post("/sparql/", content="ASK {}", headers=direct, follow_redirects=False)
    assert (posted.status_code, posted.json()["boolean"]) == (200, True)
    assert web.put("/sparql/", follow_redirects=False).status_code == 405
    assert "<textarea" in web.get("/sparql/", headers=HTML, follow_redirects=False).text


def test_a_thing_is_json_only_where_that_is_liked_best(web: TestClient) -> None:
    accept = {
        "accept": "application/json,application/ld+json,application/n-triples,text/html;q=0.4"
    }
    found = web.get("/ns/Action", headers=accept)
    assert found.headers["content-type"] == "application/n-triples"
    assert web.get("/ns/Action", headers=JSON).headers["content-type"] == "application/json"


def test_ones_own_files_are_not_readable_by_pages_of_others() -> None:
    server = Server(open_small, Settings(port=0, workers=1, origins=frozenset()))
    try:
        with TestClient(server.application, server.address) as client:
            for path in ("/sparql?query=ASK{}", "/queries", "/ns/Action?format=ttl"):
                assert "access-control-allow-origin" not in client.get(path).headers
            # An assistant is answered only where the operator asked for it.
            assert client.post("/mcp", json={}).status_code == 404
    finally:
        server.close()


# Assistants


@pytest.mark.skipif(not has_extra("mcp"), reason="mcp is not installed")
def test_an_assistant_asks_over_http_by_the_protocols_own_client(web: TestClient) -> None:
    assert web.portal is not None
    listed, partner, changed = web.portal.call(_talk, web)
    assert len(listed) == 12
    assert partner["echo"] == "“Homes” is named in 3 actions."
    assert partner["passages"][0]["document"] == "D1"
    assert "only reads" in changed["error"]


async def _talk(web: TestClient) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    from httpx2 import ASGITransport, AsyncClient
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    transport, address = ASGITransport(web.app), str(web.base_url.join("mcp"))
    async with (
        AsyncClient(transport=transport) as client,
        streamable_http_client(address, http_client=client) as (reading, writing),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        listed = [tool.name for tool in (await session.list_tools()).tools]
        calls = ("partner", {"name": "Homes"}), ("sparql", {"query": "CLEAR ALL"})
        told = [await session.call_tool(name, given) for name, given in calls]
    partner, changed = (each.structured_content or {} for each in told)
    return listed, partner, changed


@pytest.mark.skipif(not has_extra("mcp"), reason="mcp is not installed")
def test_pages_of_other_sites_do_not_reach_the_assistants_address() -> None:
    from hwbs_graph.web.assistant.http_endpoint import AssistantEndpoint
    from hwbs_graph.web.assistant.mcp_server import Workers

    nobody: Any = None
    endpoint = AssistantEndpoint(Workers(nobody, nobody), frozenset({"https://desk.example"}))
    client = TestClient(endpoint, "http://127.0.0.1:8000/")
    foreign = client.post("/mcp", json={}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "--cors" in foreign.json()["detail"]
    assert client.get("/mcp").status_code == 405
    for origin in ("https://desk.example", "http://127.0.0.1:8000"):
        preflight = client.options("/mcp", headers={"origin": origin})
        assert preflight.headers["access-control-allow-methods"] == "POST"


class _EndlessPool:
    """Runs a tool until whoever asks for it hangs up, or for ten seconds."""

    def __init__(self) -> None:
        self.admission, self.asked, self.ended = Admission(1, 1), threading.Event(), False

    def run(self, *_: Any, client: Client) -> Any:
        self.asked.set()
        self.ended = client.woken.wait(10) and client.gone
        raise GONE()


@pytest.mark.skipif(not has_extra("mcp"), reason="mcp is not installed")
def test_a_tool_ends_when_its_assistant_hangs_up_and_makes_room() -> None:
    from hwbs_graph.web.assistant.http_endpoint import AssistantEndpoint
    from hwbs_graph.web.assistant.mcp_server import Workers

    pool: Any = _EndlessPool()
    endpoint = AssistantEndpoint(Workers(pool, pool), frozenset())
    # In a thread: a browser of another test may have a loop in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(anyio.run, _ask_and_hang_up, endpoint, pool).result()
    assert pool.ended
    pool.admission.enter("127.0.0.1")  # its place is free again


async def _ask_and_hang_up(endpoint: Any, pool: _EndlessPool) -> None:
    call = {"name": "partner", "arguments": {"name": "Homes"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    parts = [{"type": "http.request", "body": json.dumps(asked).encode(), "more_body": False}]
    headers = {
        "host": "127.0.0.1:8000",
        "content-type": "application/json",
        "accept": "application/json, text/event-stream",
    }

    async def receive() -> Any:
        if parts:
            return parts.pop()
        await anyio.to_thread.run_sync(pool.asked.wait, 10)
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        return

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/mcp",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 1),
        "headers": [(key.encode(), value.encode()) for key, value in headers.items()],
    }
    with anyio.fail_after(20):
        async with endpoint.run():
            await endpoint(scope, receive, send)
