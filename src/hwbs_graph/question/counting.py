"""What a “how many” asks for: the number of things in an answer.

Out of scope: which query answers the question.
"""

import re

from pyoxigraph import Literal, NamedNode

from hwbs_graph.query.results import Answer, Rows, Triples
from hwbs_graph.question import Understood
from hwbs_graph.question.words import question_key
from hwbs_graph.text import count, heading


def count_things(question: str, answer: Answer) -> str:
    """Return the count that a “how many” asks for, or "" for any other question.

    It counts different things if the answer has a column for them. Otherwise it counts rows,
    and says so, because a row need not be one thing.
    """
    found = re.search(r"\bhow many\s+([\w-]+)", question, re.IGNORECASE)
    if not found:
        return ""
    if not isinstance(answer, Rows):
        return count(answer.size, "link") if isinstance(answer, Triples) else ""
    for index, name in enumerate(answer.variables):
        cells = [row[index] for row in answer.rows if row[index]]
        things = all(isinstance(cell, NamedNode) for cell in cells)
        if things and question_key(name) == question_key(found[1]):
            number = len(set(cells))
            noun = heading(name) if number == 1 else found[1].lower()
            within = f" in {count(answer.size, 'row')}" if answer.size != number else ""
            return f"{number} {noun}{within}"
    return "" if _holds_counts(answer) else count(answer.size, "row")


def caption_answer(text: str, understood: Understood, answer: Answer) -> str:
    """Return what was asked and how many were found, the count first where it was asked for."""
    counted = count_things(text, answer)
    named = "; ".join(f"{name}: {given}" for name, given in understood.given.items())
    asked = f"{understood.query.summary}{f' ({named})' if named else ''}"
    noun = "link" if isinstance(answer, Triples) else "row"
    return f"{counted}. {asked}" if counted else f"{asked} {count(answer.size, noun)}."


def _holds_counts(answer: Rows) -> bool:
    """Say whether an answer holds counts itself, so that its rows need none."""
    cells = (cell for row in answer.rows for cell in row if isinstance(cell, Literal))
    return any(cell.datatype.value.endswith("#integer") for cell in cells)
