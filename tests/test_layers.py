"""Arrows only point down: no room imports a sibling, or one above it.

The table is the layout in CONTRIBUTING; imports inside functions and for type checking count.
"""

import ast
from pathlib import Path

import pytest

import hwbs_graph

ROOT = Path(hwbs_graph.__file__).parent
ROWS = {
    0: {
        "errors",
        "files",
        "places",
        "media",
        "vocabulary",
        "findings",
        "spreadsheet",
        "templates",
        "wording",
    },
    1: {"store", "corpus", "catalogue", "turtle"},
    2: {"answer", "names"},
    3: {
        "loading",
        "render",
        "network",
        "checks",
        "evidence",
        "briefing",
        "question",
        "measures",
        "explanation",
        "comparison",
        "listing",
    },
    4: {"view", "sheets", "exports", "protocol"},
    5: {"face", "server"},
    6: {"cli"},
    7: {"__main__"},
}
ROW = {room: row for row, rooms in ROWS.items() for room in rooms}
FILES = sorted(
    path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.name != "__init__.py"
)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(text: str) -> set[str]:
    """The rooms that a module's text imports from."""
    rooms = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides the row"
            module = node.module or ""
            names = (
                [f"{module}.{alias.name}" for alias in node.names]
                if module == "hwbs_graph"
                else [module]
            )
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("hwbs_graph.")}
    return rooms


def wrong_arrows(room: str, text: str) -> set[str]:
    """The rooms imported from the same row or from one above."""
    return {other for other in imported(text) - {room, "errors"} if ROW[other] >= ROW[room]}


def test_every_room_has_its_row() -> None:
    assert {room_of(path) for path in FILES} == set(ROW)
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_rows_below(path: Path) -> None:
    assert wrong_arrows(room_of(path), path.read_text("utf-8")) == set()


def test_an_arrow_up_or_sideways_is_seen_even_inside_a_function() -> None:
    up = "def f():\n    from hwbs_graph import answer\n"
    sideways = "from hwbs_graph.corpus import bundled\n"
    down = "import hwbs_graph.errors\nfrom hwbs_graph import vocabulary\n"
    assert wrong_arrows("store", up + sideways + down) == {"answer", "corpus"}


def test_modules_and_functions_stay_small() -> None:
    lengths = []
    for path in FILES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 300, f"{path} has more than 300 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lengths.append((node.end_lineno or 0) - body[0].lineno + 1 if body else 0)
    lengths.sort()
    assert lengths[int(len(lengths) * 0.9)] <= 20
    assert lengths[-1] <= 40
