"""The named questions as addresses: a page to read, JSON and CSV to work with.

Out of scope: finding names and running queries (`desk`).
"""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hwbs_graph.errors import NotFoundError
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.web import jobs, openapi
from hwbs_graph.web.context import Site, ask, html, trouble, type_of
from hwbs_graph.web.jobs import Trouble
from hwbs_graph.web.pages import html_tables
from hwbs_graph.web.pages.rendering import HTML
from hwbs_graph.web.pages.rendering import questions as families
from hwbs_graph.web.protocol.negotiation import with_charset

#: What an answer can be sent as, and the format that makes it.
_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/csv": "csv",
    HTML: "json",
}
_GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    HTML: "ttl",
}
_LISTS = {"json": "application/json", "html": HTML}
_FIXED = ("format",)


async def listing(request: Request, site: Site) -> Response:
    """Return the catalogue."""
    type = type_of(request, _LISTS)
    if type is None:
        return _not_acceptable(tuple(_LISTS.values()))
    if type == HTML:
        return html("queries", families=families())
    entries = [_entry(query) for family in families().values() for query in family]
    return JSONResponse(entries)


async def one(request: Request, site: Site) -> Response:
    """Run a question with the parameters in the address, each a name, code or IRI."""
    name = f"{request.path_params['family']}/{request.path_params['name']}"
    try:
        query = catalogue.load(name)
    except NotFoundError as error:
        links = tuple((f"/queries/{near}", near) for near in error.suggestions)
        unknown = Trouble(404, str(error), error.suggestions)
        return trouble(unknown, type_of(request, tuple(_TYPES)), links)
    types = _GRAPH_TYPES if openapi.gives_graph(query) else _TYPES
    type = _type(request, types)
    if type is None:
        return _not_acceptable(tuple(types))
    given = _given(request)
    if isinstance(given, Trouble):
        return trouble(given, type)
    answer = await ask(site, request, jobs.named, name, given, types[type])
    if isinstance(answer, Trouble):
        return trouble(answer, type, _ways_on(query, given, answer))
    if type == HTML:
        return _page(query, given, answer)
    return Response(answer, 200, {"Vary": "Accept"}, with_charset(type))


def described(request: Request) -> Response:
    """Return the OpenAPI document."""
    return JSONResponse(openapi.document(str(request.base_url).rstrip("/")))


def _type(request: Request, types: dict[str, str]) -> str | None:
    if "format" not in request.query_params:
        return type_of(request, tuple(types))
    return type_of(request, openapi.GRAPH_CHOICES if types is _GRAPH_TYPES else openapi.CHOICES)


def _given(request: Request) -> dict[str, str] | Trouble:
    """Return the parameters that are filled in; an empty field of the form asks for all."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            return Trouble(400, f"The parameter “{name}” is given twice; give it once.")
        if name not in _FIXED and value.strip():
            given[name] = value
    return given


def _page(query: NamedQuery, given: dict[str, str], answer: bytes) -> Response:
    graph = openapi.gives_graph(query)
    truth = None if graph else html_tables.boolean(answer)
    table = html_tables.labelled(answer) if truth is None and not graph else None
    format = "ttl" if graph else "csv"
    return html(
        "query",
        query=query,
        given=given,
        table=table,
        truth=truth,
        graph=answer.decode("utf-8") if graph else "",
        download=f"/queries/{query.name}?{urlencode({**given, 'format': format})}",
        saved_as="Turtle" if graph else "CSV",
    )


def _ways_on(
    query: NamedQuery, given: dict[str, str], found: Trouble
) -> tuple[tuple[str, str], ...]:
    """Return links that ask again with a candidate or a suggestion in place of the bad name."""
    bad = next((key for key, value in given.items() if f"“{value}”" in found.sentence), None)
    if bad is None:
        return ()
    choices = found.candidates or tuple((name, name) for name in found.suggestions)
    return tuple(
        (f"/queries/{query.name}?{urlencode({**given, bad: name})}", label)
        for name, label in choices
    )


def _entry(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "href": f"/queries/{query.name}",
        "tags": list(query.tags),
        "parameters": [each._asdict() for each in query.parameters],
    }


def _not_acceptable(types: tuple[str, ...]) -> Response:
    return trouble(Trouble(406, f"Accept one of: {', '.join(types)}."), None)
