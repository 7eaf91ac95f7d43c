"""A page's nodes and links as a pyvis network, which carries them into the page as they are.

pyvis is the engine the customer asked for. Its own template, physics and colours are not used:
they load from the internet, never settle and cannot be read.

Out of scope: HTML, and positions: the browser measures text before it places anything.
"""

from importlib import import_module
from importlib.resources import files
from typing import Any

from hwbs_graph.view.page_model import Link, PageModel

#: Every position is ours and every gesture is handled by the page, so vis-network only draws.
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "selectable": False,
        "hover": False,
    },
    "edges": {"hidden": True, "smooth": False},
    "autoResize": False,
}


def build_network(model: PageModel) -> Any:
    """Return a `pyvis.network.Network` of everything a page shows."""
    pyvis = import_module("pyvis.network")
    network = pyvis.Network(directed=True, cdn_resources="in_line", heading="")
    network.options = OPTIONS
    for node in model.nodes:
        fields = dict(vars(node))
        network.add_node(fields.pop("id"), shape="custom", color=None, **fields)
    network.edges = [_build_edge(link) for link in model.links]
    return network


def _build_edge(link: Link) -> dict[str, Any]:
    """Return an edge as `Network.add_edge` makes it.

    `add_edge` lists and scans all nodes twice for each edge; ours are known to exist.
    """
    edge = import_module("pyvis.edge").Edge
    fields = dict(vars(link))
    options = edge(fields.pop("source"), fields.pop("target"), directed=True, **fields).options
    return dict(options)


def read_engine_script() -> str:
    """Return vis-network's JavaScript, licence notice included, from the installed pyvis."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")
