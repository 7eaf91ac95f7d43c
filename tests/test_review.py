"""`hwbs review` and `hwbs name`: questions listed, answered, given back in a list, and undone."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support import Hwbs, Run, import_plan

PLAN = """# Marlow Vale Wellbeing Strategy: Action Plan 2026-2029

Marlow Vale Health and Wellbeing Board

## Priority 1: Warm homes

| Ref | Action | Lead | Partners | By when |
|-|-|-|-|-|
| 1a | Insulate the lofts of 200 homes | Housing | Energy Agency; JCP | March 2027 |
| 1b | Check boilers each autumn | Fire Service | Planning & Building Control | Ongoing |
| 1c | Open warm rooms | Libraries | Planning & Building Control | TBC |
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return import_plan(tmp_path_factory.mktemp("board"), PLAN)


@pytest.fixture
def board(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "marlow-vale"))


def list_rows(run: Run) -> list[dict[str, str]]:
    assert run.code == 0, run.err
    return list(json.loads(run.out))


def rows_left(board: Path, hwbs: Hwbs) -> list[dict[str, str]]:
    return list_rows(hwbs("review", board, "--format", "json"))


def find(rows: list[dict[str, str]], words: str) -> dict[str, str]:
    (found,) = [row for row in rows if words in row["question"]]
    return found


def test_questions_are_listed_with_the_printed_words_and_what_they_decide(
    board: Path, hwbs: Hwbs
) -> None:
    run = hwbs("review", board)
    assert "printed: “Planning & Building Control”, line 10, column 4 of the table" in run.out
    assert "decides 2\n" in run.out
    assert "answer: yes, no, one, split, A; B, ask later" in run.out
    rows = list_rows(hwbs("review", board, "--list", "--format", "json"))
    assert f"{len(rows)} questions." in run.err
    assert [
        row["kind"]
        for row in list_rows(hwbs("review", board, "--kind", "split", "--format", "json"))
    ] == ["split"]
    assert find(rows, "JCP")["takes"] == "yes, no, PRINTED = BODY, ask later"


def test_an_answer_decides_all_equal_cells_but_those_left_out_and_is_undone(
    board: Path, hwbs: Hwbs
) -> None:
    rows = list_rows(hwbs("review", board, "--format", "json"))
    key, other = find(rows, "Planning")["id"], find(rows, "JCP")["id"]
    before = {each: each.read_bytes() for each in board.rglob("*") if each.is_file()}
    assert board / "review.xlsx" in before
    run = hwbs("review", board, "--answer", key, "split", "--except", "1c", "--by", "an officer")
    assert run.code == 0, run.err
    (left,) = [
        row for row in list_rows(hwbs("review", board, "--format", "json")) if row["id"] == key
    ]
    assert left["decides"] == "1"
    assert "1c Open warm rooms" in left["actions"]
    listed = hwbs("list", "partners", "--graph", board, "--only", "--format", "csv").out
    assert "Building Control" in listed
    assert "Planning & Building Control" not in listed
    assert hwbs("review", board, "--answer", f"{other}=Jobcentre Plus").code == 0
    run = hwbs("partner", "JCP", "--graph", board, "--only")
    assert run.out.startswith("Jobcentre Plus"), run.err
    assert hwbs("review", board, "--undo").code == 0
    assert hwbs("review", board, "--undo").code == 0
    undone = {each: each.read_bytes() for each in board.rglob("*") if each.is_file()}
    log = board / "decisions.csv"
    assert {**undone, log: b""} == {**before, log: b""}
    run = hwbs("review", board, "--undo")
    assert (run.code, run.err) == (
        1,
        f"hwbs: No decision stands in {board}, so nothing is undone.\n",
    )


def fill(board: Path, words: str, answer: str) -> Path:
    """Fill an answer into a copy of the board's list, in the row of a question."""
    sheet = openpyxl.load_workbook(board / "review.xlsx")
    page = sheet["Questions"]
    headings = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if words in str(row[headings.index("question")].value):
            for name, value in (("answer", answer), ("who", "a team"), ("why", "two teams")):
                row[headings.index(name)].value = value
    sheet.save(board.parent / "filled.xlsx")
    return board.parent / "filled.xlsx"


def test_an_update_takes_first_what_was_filled_into_the_list(board: Path, hwbs: Hwbs) -> None:
    assert hwbs("review", board).code == 0
    shutil.copy(fill(board, "Planning", "Planning\nBuilding Control"), board / "review.xlsx")
    assert hwbs("update", board, "--dry-run").code == 0
    assert not (board / "decisions.csv").exists() or "two teams" not in read_log(board)
    assert hwbs("update", board, "--by", "an officer").code == 0
    assert "two teams" in read_log(board)
    assert len(rows_left(board, hwbs)) == len(rows_of(board / "review.xlsx")) - 1


def read_log(board: Path) -> str:
    return (board / "decisions.csv").read_text("utf-8-sig")


def rows_of(path: Path) -> list[Any]:
    return list(openpyxl.load_workbook(path)["Questions"].iter_rows())


