"""Rows as queries give them, and values gathered by what they have in common.

Groups and their values keep the order in which they come.

Out of scope: sorted rows, which `itertools.groupby` parts as they stream.
"""

from collections.abc import Hashable, Iterable
from typing import TypeVar

#: The cells of a row as plain text, by column; an empty cell is "".
Row = dict[str, str]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


def group_pairs(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Return the values of each key, as a list that is never empty."""
    groups: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def group_rows(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return the rows by the value of one column."""
    return group_pairs((row[column], row) for row in rows)
