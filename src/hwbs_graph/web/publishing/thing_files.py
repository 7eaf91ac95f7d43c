"""The files of one thing: its page, its sheet as JSON and rows, its statements as RDF.

Out of scope: where they are written (`site_folder`).
"""

import json
from collections.abc import Iterator
from typing import Any

from hwbs_graph.query.results import ask_named, rows_from_text
from hwbs_graph.report.profile import ThingSheet, list_mentions
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.facts import ThingFacts, describe_thing
from hwbs_graph.web.pages.lookups import serialize_statements
from hwbs_graph.web.pages.thing import build_page
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.urls import page_url
from hwbs_graph.write.rows import render

_RDF = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
_MENTIONS = ("partner", "plan", "theme", "objective", "code", "action", "iri")


def list_thing_files(
    engine: Engine, maker: PageMaker, iri: str, **further: Any
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file of a thing, its page first."""
    facts, address = describe_thing(engine, iri), page_url(iri)
    page = maker.names.find(address)
    yield (
        page,
        maker.render(page, "thing", here=address, page=build_page(facts, page_url), **further),
    )
    for format, type in _RDF.items():
        yield _find(maker, address, format), serialize_statements(engine, iri, type)
    yield _find(maker, address, "json"), _write_sheet(facts)
    yield _find(maker, address, "csv"), _write_rows(engine, facts)


def _find(maker: PageMaker, address: str, format: str) -> str:
    return maker.names.find(f"{address}?format={format}")


def _write_sheet(facts: ThingFacts) -> bytes:
    """Return what `hwbs partner` or `hwbs show` says of it as JSON."""
    sheet = facts["partner"] or {key: facts[key] for key in ThingSheet.__annotations__}  # type: ignore[literal-required]
    return (json.dumps(sheet, ensure_ascii=False, indent=2) + "\n").encode()


def _write_rows(engine: Engine, facts: ThingFacts) -> bytes:
    """Return the rows of `hwbs partner` or `hwbs show` as CSV."""
    if facts["partner"]:
        rows = list_mentions(facts["partner"])
        columns = list(rows[0]) if rows else list(_MENTIONS)
        return render(rows_from_text(rows, columns, []), "csv")
    return render(ask_named(engine, "network/links-of-thing", thing=facts["thing"]["iri"]), "csv")
