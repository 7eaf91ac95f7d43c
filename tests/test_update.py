"""`hwbs update`: the next edition of a plan keeps ids and decisions; nothing is lost unseen."""

import errno
import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from pyoxigraph import RdfFormat, parse
from support import Hwbs, import_plan
from test_import_decisions import PLAN

from hwbs_graph.data import atomic_file
from hwbs_graph.errors import PathError
from hwbs_graph.intake.apart import read_here
from hwbs_graph.intake.board_folder import (
    BoardFolder,
    open_folder,
    read_edition,
    save_decisions,
    save_edition,
)
from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.edition_matching import match_actions
from hwbs_graph.intake.editions import Edition
from hwbs_graph.report.json_schemas import read_schema

SECOND = """# Marlow Vale Wellbeing Strategy: Action Plan 2026-2029

Marlow Vale Health and Wellbeing Board

## Priority 1: Warm homes

| Ref | Action | Lead | Partners | By when |
|-|-|-|-|-|
| 1a | Open a swimming pool | Housing | | March 2027 |
| 1b | Insulate the lofts of 200 homes | Housing | Energy Agency; JCP | June 2027 |
| 1c | Check boilers every autumn | Fire Service | Planning & Building Control | Ongoing |
| 1d | Run job clubs each week | JCP | Housing | 2028 |
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return import_plan(tmp_path, PLAN)


def take(folder: Path, text: str, save: bool = True) -> tuple[Edition, list[str]]:
    """Read the next edition, which has the name of the first one, into a board's folder."""
    path = folder.parent / "plan.md"
    path.write_text(text, "utf-8")
    opened = open_folder(folder)
    edition = read_edition(opened, [path], read_here([path]))
    return edition, save_edition(opened, [path], edition) if save else []


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def list_ids(folder: Path) -> dict[str, str]:
    return {each["action"]: each["id"] for each in open_folder(folder).decide().draft["actions"]}


def answer(folder: Path, words: str, text: str) -> BoardFolder:
    opened = open_folder(folder)
    (key,) = [e["id"] for e in opened.decide().open_questions if words in e["text"]]
    number = len(opened.decisions) + 1
    return save_decisions(opened, [Decision(number, "2026-11-28", "an officer", key, text)])


def list_statements(folder: Path) -> set[str]:
    (path,) = (folder / "graph").glob("*.ttl")
    return {str(quad.triple) for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)}


def test_actions_are_known_by_wording_and_code_and_what_is_gone_keeps_address_and_document(
    board: Path,
) -> None:
    before = list_ids(board)
    edition, _ = take(board, SECOND)
    told = {each.action: (each.kind, each.members) for each in edition.changes}
    assert told == {
        "Open a swimming pool": ("new", ()),
        "Insulate the lofts of 200 homes": ("changed", ("code", "timescale", "due")),
        "Check boilers every autumn": ("asked", ()),
        "Run job clubs each week": ("reworded", ()),
        "Open warm rooms": ("gone", ()),
    }
    after = list_ids(board)
    for old, new in (
        ("Insulate the lofts of 200 homes", "Insulate the lofts of 200 homes"),
        ("Run job clubs", "Run job clubs each week"),
        ("Open warm rooms", "Open warm rooms"),
    ):
        assert after[new] == before[old]
    said = list_statements(board)
    gone = f"<https://w3id.org/hwbs/id/marlow-vale-2026/{after['Open warm rooms']}>"
    here = {each for each in said if each.startswith(gone)}
    assert any("scheme/status/withdrawn" in each for each in here)
    assert any("document/marlow-vale-2026-1>" in each for each in here)
    assert (board / "documents" / "plan.md").read_text("utf-8") == PLAN
    assert (board / "documents" / "plan-2.md").read_text("utf-8") == SECOND


def test_the_second_run_changes_nothing_and_a_hand_edited_graph_is_never_overwritten(
    board: Path, hwbs: Hwbs
) -> None:
    take(board, SECOND)
    before = snapshot(board)
    assert take(board, SECOND)[1] == []
    told = hwbs("update", board)
    assert (told.code, told.out.splitlines()[0]) == (0, "Nothing changed.")
    since = hwbs("compare", board)
    assert "reworded: 1d “Run job clubs each week”, before “Run job clubs”" in since.out
    rows = hwbs("compare", board, "--format", "csv").out.splitlines()
    assert rows[0] == "kind,id,code,action,before,members"
    assert [each.split(",")[0] for each in rows[1:]].count("gone") == 1
    told_json = json.loads(hwbs("compare", board, "--format", "json").out)
    jsonschema.validate(told_json, json.loads(read_schema("compare BOARD")))
    assert len(told_json) == len(rows) - 1
    (graph,) = (board / "graph").glob("*.ttl")
    text = graph.read_text("utf-8")
    graph.write_text(text.replace('"Run job clubs each week"', '"Run good clubs"'), "utf-8")
    with pytest.raises(PathError, match=r"changed by hand since it was made .*Run good clubs"):
        take(board, PLAN)
    graph.write_text(text, "utf-8")
    assert snapshot(board) == before
    prose = board.parent / "prose.md"
    prose.write_text("# Report\n\nThe Board met.\n", "utf-8")
    assert hwbs("update", board, prose).code == 1
    assert snapshot(board) == before


