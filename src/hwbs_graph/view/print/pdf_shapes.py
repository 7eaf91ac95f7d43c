"""The shapes of shapes.js on a reportlab canvas, whose y runs upward: every y is turned round.

Out of scope: which shapes there are, pages and tables.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hwbs_graph.view.print.fonts import split_by_font

Shape = Mapping[str, Any]


def draw_shape(canvas: Any, shape: Shape) -> None:
    """Draw one shape; the origin is the drawing's upper left corner."""
    if fill := shape.get("fill"):
        canvas.setFillColor(_parse_colour(fill))
    if stroke := shape.get("stroke"):
        canvas.setStrokeColor(_parse_colour(stroke))
        canvas.setLineWidth(shape["width"])
        canvas.setDash(shape.get("dash") or [])
    # A colour brings an opacity of its own, so ours comes after it.
    canvas.setFillAlpha(shape.get("opacity", 1))
    canvas.setStrokeAlpha(shape.get("opacity", 1))
    _PAINTERS[shape["type"]](canvas, shape, {"fill": int(bool(fill)), "stroke": int(bool(stroke))})


def _parse_colour(text: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(text)


def _draw_rect(canvas: Any, shape: Shape, how: dict[str, int]) -> None:
    x, y, width, height = (shape[name] for name in "xywh")
    radius = min(shape["r"], width / 2, height / 2)
    canvas.roundRect(x, -y - height, width, height, radius, **how)


def _draw_path(canvas: Any, shape: Shape, how: dict[str, int]) -> None:
    path = canvas.beginPath()
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo}
    for kind, *numbers in shape["steps"]:
        draw[kind](*(-n if odd % 2 else n for odd, n in enumerate(numbers)))
    canvas.drawPath(path, **how)


def _draw_polygon(canvas: Any, shape: Shape, how: dict[str, int]) -> None:
    path = canvas.beginPath()
    (x, y), *rest = shape["points"]
    path.moveTo(x, -y)
    for x, y in rest:
        path.lineTo(x, -y)
    path.close()
    canvas.drawPath(path, **how)


def _draw_text(canvas: Any, shape: Shape, _how: dict[str, int]) -> None:
    pieces = list(split_by_font(shape["text"], bool(shape.get("bold"))))
    size = shape["size"]
    width = sum(canvas.stringWidth(words, font, size) for font, words in pieces)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[shape.get("align", "left")]
    start = -share * width
    if not (turn := shape.get("turn")):
        _write_line(canvas, (shape["x"] + start, -shape["y"]), pieces, size)
        return
    canvas.saveState()
    canvas.translate(shape["x"], -shape["y"])
    # Here a turn to the left is positive, as y runs upward.
    canvas.rotate(-turn)
    _write_line(canvas, (start, 0), pieces, size)
    canvas.restoreState()


def _write_line(
    canvas: Any, place: tuple[float, float], pieces: list[tuple[str, str]], size: float
) -> None:
    line = canvas.beginText(*place)
    for font, words in pieces:
        line.setFont(font, size)
        line.textOut(words)
    canvas.drawText(line)


_PAINTERS: dict[str, Callable[[Any, Shape, dict[str, int]], None]] = {
    "rect": _draw_rect,
    "path": _draw_path,
    "polygon": _draw_polygon,
    "text": _draw_text,
}
