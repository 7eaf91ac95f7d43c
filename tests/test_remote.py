"""`--endpoint`: the SPARQL 1.1 Protocol from the side of who asks, with everything it can meet."""

import json
import select
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import trustme
from fake_server import FOUND, ROWS, Answer, Site, serving
from pyoxigraph import Literal, NamedNode
from support import Hwbs

from hwbs_graph import open_graph
from hwbs_graph.errors import EndpointError, QueryError, UsageError
from hwbs_graph.query import results
from hwbs_graph.store import Engine, transport
from hwbs_graph.store.parameters import Terms, bind_parameters
from hwbs_graph.store.remote import Remote

SELECT = "SELECT ?x WHERE { ?x ?p ?o }"


def fails(site: Site, timeout: float = 5.0, query: str = SELECT) -> str:
    with pytest.raises(EndpointError) as caught:
        Remote(site.url, timeout).select(query)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text.removeprefix(site.url)


def test_a_query_goes_as_a_form_and_asks_for_the_type_it_needs(site: Site) -> None:
    assert Remote(site.url).select(SELECT) == [{"x": "urn:found"}]
    headers, form = site.asked[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Accept"] == ROWS
    assert form == {"query": [SELECT]}
    site.says(200, "text/turtle; charset=utf-8", "<urn:a> <urn:b> '£' .")
    built = results.run_query(Remote(site.url), "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert built.size == 1
    assert site.asked[1][0]["Accept"].startswith("application/n-triples")


def test_a_parameter_is_written_as_a_term_and_never_as_text(site: Site) -> None:
    nasty = '"} DROP ALL # \\ \n#+ bind: x\n £'
    marked = "SELECT ?x WHERE {\n#+ bind: o\n#+ bind: x\n?x ?p ?o }"
    Remote(site.url).select(marked, {"o": Literal(nasty), "x": NamedNode("urn:a")})
    text = site.asked[0][1]["query"][0]
    assert 'VALUES ?o { "\\"} DROP ALL # \\\\ \\n#+ bind: x\\n £" }' in text
    assert text.count("VALUES ?x { <urn:a> }") == 1


def test_values_stand_at_every_mark_of_their_variable_and_lines_keep_their_numbers() -> None:
    text = (
        "ASK {\n  #+ bind: a\n  { #+ bind: a\n    #+ bind: a \n ?a 1 ?b } UNION {\n\t#+ bind: b\n}"
    )
    given: dict[str, Terms] = {"a": [NamedNode("urn:t"), Literal("u", language="en")]}
    values = 'VALUES ?a { <urn:t> "u"@en }'
    assert bind_parameters(text, given).split("\n") == [
        "ASK {",
        values,
        "  { #+ bind: a",  # not a line of its own
        values,
        " ?a 1 ?b } UNION {",
        "\t#+ bind: b",  # nothing is given for it
        "}",
    ]
    assert bind_parameters(text, {}) == text


def test_a_variable_that_the_query_does_not_mark_cannot_be_bound() -> None:
    # The name stands alone on its line: with more behind it, the line is a comment.
    for text in ("ASK {\n#+ bind: a\n?a ?b 1 }", "ASK {\n#+ bind: b, a\n?a ?b 1 }"):
        with pytest.raises(QueryError, match=r"^The query: it has no line “#\+ bind: b” that says"):
            bind_parameters(text, {"b": NamedNode("urn:t")})


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <urn:a>",
        "CLEAR ALL",
        "CREATE GRAPH <urn:a>",
        "DROP ALL",
        "COPY <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "ADD <urn:a> TO <urn:b>",
    ],
)
def test_every_form_of_update_is_named_and_refused_whatever_stands_before(
    update: str, small: Engine
) -> None:
    word = update.partition(" ")[0]
    for text in (update, f"BASE <urn:x>\nPREFIX a: <urn:a>\n# SELECT\n{update.lower()}"):
        with pytest.raises(
            QueryError, match=f"^The query: {word} would change data, and hwbs only"
        ):
            small.query(text)


