"""Projections of the record: themes, objectives, actions, partners as networkx graphs.

Drawn raw, the record is unreadable, because every link is a node with its source. Here a
link is an edge again, and carries basis and source as attributes. `projection` is one plan in
print order, for exports; `whole` is every plan at once with determinants and alignments, for the
workshop view; `boards` only counts, for when there are too many boards to draw.

Out of scope: layout and drawing (`view`), and measures.
"""

from hwbs_graph.network.plan_graph import projection
from hwbs_graph.network.plans import boards, choose_plan, every
from hwbs_graph.network.whole_graph import choose_drawn, whole

__all__ = ["boards", "choose_drawn", "choose_plan", "every", "projection", "whole"]
