"""Which terms, code lists and rules a store was made with, so that one made with others is told.

A question over a store that lacks what the rules now derive would find nothing, without a word.

Out of scope: damage (`store.checksums`), and stores of another program.
"""

import hashlib
from pathlib import Path

from hwbs_graph.data import bundled
from hwbs_graph.data.corpus import vocabulary_files

#: The file in the folder of a store.
FILE = "EDITION"


def find_edition() -> str:
    """Return the SHA-256 of the terms, code lists and rules that ship with this program."""
    rules = sorted((bundled.folder("ontology") / "rules").rglob("*.rq"))
    found = hashlib.sha256()
    for path in (*vocabulary_files(), *rules):
        found.update(path.read_bytes())
    return found.hexdigest()


def write_edition(folder: Path) -> None:
    """Write into the folder of a finished store what it was made with."""
    (folder / FILE).write_text(f"{find_edition()}\n", "utf-8")


def explain_edition(folder: Path) -> str | None:
    """Return what to do with a store that was made with other terms or rules, or None."""
    try:
        written = (folder / FILE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        written = ""
    if written == find_edition():
        return None
    return (
        f"{folder} was made by another version of hwbs, and some questions may find less in it "
        f"than there is; make it again: hwbs load {folder} FILE"
    )
