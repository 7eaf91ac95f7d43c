"""One catalogue, four engines: every named query gives the same rows in each.

Each engine holds the small plans, the plans of other shapes and all that is broken, so that every
query finds something; Virtuoso, which shares no code with the others, is asked of the record too.

Rows are compared as multisets: where ORDER BY leaves several orders open, an engine may choose.
Cells are compared by kind of term, text and language. Two differences that the specification
leaves open are levelled: the derived integer types (Virtuoso says xsd:integer or xsd:int as it
likes), and the order in which GROUP_CONCAT joins its parts.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from record_examples import find_record_example
from servers import oxigraph, virtuoso
from support import DATA, PLANS, SMALL, Hwbs, Run, apart, cell, open_small, told

from hwbs_graph import load, names, network
from hwbs_graph.checks.engine_probes import Outcome, run_probes
from hwbs_graph.checks.engine_safety import judge_queries
from hwbs_graph.data import corpus
from hwbs_graph.errors import EndpointError, NotFoundError
from hwbs_graph.model.vocabulary import DERIVED, STANDARDS
from hwbs_graph.query import catalogue, results
from hwbs_graph.question.answering import read_question
from hwbs_graph.question.mentions import Mentions
from hwbs_graph.store import Embedded, Engine, Term, open_disk_store
from hwbs_graph.store.remote import Remote

#: What no rewriting levels: an engine gives more than our rows, without a parameter; and why.
MORE = {
    ("virtuoso", "network/links-of-thing"): "asks for every link, and Virtuoso adds its own graphs",
}
ENGINES = ("disk", "oxigraph", "virtuoso")
QUERIES = catalogue.query_names()
BROKEN = Path(__file__).parent / "broken" / "violation"


@pytest.fixture(scope="module", params=ENGINES)
def other(
    request: pytest.FixtureRequest,
    record: Embedded,
    record_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Engine]]:
    """An engine other than memory, with the whole record; Virtuoso alone without folded names."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "virtuoso":
        with virtuoso(record.snapshot(), folder) as url:
            yield "virtuoso", Remote(url)
        return
    loaded = open_disk_store(record_store)
    if request.param == "disk":
        yield "disk", loaded
        return
    with oxigraph(loaded.snapshot(), folder) as url:
        yield "oxigraph", Remote(url)


