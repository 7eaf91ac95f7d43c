"""What the SPARQL servers of others send, each in its own dialect, and what is read of it.

The bodies have the shape that each server gives them; their content is invented.
"""

import gzip
import json
import zlib
from contextlib import suppress
from typing import NamedTuple

import pytest
from fake_server import FOUND, ROWS, Answer, Site
from hypothesis import given, settings
from hypothesis import strategies as some

from hwbs_graph.errors import EndpointError, QueryError
from hwbs_graph.query import results
from hwbs_graph.store import transport
from hwbs_graph.store.json_results import ResultsError, normalise_results, normalise_xml
from hwbs_graph.store.remote import Remote

SELECT = "SELECT ?x ?n ?t WHERE { ?x ?n ?t }"
BUILD = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROW = '{"x":{"type":"uri","value":"urn:found"},"t":{"type":"literal","xml:lang":"cy","value":"Tŷ"}}'
HEAD = '"head":{"vars":["x","n","t"]}'
EXPECTED = [{"x": "urn:found", "n": "", "t": "Tŷ"}]


class Dialect(NamedTuple):
    """One server's way of saying rows, yes, a graph, that a query is wrong, and that it failed."""

    rows: tuple[str, str]
    yes: tuple[str, str]
    graph: tuple[str, str]
    wrong: tuple[int, str, str]
    refused: str
    failed: tuple[int, str, str]
    told: str


