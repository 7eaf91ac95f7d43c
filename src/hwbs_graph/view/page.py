"""One plan as one HTML text: template, scripts, style, data and the policy that guards them.

Out of scope: what the page shows (the model) and how it behaves (the scripts).
"""

import base64
import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hwbs_graph import files
from hwbs_graph.view.drawing import draw, engine_script
from hwbs_graph.view.listing import sections
from hwbs_graph.view.model import Plan, PlanGraph, read_plan

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

#: Our scripts in the order they are joined: each may use those before it.
SCRIPTS = (
    "model.js",
    "tables.js",
    "address.js",
    "wrap.js",
    "columns.js",
    "places.js",
    "walk.js",
    "dom.js",
    "paint.js",
    "map.js",
    "grid.js",
    "list.js",
    "panel.js",
    "main.js",
)
#: Characters that could end a script block, start a comment or break an old JavaScript parser.
UNSAFE_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render_view(graph: PlanGraph) -> str:
    """Return the complete HTML text for a plan's `networkx.DiGraph`.

    One file has to be enough: it makes no request and runs from `file://`. Raises ValueError for
    a node whose `kind` the view has no column for.
    """
    plan = read_plan(graph)
    network = draw(plan)
    network.templateEnv = _environment(plan)
    network.path = "page.html.j2"
    return _one_newline(network.generate_html())


def write_view(graph: PlanGraph, path: Path) -> None:
    """Write `render_view(graph)` to `path` as UTF-8, whole or not at all.

    Raises PathError where `path` cannot be written, ValueError as `render_view` does.
    """
    files.write(path, render_view(graph).encode("utf-8"))


def _environment(plan: Plan) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader(__package__, "static"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine, own, style = _one_newline(engine_script()), own_script(), _static("page.css")
    environment.globals.update(
        plan=plan,
        sections=sections(plan),
        has_parties=any(column.role == "party" for column in plan.columns),
        policy=content_policy((engine, own), style),
        engine=Markup(engine),
        own=Markup(own),
        style=Markup(style),
        page_data=lambda nodes, edges, options: _page_data(plan, nodes, edges, options),
    )
    return environment


def _page_data(plan: Plan, nodes: Any, edges: Any, options: str) -> "Markup":
    from markupsafe import Markup

    columns = [vars(column) for column in plan.columns]
    data = {
        "title": plan.title,
        "columns": columns,
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
    }
    return Markup(script_json(data))


def script_json(data: Any) -> str:
    """Return `data` as JSON that can stand inside a `<script>` block, whatever its strings hold."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE_IN_SCRIPT)


def own_script() -> str:
    """Return the page's own scripts as one, in a scope of their own."""
    body = "\n".join(_static(name) for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{body}\n}})();'


def content_policy(scripts: tuple[str, ...], style: str) -> str:
    """Return a Content-Security-Policy that runs exactly these scripts and this style.

    vis-network sets styles through the DOM's own properties, so 'unsafe-inline' is not needed;
    `img-src data:` is for the empty icon that keeps a browser from asking for one.
    """
    script_sources = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {script_sources}; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _static(name: str) -> str:
    return _one_newline(
        (resources.files(__package__) / "static" / name).read_text(encoding="utf-8")
    )


def _one_newline(text: str) -> str:
    """Return `text` as a browser reads it, which is what it takes the hash of."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
