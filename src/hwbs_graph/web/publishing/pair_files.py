"""The files of each pair of plans that the data link: their comparison as a page, and its rows.

Out of scope: pairs that nothing links, which need a server.
"""

from collections.abc import Iterator

from hwbs_graph.store import Engine
from hwbs_graph.web.pages.plan_pairs import Pair, list_pairs
from hwbs_graph.web.pages.two_plans import build_comparison, compare_plans, write_rows
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.urls import page_url


def name_pairs(engine: Engine, maker: PageMaker) -> None:
    """Name the files of each pair."""
    for pair in list_pairs(engine):
        stem = "--".join(maker.names.find(page_url(iri))[3:-5] for iri in (pair.one, pair.other))
        stem = f"compare/{stem.replace('/', '-')}"
        maker.names.add(pair.address, f"{stem}.html")
        maker.names.add(f"{pair.address}&format=csv", f"{stem}.csv")


def list_pair_files(engine: Engine, maker: PageMaker, pair: Pair) -> Iterator[tuple[str, bytes]]:
    """Yield the page of a comparison, and the file to save beside it."""
    found = compare_plans(engine, *(f"<{iri}>" for iri in (pair.one, pair.other)))
    here = maker.names.find(pair.address)
    yield here, maker.render(here, "compare", page=build_comparison(found, page_url))
    yield maker.names.find(f"{pair.address}&format=csv"), write_rows(found)
