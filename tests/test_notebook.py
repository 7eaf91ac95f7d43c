"""The analyst's notebook: clean as it is stored, and every cell runs and says what is true."""

import ast
import importlib.util
import json
import subprocess
import sys
from typing import Any

import pytest
from support import ROOT, required

NOTEBOOK = ROOT / "docs" / "analyst.ipynb"
#: Runs the cells of a notebook one after the other, as Jupyter would, then what is on stdin.
RUN = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    cells = json.load(file)["cells"]
shared = {"__name__": "__main__"}
for number, cell in enumerate(cells, start=1):
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), shared)
asserted, wrong = sys.stdin.read().split("---")
exec(compile(asserted, "asserted", "exec"), shared)
exec(compile(wrong, "wrong", "exec"), shared)
"""
ASSERTED = """
assert len(housing) == 16
assert "Did you mean “Housing”?" in near_miss
assert sports["counts"]["actions"] == 13
assert objectives.rows[0]["actions"] == 4
assert matrix.loc["Housing", "all"] == 16
assert matrix.loc["Housing", "Healthy Minds"] == 0
assert int(matrix["all"].sum()) == 252
assert bridges[0][0] == "Public Health"
assert picture.finding.startswith("Housing and ")
assert "data:image/svg+xml" in picture._repr_html_() and "http" not in picture._repr_html_()
assert len(picture._repr_html_()) < 100_000
assert [source["place"][-3:] for source in link["sources"]] == ["1st", "6th"]
assert len(after) and set(after["basisLabel"]) == {"curated judgement"}
assert [row["code"] for row in lost] == ["2", "3", "4", "1", "2", "3", "3"]
assert len(contradictions) == 5
assert {row["document"] for row in sources} <= {"S000", "S001", "S002", "S003", "S004"}
assert findings == []
print("all true")
---
assert len(housing) == 17
"""


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    """The cells of the notebook."""
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return found


@pytest.fixture(scope="module")
def pandas() -> None:
    """Pandas; skipped where it is absent, unless what the project promises is required."""
    if importlib.util.find_spec("pandas") is None:
        reason = "pandas is not installed, and the notebook needs it"
        if "documents" in required():
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def done(pandas: None) -> subprocess.CompletedProcess[str]:
    """The notebook run to its end, with what is true asserted, and then what is not."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", RUN, str(NOTEBOOK)],
        input=ASSERTED,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def test_the_notebook_is_stored_without_outputs(cells: list[dict[str, Any]]) -> None:
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 10
    for cell in code:
        assert (cell["outputs"], cell["execution_count"], cell["metadata"]) == ([], None, {})
    about = json.loads(NOTEBOOK.read_text("utf-8"))
    assert (about["nbformat"], about["metadata"]["kernelspec"]["name"]) == (4, "python3")
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_every_cell_is_plain_python_between_short_words(cells: list[dict[str, Any]]) -> None:
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            ast.parse(text)
            assert max(map(len, text.splitlines())) <= 100
        else:
            assert len(text) < 700


def test_every_cell_runs_and_finds_what_the_record_holds(
    done: subprocess.CompletedProcess[str],
) -> None:
    assert done.stdout.endswith("all true\n"), done.stderr
    assert "Healthy Places 2a - Deliver the Health Through Warmth Scheme" in done.stdout
    assert "S000 line 129" in done.stdout


def test_a_result_that_is_not_so_would_be_noticed(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert done.stderr.endswith('File "wrong", line 2, in <module>\nAssertionError\n')
