"""The named graphs as addresses: a list, and for each what it holds and the whole of it as RDF.

Out of scope: counting (`desk`).
"""

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.model.vocabulary import BASE, shorten
from hwbs_graph.web import jobs, protocol
from hwbs_graph.web.context import (
    NO_PAGE_OR_GRAPH,
    Site,
    ask,
    html,
    in_line,
    page_or_graph,
    trouble,
)
from hwbs_graph.web.jobs import Trouble
from hwbs_graph.web.pages.html_tables import Cell
from hwbs_graph.web.pages.rendering import HTML
from hwbs_graph.web.protocol import Operation, Outcome, Wanted
from hwbs_graph.web.urls import iri_of, page_of, page_of_graph
from hwbs_graph.web.workers.admission import Caller

#: The graph that the file of the ontology becomes.
ONTOLOGY = f"{BASE}graph/hwbs"


async def listing(request: Request, site: Site) -> Response:
    """Return the list of named graphs, or the one of any IRI that is asked for."""
    if iri := request.query_params.get("iri"):
        return await _graph(request, site, iri)
    listed = [
        (Cell(shorten(iri), page_of_graph(iri)), size) for iri, size in site.about.graphs.items()
    ]
    return html("graphs", listed=listed, facts=site.about)


async def one(request: Request, site: Site) -> Response:
    """Return a named graph of ours, by its own path."""
    return await _graph(request, site, iri_of(request.scope["path"]))


async def _graph(request: Request, site: Site, iri: str) -> Response:
    type = page_or_graph(request)
    if type is None:
        return trouble(NO_PAGE_OR_GRAPH, None)
    if iri not in site.about.graphs:
        unknown = Trouble(404, f"There is no graph “{shorten(iri)}” here.")
        return trouble(unknown, type, (("/graph", "All named graphs"),))
    if type != HTML:
        return await data(request, site, iri, type)
    found = await ask(site, request, jobs.graph, iri)
    if isinstance(found, Trouble):
        return trouble(found, HTML)
    here = page_of_graph(iri)
    return html(
        "graph",
        name=shorten(iri),
        iri=iri,
        size=site.about.graphs[iri],
        kinds=[(Cell(label, page_of(kind)), times) for kind, label, times in found.kinds],
        documents=[(Cell(label, page_of(each)), times) for each, label, times in found.documents],
        things=[Cell(label, page_of(thing)) for thing, label in found.things],
        save=here + ("&" if "?" in here else "?") + "format=",
    )


async def data(request: Request, site: Site, iri: str, type: str) -> Response:
    """Return a graph as RDF, within the bounds of every answer."""
    if iri not in site.about.graphs:
        return trouble(Trouble(404, f"There is no graph “{shorten(iri)}” here."), type)
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}"

    def run(caller: Caller) -> Outcome:
        job = (protocol.evaluate, Operation(text), Wanted(None, type), site.most)
        return site.public.run(*job, caller=caller)

    answer: Outcome = await in_line(site, site.public, request, run)
    if answer.status != 200:
        return trouble(Trouble(answer.status, answer.body.decode("utf-8").strip()), type)
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    return Response(answer.body, 200, headers, answer.type)