#: What only a reader can say of the small plan.
JUDGED = DATA / "judged.ttl"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is broken, in one folder."""
    return apart(BROKEN, tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def memory(broken: Path) -> Engine:
    """The plans of all shapes and all that is broken, in memory."""
    return open_small(*PLANS, JUDGED, broken)


@pytest.fixture(scope="module", params=ENGINES)
def other_small(
    broken: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Engine]]:
    """An engine other than memory, with the plans of all shapes and all that is broken."""
    folder = tmp_path_factory.mktemp(request.param)
    load.load(folder / "store", [*SMALL, *PLANS, JUDGED, broken])
    disk = open_disk_store(folder / "store")
    if request.param == "disk":
        yield "disk", disk
        return
    serve = oxigraph if request.param == "oxigraph" else virtuoso
    with serve(disk.snapshot(), folder) as url:
        yield request.param, Remote(url)


def examples(engine: Engine, query: catalogue.NamedQuery) -> Iterator[tuple[tuple[str, Term], ...]]:
    """Yield the bindings to try: none, and each parameter bound to the example of its header."""
    yield ()
    for parameter in query.parameters:
        example = find_record_example(query, parameter)
        if parameter.kind in ("text", "date"):
            yield ((parameter.name, Literal(example)),)
            continue
        kind = None if parameter.kind == "thing" else parameter.kind
        yield ((parameter.name, NamedNode(find_example(engine, example, kind))),)


def find_example(engine: Engine, example: str, kind: str | None) -> str:
    """Return the IRI of a thing of the record, or of the first of its kind in another graph."""
    try:
        return names.find(engine, example, kind).iri
    except NotFoundError:
        return names.list_names(engine, (kind or "action",))[0].thing.iri


@cache
def expected(engine: Engine, name: str) -> dict[tuple[tuple[str, Term], ...], Counter[object]]:
    """Return what a query finds in memory, by its bindings; three engines are held to it."""
    query = catalogue.load(name)
    return {
        bindings: told(results.run_query(engine, query.text, dict(bindings), name))
        for bindings in examples(engine, query)
    }


def differing(
    kind: str, engine: Engine, memory: Engine, name: str, bound: bool = False
) -> list[object]:
    """Return the bindings with which an engine answers a query otherwise than memory.

    A query of MORE is asked with a parameter alone where it is to be `bound`.
    """
    query = catalogue.load(name)
    more = (kind, name) in MORE
    found = {
        bindings: (mine, told(results.run_query(engine, query.text, dict(bindings), name)))
        for bindings, mine in expected(memory, name).items()
        if bindings or not (more and bound)
    }
    return [
        bindings
        for bindings, (mine, theirs) in found.items()
        if not (mine < theirs if more and not bindings else mine == theirs)
    ]


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_gives_the_same_rows_in_every_engine(
    name: str, memory: Engine, other_small: tuple[str, Engine]
) -> None:
    kind, engine = other_small
    # What Virtuoso says of a violation is compared below, without its curly quotes.
    if kind != "virtuoso" or not name.startswith("violation/"):
        assert differing(kind, engine, memory, name) == []
    assert any(expected(memory, name).values()) or name.startswith("coverage/")


@pytest.mark.parametrize("other", ["virtuoso"], indirect=True)
@pytest.mark.parametrize("name", QUERIES)
def test_every_query_gives_the_same_rows_of_the_record_in_an_engine_of_others(
    name: str, record: Embedded, other: tuple[str, Engine]
) -> None:
    # All links of the record take Virtuoso half a minute; those of the small plans are compared.
    assert differing(*other, record, name, bound=True) == []
    answer = Path(__file__).parent / "answers" / f"{name}.csv"
    # What the record does not print, such as progress, the small plan does.
    found = answer.is_file() and answer.read_text("utf-8").count("\n") > 1
    assert (
        found
        or any(expected(record, name).values())
        or catalogue.load(name).family in ("violation", "coverage")
    )


#: The probes that an engine does not pass.
WRONG = {
    "disk": set(),
    "oxigraph": set(),
    "virtuoso": {
        *("concat-sorted", "division-by-zero", "filter-in-group", "minus-apart"),
        *("unnamed-nodes", "values-undef"),
    },
}


@cache
def named(engine: Engine) -> Mentions:
    """Return the names of an engine."""
    return Mentions(engine)


@cache
def outcomes(engine: Engine) -> list[Outcome]:
    """Return what the probes say of an engine."""
    return list(run_probes(engine))


def test_what_each_engine_gets_wrong_is_known(other_small: tuple[str, Engine]) -> None:
    kind, engine = other_small
    wrong = {each.probe.name: each.why for each in outcomes(engine) if each.is_bad}
    assert set(wrong) == WRONG[kind], wrong


def sentences(engine: Engine, query: catalogue.NamedQuery, safe: bool) -> Counter[tuple[str, str]]:
    """What a violation query finds; Virtuoso sorts a made text with ? for its curly quotes."""
    rows = engine.select(query.text, name=query.name)
    messages = [row["message"] if safe else re.sub("[“”’]", "?", row["message"]) for row in rows]
    return Counter(zip((row["focus"] for row in rows), messages, strict=True))


def test_every_engine_finds_the_same_broken_things_and_knows_where_it_does_not(
    memory: Engine, other_small: tuple[str, Engine]
) -> None:
    engine = other_small[1]
    verdicts = judge_queries(engine, outcomes(engine))
    safe = {verdict.name for verdict in verdicts if verdict.is_safe}
    queries = [query for query in catalogue.all_queries() if query.family == "violation"]
    assert queries
    for query in queries:
        mine = sentences(memory, query, query.name in safe)
        assert mine
        assert sentences(engine, query, query.name in safe) == mine, query.name


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("actions in Clean air to breathe without Epsilon Public Health", 2),
        ("partners of Delta 2028 with the most actions other than Delta Parks", 1),
        ("actions in Starting out", 4),
        ("partners only in Clean air to breathe", 4),
        ("partners of actions whose words hold “stoves”", 1),
        ("statements whose words hold “air”", 2),
        ("which partners are in every theme", 3),
        ("objectives of Gamma 2029 itself", 2),
        ("actions that address Air quality as stated", 1),
        ("actions that say “stoves”", 1),
        ("statements of Gamma 2029 whose words hold “children”", 2),
        ("actions with any sector or group of many with no date", 1),
        ("actions led by Epsilon Public Health with a date", 1),
        ("actions that are not complete", 5),
        ("objectives called Outcome", 2),
        ("actions of Epsilon 2027 without a lead", 2),
        ("actions with any body named “parks”", 2),
    ],
)
def test_a_composed_question_gives_the_same_rows_in_every_engine(
    question: str, number: int, memory: Engine, other_small: tuple[str, Engine]
) -> None:
    (reading,) = read_question(question, named(memory))
    mine, theirs = (
        results.run_query(engine, reading.query.text, reading.query.bindings, question)
        for engine in (memory, other_small[1])
    )
    assert isinstance(mine, results.Rows)
    assert isinstance(theirs, results.Rows)
    # Where nothing is to be joined, an engine may give no text or an empty one.
    assert theirs.text_rows() == mine.text_rows()
    assert mine.size == number


def test_a_difference_of_one_cell_would_be_seen(record: Embedded) -> None:
    rows = results.run_query(record, catalogue.load("report/partners").text)
    assert isinstance(rows, results.Rows)
    written = json.loads(rows.encoded)
    written["results"]["bindings"].reverse()
    assert told(rows) == told(results.Rows(json.dumps(written).encode()))
    written["results"]["bindings"][0][rows.variables[-1]]["value"] = "99"
    assert told(rows) != told(results.Rows(json.dumps(written).encode()))
    assert cell(Literal("1")) != cell(Literal(1)) != cell(Literal("1", language="en"))


@pytest.mark.parametrize("text", ["sport service", "minds 3c", "Leicester 2022 Places", "CCG"])
def test_a_name_leads_to_the_same_thing_in_every_engine(
    text: str, record: Embedded, other: tuple[str, Engine]
) -> None:
    assert names.find(other[1], text) == names.find(record, text)


def test_what_is_only_said_and_a_name_that_nothing_has_are_found_alike(
    record: Embedded, other: tuple[str, Engine]
) -> None:
    iri = "https://w3id.org/hwbs/id/leicester-2019/involvement/ageing-1a-housing"
    assert names.find(other[1], iri) == names.find(record, iri)
    with pytest.raises(NotFoundError, match="Did you mean “Housing”"):
        names.find(other[1], "Houzing", "partner")


# In a store on disk: tests/test_load.py.
@pytest.mark.parametrize("other_small", ["oxigraph", "virtuoso"], indirect=True)
def test_the_whole_graph_and_its_size_are_the_same(
    memory: Engine, other_small: tuple[str, Engine]
) -> None:
    engine = other_small[1]
    kept = {
        Quad(each.subject, each.predicate, each.object, DERIVED)
        for each in names.normalised_names(names.list_names(memory))
    }
    graphs, found = memory.graphs(), engine.graphs()
    # A store also says what other vocabularies call each thing (test_standards).
    called = found.pop(STANDARDS.value)
    assert engine.size() == memory.size() + len(kept) + called
    assert found == {**graphs, DERIVED.value: graphs[DERIVED.value] + len(kept)}
    own = {quad for quad in engine.snapshot() if quad.graph_name != STANDARDS}
    assert own == set(memory.snapshot()) | kept


def test_a_parameter_cannot_leave_its_place(record: Embedded, other: tuple[str, Engine]) -> None:
    query = catalogue.load("trust/partner-by-spelling")
    for text in (
        '" } UNION { ?s ?p ?o } #',
        "'\\\"\n} VALUES ?x { 1 }",
        "\\u0022",
        "£ ’ 漢 \U0001f600",
    ):
        found = results.run_query(other[1], query.text, {"name": Literal(text)}, query.name)
        assert found.size == 0
    named = NamedNode("https://w3id.org/hwbs/id/partner/%22%3E%20%7D")
    query = catalogue.load("report/actions-by-partner")
    assert results.run_query(other[1], query.text, {"partner": named}).size == 0


def test_ask_construct_and_describe_work_in_every_engine(other: tuple[str, Engine]) -> None:
    kind, engine = other
    housing = "<https://w3id.org/hwbs/id/partner/housing>"
    assert results.run_query(engine, f"ASK {{ {housing} ?p ?o }}") == results.Boolean(True)
    assert results.run_query(engine, "ASK { <urn:x> <urn:y> <urn:z> }") == results.Boolean(False)
    built = results.run_query(
        engine, f"CONSTRUCT {{ {housing} ?p ?o }} WHERE {{ {housing} ?p ?o }}"
    )
    assert isinstance(built, results.Triples)
    assert all(isinstance(triple, Triple) for triple in built.triples)
    # Its folded name is the seventh; its other label and three classes of ORG follow.
    assert built.size == (6 if kind == "virtuoso" else 11)
    assert results.run_query(engine, f"DESCRIBE {housing}").size >= 6


def test_plans_are_drawn_alike_in_every_engine(
    memory: Engine, other_small: tuple[str, Engine]
) -> None:
    mine, found = (network.project_record(engine) for engine in (memory, other_small[1]))
    assert len(mine.graph["plans"]) == len(PLANS) + 3
    assert mine.size() > 30
    assert list(found.nodes(data=True)) == list(mine.nodes(data=True))
    assert sorted(found.edges(data=True), key=str) == sorted(mine.edges(data=True), key=str)
    assert found.graph == mine.graph


COMMANDS = [
    ("partner", "sport service"),
    ("partner", "Housing", "--format", "json"),
    ("list", "actions", "--partner", "Housing", "--theme", "Places"),
    ("ask", "which actions involve Housing?"),
    ("compare", "leicester-2019", "leicester-2022"),
    ("path", "Sports Service", "air quality"),
    ("analyse", "gaps"),
    ("query", "report/co-working-partners", "partner=Public Health", "--format", "csv"),
    ("show", "Minds 3c"),
    ("search", "museums"),
]


#: What each command says of the record in memory.
SAID: dict[tuple[str, ...], Run] = {}


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda given: given[0])
def test_a_command_says_the_same_over_every_engine(
    arguments: tuple[str, ...], hwbs: Hwbs, other: tuple[str, Engine]
) -> None:
    engine = other[1]
    if isinstance(engine, Remote):
        where = ("--endpoint", engine.name.rpartition(" ")[2])
    else:
        where = ("--store", engine.name.rpartition(" ")[2])
    here = SAID.setdefault(arguments, SAID.get(arguments) or hwbs(*arguments))
    there = hwbs(*arguments, *where)
    assert (there.code, there.err) == (here.code, here.err)
    assert there.out == here.out


def test_a_server_without_a_union_of_graphs_is_told_what_to_do(
    record: Embedded, tmp_path: Path
) -> None:
    with (
        oxigraph(record.snapshot(), tmp_path, union=False) as url,
        pytest.raises(EndpointError, match="--union-default-graph"),
    ):
        names.find(Remote(url), "Housing")


def test_an_empty_server_is_told_from_one_that_lacks_the_name(tmp_path: Path) -> None:
    with (
        oxigraph(corpus.open_store(base=[]), tmp_path) as url,
        pytest.raises(EndpointError, match="holds no statement"),
    ):
        names.find(Remote(url), "Housing")


def test_a_bound_query_is_still_sparql_and_keeps_its_lines() -> None:
    from hwbs_graph.store.parameters import bind_parameters

    for name in QUERIES:
        query = catalogue.load(name)
        given: dict[str, Term] = {each.name: NamedNode("urn:x") for each in query.parameters}
        text = bind_parameters(query.text, given)
        assert text.count("\n") == query.text.count("\n")
        assert len(re.findall("urn:x", text)) >= len(given)
