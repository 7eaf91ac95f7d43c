"""Other people's files: the same answers from memory and a store, and what Windows writes."""

import gzip
import io
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad
from support import SMALL, Hwbs, open_small

from hwbs_graph import load
from hwbs_graph.checks.changed_values import find_changed_values
from hwbs_graph.checks.unknown_terms import find_unknown_terms
from hwbs_graph.data import corpus, files, rdf_files
from hwbs_graph.errors import HwbsError, PathError
from hwbs_graph.model.vocabulary import GRAPHS
from hwbs_graph.store import Engine, open_disk_store
from hwbs_graph.store.embedded import Embedded

IN = "https://ex.test/in"
HOW_MANY = f"SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?rows) {{ ?s <{IN}> ?o }}"
WHERE = f"SELECT ?g ?o {{ GRAPH ?g {{ ?s <{IN}> ?o }} }} ORDER BY ?g ?o"
ONE = f'<https://ex.test/a> <{IN}> "1" .\n'
MARK = b"\xef\xbb\xbf"


def write_files(folder: Path, **texts: str) -> list[Path]:
    """Write files, `a_ttl` as a.ttl, and return their paths in the order given."""
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def both_engines(folder: Path, paths: list[Path]) -> tuple[Engine, Engine]:
    """Return the same files in memory and in a store on disk."""
    load.load(folder / "s", paths)
    memory = Embedded(corpus.open_store(paths, base=corpus.vocabulary_files()))
    return memory, open_disk_store(folder / "s")


