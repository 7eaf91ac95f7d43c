"""What every address of the server shares: the workers, the rules, and how a job is asked for.

Out of scope: routes (`app`) and what each address answers.
"""

from collections.abc import Callable, Mapping, Set
from functools import partial
from typing import Any, NamedTuple

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from hwbs_graph.web import jobs, protocol
from hwbs_graph.web.jobs import Trouble
from hwbs_graph.web.pages.rendering import HTML, headers, page
from hwbs_graph.web.protocol.negotiation import GRAPHS, JSON_GRAPHS, negotiate
from hwbs_graph.web.timeouts import Limits
from hwbs_graph.web.workers.admission import GONE, Caller
from hwbs_graph.web.workers.pool import Pool

#: What `?format=` takes on the page of a thing or a graph, beside negotiation.
_FORMATS = {
    "html": HTML,
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
NO_PAGE_OR_GRAPH = Trouble(406, f"Accept one of: {', '.join((HTML, *GRAPHS))}.")


class Site(NamedTuple):
    """The server's parts: `public` runs queries from outside, `own` the questions of our pages.

    The two are apart, so that no query from outside can keep the pages waiting.
    """

    public: Pool
    own: Pool
    about: protocol.Facts
    rules: protocol.Rules
    most: int
    limits: Limits
    threads: anyio.CapacityLimiter


async def ask(site: Site, request: Request, job: Callable[..., Any], *arguments: Any) -> Any:
    """Do a job for a page; what goes wrong comes back as Trouble."""

    def run(caller: Caller) -> Any:
        return site.own.run(jobs.attempt, job, *arguments, caller=caller)

    answer = await in_line(site, site.own, request, run)
    if isinstance(answer, protocol.Outcome):
        return Trouble(answer.status, answer.body.decode("utf-8").strip())
    return answer


async def in_line(site: Site, pool: Pool, request: Request, run: Callable[[Caller], Any]) -> Any:
    """Run something in a thread when there is a place in the line, or return why there is none."""
    client = request.client.host if request.client else ""
    if refusal := pool.line.enter(client):
        return refusal
    caller = Caller()
    try:
        async with anyio.create_task_group() as group:
            group.start_soon(_hear, request, caller)
            # The thread gives the place back, and not the request, which may be gone before.
            answer = await anyio.to_thread.run_sync(
                lambda: _leaving(pool, client, partial(run, caller)),
                limiter=site.threads,
                abandon_on_cancel=True,
            )
            group.cancel_scope.cancel()
    finally:
        caller.hang_up()
    return answer


async def _hear(request: Request, caller: Caller) -> None:
    """Wait until the client hangs up; what else it sends is of no interest."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    caller.hang_up()


def _leaving(pool: Pool, client: str, run: Callable[[], Any]) -> Any:
    try:
        return run()
    finally:
        pool.line.leave(client)


async def body(site: Site, request: Request) -> bytes | protocol.Outcome:
    """Read what a client sends, and one byte more than may be sent; the rest is not read."""
    data, most = bytearray(), site.rules.body
    try:
        with anyio.fail_after(site.limits.seconds):
            async for chunk in request.stream():
                data += chunk
                if len(data) > most:
                    break
    except ClientDisconnect:
        return GONE
    except TimeoutError:
        return protocol.failed(408, site.limits.late)
    return bytes(data[: most + 1])


def html(template: str, status: int = 200, nonce: str = "", **values: Any) -> Response:
    """Return a page as a response; styles with the nonce, if there is one, are let in."""
    content = page(template, nonce=nonce, **values)
    return Response(content, status, headers(nonce), f"{HTML}; charset=utf-8")


def type_of(
    request: Request,
    offers: Mapping[str, str] | tuple[str, ...],
    last: Set[str] = frozenset(),
) -> str | None:
    """Return the media type wanted; where `offers` maps names to types, `?format=` goes first.

    Types in `last` come after their equals.
    """
    name = request.query_params.get("format")
    if name is not None and isinstance(offers, Mapping):
        return offers.get(name)
    types = tuple(offers.values()) if isinstance(offers, Mapping) else offers
    return negotiate(request.headers.get("accept"), types, last)


def page_or_graph(request: Request) -> str | None:
    """Return the media type of a page, or of a graph as RDF, whichever is wanted; None for neither.

    Between equals JSON comes last.
    """
    offers = _FORMATS if "format" in request.query_params else (HTML, *GRAPHS)
    return type_of(request, offers, JSON_GRAPHS)


def trouble(found: Trouble, type: str | None, links: tuple[tuple[str, str], ...] = ()) -> Response:
    """Say what went wrong, as a page or as JSON; `links` lead on, (address, text)."""
    retry = {"Retry-After": "2"} if found.status in (429, 503) else {}
    if type == HTML:
        response = html("trouble", found.status, trouble=found, links=links)
        response.headers.update(retry)
        return response
    said = {
        "error": found.sentence,
        "suggestions": list(found.suggestions),
        "candidates": [{"name": name, "label": label} for name, label in found.candidates],
    }
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff", **retry}
    return JSONResponse(said, found.status, headers)
