"""Routes each address of the server to its handler.

Out of scope: binding a port and ending the workers (`lifecycle`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from hwbs_graph.data import bundled, manual
from hwbs_graph.web import openapi, protocol
from hwbs_graph.web.address_endings import AddressEndings, take_back
from hwbs_graph.web.branding import CURRENT
from hwbs_graph.web.dispatch import Site, run_lookup
from hwbs_graph.web.drawn_views import is_known
from hwbs_graph.web.pages import (
    facts,
    graph,
    lookups,
    queries,
    result_network,
    result_table,
    thing_data,
    two_plans,
)
from hwbs_graph.web.pages.graph import ONTOLOGY
from hwbs_graph.web.pages.home import build_home, gather_home
from hwbs_graph.web.pages.manual_pages import (
    PICTURE_TYPES,
    build_manual_page,
    list_pictures,
)
from hwbs_graph.web.pages.questions import LONGEST as LONGEST_QUESTION
from hwbs_graph.web.pages.questions import (
    answer_question,
    change_question,
    save_answer,
    suggest_questions,
)
from hwbs_graph.web.pages.rendering import HTML, STATIC_FILES, static_file
from hwbs_graph.web.pages.search import search_everywhere
from hwbs_graph.web.pages.thing import build_page
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.responses import (
    ANSWER_FORMATS,
    SHEET,
    choose_format,
    choose_graph,
    choose_page_or_data,
    choose_page_or_graph,
    choose_type,
    data_response,
    html_response,
    problem_response,
    refuse_repeated,
)
from hwbs_graph.web.sparql_endpoint import answer_sparql
from hwbs_graph.web.urls import iri_from_path, page_url

if TYPE_CHECKING:
    from hwbs_graph.web.assistant.http_endpoint import AssistantEndpoint

Handler = Callable[[Request, Site], Awaitable[Response]]

ENDPOINTS = ("/sparql", "/sparql/")
_NO_PAGE = "There is no page at this address: nothing here has it, or has it any more."
_VIEW_HEADERS = {
    # The view's own policy stands in the page and holds the hashes of its scripts.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def build_application(
    site: Site, stop: Callable[[], None], assistant: "AssistantEndpoint | None" = None
) -> Starlette:
    """Return the application; `stop` is called when it ends. `assistant` answers at /mcp."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with assistant.run() if assistant else nullcontext():
            yield
        stop()

    errors = {404: _refuse_address, 405: _refuse_address}
    routes = _list_routes(site) + ([Route("/mcp", assistant)] if assistant else [])
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers=errors,  # type: ignore[arg-type]
        middleware=[Middleware(AddressEndings)],
    )


def _list_routes(site: Site) -> list[Route]:
    """Return what answers each address."""
    route = partial(_make_route, site)
    return [
        route("/", show_start),
        route("/search", show_search),
        route("/ask", show_question),
        route("/ask/suggestions", suggest_question, page_first=False),
        # With a slash too: a client that posts does not follow a redirection.
        *(Route(path, _AnyMethod(partial(answer_sparql, site=site))) for path in ENDPOINTS),
        route("/queries", queries.list_queries, page_first=False),
        route("/queries/{family}/{name}", queries.answer_query, page_first=False),
        route("/openapi.json", describe_api, page_first=False),
        route("/.well-known/void", describe_data, page_first=False),
        route("/ns", show_terms),
        route("/ns/{term}", show_thing),
        *(route(f"/{folder}/{{path:path}}", show_thing) for folder in ("id", "scheme")),
        route("/compare", show_comparison),
        route("/graph", graph.list_graphs),
        route("/graph/{path:path}", graph.show_graph),
        route("/view", show_view),
        route("/accessibility", show_accessibility),
        route("/docs", show_manual),
        route("/docs/{name}", show_manual),
        route("/static/{name}", send_static_file),
    ]


def _make_route(site: Site, path: str, answer: Handler, page_first: bool = True) -> Route:
    """Return a route whose problems are told as a page, or as JSON where programs come first."""

    async def handle(request: Request) -> Response:
        try:
            refuse_repeated(request)
            return await answer(request, site)
        except Problem as problem:
            return problem_response(problem, request, page_first)

    return Route(path, handle, methods=["GET"])


