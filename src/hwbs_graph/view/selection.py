"""From what a person asks for to what is drawn: the graph, and the address a page opens on.

The page holds the whole graph whatever it opens on: whoever opens the file can show everything.

Out of scope: drawing it, and who asks (a command line, a web page).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hwbs_graph import network
from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import html_text
from hwbs_graph.view.address import write_address
from hwbs_graph.view.heatmap import render_boards
from hwbs_graph.view.leaves import find_leaves_behind
from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page import render_view
from hwbs_graph.view.page.payload import Steps

#: Boards that one page holds whole; above it a page of counts comes first.
MOST_BOARDS = 4

Counts = list[dict[str, str | int]]


class Selection(NamedTuple):
    """What a page should open on, as a person typed it: names, and one of `pictures.list_views`."""

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


def choose_picture(engine: Engine, selection: Selection) -> Picture:
    """Find what is selected in the graph of the record, or of one board where there are many.

    Raises NotFoundError and AmbiguousError for a name, NothingFoundError where nothing fits.
    """
    plans = network.list_plans(engine)
    many = len({_board_of(plan) for plan in plans}) > MOST_BOARDS
    plan = recognise(engine, selection.plan, "plan").iri if selection.plan else None
    if many and not plan and selection.partner:
        plan = _find_plan_of(engine, selection.partner, plans)
    if many and not plan:
        if selection != Selection():
            raise UsageError("The graph holds many boards; name a plan to draw with --plan.")
        return Picture(None, "", network.count_families(engine))
    graph = network.project_record(engine, plans_of_board(plans, plan) if many and plan else None)
    everything = selection == Selection()
    return Picture(graph, "" if everything else _find_opening(engine, graph, plan, selection), [])


def render_picture(picture: Picture, steps: Steps | None = None) -> str:
    """Return the HTML text of a picture, whichever it is."""
    if picture.graph is None:
        return render_boards(picture.counts)
    return render_view(picture.graph, steps, picture.opening)


def list_drawn(graph: Any, kind: str | None = None, plan: str | None = None) -> set[str]:
    """Return the IRIs of the nodes of `kind` that stand in `plan`, or are shared by plans.

    None stands for any kind and for every plan.
    """
    return {
        iri
        for iri, node in graph.nodes(data=True)
        if kind in (None, node["kind"]) and (plan is None or plan in (node["plans"] or [plan]))
    }


def _find_opening(engine: Engine, graph: Any, plan: str | None, selection: Selection) -> str:
    drawn = network.choose_drawn(graph, plan)
    # Themes of several plans share their names; here only those of the plan count.
    own_themes = list_drawn(graph, "theme", drawn)
    found = {}
    for kind, name, among in (
        ("theme", selection.theme, own_themes),
        ("partner", selection.partner, None),
        ("determinant", selection.determinant, None),
    ):
        found[kind] = recognise(engine, name, kind, among).iri if name else ""
        if found[kind] and found[kind] not in graph:
            raise UsageError(f"No plan that is drawn names the {kind} “{name}”; leave it out.")
    if found["partner"] and not (plan or selection.theme):
        naming = _list_naming(engine, found["partner"], graph.graph["plans"])
        if naming and drawn not in naming:  # then it opens on a plan that names the partner
            plan = drawn = naming[0]
    return opening_address(graph, selection.kind, drawn if plan else "", **found)


def opening_address(graph: PlanGraph, view: str = "map", plan: str = "", **chosen: str) -> str:
    """Return the address of a picture with what is `chosen`: word of the address to IRI, or "".

    Raises KeyError for an IRI that is no node, or no plan, of `graph`, and NothingFoundError
    where no leaf of the plan fits.
    """
    model = read_model(graph)
    words, number = [("view", view)], model.start
    if plan:
        number = [each.iri for each in model.plans].index(html_text(plan))
        words.append(("plan", model.plans[number].key))
    by_iri = {node.iri: node for node in model.nodes}
    nodes = {word: by_iri[html_text(iri)] for word, iri in chosen.items() if iri}
    leaves = [find_leaves_behind(model, number, node) for node in nodes.values()]
    if leaves and not set.intersection(*leaves):
        raise NothingFoundError(
            "Nothing in the plan fits this selection; leave out the theme, partner or determinant."
        )
    words += [(word, node.key) for word, node in nodes.items()]
    if "determinant" in nodes:
        words.append(("show", "determinants"))
    return write_address(words)


def _find_plan_of(engine: Engine, partner: str, plans: Sequence[Mapping[str, str]]) -> str | None:
    """Return a plan that names a partner, if one board alone has such plans."""
    naming = _list_naming(engine, recognise(engine, partner, "partner").iri, plans)
    boards = {_board_of(plan) for plan in plans if plan["iri"] in naming}
    return naming[0] if len(boards) == 1 else None


def _list_naming(engine: Engine, partner: str, plans: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the IRIs of those plans that name a partner."""
    named = {row["plan"] for row in run_named(engine, "internal/plans-of-thing", thing=partner)}
    return [plan["iri"] for plan in plans if plan["iri"] in named]


def _board_of(plan: Mapping[str, str]) -> str:
    """Return whose plan it is; where the graph does not say, a strategy stands for its board."""
    return plan["board"] or plan["title"]


def plans_of_board(plans: Sequence[Mapping[str, str]], iri: str) -> list[str]:
    """Return the plans of the same board, so that continuity can be seen."""
    boards = {_board_of(plan) for plan in plans if plan["iri"] == iri}
    return [plan["iri"] for plan in plans if _board_of(plan) in boards] or [iri]
