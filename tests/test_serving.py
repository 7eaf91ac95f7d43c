"""`hwbs serve` as a process: it starts, withstands, serves other programs, and ends cleanly."""

import inspect
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from support import DATA, ROOT, Hwbs, required
from web import PATIENCE, Live, alive, serving, wait_until

from hwbs_graph.cli.serve import serve_graph
from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import MediaTypes, Operation, evaluate
from hwbs_graph.web.workers.pool import Pool
from hwbs_graph.web.workers.sandbox import SandboxPolicy
from hwbs_graph.web.workers.worker_process import WorkerSpec

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEEP = 50_000
#: Each would take for ever, fill the memory or end the engine, in a way of its own; all that can
#: nest and be strung together is tried in test_nesting.py.
HOSTILE = {
    "a cross join": (CROSS, 503),
    "brackets": (f"ASK {{ FILTER({'(' * DEEP}1{')' * DEEP}) }}", 503),
    "sums": (f"ASK {{ FILTER({'+'.join(['1'] * 200_000)}) }}", 503),
    "unions": (f"SELECT * {{ {' UNION '.join(['{?s ?p ?o}'] * 20_000)} }} LIMIT 1", 503),
    "selects": (f"SELECT * {{ {'{SELECT * {' * DEEP}{'}}' * DEEP} }}", 0),
    "a sort": ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY STR(?c) STR(?f)", 413),
    "doubling": (
        "SELECT (STRLEN(?b40) AS ?x) { BIND('aaaaaaaa' AS ?b0) "
        + " ".join(f"BIND(CONCAT(?b{i}, ?b{i}) AS ?b{i + 1})" for i in range(40))
        + " }",
        413,
    ),
    "a large graph": ("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }", 0),
    "many rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413),
    "a path": ("SELECT * { ?s (<x:a>|!<x:b>)* ?o . ?o (<x:a>|!<x:b>)* ?p }", 0),
    "a pattern": ("ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,900}){1,900}){1,900}b')) }", 0),
}


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    options = ("--timeout", "1", "--memory", "256", "--max-results", "4", "--workers", "2")
    with serving(*options) as server:
        yield server


def ask(live: Live, text: str) -> httpx2.Response:
    return httpx2.post(live.endpoint, data={"query": text}, timeout=PATIENCE)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_query_holds_the_server_up(live: Live, name: str) -> None:
    text, status = HOSTILE[name]
    found = ask(live, text)
    # On a busy machine the time may be over before the memory is full.
    allowed = {413: (413, 503), 0: (200, 400, 413, 503)}.get(status, (status,))
    assert found.status_code in allowed
    if found.status_code >= 400:
        assert found.text.count("\n") == 1
        assert found.text.endswith(".\n")
    assert ask(live, "ASK {}").json()["boolean"] is True


def test_a_flood_is_turned_away_and_the_pages_stay_open(live: Live) -> None:
    # Of 18 places one address may take 10; the others are told so at once.
    crowd = [live.start(CROSS) for _ in range(24)]
    wait_until(lambda: len(answered(crowd)) >= 14)
    told = [client.recv(2000).lower() for client in answered(crowd)]
    assert httpx2.get(f"{live.url}ns/Action", timeout=PATIENCE).status_code == 200
    refused = [head for head in told if head.startswith(b"http/1.1 429 ")]
    assert refused
    assert all(b"\r\nretry-after: " in head for head in refused)
    assert all(head.startswith((b"http/1.1 429 ", b"http/1.1 503 ")) for head in told)
    for client in crowd:
        client.close()
    wait_until(lambda: ask(live, "ASK {}").status_code == 200)


def answered(clients: list[socket.socket]) -> list[socket.socket]:
    """The clients that can read an answer."""
    return select.select(clients, [], [], 0)[0]


def test_a_worker_that_is_killed_is_replaced(live: Live) -> None:
    before = live.workers()
    assert len(before) == 3
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for pid in before))
    assert [ask(live, "ASK {}").status_code for _ in range(4)] == [200] * 4
    assert httpx2.get(f"{live.url}ns/Action", timeout=PATIENCE).status_code == 200
    assert not set(live.workers()) & set(before)


