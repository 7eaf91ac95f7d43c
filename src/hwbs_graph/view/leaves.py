"""The leaves of a plan, which counts are made of, and which of them a thing stands for.

A leaf is an action or, in a plan without actions, an innermost heading; as in model.js.

Out of scope: filters of the page, and what is said of the counts (the scripts).
"""

from collections.abc import Iterable, Mapping, Sequence

from hwbs_graph.grouping import group_pairs
from hwbs_graph.view.page_model import Link, Node, PageModel


def find_leaves(kinds: Sequence[str], plans: Sequence[int], links: Iterable[Link]) -> set[int]:
    """Return the numbers of the leaves; `kinds` and `plans` are those of each node, by number.

    A plan is a number, below 0 for what plans share. Headings without anything under them
    are leaves too, or a filter would lose them.
    """
    acting = {plan for kind, plan in zip(kinds, plans, strict=True) if kind == "action"}
    inner = {link.source for link in links if plans[link.target] >= 0}
    return {
        number
        for number, (kind, plan) in enumerate(zip(kinds, plans, strict=True))
        if plan >= 0 and (kind == "action" if plan in acting else number not in inner)
    }


def find_leaves_behind(model: PageModel, plan: int, node: Node) -> set[int]:
    """Return the numbers of the leaves of a plan that stand under an element, or are it.

    What plans share stands for the leaves under all that name it, or a narrower determinant;
    an action that names it stands for itself, as its own steps need not.
    """
    children = group_pairs(
        (link.source, link.target) for link in model.links if model.nodes[link.target].plan >= 0
    )
    starts = {node.id} if node.plan >= 0 else set(_list_namers(model, node))
    leaves = {node.id for node in model.nodes if node.leaf and node.plan == plan}
    alone = starts & leaves if node.plan < 0 else set()
    return (find_reachable(starts - alone, children) | alone) & leaves


def _list_namers(model: PageModel, node: Node) -> Iterable[int]:
    """Yield the elements whose links to `node` speak of their leaves too.

    A body responsible for a theme is responsible for all of it, but that a theme mentions a
    determinant says nothing of its single actions.
    """
    for link in model.links:
        source = model.nodes[link.source]
        is_root = source.kind == model.columns[0].kind and not source.leaf
        named = (link.target, *model.nodes[link.target].broader)
        if node.id in named and not (link.relation == "addresses" and is_root):
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
