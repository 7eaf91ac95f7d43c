"""The named questions as addresses: a page to read, JSON and CSV to work with.

Out of scope: finding names and running queries (`lookups`).
"""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hwbs_graph.errors import NotFoundError
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.web import openapi
from hwbs_graph.web.dispatch import Site, run_lookup
from hwbs_graph.web.pages import lookups, result_network, result_table
from hwbs_graph.web.pages.rendering import HTML, queries_by_family
from hwbs_graph.web.problem import Problem, as_problem
from hwbs_graph.web.responses import ANSWER_FORMATS, choose_type, data_response, html_response

#: What an answer can be sent as, and the format that makes it.
_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    ANSWER_FORMATS["xlsx"]: "xlsx",
    HTML: "json",
}
_GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    HTML: "ttl",
}
#: What `?format=` takes, for questions with rows and for those with a graph.
_FORMATS = ANSWER_FORMATS
_GRAPH_FORMATS = {"json": "application/ld+json", "ttl": "text/turtle", "html": HTML}
_LIST_FORMATS = {"json": "application/json", "html": HTML}


async def list_queries(request: Request, site: Site) -> Response:
    """Return the catalogue."""
    if choose_type(request, tuple(_LIST_FORMATS.values()), _LIST_FORMATS) == HTML:
        return html_response("queries", families=queries_by_family())
    queries = (query for family in queries_by_family().values() for query in family)
    return JSONResponse([_catalogue_entry(query) for query in queries])


async def answer_query(request: Request, site: Site) -> Response:
    """Run a question with the parameters in the address, each a name, code or IRI."""
    query = _load_query(f"{request.path_params['family']}/{request.path_params['name']}")
    graph = openapi.gives_graph(query)
    types = _GRAPH_TYPES if graph else _TYPES
    type = choose_type(request, tuple(types), _GRAPH_FORMATS if graph else _FORMATS)
    given = _read_parameters(request)
    job = (lookups.run_named_query, query.name, given, types[type])
    try:
        answer = await run_lookup(site, request, *job)
    except Problem as problem:
        raise problem.with_links(_retry_links(query, given, problem)) from None
    return _answer_page(query, given, answer) if type == HTML else data_response(answer, type)


def _load_query(name: str) -> NamedQuery:
    try:
        return catalogue.load(name)
    except NotFoundError as error:
        links = ((f"/queries/{near}", near) for near in error.suggestions)
        raise as_problem(error).with_links(links) from None


def _read_parameters(request: Request) -> dict[str, str]:
    """Return the parameters that are filled in; an empty field of the form asks for all."""
    given = request.query_params.items()
    return {name: value for name, value in given if name != "format" and value.strip()}


def _answer_page(query: NamedQuery, given: dict[str, str], answer: bytes) -> Response:
    graph = openapi.gives_graph(query)
    truth = None if graph else result_table.read_boolean(answer)
    table = result_table.from_labelled_rows(answer) if truth is None and not graph else None
    format = "ttl" if graph else "csv"
    return html_response(
        "query",
        query=query,
        given=given,
        table=table,
        network=result_network.from_rows(answer) if table else None,
        truth=truth,
        graph=answer.decode("utf-8") if graph else "",
        download=f"/queries/{query.name}?{urlencode({**given, 'format': format})}",
        saved_as="Turtle" if graph else "CSV",
    )


def _retry_links(
    query: NamedQuery, given: dict[str, str], problem: Problem
) -> tuple[tuple[str, str], ...]:
    """Return links that ask again with a candidate or a suggestion in place of the bad name."""
    bad = next((key for key, value in given.items() if f"“{value}”" in problem.detail), None)
    if bad is None:
        return ()
    choices = problem.candidates or tuple((name, name) for name in problem.suggestions)
    return tuple(
        (f"/queries/{query.name}?{urlencode({**given, bad: name})}", label)
        for name, label in choices
    )


def _catalogue_entry(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "href": f"/queries/{query.name}",
        "tags": list(query.tags),
        "parameters": [each._asdict() for each in query.parameters],
    }
