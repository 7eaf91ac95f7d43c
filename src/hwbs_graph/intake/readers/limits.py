"""The limits of what a reader takes, and the errors for a file that it cannot take.

Out of scope: limits of time and memory, which the process of the reader has (`apart`).
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from hwbs_graph.errors import DataError
from hwbs_graph.text import count

MEGABYTE = 1_000_000
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 500 * MEGABYTE
LARGEST_RATIO = 100
#: A small part may be packed further: an empty page of a workbook is.
_HARMLESS = 5 * MEGABYTE
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, MOST_PAGES = 20_000, 200, 30_000, 500
_ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableError(DataError):
    """A file that cannot be read as what its ending says; the sentence says what to do."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(f"Cannot read {path}: {why}.")


class PictureError(UnreadableError):
    """A document that holds pictures of text and no text."""

    exit_code = 1


def check_size(path: Path) -> None:
    """Raise UnreadableError for a file that is too large."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UnreadableError(
            path, f"it has {size // MEGABYTE} MB and at most 50 are read; split it"
        )
    if not size:
        raise UnreadableError(path, "it is empty; export it again")


def check_package(path: Path, member: str) -> None:
    """Raise UnreadableError unless an Office file is a sound package that holds `member`."""
    with path.open("rb") as file:
        start = file.read(8)
    save = f"open it and save it as {path.suffix.lower()} again"
    if start == _ENCRYPTED_OFFICE:
        raise UnreadableError(path, f"it has a password or is of an old format; {save}, without")
    if not start.startswith(b"PK"):
        raise UnreadableError(path, f"its ending does not say what it is; {save}")
    try:
        with zipfile.ZipFile(path) as package:
            _check_parts(path, package)
            if member not in package.namelist():
                raise UnreadableError(path, f"its ending does not say what it is; {save}")
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadableError(path, f"it is damaged; {save}") from None


def _check_parts(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError(path, "it has a password; save it without one")
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    bomb = size > _HARMLESS and size > LARGEST_RATIO * max(packed, 1)
    if size > LARGEST_UNPACKED or bomb:
        raise UnreadableError(
            path, f"it unpacks to {size // MEGABYTE} MB; copy the plan into a new file"
        )


def check_table(path: Path, place: str, rows: int, columns: int) -> None:
    """Raise UnreadableError for a table that no plan has."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise UnreadableError(
            path,
            f"{place} has {count(rows, 'row')} and {count(columns, 'column')}, and at most"
            f" {MOST_ROWS:,} and {MOST_COLUMNS} are read; delete what is not the plan",
        )


def check_cell(path: Path, place: str, text: str) -> None:
    """Raise UnreadableError for a cell that holds more than a plan says in one."""
    if len(text) > LONGEST_CELL:
        raise UnreadableError(
            path, f"{place} has {len(text):,} characters, and at most {LONGEST_CELL:,} are read"
        )


def check_lines(path: Path, lines: Iterable[str]) -> None:
    """Raise UnreadableError for a text with a line that no plan has."""
    for number, line in enumerate(lines, 1):
        check_cell(path, f"line {number}", line)
