"""The SPARQL 1.1 Protocol, sentence by sentence: the names of the tests are the checklist.

https://www.w3.org/TR/sparql11-protocol/
"""

import json
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results

from hwbs_graph.store import Engine
from hwbs_graph.web import protocol
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import GRAPHS, ROWS, Policy, Request, Response, negotiate

SD = "http://www.w3.org/ns/sparql-service-description#"
SMALL = "https://w3id.org/hwbs/graph/small"
HERE = "https://w3id.org/hwbs/graph/"
LATER = "https://w3id.org/hwbs/graph/later"
ALL = "SELECT * { ?s ?p ?o }"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
JSON = "application/sparql-results+json"

Ask = Callable[..., Response]


@pytest.fixture(scope="module")
def stats(small: Engine) -> protocol.DatasetStats:
    return protocol.measure_dataset(small)


@pytest.fixture
def ask(small: Engine, stats: protocol.DatasetStats) -> Ask:
    """Send a request to the small graph; `most` bounds the answer."""

    def send(
        method: str = "GET",
        query: str | bytes = b"",
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        policy: Policy = Policy(),  # noqa: B008 - it cannot change
        most: int = 1 << 26,
    ) -> Response:
        raw = query.encode() if isinstance(query, str) else query
        request = Request(method, raw, headers or {}, body, "http://example.org/sparql")
        run = partial(protocol.evaluate, small)
        return protocol.respond(request, lambda o, w: run(o, w, most), stats, policy)

    return send


def get(text: str, **more: str) -> str:
    return urlencode({"query": text, **more})


def size(response: Response) -> int:
    assert response.status == 200, response.body
    return len(json.loads(response.body)["results"]["bindings"])


# 2.1 query operation


def test_a_query_by_get(ask: Ask) -> None:
    found = ask("GET", get("ASK { ?s ?p ?o }"))
    assert (found.status, found.header("Content-Type")) == (200, JSON)
    assert json.loads(found.body) == {"head": {}, "boolean": True}


def test_a_query_by_post_as_a_form(ask: Ask) -> None:
    assert size(ask("POST", "", FORM, get(f"{ALL} LIMIT 3").encode())) == 3


def test_a_query_by_post_as_itself(ask: Ask) -> None:
    assert size(ask("POST", "", DIRECT, f"{ALL} LIMIT 3".encode())) == 3


@pytest.mark.parametrize("text", [ALL + " LIMIT 1", "ASK {}"])
def test_select_and_ask_give_results(ask: Ask, text: str) -> None:
    assert ask("GET", get(text)).header("Content-Type") == JSON


@pytest.mark.parametrize(
    "text", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{SMALL}>", "DESCRIBE ?s { ?s a ?c }"]
)
def test_construct_and_describe_give_a_graph(ask: Ask, text: str) -> None:
    found = ask("GET", get(text))
    assert (found.status, found.header("Content-Type")) == (200, "text/turtle; charset=utf-8")


def test_head_gives_the_headers_of_get_and_no_body(ask: Ask) -> None:
    full, bare = ask("GET", get(ALL)), ask("HEAD", get(ALL))
    assert bare == full._replace(body=b"")
    assert int(bare.header("Content-Length")) == len(full.body) > 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "get", "FROBNICATE"])
def test_any_other_method_gets_405_with_those_there_are(ask: Ask, method: str) -> None:
    found = ask(method, get(ALL))
    assert (found.status, found.header("Allow")) == (405, "GET, HEAD, POST, OPTIONS")


def test_several_queries_get_400(ask: Ask) -> None:
    assert ask("GET", f"{get(ALL)}&{get(ALL)}").status == 400
    assert ask("POST", "", FORM, f"{get(ALL)}&{get(ALL)}".encode()).status == 400
    assert ask("POST", get(ALL), FORM, get(ALL).encode()).status == 400
    assert ask("POST", get(ALL), DIRECT, ALL.encode()).status == 400


def test_more_graphs_than_anybody_names_get_400(ask: Ask) -> None:
    graphs = "&default-graph-uri=urn:x" * 1001
    found = ask("POST", "", FORM, f"query=ASK%7B%7D{graphs}".encode())
    assert found.status == 400
    assert "default-graph-uri is given more than 1000 times; give fewer." in found.body.decode()


