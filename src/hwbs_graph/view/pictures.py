"""The pictures that a page offers, from the one list of them, which its scripts hold.

Out of scope: how each is drawn (`scripts/shapes/drawings.js`).
"""

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

from hwbs_graph.view.page_model import Node, PageModel


class PictureKind(NamedTuple):
    """One line of `scripts/record/pictures.js`, which says what each field means."""

    word: str
    label: str
    needs: str
    filters: list[str] | None
    across: bool
    paper: str
    place: str
    guide: list[str]
    asks: str = ""


@cache
def list_pictures() -> tuple[PictureKind, ...]:
    """Return the pictures in the order of their buttons; a page opens on the first."""
    path = resources.files("hwbs_graph.view") / "scripts" / "record" / "pictures.js"
    text = path.read_text(encoding="utf-8")
    listed = text[text.index("= [") + 2 : text.index("];") + 1]
    return tuple(PictureKind(**entry) for entry in json.loads(listed))


def list_views() -> tuple[str, ...]:
    """Return the words of all pictures in an address."""
    return tuple(picture.word for picture in list_pictures())


def list_offered(model: PageModel) -> list[str]:
    """Return the words of those pictures that `model` has something for."""
    missing = _list_missing(model)
    return [picture.word for picture in list_pictures() if picture.needs not in missing]


def _list_missing(model: PageModel) -> set[str]:
    """Return the needs that `model` does not meet; `offers.js` asks the same."""
    kinds = [node.kind for node in model.nodes]

    def is_root(node: Node) -> bool:
        return node.kind == model.columns[0].kind and not node.leaf

    met = {
        "alignments": bool(model.alignments),
        "boards": len({plan.board or plan.title for plan in model.plans}) > 1,
        "comparison": kinds.count("partner") > 1 and "determinant" in kinds,
        "determinants": "determinant" in kinds,
        "notes": bool(model.notes),
        "partner": "partner" in kinds,
        "partners": kinds.count("partner") > 1,
        "themes": "partner" in kinds and sum(map(is_root, model.nodes)) > 1,
    }
    return {need for need, is_met in met.items() if not is_met}