def test_decisions_count_in_the_next_edition_and_lapsed_ones_are_told(
    board: Path, hwbs: Hwbs
) -> None:
    answer(board, "Planning & Building Control", "one")
    answer(board, "is printed in place of a date", "2027-05")
    take(board, PLAN.replace("TBC", "May 2028"), save=False)
    told = hwbs("update", board, board.parent / "plan.md", "--dry-run", "--format", "json")
    assert told.code == 0, told.err
    assert [each["answer"] for each in json.loads(told.out)["lapsed"]] == ["2027-05"]
    take(board, SECOND)
    actions: dict[str, Any] = {e["action"]: e for e in open_folder(board).decide().draft["actions"]}
    (name,) = actions["Check boilers every autumn"]["partners"]
    assert (name["printed"], name["certain"]) == ("Planning & Building Control", True)
    assert actions["Open warm rooms"]["due"] == "2027-05"


def test_what_may_be_reworded_is_asked_and_undoing_the_answer_parts_the_two_again(
    board: Path,
) -> None:
    before = list_ids(board)
    take(board, SECOND)
    made = snapshot(board)
    assert "status/withdrawn" not in str(
        [e for e in list_statements(board) if before["Check boilers each autumn"] in e]
    )
    opened = answer(board, "Check boilers each autumn", "yes")
    after = list_ids(board)
    assert "Check boilers each autumn" not in after
    assert after["Check boilers every autumn"] == before["Check boilers each autumn"]
    undo = Decision(len(opened.decisions) + 1, "2026-11-28", "an officer", "undo", "1")
    save_decisions(opened, [undo])
    again = snapshot(board)
    assert {name for name in again if again[name] != made[name]} == {str(board / "decisions.csv")}


def test_a_code_that_was_given_to_another_action_and_equal_wordings_are_told_apart() -> None:
    def make(key: str, code: str, action: str, theme: str = "") -> dict[str, Any]:
        row = {"id": key, "code": code, "action": action, "theme": theme, "objective": ""}
        return dict(row)

    last = [
        make("a", "1", "Plant trees", "Air"),
        make("b", "2", "Plant trees", "Shade"),
        make("c", "3", "Mend every pavement by the school"),
    ]
    new = [
        make("x", "3", "Hire a nurse"),
        make("y", "9", "Plant trees", "Shade"),
        make("z", "2", "Plant  trees.", "Air"),
    ]
    found = match_actions(last, new)
    assert found.same == {"y": "a", "z": "b"}
    assert (found.reworded, found.asked) == ({}, {"x": "c"})


def test_columns_are_read_as_the_mapping_of_the_folder_says_and_a_misread_one_leaves_no_trace(
    board: Path, hwbs: Hwbs
) -> None:
    mapping = board / "mapping.yaml"
    text = mapping.read_text("utf-8")
    assert "By when: timescale\n" in text
    assert hwbs("update", board).out.startswith("Nothing changed.")
    mapping.write_text(text.replace("Partners: partners", "Partners: leave out"), "utf-8")
    told = json.loads(hwbs("update", board, "--format", "json").out)
    assert {tuple(each["members"]) for each in told["changes"]} == {("partners",)}
    assert "Energy Agency" not in str(list_statements(board))
    assert hwbs("update", board).out.startswith("Nothing changed.")
    mapping.write_text(text.replace("Partners: partners", "Partners: partner"), "utf-8")
    run = hwbs("update", board)
    assert run.code == 2
    assert "column “Partners” cannot be “partner”; give one of: code," in run.err


