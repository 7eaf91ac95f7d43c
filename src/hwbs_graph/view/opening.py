"""What a page shows first: a plan, a picture and filters, as the address that leads there.

Nothing is left out of the page by it: whoever opens the file can show everything.

Out of scope: finding things by name.
"""

from hwbs_graph.view.address import address
from hwbs_graph.view.model import PlanGraph, short_keys
from hwbs_graph.view.wording import clean


def opening_address(graph: PlanGraph, view: str = "map", plan: str = "", **chosen: str) -> str:
    """Return the address of a picture with what is `chosen`: word of the address to IRI, or "".

    Raises KeyError for an IRI that is no node, or no plan, of `graph`.
    """
    words = [("view", view)]
    if plan:
        plans = [clean(one["iri"]) for one in graph.graph["plans"]]
        words.append(("plan", _keys(plans)[clean(plan)]))
    keys = _keys([clean(iri) for iri, _ in graph.nodes(data=True)])
    words += [(word, keys[clean(iri)]) for word, iri in chosen.items() if iri]
    if chosen.get("determinant"):
        words.append(("show", "determinants"))
    return address(words)


def _keys(iris: list[str]) -> dict[str, str]:
    return dict(zip(iris, short_keys(iris), strict=True))
