"""Decisions over a board's reading: each answer does what it says, and undoing gives it back."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import import_plan

from hwbs_graph.errors import DataError, PathError, UsageError
from hwbs_graph.intake.answers import check_answer
from hwbs_graph.intake.apart import draft_here, read_here
from hwbs_graph.intake.board_folder import BoardFolder, open_folder, save_decisions
from hwbs_graph.intake.decisions import COLUMNS, Decision, parse_decisions
from hwbs_graph.intake.replay import replay

PLAN = """# Marlow Vale Wellbeing Strategy: Action Plan 2026-2029

Marlow Vale Health and Wellbeing Board

## Priority 1: Warm homes

| Ref | Action | Lead | Partners | By when |
|-|-|-|-|-|
| 1a | Insulate the lofts of 200 homes | Housing | Energy Agency; JCP | March 2027 |
| 1b | Check boilers each autumn | Fire Service | Planning & Building Control | Ongoing |
| 1c | Open warm rooms | Head of Libraries | Planning & Building Control | TBC |
| 1d | Run job clubs | JCP | Housing | 2028 |
"""
Put = Callable[..., BoardFolder]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return import_plan(tmp_path_factory.mktemp("board"), PLAN)


@pytest.fixture
def board(imported: Path) -> BoardFolder:
    return open_folder(imported)


def find_question(board: BoardFolder, words: str) -> str:
    (found,) = [
        each["id"]
        for each in board.reading.draft["questions"]
        if each["text"].strip("“Is ").startswith(words)
    ]
    return str(found)


def decide(board: BoardFolder, *answers: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return the plan with answers to the questions that hold some words."""
    given = [
        Decision(number, "2026-11-28", "an officer", find_question(board, words), text, **more)
        for number, (words, text) in enumerate(answers, 1)
    ]
    return board.add(given).decide().draft


def list_names(plan: dict[str, Any], code: str) -> list[tuple[str, str, bool]]:
    (action,) = [each for each in plan["actions"] if each["code"] == code]
    return [
        (each["printed"], each.get("body", ""), each["certain"])
        for each in (*action["lead"], *action["partners"])
    ]


def test_a_date_that_a_person_gave_has_a_note_who_gave_it_and_what_is_printed(
    board: BoardFolder,
) -> None:
    given = Decision(1, "2026-11-28", "an officer", find_question(board, "TBC"), "2027-03")
    graph = next(iter(board.add([given]).make_files()[0].values())).decode("utf-8")
    (note,) = (block for block in graph.split(" .\n") if "a hwbs:QualityNote" in block)
    assert "The plan prints “TBC”. 2027-03 was decided in review." in note
    assert 'hwbs:curatedOn "2026-11-28"^^xsd:date' in note
    for verb in ("hwbs:curator agent:", "hwbs:handling ", "oa:hasTarget ", "prov:wasQuotedFrom "):
        assert verb in note
    assert "QualityNote" not in next(iter(board.make_files()[0].values())).decode("utf-8")


def test_words_in_a_column_of_dates_that_tell_no_time_are_asked_about(tmp_path: Path) -> None:
    times = "March 2027", "Ongoing", "Soon", "n/a", "When money allows", "-"
    rows = "".join(f"| Open room {n} of the hall | {each} |\n" for n, each in enumerate(times))
    path = tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n| Action | By when |\n|-|-|\n{rows}", "utf-8")
    asked = [q for q in draft_here([path])["questions"] if "not read as a date" in q["text"]]
    assert [each["values"] for each in asked] == [["Soon", "When money allows"]]


def test_one_answer_how_words_are_split_counts_inside_longer_cells(tmp_path: Path) -> None:
    cells = "Planning & Play", "Mind; Planning & Play; Age UK", "Parks, Planning & Play (tbc)"
    rows = "".join(f"| Open room {n} of the town hall | {each} |\n" for n, each in enumerate(cells))
    path = tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n| Action | Partners |\n|-|-|\n{rows}", "utf-8")
    reading = read_here([path])
    (key,) = (q["id"] for q in reading.draft["questions"] if q["printed"] == "Planning & Play")
    given = [Decision(1, "2026-11-28", "an officer", key, "one")]
    decided = replay(reading.draft, reading.effects, given).draft["actions"]
    told = [[each["printed"] for each in action["partners"]] for action in decided]
    assert told[:2] == [["Planning & Play"], ["Mind", "Planning & Play", "Age UK"]]
    assert all(each["certain"] for action in decided[:2] for each in action["partners"])
    assert not all(each["certain"] for each in decided[2]["partners"])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("one", [("Planning & Building Control", "", True)]),
        ("yes", [("Planning & Building Control", "", True)]),
        ("split", [("Planning", "", True), ("Building Control", "", True)]),
        ("Planning; Building Control = Standards", [
            ("Planning", "", True), ("Building Control", "Standards", True)
        ]),
        ("City Works", [("Planning & Building Control", "City Works", True)]),
        ("lead: Planning", [("Planning", "", True)]),
        ("not a body", []),
        ("ask later", [("Planning & Building Control", "", False)]),
    ],
)  # fmt: skip
def test_one_answer_parts_all_equal_cells(
    board: BoardFolder, answer: str, expected: list[tuple[str, str, bool]]
) -> None:
    plan = decide(board, ("Planning & Building Control", answer))
    assert list_names(plan, "1b") == [("Fire Service", "", True), *expected]
    third = [each for each in list_names(plan, "1c") if each[0] != "Head of Libraries"]
    assert third == expected


