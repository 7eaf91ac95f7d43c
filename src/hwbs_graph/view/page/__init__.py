"""The record as one HTML text: template, scripts, style, data and the policy that guards them.

Out of scope: what the page shows (the model) and how it behaves (the scripts).
"""

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from hwbs_graph.data.atomic_file import write_file
from hwbs_graph.text import normalise_newlines
from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page.outline import common_notes, list_sections
from hwbs_graph.view.page.payload import Steps, compress, page_json
from hwbs_graph.view.page.plan_parts import extract_plans
from hwbs_graph.view.page.pyvis_network import build_network, read_engine_script
from hwbs_graph.view.page.script_joiner import join_scripts
from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.pictures import list_pictures
from hwbs_graph.write import templates
from hwbs_graph.write.endings import require_ending
from hwbs_graph.write.html_policy import ICON, allow_inline, build_policy

if TYPE_CHECKING:
    from jinja2 import Environment

#: Our style sheets in the order they are joined.
STYLES = ("page.css", "bars.css", "pictures.css", "print.css")


def render_view(graph: PlanGraph, steps: Steps | None = None, opening: str = "") -> str:
    """Return the complete HTML text for the `networkx.DiGraph` of a plan or a whole record.

    One file has to be enough: it makes no request and runs from `file://`. `steps` are what
    Present shows; where None, the page makes its own (`steps.js`). `opening` is the address of what
    the page shows first (`opening_address`). Raises ValueError for a node whose `kind` the view has
    no column for.
    """
    model = read_model(graph)
    network = build_network(model)
    network.templateEnv = _make_environment(model, steps, opening)
    network.path = "page.html.j2"
    return normalise_newlines(network.generate_html())


def write_view(graph: PlanGraph, path: Path) -> None:
    """Write `render_view(graph)` to `path` as UTF-8, whole or not at all.

    Raises UsageError for a path that ends as no page does, PathError where it cannot be written,
    and ValueError as `render_view` does.
    """
    require_ending("A page", str(path), ["html"])
    write_file(path, render_view(graph).encode("utf-8"))


def _make_environment(model: PageModel, steps: Steps | None, opening: str) -> "Environment":
    from markupsafe import Markup

    environment = templates.build_environment("hwbs_graph.view")
    engine, own, style = normalise_newlines(read_engine_script()), own_script(), own_style()
    environment.globals.update(
        model=model,
        parts=extract_plans(model),
        list_sections=list_sections,
        pictures=list_pictures(),
        policy=content_policy((engine, own), style),
        engine=compress(engine),
        own=Markup(own),
        style=Markup(style),
        page_data=lambda nodes, edges, options: compress(
            page_json(model, nodes, edges, json.loads(options), steps, opening)
        ),
        common_notes=common_notes,
    )
    return environment


@cache
def own_script() -> str:
    """Return the page's own scripts as one."""
    return f"{join_scripts('main.js')};"


@cache
def own_style() -> str:
    """Return the page's style sheets as one."""
    return "\n".join(_read_static(name) for name in STYLES)


def content_policy(scripts: tuple[str, ...], style: str) -> str:
    """Return a policy that runs exactly these scripts and this style.

    vis-network sets styles through the DOM's own properties, so it needs no 'unsafe-inline'.
    """
    return build_policy(
        script_src=allow_inline(*scripts), style_src=allow_inline(style), img_src=ICON
    )


def _read_static(name: str) -> str:
    path = resources.files("hwbs_graph.view") / "static" / name
    return normalise_newlines(path.read_text(encoding="utf-8"))
