"""What an assistant reads of an endpoint before it writes SPARQL: examples, classes, properties."""

from collections import Counter

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store
from support import SMALL

from hwbs_graph.cli.output import Output
from hwbs_graph.cli.serve import keep_data
from hwbs_graph.cli.source import Source
from hwbs_graph.data import corpus
from hwbs_graph.model.vocabulary import STANDARDS
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded
from hwbs_graph.web import protocol

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
    told = Counter[tuple[str, str, str]]()
    for row in select(described, SCHEMA):
        end = row["range"] or row["datatype"]
        told[row["class"].value, row["property"].value, end.value] += int(row["triples"].value)
    assert told == count_partitions(small.snapshot())


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


def test_a_server_of_files_tells_its_examples_and_partitions_when_asked_in_sparql() -> None:
    source = Source((*SMALL,), only=True)
    with keep_data(source, Output()) as (kept, _):
        engine = kept.opener()
    store = engine.snapshot()
    told = Counter[tuple[str, str, str]]()
    for row in select(store, SCHEMA):
        end = row["range"] or row["datatype"]
        told[row["class"].value, row["property"].value, end.value] += int(row["triples"].value)
    assert told == count_partitions(store)
    assert len(told) > 100
    assert len([*select(store, EXAMPLES)]) > 100
    plain = source.open_silently(standards=True)
    added = {each for each in engine.graphs().items() if each not in plain.graphs().items()}
    assert [graph for graph, _ in added] == [STANDARDS.value]
    for name in ("report/counts-by-class", "internal/counted-classes"):
        assert run_named(engine, name) == run_named(plain, name)
    about = "https://w3id.org/hwbs/ns#Action"
    links = [run_named(each, "network/links-of-thing", thing=about) for each in (engine, plain)]
    assert links[0] == links[1]
