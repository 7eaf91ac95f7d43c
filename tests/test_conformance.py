"""The specifications of the W3C as tables, tried on this program and on the engine beneath.

A difference between the two is ours. The tables are in data/conformance, one for a specification.
"""

import json
import re
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from conformance import (
    PROLOGUE,
    Table,
    describe,
    describe_graph,
    name_case,
    outcome_of,
    query_of,
    read_table,
)
from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from servers import oxigraph
from support import Hwbs

from hwbs_graph.api import Graph
from hwbs_graph.data import corpus, rdf_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.errors import DataError, QueryError
from hwbs_graph.store import Embedded
from hwbs_graph.web import protocol
from hwbs_graph.web.protocol import Policy, Request

QUERY = read_table("query")
#: A term as N-Triples writes it.
TERM = r"""<(?P<iri>.*)>|"(?P<text>.*)"(@[\w-]+|\^\^<(.*\W)?(?P<kind>\w+)>)?"""
ACCEPT = {"accept": "application/sparql-results+json, application/n-triples"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write each data set of the table as a file, and return the files by name."""
    folder = tmp_path_factory.mktemp("data")
    for name, data in QUERY["data"].items():
        (folder / f"{name}.trig").write_text(PROLOGUE + data["text"], "utf-8")
    return {name: folder / f"{name}.trig" for name in QUERY["data"]}


@pytest.fixture(scope="module")
def engines(files: dict[str, Path]) -> dict[str, Embedded]:
    return {name: Embedded(corpus.open_store([file], base=[])) for name, file in files.items()}


@pytest.fixture(scope="module")
def stats(engines: dict[str, Embedded]) -> dict[str, protocol.DatasetStats]:
    return {name: protocol.measure_dataset(engine) for name, engine in engines.items()}


def read_answer(data: bytes, ordered: bool = False) -> Any:
    """Return what an answer in JSON, Turtle or N-Triples says."""
    if not data.startswith(b"{"):
        return describe_graph(quad.triple for quad in parse(data, RdfFormat.TURTLE))
    found = parse_query_results(data, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions | QueryBoolean)
    return describe(found, ordered)


def ours(case: Table) -> Table:
    """Return what this program makes of a case: what the engine does, or else is said."""
    found: Table = case.get("ours", case.get("engine", case))
    return found


@pytest.mark.parametrize("case", QUERY["case"], ids=name_case)
def test_the_engine_answers_as_the_table_says(case: Table, files: dict[str, Path]) -> None:
    expected = case.get("engine", case)
    if "untried" in expected:
        return
    store = Store()
    store.load(path=files[case.get("data", "none")], format=RdfFormat.TRIG)
    try:
        found = describe(store.query(query_of(case)), case.get("ordered", False))
    except (SyntaxError, RuntimeError):
        found = "refused"
    assert found == outcome_of(expected)


@pytest.mark.parametrize("case", QUERY["case"], ids=name_case)
def test_python_answers_as_the_table_says(case: Table, engines: dict[str, Embedded]) -> None:
    graph = Graph(engines[case.get("data", "none")])
    expected = outcome_of(ours(case))
    if expected == "refused":
        with pytest.raises(QueryError, match=r"\.\Z"):
            graph.sparql(query_of(case))
        return
    answer = graph.sparql(query_of(case))
    if isinstance(expected, bool):
        assert bool(answer) is expected
    elif isinstance(expected, list):
        assert len(answer) == len(expected)
    else:
        names, rows = expected
        assert sorted(answer.columns) == names
        found = [[as_python(row[name]) for name in names] for row in answer]
        wanted = [[*map(as_python, row)] for row in rows]
        assert found == wanted if "ordered" in case else sorted(found) == sorted(wanted)


def as_python(value: Any) -> str:
    """Return a value of Python, or a term as `describe` gives it, as one text without its type."""
    if isinstance(value, tuple):
        value = float(value[1])
    elif isinstance(value, str) and (term := re.fullmatch(TERM, value, re.DOTALL)):
        value = term["iri"] or json.loads(f'"{term["text"]}"')
        value = {"true": True, "false": False}.get(value, value)
        value = float(value) if term["kind"] in ("double", "float") else value
    return str(float(value) if type(value) is int else value).casefold()  # INF, inf


@pytest.mark.parametrize("case", QUERY["case"], ids=name_case)
def test_the_server_answers_as_the_table_says(
    case: Table, engines: dict[str, Embedded], stats: dict[str, protocol.DatasetStats]
) -> None:
    name = case.get("data", "none")
    request = Request("GET", urlencode({"query": query_of(case)}).encode(), ACCEPT)
    run = partial(protocol.evaluate, engines[name], most=1 << 20)
    found = protocol.respond(request, run, stats[name], Policy())
    expected = outcome_of(ours(case))
    if expected == "refused":
        assert found.status in (400, 403)
        assert found.body.endswith(b".\n")
    else:
        assert found.status == 200
        assert read_answer(found.body, case.get("ordered", False)) == expected


@pytest.mark.parametrize("case", QUERY["case"], ids=name_case)
def test_the_command_answers_as_the_table_says(
    case: Table, files: dict[str, Path], hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "bundled_files", lambda *_, **__: [])
    expected, query = outcome_of(ours(case)), query_of(case)
    format = ["--format", "nt"] if isinstance(expected, list) else ["--format", "json"]
    run = hwbs("sparql", query, "--graph", files[case.get("data", "none")], *format)
    if expected == "refused":
        assert run.code == 2
        assert re.fullmatch(r"hwbs: The query.*\.\n", run.err)
    else:
        assert run.code == (0 if expected in (True, False) or expected[-1] else 1)
        assert read_answer(run.out.encode(), case.get("ordered", False)) == expected


RESULTS = read_table("results")["case"]
FORMATS = {
    "json": (QueryResultsFormat.JSON, "application/sparql-results+json"),
    "xml": (QueryResultsFormat.XML, "application/sparql-results+xml"),
    "csv": (QueryResultsFormat.CSV, "text/csv"),
    "tsv": (QueryResultsFormat.TSV, "text/tab-separated-values"),
}


def comparable(format: str, text: str) -> Any:
    """Return a text in a form that two texts of the same meaning share."""
    if format == "json":
        return json.loads(text)
    return ElementTree.canonicalize(text, strip_text=True) if format == "xml" else text


def name_format(case: Table) -> str:
    return f"{case.get('format') or case.get('ending')} {name_case(case)}"


@pytest.mark.parametrize("case", RESULTS, ids=name_format)
def test_an_answer_is_written_as_the_table_says(
    case: Table,
    engines: dict[str, Embedded],
    stats: dict[str, protocol.DatasetStats],
    hwbs: Hwbs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(corpus, "bundled_files", lambda *_, **__: [])
    format, type = FORMATS[case["format"]]
    beneath = Store().query(case["query"])
    assert isinstance(beneath, QuerySolutions | QueryBoolean)
    request = Request("GET", urlencode({"query": case["query"]}).encode(), {"accept": type})
    run = partial(protocol.evaluate, engines["none"], most=1 << 20)
    texts = {
        "the engine": (beneath.serialize(format=format) or b"").decode(),
        "the command": hwbs("sparql", case["query"], "--format", case["format"]).out,
        "the server": protocol.respond(request, run, stats["none"], Policy()).body.decode(),
    }
    wanted = comparable(case["format"], case["text"])
    assert {who: comparable(case["format"], text) for who, text in texts.items()} == dict.fromkeys(
        texts, wanted
    )


RDF = read_table("rdf")["case"]


def quads_of(case: Table) -> list[str] | str:
    if "refused" in case:
        return "refused"
    return describe_graph(parse(case["quads"], RdfFormat.N_QUADS))


@pytest.mark.parametrize("case", RDF, ids=name_format)
def test_a_file_of_rdf_says_what_the_table_says(case: Table, tmp_path: Path) -> None:
    path = tmp_path / f"case{case['ending']}"
    path.write_bytes(case["text"].encode())
    (file,) = rdf_files.find_files([path])
    beneath: list[str] | str
    try:
        beneath = describe_graph(parse(path=path, format=file.format, rename_blank_nodes=True))
    except SyntaxError:
        beneath = "refused"
    assert beneath == quads_of(case.get("engine", case))
    if "refused" in ours(case):
        with pytest.raises(DataError, match=rf"\A{path}\b.*: .*\.\Z"):
            list(read_quads(file))
        return
    found = [quad for quad, _ in read_quads(file)]
    loose = (quad if quad.graph_name != file.graph else Quad(*quad.triple) for quad in found)
    assert describe_graph(loose) == quads_of(ours(case))


PROTOCOL = read_table("protocol")["case"]
GRAPHS = """
<http://ex.test/g1> { <http://ex.test/s> <http://ex.test/p> 1 }
<http://ex.test/g2> { <http://ex.test/s> <http://ex.test/p> 2, 3 }
"""


def encode(pairs: Iterable[list[str]]) -> str:
    return urlencode([(name, value) for name, value in pairs])


def request_of(case: Table) -> Request:
    """Return the request of a case, as `protocol.respond` takes it."""
    headers = {"accept": case.get("accept", "application/sparql-results+json")}
    if "content" in case or "form" in case:
        headers["content-type"] = case.get("content", "application/x-www-form-urlencoded")
    body = case["body"] if "body" in case else encode(case.get("form", []))
    address = encode(case.get("address", []))
    return Request(case.get("method", "GET"), address.encode(), headers, body.encode())


def check_reply(expected: Table, status: int, type: str, body: bytes) -> None:
    assert status == expected.get("status", 200), (expected, body)
    if "type" in expected:
        assert type.partition(";")[0] == expected["type"]
    if "rows" in expected:
        assert len(json.loads(body)["results"]["bindings"]) == expected["rows"]


@pytest.mark.parametrize("case", PROTOCOL, ids=name_case)
def test_the_server_keeps_the_protocol_as_the_table_says(case: Table) -> None:
    store = Store()
    store.load(GRAPHS, format=RdfFormat.TRIG)
    engine = Embedded(store)
    run = partial(protocol.evaluate, engine, most=1 << 20)
    found = protocol.respond(request_of(case), run, protocol.measure_dataset(engine), Policy())
    check_reply(case, found.status, found.header("Content-Type"), found.body)


def test_the_server_of_the_engine_keeps_the_protocol_as_the_table_says(tmp_path: Path) -> None:
    store = Store()
    store.load(GRAPHS, format=RdfFormat.TRIG)
    with oxigraph(store, tmp_path) as endpoint:
        host = urlsplit(endpoint)
        for case in PROTOCOL:
            expected = case.get("engine", case)
            if "untried" in expected:
                continue
            asked = request_of(case)
            target = f"{host.path}?{asked.query.decode()}" if asked.query else host.path
            with closing(HTTPConnection(host.netloc, timeout=30)) as connection:
                connection.request(asked.method, target, asked.body or None, dict(asked.headers))
                reply = connection.getresponse()
                type, body = reply.getheader("Content-Type", ""), reply.read()
            check_reply(expected, reply.status, type, body)


def test_the_tables_are_whole_and_explain_what_differs() -> None:
    assert len(QUERY["case"]) > 180
    assert len(RDF) > 90
    assert len(RESULTS) > 15
    assert len(PROTOCOL) > 30
    for case in [*QUERY["case"], *RDF, *RESULTS, *PROTOCOL]:
        assert case["section"]
        for who in {"engine", "ours"} & {*case}:
            assert case[who].get("why") or case[who].get("untried")
            assert {**case, **case[who]} != case