def test_updates_and_service_are_refused_before_anything_is_sent(site: Site) -> None:
    for text in ("DROP ALL", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"):
        with pytest.raises(QueryError):
            Remote(site.url).query(text)
    assert site.asked == []


def test_a_busy_server_is_asked_again_and_at_last_given_up(site: Site) -> None:
    good: Answer = (200, {"Content-Type": ROWS}, FOUND.encode())
    busy: Answer = (503, {"Content-Type": "text/plain", "Retry-After": "0"}, b"too many")
    site.answers = lambda number: good if number > 2 else busy
    assert Remote(site.url).select(SELECT) == [{"x": "urn:found"}]
    assert len(site.asked) == 3
    site.answers = lambda number: busy
    assert fails(site) == " is busy (503); ask again later: too many."
    assert len(site.asked) == 6


def test_a_server_does_not_make_us_wait_for_ever(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    site.says(429, "text/plain", "", Retry_After="86400")
    assert " is busy (429)" in fails(site)
    assert waits == [transport.LONGEST_WAIT] * 2


STATUSES = [
    (302, {"Location": "http://elsewhere/"}, " sends on to http://elsewhere/; give that address"),
    (307, {"Location": "http://elsewhere/"}, " sends on to http://elsewhere/"),
    (401, {}, " wants a password (401)"),
    (403, {}, " wants a password (403)"),
    (404, {}, " is no SPARQL endpoint (404); the path is often /sparql or /query."),
    (405, {}, " is no SPARQL endpoint (405)"),
    (413, {}, " failed (413): Reason given."),
    (500, {}, " failed (500): Reason given."),
]


@pytest.mark.parametrize(("status", "headers", "told"), STATUSES)
def test_each_status_becomes_a_sentence(
    status: int, headers: dict[str, str], told: str, site: Site
) -> None:
    site.says(status, "text/plain", "\n Reason given\nand a stack trace", **headers)
    assert fails(site).startswith(told)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<title>Error 500</title><h1>Out of memory</h1>", "Out of memory"),
        ("<h1>Oh</h1><p>no <font>such</font>\n<b>graph</b> <br>here</p>", "no such graph here"),
        ("<style>p { }</style><p>late<script>x()</script></p>", "late"),
    ],
)
def test_a_page_about_an_error_is_told_in_its_own_words(page: str, told: str, site: Site) -> None:
    site.says(500, "text/html", page)
    assert fails(site) == f" failed (500): {told}."


def test_a_wrong_query_is_told_with_line_and_column_by_our_own_parser(site: Site) -> None:
    site.says(400, "text/plain", "syntax error somewhere")
    with pytest.raises(QueryError) as caught:
        Remote(site.url).select("SELECT ?x\nWHERE { ?x }", name="mine.rq")
    assert str(caught.value).startswith("mine.rq, line 2, column ")
    with pytest.raises(QueryError, match=r"refuses it: syntax error somewhere\.$"):
        Remote(site.url).select(SELECT)
    site.says(400, "text/plain", "")
    with pytest.raises(QueryError, match=r"refuses it: it does not say why\.$"):
        Remote(site.url).select(SELECT)


WRONG = [
    ("text/html", "<html>", " answers with text/html, not with a SPARQL result; check that it is"),
    ("application/xml", "<sparql/>", " answers with application/xml"),
    (ROWS, "", " sends SPARQL results that are broken."),
    (ROWS, "[]", " sends SPARQL results that are broken."),
    (
        ROWS,
        '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x":',
        " sends SPARQL results that",
    ),
    (
        ROWS,
        FOUND.replace("urn:found", "no iri"),
        " sends",
    ),
    (ROWS, b"\xff\xfe", " sends SPARQL results that are broken."),
]


@pytest.mark.parametrize(("type", "body", "told"), WRONG)
def test_an_answer_that_is_none_is_told(
    type: str, body: str | bytes, told: str, site: Site
) -> None:
    site.says(200, type, body)
    assert fails(site).startswith(told)


def test_an_answer_of_the_wrong_form_is_told(site: Site) -> None:
    site.says(200, ROWS, '{"head": {}, "boolean": true}')
    assert fails(site) == " answers yes or no to a question that asks for rows."
    site.says(200, "text/turtle", "<urn:a> nonsense")
    with pytest.raises(EndpointError, match="sends RDF that is broken"):
        Remote(site.url).query("CONSTRUCT WHERE { ?s ?p ?o }")
    site.says(200, ROWS, FOUND)
    with pytest.raises(EndpointError, match="answers with application/sparql-results"):
        Remote(site.url).query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_an_answer_cut_short_is_not_taken_for_whole(site: Site) -> None:
    site.says(200, ROWS, FOUND[:-40], Content_Length=str(len(FOUND)))
    assert fails(site).startswith(" broke off its answer")
    for header in ("X_SPARQL_MaxRows", "X_SQL_State"):
        site.says(200, ROWS, FOUND, **{header: "10000"})
        assert fails(site).startswith(" gave only part of the answer; raise its limit")


def test_an_answer_without_end_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MOST_BYTES", 1000)
    site.says(200, ROWS, b" " * 2000)
    assert fails(site) == " sends more than a gigabyte; ask for less."