TOMCAT = """<!doctype html><html lang="en"><head><title>HTTP Status {status}</title>
<style type="text/css">body {{font-family:Tahoma}}</style></head><body><h1>HTTP Status {status}</h1>
<hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> {said}</p>
<p><b>Description</b> The server cannot process the request.</p></body></html>"""
TRIPLE = '<urn:a> <urn:b> "£"^^<http://www.w3.org/2001/XMLSchema#string> .\n'
DIALECTS = {
    "virtuoso": Dialect(
        (
            ROWS,
            '\n{ "head": { "link": [], "vars": ["x", "n", "t"] },\n  "results": { '
            f'"distinct": false, "ordered": true, "bindings": [\n    {ROW} ] }} }}',
        ),
        (ROWS, '{  "head": { "link": [] }, "boolean": true}'),
        ("text/turtle; charset=UTF-8", '@prefix ns0: <urn:> .\nns0:a ns0:b "£" .\n'),
        (
            400,
            "text/plain",
            "Virtuoso 37000 Error SP030: SPARQL compiler, line 3: syntax error at '}'\n\n"
            "SPARQL query:\ndefine sql:big-data-const 0\nSELECT",
        ),
        "Virtuoso 37000 Error SP030: SPARQL compiler, line 3: syntax error at '}'.",
        (
            500,
            "text/plain",
            "Virtuoso 42000 Error The estimated execution time 9000 (sec) exceeds the limit",
        ),
        "The estimated execution time 9000 (sec) exceeds the limit.",
    ),
    "fuseki": Dialect(
        (
            "application/sparql-results+json; charset=utf-8",
            f'{{ {HEAD} ,\n  "results": {{\n    "bindings": [\n      {ROW}\n    ]\n  }}\n}}\n',
        ),
        (ROWS, '{ \n  "head" : { } ,\n  "boolean" : true\n}\n'),
        ("application/n-triples", TRIPLE),
        (400, "text/plain;charset=utf-8", 'Parse error: \nEncountered " "}" "} "" at line 2'),
        "Parse error:.",
        (503, "text/plain", "Query timed out"),
        "Query timed out.",
    ),
    "graphdb": Dialect(
        (
            "application/sparql-results+json;charset=UTF-8",
            f'{{{HEAD},"results":{{"bindings":[{ROW}]}}}}',
        ),
        (ROWS, '{"head":{},"boolean":true}'),
        ("application/n-triples;charset=UTF-8", TRIPLE),
        (400, "text/plain", "MALFORMED QUERY: org.eclipse.rdf4j.query.MalformedQueryException: No"),
        "MALFORMED QUERY",
        (
            500,
            "application/json",
            '{"timestamp":1,"status":500,"error":{"message":"Out of memory"}}',
        ),
        "Out of memory.",
    ),
    "rdf4j": Dialect(
        (ROWS, f'{{"head":{{"link":null,"vars":["x","n","t"]}},"results":{{"bindings":[{ROW}]}}}}'),
        (ROWS, '{"head":{"link":[]},"boolean":true}'),
        ("Text/Turtle;Charset=utf-8", TRIPLE),
        (400, "text/html;charset=utf-8", TOMCAT.format(status=400, said="MALFORMED QUERY: no }")),
        "MALFORMED QUERY: no }.",
        (500, "text/html;charset=utf-8", TOMCAT.format(status=500, said="Query evaluation: full")),
        "Query evaluation: full.",
    ),
    "qlever": Dialect(
        (
            ROWS,
            f'{{{HEAD},"results":{{"bindings":[{ROW}]}},'
            '"meta":{"query-time-ms":12,"result-size-total":1}}',
        ),
        (ROWS, '{"head":{ }, "boolean" : true,"meta":{"query-time-ms":1}}'),
        ("text/turtle", TRIPLE),
        (400, "application/json", '{"exception":"Invalid SPARQL query: no }","status":"ERROR"}'),
        "Invalid SPARQL query: no }.",
        (429, "application/json", '{"exception":"Operation timed out.","query":"SELECT"}'),
        "Operation timed out.",
    ),
    "comunica": Dialect(
        (
            ROWS,
            f'{{{HEAD},\n"results": {{ "bindings": [\n{ROW}\n]}},\n'
            '"metadata": { "httpRequests": 3 }}\n',
        ),
        (ROWS, '{"head": {},\n"boolean":true\n}\n'),
        ("application/n-triples", TRIPLE),
        (400, "text/plain", "Parse error on line 2:\n...\n----^\nExpecting '}'"),
        "Parse error on line 2:.",
        (500, "text/plain; charset=utf-8", "Error: No sources\n    at run (/app/index.js:1:2)"),
        "Error: No sources.",
    ),
    "blazegraph": Dialect(
        (ROWS, f'{{\n  {HEAD},\n  "results" : {{\n    "bindings" : [ {ROW} ]\n  }}\n}}'),
        (ROWS, '{\n  "head" : { },\n  "boolean" : true\n}'),
        ("text/plain;charset=UTF-8", TRIPLE),
        (
            400,
            "text/plain",
            "SPARQL-QUERY: queryStr=SELECT\nWHERE {\n"
            "java.util.concurrent.ExecutionException: org.openrdf.query.MalformedQueryException: "
            "Lexical error at line 2\n\tat java.util.concurrent.FutureTask.report(FutureTask.java)",
        ),
        "refuses it: Lexical error at line 2.",
        (
            500,
            "text/plain",
            "SPARQL-QUERY: queryStr=SELECT *\njava.lang.OutOfMemoryError: Java heap space\n\tat x",
        ),
        "failed (500): Java heap space.",
    ),
    "oxigraph": Dialect(
        (ROWS, f'{{{HEAD},"results":{{"bindings":[{ROW}]}}}}'),
        (ROWS, '{"head":{},"boolean":true}'),
        ("application/n-triples", TRIPLE),
        (400, "text/plain; charset=utf-8", "error at 1:8: expected }"),
        "error at 1:8: expected }.",
        (500, "", ""),
        "failed (500); look into its log.",
    ),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_each_server_is_read_in_its_own_dialect(name: str, site: Site) -> None:
    dialect = DIALECTS[name]
    engine = Remote(site.url, 5)
    site.says(200, *dialect.rows)
    assert engine.select(SELECT) == EXPECTED
    site.says(200, *dialect.yes)
    assert results.run_query(engine, "ASK { ?s ?p ?o }") == results.Boolean(True)
    site.says(200, dialect.yes[0], dialect.yes[1].replace("true", "false"))
    assert results.run_query(engine, "ASK { ?s ?p ?o }") == results.Boolean(False)
    site.says(200, *dialect.graph)
    assert build(engine) == ['<urn:a> <urn:b> "£"']
    site.says(*dialect.wrong)
    with pytest.raises(QueryError) as refused:
        engine.query(SELECT)
    assert dialect.refused in str(refused.value)
    site.says(*dialect.failed)
    with pytest.raises(EndpointError) as failed:
        engine.query(SELECT)
    assert str(failed.value).endswith(dialect.told)
    for text in (str(refused.value), str(failed.value)):
        assert text.count("\n") == 0
        assert "<" not in text.replace(site.url, "")


def build(engine: Remote) -> list[str]:
    """Return the triples of a CONSTRUCT."""
    built = results.run_query(engine, BUILD)
    assert isinstance(built, results.Triples)
    return [str(each) for each in built.triples]


def cells(site: Site, query: str) -> list[str]:
    """Return the terms of the one row that comes."""
    found = results.run_query(Remote(site.url, 5), query)
    assert isinstance(found, results.Rows)
    (row,) = found.rows
    return [str(cell) for cell in row]


def rows(site: Site, body: str | bytes, query: str = SELECT) -> list[dict[str, str]]:
    site.says(200, ROWS, body)
    return Remote(site.url, 5).select(query)


def failure(site: Site, query: str = SELECT) -> str:
    with pytest.raises(EndpointError) as caught:
        Remote(site.url, 5).query(query)
    text = str(caught.value)
    assert "\n" not in text
    return text.removeprefix(site.url)


RESULTS = f'"results":{{"bindings":[{ROW}]}}'
MEMBERS = [
    f'{{"meta":{{"a":[1,{{"results":2}}]}},{HEAD},{RESULTS}}}',
    f'{{{HEAD},"meta":1,{RESULTS},"more":[]}}',
    f'{{{RESULTS},"warnings":["}}]}},"],{HEAD}}}',
    f'{{{RESULTS},{HEAD},"time":0.1}}',
    f'{{{HEAD},"results":{{"time":{{"a":1}},"bindings":[{ROW}],"more":[{{}}]}}}}',
    f"{{{HEAD},{RESULTS}".replace('"type":"uri"', '"type":"uri","rank":{"value":7}') + "}",
    f'{{"head":{{"id":1,"vars":["x","n","t"],"link":["a"]}},{RESULTS}, "z": "]}},"}}',
    f'{{{HEAD},"results":{{"bindings":[{ROW.replace("}}", "},") + chr(34)}n":null}}]}}}}',
    f'\ufeff{{{HEAD},{RESULTS},"metadata":{{}}}}  \n\n',
]


@pytest.mark.parametrize("body", MEMBERS, ids=range(len(MEMBERS)))
def test_members_that_the_standard_does_not_know_are_ignored_anywhere(
    body: str, site: Site
) -> None:
    assert rows(site, body) == EXPECTED


@pytest.mark.parametrize(
    "term",
    [
        '"type":"literal"',
        f'"type":"literal","datatype":"{XSD}string"',
        f'"type":"typed-literal","datatype":"{XSD}string"',
        '"type":"literal","xml:lang":""',
        f'"datatype":"{XSD}string","type":"literal","own":null',
    ],
)
def test_a_string_is_plain_however_it_is_typed(term: str, site: Site) -> None:
    site.says(
        200,
        ROWS,
        f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{{"x":{{{term},"value":"a"}}}}]}}}}',
    )
    assert cells(site, "SELECT ?x { ?x ?p ?o }") == ['"a"']


