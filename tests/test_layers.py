"""Arrows only point down: no room imports a sibling or one above it, and no file is in a circle.

The table is the layout in docs/architecture.md. Imports inside functions and imports for type
checking count.
"""

import ast
from collections import Counter
from pathlib import Path

import hwbs_graph
from hwbs_graph.cli import COMMANDS

ROOT = Path(hwbs_graph.__file__).parent
#: The rooms, from the ground up.
FLOORS = (
    {"errors", "grouping", "text"},
    {"model", "extras"},
    {"data", "store"},
    {"query"},
    {"names", "checks"},
    {"network", "load", "intake"},
    {"question", "report"},
    {"write"},
    {"view"},
    {"api"},
    {"web"},
    {"cli"},
    {"__main__"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
    if path != ROOT / "__init__.py"
}


def imported(text: str) -> set[str]:
    """The modules of ours that a module's text imports, without the package's name."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides the room"
            module = node.module or ""
            inside = {f"{module}.{alias.name}" for alias in node.names}
            modules = {name for name in inside if name.removeprefix("hwbs_graph.") in FILES}
            found |= modules | ({module} if len(modules) < len(inside) else set())
    return {name.removeprefix("hwbs_graph.") for name in found if name.startswith("hwbs_graph.")}


def wrong_arrows(room: str, text: str) -> set[str]:
    """The rooms imported from the same floor or from one above."""
    rooms = {name.split(".")[0] for name in imported(text)} - {room}
    return {other for other in rooms if FLOOR[other] >= FLOOR[room]}


def circles(arrows: dict[str, set[str]]) -> set[str]:
    """The files that import themselves through others."""
    reached = {name: set(targets) for name, targets in arrows.items()}
    for middle in arrows:
        for name in arrows:
            if middle in reached[name]:
                reached[name] |= reached[middle]
    return {name for name in arrows if name in reached[name]}


def test_every_room_has_its_floor() -> None:
    assert {name.split(".")[0] for name in FILES} == set(FLOOR)
    assert len(FLOOR) <= 21


def test_a_room_imports_only_from_floors_below() -> None:
    wrong = {
        name: arrows
        for name, path in FILES.items()
        if (arrows := wrong_arrows(name.split(".")[0], path.read_text("utf-8")))
    }
    assert wrong == {}


def test_an_arrow_up_or_sideways_is_seen_even_inside_a_function() -> None:
    up = "def f():\n    from hwbs_graph.query import results\n"
    sideways = "from hwbs_graph.data.corpus import bundled_files\n"
    down = "import hwbs_graph.errors\nfrom hwbs_graph.model import vocabulary\n"
    assert wrong_arrows("store", up + sideways + down) == {"query", "data"}


def test_no_file_is_in_a_circle() -> None:
    arrows = {name: imported(path.read_text("utf-8")) & set(FILES) for name, path in FILES.items()}
    assert circles(arrows) == set()


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"b", "c"}


def test_no_two_modules_share_a_name() -> None:
    """A command's file has its command's name, so it may share one: `cli/view.py`, `view`."""
    commands = {f"cli.{command}" for command in COMMANDS}
    names = [name.rpartition(".")[2] for name in FILES if name not in commands]
    assert {name: times for name, times in Counter(names).items() if times > 1} == {}


def test_modules_and_functions_stay_small() -> None:
    lengths = []
    for path in FILES.values():
        text = path.read_text("utf-8")
        assert text.count("\n") <= 350, f"{path} has more than 350 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lengths.append((node.end_lineno or 0) - body[0].lineno + 1 if body else 0)
    lengths.sort()
    assert lengths[int(len(lengths) * 0.9)] <= 20
    assert lengths[-1] <= 40
