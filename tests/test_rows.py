"""Answers in every format, byte for byte where a standard says so."""

import csv
import io
import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from support import Hwbs

from hwbs_graph.errors import UsageError
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.query import results
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.write import formats
from hwbs_graph.write import rows as render
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

ROWS = "SELECT ?s ?o ?missing { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?missing } } ORDER BY STR(?o)"
W3C = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
AWKWARD = ["", "a,b", 'say "x"', "line\nline", "tab\there", "=1+1", "<b>", "a|b", "é’\u2028", "\\"]


def engine(values: list[str]) -> Engine:
    store = Store()
    for value in values:
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(value)))
    return Embedded(store)


@pytest.mark.parametrize("format", W3C)
def test_w3c_formats_are_the_bytes_of_the_engine(format: str) -> None:
    asked = engine(AWKWARD)
    direct = asked.query(ROWS)
    assert isinstance(direct, QuerySolutions)
    assert render.render(results.run_query(asked, ROWS), format) == direct.serialize(
        format=W3C[format]
    )


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")), max_size=5
    )
)
def test_csv_gives_back_every_text(values: list[str]) -> None:
    text = render.render(results.run_query(engine(values), ROWS), "csv").decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["s", "o", "missing"]
    assert {row[1] for row in rows[1:]} == set(values)


def test_csv_for_excel_has_its_mark_and_no_formula() -> None:
    asked = "SELECT * { VALUES (?a ?b) { ('=1+1' 2) ('Bôn' -3) } }"
    data = render.render(results.run_query(engine(AWKWARD), asked), "excel-csv")
    assert data == "\ufeffa,b\r\n'=1+1,2\r\nBôn,-3\r\n".encode()


def test_markdown_keeps_one_line_a_row() -> None:
    text = render.render(results.run_query(engine(AWKWARD), ROWS), "markdown").decode()
    lines = text.splitlines(keepends=False)
    assert text.count("\n") == 2 + len(AWKWARD)
    assert lines[0] == "| s | o | missing |"
    assert "a\\|b" in text
    assert "&lt;b>" in text
    assert "line<br>line" in text


