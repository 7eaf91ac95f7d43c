"""Checksums of a store's tables: damage is seen before it can give a wrong answer.

The engine checks a block only when it reads it, and then goes on: over a damaged block a count
never ends, and a graph comes short. So `hwbs load` writes down what each table holds.

Out of scope: the other files of a store, which the engine checks as it opens.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: The file in the folder of a store.
FILE = "CHECKSUMS"
_CHUNK = 1 << 20


class _Table(NamedTuple):
    """A file of a store as it was written: CRC-32, bytes, nanoseconds of its last change."""

    checksum: int
    size: int
    changed: int
    name: str


def write_checksums(folder: Path) -> None:
    """Write down what the tables of a finished store hold."""
    lines = []
    for path in sorted(folder.glob("*.sst")):
        found = path.stat()
        lines.append(f"{_checksum(path)} {found.st_size} {found.st_mtime_ns} {path.name}\n")
    (folder / FILE).write_text("".join(lines), "utf-8")


def is_damaged(folder: Path, whole: bool = False) -> bool:
    """Say whether a table is not what it was; with `whole` read all, else those that changed.

    The tables of a store are never written to again. One that is gone is left to the engine, as
    another program may have merged it into a new one. Raises OSError for an unreadable table.
    """
    try:
        tables = list(_read_tables(folder / FILE))
    except FileNotFoundError:
        return False
    except ValueError:
        return True
    return any(_differs(folder / table.name, table, whole) for table in tables)


def _read_tables(path: Path) -> Iterator[_Table]:
    for line in path.read_text("utf-8").splitlines():
        checksum, size, changed, name = line.split(" ")
        yield _Table(int(checksum), int(size), int(changed), name)


def _differs(path: Path, table: _Table, whole: bool) -> bool:
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    if found.st_size == table.size and found.st_mtime_ns == table.changed and not whole:
        return False
    return _checksum(path) != table.checksum


def _checksum(path: Path) -> int:
    from zlib import crc32

    value = 0
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            value = crc32(data, value)
    return value
