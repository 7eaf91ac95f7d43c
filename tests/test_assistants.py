"""What an assistant reads of an endpoint before it writes SPARQL: examples, classes, properties."""

from collections import Counter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store
from support import SMALL

from hwbs_graph.cli.output import Output
from hwbs_graph.cli.serve import keep_data
from hwbs_graph.cli.source import Source
from hwbs_graph.data import corpus
from hwbs_graph.load import change, load
from hwbs_graph.model.vocabulary import GRAPHS, HWBS, PARTITIONS, RDF, TERMS
from hwbs_graph.query import catalogue
from hwbs_graph.query.partitions import find_partitions
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded, Engine, open_disk_store
from hwbs_graph.web import protocol
from hwbs_graph.web.pages.lookups import serialize_statements
from hwbs_graph.write.export.rdf import write_trig

ACTION = f"{TERMS}Action"

#: What sparql-llm asks an endpoint, in our own words: examples, and the schema in VoID.
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?comment ?query WHERE {
  ?each a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query
}
"""
SCHEMA = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX ext: <http://ldf.fi/void-ext#>
SELECT ?class ?property ?range ?datatype ?triples WHERE {
  ?part void:class ?class ; void:propertyPartition ?held .
  ?held void:property ?property .
  { ?held void:classPartition ?values . ?values void:class ?range ; void:triples ?triples }
  UNION
  { ?held ext:datatypePartition ?values . ?values ext:datatype ?datatype ; void:triples ?triples }
}
"""


def select(store: Store, text: str) -> QuerySolutions:
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return found


def test_every_named_query_stands_as_an_example_that_gives_its_rows() -> None:
    store = corpus.open_store(standards=True, base=[*corpus.vocabulary_files(), *SMALL])
    found = {str(row["comment"].value): row["query"].value for row in select(store, EXAMPLES)}
    learnt = map(catalogue.load, catalogue.family_names(catalogue.EXAMPLE))
    queries = {query.summary: query.text for query in (*catalogue.all_queries(), *learnt)}
    assert set(found) == set(queries)
    for summary, text in queries.items():
        assert "#+" not in found[summary]
        rows = [count_results(store, each) for each in (found[summary], text)]
        assert rows[0] == rows[1]


def count_results(store: Store, text: str) -> int:
    """Run a SELECT or CONSTRUCT over the union of the graphs, and count what it gives."""
    found = store.query(text, use_default_graph_as_union=True)
    assert not isinstance(found, QueryBoolean)
    return sum(1 for _ in found)


def test_the_partitions_of_a_data_set_are_what_its_statements_have(small: Embedded) -> None:
    said = protocol.describe_dataset(
        "http://x/void",
        "http://x/sparql",
        protocol.measure_dataset(small),
        protocol.measure_contents(small),
        "application/n-triples",
    )
    described = Store()
    described.load(said, format=RdfFormat.N_TRIPLES)
    assert read_partitions(described) == count_partitions(small.snapshot())


def count_partitions(store: Store) -> Counter[tuple[str, str, str]]:
    """Count statements by the class of hwbs of their subject, and the class or type of the value.

    A statement of two graphs counts twice, as in the union of the graphs.
    """
    types: dict[object, list[str]] = {}
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for quad in store.quads_for_pattern(None, a, None):
        if isinstance(quad.object, NamedNode):
            types.setdefault(quad.subject, []).append(quad.object.value)
    counted = Counter[tuple[str, str, str]]()
    for quad in store:
        owners = [each for each in types.get(quad.subject, ()) if "/hwbs/ns#" in each]
        if isinstance(quad.object, Literal):
            ends = [quad.object.datatype.value]
        else:
            kinds = types.get(quad.object, ())
            ends = [each for each in kinds if "/hwbs/ns#" in each or each.endswith("#Concept")]
        counted.update((owner, quad.predicate.value, end) for owner in owners for end in ends)
    return counted


def read_partitions(store: Store) -> Counter[tuple[str, str, str]]:
    """Read what an assistant is told of classes and properties, with the numbers of statements."""
    told = Counter[tuple[str, str, str]]()
    for row in select(store, SCHEMA):
        end = row["range"] or row["datatype"]
        told[row["class"].value, row["property"].value, end.value] += int(row["triples"].value)
    return told


def test_a_server_of_files_and_a_store_tell_examples_and_partitions_when_asked_in_sparql(
    tmp_path: Path,
) -> None:
    source = Source((*SMALL,), only=True)
    with keep_data(source, Output()) as (kept, _):
        engine = kept.opener()
    load(tmp_path / "s", SMALL)
    plain = source.open_silently(standards=True)
    stored = open_disk_store(tmp_path / "s")
    expected = count_partitions(plain.snapshot())
    for each in (engine, stored):
        told = read_partitions(each.snapshot())
        # A store alone keeps the folded names.
        folded = {key for key in told if key[1] == HWBS.foldedName.value}
        assert bool(folded) == (each is stored)
        assert {key: told[key] for key in told if key not in folded} == expected
        assert len(told) > 100
        assert len([*select(each.snapshot(), EXAMPLES)]) > 100
        check_nothing_else_differs(each, plain)
        assert find_partitions(each).classes == find_partitions(plain).classes
    assert [*stored.snapshot().quads_for_pattern(None, None, None, PARTITIONS)]


def check_nothing_else_differs(engine: Engine, plain: Engine) -> None:
    """The partitions are in no count, in no other answer and in no export."""
    names = {GRAPHS + each for each in ("derived", "standards")}
    for counted in (engine, plain):
        assert names <= set(counted.graphs())
        assert PARTITIONS.value not in counted.graphs()
        assert counted.size() == sum(counted.graphs().values())
    graph = "report/counts-by-class"
    assert run_named(engine, graph) == run_named(plain, graph)
    links = [run_named(each, "network/links-of-thing", thing=ACTION) for each in (engine, plain)]
    assert links[0] == links[1]
    shown = [serialize_statements(each, ACTION, "text/turtle") for each in (engine, plain)]
    assert shown[0] == shown[1]
    assert PARTITIONS.value.encode() not in write_trig(engine)


def test_the_partitions_of_a_store_follow_each_change(tmp_path: Path) -> None:
    store, more = tmp_path / "s", tmp_path / "more.nq"
    load(store, SMALL)
    before = find_partitions(open_disk_store(store))
    # What a file says in the name of that graph is left out, as it is made anew.
    more.write_text(
        f"<http://x/1> {RDF.type} <{ACTION}> .\n<http://x/2> {RDF.type} <{ACTION}> {PARTITIONS} .\n"
    )
    change(store, [more], "add")
    then = find_partitions(open_disk_store(store))
    assert then.classes[ACTION] == before.classes[ACTION] + 1
    change(store, [more], "remove")
    assert find_partitions(open_disk_store(store)) == before
