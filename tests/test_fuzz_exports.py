"""A plan of any odd content is exported so that independent readers get all of it back.

The graphs are the small plans with a few things changed at random: odd texts, values of the wrong
type, unnamed nodes, circles, labels missing or double, other IRIs.
"""

import csv
import random
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import networkx
import openpyxl
import pytest
import rdflib
from conformance import describe_graph
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from support import SMALL
from test_network_files import FACTS, GEXF, GRAPHML, list_broken_rules, list_faults

from hwbs_graph.data import corpus
from hwbs_graph.errors import HwbsError
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SKOS
from hwbs_graph.network import project_plan
from hwbs_graph.store import Embedded
from hwbs_graph.write.export import WRITERS

GRAPH = NamedNode("https://w3id.org/hwbs/graph/small")
OWN = [quad for path in SMALL for quad in parse(path=path, format=RdfFormat.TURTLE)]
TEXTS = (
    *("", " ", "\t", "\0", "\x01\x0b", "a\nb\rc", "=1+1", "@x", "-", "1", "01", "a | b", "|"),
    *("<b>&]]>", "\ufffe\uffff", "Census 2021¹", "é" * 400, "x" * 33_000, "\u202eabc", "\u2028"),
    *("'\"`", "{{x}}", "${x}", "\\", "../x", "𝟙", "İ", "[x](y)", "#", "%"),
)
NUMBERS = ("NaN", "INF", "1e400", "x", "-0", "1.10", "007", "9" * 30, "")
IRIS = (
    *("urn:x", "https://ex.test/é", "https://ex.test/a%22b", "https://ex.test/a'b?c=d&e#f"),
    *("https://w3id.org/hwbs/id/", "mailto:a@b", f"https://ex.test/{'x' * 300}"),
)
Change = Callable[[random.Random, list[Quad]], None]


def draw_literal(chance: random.Random) -> Literal:
    text = chance.choice(TEXTS)
    kind = PREFIXES["xsd"] + chance.choice(["double", "integer", "decimal", "gYear", "date"])
    return chance.choice(
        [
            Literal(text),
            Literal(text, language=chance.choice(["en", "cy"])),
            Literal(text, datatype=NamedNode("urn:t")),
            Literal(chance.choice(NUMBERS), datatype=NamedNode(kind)),
        ]
    )


def draw_term(chance: random.Random, quads: list[Quad]) -> Any:
    node = BlankNode(f"n{chance.randrange(3)}")
    iri = NamedNode(chance.choice(IRIS))
    return chance.choice([draw_literal(chance), node, iri, chance.choice(quads).subject])


def drop(chance: random.Random, quads: list[Quad]) -> None:
    quads.pop(chance.randrange(len(quads)))


def add_value(chance: random.Random, quads: list[Quad]) -> None:
    quad = chance.choice(quads)
    quads.append(Quad(quad.subject, quad.predicate, draw_term(chance, quads)))


def change_value(chance: random.Random, quads: list[Quad]) -> None:
    add_value(chance, quads)
    quads.remove(next(q for q in quads if q.subject == quads[-1].subject))


def change_label(chance: random.Random, quads: list[Quad]) -> None:
    labels = [at for at, quad in enumerate(quads) if quad.predicate == SKOS.prefLabel]
    at = chance.choice(labels)
    thing, text = quads.pop(at).subject, draw_literal(chance)
    quads += [Quad(thing, SKOS.prefLabel, text)] * chance.randrange(2)


def rename(chance: random.Random, quads: list[Quad]) -> None:
    thing = chance.choice(quads).subject
    new: Any = chance.choice([BlankNode("m"), NamedNode(chance.choice(IRIS))])
    quads[:] = [
        Quad(
            new if q.subject == thing else q.subject,
            q.predicate,
            new if q.object == thing else q.object,
        )
        for q in quads
    ]


def make_circle(chance: random.Random, quads: list[Quad]) -> None:
    one, other = chance.choice(quads).subject, chance.choice(quads).subject
    links = [
        q.predicate for q in quads if not isinstance(q.object, Literal) and q.predicate != RDF.type
    ]
    link = chance.choice([NamedNode(f"{PREFIXES['skos']}broader"), chance.choice(links)])
    quads += [Quad(one, link, other), Quad(other, link, one)]


CHANGES: tuple[Change, ...] = (drop, add_value, change_value, change_label, rename, make_circle)


@pytest.fixture(scope="module")
def base() -> list[Quad]:
    return list(corpus.open_store(base=corpus.vocabulary_files()))


