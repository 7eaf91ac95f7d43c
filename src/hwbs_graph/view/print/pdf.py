"""A record as PDF for printing: each picture on a page of its own, then the plan as tables.

Mail gateways strip HTML attachments and many a desk has no browser to spare; a PDF passes.

Out of scope: where the boxes stand (`v8_layout`), what the tables say (`outline`, `pdf_tables`).
"""

from io import BytesIO
from math import inf
from typing import Any

from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page.plan_parts import extract_plan, keep_shown
from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.print.fonts import split_by_font
from hwbs_graph.view.print.page_cuts import TABLES, cut_pages, list_within
from hwbs_graph.view.print.pdf_tables import BASE, make_story
from hwbs_graph.view.print.v8_layout import Drawing, Paper, make_drawings, plan_addresses

#: Millimetres to points; every margin is ten of these.
MM = 72 / 25.4
MARGIN = 10 * MM
#: Landscape, in points.
SIZES = {"A3": (420 * MM, 297 * MM), "A4": (297 * MM, 210 * MM)}


def render_pdf(graph: PlanGraph, paper: Paper = "A3", opening: str = "") -> bytes:
    """Return the PDF of a record for `paper`, landscape; the same graph gives the same bytes.

    `graph` is what `render_view` takes. With `opening`, only what the page opens on is printed,
    picture and tables; else every plan. Raises ValueError as `render_svg` does.
    """
    model = read_model(graph)
    addresses = _list_chosen(opening) if opening else (*plan_addresses(model), *_list_last(model))
    return compose_pdf(model, make_drawings(model, paper, addresses), paper)


def _list_chosen(opening: str) -> tuple[str, ...]:
    """Return the address of what is chosen; where that is a partner, first that of its sheet."""
    words = [word.partition("=") for word in opening.removeprefix("#").split("&")]
    chosen = {word: value for word, _, value in words}
    if "partner" not in chosen or chosen.get("view") not in ("map", "grid", "list"):
        return (opening,)
    rest = "&".join("".join(word) for word in words if word[0] != "view")
    return (f"#view=sheet&{rest}", opening)


def _list_last(model: PageModel) -> tuple[str, ...]:
    """Return the address of the open points, which stand last, if the room said anything."""
    return ("#view=room",) if model.notes else ()


def compose_pdf(model: PageModel, drawings: list[Drawing], paper: Paper) -> bytes:
    """Return the PDF of `record` with the pictures that were drawn of its plans."""
    from reportlab.platypus.doctemplate import LayoutError

    try:
        return _build_pdf(model, drawings, paper, False)
    except LayoutError:
        return _build_pdf(model, drawings, paper, True)


def _build_pdf(model: PageModel, drawings: list[Drawing], paper: Paper, cut_rows: bool) -> bytes:
    from reportlab.platypus import NextPageTemplate, PageBreak, Spacer

    target = BytesIO()
    title = drawings[0].title if len(drawings) == 1 or drawings[0].view in TABLES else model.title
    document = _make_document(target, title, model.subtitle, paper)
    document.addPageTemplates(_make_templates(drawings, paper))
    story: list[Any] = []
    for number, drawing in enumerate(drawings):
        if drawing.view != "list":  # the tables are what it shows
            for page, _ in enumerate(cut_pages(drawing, _find_room(paper))):
                # A page is only made where something stands on it; its template draws the picture.
                story += [NextPageTemplate(f"picture {number}.{page}")]
                story += [*([PageBreak()] if len(story) > 1 else []), Spacer(1, 1)]
        if drawing.view in TABLES:
            continue
        story += [NextPageTemplate("list"), *([PageBreak()] if story else [])]
        shown = keep_shown(extract_plan(model, drawing.plan), drawing.nodes)
        story += make_story(shown, drawing.title, document.width, BASE[paper], cut_rows)
    document.build(story)
    return target.getvalue()


def _make_document(target: BytesIO, title: str, subtitle: str, paper: Paper) -> Any:
    from reportlab.platypus import BaseDocTemplate

    document = BaseDocTemplate(
        target,
        pagesize=SIZES[paper],
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 4 * MM,
        title=title,
        subject=subtitle,
        author="",
        creator="hwbs",
        lang="en-GB",
        # No date of the day and no random name: one record, one file.
        invariant=1,
    )
    document.afterFlowable = lambda flowable: _add_bookmark(document, flowable)
    return document


