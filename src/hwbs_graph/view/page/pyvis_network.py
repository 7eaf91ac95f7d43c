"""A page's nodes and links as a pyvis network, which carries them into the page as they are.

pyvis is the engine the customer asked for. Its own template, physics and colours are not used:
they load from the internet, never settle and cannot be read.

Out of scope: HTML, and positions: the browser measures text before it places anything.
"""

import sys
from importlib import import_module
from importlib.resources import files
from types import ModuleType
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
    pyvis = _import_pyvis()
    network = pyvis.Network(directed=True, cdn_resources="in_line", heading="")
    network.options = OPTIONS
    for node in model.nodes:
        fields = dict(vars(node))
        network.add_node(fields.pop("id"), shape="custom", color=None, **fields)
    network.edges = [_build_edge(link) for link in model.links]
    return network


def _import_pyvis() -> ModuleType:
    """Return `pyvis.network`, imported without IPython where nothing else has imported that.

    pyvis needs it only to show a page in a notebook, where IPython runs already; elsewhere it would
    load a hundred modules for nothing.
    """
    if sys.modules.get("IPython") is not None or "pyvis.network" in sys.modules:
        return import_module("pyvis.network")
    stand_ins = {name: ModuleType(name) for name in ("IPython", "IPython.display")}
    stand_ins["IPython.display"].__dict__["IFrame"] = _make_frame
    before = {name: sys.modules[name] for name in stand_ins if name in sys.modules}
    sys.modules.update(stand_ins)
    try:
        return import_module("pyvis.network")
    finally:
        for name in stand_ins:
            del sys.modules[name]
        sys.modules.update(before)


def _make_frame(*arguments: Any, **options: Any) -> Any:
    """Return IPython's own frame: a notebook may use pyvis itself once we have imported it."""
    return import_module("IPython.display").IFrame(*arguments, **options)


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
    _import_pyvis()
    path = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8")
