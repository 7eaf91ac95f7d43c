"""Questions for what the documents state: every word of the question must stand there.

Out of scope: the other questions (`reading`).
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from hwbs_graph.question.cursor import Cursor, NotRead
from hwbs_graph.question.lexicon import (
    AMOUNTS,
    BODIES,
    COMPARATIVES,
    COMPARING,
    DENYING,
    EMPTY,
    FIGURES,
    HOW_MUCH,
    JOINING,
    LINKS,
    LITTLE,
    MEANING,
    MEASURES,
    MEMBERS,
    MOST,
    NUMBERS,
    PAIRING,
    PRINTING,
    STATED_OPENINGS,
    WANTING,
    WHY,
    YES_NO,
    is_content,
    list_nouns,
)
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.patterns import PLACE
from hwbs_graph.question.scopes import find_scope
from hwbs_graph.question.stated_kinds import COMPARED, FIGURE, REASON, STATEMENT
from hwbs_graph.question.value import WORDS, Condition, Question, join_words

#: One word alone says what is sought only where it is long.
_LONG = 8
#: So many telling words a question must have, at least.
_FOR_WHO, _FOR_OTHERS = 3, 2
#: A text that is no sentence has no more words.
_MOST_WORDS = 8
#: What “how” asks for with these, no words of a text tell.
_EXTENTS = ("long", "old", "often", "far", "big", "high", "soon", "well", "good", "bad")
_SCOPES = ("strategy", "plan", "document", "documents", "report", "record")


def read_figures(text: str, mentions: Mentions) -> list[Question]:
    """Return the questions for figures whose words hold all that are asked for. Raises NotRead.

    The first takes a plan and a place by its words, the second by what the figure is of.
    """
    cursor = Cursor(text, mentions.split(text))
    if not any(cursor.take(*words) for words in FIGURES):
        return _read_amount(text, mentions)
    whole = _mark_places(_ask(FIGURE, cursor, EMPTY | LITTLE), mentions)
    found, scope = [whole], find_scope(text, mentions)
    if scope.plans or scope.places:
        narrow = Cursor(text, scope.tokens)
        any(narrow.take(*words) for words in FIGURES)
        within = [*scope.plans, *(words for words, _ in scope.places)]
        found += _ask_within(FIGURE, narrow, EMPTY | LITTLE, within)
    numbers = [each for each in found if cursor.tokens[0].word in ("how", "number")]
    return [_leave_shares(each) for each in numbers] + found


def _read_amount(text: str, mentions: Mentions) -> list[Question]:
    """Return the question for a figure that is asked for by its noun. Raises NotRead for none.

    Figures that are held against each other are those of one measure, wherever they are told.
    """
    tokens = mentions.split(text)
    words = {token.word for token in tokens}
    pair = not words.isdisjoint(PAIRING) and not words.isdisjoint(COMPARATIVES)
    compared = pair or not words.isdisjoint(COMPARING)
    if words.isdisjoint(AMOUNTS | MEASURES) and not compared:
        raise NotRead(text)
    dropped = COMPARING | COMPARATIVES | PAIRING | {"and"} if compared else frozenset()
    cursor = Cursor(text, [token for token in tokens if token.word not in dropped])
    ignored = EMPTY | LITTLE | MEASURES | MEANING | {"how", "what", "which", ","}
    asked = _mark_places(_ask(COMPARED if compared else FIGURE, cursor, ignored), mentions)
    places = {word for area, (town, _) in mentions.places.items() for word in (area, town)}
    if len(set(asked.conditions[-1].said) - places - mentions.common) < _FOR_OTHERS:
        raise NotRead(text)  # one word alone may be of any figure
    return [asked]


def _leave_shares(question: Question) -> Question:
    """Return the question for numbers alone: a share tells “how many” where nothing else does."""
    shares = Condition(WORDS, (("per cent",),), ("per cent",), "none")
    return question._replace(conditions=(*question.conditions, shares))


def read_reasons(text: str, mentions: Mentions) -> list[Question]:
    """Return the questions for the reasons of what some words name. Raises NotRead.

    A plan tells why it wants something, and seldom why something is so.
    """
    scope = find_scope(text, mentions)
    cursor = Cursor(text, scope.tokens)
    words = {token.word for token in mentions.split(text)}
    wants = not words.isdisjoint(WANTING) or words.isdisjoint(YES_NO | DENYING)
    if not any(cursor.take(*words) for words in WHY) or not wants:
        raise cursor.fail(0)
    within = [*scope.plans, *(plans for _, plans in scope.places)]
    return [*_ask_within(REASON, cursor, EMPTY | LITTLE | WANTING, within)]


def read_statements(text: str, mentions: Mentions) -> list[Question]:
    """Return the questions for statements that hold all words of a text. Raises NotRead.

    The first takes a plan and a place by its words, the second by where the statement stands.
    One that asks for things of a kind is none; “how many” within it asks for figures. Words that
    are common say too little alone, as those of the plans' names do.
    """
    found, scope = [], find_scope(text, mentions)
    failed = NotRead(text)
    try:
        found.append(_read_statement(text, mentions.split(text), mentions, []))
    except NotRead as error:
        failed = error
    is_figure = _asks_number(scope.tokens)
    within = [words if is_figure else plans for words, plans in scope.places]
    with suppress(NotRead):
        if scope.plans or scope.places:
            within += scope.plans
            found.append(_read_statement(text, scope.tokens, mentions, within))
    if not found:
        raise failed
    return found


def _asks_number(tokens: list[Token]) -> bool:
    return any((a.word, b.word) in HOW_MUCH for a, b in pairwise(tokens))


def _read_statement(
    text: str, tokens: list[Token], mentions: Mentions, within: list[Condition]
) -> Question:
    cursor = Cursor(text, _drop_scope(tokens))
    if within:
        cursor.skip("in", "for", "at", "of", "under", "within", "on", "the", ",")
    bodies = any(cursor.take(*words) for words in BODIES)
    opened = bodies or any(cursor.take(*words) for words in STATED_OPENINGS)
    cursor.skip("the", "a", "an", "of", "all")
    measured = [each.word for each in tokens[:1]] == ["how"] and cursor.word in _EXTENTS
    if (not opened and len(cursor.tokens) > _MOST_WORDS) or measured or cursor.take_noun():
        raise cursor.fail(0)
    asked = {token.word for token in tokens}
    asks_who = bodies or not {"who", "whose", "whom", "why"}.isdisjoint(asked)
    numbers = _asks_number(tokens)
    ignored = EMPTY | LITTLE | MEANING | MEASURES | {",", "how", "what"}
    # What is done is part of what is asked: who carries something need not deliver it.
    if not asks_who and not numbers:
        ignored |= JOINING
    if any(token.word == "where" for token in tokens[:1]):
        ignored |= PRINTING
    question = _ask(FIGURE if numbers else STATEMENT, cursor, ignored)
    question = _mark_places(question, mentions)
    said = question.conditions[-1].said
    if asks_who and not MEMBERS.isdisjoint(asked):
        raise cursor.fail(0)  # a single statement is no list of members
    telling = [word for word in said if word not in mentions.common]
    least = _FOR_WHO if asks_who or within else _FOR_OTHERS
    if len(telling) < least and (within or not _is_defined(tokens, said)):
        raise cursor.fail(0)
    return _add_scope(question, within)


def _mark_places(question: Question, mentions: Mentions) -> Question:
    """Return a question whose places are found as they stand: no county is its county town."""
    known = {word for area, (town, _) in mentions.places.items() for word in (area, town)}
    words = question.conditions[-1]
    things = tuple((PLACE + word,) if word in known else (word,) for word in words.said)
    return question._replace(conditions=(*question.conditions[:-1], words._replace(things=things)))


def _add_scope(question: Question, within: list[Condition]) -> Question:
    return question._replace(conditions=tuple(join_words([*within, *question.conditions])))


def _ask_within(
    kind: str, cursor: Cursor, ignored: frozenset[str], within: list[Condition]
) -> Iterator[Question]:
    """Yield the question within a scope, unless nothing is left to find."""
    with suppress(NotRead):
        yield _add_scope(_ask(kind, cursor, ignored), within)


def _is_defined(tokens: list[Token], words: tuple[str, ...]) -> bool:
    """Say whether the meaning of one long word is asked for."""
    opening = tuple(token.word for token in tokens[:2])
    asks = opening == ("what", "is") or opening[:1] in (("explain",), ("define",))
    return asks and len(words) == 1 and len(words[0]) >= _LONG


def _drop_scope(tokens: list[Token]) -> list[Token]:
    """Return the words without “the strategy” or “this document”, which is every one of them."""
    scoped = [
        at
        for at, (one, other) in enumerate(pairwise(tokens))
        if one.word in ("the", "this") and other.word in _SCOPES
    ]
    return [token for at, token in enumerate(tokens) if at - 1 not in scoped]


def _ask(kind: str, cursor: Cursor, ignored: frozenset[str]) -> Question:
    words = list(_read_words(cursor, ignored))
    said = tuple(dict.fromkeys(word for word in words if word))
    if not said:
        raise cursor.fail(0)
    condition = Condition(WORDS, tuple((word,) for word in said), said, "all", "guessed")
    return Question("list", kind, (condition,))


def _read_words(cursor: Cursor, ignored: frozenset[str]) -> Iterator[str]:
    """Yield the words to find; those around an “and” must stand near each other.

    Raises NotRead where it joins no two words: then two things are asked.
    """
    tokens = cursor.tokens[cursor.at :]
    read = [_read_word(cursor, token, ignored) for token in tokens]
    for at, word in enumerate(read):
        if tokens[at].word in ("and", "&", "or", "vs", "versus"):
            around = [*read[at - 1 : at], *read[at + 1 : at + 2]] if at else []
            if tokens[at].word not in ("and", "&") or len(around) < 2 or not all(around):
                raise NotRead(cursor.text[tokens[at].start : tokens[at].end])
            yield " ".join(around)
        elif word:
            yield word


def _read_word(cursor: Cursor, token: Token, ignored: frozenset[str]) -> str:
    """Return a word to find, or "" for one that says nothing. Raises NotRead for one that asks."""
    if token.quoted:
        return token.word
    if token.word in ignored:
        return ""
    is_noun = ((token.word,) in list_nouns() or token.word in LINKS) and ignored >= MEANING
    is_number = token.word.isdecimal() or token.word in NUMBERS or token.word in MOST
    if is_content(token.word) or is_number or is_noun:
        return token.word
    raise NotRead(cursor.text[token.start : token.end])