@contextmanager
def raw(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Let `serve` answer the one client that connects, once its request has come."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    serve(connection)
            except OSError:
                pass  # the client has gone

        thread = threading.Thread(target=run)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n"


@pytest.mark.parametrize(("head", "drop"), [(b"", b""), (HEAD, b" ")], ids=["nothing", "drops"])
def test_a_server_that_says_nothing_or_drop_by_drop_is_given_up(head: bytes, drop: bytes) -> None:
    given_up = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(600):
            if select.select([connection], [], [], 0.05)[0] and not connection.recv(65536):
                given_up.set()
                return
            connection.sendall(drop)

    with (
        raw(drip) as url,
        pytest.raises(EndpointError, match=r"gave no answer within 0\.2 seconds"),
    ):
        Remote(url, 0.2).select(SELECT)
    assert given_up.is_set()


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
)
def test_what_does_not_speak_http_is_told(said: bytes) -> None:
    with (
        raw(lambda connection: connection.sendall(said)) as url,
        pytest.raises(EndpointError, match=r"broke off|cannot be reached") as caught,
    ):
        Remote(url, 5).select(SELECT)
    assert "\n" not in str(caught.value)


def test_a_server_that_is_not_there_is_told(hwbs: Hwbs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    run = hwbs("partner", "Housing", "--endpoint", f"http://127.0.0.1:{port}/sparql")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        f"hwbs: http://127.0.0.1:{port}/sparql refuses the connection;"
        " check the address, and that the server runs.\n"
    )
    with pytest.raises(EndpointError, match=r"cannot be reached \(.+\); check the address"):
        Remote("http://name.invalid/sparql", 5).select(SELECT)


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost", "127.0.0.1").configure_cert(context)
    with serving(Site(), context) as site:
        assert fails(site).startswith(" cannot be reached safely (TLS: ")
        assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:7878",
        "file:///etc/passwd",
        "ftp://x/",
        "http://",
        "http://[::1",
        "http://x:y/",
        "http://x /",
        "http://x/\r\nHost: y",
    ],
)
def test_what_is_no_address_is_refused(url: str, hwbs: Hwbs) -> None:
    run = hwbs("info", "--endpoint", url)
    assert (run.code, run.out) == (2, "")
    assert "is no address; write it as http://host:port/path" in run.err
    assert run.err.count("\n") == 1


def test_a_password_is_not_shown_again(hwbs: Hwbs) -> None:
    run = hwbs("info", "--endpoint", "http://me:secret@127.0.0.1/sparql")
    assert run.code == 2
    assert "secret" not in run.err
    assert "has a password in it" in run.err


def test_a_server_cannot_write_to_the_terminal(site: Site, hwbs: Hwbs) -> None:
    site.says(500, "text/plain", "\x1b]0;title\x07\x1b[31mred")
    run = hwbs("info", "--endpoint", site.url)
    assert run.code == 2
    assert "\x1b" not in run.err
    assert "\x07" not in run.err


def test_a_loopback_server_is_asked_past_any_proxy(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert Remote(site.url).select(SELECT) == [{"x": "urn:found"}]


def test_a_graph_too_large_to_copy_or_cut_by_the_server_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hwbs_graph.store import remote

    counted = {
        "head": {"vars": ["graph", "statements"]},
        "results": {
            "bindings": [
                {
                    "graph": {"type": "uri", "value": "urn:g"},
                    "statements": {"type": "literal", "value": "3"},
                }
            ]
        },
    }
    term = {"type": "uri", "value": "urn:x"}
    copied = {
        "head": {"vars": ["s", "p", "o", "g"]},
        "results": {"bindings": [dict.fromkeys("spog", term)]},
    }
    site.answers = lambda number: (
        200,
        {"Content-Type": ROWS},
        json.dumps(counted if number % 2 else copied).encode(),
    )
    with pytest.raises(EndpointError, match="gave 1 of its 3 statements; raise the limit"):
        Remote(site.url).snapshot()
    monkeypatch.setattr(remote, "MOST_STATEMENTS", 2)
    site.asked.clear()
    with pytest.raises(EndpointError, match="holds 3 statements, too many to copy"):
        Remote(site.url).snapshot()


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_out_must_be_a_number_of_seconds(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HWBS_TIMEOUT", text)
    with pytest.raises(UsageError, match="HWBS_TIMEOUT"):
        Remote("http://127.0.0.1:9/")


def test_the_face_asks_an_endpoint_too(site: Site) -> None:
    graph = open_graph(endpoint=site.url, timeout=5)
    assert graph.sparql(SELECT).rows == [{"x": "urn:found"}]
    assert f"SPARQL server, {site.url}" in graph.engine.name


def test_a_look_up_without_an_endpoint_loads_no_http_library() -> None:
    text = (
        "import sys; from hwbs_graph.cli import main; main(['partner', 'Housing', '--quiet']);"
        "print([name for name in ('http.client', 'urllib.request', 'ssl', 'httpx')"
        " if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
