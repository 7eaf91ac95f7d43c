"""Text as it may be shown: safe to encode, and never the same for two different partners.

Out of scope: escaping, which the template and the data block do where the text is written.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence

#: Longest name drawn on the map, in characters; the panel always has the full wording.
NAME_LIMIT = 400
#: Partners are never cut on the map, so a name there has to stay a name.
PARTY_LIMIT = 120


def clean(value: object) -> str:
    """Return `value` as text that UTF-8 and HTML can carry, otherwise as printed.

    Lone surrogates and control characters would make the file unwritable or invalid.
    """
    return "".join(map(_carried, str(value)))


def _carried(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category == "Cc" or character in "\u2028\u2029":
        return " "
    return character


def visible(text: str, limit: int = NAME_LIMIT) -> str:
    """Return one line without invisible characters, at most `limit` long.

    A canvas has no bidi isolation: one override character would reverse its neighbours.
    """
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def distinct(names: Sequence[tuple[str, str]]) -> list[str]:
    """Return one visible name for each (short, full) pair, no two alike.

    Two bodies under one name read as one body: the full wording is tried first, a number last.
    """
    shorts = [visible(short or full, PARTY_LIMIT) for short, full in names]
    times = Counter(map(str.casefold, shorts))
    wanted = [
        visible(full, PARTY_LIMIT) if times[short.casefold()] > 1 else short
        for short, (_, full) in zip(shorts, names, strict=True)
    ]
    return _numbered([name or "(no name)" for name in wanted])


def _numbered(names: Sequence[str]) -> list[str]:
    times = Counter(map(str.casefold, names))
    taken = {name for name, count in times.items() if count == 1}
    return [name if times[name.casefold()] == 1 else _free(name, taken) for name in names]


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (candidate := f"{name} ({number})").casefold() in taken:
        number += 1
    taken.add(candidate.casefold())
    return candidate
