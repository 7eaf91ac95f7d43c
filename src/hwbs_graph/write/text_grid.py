"""The grid of a text table, drawn as Rich draws it, without importing Rich.

That import alone takes a third of the time of a look-up. A table of signs that may be wider or
narrower than a letter is left to Rich.

Out of scope: whether a grid fits the terminal at all (`text_table`).
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise, zip_longest

_WORD = re.compile(r"\s*\S+\s*")
#: Signs that take one cell each: Latin letters, and the dashes, quotes and bullets of documents.
_ONE_CELL = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*")
#: Between two columns, of which either side belongs to a column.
_GAP = 3


def draw_plain_grid(
    columns: Sequence[Sequence[str]], right: Sequence[bool], width: int
) -> str | None:
    """Return columns, each with its head first, as a grid of `width` cells at most.

    `right` says which columns stand to the right. None where Rich has to draw it.
    """
    if not columns:
        return "\n"
    if not all(_ONE_CELL.fullmatch(cell) for column in columns for cell in column):
        return None
    widths = _choose_widths([max(map(len, column)) for column in columns], width)
    if min(widths) < 1:
        return None
    head, *rows = zip(*columns, strict=True)
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    upwards = [_wrap(*each)[::-1] for each in zip(head, widths, strict=True)]
    above = _join_lines(upwards, widths, right)[::-1]  # a short head stands above the rule
    body = (_join_lines([*map(_wrap, row, widths)], widths, right) for row in rows)
    return "\n".join([*above, rule, *chain.from_iterable(body), ""])


def _join_lines(
    cells: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """Return the lines of a row, of whose cells the lines are given."""
    return [
        (" " * _GAP).join(map(_align, line, widths, right)).rstrip()
        for line in zip_longest(*cells, fillvalue="")
    ]


def _align(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _wrap(text: str, width: int) -> list[str]:
    """Return the lines of a cell; only a word that is longer than a line is cut."""
    starts, used = [0], 0
    for match in _WORD.finditer(text):
        long = len(match[0].rstrip())
        if long <= width - used:
            used += len(match[0])
        elif long <= width:
            starts.append(match.start())
            used = len(match[0])
        else:
            starts += filter(None, range(match.start(), match.end(), width))
            used = (len(match[0]) - 1) % width + 1
    return [text[start:end].rstrip() for start, end in pairwise([*starts, len(text)])]


def _choose_widths(longest: Sequence[int], width: int) -> list[int]:
    """Return the widths of columns: those of their longest cells, the widest made narrower."""
    last = len(longest) - 1
    beside = [(at > 0) + (at < last) for at in range(len(longest))]
    room = width - last
    widths = [min(long + gaps, room) for long, gaps in zip(longest, beside, strict=True)]
    while (excess := sum(widths) - room) > 0:
        widest = max(widths)
        step = widest - max((each for each in widths if each != widest), default=0)
        if not step:
            break
        widths = _narrow(widths, widest, excess, min(excess, step))
    return [each - gaps for each, gaps in zip(widths, beside, strict=True)]


def _narrow(widths: Sequence[int], widest: int, excess: int, most: int) -> list[int]:
    """Take the excess from the widest columns in equal parts, and at most so much from each."""
    sharing, narrowed = widths.count(widest), []
    for each in widths:
        taken = min(most, round(excess / sharing)) if each == widest else 0
        narrowed.append(each - taken)
        excess -= taken
        sharing -= each == widest
    return narrowed