def test_a_person_chooses_sheets_pages_hidden_rows_and_the_key_of_a_plan(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    book = openpyxl.Workbook()
    for name, words in (("Plan", "Lag lofts"), ("Old", "Sweep chimneys")):
        sheet = book.create_sheet(name)
        for row in (["Words", "Doer", "RAG"], [f"{words} of 200 homes", "Housing", "Nearly"]):
            sheet.append(row)
    book["Old"].sheet_state = "hidden"
    path, mapping = tmp_path / "plan.xlsx", tmp_path / "mapping.yaml"
    book.save(path)
    mapping.write_text(
        "sheets: {Plan: {header: 1}, Old: {header: 1}}\ncolumns: {Words: action, Doer: lead}\n"
        "rag: {Nearly: some risk}\n"
    )
    given = ("import", path, "--mapping", mapping, "--dry-run", "--format", "json")
    shown = json.loads(hwbs(*given, "--include-hidden").out)["actions"]
    assert [each["action"] for each in shown] == [
        "Lag lofts of 200 homes",
        "Sweep chimneys of 200 homes",
    ]
    (one,) = json.loads(hwbs(*given, "--include-hidden", "--sheet", "Old").out)["actions"]
    assert [each["certain"] for each in one["lead"]] == [True]
    assert "it has no sheet “Old” to read; it has: Plan" in hwbs(*given, "--sheet", "Old").err
    for option, value in (("--pages", "9-2"), ("--as", "No Key")):
        assert hwbs("import", path, option, value).code == 2
    folder = tmp_path / "elm"
    plan = ("import", path, "--mapping", mapping, "--board", folder, "--as", "elm-2031")
    assert hwbs(*plan).code == 0
    graph, kept = folder / "graph" / "elm-2031.ttl", folder / "mapping.yaml"
    assert "progress progress:some-risk" in graph.read_text("utf-8")
    assert "“Nearly” was read as “some risk”, as mapping.yaml" in graph.read_text("utf-8")
    said = yaml.safe_load(kept.read_text("utf-8"))
    assert (said["sheets"]["Old"], said["rag"]) == ({"header": 1}, {"nearly": "some risk"})
    kept.write_text(kept.read_text("utf-8").replace("some risk", "complete"), "utf-8")
    assert "1 changed" in hwbs("update", folder).out
    assert "Nothing changed." in hwbs("update", folder).out
    assert "progress progress:complete" in graph.read_text("utf-8")
    kept.write_text(kept.read_text("utf-8").replace("complete", "nearly there"), "utf-8")
    assert "rag: “nearly” cannot be “nearly there”; give one of: complete, on track" in (
        hwbs("update", folder).err
    )


def test_a_person_says_what_headings_stand_for_and_how_words_are_split(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    rows = "| Lag lofts of 200 homes | Roads and Parks | Mind and Gas |\n"
    more = "| Sweep 50 chimneys | Housing | Age UK, Mind and Gas; Roads and Parks |\n"
    table = f"| Action | Lead | Partners |\n|-|-|-|\n{rows}{more}"
    path, mapping = tmp_path / "plan.md", tmp_path / "mapping.yaml"
    path.write_text(f"# Plan\n\n## Part one\n\n### Warm homes\n\n{table}")
    said = "headings: {2: leave out, 3: theme}\nsplit: {Roads and Parks: one, Mind and Gas: two}\n"
    mapping.write_text(said)
    folder = tmp_path / "elm"
    run = hwbs("import", path, "--mapping", mapping, "--board", folder, "--format", "json")
    draft = json.loads(run.out)
    assert [(each["theme"], each["objective"]) for each in draft["actions"]] == [
        ("Warm homes", None)
    ] * 2
    told = [(each["lead"], each["partners"]) for each in draft["actions"]]
    names = [[[each["printed"] for each in role] for role in both] for both in told]
    assert names == [
        [["Roads and Parks"], ["Mind", "Gas"]],
        [["Housing"], ["Age UK", "Mind", "Gas", "Roads and Parks"]],
    ]
    assert all(each["certain"] for both in told for role in both for each in role)
    assert draft["questions"] == []
    kept = yaml.safe_load((folder / "mapping.yaml").read_text("utf-8"))
    assert kept["headings"] == {2: "leave out", 3: "theme"}
    assert kept["split"] == {"Roads and Parks": "one", "Mind and Gas": ["Mind", "Gas"]}
    assert "Nothing changed." in hwbs("update", folder).out
    for wrong, why in (
        ("headings: {9: theme}", "level “9” cannot be “theme”; levels are 1 to 6"),
        ("split: {Mind and Gas: [Oil]}", "“Mind and Gas” takes one, several, or a list of names"),
    ):
        mapping.write_text(wrong)
        run = hwbs("import", path, "--mapping", mapping, "--dry-run")
        assert (run.code, run.out) == (2, "")
        assert why in run.err


def test_an_update_that_cannot_be_written_whole_writes_nothing(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(board)
    write = atomic_file._write_part

    def fill_the_disk(part: Path, data: bytes, status: Any) -> None:
        if "plan.csv" in part.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(part, data, status)

    monkeypatch.setattr(atomic_file, "_write_part", fill_the_disk)
    with pytest.raises(PathError, match="No space left"):
        take(board, SECOND)
    assert snapshot(board) == before
