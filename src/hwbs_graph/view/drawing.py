"""The plan as a pyvis network: which column and place each node has, and what rides along with it.

pyvis is the engine the customer asked for. Its own template, physics and colours are not used:
they load from the internet, never settle and cannot be read.

Out of scope: HTML, pixels (the browser measures text, then scales these positions).
"""

from dataclasses import asdict
from importlib import import_module
from importlib.resources import files
from typing import Any

from hwbs_graph.view.model import Link, Node, Plan

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


def draw(plan: Plan) -> Any:
    """Return a `pyvis.network.Network` of `plan`; x is the column and y the place within it."""
    pyvis = import_module("pyvis.network")
    network = pyvis.Network(directed=True, cdn_resources="in_line", heading="")
    network.options = OPTIONS
    column = {column.kind: number for number, column in enumerate(plan.columns)}
    for node in plan.nodes:
        _add_node(network, node, column[node.kind])
    for link in plan.links:
        _add_edge(network, link)
    return network


def _add_node(network: Any, node: Node, column: int) -> None:
    extra = {key: value for key, value in asdict(node).items() if key not in ("id", "label")}
    network.add_node(
        node.id,
        label=node.label or node.name,
        shape="custom",
        color=None,
        x=column,
        y=node.rank,
        **extra,
    )


def _add_edge(network: Any, link: Link) -> None:
    """Append one edge as `Network.add_edge` would.

    `add_edge` builds and scans the list of all nodes twice for each edge; ours are known to exist.
    """
    edge = import_module("pyvis.edge").Edge
    extra = {
        key: value
        for key, value in asdict(link).items()
        if key not in ("source", "target") and value
    }
    network.edges.append(edge(link.source, link.target, directed=True, **extra).options)


def engine_script() -> str:
    """Return vis-network's JavaScript, licence notice included, from the installed pyvis."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")