def test_an_action_is_left_out_of_an_answer_and_its_question_stays_open_for_it(
    board: BoardFolder,
) -> None:
    left = next(each["id"] for each in board.reading.draft["actions"] if each["code"] == "1c")
    plan = decide(board, ("Planning & Building Control", "one"), left_out=(left,))
    assert ("Planning & Building Control", "", True) in list_names(plan, "1b")
    assert ("Planning & Building Control", "", False) in list_names(plan, "1c")
    (question,) = [each for each in plan["questions"] if "Planning & B" in each["text"]]
    assert (question["state"], question["left"]) == ("open", [left])


def test_abbreviations_posts_dates_and_who_takes_part_are_answered(board: BoardFolder) -> None:
    plan = decide(
        board,
        ("JCP", "JCP = Jobcentre Plus"),
        ("Head of Libraries", "Head of Libraries = Libraries"),
        ("TBC", "2027-Q1"),
    )
    assert ("JCP", "Jobcentre Plus", True) in list_names(plan, "1a")
    assert ("Head of Libraries", "Libraries", True) in list_names(plan, "1c")
    assert [each["due"] for each in plan["actions"]] == ["2027-03", None, "2027-Q1", "2028"]
    assert [each["state"] for each in plan["questions"]].count("open") == 1


def test_a_spelling_stands_for_a_body_or_for_several_wherever_it_is_printed(
    board: BoardFolder,
) -> None:
    def name(number: int, printed: str, body: str) -> Decision:
        return Decision(number, "2026-11-28", "an officer", "name", body, printed=printed)

    given = [name(1, "jcp", "Jobcentre Plus"), name(2, "Fire Service", "not a body")]
    given += [name(3, "Planning & Building Control", "Planning; Building Control")]
    decided = board.add(given).decide().draft
    assert list_names(decided, "1b") == [
        ("Planning & Building Control", "Planning", True),
        ("Planning & Building Control", "Building Control", True),
    ]
    assert ("JCP", "Jobcentre Plus", True) in list_names(decided, "1a")
    states = {each["printed"]: each["state"] for each in decided["questions"]}
    assert (states["JCP"], states["Planning & Building Control"]) == ("answered", "answered")


def test_answers_that_a_question_does_not_take_are_refused_with_those_it_takes(
    board: BoardFolder,
) -> None:
    questions = {each["text"]: each for each in board.reading.draft["questions"]}
    split = next(each for text, each in questions.items() if "one body" in text)
    date = next(each for text, each in questions.items() if "place of a date" in text)
    own = ["Planning & Building Control"]
    assert check_answer("City Works", split, "cell", own) == "City Works"
    assert check_answer("Jobcentre Plus", split, "names", ["JCP"]) == "JCP = Jobcentre Plus"
    for question, asks, answer, told in (
        (split, "cell", "Planning; Parks", "“Parks” is not in"),
        (split, "cell", "Parks = Green Team", "“Parks” is not in"),
        (split, "cell", "Planning =", "lacks a side"),
        (date, "date", "soon", "a date such as 2027-03"),
        (split, "cell", " ; ", "is empty"),
    ):
        with pytest.raises(UsageError, match=told):
            check_answer(answer, question, asks, own)


def test_undoing_gives_back_the_bytes_and_decisions_are_only_added(
    imported: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "marlow-vale"
    for path in sorted(imported.rglob("*")):
        if path.is_file():
            (folder / path.relative_to(imported)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(imported)).write_bytes(path.read_bytes())

    def read_all() -> dict[str, bytes]:
        return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}

    log = str(folder / "decisions.csv")
    before = read_all()
    board = open_folder(folder)
    key = find_question(board, "JCP")
    given = Decision(1, "2026-11-28", "=HYPERLINK(1)", key, "JCP = Jobcentre Plus", why="a, “b”\nc")
    save_decisions(board, [given])
    assert open_folder(folder).decisions == (given,)
    graph = (folder / "graph" / "marlow-vale-2026.ttl").read_text("utf-8")
    assert graph.count("basis:curated-judgement") == 3
    assert "Review of the draft. JCP = Jobcentre Plus (a, “b”" in graph
    with (folder / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["who"] for row in csv.DictReader(file)] == ["'=HYPERLINK(1)"]
    after = read_all()
    save_decisions(open_folder(folder), [Decision(2, "2026-11-29", "an officer", "undo", "1")])
    undone = read_all()
    assert undone[log].startswith(after[log])
    assert after[log].startswith(before[log])
    assert {**undone, log: b""} == {**before, log: b""}
    graph_file = folder / "graph" / "marlow-vale-2026.ttl"
    graph_file.write_text(graph + "# mine\n", "utf-8")
    with pytest.raises(PathError, match="changed by hand"):
        save_decisions(open_folder(folder), [given._replace(number=3)])
    assert read_all()[log] == undone[log]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("number,when\r\n1,2026-11-28\r\n", "line 1: its columns must be"),
        ("{head}2,2026-11-28,me,name,A,,,,B,\r\n", "line 2: decision 2 stands where 1 is due"),
        ("{head}1,yesterday,me,name,A,,,,B,\r\n", "no day such as"),
        ("{head}1,2026-11-28,me,name\r\n", "has not 10 cells"),
        ("{head}1,2026-11-28,me,name, ; ,,,,B,\r\n", "An answer is empty"),
    ],
)
def test_a_file_of_decisions_that_was_changed_is_refused_with_the_line(
    rows: str, told: str
) -> None:
    text = rows.format(head=",".join(COLUMNS) + "\r\n")
    with pytest.raises(DataError, match=f"decisions.csv, .*{told}"):
        parse_decisions(Path("decisions.csv"), text.encode())
