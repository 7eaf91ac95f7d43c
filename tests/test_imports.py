"""A look-up loads no heavy library, and importing the package does no work."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("rdflib", "networkx", "pydantic", "pyvis", "pyshacl", "jinja2", "rich", "xlsxwriter")
LOADED = (
    "import sys; from hwbs_graph.cli import main; code = main(sys.argv[1:]);"
    " print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr);"
    " sys.exit(code)"
)


def loaded_by(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [("partner", "Housing"), ("partner", "Housing", "--format", "json"), ("show", "Minds 3c")],
)
def test_a_look_up_loads_no_heavy_module(arguments: tuple[str, ...]) -> None:
    code, modules = loaded_by(*arguments)
    assert code == 0
    assert "'pyoxigraph'" in modules
    for name in HEAVY:
        assert f"'{name}'" not in modules


def test_the_listing_would_show_a_heavy_module(small_store: Path) -> None:
    _, modules = loaded_by("check", "--quiet", "--store", str(small_store))
    assert "'rdflib'" in modules
    assert "'pyshacl'" in modules


def test_importing_the_package_loads_nothing() -> None:
    text = "import sys, hwbs_graph; print('pyoxigraph' in sys.modules, 'typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_the_installed_program_ends_with_the_exit_code_of_the_contract() -> None:
    for arguments, code in ((["partner", "Housing"], 0), (["partner", "Houzing"], 1), (["x"], 2)):
        done = subprocess.run(
            [sys.executable, "-m", "hwbs_graph", *arguments], capture_output=True, check=False
        )
        assert done.returncode == code


def test_a_reader_that_goes_away_is_no_error() -> None:
    pipe = f"{sys.executable} -m hwbs_graph list actions | head -n 1"
    done = subprocess.run(pipe, shell=True, capture_output=True, text=True, check=True)
    assert done.stderr == ""
