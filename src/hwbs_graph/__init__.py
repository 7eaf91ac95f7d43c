"""Joint Health and Wellbeing Strategies as a knowledge graph: who does what, and where it says so.

`from hwbs_graph import open_graph` is the way in from Python. Nothing is loaded until one of
these names is asked for, because a command that only prints help should not wait for an engine.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hwbs_graph.api import Answer, Graph, open_graph
    from hwbs_graph.checks.findings import Finding
    from hwbs_graph.errors import HwbsError

__all__ = ["Answer", "Finding", "Graph", "HwbsError", "open_graph"]

#: Which module holds each public name.
_HOMES = {
    "Answer": "api",
    "Finding": "checks.findings",
    "Graph": "api",
    "HwbsError": "errors",
    "open_graph": "api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__]
