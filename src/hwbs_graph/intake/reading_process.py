"""Reads files and finds their plan, as the process that has limits of time and memory.

Out of scope: who starts it (`apart`), what is read (`readers`), and how the plan is found
(`plan_finding`).
"""

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hwbs_graph.errors import HwbsError
from hwbs_graph.intake.choices import Choices
from hwbs_graph.intake.parts import Document, join_documents
from hwbs_graph.intake.plan_finding import find_plan
from hwbs_graph.intake.plan_sheet_reading import is_plan_sheet, read_plan_sheet
from hwbs_graph.intake.progress_steps import list_colours
from hwbs_graph.intake.readers import read_document
from hwbs_graph.intake.readers.limits import PictureError
from hwbs_graph.intake.reading_copy import copy_document
from hwbs_graph.intake.reading_steps import OnStep, ignore_step, write_step

_BYTES = 1_000_000_000
_GARBAGE = 200_000
_NO_CHOICES = Choices()


def read_plan(
    paths: Sequence[Path],
    documents: list[Document],
    choices: Choices = _NO_CHOICES,
    on_step: OnStep = ignore_step,
) -> dict[str, Any]:
    """Return the plan in some documents and their reading copies, as a JSON value."""
    names = [path.name for path in paths]
    whole = join_documents(documents, names)
    is_sheet = is_plan_sheet(whole)
    found = (
        read_plan_sheet(whole, paths[0])
        if is_sheet
        else find_plan(whole, paths[0], choices, on_step)
    )
    draft = found.as_dict()
    colours = list_colours(draft)
    several = len(paths) > 1
    copies = [
        copy_document(document, path, colours, f"{path.name}: " if several else "")
        for document, path in zip(documents, paths, strict=True)
    ]
    found.details.measures.update((action.id, action.measure) for action in found.actions)
    return {
        "draft": draft,
        "copies": [(each.name, each.digest, each.lines) for each in copies],
        "glossary": found.glossary,
        "details": found.details,
        "effects": found.effects,
        "columns": found.columns,
        "steps": choices.steps,
    }


def serve_once() -> None:
    """Read the files that the arguments name, and write their draft to stdout as JSON."""
    given, *named = sys.argv[1:]
    seconds, *chosen = json.loads(given)
    _set_limits(seconds)
    # A long plan is many small values, and none of them is garbage before the end.
    gc.set_threshold(_GARBAGE)
    # openpyxl loads numpy wherever it is installed, which takes longer than reading a plan does.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    choices, paths = Choices(*chosen), [Path(each) for each in named]
    path = paths[0]
    try:
        documents: list[Document] = []
        for path in paths:
            write_step(f"reading {path.name}")
            documents.append(choices.select(read_document(path, choices.with_hidden), path))
        write_step("finding the plan")
        answer: dict[str, Any] = read_plan(paths, documents, choices, write_step)
    except HwbsError as error:
        why = str(error).removeprefix(f"Cannot read {path}: ").rstrip(".")
        answer = {"path": str(path), "why": why, "is_picture": isinstance(error, PictureError)}
    except MemoryError:
        raise
    except Exception as error:  # the next file is not worse off for a form that nobody foresaw
        why = f"its form is not foreseen ({type(error).__name__}); save it in another format"
        answer = {"path": str(path), "why": why, "is_picture": False}
    sys.stdout.write(json.dumps(answer))


def _set_limits(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the time limit of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