def open_changed(base: list[Quad], chance: random.Random) -> Embedded:
    quads = list(OWN)
    for _ in range(chance.randrange(1, 8)):
        chance.choice(CHANGES)(chance, quads)
    store = Store()
    store.extend(base)
    store.extend(Quad(q.subject, q.predicate, q.object, GRAPH) for q in quads)
    corpus.apply_rules(store)
    return Embedded(store)


def check_rdf(data: Any, engine: Embedded, format: RdfFormat) -> None:
    own = engine.snapshot()
    whole = own if format == RdfFormat.TRIG else {quad.triple for quad in own}
    assert describe_graph(parse(data, format)) == describe_graph(whole)


def check_turtle(data: Any, engine: Embedded) -> None:
    check_rdf(data, engine, RdfFormat.TURTLE)
    graph = rdflib.Graph()
    graph.parse(data=data, format="turtle")
    assert len(graph) == len({quad.triple for quad in engine.snapshot()})


def check_graphml(data: Any, engine: Embedded) -> None:
    wanted = project_plan(engine, None)
    root = ElementTree.fromstring(data)
    assert list_faults(root, GRAPHML) == []
    assert list_broken_rules(root) == []
    read = networkx.read_graphml(BytesIO(data))
    assert set(read) == set(wanted)
    assert set(read.edges()) == set(wanted.edges)


def check_gexf(data: Any, engine: Embedded) -> None:
    wanted = project_plan(engine, None)
    assert list_faults(ElementTree.fromstring(data), GEXF) == []
    read = networkx.read_gexf(BytesIO(data))
    assert (set(read), set(read.edges())) == (set(wanted), set(wanted.edges))


def check_stratml(data: Any, engine: Embedded) -> None:
    root = ElementTree.fromstring(data)
    ids = [each.text for each in root.findall(".//{*}Identifier")]
    assert root.tag.endswith(("}StrategicPlan", "}PerformancePlanOrReport"))
    assert len({*ids}) == len(ids)


def read_tables(files: dict[str, bytes]) -> dict[str, list[list[str]]]:
    return {
        name: list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
        for name, data in files.items()
    }


def check_csv(data: Any, engine: Embedded) -> None:
    for rows in read_tables(data).values():
        assert {len(row) for row in rows} == {len(rows[0])}


def check_xlsx(data: Any, engine: Embedded) -> None:
    book = openpyxl.load_workbook(BytesIO(data))
    files = WRITERS["csv"].write(engine)
    assert isinstance(files, dict)
    for name, rows in read_tables(files).items():
        sheet = book[name.removesuffix(".csv").replace("-", " ")]
        assert (sheet.max_row, sheet.max_column) == (len(rows), len(rows[0]))
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


CHECKS: dict[str, Callable[[Any, Embedded], None]] = {
    "ttl": check_turtle,
    "trig": lambda data, engine: check_rdf(data, engine, RdfFormat.TRIG),
    "nt": lambda data, engine: check_rdf(data, engine, RdfFormat.N_TRIPLES),
    "jsonld": lambda data, engine: check_rdf(data, engine, RdfFormat.JSON_LD),
    "csv": check_csv,
    "xlsx": check_xlsx,
    "graphml": check_graphml,
    "gexf": check_gexf,
    "stratml": check_stratml,
}


#: Formats that `test_workshop_maps` and `test_plan_sheet` read back.
READ_ELSEWHERE = {"kumu", "prsm", "mermaid", "dot", "plan-sheet"}


def test_every_export_has_a_reader() -> None:
    assert [name for name in WRITERS if name not in READ_ELSEWHERE] == list(CHECKS)
    assert set(WRITERS) >= READ_ELSEWHERE
    assert set(FACTS) == {GRAPHML, GEXF}


@pytest.mark.parametrize("format", CHECKS)
@settings(max_examples=5, derandomize=True, phases=[Phase.generate])  # a number cannot be shrunk
@given(number=st.integers(0, 1 << 32))
def test_an_odd_plan_comes_back_whole_or_is_refused_in_one_sentence(
    format: str, number: int, base: list[Quad]
) -> None:
    engine = open_changed(base, random.Random(number))
    try:
        data = WRITERS[format].write(engine)
    except HwbsError as error:
        assert str(error).endswith(".")  # noqa: PT017 - it may be written
        assert format in ("graphml", "gexf", "stratml")
        return
    CHECKS[format](data, engine)
