"""From what a person asks for to what is drawn: the graph, and the address a page opens on.

Out of scope: drawing it, and where the asking comes from (a command line, a web page).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hwbs_graph import names, network
from hwbs_graph.errors import UsageError
from hwbs_graph.store import Engine
from hwbs_graph.view.heatmap import render_boards
from hwbs_graph.view.opening import opening_address
from hwbs_graph.view.page import render_view
from hwbs_graph.view.page.payload import Steps

#: Boards that one page holds whole; above it a page of counts comes first.
MOST_BOARDS = 4

Counts = list[dict[str, str | int]]


class Asked(NamedTuple):
    """What a page should open on, as a person typed it: names, and one of `address.VIEWS`."""

    plan: str | None = None
    theme: str | None = None
    partner: str | None = None
    determinant: str | None = None
    kind: str = "map"


class Picture(NamedTuple):
    """What is drawn: a graph and the address it opens on, or the counts of too many boards."""

    graph: Any
    opening: str
    counts: Counts


def picture(engine: Engine, asked: Asked) -> Picture:
    """Find what was asked for in the graph of the record, or of one board where there are many.

    Raises NotFoundError and AmbiguousError for a name, NothingFoundError where nothing fits.
    """
    plans = network.list_plans(engine)
    many = len({_board(each) for each in plans}) > MOST_BOARDS
    if many and not asked.plan:
        if asked != Asked():
            raise UsageError("The graph holds many boards; name a plan to draw with --plan.")
        return Picture(None, "", network.count_families(engine))
    plan = names.find(engine, asked.plan, "plan").iri if asked.plan else None
    graph = network.project_record(engine, _with_board(plans, plan) if many and plan else None)
    return Picture(graph, "" if asked == Asked() else _opening(engine, graph, plan, asked), [])


def render_picture(shown: Picture, steps: Steps | None = None) -> str:
    """Return the HTML text of a picture, whichever it is."""
    if shown.graph is None:
        return render_boards(shown.counts)
    return render_view(shown.graph, steps, shown.opening)


def _opening(engine: Engine, graph: Any, plan: str | None, asked: Asked) -> str:
    drawn = network.choose_drawn(graph, plan)
    # Themes of several plans share their names; here only those of the plan count.
    own = {iri for iri, node in graph.nodes(data=True) if drawn in node["plans"]}
    found = {}
    for kind, name, among in (
        ("theme", asked.theme, own),
        ("partner", asked.partner, None),
        ("determinant", asked.determinant, None),
    ):
        found[kind] = names.find(engine, name, kind, among).iri if name else ""
        if found[kind] and found[kind] not in graph:
            raise UsageError(f"No plan that is drawn names the {kind} “{name}”; leave it out.")
    return opening_address(graph, asked.kind, drawn if plan else "", **found)


def _board(plan: Mapping[str, str]) -> str:
    """Return whose plan it is; where the graph does not say, a strategy stands for its board."""
    return plan["board"] or plan["title"]


def _with_board(plans: Sequence[Mapping[str, str]], plan: str) -> list[str]:
    """Return the plans of the same board, so that continuity can be seen."""
    board = {_board(each) for each in plans if each["iri"] == plan}
    return [each["iri"] for each in plans if _board(each) in board] or [plan]
