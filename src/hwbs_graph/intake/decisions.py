"""What people decided over a board's reading: `decisions.csv`, to which rows are only added.

    number,when,who,question,answer,for,except,why,printed,cell

A question is the id of one, or one of NAME (what a spelling stands for), CERTAIN (actions that are
confirmed) and UNDO (the answer is the number of the decision that no longer counts).

Out of scope: what a decision does to the plan (`replay`).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.data.files import decode_text
from hwbs_graph.errors import DataError, PathError, UsageError
from hwbs_graph.intake.answers import parse_answer
from hwbs_graph.intake.sheet_cells import defuse, restore

DECISIONS_FILE = "decisions.csv"
COLUMNS = (
    "number", "when", "who", "question", "answer", "for", "except", "why", "printed", "cell",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NAME, CERTAIN, UNDO = "name", "certain", "undo"


class Decision(NamedTuple):
    """One decision: when (a day, as 2026-11-28) and by whom, of which question, and the answer.

    It counts for the actions of `only`, or for all, but not for those of `left_out`. `printed` and
    `cell` are the words and the place that the person saw.
    """

    number: int
    when: str
    who: str
    question: str
    answer: str
    only: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    why: str = ""
    printed: str = ""
    cell: str = ""

    def covers(self, action: str) -> bool:
        """Say whether the decision counts for an action."""
        return action not in self.left_out and (not self.only or action in self.only)

    def as_row(self) -> dict[str, str]:
        """Return the decision as a row of the file."""
        only, left_out = " ".join(self.only), " ".join(self.left_out)
        values = (str(self.number), *self[1:5], only, left_out, *self[7:])
        return dict(zip(COLUMNS, map(str, values), strict=True))


def read_decisions(folder: Path) -> list[Decision]:
    """Return all decisions of a board's folder, in order; none where there is no file.

    Raises PathError where the file cannot be read, and DataError that names the line at fault.
    """
    path = folder / DECISIONS_FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
    return parse_decisions(path, data)


def parse_decisions(path: Path, data: bytes) -> list[Decision]:
    """Return the decisions of a file's bytes. Raises as `read_decisions` does."""
    reader = csv.DictReader(io.StringIO(decode_text(path, data), newline=""))
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise _fault(path, 1, f"its columns must be {', '.join(COLUMNS)}")
        found = [_read_row(path, reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise _fault(path, reader.line_num, str(error)) from None
    for number, decision in enumerate(found, 1):
        if decision.number != number:
            why = (
                f"decision {decision.number} stands where {number} is due; put back what was there"
            )
            raise _fault(path, number + 1, why)
    return found


def _read_row(path: Path, line: int, row: dict[str, str]) -> Decision:
    if None in row or None in row.values():
        raise _fault(path, line, f"it has not {len(COLUMNS)} cells; put back what was there")
    cells = {key: restore(value) for key, value in row.items()}
    if not (cells["number"].isdecimal() and cells["question"] and _DAY.fullmatch(cells["when"])):
        why = "it has no number, no question or no day such as 2026-11-28; put back what was there"
        raise _fault(path, line, why)
    if cells["question"] not in (CERTAIN, UNDO):
        try:
            parse_answer(cells["answer"])
        except UsageError as error:
            raise _fault(path, line, str(error).rstrip(".")) from None
    number, *first, only, left_out, why, printed, cell = (cells[key] for key in COLUMNS)
    when, who, question, answer = first
    kept = tuple(only.split()), tuple(left_out.split())
    return Decision(int(number), when, who, question, answer, *kept, why, printed, cell)


def _fault(path: Path, line: int, why: str) -> DataError:
    return DataError(f"{path}, line {line}: {why}.")


def list_standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that count: none that was undone, and no undoing."""
    undone = {each.answer for each in decisions if each.question == UNDO}
    return [each for each in decisions if each.question != UNDO and str(each.number) not in undone]


def add_rows(before: bytes, decisions: Iterable[Decision]) -> bytes:
    """Return the bytes of a file with further decisions; those before stay as they are."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    if not before:
        writer.writeheader()
    for each in decisions:
        writer.writerow({key: defuse(value) for key, value in each.as_row().items()})
    added = text.getvalue().encode("utf-8" if before else "utf-8-sig")
    return before + (b"\r\n" if before and not before.endswith(b"\n") else b"") + added