class _AnyMethod:
    """A handler for every method: Starlette's router leaves it to the protocol to refuse some."""

    def __init__(self, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)


async def show_start(request: Request, site: Site) -> Response:
    """Return the start page; a search in its address, as older links have it, is answered."""
    if request.query_params.get("q", "").strip():
        return await show_search(request, site)
    found = await run_lookup(site, request, gather_home)
    home = build_home(found, page_url)
    return html_response("start", home=home, stats=site.stats, outdated=site.outdated)


async def show_search(request: Request, site: Site) -> Response:
    """Return what is called so, and what holds the words."""
    given = request.query_params
    text, kind, plan = (given.get(name, "").strip() for name in ("q", "kind", "plan"))
    if not text:
        return RedirectResponse("/")
    found = await run_lookup(site, request, search_everywhere, text[:200], kind, plan)
    return html_response("search", text=text[:200], kind=kind, plan=plan, found=found)


async def show_question(request: Request, site: Site) -> Response:
    """Return the page that answers a question in plain English, or the answer as data.

    With a part of it and another name (`slot`, `to`), lead to the question that has this name.
    """
    format = choose_format(request, ANSWER_FORMATS)
    text = request.query_params.get("q", "").strip()[:LONGEST_QUESTION]
    slot, name = (request.query_params.get(key, "").strip()[:200] for key in ("slot", "to"))
    if text and slot and name:
        address = await run_lookup(site, request, change_question, text, slot, name)
        return RedirectResponse(address, 303)
    if text and format != "html":
        data = await run_lookup(site, request, save_answer, text, format)
        return data_response(data, ANSWER_FORMATS[format])
    if not text:
        home = build_home(await run_lookup(site, request, gather_home), page_url)
        return html_response("ask", text="", found=None, table=None, home=home)
    found = await run_lookup(site, request, answer_question, text)
    table = result_table.from_labelled_rows(found.rows) if found.rows else None
    network = result_network.from_rows(found.rows) if found.rows else None
    shown = {"found": found, "table": table, "network": network}
    return html_response("ask", text=text, home=None, **shown)


async def suggest_question(request: Request, site: Site) -> Response:
    """Return questions that go on from what is typed, as a list in JSON."""
    text = request.query_params.get("q", "").strip()[:LONGEST_QUESTION]
    found = await run_lookup(site, request, suggest_questions, text)
    return JSONResponse(found, headers={"Cache-Control": "max-age=300"})


async def show_terms(request: Request, site: Site) -> Response:
    """Return the list of the ontology's terms, or the ontology as RDF."""
    type = choose_page_or_graph(request)
    if type != HTML:
        return await graph.send_graph(request, site, ONTOLOGY, type)
    return html_response("terms", terms=bundled.list_terms())


async def show_thing(request: Request, site: Site) -> Response:
    """Return the page of a thing, its sheet or rows, or its statements as RDF."""
    # An address that ends as a format does may itself be that of a thing.
    asked = take_back(request)
    if asked and await run_lookup(
        site, request, lookups.is_known, iri_from_path(asked.scope["path"])
    ):
        request = asked
    type = choose_page_or_data(request)
    iri = iri_from_path(request.scope["path"])
    if type in (SHEET, "text/csv"):
        format = "json" if type == SHEET else "csv"
        data = await run_lookup(site, request, thing_data.write_thing, iri, format)
        return data_response(data, type)
    if type != HTML:
        data = await run_lookup(site, request, lookups.serialize_statements, iri, type)
        return data_response(data, type)
    try:
        found = await run_lookup(site, request, facts.describe_thing, iri)
    except Problem as problem:
        if problem.status == 404:
            problem = Problem(404, _NO_PAGE)
        raise problem.with_links((("/", "Home"), ("/queries", "All questions"))) from None
    return html_response("thing", here=page_url(iri), page=build_page(found, page_url, site.texts))


