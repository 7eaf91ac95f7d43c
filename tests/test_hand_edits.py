"""What a person changed by hand in a board's graph: kept, asked about, and never lost unseen."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pyoxigraph import RdfFormat, parse
from support import Hwbs, import_plan
from test_import_decisions import PLAN
from test_update import SECOND, answer, list_ids, snapshot

from hwbs_graph.data.turtle import canonicalise
from hwbs_graph.errors import DataError, PathError
from hwbs_graph.intake.apart import read_here
from hwbs_graph.intake.board_folder import open_folder, read_edition, save_decisions, save_edition
from hwbs_graph.intake.decisions import UNDO, Decision
from hwbs_graph.report.json_schemas import read_schema

THINGS = "https://w3id.org/hwbs/id/"
NS = "https://w3id.org/hwbs/ns#"
NOTE = '<{}> <http://www.w3.org/2004/02/skos/core#note> "Seen by the chair"@en .\n'


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return import_plan(tmp_path, PLAN)


def find_graph(folder: Path) -> Path:
    (path,) = (folder / "graph").glob("*.ttl")
    return path


def list_said(folder: Path, subject: str) -> set[str]:
    found = parse(find_graph(folder).read_bytes(), format=RdfFormat.TURTLE)
    return {str(q.triple) for q in found if subject in str(q.subject)}


def update(folder: Path, text: str = "", side: str = "") -> list[str]:
    """Update a board's folder as `hwbs update` does, in this process."""
    path = folder.parent / "plan.md"
    path.write_text(text or path.read_text("utf-8"), "utf-8")
    opened = open_folder(folder).take_edits()
    return save_edition(opened, [path], read_edition(opened, [path], read_here([path])), side)


def edit(folder: Path, *changes: tuple[str, str], added: str = "") -> None:
    path = find_graph(folder)
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text + added, "utf-8")


def test_edits_are_kept_and_said_and_stand_in_the_next_edition_too(board: Path, hwbs: Hwbs) -> None:
    ids = list_ids(board)
    lofts = f"{THINGS}marlow-vale-2026/{ids['Insulate the lofts of 200 homes']}"
    edit(board, ('shortLabel "Energy Agency"', 'shortLabel "Energy"'), added=NOTE.format(lofts))
    edited = find_graph(board).read_text("utf-8")
    told = hwbs("update", board)
    assert told.code == 0, told.err
    assert "Kept as changed by hand: 3 statements." in told.out
    assert "Seen by the chair" in told.out
    assert find_graph(board).read_text("utf-8") == canonicalise(edited, "edited")
    patch = (board / "edits.rdfp").read_text("utf-8").splitlines()
    assert [line[0] for line in patch] == ["A", "A", "D"]
    before = snapshot(board)
    again = hwbs("update", board, "--format", "json")
    jsonschema.validate(json.loads(again.out), json.loads(read_schema("update")))
    assert (json.loads(again.out)["written"], snapshot(board)) == (False, before)
    assert hwbs("update", board).out.startswith("Nothing changed.")

    # A decision, and its undoing, leave them as they are.
    answer(board, "Planning & Building Control", "one")
    assert "Seen by the chair" in find_graph(board).read_text("utf-8")
    opened = open_folder(board)
    save_decisions(opened, [Decision(2, "2026-11-28", "an officer", UNDO, "1")])
    assert find_graph(board).read_bytes() == before[str(find_graph(board))]

    # The new edition touches neither; its own changes are in the graph beside them.
    update(board, SECOND)
    text = find_graph(board).read_text("utf-8")
    assert canonicalise(text, "merged") == text
    said = list_said(board, lofts)
    assert any("Seen by the chair" in each for each in said)
    assert any("2027-06" in each for each in said)
    assert 'shortLabel "Energy"' in text
    assert update(board) == []


def test_what_both_changed_is_asked_and_what_was_deleted_stays_deleted(board: Path) -> None:
    ids = list_ids(board)
    lofts = f"{THINGS}marlow-vale-2026/{ids['Insulate the lofts of 200 homes']}"
    (due,) = [each for each in list_said(board, lofts) if "targetDate" in each]
    value = due.split('"')[1]
    involved = f"marlow-vale-2026/involvement/{ids['Insulate the lofts of 200 homes'][7:]}-lead"
    kept = [
        f"{quad.triple} ."
        for quad in parse(find_graph(board).read_bytes(), format=RdfFormat.TURTLE)
        if involved not in str(quad.subject)
    ]
    text = "\n".join(kept).replace(due, due.replace(value, "2031"))
    find_graph(board).write_text(text, "utf-8")
    before = snapshot(board)
    with pytest.raises(
        PathError, match=r"targetDate, “2031” by hand and “2027-06” now; .*--prefer"
    ):
        update(board, SECOND)
    assert snapshot(board) == before
    with pytest.raises(PathError, match=r"hwbs update .* keeps its changes"):
        answer(board, "Planning & Building Control", "one")
    update(board, SECOND, "hand")
    (due,) = [each for each in list_said(board, lofts) if "targetDate" in each]
    assert "2031" in due
    # The lead that was deleted is printed again, in another document, and stays deleted.
    assert not list_said(board, involved)
    assert update(board) == []


def test_the_edition_may_count_and_a_thing_that_is_gone_is_asked_about(board: Path) -> None:
    edit(board, ('shortLabel "Energy Agency"', 'shortLabel "Energy"'))
    update(board)
    third = SECOND.replace("Energy Agency; ", "")
    with pytest.raises(PathError, match=r"partner:.*energy-agency \(no longer read\)"):
        update(board, third)
    update(board, third, "edition")
    assert "energy-agency" not in find_graph(board).read_text("utf-8")
    assert (board / "edits.rdfp").read_bytes() == b""
    assert update(board) == []


@pytest.mark.parametrize(
    ("added", "why"),
    [
        ("# mine\n", "the comment in line .* would be lost; make it an rdfs:comment"),
        (f'[] <{NS}timescale> "soon" .\n', "has no address; give it one"),
        ("<a> <b>", "line .*, column 1: <a> is relative"),
    ],
)
def test_edits_that_would_be_lost_are_refused_with_a_cure(
    added: str, why: str, board: Path
) -> None:
    edit(board, added=added)
    before: dict[str, Any] = snapshot(board)
    with pytest.raises(DataError, match=why):
        update(board)
    assert snapshot(board) == before
