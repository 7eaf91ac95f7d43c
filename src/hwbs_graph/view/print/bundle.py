"""A record as one .zip: the page, the PDF and the picture, because mail gateways strip HTML.

Out of scope: what the three files show (`page`, `pdf`, `engine`).
"""

import re
import unicodedata
import zipfile
from io import BytesIO

from hwbs_graph.view.drawing_model import PlanGraph, read_record
from hwbs_graph.view.page import render_view
from hwbs_graph.view.page.payload import Steps
from hwbs_graph.view.print.pdf import compose
from hwbs_graph.view.print.v8_layout import Paper, draw_sheets, every_plan

#: The first moment a zip can name: bytes must not depend on when they were made.
NO_DATE = (1980, 1, 1, 0, 0, 0)
#: Names that Windows keeps for devices.
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_LONGEST = 80

_README = """\
{title}

{stem}.html  The workshop view. Save it to a folder, then open it in a browser; it needs
             no internet. Open it from there rather than from within this archive.
{stem}.pdf   For printing on {paper}: the picture, then the whole plan as tables.
{stem}.svg   The picture alone, for slides and posters; sharp at every size.

Dashed lines are suggested by a person, not printed in the plan.
"""


def render_zip(
    graph: PlanGraph, paper: Paper = "A3", opening: str = "", steps: Steps | None = None
) -> bytes:
    """Return a .zip of the HTML, the PDF, the SVG and a README.txt.

    The same graph gives the same bytes. `graph`, `opening` and `steps` are what `render_view`
    takes; raises ValueError as it does.
    """
    record = read_record(graph)
    sheets = draw_sheets(record, paper, (opening,) if opening else every_plan(record))
    first = sheets[0] if opening else sheets[record.start]
    stem = file_stem(record.title)
    readme = _README.format(title=record.title, stem=stem, paper=paper)
    return _pack(
        {
            "README.txt": readme.replace("\n", "\r\n").encode(),
            f"{stem}.html": render_view(graph, steps, opening).encode(),
            f"{stem}.pdf": compose(record, sheets, paper),
            f"{stem}.svg": first.svg.encode(),
        }
    )


def _pack(contents: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Whoever unpacks it may read it, on whatever system it was packed.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def file_stem(title: str) -> str:
    """Return a file name without its ending that every system takes, as export.js makes it."""
    plain = unicodedata.normalize("NFKD", title)
    plain = re.sub("[\u0300-\u036f’']", "", plain).lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")
    if stem and not _DEVICE.fullmatch(stem):
        return stem
    return f"plan-{stem}".rstrip("-")
