"""What a page shows first: a plan, a picture and filters, as the address that leads there.

Nothing is left out of the page by it: whoever opens the file can show everything.

Out of scope: finding things by name.
"""

from hwbs_graph.errors import NothingFoundError
from hwbs_graph.text import html_text
from hwbs_graph.view.address import address
from hwbs_graph.view.counts import Tally
from hwbs_graph.view.drawing_model import PlanGraph, read_record, short_keys
from hwbs_graph.view.records import Record


def opening_address(graph: PlanGraph, view: str = "map", plan: str = "", **chosen: str) -> str:
    """Return the address of a picture with what is `chosen`: word of the address to IRI, or "".

    Raises KeyError for an IRI that is no node, or no plan, of `graph`, and NothingFoundError
    where no unit of the plan fits.
    """
    record = read_record(graph)
    words = [("view", view)]
    number = record.start
    if plan:
        plans = [one.key for one in record.plans]
        number = plans.index(html_text(plan))
        words.append(("plan", short_keys(plans)[number]))
    ids = {node.iri: node for node in record.nodes}
    wanted = {word: ids[html_text(iri)] for word, iri in chosen.items() if iri}
    if wanted and not _fits(record, number, [node.id for node in wanted.values()]):
        raise NothingFoundError(
            "Nothing in the plan fits this selection; leave out the theme, partner or determinant."
        )
    words += [(word, node.key) for word, node in wanted.items()]
    if "determinant" in wanted:
        words.append(("show", "determinants"))
    return address(words)


def _fits(record: Record, plan: int, chosen: list[int]) -> bool:
    """Say whether a unit of the plan stands for everything that is chosen."""
    tally = Tally(record, plan)
    units = set(tally.units)
    for id in chosen:
        units &= tally.units_of.get(id) or tally.under(id)
    return bool(units)
