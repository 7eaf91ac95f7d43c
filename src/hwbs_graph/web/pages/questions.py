"""A question in plain English as an address: what was asked, how many, and the rows.

Out of scope: how a question is understood (`question`), and HTML (`rendering`).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from hwbs_graph.errors import HwbsError
from hwbs_graph.question import Understood
from hwbs_graph.question.asking import Asker
from hwbs_graph.question.counting import caption_answer
from hwbs_graph.question.replying import Reply
from hwbs_graph.question.value import Question
from hwbs_graph.report.marked_answers import ask_marked, mark_over
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.question_parts import (
    Chip,
    list_chips,
    list_given,
    make_address,
    rename,
)
from hwbs_graph.web.pages.question_pictures import list_pictures
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.pages.suggestions import list_labels, suggest
from hwbs_graph.write.rows import render

#: A longer text is no question.
LONGEST = 1000


class Refinement(NamedTuple):
    """A question near the one asked, how many things answer it, and its address."""

    text: str
    number: int
    link: str


class AskedQuestion(NamedTuple):
    """What a page shows of a question: the sentence, its parts, and the rows in JSON.

    `refusal` is why it was not understood, line by line, instead of an answer. `saved` is the
    name of the saved query, `names` are those to choose from by kind, `pictures` lead to the view
    of each plan, narrowed to the same.
    """

    sentence: str = ""
    chips: tuple[Chip, ...] = ()
    saved: str = ""
    rows: bytes = b""
    refusal: tuple[str, ...] = ()
    refinements: tuple[Refinement, ...] = ()
    names: Mapping[str, tuple[str, ...]] = {}
    pictures: tuple[Cell, ...] = ()


@lru_cache(maxsize=1)
def _open_asker(engine: Engine) -> Asker:
    """Return what questions are held against, once a worker: its graph never changes."""
    return Asker(engine)


def answer_question(engine: Engine, text: str) -> AskedQuestion:
    """Return the answer to a question, or why there is none."""
    asker = _open_asker(engine)
    try:
        asked = asker.ask(text)
    except HwbsError as error:
        return AskedQuestion(refusal=tuple(str(error).splitlines()))
    if isinstance(asked, Understood):
        return _show_saved(engine, asker, asked, text)
    return _show_reply(engine, asker, asked)


def save_answer(engine: Engine, text: str, format: str) -> bytes:
    """Return the rows of an answer in a format of rows. Raises HwbsError where there is none."""
    asked = _open_asker(engine).ask(text)
    if isinstance(asked, Understood):
        return render(ask_marked(engine, asked.query, asked.terms), format)
    return render(mark_over(engine, asked.rows), format)


def change_question(engine: Engine, text: str, slot: str, name: str) -> str:
    """Return the address of a question with another name in one slot."""
    return make_address(rename(_open_asker(engine), text, slot, name))


def suggest_questions(engine: Engine, text: str) -> list[str]:
    """Return questions that go on from what is typed."""
    return suggest(_open_asker(engine), engine, text)


def _show_saved(engine: Engine, asker: Asker, asked: Understood, text: str) -> AskedQuestion:
    answer = ask_marked(engine, asked.query, asked.terms)
    question = asker.read(text)
    chips = tuple(list_given(asked, text))
    return AskedQuestion(
        caption_answer(text, asked, answer),
        chips,
        asked.query.name,
        render(answer, "json") if hasattr(answer, "variables") else b"",
        refinements=_list_refinements(asker, question),
        names=_list_names(engine, chips),
        pictures=tuple(list_pictures(engine, question, answer)),
    )


def _show_reply(engine: Engine, asker: Asker, reply: Reply) -> AskedQuestion:
    answer = mark_over(engine, reply.rows)
    chips = tuple(list_chips(asker, reply.question))
    return AskedQuestion(
        reply.sentence,
        chips,
        rows=render(answer, "json") if reply.rows.size else b"",
        refinements=_list_refinements(asker, reply.question),
        names=_list_names(engine, chips),
        pictures=tuple(list_pictures(engine, reply.question, reply.rows)),
    )


def _list_refinements(asker: Asker, question: Question | None) -> tuple[Refinement, ...]:
    near = asker.refine(question) if question else ()
    return tuple(Refinement(text, number, make_address(text)) for text, number in near)


def _list_names(engine: Engine, chips: Iterable[Chip]) -> dict[str, tuple[str, ...]]:
    """Return the names that may stand in the slots of some parts, by their kind."""
    kinds = {slot.kind for chip in chips for slot in chip.slots if slot.kind}
    return {kind: list_labels(engine, kind) for kind in sorted(kinds)}
