"""From the words a person types to what holds them, the best first.

All words must stand in one text. Words within double quotes stand there side by side. Nothing a
person types becomes part of the query language of the index: each word is quoted.

Out of scope: the index (`word_index`).
"""

import re
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.errors import UsageError
from hwbs_graph.names.word_search.entries import MARKS, list_entries, list_lines
from hwbs_graph.names.word_search.word_index import build_index, is_indexed, open_index
from hwbs_graph.query.periods import find_over
from hwbs_graph.store import Engine

#: A name counts more than a sentence, and a sentence more than a passage.
_RANK = "bm25(words) * CASE field WHEN 'name' THEN 4 WHEN 'text' THEN 1.5 ELSE 1 END"
_START, _END = MARKS
_MOST_WORDS, _LONGEST = 60, 1000
_EXCERPT = 16
#: Statements of a graph without an index of its own that are read to suggest a search.
_MOST_READ = 200_000
#: Words of a question that lead to nothing.
_FUNCTION_WORDS = """a about all also am an and any anything apart are as at be been being but by
can could did do does each either everything except for from give gives had has have how i if
in involve involved involves is it its list many me most much neither no nor not of on only or other
our over per please shared should show tell than that the their them there these they this those to
under us was we were what when where which who whom whose why will with without would you your say
says"""
_LITTLE = frozenset(_FUNCTION_WORDS.split())
#: Words that a suggested search may have.
_MOST_TRIED = 8


class Hit(NamedTuple):
    """A thing that holds the words: where, and the words around; `marks` are their places there.

    `marks` are pairs of the first character and the one after the last; `plan_over` says
    whether the period of its plan is over.
    """

    iri: str
    kind: str
    label: str
    plan: str
    field: str
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    document: str
    line: int
    place: str
    plan_over: bool


class Hits(NamedTuple):
    """What holds the words, the best first, and how many things do in all.

    `alone` says of each word how many things hold it, where none holds all.
    """

    found: tuple[Hit, ...]
    total: int
    alone: tuple[tuple[str, int], ...] = ()


class _Wanted(NamedTuple):
    """The kinds and plans that count; without any, all."""

    kinds: Collection[str] = ()
    plans: Collection[str] = ()

    @property
    def condition(self) -> str:
        """The condition of a query, with a sign for the words and for each of `values`."""
        columns = (("kind", self.kinds), ("plan", self.plans))
        narrowed = [f"{name} IN ({', '.join('?' * len(each))})" for name, each in columns if each]
        return " AND ".join(["words MATCH ?", *narrowed])

    @property
    def values(self) -> list[str]:
        """What stands for the signs of `condition`, after the words."""
        return [*self.kinds, *self.plans]


def search_words(
    engine: Engine,
    text: str,
    kinds: Collection[str] = (),
    plans: Collection[str] = (),
    limit: int = 20,
    documents: Path | None = None,
) -> Hits:
    """Return what holds all the words, of these kinds and plans; without any, of all.

    `documents` is a folder whose files are looked through too. Raises UsageError for a text
    without words or with too many, and PathError for a folder without documents.
    """
    terms = read_words(text)
    if documents:
        index = build_index([*list_entries(engine), *list_lines(engine, documents)])
    else:
        index = open_index(engine)
    wanted = _Wanted(kinds, plans)
    over = find_over(engine)
    found = _find_hits(index, " ".join(terms), wanted, limit, over)
    if found.total or len(terms) == 1:
        return found
    alone = [(term.strip('"'), _count_hits(index, term, wanted)) for term in terms]
    return Hits((), 0, tuple(alone))


class Facet(NamedTuple):
    """How many of the things that a search finds share a kind, or a plan."""

    value: str
    label: str
    total: int


def list_facets(
    engine: Engine, text: str, kinds: Collection[str] = (), plans: Collection[str] = ()
) -> tuple[list[Facet], list[Facet]]:
    """Return the kinds and the plans of what holds all the words, those of most things first.

    Kinds are counted in the plans given, and plans among the kinds given. Raises UsageError for a
    text without words or with too many.
    """
    terms, index = " ".join(read_words(text)), open_index(engine)
    by_kind = _count_by(index, terms, _Wanted(plans=plans), "kind", "kind")
    return by_kind, _count_by(index, terms, _Wanted(kinds), "plan", "plan_label")


def _count_by(
    index: sqlite3.Connection, terms: str, wanted: _Wanted, value: str, label: str
) -> list[Facet]:
    rows = index.execute(
        f"SELECT {value}, {label}, count(DISTINCT iri) AS total FROM words "
        f"WHERE {wanted.condition} AND {value} <> '' GROUP BY {value} "
        f"ORDER BY total DESC, {label}, {value}",
        [terms, *wanted.values],
    )
    return [Facet(*row) for row in rows]


