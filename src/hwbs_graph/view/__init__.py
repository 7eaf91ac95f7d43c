"""The workshop view: one plan's graph becomes one self-contained HTML file.

The file is opened from a USB stick in a room without internet, so it carries its own
drawing library, style and data, and asks the network for nothing.

Out of scope: reading RDF, choosing which plan to show, serving pages over HTTP.
"""

from hwbs_graph.view.columns import COLUMNS, Column
from hwbs_graph.view.page import render_view, write_view

__all__ = ["COLUMNS", "Column", "render_view", "write_view"]
