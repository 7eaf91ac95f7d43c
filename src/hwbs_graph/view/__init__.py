"""The workshop view: a record's graph becomes one self-contained HTML file.

The file is opened from a USB stick in a room without internet, so it carries its own
drawing library, style and data, and asks the network for nothing.

Out of scope: serving pages over HTTP.
"""

from hwbs_graph.view.columns import Column, list_columns
from hwbs_graph.view.heatmap import render_boards
from hwbs_graph.view.opening import opening_address
from hwbs_graph.view.page import render_view, write_view
from hwbs_graph.view.present.steps import load_steps
from hwbs_graph.view.print.bundle import render_zip
from hwbs_graph.view.print.pdf import render_pdf
from hwbs_graph.view.print.v8_layout import render_svg
from hwbs_graph.view.selection import Asked, Picture, picture, render_picture

__all__ = [
    "Asked",
    "Column",
    "Picture",
    "list_columns",
    "load_steps",
    "opening_address",
    "picture",
    "render_boards",
    "render_pdf",
    "render_picture",
    "render_svg",
    "render_view",
    "render_zip",
    "write_view",
]
