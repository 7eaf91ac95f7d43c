"""Reading text, with clear errors.

Out of scope: what a file says, writing one (`atomic_file`), and where the data that ships with
`hwbs` lies (`bundled`).
"""

from pathlib import Path

from hwbs_graph.errors import PathError
from hwbs_graph.text import normalise_newlines

#: Windows writes these bytes before UTF-8 and UTF-16.
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: A folder with this file is a board (`board`).
BOARD_FILE = "hwbs.yaml"


def is_board(path: Path) -> bool:
    """Say whether a path is the folder of a board."""
    return (path / BOARD_FILE).is_file()


def read_text(path: Path) -> str:
    """Return a file's text, without a byte-order mark. Raises PathError if it is not UTF-8."""
    return decode_text(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises PathError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None


def decode_text(path: Path, data: bytes) -> str:
    """Return the text of `data`, read from `path`: no mark, each line ending in a line feed.

    Raises PathError if it is not UTF-8.
    """
    reject_utf16(path, data)
    try:
        return normalise_newlines(data.removeprefix(UTF8_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PathError(path, f"byte {error.start + 1} is not UTF-8 text") from None


def reject_utf16(path: Path, data: bytes) -> None:
    """Raise PathError for bytes that begin as UTF-16 does."""
    if data.startswith(UTF16_MARKS):
        raise PathError(
            path,
            "it is UTF-16, as PowerShell's > writes it; save it as UTF-8, "
            "or write it with --output",
        )
