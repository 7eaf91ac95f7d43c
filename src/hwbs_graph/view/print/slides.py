"""A record as slides: one for each picture, drawn as shapes that a person can move and recolour.

The shapes are those of the page and the PDF, so no slide shows another number than they do.

Out of scope: which pictures there are (`v8_layout`), and the list, which is longer than a slide.
"""

from collections.abc import Callable, Iterator
from math import cos, radians, sin
from typing import Any

from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.print.v8_layout import Drawing, make_drawings, picture_addresses
from hwbs_graph.write.slide_deck import (
    MARGIN,
    POINT,
    SIZE,
    TITLE,
    add_titled_slide,
    open_deck,
    save_deck,
)

#: From the top of a line of Arial to its baseline, and the line's height, as shares of the size.
ASCENT, LINE = 0.905, 1.2
#: Straight pieces that stand for a curve.
PIECES = 12


def render_pptx(graph: PlanGraph, opening: str = "") -> bytes:
    """Return a .pptx with a slide for each picture of a record, or for the one it opens on.

    A slide's title tells the finding, its notes the plan and the sources. `graph` and `opening`
    are what `render_view` takes; the same graph gives the same bytes.
    """
    model = read_model(graph)
    views = picture_addresses(model, opening)
    addresses = [opening] if opening else [views[view] for view in views if view != "list"]
    deck = open_deck(model.title)
    for drawing in make_drawings(model, "A4", addresses):
        _add_slide(deck, drawing)
    return save_deck(deck)


def _add_slide(deck: Any, drawing: Drawing) -> None:
    words = (drawing.title, drawing.desc, *drawing.sources)
    notes = "\n".join(filter(None, words))
    slide = add_titled_slide(deck, drawing.finding or drawing.title, notes)
    slide.shapes.turbo_add_enabled = True
    pen = _Pen(slide.shapes, drawing)
    for shape in drawing.shapes:
        pen.draw(shape)


class _Pen:
    """Draws a picture's shapes on one slide, as large as the room below the title allows."""

    def __init__(self, shapes: Any, drawing: Drawing) -> None:
        self.shapes, self.paper = shapes, drawing.paper
        room = (SIZE[0] - 2 * MARGIN, SIZE[1] - TITLE - MARGIN)
        self.scale = min(room[0] / drawing.width, room[1] / drawing.height)
        self.left = MARGIN + (room[0] - drawing.width * self.scale) / 2
        self.draw_kinds: dict[str, Callable[[dict[str, Any]], None]] = {
            "rect": self._draw_rect,
            "path": self._draw_path,
            "polygon": self._draw_polygon,
            "text": self._draw_text,
        }

    def draw(self, shape: dict[str, Any]) -> None:
        """Draw one shape of shapes.js."""
        self.draw_kinds[shape["type"]](shape)

    def _place(self, x: float, y: float) -> tuple[int, int]:
        return round(self.left + x * self.scale), round(TITLE + y * self.scale)

    def _draw_rect(self, shape: dict[str, Any]) -> None:
        from pptx.enum.shapes import MSO_SHAPE

        x, y, width, height = (shape[name] for name in "xywh")
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if shape["r"] else MSO_SHAPE.RECTANGLE
        size = (round(width * self.scale), round(height * self.scale))
        drawn = self.shapes.add_shape(kind, *self._place(x, y), *size)
        if shape["r"]:
            drawn.adjustments[0] = min(0.5, shape["r"] / min(width, height))
        self._ink(drawn, shape)

    def _draw_polygon(self, shape: dict[str, Any]) -> None:
        self._draw_points([tuple(point) for point in shape["points"]], shape, close=True)

    def _draw_path(self, shape: dict[str, Any]) -> None:
        self._draw_points([*_straighten(shape["steps"])], shape, close=False)

    def _draw_points(
        self, points: list[tuple[float, float]], shape: dict[str, Any], close: bool
    ) -> None:
        first, *rest = (self._place(*point) for point in points)
        builder = self.shapes.build_freeform(*first, scale=1.0)
        builder.add_line_segments(rest, close=close)
        self._ink(builder.convert_to_shape(), shape)

    def _ink(self, drawn: Any, shape: dict[str, Any]) -> None:
        from pptx.enum.dml import MSO_LINE

        drawn.shadow.inherit = False
        if fill := shape.get("fill"):
            drawn.fill.solid()
            drawn.fill.fore_color.rgb = self._colour(fill, shape)
        else:
            drawn.fill.background()
        if not (stroke := shape.get("stroke")):
            drawn.line.fill.background()
            return
        drawn.line.color.rgb = self._colour(stroke, shape)
        drawn.line.width = round(shape["width"] * self.scale)
        if dash := shape.get("dash"):
            drawn.line.dash_style = MSO_LINE.DASH if dash[0] > dash[1] else MSO_LINE.ROUND_DOT

    def _colour(self, colour: str, shape: dict[str, Any]) -> Any:
        """Return a colour as it looks on the paper: slides have no simple opacity."""
        from pptx.dml.color import RGBColor

        share = shape.get("opacity", 1)
        over, under = (
            [int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (colour, self.paper)
        )
        mixed = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
        colour_of: Callable[..., Any] = RGBColor
        return colour_of(*mixed)

    def _draw_text(self, shape: dict[str, Any]) -> None:
        from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN

        size, align = shape["size"], shape.get("align", "left")
        wide, tall = (len(shape["text"]) * 0.62 + 1) * size, LINE * size
        x, y = _corner(shape, wide, tall)
        room = (round(wide * self.scale), round(tall * self.scale))
        box = self.shapes.add_textbox(*self._place(x, y), *room)
        box.rotation = shape.get("turn", 0)
        frame = box.text_frame
        frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        line = frame.paragraphs[0]
        line.text = shape["text"]
        line.alignment = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER}.get(
            align, PP_ALIGN.RIGHT
        )
        line.font.size = max(POINT, round(size * self.scale))
        line.font.bold, line.font.name = bool(shape.get("bold")), "Arial"
        line.font.color.rgb = self._colour(shape["fill"], shape)


def _corner(shape: dict[str, Any], wide: float, tall: float) -> tuple[float, float]:
    """Return the upper left corner of a text's box, which is turned round its middle."""
    x, y, size = shape["x"], shape["y"], shape["size"]
    share = {"left": 0.0, "center": 0.5}.get(shape.get("align", "left"), 1.0)
    # From the middle of the box to where its words begin.
    along, down = (share - 0.5) * wide, ASCENT * size - tall / 2
    turn = radians(shape.get("turn", 0))
    right, below = along * cos(turn) - down * sin(turn), along * sin(turn) + down * cos(turn)
    return x - right - wide / 2, y - below - tall / 2


def _straighten(steps: list[list[Any]]) -> Iterator[tuple[float, float]]:
    """Yield the points of a path, a curve as short straight pieces."""
    here = (0.0, 0.0)
    for kind, *numbers in steps:
        if kind == "C":
            yield from _curve_points(here, numbers)
        else:
            yield numbers[0], numbers[1]
        here = (numbers[-2], numbers[-1])


def _curve_points(
    start: tuple[float, float], numbers: list[float]
) -> Iterator[tuple[float, float]]:
    points = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
    for piece in range(1, PIECES + 1):
        t = piece / PIECES
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        xs, ys = ([point[axis] for point in points] for axis in (0, 1))
        yield (
            sum(a * b for a, b in zip(shares, xs, strict=True)),
            sum(a * b for a, b in zip(shares, ys, strict=True)),
        )
