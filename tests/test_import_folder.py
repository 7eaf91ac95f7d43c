"""`hwbs import` makes a board's folder: files, copies, plan sheet, questions, and a graph."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.styles import PatternFill
from pyoxigraph import RdfFormat, parse
from support import Hwbs

from hwbs_graph.cli.review_list import refresh_list
from hwbs_graph.data import turtle
from hwbs_graph.intake import board_folder
from hwbs_graph.intake.apart import read_here
from hwbs_graph.intake.replay import Decided, replay

PLAN = """# Marlow Vale Wellbeing Strategy: Action Plan 2026-2029

Marlow Vale Health and Wellbeing Board

## Priority 1: Warm homes

| Ref | Action | Lead | Partners | By when | Measure |
|-|-|-|-|-|-|
| 1a | Insulate the lofts of 200 homes | Housing | Energy Agency; Public Health | March 2027 | 200 |
| 1b | Check boilers each autumn | Fire Service | Housing & Carers Hub<br>Age UK | Ongoing | 50 |
"""


@pytest.fixture
def board(tmp_path: Path, hwbs: Hwbs) -> Path:
    (tmp_path / "plan.md").write_text(PLAN, "utf-8")
    run = hwbs("import", tmp_path / "plan.md", "--board", tmp_path / "marlow-vale")
    assert run.code == 0, run.err
    assert f"Then: hwbs list actions --graph {tmp_path / 'marlow-vale'} --only\n" in run.out
    return tmp_path / "marlow-vale"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_holds_the_file_its_text_the_sheet_and_the_questions(board: Path) -> None:
    files = {str(path.relative_to(board)) for path in board.rglob("*") if path.is_file()}
    assert files == {
        "hwbs.yaml",
        "mapping.yaml",
        "documents/plan.md",
        "documents/plan.md.reading.txt",
        "reading.json",
        "decisions.csv",
        "made.json",
        "review.xlsx",
        "plan.csv",
        "questions.csv",
        "graph/marlow-vale-2026.ttl",
    }
    assert (board / "documents" / "plan.md").read_text("utf-8") == PLAN
    mark = yaml.safe_load((board / "hwbs.yaml").read_text("utf-8"))
    assert mark["title"] == "Marlow Vale Health and Wellbeing Board"
    first, second = read_rows(board / "plan.csv")
    assert (first["code"], first["partners"], first["due"], first["state"]) == (
        "1a",
        "Energy Agency\nPublic Health",
        "2027-03",
        "read",
    )
    (split,) = [row for row in read_rows(board / "questions.csv") if row["kind"] == "split"]
    assert split["decides"] == second["id"]


def test_what_is_certain_is_asked_with_its_words_and_what_is_not_is_not_there(
    board: Path, hwbs: Hwbs
) -> None:
    run = hwbs("partner", "Public Health", "--graph", board, "--only", "--format", "json")
    assert run.code == 0, run.err
    assert '"printedAs": [\n        "Public Health"' in run.out
    assert '"1a"' in run.out
    listed = hwbs("list", "partners", "--graph", board, "--only", "--format", "csv").out
    assert "Age UK" in listed
    assert "Carers Hub" not in listed
    assert "Fire Service" in listed


def test_verify_reads_the_file_again_and_finds_each_passage(board: Path, hwbs: Hwbs) -> None:
    run = hwbs("verify", board)
    assert (run.code, run.out) == (0, ""), run.out
    assert run.err.endswith("0 problems.\n")
    text = PLAN.replace("Energy Agency", "Energy Agenda")
    (board / "documents" / "plan.md").write_text(text, "utf-8")
    run = hwbs("verify", board)
    assert run.code == 1
    assert "is not the file of which plan.md.reading.txt is the text" in " ".join(run.out.split())


def test_the_graph_is_canonical_and_breaks_no_shape(board: Path, hwbs: Hwbs) -> None:
    path = board / "graph" / "marlow-vale-2026.ttl"
    text = path.read_text("utf-8")
    assert turtle.canonicalise(text, path.name) == text
    run = hwbs("check", "--graph", board, "--only", "--format", "csv")
    assert [line for line in run.out.splitlines() if line.startswith("violation")] == []


def test_each_board_has_its_own_bodies(board: Path) -> None:
    data = (board / "graph" / "marlow-vale-2026.ttl").read_bytes()
    subjects = {str(triple.subject) for triple in parse(data, format=RdfFormat.TURTLE)}
    assert "<https://w3id.org/hwbs/id/partner/marlow-vale-public-health>" in subjects


def test_the_same_file_gives_the_same_bytes_and_a_folder_that_is_there_is_kept(
    board: Path, tmp_path: Path, hwbs: Hwbs
) -> None:
    before = {path: path.read_bytes() for path in board.rglob("*") if path.is_file()}
    run = hwbs("import", tmp_path / "plan.md", "--board", board)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"hwbs: Cannot write {board}: it is there already; name a new folder.\n"
    # That is said before anything is read, here of a file that holds no plan.
    (tmp_path / "empty.md").write_text("Nothing.\n", "utf-8")
    assert hwbs("import", tmp_path / "empty.md", "--board", board).err == run.err
    assert {path: path.read_bytes() for path in board.rglob("*") if path.is_file()} == before
    board.rename(tmp_path / "old")
    hwbs("import", tmp_path / "plan.md", "--board", board)
    assert {path: path.read_bytes() for path in board.rglob("*") if path.is_file()} == before


def test_a_file_without_a_plan_makes_no_folder(tmp_path: Path, hwbs: Hwbs) -> None:
    (tmp_path / "prose.md").write_text("# Report\n\nThe Board met.\n", "utf-8")
    run = hwbs("import", tmp_path / "prose.md", "--board", tmp_path / "board")
    assert run.code == 1
    assert not (tmp_path / "board").exists()


def test_all_partners_are_one_group_of_the_plan_in_the_graph(tmp_path: Path, hwbs: Hwbs) -> None:
    text = PLAN.replace("Energy Agency; Public Health", "All partners")
    (tmp_path / "plan.md").write_text(text, "utf-8")
    folder = tmp_path / "marlow-vale"
    assert hwbs("import", tmp_path / "plan.md", "--board", folder).code == 0
    query = "PREFIX hwbs: <https://w3id.org/hwbs/ns#> "
    query += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    query += "SELECT ?label ?plan WHERE { ?group a hwbs:PartnerGroup ; skos:prefLabel ?label ; "
    query += "hwbs:allPartnersOf ?plan . ?action hwbs:involves ?group }"
    run = hwbs("sparql", query, "--graph", folder, "--only", "--format", "csv")
    assert run.code == 0, run.err
    assert run.out.split()[1:] == ["All", "partners,https://w3id.org/hwbs/id/marlow-vale-2026"]
    told = hwbs("partner", "Age UK", "--graph", folder, "--only")
    assert "All partners" in told.out


def test_a_name_and_the_abbreviation_that_the_plan_explains_are_one_partner(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    text = PLAN.replace("Energy Agency; Public Health", "Schools, Good Start Trust (GST)")
    text = text.replace(
        "Housing & Carers Hub<br>Age UK", "GST; Parks Trust (PT); Poor Tenants (PT)"
    )
    (tmp_path / "plan.md").write_text(text, "utf-8")
    folder = tmp_path / "marlow-vale"
    assert hwbs("import", tmp_path / "plan.md", "--board", folder).code == 0
    told = hwbs("partner", "GST", "--graph", folder, "--only")
    assert told.out.startswith("Good Start Trust"), told.err
    assert "2 actions" in told.out
    listed = hwbs("list", "partners", "--graph", folder, "--only").out
    assert "Parks Trust (PT)" in listed
    assert "Poor Tenants (PT)" in listed
    checked = hwbs("check", "--graph", folder, "--only")
    assert checked.code == 0, checked.out


TRACKER = """# Marlow Vale Action Plan 2026-2029

