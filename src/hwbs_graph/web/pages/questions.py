"""A question in plain English as an address: what was asked, how many, and the rows.

Out of scope: how a question is understood (`question`), and HTML (`rendering`).
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from hwbs_graph.errors import HwbsError
from hwbs_graph.question import Understood, echo
from hwbs_graph.question.asking import Asker
from hwbs_graph.question.counting import caption_answer
from hwbs_graph.question.replying import Reply
from hwbs_graph.question.value import Question
from hwbs_graph.report.marked_answers import ask_marked, mark_over
from hwbs_graph.store import Engine
from hwbs_graph.write.rows import render

#: A longer text is no question.
LONGEST = 1000


class Chip(NamedTuple):
    """A part of a composed question, and the address of the question without it, or ""."""

    text: str
    without: str


class AskedQuestion(NamedTuple):
    """What a page shows of a question: the sentence, its parts, and the rows in JSON.

    `refusal` is why it was not understood, line by line, instead of an answer. `saved` is the
    name of the saved query.
    """

    sentence: str = ""
    chips: tuple[Chip, ...] = ()
    saved: str = ""
    rows: bytes = b""
    refusal: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _open_asker(engine: Engine) -> Asker:
    """Return what questions are held against, once a worker: its graph never changes."""
    return Asker(engine)


def answer_question(engine: Engine, text: str) -> AskedQuestion:
    """Return the answer to a question, or why there is none."""
    try:
        asked = _open_asker(engine).ask(text)
    except HwbsError as error:
        return AskedQuestion(refusal=tuple(str(error).splitlines()))
    if isinstance(asked, Understood):
        answer = ask_marked(engine, asked.query, asked.terms)
        sentence = caption_answer(text, asked, answer)
        rows = render(answer, "json") if hasattr(answer, "variables") else b""
        return AskedQuestion(sentence, (), asked.query.name, rows)
    return _show_reply(engine, asked)


def save_answer(engine: Engine, text: str, format: str) -> bytes:
    """Return the rows of an answer in a format of rows. Raises HwbsError where there is none."""
    asked = _open_asker(engine).ask(text)
    if isinstance(asked, Understood):
        return render(ask_marked(engine, asked.query, asked.terms), format)
    return render(mark_over(engine, asked.rows), format)


def _show_reply(engine: Engine, reply: Reply) -> AskedQuestion:
    answer = mark_over(engine, reply.rows)
    rows = render(answer, "json") if reply.rows.size else b""
    return AskedQuestion(reply.sentence, tuple(_list_chips(reply.question)), "", rows)


def _list_chips(question: Question) -> list[Chip]:
    """Return each condition with the address of the same question without it."""
    found = []
    for each in question.conditions:
        others = tuple(other for other in question.conditions if other is not each)
        without = question._replace(conditions=others)
        kept = bool(others or question.counted or question.per)
        found.append(Chip(echo.describe_condition(each), make_address(without) if kept else ""))
    return found


def make_address(question: Question) -> str:
    """Return the address at which a composed question is answered."""
    return f"/ask?{urlencode({'q': echo.speak(question)})}"
