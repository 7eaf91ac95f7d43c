"""The answer to a composed question: its query, run, and said in a sentence.

Out of scope: which question a text asks (`answering`).
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from hwbs_graph.query.results import Rows, run_query
from hwbs_graph.question import echo
from hwbs_graph.question.composing import Composed, compose, variable_of
from hwbs_graph.question.facets import LAYER
from hwbs_graph.question.joins import is_linked
from hwbs_graph.question.lexicon import TOPICS
from hwbs_graph.question.patterns import PLACE, list_alike
from hwbs_graph.question.stated_kinds import CHANGE, DATED, list_stated
from hwbs_graph.question.value import JUDGED, STATED, THROUGH, WORDS, Condition, Question
from hwbs_graph.store import Engine

DATED_LABEL = f"{variable_of(DATED)}Label"
_NAME = "The composed question"


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


def answer_reading(engine: Engine, reading: Reading) -> Reply:
    """Run a question."""
    topic = _find_topic(reading.question)
    if not topic:
        rows = run_reading(engine, reading)
        sentence = _make_sentence(engine, reading.question, rows)
        return Reply(*reading, rows, sentence + _say_alike(reading.question))
    every = run_reading(engine, reading)
    settled = _settle_basis(engine, reading, topic, every)
    rows = every if settled is reading else run_reading(engine, settled)
    beside = _say_more(count_things(every) - count_things(rows), "by judgement alone")
    if topic.kind != LAYER:
        beside += _say_indirect(engine, reading.question, topic, every)
    if topic.kind == "determinant":
        beside += _say_narrower(engine, reading.question, topic, every)
    return Reply(*settled, rows, _make_sentence(engine, settled.question, rows) + beside)


def _say_alike(question: Question) -> str:
    """Return what other words were taken for those of a question."""
    told = []
    for each in question.conditions:
        for said, things in zip(each.said, each.things, strict=True) if each.kind == WORDS else ():
            places = [word.removeprefix(PLACE) for word in things if word.startswith(PLACE)]
            words = [*list_alike(said), *(word for word in places if word != said)]
            if others := " and ".join(f"“{word}”" for word in words):
                told.append(f" “{said}” finds {others} too.")
    return "".join(told)


def _find_topic(question: Question) -> Condition | None:
    """Return the one condition that asks for a topic, if it affirms a link of any basis."""
    topics = [c for c in question.conditions if c.kind in (*TOPICS, LAYER) and c.kind != WORDS]
    open_to = len(topics) == 1 and not (question.counted or question.per)
    affirmed = open_to and topics[0].mode in ("all", "any") and topics[0].link == "link"
    return topics[0] if affirmed else None


def _link_topic(question: Question, topic: Condition, link: str, kind: str = "") -> Reading:
    """Return the question with its topic linked in another way, or taken for another kind."""
    other = topic._replace(link=link, kind=kind or topic.kind)
    changed = (other if c is topic else c for c in question.conditions)
    linked = question._replace(conditions=tuple(changed))
    return Reading(linked, compose(linked))


def _settle_basis(engine: Engine, reading: Reading, topic: Condition, every: Rows) -> Reading:
    """Return the question for what is stated; where nothing is, for what a curator judged.

    What is stated and what is judged are never given as one.
    """
    for basis in (STATED, JUDGED):
        narrower = _link_topic(reading.question, topic, basis)
        number = count_things(run_reading(engine, narrower))
        if number:
            is_all = basis == STATED and number == count_things(every)
            return reading if is_all else narrower
    return reading


def _say_indirect(engine: Engine, question: Question, topic: Condition, rows: Rows) -> str:
    """Return how many more there are by what they stand under, where a topic is asked for.

    What holds only through an objective is told apart from what holds itself.
    """
    if not is_linked(question.asked, "objective"):
        return ""
    others = run_reading(engine, _link_topic(question, topic, THROUGH))
    number = len({row[0] for row in others.rows} - {row[0] for row in rows.rows})
    return _say_more(number, "through the objective alone")


def _say_narrower(engine: Engine, question: Question, topic: Condition, rows: Rows) -> str:
    """Return how many there are by narrower topics, where one is asked for that has any."""
    found = run_reading(engine, _link_topic(question, topic, "link", LAYER))
    number = len({row[0] for row in found.rows} - {row[0] for row in rows.rows})
    return _say_more(number, "by what is narrower")


def _say_more(number: int, way: str) -> str:
    return f" {number:,} more {'does so' if number == 1 else 'do so'} {way}." if number else ""


def list_things(reply: Reply) -> str:
    """Return the sentence of an answer with the things that it names, each with its code."""
    name = f"{variable_of(reply.question.asked)}Label"
    told = dict.fromkeys(
        f"{row.get('themes', '')} {row['code']}: {row.get(name, '').rstrip('.')}".strip()
        if row.get("code")
        else row.get(name, "")
        for row in reply.rows.text_rows()
    )
    listed = f": {'; '.join(told)}." if told else "."
    return f"{reply.sentence.rstrip('.')}{listed}"


def run_reading(engine: Engine, reading: Reading) -> Rows:
    rows = run_query(engine, reading.query.text, reading.query.bindings, _NAME)
    assert isinstance(rows, Rows)
    return rows


def _make_sentence(engine: Engine, question: Question, rows: Rows) -> str:
    """Return how many there are of what was asked for: “5 actions with Housing and Libraries”."""
    number = count_things(rows)
    if question.is_tally:
        return _tell_tally(engine, question, rows)
    told = echo.describe(question, number or 1)
    if question.form == "yes":
        return (
            f"Yes: {number:,} {told}."
            if number
            else f"No: there is no {echo.describe(question, 1)}."
        )
    if not number:
        return f"No {told}{_count_alone(engine, question)}."
    groups = _list_groups(rows) if question.per else _say_plans(question, rows)
    return f"{number:,} {told}{groups or _list_changes(question, rows)}."


def _list_groups(rows: Rows) -> str:
    """Return how many things stand in each group, which is a theme or a plan."""
    number = Counter(row.get("themes", "") or "no theme" for row in rows.text_rows())
    return ": " + ", ".join(f"{count:,} in {name}" for name, count in number.items())


def _list_changes(question: Question, rows: Rows) -> str:
    """Return what became of things, by the name of each change."""
    if question.asked == DATED:
        dated = (
            f"{row[DATED_LABEL]}, {'; '.join(sorted(row['dates'].split('; ')))}"
            for row in rows.text_rows()
        )
        return ": " + "; ".join(dated)
    if question.asked != CHANGE:
        return ""
    found = []
    for row in rows.text_rows():
        into = f" into “{row['toLabel']}”" if row.get("toLabel") else ""
        basis = f" ({row['basisLabel']})" if row.get("basisLabel") else ""
        found.append(f"{row.get(f'{variable_of(CHANGE)}Label', '')}{into}{basis}")
    return ": " + "; ".join(found)


def _tell_tally(engine: Engine, question: Question, rows: Rows) -> str:
    """Return how many there are in all and in each group."""
    whole = question._replace(per="", form="count")
    number = count_things(run_reading(engine, Reading(whole, compose(whole))))
    name = f"{variable_of(question.per)}Label"
    groups = rows.text_rows()
    several = len({row.get(name) for row in groups}) < len(groups)
    told = ", ".join(
        f"{row['number']} in {row.get(name, '')}"
        + f" ({row['planLabel']})" * (several and bool(row.get("planLabel")))
        for row in groups
    )
    return f"{number:,} {echo.describe(question, number)}: {told or 'none'}."


def count_things(rows: Rows) -> int:
    """Return the number of things in the first column."""
    return len({row[0] for row in rows.rows})


def _count_alone(engine: Engine, question: Question) -> str:
    """Return how many there are for each condition alone, where there are several."""
    if len(question.conditions) < 2 or question.counted:
        return ""
    return f" ({', '.join(_list_alone(engine, question))})"


def _list_alone(engine: Engine, question: Question) -> Iterator[str]:
    for each in question.conditions:
        alone = question._replace(conditions=(each,))
        number = count_things(run_reading(engine, Reading(alone, compose(alone))))
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
