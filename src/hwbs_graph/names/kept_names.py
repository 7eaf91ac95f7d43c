"""The names that a store keeps beside its tables: which of them are like what a person typed.

An engine takes seconds to list the names of many boards; a file that `hwbs load` writes takes
hundredths of one. It is opened to be read, and never written to again.

Out of scope: what a person means by a name (`names`), and words within texts (`word_search`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from hwbs_graph.data import bundled
from hwbs_graph.names.index import Name, Thing, normalise
from hwbs_graph.store import Engine
from hwbs_graph.store.embedded import Embedded

if TYPE_CHECKING:
    import sqlite3  # most look-ups find a name, and need no file of names

#: The file in the folder of a store.
FILE = "NAMES.sqlite"
#: A name that is less like another, of 100, is not suggested.
LEAST = 60
#: A name of which all words stand in another, longer one is so much like it.
_WITHIN = 95
#: Words that initials leave out.
LITTLE = ("the", "and", "of", "for", "in", "to")
#: More names than these are never suggested for one.
_MOST = 100
#: Answers that are remembered of an open store.
_REMEMBERED = 8
_ANSWERS: "WeakKeyDictionary[Engine, dict[tuple[str, ...], list[Name]]]" = WeakKeyDictionary()
_MAKE = """
CREATE TABLE names (form TEXT, text TEXT, iri TEXT, kind TEXT, label TEXT, possible INT);
CREATE INDEX by_form ON names (form, kind);
CREATE INDEX by_kind ON names (kind, form);
"""


def write_names(names: Iterable[Name], folder: Path) -> None:
    """Write the names of a finished store, with their normalised forms, into its folder."""
    import sqlite3

    with closing(sqlite3.connect(folder / FILE)) as kept:
        kept.execute("PRAGMA journal_mode = OFF")
        kept.executescript(_MAKE)
        kept.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", map(_row, names))
        kept.commit()


def _row(name: Name) -> tuple[str, str, str, str, str, bool]:
    iri, kind, label = name.thing
    return normalise(name.text), name.text, iri, kind, label, name.possible


def find_near(engine: Engine, kinds: Collection[str], wanted: str) -> list[Name] | None:
    """Return the names nearest to a normalised one, and all that are equal to it.

    They come in the order of `list_names`; None where the graph is no store that keeps them.
    """
    key = ("near", wanted, *kinds)
    return _ask_once(engine, key, lambda kept: _list_near(kept, kinds, wanted))


def find_alike(engine: Engine, wanted: str) -> list[Name] | None:
    """Return the names that may be a normalised one in other words: its plural, its initials.

    They begin with its letter, with a little word or with a sign, or hold it. In the order of
    `list_names`; None where the graph is no store that keeps them.
    """
    letter = re.search(r"\w", wanted.removeprefix("the "))
    if letter is None:
        return None
    little = " OR ".join(f"form LIKE '{word} %'" for word in LITTLE)
    asked = (
        "SELECT * FROM names WHERE substr(form, 1, 1) = ? OR instr(form, ?) OR "
        f"substr(form, 1, 1) NOT GLOB '[a-z0-9]' OR {little} ORDER BY rowid"
    )
    given = [letter[0], wanted.replace(".", "")]
    key = ("alike", wanted)
    return _ask_once(engine, key, lambda kept: _make_names(kept.execute(asked, given)))


def _ask_once(
    engine: Engine, key: tuple[str, ...], ask: "Callable[[sqlite3.Connection], Iterable[Name]]"
) -> list[Name] | None:
    """Return what is asked, of which the last answers are remembered: no open store changes.

    Several rules seek a name that nothing carries, and each would read all names.
    """
    answers = _ANSWERS.setdefault(engine, {})
    found = answers.get(key)
    if found is None and (found := _ask_kept(engine, ask)) is not None:
        if len(answers) >= _REMEMBERED:
            answers.clear()
        answers[key] = found
    return None if found is None else [*found]


def _ask_kept(
    engine: Engine, ask: "Callable[[sqlite3.Connection], Iterable[Name]]"
) -> list[Name] | None:
    """Return what is asked of the names that a store keeps, or None where it keeps none."""
    import sqlite3

    path = engine.folder / FILE if isinstance(engine, Embedded) and engine.folder else None
    if path is None or not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as kept:
            return [*ask(kept)]
    except sqlite3.DatabaseError:  # a damaged file: the store itself has every name
        return None


def _list_near(kept: "sqlite3.Connection", kinds: Collection[str], wanted: str) -> Iterator[Name]:
    rows = [*_list_equal(kept, kinds, wanted), *_list_like(kept, kinds, wanted)]
    chosen = f"SELECT * FROM names WHERE rowid IN ({', '.join('?' * len(rows))}) ORDER BY rowid"
    yield from _make_names(kept.execute(chosen, rows))


def _make_names(rows: Iterable[tuple[str, str, str, str, str, int]]) -> Iterator[Name]:
    for _, text, iri, kind, label, possible in rows:
        yield Name(text, Thing(iri, kind, label), bool(possible))


def _list_equal(kept: "sqlite3.Connection", kinds: Collection[str], wanted: str) -> list[int]:
    """Return the rows whose form is a name."""
    asked = f"SELECT rowid FROM names WHERE form = ? AND kind IN ({', '.join('?' * len(kinds))})"
    return [row for (row,) in kept.execute(asked, [wanted, *kinds])]


def _list_like(kept: "sqlite3.Connection", kinds: Collection[str], wanted: str) -> list[int]:
    """Return the rows whose form is nearest to a name."""
    named = [kind for kind in kinds if kind not in list_sentences()]
    asked = f"SELECT rowid, form FROM names WHERE kind IN ({', '.join('?' * len(named))})"
    rows = kept.execute(asked, named).fetchall()
    near = _score_forms(wanted, [form for _, form in rows])
    best = nsmallest(_MOST, near, key=lambda at: (-near[at], rows[at][1], at))
    return [rows[at][0] for at in best]


def list_sentences() -> set[str]:
    """Return the kinds whose labels are sentences, which would crowd out a name that was meant."""
    return {kind.name for kind in bundled.registry().kinds if kind.long_named}


def _score_forms(wanted: str, forms: list[str]) -> dict[int, float]:
    """Return the likeness of the forms that are like a name, by their places in the list."""
    from rapidfuzz import fuzz, process

    scores: dict[int, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for _, score, at in process.extract_iter(wanted, forms, scorer=scorer, score_cutoff=LEAST):
            scores[at] = max(score, scores.get(at, 0))
    return scores | dict.fromkeys(_find_longer(wanted, forms), _WITHIN)


def _find_longer(wanted: str, forms: Iterable[str]) -> Iterator[int]:
    """Yield the places of the forms in which all words of a name stand."""
    words = set(wanted.split())
    longest = max(words, key=len, default="")
    for at, form in enumerate(forms):
        if longest in form and _holds_words(form, words):
            yield at


def _holds_words(form: str, words: set[str]) -> bool:
    return bool(words) and words <= set(re.findall(r"[\w']+", form))


def measure_likeness(wanted: str, form: str) -> float:
    """Return 0 to 100: whole words of a longer name count most, then letters, in any order."""
    from rapidfuzz import fuzz

    if _holds_words(form, set(wanted.split())):
        return _WITHIN
    return max(fuzz.ratio(wanted, form), fuzz.token_sort_ratio(wanted, form))