def test_a_list_that_was_filled_in_is_taken_once_from_a_workbook_or_csv(
    board: Path, tmp_path: Path, hwbs: Hwbs
) -> None:
    assert hwbs("review", board).code == 0
    book = fill(board, "Planning", "Planning\nBuilding Control")
    run = hwbs("review", board, "--from", book, "--by", "an officer", "--on", "2026-11-28")
    assert run.err.startswith("1 decision kept in"), run.err
    shutil.copy(book, board / "review.xlsx")
    assert hwbs("review", board, "--from", book).err == ""
    assert (
        openpyxl.load_workbook(board / "review.xlsx")["Questions"].max_row
        == len(rows_left(board, hwbs)) + 1
    )
    with (board / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        (kept,) = csv.DictReader(file)
    assert (kept["who"], kept["when"], kept["why"]) == ("a team", "2026-11-28", "two teams")
    text = hwbs("review", board, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    rows[0]["answer"] = "nonsense = x"
    shutil.copy(fill(board, "TBC", "2027-03"), board / "review.xlsx")
    run = hwbs("name", "Fire Service = Fire and Rescue", "--board", board)
    assert (run.code, (board / "decisions.csv").read_text("utf-8").count("2027-03")) == (0, 1)
    wrong = tmp_path / "wrong.csv"
    with wrong.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    log = (board / "decisions.csv").read_bytes()
    run = hwbs("review", board, "--from", wrong)
    assert (run.code, f"{wrong}, row 2: “nonsense” is not in" in run.err) == (2, True), run.err
    assert (board / "decisions.csv").read_bytes() == log


def test_certain_actions_are_confirmed_and_names_told_without_a_question(
    board: Path, hwbs: Hwbs
) -> None:
    assert hwbs("name", "Fire Service", "=", "Libraries", "--board", board).code == 0
    run = hwbs("partner", "Fire Service", "--graph", board, "--only")
    assert run.out.startswith("Libraries"), run.err
    assert "2 actions" in run.out
    rows = list_rows(hwbs("review", board, "--format", "json"))
    for row in rows:
        answer = "no" if "TBC" in row["question"] else "yes"
        assert hwbs("review", board, "--answer", f"{row['id']}={answer}").code == 0
    assert list_rows(hwbs("review", board, "--format", "json")) == []
    assert hwbs("review", board, "--accept", "certain").code == 0
    assert hwbs("review", board, "--accept", "certain").code == 1
    with (board / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["state"] for row in csv.DictReader(file)} == {"confirmed"}
    checked = hwbs("check", "--graph", board, "--only")
    assert "0 violations, 0 warnings" in checked.err, checked.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("review", "{board}", "--answer", "zz=yes"), "No question is “zz”"),
        (("review", "{board}", "yes"), "is the answer of no question"),
        (("review", "{board}", "--accept", "all"), "--accept takes “certain”"),
        (("review", "{board}", "--undo", "--on", "soon"), "give a day such as"),
        (("review", "{board}/documents"), "it holds no reading.json"),
        (("review", "{board}", "--from", "{board}/hwbs.yaml"), "from .xlsx or .csv"),
        (("name", "Fire Service", "--board", "{board}"), "Write the name as printed"),
        (("name", "Moon Team = Housing", "--board", "{board}"), "is nowhere in the documents"),
        (("name", "Housing = yes", "--board", "{board}"), "is no name of a body"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    arguments: tuple[str, ...], told: str, imported: Path, hwbs: Hwbs
) -> None:
    hwbs("review", imported)
    before = {each: each.read_bytes() for each in imported.rglob("*") if each.is_file()}
    run = hwbs(*(each.format(board=imported) for each in arguments))
    assert run.code in (1, 2)
    assert told in run.err
    assert run.out == ""
    assert {each: each.read_bytes() for each in imported.rglob("*") if each.is_file()} == before


def test_the_board_of_the_environment_is_read_alone_and_its_open_questions_are_warnings(
    imported: Path, hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HWBS_BOARD", str(imported))
    told = hwbs("partner", "Fire Service", "--cite").out
    assert "Check boilers each autumn" in told
    # A long path is broken where a line ends.
    assert f'HWBS_BOARD="{imported}"hwbspartner' in "".join(told.split())
    assert hwbs("ask", "which actions involve Libraries?", "--format", "csv").out.count("\n") == 2
    missing = hwbs("partner", "Leicester City Council")
    assert (missing.code, missing.out) == (1, "")
    checked = hwbs("check", "--strict", "--format", "json")
    assert checked.code == 1
    rules = [each["rule"] for each in json.loads(checked.out)]
    assert rules.count("open question") == len(list_rows(hwbs("review", "--format", "json")))
    assert "names 2 things" in hwbs("partner", "Housing", "--graph", imported).err
    assert hwbs("verify", imported).code == 0
    monkeypatch.setenv("HWBS_BOARD", str(imported / "documents"))
    run = hwbs("info")
    assert (run.code, run.out) == (2, "")
    assert "which is no folder of a board" in run.err
