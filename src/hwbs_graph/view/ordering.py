"""The order of things within a column and the theme each belongs to.

Partners are ordered by barycentre (the mean place of the actions that name them), which puts
specialists beside their theme and hubs in the middle, and shortens the lines.

Out of scope: pixels.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from hwbs_graph.grouping import group_pairs
from hwbs_graph.view.columns import Column

#: Colours that themes have by their place, and those for a theme whose colour another one of its
#: plan has; a ninth theme starts again, told apart by place and words.
HUES = 5
SPARE_HUES = (6, 7, 8)

Pairs = Sequence[tuple[int, int]]


def rank_nodes(
    data: Sequence[Mapping[str, Any]], columns: Sequence[Column], pairs: Pairs
) -> list[int]:
    """Return each node's place within its column, from 0 at the top.

    `data` are node attributes by node number, `pairs` the (source, target) numbers.
    """
    ranks = [0] * len(data)
    parents = _group_parents(pairs)
    # Columns are settled from the left, so only nodes further left have a height yet.
    heights: dict[int, float] = {}
    for column in columns:
        members = [number for number, row in enumerate(data) if row["kind"] == column.kind]
        above = {n: [heights[p] for p in parents.get(n, ()) if p in heights] for n in members}
        keys = {n: _sort_key(data[n], above[n], column.role == "shared") for n in members}
        for rank, number in enumerate(sorted(members, key=keys.__getitem__)):
            ranks[number] = rank
        heights.update({number: (ranks[number] + 0.5) / len(members) for number in members})
    return ranks


def _sort_key(
    row: Mapping[str, Any], above: list[float], by_mean: bool
) -> tuple[float, float, str, str]:
    """Return what a node is sorted by; nodes without anything above them come last."""
    code, label = str(row.get("code") or ""), str(row.get("label") or "")
    if by_mean:
        return (sum(above) / len(above) if above else math.inf, 0, "", label)
    order = row.get("order")
    place_in_parent = float(order) if isinstance(order, int | float) else 0.0
    return (min(above, default=math.inf), place_in_parent, code, label)


def _group_parents(pairs: Pairs) -> dict[int, list[int]]:
    return group_pairs((target, source) for source, target in pairs)


def choose_hues(
    kinds: Sequence[str],
    columns: Sequence[Column],
    pairs: Pairs,
    places: Sequence[int],
    plans: Sequence[int],
) -> list[int]:
    """Return for each node the colour number of its theme, 0 where there is none.

    `places` count the themes from 0 as printed, so that a theme keeps its colour in a page that
    shows only some of them. No two themes of one plan, numbered in `plans`, have one colour.
    A node under several themes takes the first: its lines still show the others.
    """
    hues = [0] * len(kinds)
    shared = {column.kind for column in columns if column.role == "shared"}
    below = group_pairs(pair for pair in pairs if kinds[pair[1]] not in shared)
    first = next((column.kind for column in columns if column.role == "element"), None)
    roots = [number for number, kind in enumerate(kinds) if kind == first]
    used = defaultdict[int, set[int]](set)
    for root in sorted(roots, key=places.__getitem__):
        hue = _choose_hue(places[root] % HUES + 1, used[plans[root]])
        _spread_hue(root, hue, hues, below)
    return hues


def _choose_hue(wanted: int, used: set[int]) -> int:
    """Return the colour wanted, or a spare one where it is used, and note that it is."""
    hue = next((each for each in (wanted, *SPARE_HUES) if each not in used), wanted)
    used.add(hue)
    return hue


def _spread_hue(root: int, hue: int, hues: list[int], below: Mapping[int, list[int]]) -> None:
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if hues[number] == 0:
            hues[number] = hue
            waiting.extend(below.get(number, ()))