def suggest_search(engine: Engine, text: str) -> tuple[str, int] | None:
    """Return the words of a text that are worth a search, and how many things hold them.

    All words if something holds them all, else the rarest, with the others that stand beside it;
    those that only make a question are left out. None where nothing holds any, or where counting
    takes long: with many boards in memory.
    """
    if not is_indexed(engine) and engine.size() > _MOST_READ:
        return None
    try:
        asked = list(dict.fromkeys(read_words(text)))
    except UsageError:
        return None
    telling = [term for term in asked if term.strip('"').casefold() not in _LITTLE]
    terms = (telling or asked)[:_MOST_TRIED]
    index = open_index(engine)
    if total := _count_hits(index, " ".join(terms), _Wanted()):
        return " ".join(term.strip('"') for term in terms), total
    alone = {term: _count_hits(index, term, _Wanted()) for term in terms}
    chosen: list[str] = []
    for term in sorted((term for term in terms if alone[term]), key=alone.__getitem__):
        if number := _count_hits(index, " ".join([*chosen, term]), _Wanted()):
            chosen.append(term)
            total = number
    words = " ".join(term.strip('"') for term in terms if term in chosen)
    return (words, total) if words else None


def read_words(text: str) -> list[str]:
    """Return the words and the phrases of a text, each quoted for the index.

    Raises UsageError where there are none, or too many.
    """
    if len(text) > _LONGEST:
        raise UsageError(f"These words are over {_LONGEST:,} characters long: give fewer.")
    terms = []
    for phrase, rest in re.findall(r'"([^"]*)"|([^"]+)', text):
        pieces = [phrase] if phrase else rest.split()
        words = (" ".join(re.findall(r"[^\W_]+", piece)) for piece in pieces)
        terms += [f'"{word}"' for word in words if word]
    if not terms:
        raise UsageError("There is no word to look for: give one, such as museum.")
    if len(terms) > _MOST_WORDS:
        raise UsageError(f"These are over {_MOST_WORDS} words: give fewer.")
    return terms


def _find_hits(
    index: sqlite3.Connection, terms: str, wanted: _Wanted, limit: int, over: Collection[str]
) -> Hits:
    """Return a hit for each thing: that of the text which holds the words best.

    The words around are asked for last, and only of what is shown: that takes longest.
    """
    rows = index.execute(
        f"SELECT rowid, iri, iif(field = 'document', line, 0) FROM words "
        f"WHERE {wanted.condition} ORDER BY {_RANK}, label, iri, field, line, text",
        [terms, *wanted.values],
    )
    best: dict[tuple[str, int], int] = {}
    for row, iri, line in rows:
        best.setdefault((iri, line), row)
    shown = [*best.values()][:limit]
    hits = (_read_hit(index, terms, row, over) for row in shown)
    return Hits(tuple(hits), len(best))


def _count_hits(index: sqlite3.Connection, terms: str, wanted: _Wanted) -> int:
    """Return how many things hold all the words."""
    (number,) = index.execute(
        f"SELECT count(DISTINCT iri || iif(field = 'document', line, '')) FROM words "
        f"WHERE {wanted.condition}",
        [terms, *wanted.values],
    ).fetchone()
    return int(number)


def _read_hit(index: sqlite3.Connection, terms: str, row: int, over: Collection[str]) -> Hit:
    """Return one text of the index as a hit, with the words around those that were found."""
    found = index.execute(
        f"SELECT iri, kind, label, plan, plan_label, field, document, line, place, "
        f"snippet(words, 0, '{_START}', '{_END}', '…', {_EXCERPT}) "
        "FROM words WHERE words MATCH ? AND rowid = ?",
        [terms, row],
    )
    return _make_hit(found.fetchone(), over)


def _make_hit(row: Sequence[str], over: Collection[str]) -> Hit:
    iri, kind, label, plan, plan_label, field, document, line, place, marked = row
    excerpt, marks = _read_marks(" ".join(marked.split()))
    said = (iri, kind, label, plan_label, field, excerpt, marks, document, int(line), place)
    return Hit(*said, plan_over=plan in over)


def _read_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text without the signs around its found words, and the places of these words."""
    text, marks = "", []
    for plain, found in re.findall(f"([^{_START}]*)(?:{_START}([^{_END}]*){_END})?", marked):
        text += plain
        if found:
            marks.append((len(text), len(text) + len(found)))
            text += found
    return text, tuple(marks)