def test_a_spreadsheet_holds_text_as_text_and_numbers_as_numbers() -> None:
    import openpyxl

    asked = engine(AWKWARD)
    query = "SELECT ?o (STRLEN(?o) AS ?length) { ?s ?p ?o } ORDER BY STR(?o)"
    data = render.render(results.run_query(asked, query), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[0] == ("o", "length")
    assert len(cells) == 1 + len(AWKWARD)
    formula = next(row for row in sheet.iter_rows() if row[0].value == "=1+1")
    assert formula[0].data_type == "s"
    assert formula[1].value == 4
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:B{1 + len(AWKWARD)}"


def test_the_table_leaves_out_an_iri_whose_label_is_there_and_says_once_what_is_constant() -> None:
    store = Store()
    for name in ("one", "two"):
        iri = NamedNode(f"https://w3id.org/hwbs/id/x/{name}")
        store.add(Quad(iri, NamedNode("urn:l"), Literal(name.title())))
    query = 'SELECT ?thing ?thingLabel ("same" AS ?keptOnce) ?empty { ?thing <urn:l> ?thingLabel }'
    text = render.render(
        results.run_query(Embedded(store), query + " ORDER BY ?thing"), "table"
    ).decode()
    assert text.splitlines() == ["kept once: same", "", "thing", "─────", "One", "Two"]


def test_a_code_stands_behind_its_theme_and_a_theme_without_a_code_in_its_own_column() -> None:
    def draw(*actions: str) -> list[str]:
        query = (
            "SELECT ?code ?action ?actionLabel ?theme ?themeLabel { VALUES (?action ?actionLabel"
            f" ?code ?theme ?themeLabel) {{ {' '.join(actions)} }} }}"
        )
        return (
            render.render(results.run_query(Embedded(Store()), query), "table").decode().split("\n")
        )

    one, two = '(<x:a> "Lag" "1a" <x:t> "Warmth")', '(<x:b> "Meet" "1a" <x:u> "Company")'
    assert [line.split("  ")[0] for line in draw(one, two)][2:4] == ["Warmth 1a", "Company 1a"]
    assert "theme" not in draw(one, two)[0]
    bare = '(<x:c> "Rest" UNDEF <x:u> "Company")'
    assert "theme" in draw(one, bare)[0]
    assert [*filter(None, draw(one, bare)[3].split("  "))] == ["Rest", " Company"]


def test_iris_are_shortened_for_people() -> None:
    assert render.display_cell(NamedNode("https://w3id.org/hwbs/id/x/y")) == "x/y"
    assert render.display_cell(NamedNode("https://w3id.org/hwbs/ns#Action")) == "hwbs:Action"
    assert render.display_cell(NamedNode("https://w3id.org/hwbs/scheme/basis/x")) == "basis:x"
    assert render.display_cell(NamedNode("http://example.org/")) == "http://example.org/"
    assert render.display_cell(None) == ""


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_a_table_fits_its_terminal(
    width: str, record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hwbs_graph.query import catalogue

    monkeypatch.setenv("COLUMNS", width)
    for name in ("report/actions-by-partner", "report/bodies-that-changed", "report/quality-notes"):
        text = render.render(results.run_query(record, catalogue.load(name).text), "table").decode()
        captions, _, body = text.rpartition("\n\n")
        assert body
        assert max(map(len, body.splitlines())) <= int(width), captions


@pytest.mark.parametrize(
    ("query", "format"),
    [
        (query, format)
        for query, format in product(
            ("ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", ROWS), formats.FORMATS
        )
    ],
)
def test_every_format_writes_an_answer_or_says_which_would(query: str, format: str) -> None:
    found = results.run_query(engine(["x"]), query)
    fits = (
        formats.FORMATS[format].graph
        if isinstance(found, results.Triples)
        else formats.FORMATS[format].rows
    )
    if not fits or (format == "xlsx" and isinstance(found, results.Boolean)):
        with pytest.raises(UsageError, match="give --format table"):
            render.render(found, format)
    else:
        assert render.render(found, format)


def test_a_boolean_is_written_as_the_standards_say() -> None:
    yes = results.run_query(engine([]), "ASK {}")
    assert json.loads(render.render(yes, "json")) == {"head": {}, "boolean": True}
    assert b"<boolean>true</boolean>" in render.render(yes, "xml")
    assert render.render(yes, "table") == b"yes\n"
    assert render.render(yes, "csv") == b"true"


def test_a_column_is_numeric_if_every_cell_is_a_number_and_it_is_no_code() -> None:
    row = {"code": "1", "whole": "2", "part": "2.5", "mixed": "3", "dotted": "1.", "none": ""}
    found = results.find_numeric([row, row | {"mixed": "3a", "part": ""}], list(row))
    assert found == ["whole", "part", "none"]
    assert results.find_numeric([], ["code", "any"]) == ["any"]


def test_no_rows_are_written_as_an_empty_answer() -> None:
    nothing = results.run_query(engine([]), ROWS)
    assert nothing.size == 0
    assert render.render(nothing, "csv") == b"s,o,missing\r\n"
    assert render.render(nothing, "xlsx").startswith(b"PK")


def test_rows_of_a_spreadsheet_are_high_enough_for_their_longest_text(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    file = tmp_path / "actions.xlsx"
    assert hwbs("partner", "Housing", "--format", "xlsx", "--output", file).code == 0
    sheet = load_workbook(file).active
    for row in range(2, sheet.max_row + 1):
        longest = max(len(str(cell.value or "")) for cell in sheet[row])
        assert sheet.row_dimensions[row].height >= 15 * (longest // 60), sheet[row]
    assert max(each.height or 0 for each in sheet.row_dimensions.values()) > 15


def test_a_row_is_as_high_as_its_lines_and_never_higher_than_a_spreadsheet_allows() -> None:
    texts: list[tuple[str, str | float]] = [
        ("", "x"),
        ("one two three", "x"),
        ("a\nb", 1.5),
        ("word " * 9999, ""),
    ]
    data = write_workbook([WorkbookSheet("s", {"a": 5, "b": 5}, texts)])
    sheet = load_workbook(io.BytesIO(data)).active
    heights = [sheet.row_dimensions[number].height for number in range(2, 6)]
    assert heights == [None, 45, 30, 408.75]  # None: one line, as every spreadsheet assumes


def test_a_spreadsheet_holds_numbers_that_are_finite_and_text_otherwise() -> None:
    cells = ("1.5", '"1e3"^^xsd:double', '"INF"^^xsd:double', '"x"^^xsd:integer', '"7"')
    values = "".join(f"({cell})" for cell in cells)
    query = f"PREFIX xsd: <{PREFIXES['xsd']}> SELECT ?x {{ VALUES (?x) {{ {values} }} }}"
    data = render.render(results.run_query(engine([]), query), "xlsx")
    found = [row[0].value for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)]
    assert found == [1.5, 1000, "INF", "x", "7"]
    assert data == render.render(results.run_query(engine([]), query), "xlsx")


def test_cut_cells_of_a_spreadsheet_are_told_with_the_place_of_the_first(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    (tmp_path / "long.ttl").write_text(
        f'<x:a> <x:p> "{"x" * 32_767}" . <x:b> <x:p> "{"y" * 32_768}" .'
        f'<x:c> <x:p> "{"😀" * 16_384}" . <x:d> <x:p> "{"😀" * 16_383}" .',
        "utf-8",
    )
    query = "SELECT ?s ?o { ?s <x:p> ?o } ORDER BY ?s"
    file = tmp_path / "long.xlsx"
    run = hwbs("sparql", query, "--graph", tmp_path / "long.ttl", "--output", file, "--quiet")
    assert run.code == 0
    assert run.err == (
        "The sheet “answer” has 2 cells cut to the 32,767 characters that a spreadsheet holds,"
        " first in row 3, column “o”; csv holds all.\n"
    )
    found = [row[1].value for row in load_workbook(file).active.iter_rows(min_row=2)]
    units = [len(text.encode("utf-16-le")) // 2 for text in found]
    assert units == [32_767, 32_767, 32_767, 32_766]
    assert found[1].endswith("y…")


def test_more_rows_or_columns_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(UsageError, match=r"would have 1,048,577 rows, .* 1,048,576; write csv"):
        write_workbook([WorkbookSheet("s", {"a": 5}, [("x",)] * 1_048_576)])
    columns = {str(number): 5 for number in range(16_385)}
    with pytest.raises(UsageError, match="would have 16,385 columns"):
        write_workbook([WorkbookSheet("s", columns, [])])
