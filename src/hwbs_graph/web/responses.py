"""Responses to people and programs: pages, files and problems, in the media type they accept.

Out of scope: the SPARQL protocol, which negotiates for itself (`protocol`).
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.web.pages.rendering import HTML, page_headers, render_page
from hwbs_graph.web.problem import PROBLEM_JSON, Problem
from hwbs_graph.web.protocol.negotiation import (
    GRAPHS,
    JSON_GRAPHS,
    ROWS,
    negotiate,
    with_charset,
)

PLAIN = "text/plain"
#: The sheet of a thing, which only `?format=json` asks for: a client that likes JSON gets JSON-LD.
SHEET = "application/json; charset=utf-8"
#: What `?format=` takes on the page of a thing or a graph, beside negotiation.
_GRAPH_FORMATS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
_FORMATS = {"html": HTML, "csv": "text/csv", "json": SHEET} | _GRAPH_FORMATS
#: What `?format=` takes for an answer with rows that is told as a page first.
ANSWER_FORMATS = {
    "html": HTML,
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MACHINE_TYPES = tuple(dict.fromkeys((*ROWS, *GRAPHS, PROBLEM_JSON)))
_DATA_HEADERS = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}


def html_response(template: str, status: int = 200, nonce: str = "", **values: Any) -> Response:
    """Return a page; its policy allows styles that carry the nonce, if there is one."""
    content = render_page(template, nonce=nonce, **values)
    return Response(content, status, page_headers(nonce), f"{HTML}; charset=utf-8")


def data_response(data: bytes, type: str) -> Response:
    """Return data for programs."""
    return Response(data, 200, _DATA_HEADERS, with_charset(type))


def problem_response(problem: Problem, request: Request, page_first: bool = True) -> Response:
    """Return a problem as a page, as JSON, or as one plain sentence.

    `page_first` says which one a client gets that accepts any.
    """
    type = _choose_problem_type(request, page_first)
    if type == HTML:
        response = html_response("problem", problem.status, problem=problem)
    elif type == PLAIN:
        body = f"{problem.detail}\n".encode()
        response = Response(body, problem.status, _DATA_HEADERS, with_charset(PLAIN))
    else:
        response = Response(problem.to_json(), problem.status, _DATA_HEADERS, PROBLEM_JSON)
    response.headers.update(dict(problem.headers))
    return response


def _choose_problem_type(request: Request, page_first: bool) -> str:
    """Return the media type of a problem: one that the client can read, JSON if there is none."""
    if "format" in request.query_params:
        return HTML if request.query_params["format"] == "html" else PROBLEM_JSON
    accept = request.headers.get("accept")
    offers = (HTML, *_MACHINE_TYPES) if page_first else (*_MACHINE_TYPES, HTML)
    if negotiate(accept, offers, JSON_GRAPHS) == HTML:
        return HTML
    # A program has no problem in its own type, such as CSV, but perhaps in one it likes less.
    type = negotiate(accept, (PROBLEM_JSON, "application/json", PLAIN, HTML))
    return type if type in (PLAIN, HTML) else PROBLEM_JSON


def refuse_repeated(request: Request, names: Sequence[str] = ()) -> None:
    """Raise Problem 400 for a parameter of the address, one of `names` if any, that is repeated.

    All of its values but one would be lost.
    """
    given = [name for name, _ in request.query_params.multi_items()]
    for name in dict.fromkeys(given):
        if given.count(name) > 1 and (not names or name in names):
            raise Problem(400, f"The parameter “{name[:40]}” is given twice; give it once.")


def choose_type(
    request: Request,
    offers: Sequence[str],
    formats: Mapping[str, str],
    last: Set[str] = frozenset(),
) -> str:
    """Return the media type a client wants: of `formats` by `?format=`, otherwise of `offers`.

    Types in `last` lose a tie. Raises Problem 406 if there is none.
    """
    if (name := request.query_params.get("format")) is not None:
        type = formats.get(name)
    else:
        type = negotiate(request.headers.get("accept"), offers, last)
    if type is None:
        raise Problem(406, f"Accept one of: {', '.join(offers)}.")
    return type


def choose_format(request: Request, formats: Mapping[str, str]) -> str:
    """Return what `?format=` names of `formats`, a page without it. Raises Problem 406."""
    name = request.query_params.get("format", "html")
    if name not in formats:
        raise Problem(406, f"Give format as one of: {', '.join(formats)}.")
    return name


def choose_page_or_data(request: Request) -> str:
    """Return the media type of a page, or of a thing as data. Raises Problem 406.

    CSV and the sheet in JSON come only by `?format=`: who negotiates gets RDF.
    """
    return choose_type(request, (HTML, *GRAPHS), _FORMATS, JSON_GRAPHS)


def choose_page_or_graph(request: Request) -> str:
    """Return the media type of a page, or of a graph as RDF. Raises Problem 406.

    JSON loses a tie.
    """
    return choose_type(request, (HTML, *GRAPHS), {"html": HTML} | _GRAPH_FORMATS, JSON_GRAPHS)


def choose_graph(request: Request) -> str:
    """Return the media type of a graph that has no page. Raises Problem 406."""
    return choose_type(request, list(GRAPHS), _GRAPH_FORMATS, JSON_GRAPHS)
