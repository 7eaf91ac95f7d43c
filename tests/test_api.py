"""The graph from Python: open it, ask it, hold the answer; an analyst's first ten minutes."""

import base64
import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from support import DATA, ROOT, SMALL

import hwbs_graph
from hwbs_graph import Answer, Finding, Graph, HwbsError, open_graph
from hwbs_graph.errors import AmbiguousError, NotFoundError, PathError, QueryError, UsageError

VALUES = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?value WHERE { VALUES ?value { %s } }
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


def values(graph: Graph, *terms: str) -> list[object]:
    return [row["value"] for row in graph.sparql(VALUES % " ".join(terms))]


class _Cells(HTMLParser):
    """Collects the tags and the text of each cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_public_names_are_sorted_and_all_that_is_exported() -> None:
    assert hwbs_graph.__all__ == sorted(hwbs_graph.__all__)
    assert dir(hwbs_graph) == hwbs_graph.__all__
    assert set(hwbs_graph.__all__) == set(hwbs_graph._HOMES)
    namespace: dict[str, object] = {}
    exec("from hwbs_graph import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(hwbs_graph.__all__)


def test_a_public_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'open_grpah'"):
        _ = hwbs_graph.open_grpah


def test_importing_the_package_loads_no_engine_and_asking_for_the_graph_loads_nothing_heavy() -> (
    None
):
    heavy = ("rdflib", "networkx", "pandas", "jinja2", "rich", "typer", "xlsxwriter", "docx")
    text = (
        "import sys, hwbs_graph; before = 'pyoxigraph' in sys.modules;"
        " hwbs_graph.open_graph().query('report/actions-by-partner', partner='Housing');"
        f" print(before, [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "False []\n"


@pytest.mark.parametrize(
    "name", ["Housing", "HOUSING", "partner/housing", "https://w3id.org/hwbs/id/partner/housing"]
)
def test_a_parameter_takes_a_label_in_any_case_a_path_or_an_iri(graph: Graph, name: str) -> None:
    found = graph.query("report/actions-by-partner", partner=name)
    assert len(found) == 16
    assert found.rows[0]["code"] == "2a"
    assert found.query == "report/actions-by-partner"


def test_a_parameter_takes_a_printed_spelling_a_code_and_plain_text(graph: Graph) -> None:
    sports = graph.query("report/actions-by-partner", partner="SPORT SERVICE")
    assert {row["partnerLabel"] for row in sports} == {"Sports Service"}
    minds = graph.query("report/partners-by-action", action="Minds 3c")
    assert {row["action"] for row in minds} == {
        "https://w3id.org/hwbs/id/leicester-2019/action/minds-3c"
    }
    # The parameter is itself called name, as the first argument of most functions is.
    spelled = graph.query("trust/partner-by-spelling", name="Sport Service")
    assert [row["partnerLabel"] for row in spelled] == ["Sports Service"]
    assert graph.query("trust/notes-about-thing", thing="Lives 1d").rows


@pytest.mark.parametrize(
    ("name", "given", "kind", "said"),
    [
        ("report/actions-by-partner", {"partner": "Houzing"}, NotFoundError, "“Housing”"),
        ("report/actions-by-partner", {"theme": "x"}, UsageError, "it takes: partner"),
        ("report/actions", {"theme": "x"}, UsageError, "it takes: none"),
        ("report/actions-by", {}, NotFoundError, "No query is called"),
        ("../../etc/passwd", {}, NotFoundError, "No query is called"),
        ("report/partners-by-action", {"action": "1a"}, AmbiguousError, "give one of these"),
        ("report/actions-by-partner", {"partner": "Minds 3c"}, NotFoundError, "another kind"),
        ("report/actions-by-partner", {"partner": ""}, NotFoundError, "No partner"),
        (
            "report/actions-by-partner",
            {"partner": "> } DROP ALL #"},
            NotFoundError,
            "No partner",
        ),
    ],
)
def test_what_cannot_be_asked_is_an_error_that_says_what_to_do(
    graph: Graph, name: str, given: dict[str, str], kind: type[HwbsError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        graph.query(name, **given)


def test_sparql_gives_rows_a_truth_or_triples(graph: Graph) -> None:
    assert len(graph.sparql("SELECT ?s { ?s a <https://w3id.org/hwbs/ns#Action> }")) == 51
    yes, no = graph.sparql("ASK { ?s ?p ?o }"), graph.sparql("ASK { ?s <urn:no> ?o }")
    assert (bool(yes), yes.rows) == (True, [{"answer": True}])
    assert (bool(no), no.rows, len(no)) == (False, [{"answer": False}], 1)
    built = graph.sparql('CONSTRUCT { <urn:a> <urn:b> "c" , _:x } {}')
    assert built.columns == ["subject", "predicate", "object"]
    objects = sorted(str(row["object"]) for row in built)
    assert objects[0].startswith("_:")
    assert objects[1] == "c"
    assert not graph.sparql("SELECT ?s { ?s <urn:no> ?o }")


@pytest.mark.parametrize(
    "text", ["", "SELECT", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }"]
)
def test_sparql_that_cannot_run_or_would_change_data_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError):
        graph.sparql(text)


def test_values_are_pythons_own_and_odd_ones_stay_text(graph: Graph) -> None:
    assert values(graph, "7", "-2.5", "1e3", "true", "UNDEF") == [7, -2.5, 1000.0, True, None]
    assert values(graph, '"INF"^^xsd:double', '"x"^^xsd:integer', '"maybe"^^xsd:boolean') == [
        "INF",
        "x",
        "maybe",
    ]
    assert values(graph, '"2021"^^xsd:gYear', '"7"@en', "<urn:7>") == ["2021", "7", "urn:7"]
    huge = "9" * 5000  # Python refuses to read so long a number
    assert values(graph, f'"{huge}"^^xsd:integer') == [huge]


def test_an_answer_shows_itself_in_a_line_and_prints_as_a_table(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    themes = graph.query("report/partners-in-all-themes")
    assert repr(themes).startswith("<Answer: 1 row of ")
    assert "Public Health" in str(themes)
    assert repr(graph.sparql("SELECT ?s { ?s <urn:no> ?o }")) == "<Answer: 0 rows of s>"
    assert repr(graph).endswith("statements, Oxigraph in memory>")
    assert len(graph) > 10_000


def test_a_notebook_shows_fifty_rows_and_counts_the_others(graph: Graph) -> None:
    page = graph.query("report/actions")._repr_html_()
    assert page.count("<tr>") == 1 + 50
    assert page.endswith("<p>1 more</p>")
    exact = graph.sparql("SELECT ?x { ?x a <https://w3id.org/hwbs/ns#Action> } LIMIT 50")
    assert "more" not in exact._repr_html_()


def test_markup_in_a_cell_is_text_in_the_notebook(graph: Graph) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;'\""
    written = hostile.replace('"', '\\"')
    page = _Cells(graph.sparql(VALUES % f'"{written}"')._repr_html_())
    assert page.tags == ["table", "thead", "tr", "th", "tbody", "tr", "td"]
    assert "".join(page.text) == f"value{hostile}"


def test_csv_is_what_the_standard_says_and_can_go_to_a_file(graph: Graph, tmp_path: Path) -> None:
    found = graph.query("report/actions-by-partner", partner="Housing")
    text = found.to_csv(tmp_path / "housing.csv")
    assert (tmp_path / "housing.csv").read_bytes() == text.encode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["actionLabel"] for row in rows] == [row["actionLabel"] for row in found]
    with pytest.raises(PathError, match="Cannot write"):
        found.to_csv(tmp_path / "missing" / "housing.csv")
    assert graph.sparql("ASK { ?s ?p ?o }").to_csv() == "answer\r\ntrue\r\n"


@pytest.mark.parametrize("name", ["housing.xlsx", "housing.html", "", "."])
def test_csv_is_written_under_no_name_that_says_something_else(
    name: str, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HwbsError):
        graph.query("report/plans").to_csv(name)
    assert list(tmp_path.iterdir()) == []


def test_pandas_gets_typed_columns(graph: Graph) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = graph.query("report/partner-theme-matrix").to_pandas()
    pivot = frame.pivot(index="partnerLabel", columns="themeLabel", values="actions")
    assert pivot.loc["Housing", "Healthy Places"] == 6
    empty = graph.sparql("SELECT ?a ?b { ?a <urn:no> ?b }").to_pandas()
    assert list(empty.columns) == ["a", "b"]


def test_without_pandas_the_error_says_to_install_it(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install pandas`, or in a checkout"):
        graph.query("report/plans").to_pandas()


def test_polars_gets_typed_columns_and_arrow_the_same(graph: Graph) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    answer = graph.query("report/partner-theme-matrix")
    frame = answer.to_polars()
    assert frame.columns == answer.columns
    assert frame.schema["actions"] == polars.Int64
    assert frame.rows(named=True) == answer.rows
    assert polars.DataFrame(answer).equals(frame)
    mixed = graph.sparql("SELECT ?a ?b { VALUES (?a ?b) { (1 1) (2.5 'x') (UNDEF UNDEF) } }")
    assert mixed.to_polars().rows() == [(1.0, "1"), (2.5, "x"), (None, None)]
    empty = graph.sparql("SELECT ?a ?b { ?a <urn:no> ?b }").to_polars()
    assert (empty.columns, len(empty)) == (["a", "b"], 0)


def test_partner_and_show_give_what_the_command_line_gives_as_json(graph: Graph) -> None:
    housing = graph.partner("Housing")
    assert housing["counts"]["actions"] == 16
    assert housing["actions"][0]["source"]["line"] == 21
    shown = graph.show("Minds 3c")
    assert shown["thing"]["kind"] == "action"
    assert shown["sources"]
    with pytest.raises(NotFoundError, match="Did you mean"):
        graph.partner("Houzing")
    with pytest.raises(NotFoundError):
        graph.show("No such thing at all")


def test_the_network_is_a_directed_graph_of_a_plan(graph: Graph) -> None:
    drawn = graph.network()
    assert (drawn.number_of_nodes(), drawn.number_of_edges()) == (110, 322)
    later = graph.network("leicester-2022")
    assert {data["kind"] for _, data in later.nodes(data=True)} == {"theme", "objective"}
    with pytest.raises(NotFoundError):
        graph.network("No such plan")


def test_a_check_returns_findings(tmp_path: Path) -> None:
    misspelt = tmp_path / "misspelt.ttl"
    misspelt.write_text("<urn:a> <https://w3id.org/hwbs/ns#involve> <urn:b> .", "utf-8")
    found = open_graph(misspelt).check()
    assert all(isinstance(finding, Finding) for finding in found)
    assert {finding.severity for finding in found} == {"violation", "warning"}


def test_files_of_ones_own_are_added(tmp_path: Path) -> None:
    assert open_graph(DATA / "small.ttl").partner("Stove Society")["counts"]["actions"] == 1
    assert open_graph(str(DATA)).partner("Homes")["counts"]["actions"] == 3
    with pytest.raises(PathError, match="nowhere"):
        open_graph(tmp_path / "nowhere.ttl")


def test_a_question_in_plain_english_names_the_query_it_ran(graph: Graph) -> None:
    found = graph.ask("Which actions involve Housing?")
    assert (found.query, len(found)) == ("report/actions-by-partner", 16)
    with pytest.raises(HwbsError):
        graph.ask("What is the weather?")


def test_an_answer_can_be_walked_through_twice(graph: Graph) -> None:
    plans = graph.query("report/plans")
    first: Iterator[dict[str, object]] = iter([dict(row) for row in plans])
    assert list(first) == list(plans)
    assert isinstance(plans, Answer)


def test_a_picture_shows_itself_in_a_notebook_and_holds_no_markup_of_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = tmp_path / "evil.ttl"
    text = "".join(path.read_text("utf-8") for path in SMALL)
    evil.write_text(text.replace('"Homes"', '"\\"><script>alert(1)</script>"'), "utf-8")
    graph = open_graph(evil, only=True)
    picture = graph.picture(partner='"><script>alert(1)</script>')
    page = picture._repr_html_()
    image = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', page)
    assert image is not None
    assert base64.b64decode(image[1]).decode("utf-8") == picture.svg
    assert "<script" not in page + picture.svg
    assert _Cells(page).tags == ["figure", "img", "figcaption", "br", "small"]
    assert not re.search("https?:|//", page.replace(image[1], ""))
    assert picture.sources[-1].startswith("Source: ")
    assert "svg" not in repr(picture)
    for kind, said in (("mop", "give one of: "), ("room", "nothing to draw")):
        with pytest.raises(UsageError, match=said):
            graph.picture(kind)
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    with pytest.raises(UsageError, match="A picture in a notebook needs mini-racer"):
        graph.picture()


def test_rdflib_asks_the_engine_itself_as_the_page_of_tools_says(graph: Graph) -> None:
    page = (ROOT / "docs" / "tools.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    # The record is open already.
    opened = block.replace("record = open_graph()", "record = given")
    assert opened != block
    shared: dict[str, Any] = {"given": graph}
    exec(opened, shared)
    (row,) = graph.sparql(
        "SELECT (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?p) AS ?partners)"
        " { ?a a hwbs:Action OPTIONAL { ?a hwbs:involves ?p } }"
    )
    assert int(shared["number"]) == row["n"]
    assert len(shared["partners"]) == row["partners"]
    assert len(shared["graph"]) == len(graph)
