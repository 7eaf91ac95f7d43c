"""Projections of the record: themes, objectives, actions, partners as networkx graphs.

Drawn raw, the record is unreadable, because every link is a node with its source. Here a
link is an edge again, and carries basis and source as attributes. `project_plan` is one plan in
print order, for exports; `project_record` is every plan at once with determinants and alignments,
for the workshop view; `count_families` only counts, for when there are too many boards to draw.

Out of scope: layout and drawing (`view`), and measures.
"""

from hwbs_graph.network.plan_graph import project_plan
from hwbs_graph.network.plans import choose_plan, count_families, list_plans
from hwbs_graph.network.whole_graph import choose_drawn, project_record

__all__ = [
    "choose_drawn",
    "choose_plan",
    "count_families",
    "list_plans",
    "project_plan",
    "project_record",
]
