"""The index of words: SQLite's full text search, in memory or in a file of a store.

`hwbs load` writes the file, which is opened to be read and never written to again. Words are
compared by their English stem, without case and accents.

Out of scope: what stands in the index (`entries`), and what a person types (`finding`).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

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


def build_index(entries: Iterable[Entry], path: str = ":memory:") -> sqlite3.Connection:
    """Return an index of the entries, in memory or in a new file."""
    index = sqlite3.connect(path)
    index.execute("PRAGMA journal_mode = OFF")
    index.execute(_MAKE)
    index.executemany(_FILL, entries)
    index.commit()
    return index


def write_index(engine: Engine, folder: Path) -> None:
    """Write the index of a finished store into its folder."""
    with closing(build_index(list_entries(engine), str(folder / FILE))) as index:
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.commit()


def open_index(engine: Engine) -> sqlite3.Connection:
    """Return the index of a graph: that of its store, else one made in memory."""
    folder = engine.folder if isinstance(engine, Embedded) else None
    if folder and (folder / FILE).is_file():
        return sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro&immutable=1", uri=True)
    return build_index(list_entries(engine))
