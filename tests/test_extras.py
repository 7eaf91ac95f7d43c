"""What an extra installs is missed in one sentence, before any work."""

import re
import sys
import tomllib
from pathlib import Path

import networkx
import pytest
from support import ROOT, Hwbs

from hwbs_graph.errors import MissingExtraError
from hwbs_graph.extras import EXTRAS, has_extra, require_extra
from hwbs_graph.view import render_pdf, render_svg, render_zip

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OFFERED = PROJECT["optional-dependencies"]


def list_names(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=]", each)[0] for each in requirements]


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without what printing needs."""
    for module in ("py_mini_racer", "reportlab"):
        monkeypatch.setitem(sys.modules, module, None)


def test_the_extras_are_those_of_the_package_and_all_is_their_sum() -> None:
    assert {name: list_names(OFFERED[name]) for name in EXTRAS} == {
        name: list(libraries) for name, libraries in EXTRAS.items()
    }
    assert set(OFFERED) == {*EXTRAS, "all", "test", "dev"}
    assert OFFERED["all"] == [f"hwbs[{','.join(EXTRAS)}]"]
    assert OFFERED["test"][0] == "hwbs[all]"
    # What an extra is for is no extra if everybody gets it.
    assert not set(list_names(PROJECT["dependencies"])) & {
        library for libraries in EXTRAS.values() for library in libraries
    }


def test_each_extra_is_found_where_it_is_installed() -> None:
    assert [name for name in EXTRAS if not has_extra(name)] == []


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("option", ["pdf", "svg", "zip"])
def test_printing_without_its_extra_is_a_sentence_and_writes_nothing(
    option: str, hwbs: Hwbs, tmp_path: Path
) -> None:
    run = hwbs("view", "-o", tmp_path / "view.html", f"--{option}", tmp_path / f"view.{option}")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert " needs mini-racer and reportlab, which are not installed; run `" in run.err
    assert " -m pip install mini-racer reportlab`, or in a checkout `" in run.err
    assert run.err.endswith(" -m pip install -c constraints.txt '.[print]'`.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("render", [render_pdf, render_svg, render_zip])
def test_python_meets_the_same_sentence(render: object) -> None:
    assert callable(render)
    with pytest.raises(MissingExtraError, match="needs mini-racer and reportlab") as caught:
        render(networkx.DiGraph())
    assert caught.value.missing == ("mini-racer", "reportlab")


def test_a_backend_that_is_not_installed_is_a_sentence_too(
    hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    run = hwbs("analyse", "bridges", "--backend", "igraph")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("hwbs: --backend igraph needs igraph, which is not installed; run `")
    assert run.err.endswith(" -m pip install -c constraints.txt '.[igraph]'`.\n")


def test_half_an_extra_names_the_other_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab", None)
    with pytest.raises(MissingExtraError, match=r"^A sheet needs reportlab, which is not inst"):
        require_extra("print", "A sheet")


@pytest.mark.parametrize(
    ("executable", "found", "named"),
    [
        ("/here/bin/python", "/here/bin/python", "`python -m"),
        ("/here/bin/python", "/usr/bin/python", "`/here/bin/python -m"),
        ("/my files/python", None, '`"/my files/python" -m'),
    ],
)
def test_the_command_is_of_the_python_that_runs(
    executable: str, found: str | None, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr("shutil.which", lambda name: found)
    assert named in str(MissingExtraError("print", "A PDF", ["reportlab"]))
