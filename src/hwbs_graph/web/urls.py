"""Turns an IRI of ours into the address of its page here, and back.

Out of scope: whether there is such a thing; the graph says.
"""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from hwbs_graph.model.vocabulary import BASE, TERMS

#: What turns an IRI into the address of its page: here, or in a folder of files.
Resolver = Callable[[str], str]
#: The parts of our IRIs that have pages, as they begin below `BASE`.
_FOLDERS = ("id/", "scheme/", "graph/")
_DATASET = f"{BASE}dataset"


def page_url(iri: str) -> str:
    """Return the path of an IRI's page here, or the IRI itself if it is elsewhere on the web.

    "" if it cannot be opened: another scheme could run something in the reader's browser.
    """
    if iri == TERMS.rstrip("#"):
        return "/ns"
    if iri.startswith(TERMS):
        return "/ns/" + quote(iri.removeprefix(TERMS), safe="")
    if iri == _DATASET:
        return "/.well-known/void"
    if iri.startswith(BASE):
        local = iri.removeprefix(BASE)
        # What names a version has no page: it is what was published then.
        return "/" + quote(local, safe="/:@!$&'()*+,;=~") if local.startswith(_FOLDERS) else ""
    return iri if iri.startswith(("http://", "https://")) else ""


def graph_page_url(iri: str) -> str:
    """Return the path of the page of a named graph, which may have any IRI."""
    own = iri.startswith(f"{BASE}graph/")
    return page_url(iri) if own else f"/graph?{urlencode({'iri': iri})}"


def passage_anchor(document: str, line: str) -> str:
    """Return the id of a passage in the page of a thing: `S002-line-21`."""
    return quote(f"{document}-line-{line}", safe="")


def iri_from_path(path: str) -> str:
    """Return the IRI whose page has this decoded path."""
    if path.startswith("/ns/"):
        return TERMS + path.removeprefix("/ns/")
    return BASE + path.removeprefix("/")
