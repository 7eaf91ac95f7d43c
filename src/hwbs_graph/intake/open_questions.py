"""The questions that nobody has answered yet, as warnings of a check.

Out of scope: answering them (`review_desk`).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from hwbs_graph.checks.findings import Finding
from hwbs_graph.intake.board_folder import READING_FILE, open_folder
from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.text import count


def find_open_questions(paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield a warning for each open question of the boards among some paths."""
    for path in paths:
        if (path / READING_FILE).is_file():
            board = open_folder(path)
            for question in board.decide().open_questions:
                decides = count(len(question["left"] or question["decides"]), "action")
                key = question["id"].partition("/")[2]
                cure = f"hwbs review {path} --answer {key}=..."
                yield Finding(
                    "warning",
                    "open question",
                    f"{THINGS}{board.names.plan}",
                    board.names.plan,
                    f"{question['text']} It decides {decides}: {cure}",
                    f"{path}, {question['place'] or 'the whole plan'}",
                )
