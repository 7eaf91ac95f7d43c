"""A picture of the record for a notebook: small, and asking the network for nothing.

The picture is an image beside its words, so no notebook runs or restyles what it holds.

Out of scope: the page that a person can work in (`page`), and files (`print`).
"""

from base64 import b64encode
from dataclasses import dataclass, field
from html import escape

from hwbs_graph.errors import UsageError
from hwbs_graph.extras import require_extra
from hwbs_graph.store import Engine
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.pictures import list_offered, list_views
from hwbs_graph.view.print.v8_layout import make_drawings
from hwbs_graph.view.selection import Selection, choose_picture


@dataclass(frozen=True)
class NotebookPicture:
    """A drawn picture: what it tells, what its marks mean and which documents it is from, as SVG.

    In a notebook it shows itself; `svg` can be written to a file.
    """

    title: str
    finding: str
    sources: tuple[str, ...]
    svg: str = field(repr=False)

    def _repr_html_(self) -> str:
        """Return the picture as HTML that needs nothing else, with its finding in words."""
        image = b64encode(self.svg.encode()).decode("ascii")
        told, *notes = (escape(each) for each in (self.finding or self.title, *self.sources))
        return (
            '<figure style="margin:0">'
            f'<img alt="{escape(self.title)}. {told}" style="max-width:100%"'
            f' src="data:image/svg+xml;base64,{image}">'
            f"<figcaption>{told}<br><small>{'<br>'.join(notes)}</small></figcaption></figure>"
        )


def draw_for_notebook(engine: Engine, selection: Selection) -> NotebookPicture:
    """Return the picture that `hwbs view` would open on.

    Raises UsageError for an unknown kind, for a picture that the record has nothing for, and where
    many boards need a plan; MissingExtraError without the extra `print`; NotFoundError and
    AmbiguousError for a name.
    """
    require_extra("print", "A picture in a notebook")
    if selection.kind not in list_views():
        known = ", ".join(list_views())
        raise UsageError(f"There is no “{selection.kind}” here; give one of: {known}.")
    chosen = choose_picture(engine, selection)
    if chosen.graph is None:
        raise UsageError("The graph holds many boards; name a plan to draw.")
    model = read_model(chosen.graph)
    if selection.kind not in list_offered(model):
        raise UsageError(f"The record has nothing to draw as “{selection.kind}”.")
    drawing = make_drawings(model, "A4", (chosen.opening or "#",))[0]
    return NotebookPicture(drawing.title, drawing.finding, tuple(drawing.sources), drawing.svg)
