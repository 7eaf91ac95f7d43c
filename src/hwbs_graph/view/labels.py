"""Text as it may be shown: safe to encode, and never the same for two different partners.

Out of scope: escaping, which the template and the data block do where the text is written.
"""

from collections import Counter
from collections.abc import Sequence

from hwbs_graph.text import one_line, strip_invisible, truncate

#: Longest name drawn on the map, in characters; the panel always has the full wording.
NAME_LIMIT = 400
#: Names of partners and determinants are never cut on the map, so they have to stay short.
SHARED_NAME_LIMIT = 120


def visible_line(text: str, limit: int = NAME_LIMIT) -> str:
    """Return one line without invisible characters, at most `limit` long.

    A canvas has no bidi isolation: one override character would reverse its neighbours.
    """
    return truncate(one_line(strip_invisible(text)), limit)


def distinguish(names: Sequence[tuple[str, str]]) -> list[str]:
    """Return one visible name for each (short, full) pair, no two alike.

    Two bodies under one name read as one body: the full wording is tried first, a number last.
    """
    shorts = [visible_line(short or full, SHARED_NAME_LIMIT) for short, full in names]
    times = Counter(map(str.casefold, shorts))
    chosen = [
        visible_line(full, SHARED_NAME_LIMIT) if times[short.casefold()] > 1 else short
        for short, (_, full) in zip(shorts, names, strict=True)
    ]
    return _number_repeats([name or "(no name)" for name in chosen])


def _number_repeats(names: Sequence[str]) -> list[str]:
    times = Counter(map(str.casefold, names))
    taken = {name for name, count in times.items() if count == 1}
    return [name if times[name.casefold()] == 1 else _find_free_name(name, taken) for name in names]


def _find_free_name(name: str, taken: set[str]) -> str:
    number = 1
    while (candidate := f"{name} ({number})").casefold() in taken:
        number += 1
    taken.add(candidate.casefold())
    return candidate
