"""The open questions of a board as a workbook to fill in, in Excel or the like.

Out of scope: which questions there are, and reading the answers back (`intake`).
"""

from collections.abc import Mapping, Sequence

from hwbs_graph.grouping import Row
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

#: The columns with their widths; what a person fills in comes first after the question.
_WIDTHS = {
    "question": 46, "printed": 34, "candidates": 30, "answer": 30, "takes": 26, "actions": 46,
    "except": 14, "only": 14, "who": 16, "why": 24, "place": 20, "decides": 8, "kind": 8,
    "state": 10, "id": 12,
}  # fmt: skip
_STEPS = (
    "Fill in “answer” of each row that you can decide, and save. Leave the others empty.",
    "yes: as it is read. no: none of it, or no body. one: the cell is one body. split: several.",
    "Names stand one a line (Alt+Enter) or between semicolons. PRINTED = BODY says what printed"
    " words stand for; “lead: NAME” says that a body leads.",
    "ask later: the question stays. One answer counts for all actions of the row; “except” leaves"
    " out those whose code or id stands there, “only” names those that it counts for.",
    "who and why are kept with the answer.",
    "Then: hwbs review FOLDER. It takes each answer once.",
)


def write_review_workbook(questions: Sequence[Row]) -> bytes:
    """Return the bytes of the workbook; the same questions give the same bytes."""
    rows = [[each[name] for name in _WIDTHS] for each in questions]
    steps: Mapping[str, int] = {"How to": 100}
    return write_workbook(
        [
            WorkbookSheet("Questions", _WIDTHS, rows, frozen=1, is_form=True),
            WorkbookSheet("How to", steps, [[step] for step in _STEPS]),
        ],
        "Open questions",
    )
