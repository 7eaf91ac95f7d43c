"""What several test files use: a command's outcome, the small plan, what must be present."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded, Engine

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
#: An action plan of 2030, and a strategy of 2035 that follows it.
SMALL = (DATA / "small.ttl", DATA / "later.ttl")
#: Plans of other shapes: a tracker without levels, and one with more levels and other words.
PLANS = tuple(sorted((ROOT / "tests" / "plans").glob("*.ttl")))
DOCUMENTS = ROOT.parent / "shared" / "documents"


@dataclass(frozen=True)
class Run:
    """What one command did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Hwbs = Callable[..., Run]


def open_small(*extra: Path) -> Engine:
    """Open the small invented plans with the ontology and further files."""
    return Embedded(corpus.open_store(extra, base=[*corpus.vocabulary_files(), *SMALL]))


def apart(broken: Path, folder: Path) -> Path:
    """Copy files that each call their broken thing `bad`, so that each calls it by its own name."""
    for path in broken.glob("*.ttl"):
        text = re.sub(r"\bid:bad\b", f"id:{path.stem}", path.read_text("utf-8"))
        (folder / path.name).write_text(text, "utf-8")
    return folder


def required() -> Sequence[str]:
    """What HWBS_REQUIRE names: a thing named there must not be missing."""
    return os.environ.get("HWBS_REQUIRE", "").split(",")
