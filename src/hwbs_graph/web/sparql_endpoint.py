"""The address /sparql: the protocol for programs, and for a browser an editor at the same place.

Out of scope: the protocol itself (`protocol`) and the editor (`pages.editor`).
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.web import protocol
from hwbs_graph.web.dispatch import Site, read_body, run_admitted
from hwbs_graph.web.pages.editor import DOWNLOADS, editor_page
from hwbs_graph.web.pages.rendering import HTML
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol.negotiation import GRAPHS, ROWS, negotiate
from hwbs_graph.web.responses import problem_response, refuse_repeated
from hwbs_graph.web.workers.admission import Client

_MACHINE_TYPES = tuple(dict.fromkeys((*ROWS, *GRAPHS)))


#: Parameters of this address that are no part of the protocol.
_OWN = ("download", "question")


async def answer_sparql(request: Request, site: Site) -> Response:
    """Answer a request to the endpoint."""
    download = request.query_params.get("download")
    asked = _protocol_request(request)
    try:
        refuse_repeated(request, _OWN)  # the protocol judges its parameters itself
        if request.method == "POST":
            asked = asked._replace(body=await read_body(site, request))
        if _wants_page(asked, download):
            return await editor_page(request, asked, site)
        if download in DOWNLOADS:
            asked = asked._replace(headers={**asked.headers, "accept": DOWNLOADS[download]})
        answer = await _respond(request, asked, site)
    except Problem as problem:
        answer = protocol.problem_response(problem, asked, site.policy)
    if answer.status >= 400 and _reads_pages_alone(asked):
        return _problem_page(answer, request)
    headers = dict(answer.headers)
    if download in DOWNLOADS and answer.status == 200:
        headers["Content-Disposition"] = f'attachment; filename="answer.{download}"'
    return Response(answer.body, answer.status, headers)


def _protocol_request(request: Request) -> protocol.Request:
    """Return a request without its body; repeated headers are joined as HTTP says."""
    headers: dict[str, str] = {}
    for key, value in request.headers.items():
        headers[key] = f"{headers[key]},{value}" if key in headers else value
    url = str(request.url.replace(query="", fragment=""))
    return protocol.Request(request.method, request.scope["query_string"], headers, url=url)


def _wants_page(asked: protocol.Request, download: str | None) -> bool:
    if asked.method == "OPTIONS" or download in DOWNLOADS:
        return False
    accept = protocol.read_accept(asked._replace(body=b""))  # a long body is read in a thread
    return negotiate(accept, (*_MACHINE_TYPES, HTML)) == HTML


def _reads_pages_alone(asked: protocol.Request) -> bool:
    """Whether a client can read a problem as a page, and in no type that programs get."""
    accept = asked.headers.get("accept")
    return negotiate(accept, protocol.PROBLEM_TYPES) is None and negotiate(accept, (HTML,)) == HTML


def _problem_page(answer: protocol.Response, request: Request) -> Response:
    """Return the page of a problem that was told as a sentence."""
    kept = tuple(each for each in answer.headers if not each[0].startswith("Content-"))
    sentence = answer.body.decode("utf-8").rstrip("\n")
    return problem_response(Problem(answer.status, sentence, kept), request)


async def _respond(request: Request, asked: protocol.Request, site: Site) -> protocol.Response:
    """Answer in a thread: reading a long query takes time too."""

    def respond(client: Client) -> protocol.Response:
        evaluate = partial(site.evaluate, client=client)
        return protocol.respond(asked, evaluate, site.stats, site.policy)

    answer: protocol.Response = await run_admitted(site, site.public, request, respond)
    return answer