def test_no_query_gets_400(ask: Ask) -> None:
    for found in (
        ask("POST", "", FORM, b""),
        ask("POST", "", FORM, b"format=json"),
        ask("GET", urlencode({"default-graph-uri": SMALL})),
    ):
        assert found.status == 400
        assert b"no query" in found.body


def test_an_empty_query_gets_400(ask: Ask) -> None:
    assert ask("GET", "query=").status == 400
    assert ask("POST", "", DIRECT, b"").status == 400


def test_a_syntax_error_gets_400_with_line_and_column(ask: Ask) -> None:
    found = ask("GET", get("SELECT *\nWHERE { ?s ?p }"))
    assert found.status == 400
    assert found.header("Content-Type") == "text/plain; charset=utf-8"
    assert b"line 2, column " in found.body
    assert found.body.count(b"\n") == 1


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("application/problem+json", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("application/json, text/plain, */*", "application/problem+json"),
        ("application/sparql-results+json, application/problem+json", "application/problem+json"),
        ("application/sparql-results+json", "text/plain; charset=utf-8"),
        ("application/sparql-results+json, */*;q=0.9", "text/plain; charset=utf-8"),
        ("text/plain, application/json;q=0.9", "text/plain; charset=utf-8"),
        ("application/json;q=0, text/csv", "text/plain; charset=utf-8"),
        ("*/*", "text/plain; charset=utf-8"),
        ("", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_wrong_comes_as_json_to_a_client_that_names_json(
    ask: Ask, accept: str, type: str
) -> None:
    for query, status in ((get("SELECT {"), 400), (urlencode({"update": "CLEAR ALL"}), 403)):
        found = ask("GET", query, {"accept": accept})
        assert (found.status, found.header("Content-Type")) == (status, type)
        assert found.header("Access-Control-Allow-Origin") == "*"
        told = found.body.decode().rstrip("\n")
        if type == "application/problem+json":
            told = json.loads(told)["detail"]
        assert told.endswith(".")
        assert told.startswith("The query, line 1" if status == 400 else "This server only reads")


def test_an_unknown_parameter_is_no_matter(ask: Ask) -> None:
    assert ask("GET", get("ASK {}", format="xml", timeout="0", debug="on")).status == 200


# 2.1.4 the data set


def test_without_a_data_set_the_default_graph_is_the_union(ask: Ask, small: Engine) -> None:
    assert size(ask("GET", get(ALL))) == small.size()


def test_a_default_graph_is_that_graph_alone(ask: Ask, small: Engine) -> None:
    found = ask("GET", get(ALL, **{"default-graph-uri": SMALL}))
    assert size(found) == small.graphs()[SMALL]


def test_several_default_graphs_are_merged(ask: Ask, small: Engine) -> None:
    graphs = urlencode([("default-graph-uri", SMALL), ("default-graph-uri", LATER)])
    found = ask("GET", f"{get(ALL)}&{graphs}")
    assert size(found) == small.graphs()[SMALL] + small.graphs()[LATER]


def test_with_named_graphs_alone_the_default_graph_is_empty(ask: Ask, small: Engine) -> None:
    named = {"named-graph-uri": LATER}
    assert size(ask("GET", get(ALL, **named))) == 0
    found = ask("GET", get("SELECT * { GRAPH ?g { ?s ?p ?o } }", **named))
    assert size(found) == small.graphs()[LATER]


def test_with_default_graphs_alone_there_are_no_named_graphs(ask: Ask) -> None:
    text = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
    assert size(ask("GET", get(text, **{"default-graph-uri": SMALL}))) == 0


def test_several_named_graphs(ask: Ask) -> None:
    graphs = urlencode([("named-graph-uri", SMALL), ("named-graph-uri", LATER)])
    text = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert size(ask("GET", f"{get(text)}&{graphs}")) == 2


@pytest.mark.parametrize("by_form", [True, False])
def test_a_posted_query_has_its_data_set_too(ask: Ask, by_form: bool, small: Engine) -> None:
    graph = {"default-graph-uri": LATER}
    found = (
        ask("POST", "", FORM, get(ALL, **graph).encode())
        if by_form
        else ask("POST", urlencode(graph), DIRECT, ALL.encode())
    )
    assert size(found) == small.graphs()[LATER]


def test_the_data_set_of_the_request_goes_before_that_of_the_query(ask: Ask, small: Engine) -> None:
    text = f"SELECT * FROM <{SMALL}> {{ ?s ?p ?o }}"
    assert size(ask("GET", get(text))) == small.graphs()[SMALL]
    assert size(ask("GET", get(text, **{"default-graph-uri": LATER}))) == small.graphs()[LATER]


def test_from_named_alone_leaves_the_default_graph_empty(ask: Ask) -> None:
    assert size(ask("GET", get(f"SELECT * FROM NAMED <{SMALL}> {{ ?s ?p ?o }}"))) == 0


def test_a_graph_that_the_request_names_and_is_not_held_is_empty_and_not_fetched(ask: Ask) -> None:
    assert size(ask("GET", get(ALL, **{"default-graph-uri": "http://127.0.0.1:1/x"}))) == 0


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://127.0.0.1:1/x.ttl>",
        "from\n named # which\n<http://127.0.0.1:1/x.ttl>",
        f"FROM <{SMALL}> FROM <http://127.0.0.1:1/x.ttl>",
        "FROM <http://127.0.0.1:1/\\u0078.ttl>",
        "FROM x:x.ttl",
        "FROM NAMED x:x\\.ttl",
        "FROM <x.ttl>",
    ],
)
@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT {{ ?s ?p ?o }}", "DESCRIBE ?s"])
def test_from_a_graph_that_is_not_here_is_refused_with_its_name(
    ask: Ask, clause: str, form: str
) -> None:
    start = "PREFIX x: <http://127.0.0.1:1/> BASE <http://127.0.0.1:1/a/../b>"
    found = ask("GET", get(f"{start} {form.format()} {clause} WHERE {{ ?s ?p ?o }}"))
    assert found.status == 403
    assert b"FROM names <http://127.0.0.1:1/x.ttl>, which is not here" in found.body
    allowed = get(
        f"{start} {form.format()} {clause} WHERE {{ ?s ?p ?o }}", **{"default-graph-uri": SMALL}
    )
    assert ask("GET", allowed).status == 200


