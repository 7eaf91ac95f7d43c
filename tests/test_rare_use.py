"""What few people do is answered in a sentence that says what to do, and by its exit code."""

import csv
import io
import sys
from pathlib import Path

import pytest
from support import DATA, SMALL, Hwbs
from test_kinds import read_data

from hwbs_graph import load

#: A plan that nothing leads to, and a partner that nothing names.
LONELY = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/hwbs/id/lonely> a hwbs:Strategy ; skos:prefLabel "Lonely strategy"@en .
<https://w3id.org/hwbs/id/lonely/theme/one> a hwbs:Theme ; skos:prefLabel "Only theme"@en ;
  hwbs:inPlan <https://w3id.org/hwbs/id/lonely> ; hwbs:printedOrder 1 .
<https://w3id.org/hwbs/id/partner/idle> a hwbs:Partner ; skos:prefLabel "Idle"@en .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small plans, and of a plan and a partner apart from them."""
    folder = tmp_path_factory.mktemp("rare")
    (folder / "lonely.ttl").write_text(LONELY, "utf-8")
    load.load(folder / "store", [*SMALL, folder / "lonely.ttl"])
    return folder / "store"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("partner", "Idle"), 1, "No action names Idle."),
        (("compare", "alpha-2030", "lonely"), 1, "nothing in them is alike either."),
        (("list", "--plan", "alpha-2030"), 2, "Name a kind of thing to list; give one of: "),
        (("view", "--partner", "Idle", "-o", "x.html"), 1, "Nothing in the plan fits this "),
        (("sparql", "ASK {}", "--output", "a\0b.json"), 2, "no file can have this name"),
    ],
    ids=str,
)
def test_what_a_graph_does_not_hold_is_a_note_or_a_refusal(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    store: Path,
    hwbs: Hwbs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs(*arguments, "--store", store)
    assert (run.code, run.err.count("\n")) == (code, 1)
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fmt", "."), "holds no .ttl file; give a Turtle file or folder."),
        (("load", "new.store"), "Name a file to load, or give --with-record"),
    ],
    ids=str,
)
def test_a_command_without_anything_to_read_says_what_to_give(
    arguments: tuple[str, ...],
    said: str,
    hwbs: Hwbs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs(*arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


def test_the_rows_of_a_thing_are_its_links(store: Path, hwbs: Hwbs) -> None:
    run = hwbs("show", "Lag every loft", "--format", "csv", "--store", store)
    rows = list(csv.DictReader(io.StringIO(run.out)))
    objective = "https://w3id.org/hwbs/id/alpha-2030/objective/warmth-1"
    assert run.code == 0
    assert objective in {value for row in rows for value in row.values()}


def test_a_terminal_is_not_filled_with_a_spreadsheet(
    store: Path, hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run = hwbs("list", "plans", "--format", "xlsx", "--store", store)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("hwbs: xlsx is not text; give a file, such as --output ")


def test_a_page_of_many_boards_is_opened_on_a_plan_that_names_the_partner(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    for number in range(5):
        text = LONELY.replace("lonely", f"board-{number}").replace("Lonely", f"Lonely {number}")
        (tmp_path / f"{number}.ttl").write_text(text, "utf-8")
    load.load(tmp_path / "store", [*tmp_path.glob("*.ttl"), DATA / "small.ttl"])
    where = ("--store", tmp_path / "store", "-o", tmp_path / "x.html")
    run = hwbs("view", "--partner", "Homes", *where)
    assert run.code == 0, run.err
    page = read_data((tmp_path / "x.html").read_text("utf-8"))
    assert page["title"] == "Alpha strategy 2030"
    theme = hwbs("view", "--theme", "Warm Homes", *where)
    assert (theme.code, theme.err.count("\n")) == (2, 1)
    assert "The graph holds many boards; name a plan to draw with --plan." in theme.err