| Action | Lead | RAG October 2026 | Update Q3 2026/27 | Status | KPI | Success measure |
|-|-|-|-|-|-|-|
| Insulate the lofts of 200 homes | Housing | Amber | Roofers are wanting. | Red | Homes too cold \
in winter | 200 lofts by May 2027<br>Number of colds |
| Check boilers | Fire Service | Green | | | 200 | tbc |
"""


def test_progress_and_measures_are_in_the_graph_with_the_words_of_their_own_cell(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    (tmp_path / "plan.md").write_text(TRACKER, "utf-8")
    folder = tmp_path / "marlow-vale"
    given = ("--graph", folder, "--only", "--format", "json")
    assert hwbs("import", tmp_path / "plan.md", "--board", folder).code == 0
    (profile,) = json.loads(hwbs("partner", "Housing", *given).out)["actions"]
    assert {(each["label"], each["kind"]) for each in profile["measures"]} == {
        ("200 lofts by May 2027", "Success measure"),
        ("Homes too cold in winter", None),
        ("Number of colds", None),
    }
    assert {(each["asOf"], each["state"], each["text"]) for each in profile["progress"]} == {
        ("2026-10", "some risk", None),
        ("2026-Q4", None, "Roofers are wanting."),
        (None, "off track", None),
    }
    (source,) = json.loads(hwbs("show", "200", *given).out)["sources"]
    assert (source["printedText"], source["place"]) == ("200", "line 6, column 6 of the table")
    off = hwbs("query", "report/off-track", *given)
    assert "Insulate the lofts" in off.out
    assert "Check boilers" not in off.out
    assert hwbs("verify", folder).code == 0
    checked = hwbs("check", "--graph", folder, "--only")
    assert "0 violations" in checked.out + checked.err


def test_a_colour_alone_is_progress_that_the_reading_copy_tells(tmp_path: Path, hwbs: Hwbs) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Action", "Lead", "RAG"])
    sheet.append(["Insulate the lofts of 200 homes", "Housing"])
    sheet["C2"].fill = PatternFill("solid", fgColor="FFFF0000")
    book.save(tmp_path / "plan.xlsx")
    folder = tmp_path / "marlow-vale"
    assert hwbs("import", tmp_path / "plan.xlsx", "--board", folder).code == 0
    copy = (folder / "documents" / "plan.xlsx.reading.txt").read_text("utf-8")
    assert "[Red, FF0000]\n" in copy
    told = hwbs("partner", "Housing", "--graph", folder, "--only").out
    assert "Red (off track), of no printed date" in told
    assert hwbs("verify", folder).code == 0


def test_a_new_plan_is_worked_out_once_and_has_a_line_for_each_action(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[object] = []

    def count(*given: Any) -> Decided:
        worked.append(given)
        return replay(*given)

    monkeypatch.setattr(board_folder, "replay", count)
    (plan := tmp_path / "plan.md").write_text(PLAN, "utf-8")
    board, _ = board_folder.write_board(tmp_path / "vale", [plan], read_here([plan]), "")
    refresh_list(board)
    assert len(worked) == 1
    lines = (tmp_path / "vale" / "reading.json").read_text("utf-8").splitlines()
    assert sum(line.startswith('{"id": "action/') for line in lines) == 2
    assert board_folder.open_folder(tmp_path / "vale").decide() == board.decide()


def test_what_is_hidden_and_read_on_request_is_verified_and_read_so_again(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    page = tmp_path / "plan.html"
    table = "<table><tr><th>Action<th>Lead<th>Partners<tr><td>Mark ten paths<td>Parks Team<td>{}"
    parts = (table.format(each) for each in ("Ramblers</table><div hidden>", "Libraries</table>"))
    page.write_text("".join(parts), "utf-8")
    folder = tmp_path / "tarn"
    assert hwbs("import", page, "--board", folder, "--include-hidden").code == 0
    assert "hidden: true" in (folder / "mapping.yaml").read_text("utf-8")
    assert hwbs("verify", folder).code == 0
    assert hwbs("update", folder, page).out.startswith("Nothing changed.")
