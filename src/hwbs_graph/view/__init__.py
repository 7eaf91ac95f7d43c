"""The workshop view: a record's graph becomes one self-contained HTML file.

The file is opened from a USB stick in a room without internet, so it carries its own
drawing library, style and data, and asks the network for nothing.

Out of scope: serving pages over HTTP.
"""

from hwbs_graph.report.room_notes import read_notes
from hwbs_graph.view.columns import Column, list_columns
from hwbs_graph.view.heatmap import render_boards
from hwbs_graph.view.page import render_view, write_view
from hwbs_graph.view.plan_pages import name_pages, render_contents, render_pages
from hwbs_graph.view.present.step_file import read_steps
from hwbs_graph.view.print.bundle import render_zip
from hwbs_graph.view.print.pdf import render_pdf
from hwbs_graph.view.print.slides import render_pptx
from hwbs_graph.view.print.v8_layout import render_svg
from hwbs_graph.view.selection import (
    Picture,
    Selection,
    choose_picture,
    opening_address,
    render_picture,
)

__all__ = [
    "Column",
    "Picture",
    "Selection",
    "choose_picture",
    "list_columns",
    "name_pages",
    "opening_address",
    "read_notes",
    "read_steps",
    "render_boards",
    "render_contents",
    "render_pages",
    "render_pdf",
    "render_picture",
    "render_pptx",
    "render_svg",
    "render_view",
    "render_zip",
    "write_view",
]
