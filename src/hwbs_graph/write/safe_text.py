"""Text as other programs accept it: no character that XML forbids, no cell that acts.

Labels come from documents and from users' own files, and may hold anything.

Out of scope: escaping, which the library that writes a format does.
"""

import re

#: https://www.w3.org/TR/xml/#charsets: what is outside these ranges ends a reader's work.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What makes a spreadsheet read a cell as a formula; see OWASP, CSV injection.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")


def clean(text: str) -> str:
    """Return text without characters that XML cannot hold, its line ends as line feeds."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Return text cleaned, on one line: what serves as a label."""
    return " ".join(clean(text).split())


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; a plain negative number may stay."""
    return f"'{text}" if text.startswith(_ACTIVE) and not is_number(text) else text


def is_number(text: str) -> bool:
    """Say whether text is a whole or decimal number and nothing else."""
    return _NUMBER.match(text) is not None
