"""A thing as data to work with: its sheet as JSON, its rows as CSV.

Out of scope: its statements as RDF (`lookups`), and its page (`thing`).
"""

import json

from hwbs_graph.query.results import rows_from_text
from hwbs_graph.report.profile import list_mentions
from hwbs_graph.report.thing_profile import ThingSheet
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.facts import ThingFacts, describe_thing
from hwbs_graph.write.rows import render

_LINKS = ("thing", "direction", "property", "propertyLabel", "other", "otherLabel")
_MENTIONS = ("partner", "plan", "theme", "objective", "code", "action", "iri")


def write_thing(engine: Engine, iri: str, format: str) -> bytes:
    """Return a thing as `json` or `csv`. Raises NotFoundError."""
    facts = describe_thing(engine, iri)
    return write_sheet(facts) if format == "json" else write_rows(facts)


def write_sheet(facts: ThingFacts) -> bytes:
    """Return what `hwbs partner` or `hwbs show` says of it as JSON."""
    sheet = facts["partner"] or {key: facts[key] for key in ThingSheet.__annotations__}  # type: ignore[literal-required]
    return (json.dumps(sheet, ensure_ascii=False, indent=2) + "\n").encode()


def write_rows(facts: ThingFacts) -> bytes:
    """Return the rows of `hwbs partner` or `hwbs show` as CSV."""
    if facts["partner"]:
        rows = list_mentions(facts["partner"])
        columns = list(rows[0]) if rows else list(_MENTIONS)
        return render(rows_from_text(rows, columns, []), "csv")
    return render(rows_from_text(facts["links"], _LINKS), "csv")
