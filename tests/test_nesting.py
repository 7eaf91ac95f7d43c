"""What nests too deep is refused in a sentence, where a parser would end the program."""

import os
import threading
from pathlib import Path

import pytest
from pyoxigraph import Store
from support import open_small

from hwbs_graph.data import turtle
from hwbs_graph.data.nesting import MOST
from hwbs_graph.errors import DataError, QueryError
from hwbs_graph.query.results import run_query
from hwbs_graph.store import Embedded
from hwbs_graph.write.rows import render

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:u="urn:u:">'
#: The text of a file by its name: before, once a level, in the middle, once a level, after.
SHAPES = {
    "nodes.rdf": (f"{HEAD}<u:A>", "<u:p><u:A>", "", "</u:A></u:p>", "</u:A></rdf:RDF>"),
    "resources.rdf": (
        f"{HEAD}<u:A>",
        "<u:p rdf:parseType='Resource'>",
        "",
        "</u:p>",
        "</u:A></rdf:RDF>",
    ),
    "markup.rdf": (
        f"{HEAD}<u:A><u:p rdf:parseType='Literal'>",
        "<b>",
        "",
        "</b>",
        "</u:p></u:A></rdf:RDF>",
    ),
    "objects.jsonld": ('{"@id": "urn:a", "urn:p": ', '{"urn:p":', "1", "}", "}"),
    "arrays.jsonld": ('{"@id": "urn:a", "urn:p": ', "[", "1", "]", "}"),
    "lists.jsonld": ('{"@id": "urn:a", "urn:p": ', '{"@list": [', "1", "]}", "}"),
    "values.jsonld": ('{"urn:p": {"@type": "@json", "@value": ', "[", "1", "]", "}}"),
    "graphs.jsonld": ('{"@id": "urn:a", "@graph": [', '{"@graph": [', "", "]}", "]}"),
    "terms.nt": ("<urn:a> <urn:p> ", "<<( <urn:a> <urn:p> ", "<urn:b>", " )>>", " ."),
    "terms.nq": ("<urn:a> <urn:p> ", "<<( <urn:a> <urn:p> ", "<urn:b>", " )>>", " <urn:g> ."),
    "terms.ttl": ("<urn:a> <urn:p> ", "<<(<urn:a><urn:p>", '"<<"', ")>>", " ."),
    "terms.trig": ("<urn:g> {<urn:a> <urn:p> ", "<<( <urn:a> <urn:p> ", "1", " )>>", " }"),
    "subjects.ttl": ("", "<< ", "<urn:a> <urn:p> <urn:b>", " >> <urn:p> 'x>>'", " ."),
}
DEEP = 20_000
SHALLOW = 40


def write_nested(folder: Path, name: str, levels: int) -> Path:
    before, opening, middle, closing, after = SHAPES[name]
    path = folder / name
    path.write_text(before + opening * levels + middle + closing * levels + after, "utf-8")
    return path


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_that_nests_too_deep_is_refused_before_it_is_parsed(
    name: str, tmp_path: Path
) -> None:
    assert open_small(write_nested(tmp_path, name, SHALLOW)).size() > 0
    with pytest.raises(DataError, match=rf"{name}: .* stand more than {MOST} deep"):
        open_small(write_nested(tmp_path, name, DEEP))


@pytest.mark.parametrize("name", ["list.ttl", "nodes.ttl"])
def test_turtle_that_the_parser_reads_without_recursion_may_nest(name: str, tmp_path: Path) -> None:
    opening, closing = {"list.ttl": "()", "nodes.ttl": ("[ <urn:p> ", "]")}[name]
    text = "<urn:a> <urn:p> " + opening * 4_000 + "1" + closing * 4_000 + " ."
    (tmp_path / name).write_text(text, "utf-8")
    assert open_small(tmp_path / name).size() > 4_000


def test_signs_in_texts_and_comments_are_no_nesting(tmp_path: Path) -> None:
    statement = (
        '<urn:{0}> <urn:p> "cout << a << b", \'in << \\\' <<\', """<< " <<\n<<""", '
        "'''<<' <<''', <<( <urn:a> <urn:b> 1 )>> . # << <<\n"
    )
    (tmp_path / "code.ttl").write_text("".join(map(statement.format, range(99))), "utf-8")
    assert open_small(tmp_path / "code.ttl").size() > 99
    (tmp_path / "code.jsonld").write_text(f'{{"urn:p": "{"{[" * 999}\\"{{"}}', "utf-8")
    assert open_small(tmp_path / "code.jsonld").size() > 0
    (tmp_path / "flat.rdf").write_text(f"{HEAD}{'<u:A/>' * 999}</rdf:RDF>", "utf-8")
    assert open_small(tmp_path / "flat.rdf").size() > 999


@pytest.mark.parametrize("name", ["terms.nt", "terms.ttl"])
def test_a_pipe_is_bounded_too(name: str, tmp_path: Path) -> None:
    data = write_nested(tmp_path, name, DEEP).read_bytes()
    pipe = tmp_path / f"pipe{Path(name).suffix}"
    os.mkfifo(pipe)
    feeder = threading.Thread(target=feed, args=(pipe, data))
    feeder.start()
    with pytest.raises(DataError, match="triple terms stand more than"):
        open_small(pipe)
    feeder.join(180)