@pytest.mark.parametrize(
    "text",
    [
        f"PREFIX g: <{HERE}> SELECT * FROM g:small {{ ?s ?p ?o }}",
        f"BASE <{HERE}> SELECT * FROM <small> {{ ?s ?p ?o }}",
        f"BASE <{HERE}a/b> SELECT * FROM <../\\u0073mall> {{ ?s ?p ?o }}",
        f"PREFIX : <{HERE}> SELECT * FROM NAMED :later FROM :small {{ ?s ?p ?o }}",
    ],
)
def test_from_a_graph_that_is_here_may_be_written_in_any_way(
    ask: Ask, text: str, small: Engine
) -> None:
    assert size(ask("GET", get(text))) == small.graphs()[SMALL]


def test_from_elsewhere_is_only_where_the_query_says_so(ask: Ask) -> None:
    for text in (
        "SELECT ?from { ?from ?p 'FROM <urn:x>' } # FROM <urn:x>",
        "PREFIX from: <urn:x> ASK { from:from ?p <urn:from> }",
    ):
        assert ask("GET", get(text)).status == 200
    assert ask("GET", get("SELECT * FROM y:x { ?s ?p ?o }")).status == 400
    assert ask("GET", get("SELECT * FROM")).status == 400


def test_a_data_set_of_default_and_named_graphs(ask: Ask, small: Engine) -> None:
    graphs = {"default-graph-uri": LATER, "named-graph-uri": SMALL}
    assert size(ask("GET", get(ALL, **graphs))) == small.graphs()[LATER]
    found = ask("GET", get("SELECT * { GRAPH ?g { ?s ?p ?o } }", **graphs))
    assert size(found) == small.graphs()[SMALL]


def test_a_named_graph_of_the_request_takes_the_place_of_from(ask: Ask, small: Engine) -> None:
    named = {"named-graph-uri": LATER}
    start = f"SELECT * FROM <{SMALL}> FROM NAMED <{SMALL}>"
    assert size(ask("GET", get(f"{start} {{ ?s ?p ?o }}", **named))) == 0
    found = ask("GET", get(f"{start} {{ GRAPH ?g {{ ?s ?p ?o }} }}", **named))
    assert size(found) == small.graphs()[LATER]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_left_empty_in_a_form_is_not_named(ask: Ask, name: str, small: Engine) -> None:
    assert size(ask("POST", "", FORM, get(ALL, **{name: ""}).encode())) == small.size()


