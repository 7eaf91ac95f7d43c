"""The pages of a site beside those of things and answers: home, questions, terms, search, data.

Out of scope: what the pages of things and answers show (`thing_files`, `beforehand`).
"""

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode

from hwbs_graph.data import bundled
from hwbs_graph.model.vocabulary import SKOS, TERMS
from hwbs_graph.store import Engine
from hwbs_graph.web import protocol
from hwbs_graph.web.branding import Branding
from hwbs_graph.web.pages.facts import list_documents
from hwbs_graph.web.pages.home import build_home, gather_home
from hwbs_graph.web.pages.plan_pairs import list_pairs
from hwbs_graph.web.pages.rendering import static_file
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.publishing import search_files
from hwbs_graph.web.publishing.beforehand import list_published
from hwbs_graph.web.publishing.data_files import DataSheet
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.urls import page_url

#: The file of each page by the address that a server has for it.
_PAGES = {
    "/": "index.html",
    "/search": "search.html",
    "/queries": "queries.html",
    "/ns": "terms.html",
    "/compare": "compare.html",
    "/data": "data.html",
    "/changes": "changes.html",
    "/accessibility": "accessibility.html",
    "/404": "404.html",
    "/static/style.css": "static/style.css",
    "/static/search.js": "static/search.js",
    "/static/sort.js": "static/sort.js",
    "/static/words.js": search_files.FILE,
}
_MISSING = "There is no page at this address: nothing here has it, or has it any more."


def name_pages(maker: PageMaker) -> None:
    """Name the file of each page, and the place of each term."""
    for address, name in _PAGES.items():
        maker.names.add(address, name)
    for name, data in _list_own(maker.branding).items():
        if data:
            maker.names.add(f"/{name}", name)
    for term in bundled.list_terms():
        maker.names.alias(page_url(f"{TERMS}{term}"), _PAGES["/ns"])


def list_page_files(
    engine: Engine, maker: PageMaker, data: DataSheet
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each page, and of what all pages need."""
    home = build_home(gather_home(engine), page_url)
    stats = protocol.measure_dataset(engine)
    missing = Problem(404, _MISSING, links=(("/", "Home"), ("/queries", "All questions")))
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "/": ("start", {"home": home, "stats": stats, "outdated": False}),
        "/search": ("find", {}),
        "/queries": ("queries", {"families": list_published()}),
        "/ns": ("terms", {"terms": _define_terms(engine)}),
        "/compare": ("compare", {"page": None, "pairs": list_pairs(engine)}),
        "/data": ("data", {"data": data, "stats": stats}),
        "/accessibility": ("accessibility", {}),
        "/404": ("problem", {"problem": missing}),
    }
    for address, (template, values) in pages.items():
        yield _PAGES[address], maker.render(_PAGES[address], template, **values)
    for name in ("style.css", "search.js", "sort.js"):
        yield f"static/{name}", static_file(name) or b""
    for name, own in _list_own(maker.branding).items():
        if own:
            yield name, own
    words = search_files.write_words(engine, maker.names, list_documents(engine))
    yield search_files.FILE, words


def _list_own(branding: Branding) -> dict[str, bytes]:
    """Return the council's own files, empty where it has none."""
    return {"static/own.css": branding.style, f"static/{branding.logo_name}": branding.logo}


def _define_terms(engine: Engine) -> dict[str, str]:
    """Return what each term of the ontology means."""
    return {term: _find_definition(engine, term) for term in bundled.list_terms()}


def _find_definition(engine: Engine, term: str) -> str:
    node = NamedNode(f"{TERMS}{term}")
    found = engine.snapshot().quads_for_pattern(node, SKOS.definition, None, None)
    return next((getattr(quad.object, "value", "") for quad in found), "")
