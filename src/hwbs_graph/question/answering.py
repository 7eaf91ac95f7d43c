"""A composed question and its answer: the one reading of a text, run, and said in a sentence.

Out of scope: the saved questions of the catalogue, which come first (`question`).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from hwbs_graph.errors import NothingFoundError
from hwbs_graph.query.results import Rows, run_query
from hwbs_graph.question import echo
from hwbs_graph.question.composing import Composed, Unclear, Unlinked, compose
from hwbs_graph.question.cursor import NotRead
from hwbs_graph.question.joins import is_linked
from hwbs_graph.question.lexicon import TOPICS
from hwbs_graph.question.mending import mend_words
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.phrasing import rephrase, strip_asides
from hwbs_graph.question.reading import Reader
from hwbs_graph.question.stated_kinds import CHANGE, STATEMENT, list_stated
from hwbs_graph.question.stated_words import read_figure, read_statement
from hwbs_graph.question.value import THROUGH, WORDS, Question
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise

_NAME = "The composed question"
#: With more words than these left over, hardly anything was understood.
_MOST_LEFT = 5
#: More statements than these are found by too common words.
_MOST_STATED = 4
#: The columns of a statement that may tell when something was.
_TELLING = (f"{STATEMENT}Label", "summary", "printedWords")


class Reading(NamedTuple):
    """A question with its query."""

    question: Question
    query: Composed


class Reply(NamedTuple):
    """A composed question, its query, the rows, and the sentence that says both."""

    question: Question
    query: Composed
    rows: Rows
    sentence: str

    @property
    def found(self) -> bool:
        """Say whether there is an answer: a yes or no always is one."""
        return self.question.form == "yes" or bool(self.rows.size)


def read_question(text: str, mentions: Mentions) -> list[Reading]:
    """Return each question that a text may ask, with its query, and no two that are the same.

    Raises NotRead for the words that are not understood, and Unclear where kinds cannot be joined
    in one way.
    """
    readings: dict[object, Reading] = {}
    unlinked: Exception | None = None
    for question in _list_questions(text, mentions):
        try:
            readings.setdefault(question.key, Reading(question, compose(question)))
        except (Unlinked, Unclear) as error:
            unlinked = error
    if unlinked and not readings:
        raise unlinked
    return list(readings.values())


def _list_questions(text: str, mentions: Mentions) -> list[Question]:
    """Return what a text may ask; where it is not understood otherwise, a figure."""
    try:
        return Reader(text, mentions.read(text), mentions).read()
    except NotRead as error:
        with suppress(NotRead):
            return [read_figure(text, mentions.split(text))]
        raise error


def answer_text(engine: Engine, text: str, mentions: Mentions) -> Reply:
    """Return the answer to a text that asks one thing, if need be with its typing errors mended.

    Raises NotRead, Unlinked, Unclear, and NothingFoundError with both questions where it may ask
    two.
    """
    bare = strip_asides(text)
    try:
        return _answer_mended(engine, bare, mentions)
    except (NotRead, Unlinked):
        rephrased = rephrase(bare)
        with suppress(NotRead, Unlinked):
            if rephrased:
                return _answer_mended(engine, rephrased, mentions)
        if reply := _answer_stated(engine, bare, mentions):
            return reply
        raise


def _answer_stated(engine: Engine, text: str, mentions: Mentions) -> Reply | None:
    """Return the few statements that hold every word of a text; None for none, or for many."""
    try:
        question = read_statement(text, mentions.split(text), mentions.common)
    except NotRead:
        return None
    reply = answer_reading(engine, Reading(question, compose(question)))
    is_few = 0 < reply.rows.size <= _MOST_STATED
    told = [
        cell for row in reply.rows.text_rows() for name, cell in row.items() if name in _TELLING
    ]
    is_dated = not re.match(r"(?i)when\b", text) or re.search(r"\d", " ".join(told))
    return reply if is_few and is_dated else None


def _answer_mended(engine: Engine, text: str, mentions: Mentions) -> Reply:
    """Return the answer to a text, if need be with its typing errors mended, which is said."""
    try:
        return _answer_typed(engine, text, mentions)
    except NotRead:
        mended, told = mend_words(text, mentions.read(text))
        if not told:
            raise
        reply = _answer_typed(engine, mended, mentions)
        return reply._replace(sentence=f"{reply.sentence} {told}")


def _answer_typed(engine: Engine, text: str, mentions: Mentions) -> Reply:
    """Return the answer to a text as it is typed; raises what `answer_text` raises."""
    readings = read_question(text, mentions)
    worded = [each for each in readings if _is_guessed(each.question)]
    others = [each for each in readings if each not in worded]
    found = [each for each in worded if _run(engine, each).size]
    if len(found) == 1 and len(others) <= 1:
        reply = answer_reading(engine, found[0])
        return reply._replace(sentence=reply.sentence + _say_other(engine, others))
    if len(others) > 1 or len(found) > 1:
        raise NothingFoundError(_offer_readings(engine, text, [*others, *found]))
    if not others:
        raise NotRead(_list_guessed(worded[0].question))
    reply = answer_reading(engine, others[0])
    if reply.question.asked == CHANGE and not reply.rows.size:
        raise NotRead(text)  # that no change is known does not say that nothing changed
    return reply


def _is_guessed(question: Question) -> bool:
    """Say whether a text is taken for words to find."""
    return any(each.link == "guessed" for each in question.conditions)


def _list_guessed(question: Question) -> str:
    return " ".join(w for c in question.conditions if c.link == "guessed" for w in c.said)


def _say_other(engine: Engine, others: list[Reading]) -> str:
    """Return a sentence for what the same words mean as a name."""
    told = []
    for each in others:
        number = _count_things(_run(engine, each))
        told.append(f" As a name it means {number:,} {echo.describe(each.question, number)}.")
    return "".join(told)


def answer_reading(engine: Engine, reading: Reading) -> Reply:
    """Run a question."""
    rows = _run(engine, reading)
    sentence = _make_sentence(engine, reading.question, rows)
    return Reply(*reading, rows, sentence + _say_indirect(engine, reading.question, rows))


def _say_indirect(engine: Engine, question: Question, rows: Rows) -> str:
    """Return how many more there are by what they stand under, where a topic is asked for.

    What holds only through an objective is told apart from what holds itself.
    """
    topics = [c for c in question.conditions if c.kind in TOPICS and c.kind != WORDS]
    open_to = is_linked(question.asked, "objective") and not (question.counted or question.per)
    if not open_to or len(topics) != 1 or topics[0].mode not in ("all", "any"):
        return ""
    changed = (c._replace(link=THROUGH) if c is topics[0] else c for c in question.conditions)
    through = question._replace(conditions=tuple(changed))
    others = _run(engine, Reading(through, compose(through)))
    number = len({row[0] for row in others.rows} - {row[0] for row in rows.rows})
    verb = "does so" if number == 1 else "do so"
    return f" {number:,} more {verb} through the objective alone." if number else ""


def _run(engine: Engine, reading: Reading) -> Rows:
    rows = run_query(engine, reading.query.text, reading.query.bindings, _NAME)
    assert isinstance(rows, Rows)
    return rows


def _offer_readings(engine: Engine, text: str, readings: list[Reading]) -> str:
    lines = [
        f"  {echo.speak(each.question)} ({_count_things(_run(engine, each))})" for each in readings
    ]
    return f"“{text}” may ask {len(readings)} things; ask one of these:\n" + "\n".join(lines)


def _make_sentence(engine: Engine, question: Question, rows: Rows) -> str:
    """Return how many there are of what was asked for: “5 actions with Housing and Libraries”."""
    number = _count_things(rows)
    if question.per:
        return f"{capitalise(echo.describe(question))}: {_count_groups(question, number)}"
    told = echo.describe(question, number or 1)
    if question.form == "yes":
        return (
            f"Yes: {number:,} {told}."
            if number
            else f"No: there is no {echo.describe(question, 1)}."
        )
    if not number:
        return f"No {told}{_count_alone(engine, question)}."
    return f"{number:,} {told}{_say_plans(question, rows)}."


def _count_things(rows: Rows) -> int:
    """Return the number of things in the first column."""
    return len({row[0] for row in rows.rows})


def _count_groups(question: Question, number: int) -> str:
    return f"{number:,} rows" if number != 1 else "1 row"


def _count_alone(engine: Engine, question: Question) -> str:
    """Return how many there are for each condition alone, where there are several."""
    if len(question.conditions) < 2 or question.counted:
        return ""
    return f" ({', '.join(_list_alone(engine, question))})"


def _list_alone(engine: Engine, question: Question) -> Iterator[str]:
    for each in question.conditions:
        alone = question._replace(conditions=(each,))
        number = _count_things(_run(engine, Reading(alone, compose(alone))))
        yield f"{number:,} {echo.describe(alone, number)}"


def _say_plans(question: Question, rows: Rows) -> str:
    """Return how many are of each plan, where there are several, or “in any plan”."""
    if question.asked in ("plan", *list_stated()):
        return ""
    plans: dict[str, int] = {}
    for row in rows.text_rows():
        if label := row.get("plans", ""):
            plans[label] = plans.get(label, 0) + 1
    if len(plans) < 2:
        return "" if any(c.kind == "plan" for c in question.conditions) else ", in any plan"
    return ": " + ", ".join(f"{number:,} of {label}" for label, number in plans.items())


def describe_part(engine: Engine, text: str, mentions: Mentions) -> str:
    """Return what of a text was understood, with its count, and the words that were not, or ""."""
    text = strip_asides(text)
    tokens, left = mentions.read(text), []
    for _ in range(_MOST_LEFT):
        try:
            questions = Reader(text, tokens, mentions).read()
            readings = [Reading(each, compose(each)) for each in questions]
        except NotRead as error:
            wrong = [token for token in tokens if text[token.start : token.end] == error.left]
            if not wrong:
                return ""
            left.append(wrong[0])
            tokens = [token for token in tokens if token is not wrong[0]]
            continue
        except (Unlinked, Unclear):
            return ""
        return _tell_part(engine, readings, left, text) if left else ""
    return ""


def _tell_part(engine: Engine, readings: list[Reading], left: list[Token], text: str) -> str:
    """Return the sentence for one reading that has a condition, "" for any other."""
    if len(readings) != 1 or not readings[0].question.conditions:
        return ""
    number = _count_things(_run(engine, readings[0]))
    ordered = sorted(left, key=lambda token: token.start)
    words = " ".join(text[token.start : token.end] for token in ordered)
    told = echo.describe(readings[0].question)
    return f"Understood: {told} ({number:,}); not understood: “{words}”."
