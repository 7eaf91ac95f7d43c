"""The page's own layout without a browser: its scripts that need no page, run in V8.

A second layout in Python would drift from the page's; this one cannot. The widths of the letters
go in as a table, so that the scripts never call back.

Out of scope: how a sheet becomes a file (`pdf`, `bundle`).
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from hwbs_graph.view.address import address
from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page.payload import page_json
from hwbs_graph.view.page.pyvis_network import OPTIONS, build_network
from hwbs_graph.view.page.script_joiner import join_scripts
from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.print.fonts import width_table

Paper = Literal["A3", "A4"]

#: Seconds after which a layout has gone wrong; the largest plan takes a fraction of one.
PATIENCE = 60.0


@dataclass(frozen=True)
class Sheet:
    """One plan's picture: `shapes` as shapes.js describes them, in CSS pixels of width and height.

    `layout` has the boxes and headings as the page's map has them; `svg` is the shapes as a file.
    `plan` and `nodes` are the numbers of the plan and of the things that are shown of it.
    """

    title: str
    desc: str
    width: float
    height: float
    paper: str
    shapes: list[dict[str, Any]]
    layout: dict[str, Any]
    svg: str
    plan: int
    nodes: frozenset[int]


def render_svg(graph: PlanGraph, paper: Paper = "A3", opening: str = "") -> str:
    """Return the picture that a page opens on, as an SVG text for `paper`, landscape.

    `graph` and `opening` are what `render_view` takes. Raises ValueError for a node without a
    known kind.
    """
    return draw_sheets(read_model(graph), paper, (opening or "#",))[0].svg


def every_plan(model: PageModel) -> tuple[str, ...]:
    """Return the addresses of each plan of `model`, in its order."""
    return tuple(address([("plan", plan.key)]) for plan in model.plans)


def draw_sheets(model: PageModel, paper: Paper, addresses: Sequence[str]) -> list[Sheet]:
    """Return a sheet for what each address of the page shows; "#" is what it opens on.

    Raises ValueError for a paper that is not A3 or A4.
    """
    if paper not in ("A3", "A4"):
        raise ValueError(f"There is no picture for paper {paper!r}; choose A3 or A4.")
    network = build_network(model)
    data = json.loads(page_json(model, network.nodes, network.edges, OPTIONS))
    wish = {"paper": paper, "widths": width_table(_texts(data))}
    wishes = [{**wish, "address": one} for one in addresses]
    # V8 refuses a time limit in a thread that has an event loop, as a notebook's has.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_run, data, wishes).result()


def _run(data: dict[str, Any], wishes: list[dict[str, Any]]) -> list[Sheet]:
    from py_mini_racer import MiniRacer

    with MiniRacer() as engine:
        engine.eval(f"var press = {join_scripts('press.js')}", timeout_sec=PATIENCE)
        return [_press(engine, data, wish) for wish in wishes]


def _press(engine: Any, data: dict[str, Any], wish: dict[str, Any]) -> Sheet:
    pressed = json.loads(engine.call("press.layOutSheet", data, wish, timeout_sec=PATIENCE))
    return Sheet(**{**pressed, "nodes": frozenset(pressed["nodes"])})


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in `value`, headings' capitals too."""
    if isinstance(value, str):
        yield value
        yield value.upper()
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
