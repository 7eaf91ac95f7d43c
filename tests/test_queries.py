"""The catalogue: headers, answers over the small plan, counts over the record."""

import ast
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store
from record_counts import QUERIES
from record_examples import find_record_example

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.errors import DataError, NotFoundError, QueryError
from hwbs_graph.model.vocabulary import TERMS, THINGS
from hwbs_graph.query import catalogue, results
from hwbs_graph.query.results import run_named, run_typed_query
from hwbs_graph.question import question_key
from hwbs_graph.store import Engine, parameters, query_errors
from hwbs_graph.write import rows as render

ANSWERS = Path(__file__).parent / "answers"
NAMES = catalogue.query_names()
ASKING = [name for name in NAMES if not name.startswith("violation/")]

#: A query whose whole answer is too long to check by hand is checked with a parameter.
GIVEN = {"network/links-of-thing": {"thing": "alpha-2030/theme/warmth"}}


def ask(engine: Engine, name: str, **given: str) -> list[dict[str, str]]:
    return run_named(engine, name, **{key: THINGS + value for key, value in given.items()})


def test_the_catalogue_is_found_and_has_the_queries_that_others_rely_on() -> None:
    assert {
        "report/actions-by-partner",
        "report/partners-by-action",
        "report/partner-theme-matrix",
        "report/co-working-partners",
        "trust/spellings-by-partner",
        "trust/links-by-basis",
    } <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_says_what_it_answers(name: str) -> None:
    query = catalogue.load(name)
    assert query.summary.endswith("?")
    assert query.description.endswith(".")
    assert query.tags
    assert "ORDER BY" in query.text
    wordings = {question_key(wording) for wording in query.asks}
    assert len(wordings) == len(query.asks), "two wordings differ in dress alone"
    if query.family != "violation":
        assert len(wordings) >= 6
    slots = {slot for wording in query.asks for slot in re.findall(r"{(\w+)}", wording)}
    assert slots <= {parameter.name for parameter in query.parameters}


def test_every_query_says_where_its_parameters_are_bound() -> None:
    unmarked = [
        (query.name, parameter.name)
        for query in map(catalogue.load, NAMES)
        for parameter in query.parameters
        if not re.search(rf"(?m)^ *#\+ bind: {parameter.name}$", query.text)
    ]
    assert unmarked == []


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_can_be_bound_to_its_own_example(name: str, record: Engine) -> None:
    query = catalogue.load(name)
    for parameter in query.parameters:
        example = find_record_example(query, parameter)
        term: NamedNode | Literal = Literal(example)
        if parameter.kind not in ("text", "date"):
            kind = None if parameter.kind == "thing" else parameter.kind
            term = NamedNode(names.find(record, example, kind).iri)
        rows = record.select(query.text, {parameter.name: term}, name)
        assert rows, f"{name} has nothing for {example}"
        assert {row[parameter.name] for row in rows} == {term.value}


@pytest.mark.parametrize("name", ASKING)
def test_every_query_gives_the_expected_answer_over_the_small_plan(
    name: str, small: Engine
) -> None:
    query = catalogue.load(name)
    bindings = {key: NamedNode(THINGS + value) for key, value in GIVEN.get(name, {}).items()}
    result = results.run_query(small, query.text, bindings, name)
    if isinstance(result, results.Triples):
        found = render.render(result, "nt").decode()
    else:
        found = render.render(result, "csv").decode()
    assert found.replace("\r\n", "\n") == (ANSWERS / f"{name}.csv").read_text("utf-8")


def test_a_list_names_what_it_refers_to(small: Engine) -> None:
    unnamed = {
        (query.name, name)
        for query in catalogue.list_listings()
        for row in run_query_rows(small, query.text)
        for name, cell in row.items()
        if isinstance(cell, NamedNode) and f"{name}Label" not in row
    }
    # A document is told by its identifier and its title.
    assert unnamed == {("report/documents", "document")}


#: Queries that tell a plan or a code without the label of the plan.
WITHOUT_PLAN_LABEL = {
    "compare/continued-objectives": "two plans a row, each by its path",
    "network/plan-projection": "what a picture is drawn from",
    "network/record-projection": "what a picture is drawn from",
    "report/counts-by-class": "counts of each plan, by its path",
    "report/history-of-thing": "the short label itself",
    "report/identifiers": "the code of a body",
    "report/placements-of-objective": "the code in one document, which is told",
}


def test_a_row_of_one_board_is_told_from_that_of_another_by_the_label_of_its_plan(
    small: Engine,
) -> None:
    found = set()
    for name in ASKING:
        result = results.run_query(small, catalogue.load(name).text)
        told = set(result.variables) if isinstance(result, results.Rows) else set()
        if told & {"plan", "code"} and "planLabel" not in told:
            found.add(name)
    assert found == set(WITHOUT_PLAN_LABEL)


