"""The named graphs as addresses: a list, and for each its contents as a page or as RDF.

Out of scope: counting (`lookups`).
"""

from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.model.single_values import FURTHER
from hwbs_graph.model.vocabulary import BASE, shorten
from hwbs_graph.query import catalogue
from hwbs_graph.web.dispatch import Site, run_lookup, run_query
from hwbs_graph.web.pages import lookups
from hwbs_graph.web.pages.rendering import HTML
from hwbs_graph.web.pages.result_table import Cell, link_cell
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import MediaTypes, Operation
from hwbs_graph.web.responses import choose_page_or_graph, data_response, html_response
from hwbs_graph.web.urls import graph_page_url, iri_from_path

#: The graph that the file of the ontology becomes.
ONTOLOGY = f"{BASE}graph/hwbs"


async def list_graphs(request: Request, site: Site) -> Response:
    """Return the list of named graphs, or the graph whose IRI is given."""
    if iri := request.query_params.get("iri"):
        return await _answer_graph(request, site, iri)
    graphs = [
        (Cell(shorten(iri), graph_page_url(iri)), size) for iri, size in site.stats.graphs.items()
    ]
    return html_response("graphs", graphs=graphs, stats=site.stats)


async def show_graph(request: Request, site: Site) -> Response:
    """Return a named graph of ours, by its own path."""
    return await _answer_graph(request, site, iri_from_path(request.scope["path"]))


async def _answer_graph(request: Request, site: Site, iri: str) -> Response:
    type = choose_page_or_graph(request)
    if type != HTML:
        return await send_graph(request, site, iri, type)
    size = _count_statements(site, iri)
    found = await run_lookup(site, request, lookups.summarize_graph, iri)
    here = graph_page_url(iri)
    return html_response(
        "graph",
        name=shorten(iri),
        iri=iri,
        size=size,
        kinds=[(link_cell(label, kind), times) for kind, label, times in found.kinds],
        documents=[(link_cell(label, each), times) for each, label, times in found.documents],
        things=[link_cell(label, thing) for thing, label in found.things],
        save=here + ("&" if "?" in here else "?") + "format=",
    )


async def send_graph(request: Request, site: Site, iri: str, type: str) -> Response:
    """Return a graph as RDF, within the bounds of every answer."""
    _count_statements(site, iri)
    operation = Operation(_statements_query(), default_graphs=(iri,))
    found = await run_query(site, request, operation, MediaTypes(None, type))
    return data_response(found.body, type)


def _statements_query() -> str:
    """Return the query for all statements of a graph, each under the property it came with."""
    pairs = " ".join(f"({further} {each})" for each, further in FURTHER.items())
    text = catalogue.load("internal/statements").text
    return text.replace("(<urn:further> <urn:property>)", pairs)


def _count_statements(site: Site, iri: str) -> int:
    """Return the statements in a graph. Raises Problem 404 if there is no such graph."""
    if iri not in site.stats.graphs:
        sentence = f"There is no graph “{shorten(iri)}” here."
        raise Problem(404, sentence, links=(("/graph", "All named graphs"),))
    return site.stats.graphs[iri]