@pytest.mark.parametrize("iri", ["small", "no iri", "<http://x/>", "http://x/ y"])
def test_a_graph_that_is_no_iri_gets_400(ask: Ask, iri: str) -> None:
    found = ask("GET", get(ALL, **{"default-graph-uri": iri}))
    assert found.status == 400
    assert b"absolute IRI" in found.body


def test_a_relative_iri_is_read_against_the_address(ask: Ask) -> None:
    found = ask("GET", get("SELECT (<x> AS ?x) {}"))
    value = json.loads(found.body)["results"]["bindings"][0]["x"]["value"]
    assert value == "http://example.org/x"


# 2.1.5 and 2.1.6: what is accepted, and success


@pytest.mark.parametrize("type", ROWS)
def test_every_format_of_rows_is_sent_under_the_name_it_was_asked_for(ask: Ask, type: str) -> None:
    found = ask("GET", get(f"{ALL} LIMIT 3"), {"accept": type})
    assert found.status == 200
    assert found.header("Content-Type").partition(";")[0] == type
    if ROWS[type] not in (QueryResultsFormat.CSV,):
        assert len(list(parse_query_results(found.body, format=ROWS[type]))) == 3  # type: ignore[arg-type]
    assert ask("GET", get("ASK {}"), {"accept": type}).status == 200


@pytest.mark.parametrize("type", ["text/csv", "text/tab-separated-values"])
def test_a_truth_in_csv_or_tsv_is_the_bare_word(ask: Ask, type: str) -> None:
    assert ask("GET", get("ASK {}"), {"accept": type}).body == b"true"


@pytest.mark.parametrize("type", GRAPHS)
def test_every_format_of_a_graph_is_sent_under_the_name_it_was_asked_for(
    ask: Ask, type: str
) -> None:
    found = ask("GET", get("CONSTRUCT WHERE { ?s ?p ?o }"), {"accept": type})
    assert found.status == 200
    assert found.header("Content-Type").partition(";")[0] == type
    turtle = ask("GET", get("CONSTRUCT WHERE { ?s ?p ?o }"))
    assert {quad.triple for quad in parse(found.body, format=GRAPHS[type])} == {
        quad.triple for quad in parse(turtle.body, format=RdfFormat.TURTLE)
    }


@pytest.mark.parametrize(
    ("accept", "text"),
    [
        ("text/turtle", ALL),
        ("image/png", ALL),
        ("text/csv", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("application/sparql-results+json;q=0", ALL),
        ("*/*;q=0", "ASK {}"),
        ("nonsense", "ASK {}"),
        ("text/html", "ASK {}"),
    ],
)
def test_a_type_that_cannot_be_made_gets_406_and_never_another(
    ask: Ask, accept: str, text: str
) -> None:
    found = ask("GET", get(text), {"accept": accept})
    assert found.status == 406
    assert b"accept one of: " in found.body


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/*", "text/xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv, application/sparql-results+xml;q=0.9", "text/csv"),
        ("text/csv, application/sparql-results+xml", "text/csv"),
        ("*/*, text/csv", "text/csv"),
        ("*/*;q=0.1, text/*;q=0.2, text/csv;q=0", "text/xml"),
        ("TEXT/CSV; Q=1", "text/csv"),
        ("text/csv;header=present", "text/csv"),
        ('a/b;x="text/csv, text/csv", text/tab-separated-values', "text/tab-separated-values"),
        ("text/csv;q=2", None),
        ("text/csv;q=-1", None),
        ("text/csv;q=nan", None),
        ("text/csv;q=", None),
        ("text/", None),
        (",,,", None),
    ],
)
def test_negotiation_takes_what_is_liked_best(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, list(ROWS)) == chosen