@pytest.mark.parametrize("extra", ["", ',"meta":{}'])
def test_a_language_tag_is_the_same_in_any_case(extra: str, site: Site) -> None:
    body = f"{{{HEAD},{RESULTS}{extra}}}".replace('"cy"', '"CY-gb"')
    site.says(200, ROWS, body)
    assert cells(site, SELECT) == ["<urn:found>", "None", '"Tŷ"@cy-gb']


def test_unnamed_nodes_of_any_name_stay_apart(site: Site) -> None:
    nodes = [
        f'{{"x":{{"type":"bnode","value":"{name}"}}}}'
        for name in ("nodeID://b1", "b1", "_:b1", "b1")
    ]
    found = rows(site, f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{",".join(nodes)}]}}}}')
    first, second, third, fourth = (row["x"] for row in found)
    assert second == fourth
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("tail", ["", "\n", "}}"])
@pytest.mark.parametrize(
    "whole",
    [FOUND, '{"head":{},"boolean":true}', f'{{{HEAD},{RESULTS},"meta":{{"a":1}}}}'],
    ids=["rows", "yes", "meta"],
)
def test_no_beginning_of_an_answer_is_taken_for_all_of_it(
    whole: str, tail: str, site: Site
) -> None:
    query = "ASK { ?s ?p ?o }" if "boolean" in whole else SELECT
    if tail != "\n":
        site.says(
            200,
            ROWS,
            whole + tail + ("\njava.util.concurrent.TimeoutException" if not tail else ""),
        )
        assert failure(site, query) == " sends SPARQL results that are broken."
    for end in range(0, len(whole.encode()), 7):
        site.says(200, ROWS, whole.encode()[:end])
        assert failure(site, query) == " sends SPARQL results that are broken."


