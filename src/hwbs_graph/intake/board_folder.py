"""The folder of a board: the published files, their reading copies, the plan sheet and the graph.

    hwbs.yaml                      what the folder is
    documents/NAME                 the published file, byte for byte
    documents/NAME.reading.txt     its text, in which passages are counted
    plan.csv, questions.csv        what was read, and what a person must decide
    graph/KEY.ttl                  what is certain, with its passages

Out of scope: taking answers, and the next edition of a plan.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hwbs_graph.data import turtle
from hwbs_graph.data.atomic_file import write_folder
from hwbs_graph.data.files import BOARD_FILE
from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.intake.apart import Reading
from hwbs_graph.intake.draft_graph import GraphWriter
from hwbs_graph.intake.records import Details
from hwbs_graph.intake.statements import Names
from hwbs_graph.model.sheet_columns import PLAN_COLUMNS
from hwbs_graph.text import file_stem

_WELSH = re.compile(r"(?i)\b(cynllun|strategaeth|gweithredu|llesiant|bwrdd)\b")
_PLAN = ("id", *(each.key for each in PLAN_COLUMNS if each.key != "id"), "place", "state")
_QUESTIONS = ("id", "kind", "text", "printed", "values", "decides", "place")


def name_board(folder: Path, draft: dict[str, Any], title: str) -> Names:
    """Return what a board and its plan are called in addresses."""
    board = file_stem(folder.name or Path.cwd().name, "board")
    own = title or draft["plan"]["body"] or draft["plan"]["title"]
    years = (draft["plan"]["period"] or "").partition("-")[0]
    language = "cy" if _WELSH.search(draft["plan"]["title"]) else "en"
    return Names(board, own, f"{board}-{years or 'plan'}", language)


def write_board(
    folder: Path,
    paths: Sequence[Path],
    reading: Reading,
    title: str,
) -> GraphWriter:
    """Write a board's folder, which must be new or empty. Raises PathError and UsageError."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise PathError(folder, "it is there already; name a new folder", "write")
    draft, copies = reading.draft, reading.copies
    names = name_board(folder, draft, title)
    if len({path.name for path in paths}) < len(paths):
        raise UsageError("Two of the files have one name; rename one.")
    writer = GraphWriter(reading, names)
    graph = turtle.serialize(writer.write())
    files = {
        BOARD_FILE: _write_mark(names),
        f"graph/{names.plan}.ttl": graph.encode("utf-8"),
        "plan.csv": _write_rows(
            _PLAN, [_make_row(each, reading.details) for each in draft["actions"]]
        ),
        "questions.csv": _write_rows(_QUESTIONS, map(_make_question, draft["questions"])),
    }
    for path, copy in zip(paths, copies, strict=True):
        files[f"documents/{path.name}"] = path.read_bytes()
        files[f"documents/{copy.file_name}"] = copy.text.encode("utf-8")
    if folder.exists():
        folder.rmdir()
    write_folder(folder, files)
    return writer


def _write_mark(names: Names) -> bytes:
    import yaml

    values = {
        "title": names.title,
        "board": f"board/{names.board}",
        "documents": "documents",
        "graph": "graph",
    }
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False).encode("utf-8")


def _make_row(action: dict[str, Any], details: Details) -> dict[str, str]:
    row = {name: str(action[name] or "") for name in _PLAN if name in action}
    for role in ("lead", "partners"):
        row[role] = "\n".join(each["printed"] for each in action[role])
    parts = (f"{each.role}: {each.name}" for each in details.parts.get(action["id"], ()))
    updates = [each for each in action["updates"] if each["text"]]
    lists = {
        "roles": parts,
        "measure": action["measure"],
        "printed": details.printed.get(action["id"], ()),
        "update": (each["text"] for each in updates),
        "as_of": (each["as_of"] or "" for each in updates),
    }
    return row | {key: "\n".join(each).rstrip() for key, each in lists.items()} | {"state": "read"}


def _make_question(question: dict[str, Any]) -> dict[str, str]:
    return {
        name: "\n".join(value) if isinstance(value, list) else (value or "")
        for name, value in question.items()
    }


def _write_rows(columns: Sequence[str], rows: Any) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _defuse(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defuse(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "@", "\t") else value
