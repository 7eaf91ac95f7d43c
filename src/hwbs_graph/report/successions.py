"""Bodies that took the place of a partner which a plan names.

Out of scope: what else became of a body (`report/history-of-thing`).
"""

import warnings
from typing import NamedTuple

from hwbs_graph.errors import AmbiguousError, NameTakenWarning, NotFoundError
from hwbs_graph.names import Thing
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine


class Replaced(NamedTuple):
    """A partner that another body has replaced, and a sentence that says so."""

    partner: Thing
    sentence: str


def find_replaced(engine: Engine, name: str) -> Replaced | None:
    """Return the one partner in whose place the body of this name has come, if there is one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NameTakenWarning)  # the sentence says it
            body = recognise(engine, name)
    except (NotFoundError, AmbiguousError):
        return None
    rows = run_named(engine, "internal/replaced-partners", body=body.iri)
    if len({row["partner"] for row in rows}) != 1:
        return None
    partner = Thing(rows[0]["partner"], "partner", rows[0]["label"])
    when = f" on {rows[0]['date']}" if rows[0]["date"] else ""
    sentence = f"{body.label} replaced {partner.label}{when}; the plans name that:"
    return Replaced(partner, sentence)
