"""`review.xlsx` of a board's folder: the open questions, and what was filled in since.

Out of scope: the answers (`review`), and how the workbook looks (`write.review_workbook`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hwbs_graph.intake.board_folder import BoardFolder
    from hwbs_graph.intake.decisions import Decision
    from hwbs_graph.intake.review_desk import By

REVIEW_FILE = "review.xlsx"


def take_list(board: "BoardFolder", by: "By") -> "list[Decision]":
    """Return the decisions that were filled into the list and not taken yet.

    Raises UsageError that names the row of an answer which its question does not take.
    """
    from hwbs_graph.intake import answer_files, review_desk

    path = board.folder / REVIEW_FILE
    if not path.is_file() or path.read_bytes() == _write(board):
        return []
    return review_desk.read_answers(board, answer_files.read_rows(path), by, str(path))


def refresh_list(board: "BoardFolder") -> None:
    """Write the list of open questions anew."""
    from hwbs_graph.data.atomic_file import write_file

    path, data = board.folder / REVIEW_FILE, _write(board)
    if not (path.is_file() and path.read_bytes() == data):
        write_file(path, data)


def keep_decisions(by: "By", board: "BoardFolder", decisions: "Sequence[Decision]") -> None:
    """Keep decisions, after those that were filled into the list meanwhile."""
    from hwbs_graph.intake.board_folder import save_decisions

    filled = take_list(board, by)
    first = len(board.decisions) + len(filled) + 1
    later = [each._replace(number=number) for number, each in enumerate(decisions, first)]
    refresh_list(save_decisions(board, [*filled, *later]))


def _write(board: "BoardFolder") -> bytes:
    from hwbs_graph.intake.review_desk import list_questions
    from hwbs_graph.write.review_workbook import write_review_workbook

    return write_review_workbook(list_questions(board))