#: What EasyRdf sends, in short. It reads application/json as RDF/JSON, and JSON-LD not on its own.
EASYRDF = "application/json,application/ld+json,application/n-triples,text/turtle;q=0.8"


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        (EASYRDF, "application/n-triples"),
        ("application/ld+json, text/turtle", "text/turtle"),
        ("application/ld+json, application/json", "application/ld+json"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        ("application/json, */*;q=0.5", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
    ],
)
def test_a_graph_comes_as_json_where_that_is_liked_best(ask: Ask, accept: str, type: str) -> None:
    for query in (get("CONSTRUCT WHERE { ?s ?p ?o }"), ""):
        found = ask("GET", query, {"accept": accept})
        assert found.header("Content-Type").partition(";")[0] == type


@pytest.mark.parametrize(
    ("accept", "text"),
    [
        ("application/sparql-results+xml", ALL),
        ("application/xml", "ASK {}"),
        ("text/csv", ALL),
        ("application/rdf+xml", f"DESCRIBE <{SMALL}>"),
        ("application/xml", f"DESCRIBE <{SMALL}>"),
    ],
)
def test_text_and_xml_say_that_they_are_utf8(ask: Ask, accept: str, text: str) -> None:
    found = ask("GET", get(text), {"accept": accept})
    assert found.header("Content-Type") == f"{accept}; charset=utf-8"


@given(st.text(max_size=60))
def test_no_accept_header_breaks_the_negotiation(accept: str) -> None:
    assert negotiate(accept, list(ROWS)) in (*ROWS, None)


def test_an_answer_may_be_kept_only_for_the_same_accept(ask: Ask) -> None:
    assert ask("GET", get("ASK {}")).header("Vary") == "Accept"


# What cannot be read


@pytest.mark.parametrize(
    "type", ["", "text/plain", "application/json", "multipart/form-data; boundary=x", "x"]
)
def test_posting_anything_else_gets_415_with_what_can_be_posted(ask: Ask, type: str) -> None:
    found = ask("POST", "", {"content-type": type} if type else {}, ALL.encode())
    assert found.status == 415
    assert "application/sparql-query" in found.header("Accept-Post")


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "us-ascii"])
def test_utf8_may_be_named(ask: Ask, charset: str) -> None:
    headers = {"content-type": f"Application/SPARQL-Query ; charset={charset}"}
    assert ask("POST", "", headers, b"ASK {}").status == 200


def test_another_charset_gets_415(ask: Ask) -> None:
    headers = {"content-type": "application/sparql-query; charset=iso-8859-1"}
    assert ask("POST", "", headers, 'ASK { ?s ?p "é" }'.encode("latin-1")).status == 415
    headers = {"content-type": "application/sparql-query; charset=UTF-16"}
    assert ask("POST", "", headers, "ASK {}".encode("utf-16")).status == 415
    assert ask("POST", "", DIRECT, "ASK {}".encode("utf-16")).status == 400
    assert ask("POST", "", DIRECT | {"content-encoding": "gzip"}, b"x").status == 415


def test_bytes_that_are_no_utf8_get_400(ask: Ask) -> None:
    for found in (
        ask("GET", b"query=%FF"),
        ask("GET", b"query=\xff"),
        ask("POST", "", FORM, b"query=%C3%28"),
        ask("POST", "", DIRECT, b"ASK { ?s ?p '\xe9' }"),
        ask("GET", b"query=%ED%A0%80"),
    ):
        assert found.status == 400
        assert b"UTF-8" in found.body


def test_a_byte_order_mark_before_the_query_is_no_part_of_it(ask: Ask) -> None:
    assert ask("POST", "", DIRECT, b"\xef\xbb\xbfASK {}").status == 200
    assert ask("GET", get("\ufeffASK {}")).status == 200
    assert ask("GET", get("ASK {\ufeff}")).status == 400


def test_a_value_is_decoded_once(ask: Ask) -> None:
    text = 'SELECT ("a%2Bb+c%20é" AS ?x) {}'
    for found in (
        ask("GET", f"query={quote(text)}"),
        ask("POST", "", FORM, urlencode({"query": text}).encode()),
        ask("POST", "", DIRECT, text.encode()),
    ):
        value = json.loads(found.body)["results"]["bindings"][0]["x"]["value"]
        assert value == "a%2Bb+c%20é"


def test_a_request_that_is_too_large_gets_413(ask: Ask) -> None:
    policy = Policy(body=100)
    assert ask("POST", "", DIRECT, b"ASK {}" + b" " * 100, policy).status == 413
    assert ask("GET", get("ASK {}" + " " * 100), policy=policy).status == 413
    assert ask("GET", get("ASK {}"), policy=policy).status == 200


