"""The page's own layout without a browser: its scripts that need no page, run in V8.

A second layout in Python would drift from the page's; this one cannot. The widths of the letters
go in as a table, so that the scripts never call back.

Out of scope: how a drawing becomes a file (`pdf`, `bundle`).
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from hwbs_graph.extras import require_extra
from hwbs_graph.view.address import write_address
from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page.payload import page_json
from hwbs_graph.view.page.pyvis_network import OPTIONS, build_network
from hwbs_graph.view.page.script_joiner import join_scripts
from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.pictures import list_offered
from hwbs_graph.view.print.fonts import measure_characters

Paper = Literal["A3", "A4"]

#: Seconds after which a layout has gone wrong; the largest plan takes a fraction of one.
PATIENCE = 60.0


@dataclass(frozen=True)
class Drawing:
    """One plan's picture: `shapes` as shapes.js describes them, in CSS pixels of width and height.

    `finding` is what the picture tells, `sources` what its marks mean and which documents it is
    from. `layout` has the boxes and headings as the page's map has them, or the cells of a table;
    `svg` is the shapes as a file. `view` is the picture's word in an address, `plan` and `nodes`
    are the numbers of the plan and of the things that are shown of it.
    """

    title: str
    finding: str
    desc: str
    width: float
    height: float
    paper: str
    shapes: list[dict[str, Any]]
    layout: dict[str, Any]
    sources: list[str]
    svg: str
    view: str
    plan: int
    nodes: frozenset[int]


def render_svg(graph: PlanGraph, paper: Paper = "A3", opening: str = "") -> str:
    """Return the picture that a page opens on, as an SVG text for `paper`, landscape.

    `graph` and `opening` are what `render_view` takes. Raises ValueError for a node without a
    known kind.
    """
    return make_drawings(read_model(graph), paper, (opening or "#",))[0].svg


def plan_addresses(model: PageModel) -> tuple[str, ...]:
    """Return the address of each plan of `model`, first of that on which the page opens."""
    first = model.plans[model.start]
    plans = (first, *(plan for plan in model.plans if plan != first))
    return tuple(write_address([("plan", plan.key)]) for plan in plans)


def picture_addresses(model: PageModel, opening: str) -> dict[str, str]:
    """Return the address of each picture that the page offers, with the filters of `opening`."""
    rest = [
        word for word in opening.removeprefix("#").split("&") if word.partition("=")[0] != "view"
    ]
    return {
        view: "#" + "&".join(filter(None, (f"view={view}", *rest))) for view in list_offered(model)
    }


def make_drawings(model: PageModel, paper: Paper, addresses: Sequence[str]) -> list[Drawing]:
    """Return a drawing for what each address of the page shows; "#" is what it opens on.

    Raises ValueError for a paper that is not A3 or A4, MissingExtraError without the libraries.
    """
    require_extra("print", "A picture for paper")
    if paper not in ("A3", "A4"):
        raise ValueError(f"There is no picture for paper {paper!r}; choose A3 or A4.")
    network = build_network(model)
    data = json.loads(page_json(model, network.nodes, network.edges, OPTIONS))
    request = {"paper": paper, "widths": measure_characters(_collect_texts(data))}
    requests = [{**request, "address": one} for one in addresses]
    # V8 refuses a time limit in a thread that has an event loop, as a notebook's has.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_run_scripts, data, requests).result()


def _run_scripts(data: dict[str, Any], requests: list[dict[str, Any]]) -> list[Drawing]:
    from py_mini_racer import MiniRacer

    with MiniRacer() as engine:
        engine.eval(f"var press = {join_scripts('press.js')}", timeout_sec=PATIENCE)
        return [_lay_out(engine, data, request) for request in requests]


def _lay_out(engine: Any, data: dict[str, Any], request: dict[str, Any]) -> Drawing:
    laid_out = json.loads(engine.call("press.layOutSheet", data, request, timeout_sec=PATIENCE))
    return Drawing(**{**laid_out, "nodes": frozenset(laid_out["nodes"])})


def _collect_texts(value: Any) -> Iterator[str]:
    """Yield every text in `value`, headings' capitals too."""
    if isinstance(value, str):
        yield value
        yield value.upper()
    elif isinstance(value, dict):
        for item in value.values():
            yield from _collect_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _collect_texts(item)