def test_an_answer_with_an_error_behind_its_rows_is_not_taken_for_whole(site: Site) -> None:
    site.says(200, ROWS, f'{{{HEAD},{RESULTS},"error":"Query\\ntimed out"}}')
    assert failure(site) == " failed in the middle of its answer: Query timed out."
    site.says(200, ROWS, '{"head":{},"boolean":true,"exception":{"code":3}}')
    assert "failed in the middle" in failure(site, "ASK { ?s ?p ?o }")


def test_fewer_rows_than_the_server_counted_are_refused_unless_the_query_has_a_limit(
    site: Site,
) -> None:
    cut = f'{{{HEAD},{RESULTS},"meta":{{"result-size-total":70000}}}}'
    site.says(200, ROWS, cut)
    assert failure(site) == " gave 1 of the 70,000 rows of its answer; raise the limit it has."
    assert rows(site, cut, f"{SELECT} LIMIT 1") == EXPECTED
    site.says(200, ROWS, f'{{"meta":{{"result-size-total":2}},{HEAD},{RESULTS}}}')
    assert " gave 1 of the 2 rows" in failure(site)


def test_a_graph_cut_by_a_limit_that_is_told_of_rows_alone_is_refused(site: Site) -> None:
    graph = "".join(f"<urn:{n}> <urn:b> <urn:c> .\n" for n in range(1000)).encode()

    def answer(number: int) -> Answer:
        text = site.asked[-1][1]["query"][0]
        if "SELECT" not in text:
            return 200, {"Content-Type": "application/n-triples"}, graph
        assert text == "# { CONSTRUCT\nSELECT (1 AS ?row)  WHERE { ?s <urn:b> '}' }"
        return 200, {"Content-Type": ROWS, "X-SPARQL-MaxRows": "1000"}, FOUND.encode()

    site.answers = answer
    query = "# { CONSTRUCT\nCONSTRUCT { ?s ?p <urn:x> } WHERE { ?s <urn:b> '}' }"
    with pytest.raises(EndpointError, match="gave only part of the answer"):
        Remote(site.url, 5).query(query)
    site.says(200, "application/n-triples", graph[:-30].rpartition(b"\n")[0])
    assert results.run_query(Remote(site.url, 5), BUILD).size < 1000


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "construct{?s ?p ?o}{?s ?p ?o}"])
def test_a_graph_that_is_whole_is_asked_for_twice_and_given(query: str, site: Site) -> None:
    graph = "".join(f"<urn:{n}> <urn:b> <urn:c> .\n" for n in range(1500)).encode()
    types = {1: "application/n-triples", 2: ROWS}
    bodies = {1: graph, 2: FOUND.encode()}
    site.answers = lambda number: (200, {"Content-Type": types[number]}, bodies[number])
    assert results.run_query(Remote(site.url, 5), query).size == 1500
    assert site.asked[1][1]["query"][0].startswith("SELECT (1 AS ?row) ")