def run_query_rows(engine: Engine, text: str) -> list[dict[str, results.Cell]]:
    found = results.run_query(engine, text)
    assert isinstance(found, results.Rows)
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]


def test_there_is_one_expected_answer_for_each_query_and_no_other() -> None:
    found = {
        path.relative_to(ANSWERS).with_suffix("").as_posix() for path in ANSWERS.rglob("*.csv")
    }
    assert found == set(ASKING)


def test_the_record_gives_the_counts_of_the_document(record: Engine) -> None:
    assert {name: len(ask(record, name)) for name in QUERIES} == QUERIES


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("violation/")])
def test_the_record_and_the_small_plan_break_no_rule(
    name: str, record: Engine, small: Engine
) -> None:
    assert ask(record, name) == []
    assert ask(small, name) == []


def test_housing_is_involved_in_sixteen_actions_and_named_seventeen_times(record: Engine) -> None:
    actions = ask(record, "report/actions-by-partner", partner="partner/housing")
    assert len(actions) == 16
    assert {row["printedAs"] for row in actions} == {"Housing"}
    assert len(ask(record, "report/partner-responsibilities", partner="partner/housing")) == 17


def test_the_action_plan_is_drawn_with_322_links(record: Engine) -> None:
    rows = ask(record, "network/plan-projection", plan="leicester-2019/action-plan")
    assert len(rows) == 19 + 51 + 252


def test_the_matrix_adds_up_to_the_252_pairs_and_15_partners_keep_to_one_theme(
    record: Engine,
) -> None:
    rows = ask(record, "report/partner-theme-matrix")
    assert sum(int(row["actions"]) for row in rows) == 252
    partners = [row["partner"] for row in rows]
    assert sum(partners.count(partner) == 1 for partner in set(partners)) == 15


def test_stated_curated_and_inferred_links_are_counted_apart(record: Engine) -> None:
    found = {
        (row["kindLabel"], row["basisLabel"]): int(row["links"])
        for row in ask(record, "trust/links-by-basis")
    }
    assert {
        ("involvement", "stated in document"): 252,
        ("identification", "curated judgement"): 35,
        ("change of a body", "stated elsewhere"): 5,
        ("involves (shortcut)", "inferred by rule"): 252,
    }.items() <= found.items()
    # Every link is one of these; what no document states never counts as stated.
    assert {basis for _, basis in found} == {
        "stated in document",
        "stated elsewhere",
        "curated judgement",
        "inferred by rule",
    }
    assert [kind for kind, basis in found if kind == "alignment"] == ["alignment"]


def test_labels_in_several_languages_do_not_disturb_the_order(tmp_path: Path) -> None:
    from support import open_small

    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    for number in range(60):
        label = ('"a"@fr', '"b"', '"c"@en', "7", "true")[number % 5]
        lines.append(
            f"<https://w3id.org/hwbs/id/x/{number}> skos:related <https://w3id.org/hwbs/id/y> ;"
            f" skos:prefLabel {label} ."
        )
    mixed = tmp_path / "mixed.ttl"
    mixed.write_text("\n".join(lines), "utf-8")
    assert len(ask(open_small(mixed), "network/links-of-thing", thing="y")) == 60


INTERNAL = sorted(path.stem for path in bundled.folder("queries").glob("internal/*"))


@pytest.mark.parametrize("stem", INTERNAL)
def test_what_only_the_program_asks_parses_and_says_what_it_gives(stem: str) -> None:
    query = catalogue.load(f"internal/{stem}")
    assert query.summary.endswith(".")
    assert "PREFIX" not in (bundled.folder("queries") / f"internal/{stem}.rq").read_text("utf-8")
    Store().query(query.text)


def test_every_query_of_the_program_is_asked_somewhere_and_listed_nowhere() -> None:
    source = "".join(
        path.read_text("utf-8") for path in Path(catalogue.__file__).parents[1].rglob("*.py")
    )
    for kind in bundled.registry().kinds:
        source += "".join(f" internal/names-{query} " for query in kind.further_names)
    assert [stem for stem in INTERNAL if f"internal/{stem}" not in source] == []
    assert not [name for name in NAMES if name.startswith("internal/")]


#: SPARQL in Python: probes that know no vocabulary, and examples that a person is shown.
SHORT = {
    *("store/engine.py", "store/remote.py"),
    *("cli/sparql.py", "web/pages/editor.py", "web/protocol/query_check.py"),
}


