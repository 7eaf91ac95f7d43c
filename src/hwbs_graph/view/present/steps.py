"""The steps of Present from a file, for the page of a graph.

A step is `{title, sentence, hash}`, `hash` being the address of the state it shows.

Out of scope: showing them (`present.js`), the steps a page makes itself (`steps.js`).
"""

from pathlib import Path

from hwbs_graph.view.drawing_model import PlanGraph, read_record
from hwbs_graph.view.present.step_file import read_steps

__all__ = ["load_steps", "read_steps"]


def load_steps(path: Path, graph: PlanGraph) -> list[dict[str, str]]:
    """Return the steps of the file at `path` for the page of `graph`, as `read_steps` does."""
    return read_steps(path, read_record(graph))
