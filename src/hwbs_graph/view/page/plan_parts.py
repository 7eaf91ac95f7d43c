"""The part of a page that one plan shows.

Out of scope: its order and headings (`outline`).
"""

from collections.abc import Collection
from dataclasses import replace

from hwbs_graph.grouping import group_pairs
from hwbs_graph.view.columns import columns_for
from hwbs_graph.view.leaves import find_reachable
from hwbs_graph.view.page_model import PageModel, PlanPart


def extract_plans(model: PageModel) -> list[PlanPart]:
    """Return the part of each plan, in the order of the plans."""
    return [extract_plan(model, number) for number in range(len(model.plans))]


def extract_plan(model: PageModel, number: int) -> PlanPart:
    """Return a plan's own things, the headings above them, and what these link to.

    The headings may be another plan's: a strategy and its action plan may stand under the same
    themes. What no plan names stands in the first, as it must be shown somewhere.
    """
    parents = group_pairs((link.target, link.source) for link in model.links)
    own = find_reachable((node.id for node in model.nodes if node.plan == number), parents)
    links = tuple(
        link
        for link in model.links
        if link.source in own and (link.target in own or model.nodes[link.target].plan < 0)
    )
    own |= {link.target for link in links}
    if number == 0:
        own |= {node.id for node in model.nodes if node.plan < 0 and node.id not in parents}
    nodes = {node.id: node for node in model.nodes if node.id in own}
    columns = columns_for({node.kind for node in nodes.values()})
    return PlanPart(number, model.plans[number], columns, nodes, links)


def keep_shown(part: PlanPart, shown: Collection[int]) -> PlanPart:
    """Return only what is shown of a part; what nothing links to stays where all else does."""
    linked = {link.target for link in part.links}
    loose = {node.id for node in part.nodes.values() if node.plan < 0 and node.id not in linked}
    elements = {node.id for node in part.nodes.values() if node.plan >= 0}
    kept = {*shown, *(loose if elements <= set(shown) else ())}
    nodes = {id: node for id, node in part.nodes.items() if id in kept}
    links = [link for link in part.links if link.source in nodes and link.target in nodes]
    return replace(part, nodes=nodes, links=tuple(links))