def feed(pipe: Path, data: bytes) -> None:
    try:
        pipe.write_bytes(data)
    except BrokenPipeError:  # the reader has seen enough
        return


def test_a_text_to_be_rewritten_is_bounded_too(tmp_path: Path) -> None:
    text = write_nested(tmp_path, "terms.ttl", DEEP).read_text("utf-8")
    with pytest.raises(DataError, match=r"mine\.ttl: triple terms stand more than"):
        turtle.canonicalise(text, "mine.ttl")


@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown", "xml", "xlsx"])
def test_the_deepest_terms_that_are_taken_are_answered(format: str, tmp_path: Path) -> None:
    file = write_nested(tmp_path, "terms.nt", MOST)
    answer = run_query(open_small(file), "SELECT ?o { <urn:a> <urn:p> ?o }")
    assert answer.size == 1
    written = render(answer, format)
    assert format == "xlsx" or written.count(b"urn:b") == 1


#: A query by what it nests: before, once a level, in the middle, once a level, after.
QUERIES = {
    "brackets": ("SELECT (", "(", "1", ")", " AS ?x) {}"),
    "groups": ("SELECT * ", "{", "{}", "}", ""),
    "options": ("SELECT * {", "OPTIONAL {", "", "}", "}"),
    "functions": ("SELECT (", "STR(", "1", ")", " AS ?x) {}"),
    "exists": ("ASK {", "FILTER EXISTS {", "", "}", "}"),
    "queries": ("SELECT * {", "{ SELECT * {", "", "}}", "}"),
    "triples": ("SELECT * { ?s ?p ", "<<( <urn:a> <urn:b> ", "1", " )>>", "}"),
}


@pytest.mark.parametrize("kind", QUERIES)
def test_a_query_that_nests_too_deep_is_refused_in_a_sentence(kind: str) -> None:
    before, opening, middle, closing, after = QUERIES[kind]
    engine = Embedded(Store())

    def write(levels: int) -> str:
        return before + opening * levels + middle + closing * levels + after

    run_query(engine, write(60))
    with pytest.raises(QueryError, match="brackets stand more than 200 deep in each other"):
        run_query(engine, write(DEEP))


CHAINS = {
    "conditions": ("ASK { FILTER(", "true || ", "true) }"),
    "sums": ("SELECT (", "1 + ", "1 AS ?x) {}"),
    "alternatives": ("ASK { ", "{} UNION ", "{} }"),
    "bindings": ("SELECT * { ", "BIND(1 AS ?x) ", "}"),
    "optional parts": ("ASK { ", "optional { ?a ?b ?c } ", "}"),
    "triples": ("ASK { ", "?a ?b ?c .\n", "}"),
    "objects": ("ASK { ?a ?b ", "1, ", "2 }"),
    "paths": ("ASK { ?a ", "<urn:p>/", "<urn:p> ?b }"),
    "denials": ("ASK { FILTER(", "!", "true) }"),
    "queries": ("SELECT * { ", "{ SELECT * {} } ", "}"),
}


@pytest.mark.parametrize("kind", CHAINS)
def test_a_query_that_strings_too_much_together_is_refused_in_a_sentence(kind: str) -> None:
    before, link, after = CHAINS[kind]
    with pytest.raises(QueryError, match="strings together more than 1000 patterns"):
        run_query(Embedded(Store()), before + link * 10_000 + after)


def test_a_long_list_of_values_is_no_chain() -> None:
    rows = " ".join(f"<urn:x:{number}.y/z+w> 'a || b'" for number in range(2000))
    query = f"SELECT ?x {{ VALUES ?x {{ {rows} }} FILTER(?x IN ('a || b', {'1, ' * 2000} 2)) }}"
    assert run_query(Embedded(Store()), query).size == 2000


def test_brackets_in_texts_and_side_by_side_are_no_nesting() -> None:
    rows = " ".join(f"('{'(' * 300}' <urn:a>)" for _ in range(300))
    answer = run_query(
        Embedded(Store()), f"SELECT ?x {{ VALUES (?x ?y) {{ {rows} }} }} # {'(' * 300}"
    )
    assert answer.size == 300


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<u:A></u:B>", "line 1, column 90: it is no well-formed XML: mismatched tag"),
        ("<u:A u:p='1' u:p='2'/>", "it is no well-formed XML: duplicate attribute"),
        ("<u:A>&no;</u:A>", "it is no well-formed XML: undefined entity"),
        ("<u:A>", "it is no well-formed XML"),
        ("<u:A>\x01</u:A>", "it is no well-formed XML"),
    ],
)
def test_xml_that_is_not_well_formed_is_refused_with_the_place(
    text: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.rdf").write_text(f"{HEAD}{text}</rdf:RDF>", "utf-8")
    with pytest.raises(DataError, match=told):
        open_small(tmp_path / "bad.rdf")