async def show_comparison(request: Request, site: Site) -> Response:
    """Return two plans beside each other, as a page or as CSV, or the plans to choose from."""
    type = choose_type(request, (HTML, "text/csv"), {"html": HTML, "csv": "text/csv"})
    one, other = (request.query_params.get(name, "").strip() for name in ("one", "other"))
    if not one or not other:
        plans, pairs = await run_lookup(site, request, two_plans.choose_plans)
        return html_response("compare", page=None, plans=plans, pairs=pairs)
    if type != HTML:
        data = await run_lookup(site, request, two_plans.write_comparison, one, other)
        return data_response(data, type)
    try:
        found = await run_lookup(site, request, two_plans.compare_plans, one, other)
    except Problem as problem:
        raise problem.with_links((("/compare", "Choose two plans"),)) from None
    return html_response("compare", page=two_plans.build_comparison(found, page_url))


async def show_view(request: Request, site: Site) -> Response:
    """Return the workshop view of a plan."""
    given = request.query_params
    opening = given.get("plan", ""), given.get("theme", ""), given.get("partner", "")
    draw = partial(run_lookup, site, request, lookups.render_view, *opening)
    try:
        view = await site.views.find(opening, draw)
    except Problem as problem:
        plans = ((f"/view?plan={path}", label) for path, label in problem.candidates)
        raise problem.with_links(plans) from None
    headers = {**_VIEW_HEADERS, "ETag": view.tag, "Cache-Control": "no-cache"}
    if is_known(view.tag, request.headers.get("if-none-match")):
        return Response(None, 304, headers)
    return Response(view.page, 200, headers, f"{HTML}; charset=utf-8")


async def send_static_file(request: Request, site: Site) -> Response:
    """Return a file that the pages need."""
    name = request.path_params["name"]
    brand = CURRENT.get()
    own = {"own.css": (brand.style, "text/css"), brand.logo_name: (brand.logo, brand.logo_type)}
    if name in own and own[name][0]:
        return _send_own(*own[name])
    content = static_file(name) if name in STATIC_FILES else None
    if content is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "max-age=300", "X-Content-Type-Options": "nosniff"}
    return Response(content, 200, headers, f"{STATIC_FILES[name]}; charset=utf-8")


def _send_own(content: bytes, type: str) -> Response:
    """Return a file of the council's; a picture with scripts in it may run none."""
    headers = {
        "Cache-Control": "max-age=300",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, headers, type)


async def show_accessibility(request: Request, site: Site) -> Response:
    """Return what was checked for people with disabilities, and what is kept of visitors."""
    return html_response("accessibility")


async def show_manual(request: Request, site: Site) -> Response:
    """Return a page of the manual, or one of its pictures."""
    name = request.path_params.get("name", manual.INDEX)
    if picture := list_pictures().get(name):
        return _send_own(picture.read_bytes(), PICTURE_TYPES[picture.suffix])
    page = manual.find_page(name)
    if page is None:
        raise Problem(404, _NO_PAGE, links=(("/docs", "The manual"),))
    return html_response("manual", page=build_manual_page(page, str))


async def describe_api(request: Request, site: Site) -> Response:
    """Return the OpenAPI document."""
    return JSONResponse(openapi.build_document(str(request.base_url).rstrip("/")))


async def describe_data(request: Request, site: Site) -> Response:
    """Return what the data set is and holds, in VoID and DCAT: Turtle, or the RDF that is liked."""
    type = choose_graph(request)
    contents = await run_lookup(site, request, protocol.measure_contents)
    page = str(request.url.replace(query="", fragment=""))
    endpoint = f"{request.base_url}sparql"
    data = protocol.describe_dataset(page, endpoint, site.stats, contents, type)
    return data_response(data, type)


async def _refuse_address(request: Request, error: HTTPException) -> Response:
    """Answer a request that no route takes."""
    if error.status_code == 404 and request.url.path == "/index.html":
        return RedirectResponse("/")
    sentence = {
        404: "There is no page at this address; start from the first page.",
        405: "This address can only be read; use GET.",
    }[error.status_code]
    headers = tuple((error.headers or {}).items())
    problem = Problem(error.status_code, sentence, headers, links=(("/", "Start"),))
    return problem_response(problem, request)