def _add_bookmark(document: Any, flowable: Any) -> None:
    """Enter a heading into the outline that a PDF reader shows beside the pages."""
    heading = getattr(flowable, "heading", None)
    if heading is None:
        return
    text, level, key = heading
    document.canv.bookmarkHorizontal(key, 0, document.frame._y + flowable.height)
    document.canv.addOutlineEntry(text, key, level, closed=level > 0)


def _make_templates(drawings: list[Drawing], paper: Paper) -> list[Any]:
    from reportlab.platypus import Frame, PageTemplate

    inner = _find_room(paper)

    def frame(below: float) -> Any:
        padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
        return Frame(MARGIN, MARGIN + below, inner[0], inner[1] - below, **padding)

    def picture(number: int, page: int, drawing: Drawing, cut: tuple[float, float]) -> Any:
        def draw(canvas: Any, document: Any) -> None:
            if not page:
                _bookmark_picture(canvas, number, drawing)
            place_drawing(canvas, drawing, (MARGIN, MARGIN), inner, cut)
            _draw_foot(canvas, document, drawing.title)

        return PageTemplate(f"picture {number}.{page}", [frame(0)], onPage=draw)

    def foot(canvas: Any, document: Any) -> None:
        _draw_foot(canvas, document, document.title)

    pictures = [
        picture(number, page, drawing, cut)
        for number, drawing in enumerate(drawings)
        for page, cut in enumerate(cut_pages(drawing, inner))
    ]
    tables = PageTemplate("list", [frame(4 * MM)], onPage=foot)
    # The first is that of the first page.
    return [tables, *pictures] if drawings[0].view == "list" else [*pictures, tables]


def _bookmark_picture(canvas: Any, number: int, drawing: Drawing) -> None:
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.bookmarkPage(f"picture-{number}")
    canvas.addOutlineEntry(f"{drawing.title}: picture", f"picture-{number}", 0)


def _draw_foot(canvas: Any, document: Any, title: str) -> None:
    """Write title and page number into the lower margin."""
    width = document.pagesize[0]
    number = f"Page {document.page}"
    _draw_line(canvas, (width - MARGIN - 7 * len(number) / 2, MARGIN / 2), number, 7)
    _draw_line(canvas, (MARGIN, MARGIN / 2), title[:160], 7)


def _draw_line(canvas: Any, place: tuple[float, float], text: str, size: float) -> None:
    words = canvas.beginText(*place)
    words.setFillGray(0.3)
    for font, run in split_by_font(text, False):
        words.setFont(font, size)
        words.textOut(run)
    canvas.drawText(words)


def _find_room(paper: Paper) -> tuple[float, float]:
    """Return width and height within the margins, in points."""
    width, height = SIZES[paper]
    return width - 2 * MARGIN, height - 2 * MARGIN


def place_drawing(
    canvas: Any,
    drawing: Drawing,
    corner: tuple[float, float],
    room: tuple[float, float],
    cut: tuple[float, float],
) -> None:
    """Draw what stands between top and bottom of `cut` as large as fits into `room` (points).

    It is centred above and right of `corner`, or under its upper edge if it is one of several.
    """
    from hwbs_graph.view.print.pdf_shapes import draw_shape

    (top, bottom), whole = cut, cut == (0.0, drawing.height)
    scale = min(room[0] / drawing.width, room[1] / drawing.height if whole else inf)
    canvas.saveState()
    canvas.translate(
        corner[0] + (room[0] - drawing.width * scale) / 2,
        corner[1] + ((room[1] + drawing.height * scale) / 2 if whole else room[1] + top * scale),
    )
    canvas.scale(scale, scale)
    if not whole:
        path = canvas.beginPath()
        path.rect(0, -bottom, drawing.width, bottom - top)
        canvas.clipPath(path, stroke=0, fill=0)
    for shape in drawing.shapes if whole else list_within(drawing, cut):
        draw_shape(canvas, shape)
    canvas.restoreState()
