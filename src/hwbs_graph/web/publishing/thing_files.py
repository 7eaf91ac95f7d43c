"""The files of one thing: its page, its sheet as JSON and rows, its statements as RDF.

Out of scope: where they are written (`site_folder`).
"""

from collections.abc import Iterator
from typing import Any

from hwbs_graph.store import Engine
from hwbs_graph.web.pages.facts import describe_thing
from hwbs_graph.web.pages.lookups import serialize_statements
from hwbs_graph.web.pages.thing import build_page
from hwbs_graph.web.pages.thing_data import write_rows, write_sheet
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.urls import page_url

_RDF = {"ttl": "text/turtle", "jsonld": "application/ld+json"}


def list_thing_files(
    engine: Engine, maker: PageMaker, iri: str, **further: Any
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file of a thing, its page first."""
    facts, address = describe_thing(engine, iri), page_url(iri)
    page = maker.names.find(address)
    yield (
        page,
        maker.render(
            page, "thing", here=address, page=build_page(facts, page_url, maker.texts), **further
        ),
    )
    for format, type in _RDF.items():
        yield _find(maker, address, format), serialize_statements(engine, iri, type)
    yield _find(maker, address, "json"), write_sheet(facts)
    yield _find(maker, address, "csv"), write_rows(facts)


def _find(maker: PageMaker, address: str, format: str) -> str:
    return maker.names.find(f"{address}?format={format}")
