"""A composed question and its answer: the one reading of a text, run, and said in a sentence.

Out of scope: the saved questions of the catalogue, which come first (`question`).
"""

from collections.abc import Iterator
from contextlib import suppress

from hwbs_graph.errors import NothingFoundError
from hwbs_graph.question import echo
from hwbs_graph.question.composing import compose
from hwbs_graph.question.cursor import NotRead
from hwbs_graph.question.dated import read_dates
from hwbs_graph.question.duties import read_duties
from hwbs_graph.question.evidence import find_stated_count, is_telling
from hwbs_graph.question.facets import PRINTED
from hwbs_graph.question.joins import find_kind
from hwbs_graph.question.lexicon import GOVERNING
from hwbs_graph.question.mending import mend_words
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.phrasing import rephrase, split_second, strip_asides
from hwbs_graph.question.query_draft import Unclear, Unlinked
from hwbs_graph.question.reading import Reader
from hwbs_graph.question.refining import list_refinements
from hwbs_graph.question.replying import (
    Reading,
    Reply,
    answer_reading,
    count_things,
    list_things,
    run_reading,
)
from hwbs_graph.question.stated_kinds import CHANGE, COMPARED, FIGURE, find_mistakable
from hwbs_graph.question.stated_words import read_figures, read_reasons, read_statements
from hwbs_graph.question.value import OWN, WORDS, Condition, Question, turn_question
from hwbs_graph.store import Engine

#: With more words than these left over, hardly anything was understood.
_MOST_LEFT = 5


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
            return read_figures(text, mentions)
        raise error


def answer_text(engine: Engine, text: str, mentions: Mentions) -> Reply:
    """Return the answer to a text that asks one thing, if need be with its typing errors mended.

    Raises NotRead, Unlinked, Unclear, and NothingFoundError with both questions where it may ask
    two.
    """
    bare = strip_asides(text)
    first, kind = split_second(bare)
    if kind:
        return _answer_both(engine, first, kind, mentions)
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


def _answer_both(engine: Engine, first: str, kind: str, mentions: Mentions) -> Reply:
    """Return the answer to a question, with that to a second one about the same in its sentence.

    Raises NotRead where the first does not ask for actions, or for partners of actions.
    """
    reply = answer_text(engine, first, mentions)
    question = turn_question(reply.question, kind)
    if question is None:
        raise NotRead(first)
    second = answer_reading(engine, Reading(question, compose(question)))
    return reply._replace(sentence=f"{reply.sentence} {list_things(second)}")


def _answer_stated(engine: Engine, text: str, mentions: Mentions) -> Reply | None:
    """Return the few statements that hold every word of a text; None for none, or for many."""
    for question in _list_stated(text, mentions):
        reply = answer_reading(engine, Reading(question, compose(question)))
        if reply.rows.size:
            return reply if is_telling(text, reply) else None
    return None


def _list_stated(text: str, mentions: Mentions) -> Iterator[Question]:
    """Yield the questions for reasons and for statements that a text may ask, in that order."""
    for read in (read_dates, read_duties, read_reasons, read_statements):
        with suppress(NotRead):
            yield from read(text, mentions)


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
    found = [each for each in worded if run_reading(engine, each).size]
    if found and found[0].question.asked in (FIGURE, COMPARED):
        found = found[:1]  # the words of a figure go before what it is of
        if not is_telling(text, answer_reading(engine, found[0])):
            raise NotRead(text)
    words = [word for each in found for c in each.question.conditions for word in c.said]
    half = len(others) == 1 and not mentions.halves.keys().isdisjoint(words)
    if len(found) == 1 and len(others) <= 1 and not half:
        reply = answer_reading(engine, found[0])
        return reply._replace(sentence=reply.sentence + _say_other(engine, others))
    if len(others) > 1 or len(found) > 1 or half:
        raise NothingFoundError(_offer_readings(engine, text, [*others, *found]))
    if not others or _is_only_other_name(others[0].question, worded, mentions):
        raise NotRead(_list_guessed(worded[0].question))
    reply = answer_reading(engine, others[0])
    if not reply.rows.size and (reply.question.asked == CHANGE or _asks_duty(text, reply)):
        # That no change is known does not say that nothing changed.
        raise NotRead(text)
    if stated := find_stated_count(engine, reply):
        raise NothingFoundError(_offer_readings(engine, text, [Reading(*reply[:2]), stated]))
    plans = _part_plans(reply, mentions)
    parted = _part_classes(engine, reply, plans, mentions) or plans
    if len(parted) == 1:
        return answer_reading(engine, parted[0])
    if parted:
        raise NothingFoundError(_offer_readings(engine, text, parted))
    return reply


def _asks_duty(text: str, reply: Reply) -> bool:
    """Say whether it is asked who carries a whole: who is no partner of actions may do so."""
    words = set(text.casefold().split())
    of_actions = any(c.kind in ("action", WORDS) for c in reply.question.conditions)
    return reply.question.asked == "partner" and not (of_actions or words.isdisjoint(GOVERNING))


