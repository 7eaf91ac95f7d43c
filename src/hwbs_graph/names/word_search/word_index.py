"""The index of words: SQLite's full text search, in memory or in a file of a store.

`hwbs load` writes the file, which is opened to be read and never written to again. Words are
compared by their English stem, without case and accents.

Out of scope: what stands in the index (`entries`), and what a person types (`finding`).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from weakref import WeakKeyDictionary

from hwbs_graph.names.index import Name
from hwbs_graph.names.word_search.entries import Entry, list_entries
from hwbs_graph.store import Engine
from hwbs_graph.store.embedded import Embedded

#: The file of the index in the folder of a store.
FILE = "WORDS.sqlite"
_COLUMNS = ", ".join(f"{name} UNINDEXED" for name in Entry._fields[1:])
_MAKE = (
    f"CREATE VIRTUAL TABLE words USING fts5(text, {_COLUMNS}, "
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)
_FILL = f"INSERT INTO words VALUES ({', '.join('?' * len(Entry._fields))})"

#: The indexes of the graphs that are open.
_OPEN: WeakKeyDictionary[Engine, sqlite3.Connection] = WeakKeyDictionary()


def build_index(entries: Iterable[Entry], path: str = ":memory:") -> sqlite3.Connection:
    """Return an index of the entries, in memory or in a new file."""
    index = sqlite3.connect(path, check_same_thread=False)
    index.execute("PRAGMA journal_mode = OFF")
    index.execute(_MAKE)
    index.executemany(_FILL, entries)
    index.commit()
    return index


def write_index(engine: Engine, names: Iterable[Name], folder: Path) -> None:
    """Write the index of a finished store, of which all names are given, into its folder."""
    with closing(build_index(list_entries(engine, names), str(folder / FILE))) as index:
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.commit()


def open_index(engine: Engine) -> sqlite3.Connection:
    """Return the index of a graph, which never changes: that of its store, else one in memory."""
    if engine not in _OPEN:
        _OPEN[engine] = _find_index(engine)
    return _OPEN[engine]


def _find_index(engine: Engine) -> sqlite3.Connection:
    if path := _find_file(engine):
        address = f"{path.as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False)
    return build_index(list_entries(engine))


def is_indexed(engine: Engine) -> bool:
    """Say whether a graph is a store that has an index."""
    return _find_file(engine) is not None


def _find_file(engine: Engine) -> Path | None:
    folder = engine.folder if isinstance(engine, Embedded) else None
    path = folder / FILE if folder else None
    return path if path and path.is_file() else None
