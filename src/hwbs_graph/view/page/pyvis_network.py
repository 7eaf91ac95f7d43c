"""The record as a pyvis network: the column and place of each node, and what rides along with it.

pyvis is the engine the customer asked for. Its own template, physics and colours are not used:
they load from the internet, never settle and cannot be read.

Out of scope: HTML, pixels (the browser measures text, then scales these positions).
"""

from dataclasses import asdict
from importlib import import_module
from importlib.resources import files
from typing import Any

from hwbs_graph.view.records import Link, Node, Record

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


def draw(record: Record) -> Any:
    """Return a `pyvis.network.Network` of `record`; x is the column and y the place within it."""
    pyvis = import_module("pyvis.network")
    network = pyvis.Network(directed=True, cdn_resources="in_line", heading="")
    network.options = OPTIONS
    column = {column.kind: number for number, column in enumerate(record.columns)}
    for node in record.nodes:
        _add_node(network, node, column[node.kind])
    for link in record.links:
        _add_edge(network, link)
    return network


def _add_node(network: Any, node: Node, column: int) -> None:
    place = {"shape": "custom", "color": None, "x": column, "y": node.rank}
    order = {"familyOrder": node.family_order} if node.family_order else {}
    extra = told(node, "id", "label", "family_order")
    network.add_node(node.id, label=node.label or node.name, **place, **order, **extra)


def _add_edge(network: Any, link: Link) -> None:
    """Append one edge as `Network.add_edge` would.

    `add_edge` builds and scans the list of all nodes twice for each edge; ours are known to exist.
    """
    edge = import_module("pyvis.edge").Edge
    extra = told(link, "source", "target")
    network.edges.append(edge(link.source, link.target, directed=True, **extra).options)


def told(values: Any, *but: str) -> dict[str, Any]:
    """Return the fields of a record that say something: the page leaves out what is empty."""
    fields = asdict(values).items()
    return {key: value for key, value in fields if key not in but and value not in ("", (), None)}


def engine_script() -> str:
    """Return vis-network's JavaScript, licence notice included, from the installed pyvis."""
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")
