"""What was read of a file, by a process of its own that has limits of time and memory.

Out of scope: what that process does (`reading_process`).
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.intake.choices import Choices
from hwbs_graph.intake.readers import check_readable
from hwbs_graph.intake.readers.limits import PictureError, UnreadableError
from hwbs_graph.intake.reading_copy import ReadingCopy
from hwbs_graph.intake.reading_steps import OnStep, hear_steps, ignore_step
from hwbs_graph.intake.records import Details

_SECONDS = 60
_NO_CHOICES = Choices()
_PROGRAM = "from hwbs_graph.intake.reading_process import serve_once; serve_once()"


class Reading(NamedTuple):
    """What was read of some files: the draft, as `--format json` writes it, and their copies.

    `glossary` maps an abbreviation to what the files say it stands for, `details` are what the
    draft has no member for, and `effects` map the id of a question to what its answer does.

    Copies before `first` are of earlier editions. `gone` are actions that only those print, each
    with the span of its copies; of those `doubted` it is asked whether they are reworded.
    `columns` map a heading to the word for its role; `changes` are those since the last edition.
    `steps` map a folded word of progress, or a colour, to the step that a person says it means.
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
    steps: Mapping[str, str] = {}


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
    said = json.dumps([_SECONDS, *choices])
    command = [sys.executable, "-c", _PROGRAM, said, *map(str, paths)]
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
    from hwbs_graph.intake.readers import read_document
    from hwbs_graph.intake.reading_process import read_plan

    answer = read_plan(paths, [read_document(path) for path in paths])
    return build_reading(json.loads(json.dumps(answer)))


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
    first, steps = answer.get("first", 0), answer.get("steps", {})
    return Reading(*known, first, gone, columns=columns, changes=changes, steps=steps)


def dump_reading(reading: Reading) -> dict[str, Any]:
    """Return a reading as the JSON value that `build_reading` takes."""
    copies = [(each.name, each.digest, each.lines) for each in reading.copies]
    return {**reading._asdict(), "copies": copies}
