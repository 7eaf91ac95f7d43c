"""A record as PDF for printing: each plan's picture on a page of its own, then the plan as tables.

Mail gateways strip HTML attachments and many a desk has no browser to spare; a PDF passes.

Out of scope: where the boxes stand (`engine`), what the tables say (`listing`, `table`).
"""

from io import BytesIO
from typing import Any

from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page.plan_parts import extract_plan, keep_shown
from hwbs_graph.view.page_model import PageModel
from hwbs_graph.view.print.fonts import runs
from hwbs_graph.view.print.pdf_tables import BASE, story_of
from hwbs_graph.view.print.v8_layout import Paper, Sheet, draw_sheets, every_plan

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
    addresses = (opening,) if opening else every_plan(model)
    return compose(model, draw_sheets(model, paper, addresses), paper)


def compose(model: PageModel, sheets: list[Sheet], paper: Paper) -> bytes:
    """Return the PDF of `record` with the pictures that were drawn of its plans."""
    from reportlab.platypus.doctemplate import LayoutError

    try:
        return _build(model, sheets, paper, False)
    except LayoutError:
        return _build(model, sheets, paper, True)


def _build(model: PageModel, sheets: list[Sheet], paper: Paper, cut_rows: bool) -> bytes:
    from reportlab.platypus import NextPageTemplate, PageBreak, Spacer

    target = BytesIO()
    document = _document(target, model, paper)
    document.addPageTemplates([*_templates(sheets, paper)])
    story: list[Any] = []
    for number, sheet in enumerate(sheets):
        # A page is only made where something stands on it; its template draws the picture.
        story += [NextPageTemplate(f"picture {number}"), *([PageBreak()] if story else [])]
        story += [Spacer(1, 1), NextPageTemplate("list"), PageBreak()]
        shown = keep_shown(extract_plan(model, sheet.plan), sheet.nodes)
        story += story_of(shown, document.width, BASE[paper], cut_rows)
    document.build(story)
    return target.getvalue()


def _document(target: BytesIO, model: PageModel, paper: Paper) -> Any:
    from reportlab.platypus import BaseDocTemplate

    document = BaseDocTemplate(
        target,
        pagesize=SIZES[paper],
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 4 * MM,
        title=model.title,
        subject=model.subtitle,
        author="",
        creator="hwbs",
        lang="en-GB",
        # No date of the day and no random name: one record, one file.
        invariant=1,
    )
    document.afterFlowable = lambda flowable: _bookmark(document, flowable)
    return document


def _bookmark(document: Any, flowable: Any) -> None:
    """Enter a heading into the outline that a PDF reader shows beside the pages."""
    heading = getattr(flowable, "heading", None)
    if heading is None:
        return
    text, level, key = heading
    document.canv.bookmarkHorizontal(key, 0, document.frame._y + flowable.height)
    document.canv.addOutlineEntry(text, key, level, closed=level > 0)


def _templates(sheets: list[Sheet], paper: Paper) -> list[Any]:
    from reportlab.platypus import Frame, PageTemplate

    width, height = SIZES[paper]
    inner = (width - 2 * MARGIN, height - 2 * MARGIN)

    def frame(below: float) -> Any:
        padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
        return Frame(MARGIN, MARGIN + below, inner[0], inner[1] - below, **padding)

    def picture(number: int, sheet: Sheet) -> Any:
        def draw(canvas: Any, document: Any) -> None:
            _first(canvas, number, sheet)
            draw_sheet(canvas, sheet, (MARGIN, MARGIN), inner)
            _foot(canvas, document, sheet.title)

        return PageTemplate(f"picture {number}", [frame(0)], onPage=draw)

    def foot(canvas: Any, document: Any) -> None:
        _foot(canvas, document, document.title)

    pictures = [picture(number, sheet) for number, sheet in enumerate(sheets)]
    return [*pictures, PageTemplate("list", [frame(4 * MM)], onPage=foot)]


def _first(canvas: Any, number: int, sheet: Sheet) -> None:
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.bookmarkPage(f"picture-{number}")
    canvas.addOutlineEntry(f"{sheet.title}: picture", f"picture-{number}", 0)


def _foot(canvas: Any, document: Any, title: str) -> None:
    """Write title and page number into the lower margin."""
    width = document.pagesize[0]
    number = f"Page {document.page}"
    _write(canvas, (width - MARGIN - 7 * len(number) / 2, MARGIN / 2), number, 7)
    _write(canvas, (MARGIN, MARGIN / 2), title[:160], 7)


def _write(canvas: Any, place: tuple[float, float], text: str, size: float) -> None:
    words = canvas.beginText(*place)
    words.setFillGray(0.3)
    for font, run in runs(text, False):
        words.setFont(font, size)
        words.textOut(run)
    canvas.drawText(words)


def draw_sheet(
    canvas: Any, sheet: Sheet, corner: tuple[float, float], room: tuple[float, float]
) -> None:
    """Draw a sheet as large as fits into `room` (points) above and right of `corner`, centred."""
    from hwbs_graph.view.print.pdf_shapes import draw_shape

    scale = min(room[0] / sheet.width, room[1] / sheet.height)
    canvas.saveState()
    canvas.translate(
        corner[0] + (room[0] - sheet.width * scale) / 2,
        corner[1] + (room[1] + sheet.height * scale) / 2,
    )
    canvas.scale(scale, scale)
    for shape in sheet.shapes:
        draw_shape(canvas, shape)
    canvas.restoreState()
