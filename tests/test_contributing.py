"""What contributors are promised: the files to touch are enough, and the rooms are true."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import DATA, ROOT

TABLE = re.findall(
    r"^\| an? (.+?) \| (.+) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M
)
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
QUERY = """\
#+ summary: Is anything invented?
#+ description: One row, whatever the graph holds.
#+ tags: tests
#+ ask: is anything invented
#+ ask: name every invention
#+ ask: tell of inventions
#+ ask: show the inventions
#+ ask: give the inventions of all
#+ ask: has anybody invented anything
SELECT ?answer WHERE { VALUES ?answer { "yes" } } ORDER BY ?answer
"""
COMMAND = '''\
"""`hwbs invented`: one line."""

from hwbs_graph.cli.options import Command


def invent() -> None:
    """Print one line."""
    print("yes")


COMMAND = Command(invent, "hwbs invented")
'''
COMMAND_TEST = """\
def test_invented(hwbs):
    assert hwbs("invented").out == "yes\\n"
"""
#: Runs a command, and tells of which rooms a function was called.
TRACE = """
import json, sys
from hwbs_graph.cli import main
rooms = set()
def note(frame, event, _):
    if event == "call" and frame.f_code.co_name != "<module>":
        rooms.add(frame.f_globals.get("__name__", ""))
sys.setprofile(note)
main(sys.argv[1:])
sys.setprofile(None)
rooms = {name.split(".")[1] for name in rooms if name.startswith("hwbs_graph.")}
print("\\n" + json.dumps(sorted(rooms)))
"""


def test_every_file_to_touch_is_there_or_has_others_like_it() -> None:
    assert {"query", "export", "command", "kind of thing", "page of the server"} < dict(
        TABLE
    ).keys()
    for what, files in TABLE:
        paths = re.findall(r"`(.+?)`", files)
        assert paths, what
        for path in paths:
            assert list(ROOT.glob(re.sub(r"<\w+>", "*", path))), f"{what}: {path}"


def test_every_file_that_a_page_names_is_there() -> None:
    roots = (ROOT, ROOT / "src" / "hwbs_graph")
    pages = ("CONTRIBUTING.md", "README.md", "docs/architecture.md")
    text = "".join((ROOT / page).read_text("utf-8") for page in pages)
    named = set(re.findall(r"`([\w.-]+/[\w./-]+\.(?:js|json|jsonld|mjs|py|rq|sh|ttl))`", text))
    assert len(named) > 10
    named.remove("web/static/editor.bundle.js")  # made where npm is
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the tests of the catalogue and of the pages read, compiled files included."""
    lacking = shutil.ignore_patterns("node_modules")
    for folder in ("src", "queries", "tests", "docs", "examples", "graph", "ontology"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=lacking)
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def run_in(checkout: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "80"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def watch(checkout: Path, *suites: str) -> "subprocess.CompletedProcess[str]":
    """Run the tests that walk over all queries, commands and pages, and those of the addition."""
    walking = "one_expected_answer or fresh or documented or no_two_wordings or every_file"
    only = ("-k", f"{walking} or invented")
    files = [f"tests/test_{suite}.py" for suite in suites]
    return run_in(checkout, "-m", "pytest", "-q", "-rfp", "-p", "no:cacheprovider", *only, *files)


def renewed(checkout: Path) -> list[str]:
    """Write the pages anew, and return the names of those that change."""
    assert run_in(checkout, "docs/generate.py").returncode == 0
    pages = [path.name for path in (ROOT / "docs").iterdir() if path.is_file()]
    old, new = ROOT / "docs", checkout / "docs"
    return [name for name in pages if (old / name).read_bytes() != (new / name).read_bytes()]


def test_a_query_and_a_command_need_their_files_and_the_tests_of_their_own(checkout: Path) -> None:
    suites = ("queries", "question", "cli", "cli_invented", "docs")
    (checkout / "queries" / "report" / "invented.rq").write_text(QUERY, "utf-8")
    (checkout / "src" / "hwbs_graph" / "cli" / "invented.py").write_text(COMMAND, "utf-8")
    (checkout / "tests" / "test_cli_invented.py").write_text(COMMAND_TEST, "utf-8")
    lacking = watch(checkout, *suites).stdout
    for name in ("one_expected_answer", "fresh", "documented"):
        assert re.search(rf"^FAILED tests/\w+\.py::\w*{name}", lacking, re.MULTILINE), lacking
    (checkout / "tests" / "answers" / "report" / "invented.csv").write_text("answer\nyes\n")
    assert sorted(renewed(checkout)) == ["cli.md", "queries.md", "void.ttl"]
    done = watch(checkout, *suites)
    assert done.returncode == 0, done.stdout
    assert "PASSED tests/test_cli_invented.py::test_invented" in done.stdout


@pytest.mark.parametrize(
    ("journey", "arguments"),
    [
        ("hwbs partner Housing", ["partner", "Housing"]),
        ('hwbs ask "which', ["ask", "which actions involve Housing?"]),
        ("hwbs view", ["view", "-o", "view.html"]),
        ("hwbs load", ["load", "store", str(DATA / "small.ttl")]),
    ],
)
def test_a_journey_passes_the_rooms_that_the_page_names(
    journey: str, arguments: list[str], tmp_path: Path
) -> None:
    told = re.search(rf"^- `{re.escape(journey)}.*?`: (.*?)(?=\n- |\Z)", ARCHITECTURE, re.M | re.S)
    assert told is not None
    named = set(re.findall(r"`(\w+)`", told[1]))
    done = subprocess.run(
        [sys.executable, "-c", TRACE, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    passed = set(json.loads(done.stdout.splitlines()[-1]))
    assert len(named) >= 4
    assert named <= passed


def test_the_page_names_a_fifth_journey_and_only_rooms_that_exist() -> None:
    assert "\n- `POST /sparql`: " in ARCHITECTURE
    rooms = {path.stem for path in (ROOT / "src" / "hwbs_graph").iterdir()}
    journeys = ARCHITECTURE.partition("## Five journeys")[2]
    assert len(re.findall(r"^- ", journeys, re.MULTILINE)) == 5
    assert set(re.findall(r"`(\w+)`", journeys)) <= rooms
