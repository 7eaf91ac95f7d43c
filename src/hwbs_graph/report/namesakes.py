"""Partners of one name in a list, told apart by the plans that name them.

Out of scope: a name that a person types (`names`).
"""

import json
from collections import Counter

from hwbs_graph.grouping import group_pairs
from hwbs_graph.query.results import Rows, run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import list_first

#: The column that is added where bodies share a name.
NAMED_IN = "namedIn"
#: A row names no more plans than these.
_MOST_PLANS = 3


def tell_namesakes(engine: Engine, rows: Rows) -> Rows:
    """Return a list of partners with a column more, if several bodies have one name.

    It names the plans of those bodies, and stands empty for all others.
    """
    told = {row["partner"]: row["partnerLabel"] for row in rows.text_rows()}
    shared = {label for label, number in Counter(told.values()).items() if number > 1}
    if not shared:
        return rows
    found = run_named(engine, "internal/plans-of-partners")
    plans = group_pairs((row["partner"], row["planLabel"]) for row in found)
    written = json.loads(rows.encoded)
    written["head"]["vars"].append(NAMED_IN)
    for row in written["results"]["bindings"]:
        own = plans.get(row["partner"]["value"], [])
        if own and row["partnerLabel"]["value"] in shared:
            named = list_first(own, _MOST_PLANS, "; ")
            row[NAMED_IN] = {"type": "literal", "value": named}
    return Rows(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