@settings(max_examples=150)
@given(some.integers(0, 200), some.integers(0, 60), some.binary(max_size=6))
def test_whatever_a_server_sends_is_read_or_refused(at: int, gone: int, put: bytes) -> None:
    for whole in (MEMBERS[3].encode(), FOUND.encode(), b'{"head":{},"boolean":true,"z":[1e999]}'):
        changed = whole[:at] + put + whole[at + gone :]
        for read in (normalise_results, normalise_xml):
            with suppress(ResultsError):
                assert isinstance(read(changed), bytes | bool)


def test_both_yes_and_rows_or_a_name_twice_is_no_answer(site: Site) -> None:
    for body in (
        f'{{{HEAD},"boolean":true,{RESULTS},"z":1}}',
        f"{{{HEAD},{RESULTS},{RESULTS}}}",
        f'{{{HEAD},{RESULTS},"z":1,"z":2,{HEAD}}}',
        f'{{"head":{{}},{RESULTS},"z":1}}',
        '{"head":{},"boolean":"true"}',
        "[" * 100_000,
    ):
        site.says(200, ROWS, body)
        assert failure(site) == " sends SPARQL results that are broken."


@pytest.mark.parametrize(
    "type",
    [
        "Application/SPARQL-Results+JSON",
        'application/json;charset="UTF-8"',
        f"{ROWS} ; q=1",
        "text/json",
    ],
)
def test_a_type_with_parameters_or_in_capitals_is_the_same_type(type: str, site: Site) -> None:
    site.says(200, type, FOUND)
    assert Remote(site.url, 5).select(SELECT)[0]["x"] == "urn:found"


def test_an_answer_that_names_no_type_is_taken_for_what_was_asked(site: Site) -> None:
    site.answers = lambda number: (200, {}, FOUND.encode())
    assert Remote(site.url, 5).select(SELECT)[0]["x"] == "urn:found"
    site.answers = lambda number: (200, {}, TRIPLE.encode())
    assert results.run_query(Remote(site.url, 5), BUILD).size == 1


def test_rows_in_xml_are_read_if_they_have_an_end(site: Site) -> None:
    xml = (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
        '<variable name="x"/></head><results><result><binding name="x"><uri>urn:found</uri>'
        "</binding></result></results></sparql>\n"
    )
    kind = "application/sparql-results+xml; charset=UTF-8"
    site.says(200, kind, xml)
    assert Remote(site.url, 5).select(SELECT) == [{"x": "urn:found"}]
    for end in range(0, len(xml) - 1, 9):
        site.says(200, kind, xml[:end])
        assert failure(site) == " sends SPARQL results that are broken."


