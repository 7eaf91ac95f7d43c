"""Where a picture that is taller than its paper is cut into pages: between lines of text.

Out of scope: drawing the pages (`pdf`).
"""

from collections.abc import Iterator
from typing import Any

from hwbs_graph.view.print.v8_layout import Drawing

#: The pictures that are tables of words.
TABLES = ("room", "sheet")
#: Of the size of a text, what stands above its baseline and below it.
ABOVE, BELOW = 1.0, 0.35
#: A picture so much taller than its page is still one page, drawn smaller.
SMALLER = 1.25


def cut_pages(drawing: Drawing, room: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield top and bottom of each page, in pixels of `drawing`; one pair for what fits.

    `room` is width and height of a page in any unit. Only a table of words is cut.
    """
    tall = drawing.width * room[1] / room[0]
    if drawing.view not in TABLES or drawing.height <= tall * SMALLER:
        yield 0.0, drawing.height
        return
    top = 0.0
    while drawing.height - top > tall:
        bottom = _find_cut(drawing.shapes, top, top + tall)
        yield top, bottom
        top = bottom
    yield top, drawing.height


def list_within(drawing: Drawing, cut: tuple[float, float]) -> Iterator[dict[str, Any]]:
    """Yield the shapes of which some part stands between top and bottom."""
    for shape in drawing.shapes:
        above, below = _find_reach(shape)
        if below > cut[0] and above < cut[1]:
            yield shape


def _find_reach(shape: dict[str, Any]) -> tuple[float, float]:
    """Return the highest and the lowest place of a shape."""
    match shape["type"]:
        case "rect":
            return shape["y"], shape["y"] + shape["h"]
        case "text":
            return shape["y"] - ABOVE * shape["size"], shape["y"] + BELOW * shape["size"]
    points = shape.get("points") or [step[-2:] for step in shape["steps"]]
    return min(y for _, y in points) - 1, max(y for _, y in points) + 1


def _find_cut(shapes: list[dict[str, Any]], top: float, limit: float) -> float:
    """Return the lowest line below a row above `limit` that no text crosses, or `limit`."""
    lines = {
        step[2]
        for shape in shapes
        if shape["type"] == "path" and len(steps := shape["steps"]) == 2
        for step in steps
        if steps[0][2] == steps[1][2] and top < step[2] <= limit
    }
    texts = [_find_reach(shape) for shape in shapes if shape["type"] == "text"]
    free = [y for y in lines if not any(above < y < below for above, below in texts)]
    return max(free, default=limit)
