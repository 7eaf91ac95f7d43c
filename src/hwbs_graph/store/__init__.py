"""Where a query runs: in memory, on disk, or on a SPARQL server. Callers need not know which.

Out of scope: what the rows mean (`query`), and loading (`data`, `load`).
"""

from pathlib import Path

from hwbs_graph.errors import UsageError
from hwbs_graph.store.embedded import Embedded, is_store, open_disk_store
from hwbs_graph.store.engine import Engine, Results
from hwbs_graph.store.engine_errors import explain_damage, query_errors
from hwbs_graph.store.parameters import Term, Terms
from hwbs_graph.store.terms import is_iri, term_text

__all__ = [
    "Embedded",
    "Engine",
    "Results",
    "Term",
    "Terms",
    "explain_damage",
    "is_iri",
    "is_store",
    "open_disk_store",
    "open_store_or_endpoint",
    "query_errors",
    "term_text",
]

_NOTHING_LEFT = (
    "To leave the record out, name files of your own with --graph, or nothing is left to read;"
    " a store or server holds only what was loaded into it."
)


def open_store_or_endpoint(
    store: Path | None,
    endpoint: str | None,
    files: bool,
    timeout: float | None = None,
    whole: bool = False,
    only: bool = False,
) -> Engine | None:
    """Open the store or the SPARQL server that was named; return None if neither was.

    For `whole` see `open_disk_store`; `only` leaves out what is added to nothing but files.
    Raises UsageError if several were: a query runs over one graph, and files cannot be added to
    a graph that is only read.
    """
    named = [bool(files), store is not None, endpoint is not None]
    if sum(named) > 1:
        raise UsageError(
            "Give only one of files, a store and an endpoint: files are added to the record in"
            " memory, and a store or server holds what was loaded into it (see `hwbs load`)."
        )
    if only and not files:
        raise UsageError(_NOTHING_LEFT)
    if timeout is not None and endpoint is None:
        raise UsageError("A time-out is for an endpoint; name one, or leave it out.")
    if endpoint is not None:
        from hwbs_graph.store.remote import Remote

        return Remote(endpoint, timeout)
    return open_disk_store(store, whole) if store is not None else None