SAME_LABEL = f'_:x <{IN}> "a" .\n'
CASES = {
    "two files with one label": ({"a_ttl": SAME_LABEL, "b_ttl": SAME_LABEL}, "2", "2"),
    "one label twice in a file": ({"a_ttl": SAME_LABEL + f'_:x <{IN}> "b" .'}, "1", "2"),
    "a repeated statement": ({"a_ttl": SAME_LABEL * 2}, "1", "1"),
    "unnamed nodes": ({"a_ttl": f'[] <{IN}> [] . [ <{IN}> "a" ] .'}, "2", "2"),
    "one label in two graphs of a file": (
        {"a_trig": f"<urn:g> {{ {SAME_LABEL} }} <urn:h> {{ {SAME_LABEL} }}"},
        "1",
        "1",
    ),
    "a fact of two files": ({"z_ttl": ONE, "a_nt": ONE, "m_ttl": ONE}, "1", "1"),
    "a fact of two graphs": (
        {"z_trig": f"<urn:z> {{ {ONE} }} <urn:a> {{ {ONE} <urn:b> <{IN}> 2 }}", "a_nt": ONE},
        "2",
        "2",
    ),
    "graphs in another order": (
        {"z_trig": f"<urn:z> {{ <urn:c> <{IN}> 3 }} <urn:a> {{ {ONE} }} <urn:z> {{ {ONE} }}"},
        "2",
        "2",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_same_files_give_the_same_answers_in_memory_and_in_a_store(
    case: str, tmp_path: Path
) -> None:
    texts, nodes, rows = CASES[case]
    memory, disk = both_engines(tmp_path, write_files(tmp_path, **texts))
    assert memory.select(HOW_MANY) == disk.select(HOW_MANY) == [{"n": nodes, "rows": rows}]
    graphs = [[row["g"] for row in each.select(WHERE)] for each in (memory, disk)]
    assert graphs[0] == graphs[1]


def test_a_fact_stays_in_the_first_file_that_states_it(tmp_path: Path) -> None:
    memory, disk = both_engines(tmp_path, write_files(tmp_path, z_ttl=ONE, a_ttl=ONE))
    wanted = [{"g": f"{GRAPHS}z", "o": "1"}]
    assert memory.select(WHERE) == disk.select(WHERE) == wanted


TRIPLE = "<urn:a> <urn:b> <urn:c> ."
TEXTS = {
    ".ttl": TRIPLE,
    ".turtle": TRIPLE,
    ".n3": TRIPLE,
    ".nt": TRIPLE,
    ".trig": f"<urn:g> {{ {TRIPLE} }}",
    ".nq": "<urn:a> <urn:b> <urn:c> <urn:g> .",
    ".jsonld": '{"@id": "urn:g", "@graph": [{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}]}',
    ".rdf": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY u "urn:">]><rdf:RDF xmlns:u="urn:" xmlns:'
    'rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="&u;a">'
    '<u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>',
}
TEXTS[".owl"] = TEXTS[".rdf"]


def test_every_ending_is_read_alike_in_memory_and_into_a_store(tmp_path: Path) -> None:
    wanted: dict[Path, Quad] = {}
    every = product(rdf_files.FORMATS, (False, True), (False, True))
    for number, (ending, packed, marked) in enumerate(every):
        text = TEXTS[ending].replace("urn:a", f"urn:a{number}").replace("&u;a", f"&u;a{number}")
        data = (MARK if marked else b"") + text.encode()
        path = tmp_path / f"mine{number}{ending.upper()}{'.GZ' if packed else ''}"
        path.write_bytes(gzip.compress(data) if packed else data)
        one, two, three = (NamedNode(f"urn:{each}") for each in (f"a{number}", "b", "c"))
        graph = "urn:g" if ending in (".trig", ".nq", ".jsonld") else f"{GRAPHS}mine{number}"
        wanted[path] = Quad(one, two, three, NamedNode(graph))
    assert len(wanted) > 30
    for engine in both_engines(tmp_path, [*wanted]):
        assert [path.name for path, quad in wanted.items() if quad not in engine.snapshot()] == []


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
ENTITY = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b {}>]>" + RDF + "</rdf:RDF>"
REFUSED = {
    "directive.nt": (b"@prefix e: <urn:> .", "(read as N-Triples)"),
    "graph.nt": (b"<urn:a> <urn:b> <urn:c> <urn:d> .", "line 1, column "),
    "semicolon.nq": (b"<urn:a> <urn:b> <urn:c> ; <urn:d> 1 .", "(read as N-Quads)"),
    "relative.ttl": (
        b"@prefix e: <urn:> .\ne:a e:b\n   e:c, <board/12> .",
        "line 3, column 9: <board/12> is relative; add @base",
    ),
    "relative.jsonld": (b'{"@id": "board/12", "urn:b": 1}', "“board/12” is relative; add"),
    "relative.rdf": (f"{RDF}<u:A rdf:about='b'/></rdf:RDF>".encode(), "“b” is relative; add xml"),
    "remote.jsonld": (b'{"@context": "https://schema.org/", "name": "x"}', "nothing is fetched"),
    "import.jsonld": (b'{"@context": {"@import": "https://a.b/"}}', "nothing is fetched"),
    "system.rdf": (ENTITY.format("SYSTEM 'file:///etc/passwd'").encode(), "another file"),
    "public.rdf": (ENTITY.format("PUBLIC 'p' 'http://a.b/'").encode(), "another file"),
    "nested.rdf": (ENTITY.format("'&a;&a;'").encode(), "holds another or is long"),
    "long.rdf": (ENTITY.format(f"'{'x' * 2000}'").encode(), "holds another or is long"),
    "utf16.ttl": (ONE.encode("utf-16"), "UTF-16, as PowerShell's > writes it"),
    "utf16.nt.gz": (gzip.compress(ONE.encode("utf-16")), "UTF-16, as PowerShell's > writes it"),
    "latin.ttl": (b'<urn:a> <urn:b> "\xe9" .', "line 1, column 18: this is not UTF-8 text"),
    "packed.ttl": (gzip.compress(ONE.encode()), "end its name in .gz"),
    "cut.nt.gz": (gzip.compress(ONE.encode() * 99)[:-12], "no whole gzip file"),
    "plain.ttl.gz": (ONE.encode(), "no whole gzip file"),
    "html.ttl": (b"<!DOCTYPE html><html>", "it is XML, not Turtle"),
    "json.ttl": (b'{"@id": "urn:a"}', "it is JSON, not Turtle"),
    "space.ttl": ("<urn:a>\u00a0<urn:b> 1 .".encode(), "(U+00A0, no-break space) stands outside"),
    "quote.ttl": ("<urn:a> <urn:b> “x” .".encode(), "(U+201C, left double quotation mark)"),
    "data.txt": (ONE.encode(), "does not tell its format; end it in .ttl, "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_alike_by_both_options(name: str, tmp_path: Path) -> None:
    data, told = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    said = []
    for read in (open_small, lambda path: load.load(tmp_path / "s", [path])):
        with pytest.raises(HwbsError) as failure:
            read(tmp_path / name)
        said.append(str(failure.value))
    assert said[0] == said[1]
    assert told in said[0]
    assert name in said[0]
    assert not (tmp_path / "s").exists()


def test_the_record_s_own_export_given_back_adds_nothing(tmp_path: Path, hwbs: Hwbs) -> None:
    target = tmp_path / "all.trig"
    assert hwbs("export", "trig", "-o", target).code == 0
    given = hwbs("list", "plans", "--graph", target)
    assert (given.code, given.out) == (0, hwbs("list", "plans").out)


@pytest.mark.parametrize("name", ["trig", "jsonld", "nt"])
def test_an_export_can_be_given_back(
    name: str, tmp_path: Path, hwbs: Hwbs, small_store: Path
) -> None:
    target = tmp_path / f"all.{name}"
    assert hwbs("export", name, "-o", target, "--store", small_store).code == 0
    given = hwbs("list", "plans", "--graph", target)
    files = [argument for path in SMALL for argument in ("--graph", path)]
    assert (given.code, given.out) == (0, hwbs("list", "plans", *files).out)


def test_a_mark_before_a_query_is_no_part_of_it(
    tmp_path: Path, hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = MARK + b"ASK { ?s ?p ?o }"
    (tmp_path / "q.rq").write_bytes(query)
    assert hwbs("sparql", "-f", tmp_path / "q.rq").code == 0
    for data, code, told in (
        (query, 0, ""),
        ("ASK {}".encode("utf-16"), 2, "Cannot read standard input: it is UTF-16"),
        (b"ASK { ?s ?p 'caf\xe9' }", 2, "Cannot read standard input: byte 17 is not UTF-8 text"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        run = hwbs("sparql", "-")
        assert run.code == code
        assert told in run.err


def test_a_text_is_read_without_its_mark_and_utf_16_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(MARK + b"one\r\ntwo")
    assert files.read_text(path) == "one\ntwo"
    path.write_bytes("one".encode("utf-16"))
    with pytest.raises(PathError, match="save it as UTF-8"):
        files.read_text(path)


def test_a_blank_node_stays_one_within_its_file(tmp_path: Path) -> None:
    paths = write_files(tmp_path, a_ttl="_:x <urn:p> _:x .", b_ttl="_:x <urn:p> _:x .")
    store = corpus.open_store(paths, base=[])
    quads = list(store.quads_for_pattern(None, NamedNode("urn:p"), None))
    assert len({quad.subject for quad in quads}) == 2
    assert all(quad.subject == quad.object for quad in quads)
    assert all(isinstance(quad.subject, BlankNode) for quad in quads)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("ASK {\u00a0?s ?p ?o }", "U+00A0, no-break space"),
        ("SELECT\u00a0?s { ?s ?p ?o }", "U+00A0, no-break space"),
        ("ASK { ?s ?p “x” }", "U+201C, left double quotation mark"),
        ("# a “note”\nASK { ?s ?p 'a–b' . ?s – ?o }", "U+2013, en dash"),
        ("ASK { ?s ?p\u200b ?o }", "U+200B, zero width space"),
    ],
)
def test_an_odd_character_in_a_query_is_named(query: str, named: str, hwbs: Hwbs) -> None:
    run = hwbs("sparql", query)
    assert run.code == 2
    assert named in run.err


def test_a_fault_beside_curly_quotes_in_a_string_is_no_fault_of_theirs(hwbs: Hwbs) -> None:
    assert "odd character" not in hwbs("sparql", "ASK { ?s ?p '“x”' ?o }").err


LIKE_OURS = {
    "https://w3id.org/hwbs/ns#Acton": "The ontology has no hwbs:Acton; the nearest is hwbs:Action.",
    "http://w3id.org/hwbs/ns#Action": "did you mean <https://w3id.org/hwbs/ns#Action>?",
    "https://w3id.org/hwbs/ns/Action": "did you mean <https://w3id.org/hwbs/ns#Action>?",
    "https://ex.test/own#deliversObjective": "<https://w3id.org/hwbs/ns#deliversObjective>?",
    "https://ex.test/hwbs#Actoin": "the nearest is hwbs:Action.",
}


@pytest.mark.parametrize("term", LIKE_OURS)
@pytest.mark.parametrize("statement", ["<urn:a> a <{}> .", "<urn:a> <{}> <urn:b> ."])
def test_a_term_that_looks_like_ours_is_warned_of(
    term: str, statement: str, tmp_path: Path, hwbs: Hwbs
) -> None:
    (path,) = write_files(tmp_path, mine_ttl=statement.format(term))
    runs = [hwbs("sparql", "ASK { ?s ?p ?o }", "--graph", path)]
    if term == next(iter(LIKE_OURS)):  # a load warns of what it finds in the same way
        runs.append(hwbs("load", tmp_path / "s", path))
    for run in runs:
        assert run.code == 0
        assert run.err.count("Warning: ") == 1
        assert LIKE_OURS[term] in run.err


def test_terms_of_other_vocabularies_and_our_own_are_no_warning(tmp_path: Path) -> None:
    text = (
        "<urn:a> a <https://schema.org/Action>, <https://ex.test/Horse> ; <https://ex.test/p> 1 ."
    )
    (path,) = write_files(tmp_path, mine_ttl=text)
    assert find_unknown_terms(open_small(path)) == []
    assert find_unknown_terms(Embedded(corpus.open_store())) == []


def test_values_that_are_not_answered_as_written_are_warned_of(tmp_path: Path, hwbs: Hwbs) -> None:
    text = (
        "@prefix ex: <https://ex.test/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        'ex:a ex:code 1.10, 1500.00, 007 ; ex:text "1.10", "1.10"@en ; ex:fine 1.1, 7, true ;\n'
        'ex:when "2020-01-01T00:00:00.000Z"^^xsd:dateTime ; ex:odd "x"^^ex:own .\n'
    )
    (path,) = write_files(tmp_path, mine_ttl=text)
    found = sorted(find_changed_values([path]))
    assert [each.focus for each in found] == ["https://ex.test/code", "https://ex.test/when"]
    assert "“1.10” is answered as “1.1” (2 other values too)" in found[0].message
    assert '"1.10"' in found[0].message
    kept = open_small(path).select("SELECT ?o { ?s <https://ex.test/code> ?o } ORDER BY ?o")
    assert [row["o"] for row in kept] == ["1.1", "7", "1500"]
    run = hwbs("check", "--graph", path)
    assert "changed value" in run.out
    assert str(path) in run.out