def test_a_query_whose_worker_is_killed_is_not_blamed_for_its_brackets(live: Live) -> None:
    live.wait_until_idle()
    with ThreadPoolExecutor(1) as one:
        asked = one.submit(ask, live, CROSS)
        live.wait_until_busy(1)
        for pid in live.workers():
            os.kill(pid, signal.SIGKILL)
        found = asked.result()
    assert found.status_code == 503
    assert "killed from outside" in found.text
    assert found.headers["retry-after"]


def listening() -> tuple[socket.socket, int, list[bytes]]:
    """A port that notes whoever connects."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                heard.append(connection.recv(100))

    threading.Thread(target=listen, daemon=True).start()
    return server, server.getsockname()[1], heard


REACHING = (
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "PREFIX e: <x:> SELECT * {{ {{ e:a\\' e:p 1 }} UNION {{ SERVICE <{url}> {{ ?s ?p ?o }} }} "
    "UNION {{ e:b\\' e:p '' }} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "LOAD <{url}>",
    "DESCRIBE <{url}>",
)


@pytest.mark.parametrize("text", REACHING)
def test_no_query_reaches_another_server(live: Live, text: str) -> None:
    server, port, heard = listening()
    with closing(server):
        query = text.format(url=f"http://127.0.0.1:{port}/sparql")
        # To describe an IRI is to say what is known of it here; nobody is asked.
        assert ask(live, query).status_code == (200 if text.startswith("DESCRIBE") else 403)
        httpx2.get(
            live.endpoint,
            params={
                "query": "ASK {}",
                "default-graph-uri": f"http://127.0.0.1:{port}/",
            },
            timeout=PATIENCE,
        )
    assert heard == []


def open_record() -> Engine:
    return Embedded(corpus.open_store())


def test_a_sealed_worker_could_not_reach_out_if_it_were_let() -> None:
    server, port, heard = listening()
    text = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    types = MediaTypes("text/csv", "text/turtle")
    sealed = Pool(WorkerSpec(open_record, 5, 1 << 30, sandbox=SandboxPolicy(), warm_up=_warm_up), 1)
    opened = Pool(WorkerSpec(open_record, 5, 1 << 30), 1)
    with closing(server), closing(sealed), closing(opened):
        with pytest.raises(Problem):
            sealed.run(evaluate, Operation(text), types, 1 << 20)
        assert heard == []
        # The same without the sandbox does connect, so that the sandbox is what holds.
        with pytest.raises(Problem):
            opened.run(evaluate, Operation(text), types, 1 << 20)
        assert heard != []


def _warm_up(engine: Engine) -> None:
    evaluate(
        engine, Operation("SELECT * { ?s ?p ?o } LIMIT 1"), MediaTypes("text/csv", None), 1 << 20
    )


def test_an_operator_may_allow_one_service() -> None:
    server, port, heard = listening()
    address = f"http://127.0.0.1:{port}/sparql"
    with closing(server), serving("--allow-service", address, "--timeout", "5") as live:
        refused = ask(live, f"SELECT * {{ SERVICE <{address}2> {{ ?s ?p ?o }} }}")
        assert refused.status_code == 403
        assert address in refused.text
        assert heard == []
        failed = ask(live, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        assert failed.status_code >= 400
        assert heard[0].startswith(b"POST /sparql")


# Other people's programs

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/hwbs/ns#Action> }"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_sparqlwrapper_asks_all_four_forms(live: Live) -> None:
    from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

    client: Any = SPARQLWrapper(live.endpoint)
    client.setQuery(COUNT)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        found = client.queryAndConvert()
        assert int(found["results"]["bindings"][0]["n"]["value"]) == 51
    client.setReturnFormat(CSV)
    assert client.queryAndConvert() == b"n\r\n51\r\n"
    client.setReturnFormat(XML)
    assert "51" in client.queryAndConvert().toxml()
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("DESCRIBE <https://w3id.org/hwbs/ns#Action>")
    client.setReturnFormat(TURTLE)
    assert b"@prefix" in client.queryAndConvert()
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert()) > 0


def test_rdflib_reads_the_endpoint_as_a_graph(live: Live) -> None:
    from rdflib import Graph, URIRef
    from rdflib.namespace import RDF
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph: Any = Graph(SPARQLStore(live.endpoint))
    action = URIRef("https://w3id.org/hwbs/ns#Action")
    assert len(set(graph.subjects(RDF.type, action))) == 51
    assert [int(row[0]) for row in graph.query(COUNT)] == [51]


def test_roqet_asks_over_the_protocol(live: Live) -> None:
    roqet = shutil.which("roqet")
    if roqet is None:
        missing = pytest.fail if "clients" in required() else pytest.skip
        missing("roqet is not installed")
    done = subprocess.run(
        [roqet, "-q", "-p", live.endpoint, "-r", "csv", "-e", COUNT],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert b"51" in done.stdout, done.stderr


def test_yasgui_asks_as_a_form_from_another_site(live: Live) -> None:
    headers = {
        "Accept": "application/sparql-results+json,*/*;q=0.9",
        "Origin": "https://yasgui.example",
    }
    found = httpx2.post(live.endpoint, data={"query": COUNT}, headers=headers, timeout=PATIENCE)
    assert found.headers["content-type"] == "application/sparql-results+json"
    assert found.headers["access-control-allow-origin"] == "*"


def test_http_may_be_used_in_all_its_ways(live: Live) -> None:
    with closing(HTTPConnection(urlsplit(live.url).netloc, timeout=PATIENCE)) as connection:

        def send(method: str, path: str, headers: dict[str, str], body: Any = None) -> bytes:
            connection.request(method, path, body, headers, encode_chunked=True)
            found = connection.getresponse()
            sockets.add(connection.sock)
            return found.read()

        sockets = set[object]()
        form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        chunked = {"Transfer-Encoding": "chunked"}
        truth = b'{"head":{},"boolean":true}'
        assert send("POST", "/sparql", form | chunked, iter([b"query=AS", b"K+%7B%7D"])) == truth
        assert send("HEAD", "/sparql?query=ASK%7B%7D", {}) == b""
        assert send("PUT", "/sparql", {}, b"left unread") != b""
        assert send("GET", "/sparql?query=ASK{}&default-graph-uri=", {}) == truth
        assert len(sockets) == 1
        connection.putrequest("GET", "/sparql?query=ASK%7B%7D")
        connection.putheader("Accept", "text/csv;q=0.5")
        connection.putheader("Accept", "application/sparql-results+xml")
        connection.endheaders()
        found = connection.getresponse()
        assert found.headers["content-type"] == "application/sparql-results+xml; charset=utf-8"
        found.read()


# Starting and stopping


@pytest.mark.parametrize(
    ("sent", "code", "busy"),
    [(signal.SIGINT, 130, False), (signal.SIGINT, 130, True), (signal.SIGTERM, 143, False)],
)
def test_the_server_ends_and_leaves_no_process_behind(
    sent: signal.Signals, code: int, busy: bool, small_store: Path
) -> None:
    with serving("--timeout", "30", "--store", str(small_store)) as live:
        workers = live.workers()
        assert len(workers) == 3
        answers: list[httpx2.Response] = []
        waiting = threading.Thread(target=lambda: answers.append(ask(live, CROSS)))
        if busy:
            live.wait_until_idle()
            waiting.start()
            live.wait_until_busy(1)
        live.process.send_signal(sent)
        assert live.process.wait(PATIENCE) == code
        assert live.process.stderr is not None
        assert live.process.stderr.read() == ""
        if busy:
            waiting.join(PATIENCE)
            assert answers[0].status_code == 503
            assert "stopping" in answers[0].text
        assert not [pid for pid in workers if alive(pid)]


def test_workers_end_when_their_server_is_killed(small_store: Path) -> None:
    with serving("--store", str(small_store)) as live:
        workers = live.workers()
        live.process.kill()
        live.process.wait(PATIENCE)
        wait_until(lambda: not any(alive(pid) for pid in workers))


def test_a_port_that_is_taken_is_said_in_a_sentence(hwbs: Hwbs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = hwbs("serve", "--port", str(port))
    assert run.code == 2
    assert run.err == (
        f"hwbs: Cannot listen on 127.0.0.1 port {port}: Address already in use; "
        "give another with --port or --host.\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--graph", "/no/such.ttl"), "Cannot read /no/such.ttl"),
        (("--port", "99999"), "There is no port 99999"),
        (("--host", "256.1.1.1"), "no such address"),
        (("--timeout", "0"), "--timeout must be above 0"),
        (("--memory", "-1"), "--memory must be above 0"),
        (("--workers", "0"), "--workers must be above 0"),
        (("--waiting", "0"), "--waiting must be above 0"),
        (("--max-results", "0"), "--max-results must be above 0"),
        (("--patience", "0"), "--patience must be above 0"),
        (("--connections", "-1"), "--connections must be above 0"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    hwbs: Hwbs, options: tuple[str, ...], said: str
) -> None:
    free = () if "--port" in options else ("--port", "0")
    run = hwbs("serve", *free, *options)
    assert run.code == 2
    assert said in run.err
    assert run.err.count("\nhwbs: ") + run.err.startswith("hwbs: ") == 1


def test_an_address_that_others_can_reach_is_warned_of(hwbs: Hwbs) -> None:
    run = hwbs("serve", "--host", "0.0.0.0", "--port", "99999")
    assert run.err.startswith("Others can reach 0.0.0.0: ")


def test_ones_own_file_is_served_to_no_page_of_another_site() -> None:
    with serving("--graph", str(DATA / "small.ttl")) as live:
        found = ask(live, "ASK { GRAPH <https://w3id.org/hwbs/graph/small> { ?s ?p ?o } }")
        assert found.json()["boolean"] is True
        assert "access-control-allow-origin" not in found.headers


def test_the_page_for_operators_names_every_option_that_bounds_or_opens(hwbs: Hwbs) -> None:
    told = (ROOT / "docs" / "serving.md").read_text("utf-8")
    options = set(re.findall(r"--[a-z-]+", hwbs("serve", "--help").out))
    assert len(options) > 12
    missing = {each for each in options if f"{each}`" not in told and f"{each} " not in told}
    assert missing == {"--help", "--port", "--quiet"}
    usual = re.findall(r"^\| `--([a-z-]+)` \| (\d+)", told, re.MULTILINE)
    assert len(usual) == 7
    for name, value in usual:
        assert inspect.signature(serve_graph).parameters[name.replace("-", "_")].default == int(
            value
        )


def test_what_another_server_holds_is_copied_and_served_without_it(small_store: Path) -> None:
    with serving("--store", str(small_store)) as first:
        held = ask(first, COUNT).text
        with serving("--endpoint", first.endpoint) as second:
            first.process.send_signal(signal.SIGTERM)
            first.process.wait(PATIENCE)
            for worker in second.workers():
                os.kill(worker, signal.SIGKILL)
            found = ask(second, COUNT)
            assert (found.status_code, found.text) == (200, held)
            assert "access-control-allow-origin" not in found.headers
            assert (
                httpx2.get(f"{second.url}id/partner/neighbours", timeout=PATIENCE).status_code
                == 200
            )


def test_a_server_that_cannot_be_copied_is_told_in_a_sentence(hwbs: Hwbs) -> None:
    run = hwbs("serve", "--port", "0", "--endpoint", "http://127.0.0.1:9/sparql")
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert "http://127.0.0.1:9/sparql" in run.err
    run = hwbs("serve", "--port", "0", "--endpoint", "http://127.0.0.1:9/", "--store", "s")
    assert run.code == 2
    assert "Give only one of" in run.err
