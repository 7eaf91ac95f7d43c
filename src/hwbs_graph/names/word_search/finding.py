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
from hwbs_graph.names.word_search.word_index import build_index, open_index
from hwbs_graph.store import Engine

#: A name counts more than a sentence, and a sentence more than a passage.
_RANK = "bm25(words) * CASE field WHEN 'name' THEN 4 WHEN 'text' THEN 1.5 ELSE 1 END"
_START, _END = MARKS
_MOST_WORDS, _LONGEST = 60, 1000
_EXCERPT = 16


class Hit(NamedTuple):
    """A thing that holds the words: where, and the words around; `marks` are their places there.

    `marks` are pairs of the first character and the one after the last.
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


class Hits(NamedTuple):
    """What holds the words, the best first, and how many things do in all.

    `alone` says of each word how many things hold it, where none holds all.
    """

    found: tuple[Hit, ...]
    total: int
    alone: tuple[tuple[str, int], ...] = ()


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
    try:
        hits = _find_hits(index, " ".join(terms), kinds, plans)
        if hits or len(terms) == 1:
            return Hits(tuple(hits[:limit]), len(hits))
        alone = ((term, len(_find_hits(index, term, kinds, plans))) for term in terms)
        return Hits((), 0, tuple((term.strip('"'), number) for term, number in alone))
    finally:
        index.close()


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
    index: sqlite3.Connection, terms: str, kinds: Collection[str], plans: Collection[str]
) -> list[Hit]:
    """Return a hit for each thing: that of the text which holds the words best."""
    where, given = ["words MATCH ?"], [terms]
    for column, values in (("kind", kinds), ("plan", plans)):
        if values:
            where.append(f"{column} IN ({', '.join('?' * len(values))})")
            given += values
    rows = index.execute(
        f"SELECT iri, kind, label, plan_label, field, document, line, place, "
        f"snippet(words, 0, '{_START}', '{_END}', '…', {_EXCERPT}) "
        f"FROM words WHERE {' AND '.join(where)} ORDER BY {_RANK}, label, iri, field, line, text",
        given,
    )
    found: dict[tuple[str, int], Hit] = {}
    for row in rows:
        hit = _make_hit(row)
        line = hit.line if hit.field == "document" else 0
        found.setdefault((hit.iri, line), hit)
    return list(found.values())


def _make_hit(row: Sequence[str]) -> Hit:
    iri, kind, label, plan, field, document, line, place, marked = row
    excerpt, marks = _read_marks(" ".join(marked.split()))
    return Hit(iri, kind, label, plan, field, excerpt, marks, document, int(line), place)


def _read_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text without the signs around its found words, and the places of these words."""
    text, marks = "", []
    for plain, found in re.findall(f"([^{_START}]*)(?:{_START}([^{_END}]*){_END})?", marked):
        text += plain
        if found:
            marks.append((len(text), len(text) + len(found)))
            text += found
    return text, tuple(marks)