def sparql_strings(text: str) -> list[str]:
    """The strings of a module that hold a form of query and a pattern."""
    constants = (each.value for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Constant))
    query = re.compile(r"(?s)\b(SELECT|CONSTRUCT|DESCRIBE|ASK)\b[^.]*\?\w.*\{|\{[^}]*\?\w+ \S+:\w")
    return [each for each in constants if isinstance(each, str) and query.search(each)]


def test_sparql_stands_in_files_and_not_in_python() -> None:
    root = Path(catalogue.__file__).parents[1]
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if sparql_strings(path.read_text("utf-8"))
    }
    assert found == SHORT
    assert sparql_strings('TEXT = """\nSELECT ?thing WHERE {\n  ?thing a ?kind }"""')


def test_a_query_with_a_bound_variable_is_bound_at_each_of_its_marks(record: Engine) -> None:
    text = catalogue.load("internal/locations").text
    term = NamedNode(THINGS + "partner/housing")
    marked = parameters.bind_parameters(text, {"focus": [term, NamedNode("urn:b")]})
    assert marked.count(f"VALUES ?focus {{ {term} <urn:b> }}") == text.count("#+ bind: focus") == 6
    assert "#+ bind" not in marked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot stand with GROUP BY; name the"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p 1 }", "a variable after SELECT is neither in GROUP"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "SELECT gives the same variable twice."),
        ("SELECT * {\n  ?s ?p", "line 2, column 8: something is missing before this point."),
        ("SELECT ?s WHER { ?s 1 2 }", "line 1, column 16: “{ ?s 1 2 }” is not expected here."),
        (
            "SELECT * { ?s\u00a0?p 1 }",
            "(U+00A0, no-break space) is no part of SPARQL; write it anew",
        ),
        (
            "ASK { ?s skos:note 1 }",
            "“skos:” is not declared; add PREFIX skos: <http://www.w3.org/2004",
        ),
        (
            "ASK { ?s ex:note 1 }",
            "the prefix “ex:” is not declared; add PREFIX ex: <...> at the top.",
        ),
        ("prefix EX: <urn:x> ASK { ?s EX:a }", "“}” is not expected here."),
        ("PREFIX e: <urn:x:> ASK { e:a/b/c ?p 1 }", "name “e:a/b/c”; write <urn:x:a/b/c>."),
        ("PREFIX e: <urn:x:> ASK { ?s e:a/e:b/a 'e:a/b' , }", "something is missing before"),
    ],
)
def test_what_is_wrong_with_a_query_is_a_sentence_that_says_what_to_do(
    text: str, told: str, small: Engine
) -> None:
    with pytest.raises(QueryError) as caught:
        small.query(text)
    assert str(caught.value).startswith("The query, line ")
    assert told in str(caught.value)


def test_a_failure_of_the_engine_itself_is_a_sentence_and_any_other_goes_on() -> None:
    panic = type("PanicException", (BaseException,), {})
    told = r"^Mine: the engine failed \(no order\); if the query has ORDER BY, order by STR"
    with pytest.raises(QueryError, match=told), query_errors("Mine"):
        raise panic("no order")
    with pytest.raises(KeyboardInterrupt), query_errors("Mine"):
        raise KeyboardInterrupt


def test_an_unknown_query_gives_the_nearest_names() -> None:
    with pytest.raises(NotFoundError, match="report/actions-by-partner"):
        catalogue.load("actions-by-partner")
    with pytest.raises(NotFoundError, match="partners-by-action"):
        catalogue.load("report/partner-by-action")
    with pytest.raises(NotFoundError):
        catalogue.load("../pyproject")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "no “#\\+ summary:” line"),
        ("#+ summary: What?\n#+ param-x: partner\nSELECT * {}", "must read"),
    ],
)
def test_a_query_file_without_a_proper_header_is_refused(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        catalogue.read_query(path, "report/bad")


def test_the_usual_prefixes_are_known_and_one_that_a_query_declares_is_its_own(
    small: Engine,
) -> None:
    def count(text: str) -> int:
        return run_typed_query(small, text).size

    partners = count(f"SELECT ?x {{ ?x a <{TERMS}Partner> }}")
    assert count("SELECT ?x { ?x a hwbs:Partner }") == partners > 1
    assert count("PREFIX hwbs: <urn:x:> SELECT ?x { ?x a hwbs:Partner }") == 0
    assert count("SELECT ?x { ?x a hwbs:Partner FILTER('skos:a' != 'b') } # org:x") == partners
    with pytest.raises(QueryError, match=r"line 3, column 5: the prefix “ex:”"):
        count("SELECT ?x {\n ?x a hwbs:Partner ; skos:note\nex:y }")
