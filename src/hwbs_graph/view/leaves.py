"""The leaves of a plan, which counts are made of, and which of them a thing stands for.

A leaf is an action or, in a plan without actions, an innermost heading; as in model.js.

Out of scope: filters of the page, and what is said of the counts (the scripts).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from hwbs_graph.view.records import Link, Node, Record


def find_leaves(kinds: Sequence[str], homes: Sequence[int], links: Iterable[Link]) -> set[int]:
    """Return the numbers of the leaves; `kinds` and `homes` are those of each node, by number.

    `homes` are plans' numbers, below 0 for what plans share. Headings without anything under them
    are leaves too, or a filter would lose them.
    """
    acting = {home for kind, home in zip(kinds, homes, strict=True) if kind == "action"}
    inner = {link.source for link in links if homes[link.target] >= 0}
    return {
        number
        for number, (kind, home) in enumerate(zip(kinds, homes, strict=True))
        if home >= 0 and (kind == "action" if home in acting else number not in inner)
    }


def leaves_behind(record: Record, plan: int, node: Node) -> set[int]:
    """Return the numbers of the leaves of a plan that stand under an element, or are it.

    What plans share stands for the leaves under all that name it.
    """
    children: defaultdict[int, list[int]] = defaultdict(list)
    for link in record.links:
        if record.nodes[link.target].plan >= 0:
            children[link.source].append(link.target)
    starts = {node.id} if node.plan >= 0 else set(_namers(record, node))
    leaves = {node.id for node in record.nodes if node.unit and node.plan == plan}
    return find_reachable(starts, children) & leaves


def _namers(record: Record, node: Node) -> Iterable[int]:
    """Yield the elements whose links to `node` speak of their leaves too.

    A body responsible for a theme is responsible for all of it, but that a theme mentions a
    determinant says nothing of its single actions.
    """
    for link in record.links:
        source = record.nodes[link.source]
        is_root = source.kind == record.columns[0].kind and not source.unit
        if link.target == node.id and not (link.relation == "addresses" and is_root):
            yield link.source


def find_reachable(starts: Iterable[int], ends: Mapping[int, Iterable[int]]) -> set[int]:
    """Return `starts` and everything that `ends` leads to from them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = set(ends.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found
