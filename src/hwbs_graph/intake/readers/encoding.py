"""The characters of a text file, whatever its encoding.

Out of scope: what the text means.
"""

from pathlib import Path

from hwbs_graph.intake.readers.limits import UnreadableError
from hwbs_graph.text import normalise_newlines

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_characters(path: Path) -> str:
    """Return the text of a file, each line ended by a line feed. Raises UnreadableError."""
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")) or b"\0" in _without_wide(
        data
    ):
        raise UnreadableError(path, "its ending says text, and it is none; give it its own ending")
    return normalise_newlines(_decode(data))


def _without_wide(data: bytes) -> bytes:
    return b"" if data[:2] in _MARKS else data[:4000]


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
