"""Where partners stand in the network: near those with whom they share much.

A spring layout after Fruchterman and Reingold (1991), doi:10.1002/spe.4380211102. It takes only
sums, products, quotients and square roots, which every machine computes alike, so that the same
record gives the same bytes; networkx' own needs numpy.

Out of scope: sizes and labels, which the browser measures before it moves circles apart.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import sqrt

from hwbs_graph.grouping import group_pairs
from hwbs_graph.view.leaves import find_reachable
from hwbs_graph.view.page_model import PageModel

#: Number of a partner's node to its place, both from 0 to 1.
Places = dict[int, tuple[float, float]]

#: More partners than this cannot be read, so the busiest are placed.
MOST_PLACED = 60
ROUNDS = 120
#: A partner in more of a plan than this joins everything, so it draws nothing near (filters.js).
HUB_SHARE = 0.8
#: How far a partner may go in the first round, as a share of the width.
FIRST_STEP = 0.12
#: First places follow a sequence that leaves no gaps: Roberts' R2.
SPREAD = (0.7548776662466927, 0.5698402909980532)
DECIMALS = 3


def place_partners(model: PageModel) -> list[Places]:
    """Return the places of the partners of each plan, in the order of the plans."""
    return [_place_plan(model, number) for number in range(len(model.plans))]


def _place_plan(model: PageModel, number: int) -> Places:
    leaves = _leaves_by_partner(model, number)
    busiest = sorted(leaves, key=lambda id: (-len(leaves[id]), id))[:MOST_PLACED]
    if not busiest:
        return {}
    everything = len({node.id for node in model.nodes if node.leaf and node.plan == number})
    drawing = {id for id in busiest if len(leaves[id]) <= HUB_SHARE * everything}
    shares = {
        (a, b): float(len(leaves[a] & leaves[b]))
        for a, b in combinations(busiest, 2)
        if {a, b} <= drawing and leaves[a] & leaves[b]
    }
    return _round_places(_settle(busiest, shares))


def _leaves_by_partner(model: PageModel, number: int) -> dict[int, set[int]]:
    """Return the leaves of a plan behind each partner that it names; as in `leaves`."""
    nodes = model.nodes
    pairs = [(link.source, link.target) for link in model.links]
    children = group_pairs((above, below) for above, below in pairs if nodes[below].plan >= 0)
    own = {node.id for node in nodes if node.leaf and node.plan == number}
    found: dict[int, set[int]] = defaultdict(set)
    for above, below in pairs:
        if nodes[below].kind == "partner":
            alone = nodes[above].leaf
            found[below] |= own & ({above} if alone else find_reachable([above], children))
    return {id: leaves for id, leaves in found.items() if leaves}


def _settle(ids: list[int], shares: dict[tuple[int, int], float]) -> Places:
    """Let springs pull together who shares much, while all push each other apart."""
    most = max(shares.values(), default=1.0)
    # A weak pull to the others keeps apart groups from leaving the picture.
    pulls = [
        [shares.get((a, b), 0.0) / most * 1.5 + 0.02 for b in ids[at + 1 :]]
        for at, a in enumerate(ids)
    ]
    places = [_first_place(at) for at in range(len(ids))]
    for step in range(ROUNDS):
        furthest = FIRST_STEP * (1 - step / ROUNDS)
        moves = _push_and_pull(places, pulls)
        for at, (x, y) in enumerate(moves):
            size = max(sqrt(x * x + y * y), 1e-9)
            share = min(size, furthest) / size
            places[at] = (places[at][0] + x * share, places[at][1] + y * share)
    return dict(zip(ids, places, strict=True))


def _first_place(at: int) -> tuple[float, float]:
    across, down = SPREAD
    return (0.5 + at * across) % 1.0, (0.5 + at * down) % 1.0


def _push_and_pull(
    places: list[tuple[float, float]], pulls: list[list[float]]
) -> Iterator[tuple[float, float]]:
    """Return how far each place is moved by those before and after it; `pulls` holds those after.

    One loop without calls, as it runs a hundred thousand times for a plan.
    """
    wide = sqrt(1.0 / len(places))
    room = wide * wide
    across, down = [0.0] * len(places), [0.0] * len(places)
    for at, (ax, ay) in enumerate(places):
        right, below = across[at], down[at]
        for other, pull in enumerate(pulls[at], at + 1):
            bx, by = places[other]
            dx, dy = ax - bx, ay - by
            far = max(sqrt(dx * dx + dy * dy), 1e-6)
            force = room / far - far * far / wide * pull
            x, y = dx / far * force, dy / far * force
            right += x
            below += y
            across[other] -= x
            down[other] -= y
        across[at], down[at] = right, below
    return zip(across, down, strict=True)


def _round_places(places: Places) -> Places:
    """Return the places stretched over the whole room, in few decimals."""
    ranges = []
    for axis in (0, 1):
        values = [place[axis] for place in places.values()]
        ranges.append((min(values), max(max(values) - min(values), 1e-9)))
    (left, wide), (top, tall) = ranges
    return {
        id: (round((x - left) / wide, DECIMALS), round((y - top) / tall, DECIMALS))
        for id, (x, y) in places.items()
    }
