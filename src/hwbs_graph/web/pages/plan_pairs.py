"""The pairs of plans that the data link, and the address at which two plans are compared.

Out of scope: comparing them (`two_plans`).
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from hwbs_graph import names
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine


class Pair(NamedTuple):
    """Two plans that the data link, by IRI, and their names."""

    one: str
    other: str
    one_label: str
    other_label: str

    @property
    def address(self) -> str:
        """The address of the page that compares them."""
        return compare_url(self.one, self.other)


def compare_url(one: str, other: str) -> str:
    """Return the address of the comparison of two plans, the same whichever is named first."""
    first, second = sorted(map(names.to_path, (one, other)))
    return f"/compare?{urlencode({'one': first, 'other': second}, safe='/')}"


def list_plans(engine: Engine) -> dict[str, str]:
    """Return the label of every plan by its IRI."""
    return {row["plan"]: row["planLabel"] for row in run_named(engine, "report/boards-of-plans")}


@lru_cache(maxsize=1)
def list_pairs(engine: Engine) -> tuple[Pair, ...]:
    """Return the pairs of plans that the data link, read once a worker.

    An alignment links them, or one follows the other.
    """
    plans = list_plans(engine)
    links = [(row["fromPlan"], row["toPlan"]) for row in run_named(engine, "compare/continuity")]
    followed = run_named(engine, "internal/plans-and-what-they-follow")
    links += [(row["replaces"], row["plan"]) for row in followed]
    found = {(min(pair), max(pair)) for pair in links if pair[0] != pair[1]}
    return tuple(
        Pair(one, other, plans[one], plans[other])
        for one, other in sorted(found)
        if one in plans and other in plans
    )