def _part_classes(
    engine: Engine, reply: Reply, plans: list[Reading], mentions: Mentions
) -> list[Reading]:
    """Return the question for each class that its noun may mean, where things are of another.

    “Priorities” may be those that a plan calls life-course priorities, or so itself.
    """
    question, found = reply.question, []
    if question.form == "yes" or any(c.link == "same" for c in question.conditions):
        return []
    others = [question._replace(asked=kind) for kind in find_mistakable(question.asked)]
    for narrower in [*others, *_list_called(question, mentions)]:
        with suppress(Unlinked, Unclear):
            found.append(Reading(narrower, compose(narrower)))
    found = [each for each in found if run_reading(engine, each).size]
    is_one = any(run_reading(engine, each).size == reply.rows.size for each in found)
    whole = [] if is_one or not reply.rows.size else [Reading(question, reply.query)]
    return found and [*found, *(plans or whole)]


def _list_called(question: Question, mentions: Mentions) -> Iterator[Question]:
    """Yield the question for things of another kind that a plan calls by the noun that is asked."""
    for word in find_kind(question.asked).words:
        kind = mentions.marks.find_kind(word)
        if kind and kind != question.asked:
            words = tuple(sorted(mentions.marks.printed[word][1]))
            called = Condition(PRINTED, (words,), (word.title(),), "all", "same")
            yield question._replace(asked=kind, conditions=(*question.conditions, called))


def _part_plans(reply: Reply, mentions: Mentions) -> list[Reading]:
    """Return the question for each plan, where one name stood for several and things are of each.

    “Objectives of 2019” may be those of the strategy or of its action plan.
    """
    plans = [c for c in reply.question.conditions if c.kind == "plan" and len(c.things) == 1]
    named = plans[0].things[0] if len(plans) == 1 else ()
    labels = {row["plans"] for row in reply.rows.text_rows() if row.get("plans")}
    listed = reply.question.form != "yes" and not reply.question.per
    if not named or len(labels) < 2 or not listed or plans[0].link == OWN:
        return []
    names = {
        iri: mentions.printed[iri] for iri in mentions.plans if mentions.printed[iri] in labels
    }
    return [_narrow_plan(reply.question, plans[0], *each) for each in names.items()]


def _narrow_plan(question: Question, plan: Condition, iri: str, label: str) -> Reading:
    only = plan._replace(things=((iri,),), said=(label,), link=OWN)
    changed = tuple(only if each is plan else each for each in question.conditions)
    narrowed = question._replace(conditions=changed)
    return Reading(narrowed, compose(narrowed))


def _is_only_other_name(question: Question, worded: list[Reading], mentions: Mentions) -> bool:
    """Say whether a topic is asked for by another name, which no text of what is sought holds.

    “Dementia” is a name of the long-term conditions, and what addresses these may leave it out.
    """
    topics = [c for c in question.conditions if c.kind == "determinant" and c.mode != "none"]
    said = {word for each in worded for c in each.question.conditions for word in c.said}
    labels = {mentions.labels[iri] for c in topics for things in c.things for iri in things}
    return bool(topics and worded) and not any(said & set(label.split()) for label in labels)


def _is_guessed(question: Question) -> bool:
    """Say whether a text is taken for words to find."""
    return any(each.link == "guessed" for each in question.conditions)


def _list_guessed(question: Question) -> str:
    return " ".join(w for c in question.conditions if c.link == "guessed" for w in c.said)


def _say_other(engine: Engine, others: list[Reading]) -> str:
    """Return a sentence for what the same words mean as a name."""
    found = (answer_reading(engine, each).sentence for each in others)
    return "".join(f" As a name it means {told[0].lower()}{told[1:]}" for told in found)


def _offer_readings(engine: Engine, text: str, readings: list[Reading]) -> str:
    lines = [
        f"  {echo.speak(each.question)} ({count_things(run_reading(engine, each))})"
        for each in readings
    ]
    return f"“{text}” may ask {len(readings)} things; ask one of these:\n" + "\n".join(lines)


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
        return _tell_part(engine, readings, left, text, mentions) if left else ""
    return ""


def _tell_part(
    engine: Engine, readings: list[Reading], left: list[Token], text: str, mentions: Mentions
) -> str:
    """Return what tells of one reading that has a condition, and what it could be narrowed to.

    It is "" for any other.
    """
    if len(readings) != 1 or not readings[0].question.conditions:
        return ""
    number = count_things(run_reading(engine, readings[0]))
    ordered = sorted(left, key=lambda token: token.start)
    words = " ".join(text[token.start : token.end] for token in ordered)
    told = echo.describe(readings[0].question)
    part = f"Understood: {told} ({number:,}); not understood: “{words}”."
    further = list_refinements(engine, readings[0].question, mentions) if number else []
    return "\n  ".join([part + " What has an answer:" * bool(further), *further])
