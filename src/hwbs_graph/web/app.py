"""The addresses of the server, and what answers at each.

Out of scope: binding a port and ending the workers (`running`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hwbs_graph.model.vocabulary import HWBS
from hwbs_graph.web import endpoint, jobs
from hwbs_graph.web.context import (
    NO_PAGE_OR_GRAPH,
    Site,
    ask,
    html,
    page_or_graph,
    trouble,
    type_of,
)
from hwbs_graph.web.jobs import Trouble
from hwbs_graph.web.pages import graph, queries
from hwbs_graph.web.pages.graph import ONTOLOGY
from hwbs_graph.web.pages.rendering import BUNDLE, FILES, HTML, bundled, file
from hwbs_graph.web.pages.thing import sections
from hwbs_graph.web.protocol.negotiation import with_charset
from hwbs_graph.web.urls import iri_of, page_of

Handler = Callable[[Request, Site], Awaitable[Response]]

ENDPOINTS = ("/sparql", "/sparql/")
_VIEW_HEADERS = {
    # The view's own policy stands in the page and holds the hashes of its scripts.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(site: Site, stop: Callable[[], None]) -> Starlette:
    """Return the application; `stop` is called when it ends."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        stop()

    def route(path: str, answer: Handler, methods: tuple[str, ...] = ("GET",)) -> Route:
        async def handle(request: Request) -> Response:
            return await answer(request, site)

        return Route(path, handle, methods=list(methods))

    routes = [
        route("/", start),
        # With a slash too: a client that posts does not follow a redirection.
        *(Route(path, _Every(partial(endpoint.sparql, site=site))) for path in ENDPOINTS),
        route("/queries", queries.listing),
        route("/queries/{family}/{name}", queries.one),
        route("/openapi.json", _openapi),
        route("/ns", terms),
        route("/ns/{term}", thing),
        *(route(f"/{folder}/{{path:path}}", thing) for folder in ("id", "scheme")),
        route("/graph", graph.listing),
        route("/graph/{path:path}", graph.one),
        route("/view", view),
        route("/static/{name}", static),
    ]
    errors = {404: _not_found, 405: _not_found}
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers=errors)  # type: ignore[arg-type]


class _Every:
    """A handler of every method: which of them there are is for the protocol to say."""

    def __init__(self, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._answer = answer

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)


async def start(request: Request, site: Site) -> Response:
    """Return the start page, with what a search found."""
    text = request.query_params.get("q", "").strip()
    found = await ask(site, request, jobs.search, text[:200]) if text else None
    if isinstance(found, Trouble):
        return trouble(found, HTML)
    return html("start", text=text, found=found, facts=site.about)


async def terms(request: Request, site: Site) -> Response:
    """Lead from the address of the ontology to its terms, or return all that is said of them."""
    type = page_or_graph(request)
    if type is None:
        return trouble(NO_PAGE_OR_GRAPH, None)
    if type != HTML:
        return await graph.data(request, site, ONTOLOGY, type)
    return html("terms", terms=list(HWBS))


async def thing(request: Request, site: Site) -> Response:
    """Return the page of a thing, or what is said of it as RDF."""
    type = page_or_graph(request)
    if type is None:
        return trouble(NO_PAGE_OR_GRAPH, None)
    iri = iri_of(request.scope["path"])
    if type != HTML:
        data = await ask(site, request, jobs.statements, iri, type)
        if isinstance(data, Trouble):
            return trouble(data, type)
        return Response(data, 200, {"Vary": "Accept"}, with_charset(type))
    sheet = await ask(site, request, jobs.thing, iri)
    if isinstance(sheet, Trouble):
        links = (("/", "Search"), ("/queries", "All questions"))
        return trouble(sheet._replace(suggestions=()), HTML, links)
    return html("thing", thing=sheet["thing"], here=page_of(iri), **sections(sheet))


async def view(request: Request, site: Site) -> Response:
    """Return the workshop view of a plan."""
    given = [request.query_params.get(name, "") for name in ("plan", "theme", "partner")]
    drawn = await ask(site, request, jobs.picture, *given)
    if isinstance(drawn, Trouble):
        links = tuple((f"/view?plan={path}", label) for path, label in drawn.candidates)
        return trouble(drawn, HTML, links)
    return Response(drawn, 200, _VIEW_HEADERS, f"{HTML}; charset=utf-8")


async def static(request: Request, site: Site) -> Response:
    """Return a file that the pages need."""
    name = request.path_params["name"]
    files = FILES | ({BUNDLE: "text/javascript"} if bundled() else {})
    if name not in files:
        raise HTTPException(404)
    headers = {"Cache-Control": "max-age=300", "X-Content-Type-Options": "nosniff"}
    return Response(file(name), 200, headers, f"{files[name]}; charset=utf-8")


async def _openapi(request: Request, site: Site) -> Response:
    return queries.described(request)


async def _not_found(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404 and request.url.path == "/index.html":
        return RedirectResponse("/")
    said = {
        404: "There is no page at this address; start from the first page.",
        405: "This address can only be read; use GET.",
    }[error.status_code]
    type = type_of(request, (HTML, "application/json"))
    response = trouble(Trouble(error.status_code, said), type, (("/", "Start"),))
    response.headers.update(error.headers or {})
    return response