def test_a_character_set_of_the_server_is_heeded_and_never_believed_against_the_bytes(
    site: Site,
) -> None:
    text = TRIPLE.replace(" .", " .  # Tŷ")
    for charset in ("utf-8", "iso-8859-1", "utf-16", "no-such"):
        encoding = charset if charset == "utf-16" else "utf-8"
        site.says(200, f"text/turtle; charset={charset}", text.encode(encoding))
        assert build(Remote(site.url, 5)) == ['<urn:a> <urn:b> "£"']
    site.says(200, "text/turtle; charset=ISO-8859-1", TRIPLE.encode("latin-1"))
    assert build(Remote(site.url, 5)) == ['<urn:a> <urn:b> "£"']
    site.says(200, "text/turtle", b"\xef\xbb\xbf" + TRIPLE.encode())
    assert results.run_query(Remote(site.url, 5), BUILD).size == 1


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "deflate"])
def test_a_compressed_answer_is_read_whole_or_not_at_all(coding: str, site: Site) -> None:
    body = f'{{{HEAD},"results":{{"bindings":[{",".join([ROW] * 5000)}]}}}}'.encode()
    packed = zlib.compress(body) if coding == "deflate" else gzip.compress(body)
    site.says(200, ROWS, packed, Content_Encoding=coding)
    assert len(Remote(site.url, 5).select(SELECT)) == 5000
    for broken in (packed[:-5], packed[: len(packed) // 2], b"\x1f\x8bno", body):
        site.says(200, ROWS, broken, Content_Encoding=coding)
        assert failure(site).startswith(" broke off its answer")


def test_a_gzip_of_two_members_is_read_whole(site: Site) -> None:
    body = FOUND.encode()
    packed = gzip.compress(body[:20]) + gzip.compress(body[20:])
    site.says(200, ROWS, packed, Content_Encoding="gzip")
    assert Remote(site.url, 5).select(SELECT)[0]["x"] == "urn:found"


def test_a_small_answer_that_unpacks_without_end_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MOST_BYTES", 1_000_000)
    site.says(200, ROWS, gzip.compress(b" " * 3_000_000), Content_Encoding="gzip")
    assert failure(site) == " sends more than a gigabyte; ask for less."
    site.says(200, ROWS, FOUND, Content_Encoding="br")
    assert failure(site).startswith(" compresses its answer with br, which hwbs does not read")


def redirect(site: Site, status: int, *where: str) -> None:
    """Send on to each place in turn, then answer."""

    def answer(number: int) -> Answer:
        if number <= len(where):
            return status, {"Location": where[number - 1]}, b""
        return 200, {"Content-Type": ROWS}, FOUND.encode()

    site.asked.clear()
    site.paths.clear()
    site.answers = answer


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_same_host_is_followed_with_the_question(status: int, site: Site) -> None:
    redirect(site, status, "/sparql/", f"{site.url}/query", "?a=b")
    assert Remote(site.url, 5).select(SELECT)[0]["x"] == "urn:found"
    assert site.paths == ["/sparql", "/sparql/", "/sparql/query", "/sparql/query?a=b"]
    assert {form["query"][0] for _, form in site.asked} == {SELECT}


def test_see_other_is_fetched_without_the_question(site: Site) -> None:
    redirect(site, 303, "/results/1")
    assert Remote(site.url, 5).select(SELECT)[0]["x"] == "urn:found"
    assert site.paths == ["/sparql", "/results/1"]
    assert site.asked[1][1] == {}


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.2/",
        "//elsewhere/",
        "ftp://127.0.0.1/",
        "http://me:x@127.0.0.1/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_elsewhere_is_told_and_not_followed(where: str, site: Site) -> None:
    redirect(site, 307, where)
    assert failure(site).startswith(" sends on to ")
    assert len(site.asked) == 1


def test_a_redirect_in_a_circle_ends(site: Site) -> None:
    redirect(site, 308, *["/sparql"] * 50)
    assert failure(site) == " sends on more than 5 times; check the address."
    assert len(site.asked) == transport.MOST_REDIRECTS + 1


PAGES = [
    ("<html><body>oops", "oops"),
    ("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad "
     "Gateway</h1></center><hr><center>nginx</center></body></html>", "502 Bad Gateway"),
    ("<html><head><title>Error 404</title></head><body><h2>HTTP ERROR 404</h2><p>Problem. Reason:"
     "<pre>    Not\n here</pre></p></body></html>", "Not here"),
    ("<html><body><h2>HTTP ERROR 500 x</h2><table><tr><th>STATUS:</th><td>500</td></tr><tr>"
     "<th>MESSAGE:</th><td>Too &lt;long&gt;</td></tr></table><script>no()</script></body></html>",
     "Too <long>"),
    ("<html><head><script>var a = '<p>no</p>'</script></head><body><h1>Sorry</h1><p>The <b>query"
     "</b> is too long</p></body></html>", "The query is too long"),
    ("<title>Only this</title>", "Only this"),
    (json.dumps({"errors": [{"title": "Bad", "detail": "No memory\nat all"}]}), "No memory"),
    (json.dumps({"code": 3, "message": "x" * 900}), "x" * 300 + "…"),
    ('{"no": "key"}', ""),
    ("{not json", "{not json"),
    ("\n\n  \n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), PAGES)
def test_one_sentence_is_found_in_what_a_server_says_of_its_failure(
    body: str, told: str, site: Site
) -> None:
    site.says(500, "text/html", body)
    assert failure(site) == (
        f" failed (500): {told}." if told else " failed (500); look into its log."
    )
