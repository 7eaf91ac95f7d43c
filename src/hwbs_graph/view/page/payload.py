"""The data block of the page: what the scripts read.

Out of scope: what the data means (`page_model`), and the HTML around it.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.partner_places import place_partners

Steps = Sequence[dict[str, str]]


def page_json(
    model: PageModel,
    nodes: Iterable[dict[str, Any]],
    edges: Iterable[dict[str, Any]],
    options: Any,
    steps: Steps | None = None,
    opening: str = "",
) -> str:
    """Return what `buildModel` reads, as JSON: `nodes` and `edges` are pyvis' own dictionaries.

    A node has the fields of `page_model.Node`; an edge those of `Link`, from and to for its ends.
    """
    data = {
        **vars(model),
        "nodes": nodes,
        "edges": edges,
        "documents": model.documents,
        "places": place_partners(model),
        "steps": steps,
        "opening": opening,
        "options": options,
    }
    del data["links"]
    data["notes"] = [note._asdict() for note in model.notes]
    data["fingerprint"] = _mark_data(model)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=vars)


def _mark_data(model: PageModel) -> str:
    """Return a mark that two pages share only if they show the same record."""
    shown = {**vars(model), "notes": ()}
    text = json.dumps(shown, ensure_ascii=False, default=vars)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compress(text: str) -> str:
    """Return a text as gzip in base64: a fifth of its size, and inert whatever it says.

    The bytes depend on the text alone, so that the same record gives the same file.
    """
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")
