"""The data block of the page: what the scripts read, without what repeats or says nothing.

Out of scope: what the data means (`records`), and the HTML around it.
"""

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from typing import Any

from hwbs_graph.model.bases import STANDINGS
from hwbs_graph.view.drawing_model import short_keys
from hwbs_graph.view.page.pyvis_network import told
from hwbs_graph.view.records import Record

Steps = Sequence[dict[str, str]]


def page_data(
    record: Record,
    nodes: Iterable[dict[str, Any]],
    edges: Iterable[dict[str, Any]],
    options: Any,
    steps: Steps | None,
    opening: str = "",
) -> dict[str, Any]:
    """Return what `buildModel` reads: `nodes` and `edges` are pyvis' own dictionaries.

    A source is [document's number, place, line, printed words], as the same few documents are
    named some thousand times.
    """
    documents: dict[str, int] = {}
    keys = short_keys([plan.key for plan in record.plans])
    return {
        "title": record.title,
        "subtitle": record.subtitle,
        "start": record.start,
        "columns": [vars(column) for column in record.columns],
        "plans": [
            {"key": key, **{word: getattr(plan, word) for word in _PLAN_WORDS}}
            for key, plan in zip(keys, record.plans, strict=True)
        ],
        "nodes": [_packed(node, documents) for node in nodes],
        "edges": [_packed(edge, documents) for edge in edges],
        "alignments": [_packed(told(one), documents) for one in record.alignments],
        "documents": list(documents),
        "standings": STANDINGS,
        "steps": steps,
        "opening": opening,
        "options": options,
    }


_PLAN_WORDS = ("title", "subtitle", "short", "board")


#: What pyvis adds and the page does not read, and what follows from another field.
_UNREAD = {"shape", "x", "y", "arrows", "standing"}


def _packed(thing: dict[str, Any], documents: dict[str, int]) -> dict[str, Any]:
    packed = {
        key: value
        for key, value in thing.items()
        if key not in _UNREAD and value is not False and value not in ("", [], (), None)
    }
    if "sources" in packed:
        packed["sources"] = [_source(source, documents) for source in packed["sources"]]
    if "also" in packed:
        packed["also"] = [_packed(other, documents) for other in packed["also"]]
    return packed


def _source(source: dict[str, Any], documents: dict[str, int]) -> list[Any]:
    number = documents.setdefault(source["document"], len(documents))
    return [number, source["place"], source["line"], source["printed"]]


def compressed(data: Any) -> str:
    """Return `data` as JSON, gzip and base64: a fifth of its size, and inert whatever it says.

    The bytes depend on the data alone, so that the same record gives the same file.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")
