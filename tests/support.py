"""What several test files use: a command's outcome, the small plan, what must be present."""

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from hwbs_graph.data import corpus
from hwbs_graph.query import results
from hwbs_graph.store import Embedded, Engine

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
#: An action plan of 2030, and a strategy of 2035 that follows it.
SMALL = (DATA / "small.ttl", DATA / "later.ttl", DATA / "delivery.ttl")
#: Plans of other shapes: a tracker without levels, and one with more levels and other words.
PLANS = tuple(sorted((ROOT / "tests" / "plans").glob("*.ttl")))
#: Boards as folders, each with documents and graph: themes until 2023, and a flat tracker.
BOARDS = tuple(sorted(path.parent for path in (ROOT / "examples").glob("*/hwbs.yaml")))
DOCUMENTS = ROOT.parent / "shared" / "documents"


@dataclass(frozen=True)
class Run:
    """What one command did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Hwbs = Callable[..., Run]
_INTEGERS = {"int", "integer", "long", "short", "byte", "nonNegativeInteger"}


def open_small(*extra: Path) -> Engine:
    """Open the small invented plans with the ontology and further files."""
    return Embedded(corpus.open_store(extra, base=[*corpus.vocabulary_files(), *SMALL]))


def import_plan(folder: Path, text: str) -> Path:
    """Write a plan in Markdown, import it, and return the folder of its board, Marlow Vale."""
    # Few tests import plans, and all of them read this file.
    from hwbs_graph.intake.apart import read_here
    from hwbs_graph.intake.board_folder import write_board

    plan, board = folder / "plan.md", folder / "marlow-vale"
    plan.write_text(text, "utf-8")
    write_board(board, [plan], read_here([plan]), "")
    return board


def apart(broken: Path, folder: Path) -> Path:
    """Copy files that each call their broken thing `bad`, so that each calls it by its own name."""
    for path in broken.glob("*.ttl"):
        text = re.sub(r"\bid:bad\b", f"id:{path.stem}", path.read_text("utf-8"))
        (folder / path.name).write_text(text, "utf-8")
    return folder


def required() -> Sequence[str]:
    """What HWBS_REQUIRE names: a thing named there must not be missing."""
    return os.environ.get("HWBS_REQUIRE", "").split(",")


def cell(term: results.Cell) -> object:
    """Return what of a cell must be the same everywhere."""
    if not isinstance(term, Literal):
        return str(term) if term is not None else None
    kind = term.datatype.value.rpartition("#")[2]
    text = "; ".join(sorted(term.value.split("; ")))
    return text, term.language, "integer" if kind in _INTEGERS else kind


def told(given: results.Answer) -> Counter[object]:
    """Return the rows or triples of an answer, however often each comes, in no order."""
    if isinstance(given, results.Rows):
        return Counter(tuple(cell(each) for each in row) for row in given.rows)
    assert isinstance(given, results.Triples)
    return Counter(given.triples)
