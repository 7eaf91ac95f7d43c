"""Which faults the tests would not see: one small fault at a time is put into a copy of the code.

Changes an operator, a number, a text, a condition or a statement in the rooms that every answer
passes, and runs the tests of that room. A fault that turns no test red is printed with its place:
either a test is missing, or the code does not matter. The same seed makes the same faults.

    python bench/mutation.py [--faults 40] [--seconds 1800] [--seed 1] [--wide] [ROOM ...]
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/hwbs_graph")
#: The tests of each room, the quickest first: the first that turns red ends a run.
TESTS = {
    "store": "remote dialects queries rows cells protocol api",
    "names": "names queries completion api question",
    "query": "queries rows cells names api",
}
#: What `--wide` runs as well where those see nothing.
WIDE = "competency cli load paths comparison checks kinds engines"
#: Seconds after which a run counts as red: the fault made something endless.
PATIENCE = 400.0
_LEFT_OUT = shutil.ignore_patterns(
    ".git", "node_modules", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache"
)
_SWAPPED: dict[type, type] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Fault(NamedTuple):
    """A fault: where it stands in a file, and what stands there instead of `was`."""

    path: Path
    line: int
    start: int
    end: int
    was: str
    becomes: str

    def __str__(self) -> str:
        was, becomes = (" ".join(text.split())[:60] for text in (self.was, self.becomes))
        return f"{self.path}:{self.line}: {was}  ->  {becomes}"


def list_faults(copy: Path, path: Path) -> Iterator[Fault]:
    """Yield every fault that can be put into a file of the copy, in order."""
    source = (copy / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    silent = {id(node) for node in _list_silent(tree)}
    for node in ast.walk(tree):
        if id(node) in silent or not isinstance(node, ast.expr | ast.stmt):
            continue
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        was = source[start:end].decode("utf-8")
        for becomes in _spoil(node):
            if becomes != ast.unparse(node):
                yield Fault(path, node.lineno, start, end, was, becomes)


def _list_silent(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what no test can see changed: docstrings and annotations; and f-strings."""
    for node in ast.walk(tree):
        for part in _hidden_parts(node):
            yield from ast.walk(part)


def _hidden_parts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.FunctionDef):
        arguments = [each for each in ast.walk(node.args) if isinstance(each, ast.arg)]
        hidden = [node.returns, *(each.annotation for each in arguments)]
        return [part for part in hidden if part is not None]
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if isinstance(node, ast.JoinedStr):
        return node.values  # before Python 3.12 their places are not told right
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return [node.value]
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return [node.value] if docstring else []


def _spoil(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Yield what may stand in the place of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _SWAPPED:
        yield _unparse(ast.Compare(node.left, [_SWAPPED[type(node.ops[0])]()], node.comparators))
    elif isinstance(node, ast.BoolOp):
        yield _unparse(ast.BoolOp(_SWAPPED[type(node.op)](), node.values))
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        yield _unparse(ast.BinOp(node.left, _SWAPPED[type(node.op)](), node.right))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _unparse(node.operand)
    elif isinstance(node, ast.IfExp):
        yield _unparse(ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.Constant):
        yield from _spoil_constant(node.value)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "return None"
    elif isinstance(node, ast.Raise) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield "pass"


def _spoil_constant(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int | float):
        yield repr(value + 1)
    elif isinstance(value, str | bytes):
        yield repr(value.rstrip()[:-1]) if value.strip() else "'x'"


def _unparse(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


def turns_red(copy: Path, names: str) -> bool:
    """Say whether a test fails in the copy of the checkout, or does not end."""
    files = [f"tests/test_{name}.py" for name in names.split()]
    path = os.pathsep.join(str(copy / part) for part in ("src", "tests"))
    quick = ["-x", "-q", "--numprocesses=0", "-p", "no:cacheprovider", "--no-header"]
    with subprocess.Popen(
        [sys.executable, "-B", "-m", "pytest", *quick, *files],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as run:
        try:
            return run.wait(PATIENCE) != 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, 9)
            return True


def try_fault(copy: Path, fault: Fault, tests: str, wide: bool) -> bool:
    """Put one fault into the copy, say whether the tests see it, and take it out again."""
    target = copy / fault.path
    sound = target.read_bytes()
    target.write_bytes(sound[: fault.start] + fault.becomes.encode() + sound[fault.end :])
    try:
        return turns_red(copy, tests) or (wide and turns_red(copy, WIDE))
    finally:
        target.write_bytes(sound)


def choose_faults(copy: Path, rooms: list[str], number: int, seed: int) -> list[Fault]:
    """Return so many faults of all that the rooms could have, as the seed draws them."""
    files = [path for room in rooms for path in sorted((copy / PACKAGE / room).glob("*.py"))]
    every = [fault for path in files for fault in list_faults(copy, path.relative_to(copy))]
    print(f"{len(every)} faults are possible; {min(number, len(every))} are tried.")
    return random.Random(seed).sample(every, min(number, len(every)))


def try_faults(copy: Path, faults: list[Fault], until: float, wide: bool) -> None:
    """Try faults until the time is over; print each that no test sees."""
    seen = tried = 0
    for fault in faults:
        if time.monotonic() > until:
            print("The time is over.")
            break
        tried += 1
        if try_fault(copy, fault, TESTS[fault.path.parts[2]], wide):
            seen += 1
        else:
            print(f"NOT SEEN  {fault}", flush=True)
    print(f"{seen} of {tried} faults turned a test red.")


def main() -> int:
    """Run as the module says; 2 where the tests are red without any fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"Of: {', '.join(TESTS)}.")
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wide", action="store_true", help=f"Where none sees it: {WIDE}.")
    given = parser.parse_args()
    until = time.monotonic() + given.seconds
    rooms = given.rooms or list(TESTS)
    if unknown := set(rooms) - set(TESTS):
        parser.error(f"there are no tests named for {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        for tests in [*(TESTS[room] for room in rooms), *([WIDE] if given.wide else [])]:
            if turns_red(copy, tests):
                print(f"Red without a fault: {tests}.", file=sys.stderr)
                return 2
        try_faults(copy, choose_faults(copy, rooms, given.faults, given.seed), until, given.wide)
    return 0


if __name__ == "__main__":
    sys.exit(main())
