"""A record as one .zip: the page, the PDF and the picture, because mail gateways strip HTML.

Out of scope: what the three files show (`page`, `pdf`, `v8_layout`).
"""

from hwbs_graph.text import file_stem
from hwbs_graph.view.model_reader import PlanGraph, read_model
from hwbs_graph.view.page import render_view
from hwbs_graph.view.page.payload import Steps
from hwbs_graph.view.print.pdf import compose_pdf
from hwbs_graph.view.print.v8_layout import (
    Paper,
    make_drawings,
    picture_addresses,
    plan_addresses,
)
from hwbs_graph.write.archive import pack_zip

_README = """\
{title}

{stem}.html  The workshop view. Save it to a folder, then open it in a browser; it needs
             no internet. Open it from there rather than from within this archive.
{stem}.pdf   For printing on {paper}: the picture, then the whole plan as tables.
{stem}.svg   The picture alone, for slides and posters; sharp at every size.
pictures     Every picture of the view, as such a drawing.

Dashed lines are suggested by a person, not printed in the plan.
"""


def render_zip(
    graph: PlanGraph, paper: Paper = "A3", opening: str = "", steps: Steps | None = None
) -> bytes:
    """Return a .zip of the HTML, the PDF, the SVG of each picture and a README.txt.

    The same graph gives the same bytes. `graph`, `opening` and `steps` are what `render_view`
    takes; raises ValueError as it does.
    """
    model = read_model(graph)
    shown = (opening,) if opening else plan_addresses(model)
    views = picture_addresses(model, opening)
    drawings = make_drawings(model, paper, (*shown, *views.values()))
    printed, pictures = drawings[: len(shown)], drawings[len(shown) :]
    stem = file_stem(model.title, "plan")
    readme = _README.format(title=model.title, stem=stem, paper=paper)
    return pack_zip(
        {
            "README.txt": readme.replace("\n", "\r\n").encode(),
            f"{stem}.html": render_view(graph, steps, opening).encode(),
            f"{stem}.pdf": compose_pdf(model, printed, paper),
            f"{stem}.svg": printed[0].svg.encode(),
            **{f"pictures/{each.view}.svg": each.svg.encode() for each in pictures},
        }
    )