@pytest.mark.parametrize("text", [ALL, "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_that_is_too_large_gets_413(ask: Ask, text: str) -> None:
    found = ask("GET", get(text), most=1 << 10)
    assert found.status == 413
    assert b"add LIMIT" in found.body


def test_a_host_that_is_no_address_gets_400(small: Engine, stats: protocol.DatasetStats) -> None:
    request = Request("GET", url="http://a b<>/sparql")
    found = protocol.respond(request, lambda o, w: pytest.fail("ran"), stats, Policy())
    assert found.status == 400


# What is refused


@pytest.mark.parametrize("text", ["CLEAR ALL", "INSERT DATA {}", "LOAD <http://127.0.0.1:1/>"])
def test_an_update_gets_403(ask: Ask, text: str) -> None:
    update = urlencode({"update": text})
    direct = {"content-type": "application/sparql-update"}
    for found in (
        ask("GET", update),
        ask("POST", "", FORM, update.encode()),
        ask("POST", "", direct, text.encode()),
        ask("GET", get(f"PREFIX a: <x:> {text}")),
        ask("POST", "", DIRECT, f"# comment\n{text.lower()}".encode()),
    ):
        assert found.status == 403
        assert b"only reads" in found.body


@pytest.mark.parametrize(
    ("address", "type", "body"),
    [
        ("", "application/x-www-form-urlencoded", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
        ("", "application/x-www-form-urlencoded", b"update=CLEAR%20XYZ"),
        ("", "application/sparql-update; charset=UTF-16", "CLEAR NAMED".encode("utf-16")),
        ("", "text/plain", b"CLEAR NAMED"),
        ("", "", b"update=CLEAR%20NAMED"),
        ("", "", b"CLEAR NAMED"),
        ("using-graph-uri=http%3A%2F%2Fx%2F", "application/sparql-update", b"DROP ALL"),
        (
            "using-named-graph-uri=http%3A%2F%2Fx%2F",
            "application/sparql-update",
            b"WITH <http://y/> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }",
        ),
        ("query=ASK%7B%7D", "application/sparql-update", b"CLEAR ALL"),
        ("update=CLEAR%20ALL", "application/sparql-query", b"ASK {}"),
    ],
)
def test_no_way_of_sending_an_update_is_taken(
    ask: Ask, address: str, type: str, body: bytes, small: Engine
) -> None:
    before = small.size()
    found = ask("POST", address, {"content-type": type} if type else {}, body)
    assert found.status in (403, 415)
    assert small.size() == before > 0


#: Each tries to hide SERVICE from whoever looks for it.
HIDDEN = (
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE ?x { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1:1/> SELECT * { SERVICE a:x { ?s ?p ?o } }",
    "SELECT * {{}UNION{}SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1:1/>{?s ?p ?o}FILTER(3>2) }",
    "SELECT * { FILTER(?a<?b)SERVICE?x{?s ?p ?o}FILTER(?c>?d) }",
    "PREFIX e: <x:> SELECT * { e:a\\' e:p 1 . SERVICE <http://127.0.0.1:1/> {} e:b\\' e:p '' }",
    "SELECT * { ?s ?p 'a\\'' . SERVICE <http://127.0.0.1:1/> {} ?t ?q '' }",
    "SELECT * { ?s ?p '''a''\\'''' . SERVICE <http://127.0.0.1:1/> {} ?t ?q '' }",
    "SELECT * { # '\n SERVICE <http://127.0.0.1:1/> {} # '\n }",
    "SELECT * { <x:#'> ?p ?o . SERVICE <http://127.0.0.1:1/> {} <x:#'> ?p ?o }",
    "SELECT * { OPTIONALSERVICE <http://127.0.0.1:1/> {} }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:1/> {} } } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> {} } }",
    "PREFIX e: <x:> SELECT * { e:a-b e:p 1 .SERVICE<http://127.0.0.1:1/>{} }",
)


@pytest.mark.parametrize("text", HIDDEN)
def test_service_gets_403_however_it_is_written(ask: Ask, text: str) -> None:
    found = ask("POST", "", DIRECT, text.encode())
    assert found.status == 403
    assert b"SERVICE" in found.body


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE <x:> {}' }",
        "PREFIX service: <x:SERVICE> SELECT * { ?s service:SERVICE ?o }",
        "ASK { ?s ?p ?o } # SERVICE",
        "ASK { <http://x/SERVICE> ?p '''it's a SERVICE''' }",
        "SELECT ?load { ?insert ?p 'INSERT DATA {}'@en-SERVICE }",
    ],
)
def test_the_word_alone_is_not_refused(ask: Ask, text: str) -> None:
    assert ask("GET", get(text)).status == 200


#: Words that a query from outside may not use as keywords, or that say which data set it has.
WORDS = ("SERVICE", "service", "Load", "INSERT", "delete", "CLEAR", "drop", "ADD", "With", "FROM")
#: Each is legal with any of these words in it, and true of the union of all graphs alone.
PLACES = (
    "ASK {{ ?s ?p ?o FILTER(STR(?o) != '{0} <x:> {{') }}",
    'ASK {{ ?s ?p ?o FILTER(STR(?o) != "\\"{0} \\\\") }}',
    'ASK {{ ?s ?p ?o FILTER(STR(?o) != """\n{0} \'" """) }}',
    "ASK {{ ?s ?p ?o FILTER(STR(?o) != '''{0} '' ''') }}",
    "ASK {{ ?s ?p ?o FILTER(STR(?o) != STR('a'@en-{0})) }}",
    "ASK {{ ?s ?p ?o FILTER(STR(?o) != STR('a'^^<x:{0}>)) }}",
    "# {0}\nASK {{ ?s ?p ?o }} # {0} <x:> {{}}",
    "ASK {{ ?s ?p ?o FILTER(?s != <x:{0}#{0}>) }}",
    "ASK {{ ?s ?p ?o FILTER(?s != <{0}>) }}",
    "BASE <x:/{0}/> ASK {{ ?s ?p ?o }}",
    "PREFIX {0}: <x:> ASK {{ ?s ?p ?o FILTER(?s != {0}:{0}) }}",
    "PREFIX a.{0}: <x:> ASK {{ ?s ?p ?o FILTER(?s != a.{0}:) }}",
    "PREFIX : <x:> ASK {{ ?s ?p ?o FILTER(?s != :{0}) }}",
    "PREFIX a: <x:> ASK {{ ?s ?p ?o FILTER(?s != a:1-{0}.{0}) }}",
    "PREFIX a: <x:> ASK {{ ?s ?p ?o FILTER(?s != a:\\-{0}%20{0}\\,{0}) }}",
    "PREFIX a: <x:> ASK {{ ?s ?p ?o FILTER(?s != a:e\u0301{0}) }}",
    "PREFIX a\u0301{0}: <x:> ASK {{ ?s ?p ?o FILTER(?s != a\u0301{0}:b) }}",
    "ASK {{ ?{0} ?p ?o }}",
    "ASK {{ ?s $_{0} ?o }}",
    "ASK{{?s?1{0}?o}}",
    "ASK {{ ?s ?e\u0301{0} ?o }}",
    "ASK {{ ?s ?\u0915\u094d{0} ?o }}",
    "ASK {{ ?s ?p _:{0} }}",
    "ASK {{ {{ SELECT (COUNT(*) AS ?{0}) {{ ?s ?p ?o }} }} FILTER(?{0} > 0) }}",
    "ASK {{ {{ SELECT (GROUP_CONCAT(STR(?s); SEPARATOR='{0}') AS ?c) {{ ?s ?p ?o }} }} "
    "FILTER(STRLEN(?c) > 0) }}",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_word_that_is_no_keyword_is_as_good_as_any(ask: Ask, place: str) -> None:
    for word in WORDS:
        found = ask("POST", "", DIRECT, place.format(word).encode())
        assert (found.status, found.body) == (200, b'{"head":{},"boolean":true}'), word


def test_an_operator_may_allow_one_service_and_no_other() -> None:
    allowed = Policy(services=frozenset({"http://127.0.0.1:1/sparql"}))

    def read(text: str) -> None:
        protocol.read_operation(Request("POST", headers=DIRECT, body=text.encode()), allowed)

    read("SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }")
    read("SELECT * { SERVICE SILENT <http://127.0.0.1:1/sparql> { ?s ?p ?o } }")
    for text in (*HIDDEN, "SELECT * { SERVICE <http://127.0.0.1:1/sparql/../x> {} }"):
        with pytest.raises(Problem) as refusal:
            read(text)
        assert refusal.value.status == 403


# CORS


def test_every_answer_may_be_read_by_any_page(ask: Ask) -> None:
    for found in (ask("GET", get("ASK {}")), ask("GET", get("nonsense")), ask("PUT"), ask("GET")):
        assert found.header("Access-Control-Allow-Origin") == "*"


def test_a_browser_may_ask_before_it_posts(ask: Ask) -> None:
    asked = {
        "origin": "https://yasgui.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-requested-with",
    }
    found = ask("OPTIONS", "", asked)
    assert (found.status, found.body) == (204, b"")
    assert found.header("Access-Control-Allow-Methods") == "GET, HEAD, POST, OPTIONS"
    assert found.header("Access-Control-Allow-Headers") == "content-type,x-requested-with"
    assert found.header("Allow") == "GET, HEAD, POST, OPTIONS"


def test_a_header_that_is_echoed_cannot_start_another(ask: Ask) -> None:
    found = ask("OPTIONS", "", {"access-control-request-headers": "a\r\nSet-Cookie: x"})
    assert found.header("Access-Control-Allow-Headers") == "Accept, Content-Type"


def test_pages_of_others_read_nothing_where_the_operator_says_so(ask: Ask) -> None:
    closed = ask("OPTIONS", policy=Policy(cors=False))
    assert not any(name.startswith("Access-Control") for name, _ in closed.headers)
    opened = ask("GET", get("ASK {}"), policy=Policy(cors=False))
    assert not opened.header("Access-Control-Allow-Origin")


# Service description


@pytest.mark.parametrize("type", GRAPHS)
def test_without_a_query_the_service_describes_itself(ask: Ask, type: str, small: Engine) -> None:
    found = ask("GET", "", {"accept": type})
    assert found.status == 200
    assert found.header("Content-Type").partition(";")[0] == type
    triples = {quad.triple for quad in parse(found.body, format=GRAPHS[type])}
    pairs = {(each.predicate.value, getattr(each.object, "value", "")) for each in triples}
    assert (f"{SD}feature", f"{SD}UnionDefaultGraph") in pairs
    assert (f"{SD}supportedLanguage", f"{SD}SPARQL11Query") in pairs
    assert (f"{SD}endpoint", "http://example.org/sparql") in pairs
    assert ("http://rdfs.org/ns/void#triples", str(small.size())) in pairs
    assert ("http://purl.org/dc/terms/license", protocol.dataset_description.LICENCE) in pairs
    named = {value for name, value in pairs if name == f"{SD}name"}
    assert named == set(small.graphs())
    formats = {value for name, value in pairs if name == f"{SD}resultFormat"}
    assert "http://www.w3.org/ns/formats/SPARQL_Results_TSV" in formats
    assert NamedNode("http://example.org/sparql#service") in {each.subject for each in triples}


def test_a_description_in_a_type_that_is_no_rdf_gets_406(ask: Ask) -> None:
    assert ask("GET", "", {"accept": "text/csv"}).status == 406


@given(st.binary(max_size=200), st.sampled_from(["GET", "POST"]), st.sampled_from([FORM, DIRECT]))
def test_no_request_breaks_the_reader(data: bytes, method: str, headers: dict[str, str]) -> None:
    refused = ""
    try:
        protocol.read_operation(Request(method, data, headers, data), Policy())
    except Problem as refusal:
        refused = f"{refusal.status} {refusal.detail}"
    assert not refused or re.fullmatch(r"4\d\d .*\.", refused, re.DOTALL)


PARTS = (
    "1",
    "a-",
    "1-",
    "a.",
    "_",
    "<a",
    '"',
    '\\"',
    '"""\\"',
    "'''\"",
    "?",
    ":",
    "#",
    "(",
    "é",
    "é-",
    "\u0301.",
)


@pytest.mark.parametrize("part", PARTS)
def test_a_long_text_of_one_part_is_read_to_its_end(part: str) -> None:
    """It would take hours if its time grew with the square of its length; see bench/server.py."""
    with pytest.raises(Problem, match="DROP would change data"):
        protocol.query_check.check_query(f"DROP {part * 100_000}")
