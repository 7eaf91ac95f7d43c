"""Reads a file and finds its plan in a process of its own, which has limits of time and memory.

Out of scope: what is read (`readers`), and how the plan is found (`plan_finding`).
"""

import gc
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.errors import HwbsError
from hwbs_graph.intake.choices import Choices
from hwbs_graph.intake.parts import Document, join_documents
from hwbs_graph.intake.plan_finding import find_plan
from hwbs_graph.intake.plan_sheet_reading import is_plan_sheet, read_plan_sheet
from hwbs_graph.intake.progress_steps import list_colours
from hwbs_graph.intake.readers import check_readable, read_document
from hwbs_graph.intake.readers.limits import PictureError, UnreadableError
from hwbs_graph.intake.reading_copy import ReadingCopy, copy_document
from hwbs_graph.intake.reading_steps import OnStep, hear_steps, ignore_step, write_step
from hwbs_graph.intake.records import Details

_SECONDS, _BYTES = 60, 1_000_000_000
_GARBAGE = 200_000
_NO_CHOICES = Choices()
_PROGRAM = "from hwbs_graph.intake.apart import serve_once; serve_once()"


class Reading(NamedTuple):
    """What was read of some files: the draft, as `--format json` writes it, and their copies.

    `glossary` maps an abbreviation to what the files say it stands for, `details` are what the
    draft has no member for, and `effects` map the id of a question to what its answer does.

    Copies before `first` are of earlier editions. `gone` are actions that only those print, each
    with the span of its copies; of those `doubted` it is asked whether they are reworded.
    `columns` map a heading to the word for its role; `changes` are those since the last edition.
    """

    draft: dict[str, Any]
    copies: list[ReadingCopy]
    glossary: dict[str, str]
    details: Details
    effects: dict[str, dict[str, Any]]
    first: int = 0
    gone: Mapping[str, tuple[int, int]] = {}
    doubted: tuple[str, ...] = ()
    columns: Mapping[str, str] = {}
    changes: Sequence[dict[str, Any]] = ()


def read_apart(
    paths: Sequence[Path], choices: Choices = _NO_CHOICES, on_step: OnStep = ignore_step
) -> Reading:
    """Return the draft of the plan in some files, and the reading copy of each.

    `on_step` hears, from a thread, how far the reading has got. Raises PathError,
    MissingExtraError, and UnreadableError, also where a limit is reached.
    """
    for path in paths:
        check_readable(path)
    # A process that is started by its program needs no folder of ours to import from.
    command = [sys.executable, "-c", _PROGRAM, json.dumps(choices), *map(str, paths)]
    try:
        # Its errors come as its answer.
        with hear_steps(on_step) as told:
            limit, pipe = 2 * _SECONDS, subprocess.PIPE
            ended = subprocess.run(command, stdout=pipe, stderr=told, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        raise _name_limit(paths[0]) from None
    if ended.returncode or not ended.stdout:
        raise _name_limit(paths[0])
    answer: dict[str, Any] = json.loads(ended.stdout)
    if "draft" in answer:
        return build_reading(answer)
    error = PictureError if answer["is_picture"] else UnreadableError
    raise error(Path(answer["path"]), answer["why"])


def _name_limit(path: Path) -> UnreadableError:
    why = f"reading it takes more than {_SECONDS} seconds or 1 GB; copy the plan into a new file"
    return UnreadableError(path, why)


def read_here(paths: Sequence[Path]) -> Reading:
    """Return what some files hold, read in this process without limits."""
    return build_reading(
        json.loads(json.dumps(_read(paths, [read_document(path) for path in paths])))
    )


def draft_here(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the draft of the plan in some files, read in this process without limits."""
    return read_here(paths).draft


def build_reading(answer: dict[str, Any]) -> Reading:
    """Return the reading of its JSON value."""
    copies = [
        ReadingCopy(name, digest, tuple((place, text) for place, text in lines))
        for name, digest, lines in answer["copies"]
    ]
    details = Details.build(answer["details"])
    gone = {key: (begin, end) for key, (begin, end) in answer.get("gone", {}).items()}
    known = (answer["draft"], copies, answer["glossary"], details, answer["effects"])
    columns = answer.get("columns", {})
    changes = answer.get("changes", [])
    return Reading(*known, answer.get("first", 0), gone, columns=columns, changes=changes)


def dump_reading(reading: Reading) -> dict[str, Any]:
    """Return a reading as the JSON value that `build_reading` takes."""
    copies = [(each.name, each.digest, each.lines) for each in reading.copies]
    return {**reading._asdict(), "copies": copies}


def _read(
    paths: Sequence[Path],
    documents: list[Document],
    choices: Choices = _NO_CHOICES,
    on_step: OnStep = ignore_step,
) -> dict[str, Any]:
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
    }


def serve_once() -> None:
    """Read the files that the arguments name, and write their draft to stdout as JSON."""
    _set_limits()
    # A long plan is many small values, and none of them is garbage before the end.
    gc.set_threshold(_GARBAGE)
    # openpyxl loads numpy wherever it is installed, which takes longer than reading a plan does.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    chosen, *named = sys.argv[1:]
    choices, paths = Choices(*json.loads(chosen)), [Path(each) for each in named]
    path = paths[0]
    try:
        documents: list[Document] = []
        for path in paths:
            write_step(f"reading {path.name}")
            documents.append(choices.select(read_document(path, choices.with_hidden), path))
        write_step("finding the plan")
        answer: dict[str, Any] = _read(paths, documents, choices, write_step)
    except HwbsError as error:
        why = str(error).removeprefix(f"Cannot read {path}: ").rstrip(".")
        answer = {"path": str(path), "why": why, "is_picture": isinstance(error, PictureError)}
    except MemoryError:
        raise
    except Exception as error:  # the next file is not worse off for a form that nobody foresaw
        why = f"its form is not foreseen ({type(error).__name__}); save it in another format"
        answer = {"path": str(path), "why": why, "is_picture": False}
    sys.stdout.write(json.dumps(answer))


def _set_limits() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the time limit of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
