"""What a term becomes in a format: the same term, or a refusal that names one that can hold it."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pyoxigraph import Store
from support import Hwbs, open_small

from hwbs_graph import open_graph
from hwbs_graph.data.turtle import natural_key
from hwbs_graph.errors import FormatError
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.query.results import run_query
from hwbs_graph.store import Embedded
from hwbs_graph.text import parse_exact_number
from hwbs_graph.web import protocol
from hwbs_graph.web.pages import result_table
from hwbs_graph.write.export import csv_xlsx, jsonld
from hwbs_graph.write.rows import render

TRIPLE = "SELECT (<<( <urn:a> <https://w3id.org/hwbs/id/partner/x> 1 )>> AS ?t) {}"
XML_TYPES = ("application/sparql-results+xml", "application/xml", "text/xml")


@pytest.mark.parametrize(
    "text",
    ["0", "7", "-2.5", "0.1", "123456789012345", "-0.000123", "9007199254740.5"],
)
def test_a_number_that_reads_back_the_same_is_a_number(text: str) -> None:
    assert parse_exact_number(text) == float(text)


@pytest.mark.parametrize(
    "text",
    [
        *("900000000000207008", "1234567890123456", "0.1234567890123456", "007", "1.10", "1.0"),
        *("+5", "-0", "1e3", "NaN", "INF", "-INF", "1e400", "twelve", "", " 7", "7\n", "٣", "1¹"),
    ],
)
def test_whatever_would_read_back_otherwise_stays_text(text: str) -> None:
    assert parse_exact_number(text) is None


@pytest.mark.parametrize("text", ["1.0E1", "1e300", "1500.00", "2.5e-300", "0.0E0"])
def test_a_double_is_compared_by_its_value(text: str) -> None:
    assert parse_exact_number(text, scientific=True) == float(text)


@pytest.mark.parametrize(
    "text", ["1.2345678901234567E0", "1e400", "1e-400", "5e-324", "1e308", "007", "+1e1", "NaN"]
)
def test_a_double_beyond_a_spreadsheet_stays_text(text: str) -> None:
    assert parse_exact_number(text, scientific=True) is None


def test_the_spreadsheet_of_an_answer_changes_no_literal() -> None:
    typed = {
        "900000000000207008": "integer",
        "twelve": "integer",
        "NaN": "double",
        "-INF": "double",
        "1e400": "double",
        "12": "integer",
        "0.1": "decimal",
    }
    values = " ".join(f'"{text}"^^xsd:{kind}' for text, kind in typed.items())
    query = f"PREFIX xsd: <{PREFIXES['xsd']}> SELECT ?o {{ VALUES ?o {{ {values} }} }}"
    data = render(run_query(Embedded(Store()), query), "xlsx")
    sheet = load_workbook(BytesIO(data)).active
    found = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert found == ["900000000000207008", "twelve", "NaN", "-INF", "INF", 12, 0.1]


def test_measures_stay_numbers_in_a_spreadsheet(hwbs: Hwbs, tmp_path: Path) -> None:
    file = tmp_path / "bridges.xlsx"
    assert hwbs("analyse", "bridges", "--output", file).code == 0
    sheet = load_workbook(file).active
    assert {type(row[2].value) for row in sheet.iter_rows(min_row=2)} <= {int, float}


def test_a_footnote_mark_is_no_digit_in_an_export(tmp_path: Path) -> None:
    file = tmp_path / "mark.ttl"
    long = "Very long name " * 20
    file.write_text(
        f"@prefix skos: <{PREFIXES['skos']}> . @prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        f'<urn:d> a hwbs:SourceDocument ; skos:prefLabel "Census 2021¹"@en ; skos:notation "²3" .\n'
        f'<urn:e> a hwbs:Partner ; skos:prefLabel "{long}"@en ; skos:notation "{"9" * 5000}" .\n'
        '<urn:f> hwbs:printedOrder "first" .\n',
        "utf-8",
    )
    engine = open_small(file)
    tables = b"".join(csv_xlsx.write_csv(engine).values()).decode("utf-8")
    assert "Census 2021¹" in tables
    assert long.strip() in tables
    assert csv_xlsx.write_xlsx(engine).startswith(b"PK")


def test_numbers_in_names_are_ordered_by_their_size() -> None:
    names = ["a-10", "a-2", "a-¹", "a-" + "9" * 5000, "a", "a-02b"]
    assert sorted(names, key=natural_key) == ["a", "a-2", "a-02b", "a-10", "a-" + "9" * 5000, "a-¹"]


def test_an_order_that_is_no_number_ends_no_picture(tmp_path: Path, hwbs: Hwbs) -> None:
    file = tmp_path / "order.ttl"
    theme = "<https://w3id.org/hwbs/id/leicester-2019/theme/healthy-places>"
    file.write_text(f'{theme} <https://w3id.org/hwbs/ns#printedOrder> "first" .\n', "utf-8")
    run = hwbs("export", "graphml", "--graph", file, "--output", tmp_path / "plan.graphml")
    assert run.code == 0, run.err


# A term is one of four


@pytest.mark.parametrize("format", ["table", "markdown", "xlsx", "csv", "tsv", "json", "xml"])
def test_a_triple_term_is_written_in_every_format_of_rows(format: str) -> None:
    data = render(run_query(Embedded(Store()), TRIPLE), format)
    if format == "xlsx":
        cell = load_workbook(BytesIO(data)).active["A2"].value
        data = str(cell).encode()
    assert b"urn:a" in data
    assert b"partner/x" in data


def test_a_triple_term_is_text_in_python_and_on_a_page() -> None:
    answer = open_graph().sparql(TRIPLE)
    whole = f'<<( <urn:a> <https://w3id.org/hwbs/id/partner/x> "1"^^<{PREFIXES["xsd"]}integer> )>>'
    assert answer.rows == [{"t": whole}]
    assert "<<( urn:a partner/x 1 )>>" in str(answer)
    made = run_query(Embedded(Store()), TRIPLE)
    page = result_table.from_rows(render(made, "json"))
    assert page.rows[0][0].text.startswith("<<( urn:a ")


def test_a_blank_node_in_a_triple_term_is_text() -> None:
    query = (
        "SELECT (<<( ?b <urn:p> <<( <urn:a> <urn:b> 'x'@en )>> )>> AS ?t) { BIND(BNODE() AS ?b) }"
    )
    text = render(run_query(Embedded(Store()), query), "table").decode()
    assert "<<( urn:a urn:b x )>> )>>" in text.replace("\n", " ")


def test_what_the_record_cannot_say_in_json_ld_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "star.ttl"
    file.write_text("<< <urn:a> <urn:b> <urn:c> >> <urn:said> <urn:bob> .\n", "utf-8")
    with pytest.raises(FormatError, match=r"JSON-LD cannot hold .*; ask for N-Triples\."):
        jsonld.write_jsonld(open_small(file))


# Never a body that is not the type it names


def respond(request: protocol.Request) -> protocol.Response:
    """Answer a request as the endpoint does, over an empty graph."""

    def evaluate(
        operation: protocol.Operation, types: protocol.MediaTypes
    ) -> protocol.Representation:
        return protocol.evaluate(Embedded(Store()), operation, types, 1 << 20)

    return protocol.respond(request, evaluate, protocol.DatasetStats(0, {}), protocol.Policy())


def ask(query: str, accept: str) -> protocol.Response:
    """Post a query to the endpoint."""
    headers = {"content-type": "application/sparql-query", "accept": accept}
    return respond(protocol.Request("POST", headers=headers, body=query.encode()))


@pytest.mark.parametrize("type", XML_TYPES)
@pytest.mark.parametrize("char", ["\\u0000", "\\u0001", "\\u000B", "\\u001F", "\\uFFFE", "\\uFFFF"])
def test_rows_that_xml_cannot_hold_are_not_acceptable(type: str, char: str) -> None:
    answer = ask(f'SELECT ("a{char}b" AS ?o) {{}}', type)
    assert answer.status == 406
    assert f"U+{char[2:]}" in answer.body.decode()
    assert "JSON, CSV or TSV" in answer.body.decode()


def test_a_carriage_return_survives_xml() -> None:
    answer = ask('SELECT ("a\\r\\nb\\u0085\\U0001FFFF" AS ?o) {}', XML_TYPES[0])
    assert answer.status == 200
    assert "a\r\nb\x85\U0001ffff" in "".join(ElementTree.fromstring(answer.body).itertext())


@pytest.mark.parametrize(
    "statement",
    [
        '<urn:s> <urn:x:p> "a\\u0001b"',
        '<urn:s> <https://ex.test/p/1> "a"',
        '<urn:s> <https://ex.test/p/> "a"',
        f'<urn:s> <{PREFIXES["rdf"]}li> "a"',
        f'<urn:s> <{PREFIXES["rdf"]}about> "a"',
        "<urn:s> <urn:x:p> <<( <urn:a> <https://ex.test/1> 1 )>>",
    ],
)
def test_a_graph_that_rdf_xml_cannot_hold_is_not_acceptable(statement: str) -> None:
    answer = ask(f"CONSTRUCT {{ {statement} }} WHERE {{}}", "application/rdf+xml")
    assert answer.status == 406, answer.body
    assert "Turtle or N-Triples" in answer.body.decode()


@pytest.mark.parametrize("type", ["application/ld+json", "text/n3"])
def test_a_triple_term_is_not_acceptable_where_the_type_has_none(type: str) -> None:
    query = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> 1 )>> } WHERE {}"
    answer = ask(query, type)
    assert answer.status == 406
    assert ask(query, "text/turtle").status == 200


def test_blank_nodes_have_names_that_rdf_xml_allows() -> None:
    query = "CONSTRUCT { ?b <urn:x:p> ?b } WHERE { VALUES ?i { 1 2 3 4 5 6 } BIND(BNODE() AS ?b) }"
    answer = ask(query, "application/rdf+xml")
    nodes = [
        value
        for each in ElementTree.fromstring(answer.body).iter()
        for key, value in each.attrib.items()
        if key.endswith("nodeID")
    ]
    assert len(nodes) == 12
    assert all(node[0] == "b" for node in nodes)


@pytest.mark.parametrize(
    ("query", "format", "told"),
    [
        ('SELECT ("a\\u0001b" AS ?o) {}', "xml", "U+0001"),
        ("CONSTRUCT { <a:b> <c:d> <<( <a:b> <c:d> 1 )>> } WHERE {}", "jsonld", "JSON-LD"),
    ],
)
def test_the_command_refuses_what_a_format_cannot_hold(
    hwbs: Hwbs, tmp_path: Path, query: str, format: str, told: str
) -> None:
    file = tmp_path / "answer"
    run = hwbs("sparql", query, "--format", format, "--output", file)
    assert run.code == 2
    assert told in run.err
    assert run.err.count("\n") == 1
    assert not file.exists()


# A format in the address


ASKED = b"query=SELECT%20(1%20AS%20%3Fx)%20%7B%7D&"


def fetch(query: bytes, accept: str = "*/*", body: bytes = b"") -> protocol.Response:
    """Send a request to the endpoint, posted as a form where it has a body."""
    form = {"content-type": "application/x-www-form-urlencoded"} if body else {}
    headers = {"accept": accept, **form}
    return respond(protocol.Request("POST" if body else "GET", query, headers, body))


@pytest.mark.parametrize("name", ["format", "output"])
@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("CSV", "text/csv; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("json", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml; charset=utf-8"),
        ("", "application/sparql-results+json"),
    ],
)
def test_a_link_can_name_the_format(name: str, text: str, type: str) -> None:
    answer = fetch(ASKED + f"{name}={text}".encode())
    assert (answer.status, answer.header("Content-Type")) == (200, type)


def test_a_format_in_the_address_wins_over_the_header_and_may_be_posted() -> None:
    assert fetch(ASKED + b"format=csv", "application/json").body == b"x\r\n1\r\n"
    assert fetch(b"", "application/json", ASKED + b"output=csv").body == b"x\r\n1\r\n"


def test_a_format_that_is_unknown_or_does_not_fit_is_not_acceptable() -> None:
    unknown = fetch(ASKED + b"format=xlsx")
    assert unknown.status == 406
    assert "csv" in unknown.body.decode()
    assert fetch(ASKED + b"format=ttl").status == 406
    graph = b"query=CONSTRUCT%20%7B%3Ca%3A%3E%20%3Ca%3Ab%3E%201%7D%20%7B%7D&"
    assert fetch(graph + b"format=csv").status == 406
    assert fetch(graph + b"format=turtle").header("Content-Type").startswith("text/turtle")
    assert fetch(graph + b"format=json").header("Content-Type") == "application/ld+json"
