"""The answers that a store keeps beside its tables: those of the whole graph, which take long.

`hwbs load` writes them over the finished tables and seals them with what the tables are. Where
these are others now, since a program wrote to them, nothing is answered from here.

Out of scope: which questions are kept (`load`).
"""

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

#: The file in the folder of a store.
FILE = "ANSWERS.sqlite"
_SEAL = "seal"
#: Not WITHOUT ROWID: there, looking for a question reads the long answers it passes.
_MAKE = "CREATE TABLE answers (question TEXT PRIMARY KEY, answer BLOB)"
_FIND = "SELECT answer FROM answers WHERE question = ?"
#: How the names of the files begin, or end, that change with the statements of a store.
_STATES = ("CURRENT", "MANIFEST-")
_TABLES = (".sst", ".log")
#: Bytes of the SHA-256 that stands before each answer, so that a damaged one is left aside.
_DIGEST = 32


def write_answers(folder: Path, answers: Mapping[str, bytes]) -> None:
    """Keep answers by their questions in the folder of a store; they count once it is sealed."""
    import sqlite3
    from hashlib import sha256

    with closing(sqlite3.connect(folder / FILE)) as kept:
        kept.execute("PRAGMA journal_mode = OFF")
        kept.execute(_MAKE)
        rows = ((_name(key), sha256(answer).digest() + answer) for key, answer in answers.items())
        kept.executemany("INSERT INTO answers VALUES (?, ?)", rows)
        kept.commit()


def seal_answers(folder: Path) -> None:
    """Bind the kept answers, if there are any, to the tables of a store that is closed."""
    import sqlite3

    if (folder / FILE).is_file():
        with closing(sqlite3.connect(folder / FILE)) as kept:
            kept.execute("INSERT INTO answers VALUES (?, ?)", (_SEAL, _describe_tables(folder)))
            kept.commit()


def find_answer(folder: Path, question: str) -> bytes | None:
    """Return the kept answer, or None where there is none for the tables as they are."""
    path = folder / FILE
    if not path.is_file():
        return None
    import sqlite3
    from hashlib import sha256  # most look-ups need neither

    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as kept:
            answer = kept.execute(_FIND, (_name(question),)).fetchone()
            seal = kept.execute(_FIND, (_SEAL,)).fetchone()
    except sqlite3.DatabaseError:  # a damaged file: the tables have every answer
        return None
    if answer is None or seal is None or bytes(seal[0]) != _describe_tables(folder):
        return None
    found = bytes(answer[0])[_DIGEST:]
    return found if sha256(found).digest() == bytes(answer[0])[:_DIGEST] else None


def _name(question: str) -> str:
    from hashlib import sha256

    return sha256(question.encode()).hexdigest()


def _describe_tables(folder: Path) -> bytes:
    """Return the names and sizes of the files that change with the statements."""
    files = sorted(
        (entry.name, entry.stat().st_size)
        for entry in os.scandir(folder)
        if entry.name.startswith(_STATES) or entry.name.endswith(_TABLES)
    )
    return repr(files).encode()
