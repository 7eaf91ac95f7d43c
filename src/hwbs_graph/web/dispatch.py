"""Hands the work of a request to the worker processes, and ends it when its client disconnects.

Out of scope: routes (`app`) and what each address answers.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import anyio
from starlette.requests import ClientDisconnect, Request

from hwbs_graph.web import protocol
from hwbs_graph.web.drawn_views import DrawnViews
from hwbs_graph.web.kept_data import ChangeWatch
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import MediaTypes, Operation, Representation
from hwbs_graph.web.timeouts import Limits
from hwbs_graph.web.workers.admission import GONE, Client
from hwbs_graph.web.workers.pool import Pool


class Site(NamedTuple):
    """The server's parts: `public` runs queries from outside, `own` the questions of our pages.

    The two are apart, so that queries from outside cannot block the pages. `max_results` is bytes.
    `texts` are those of the documents that the operator has, `version` is that of the data.
    """

    public: Pool
    own: Pool
    stats: protocol.DatasetStats
    policy: protocol.Policy
    max_results: int
    limits: Limits
    threads: anyio.CapacityLimiter
    views: DrawnViews
    watch: ChangeWatch | None = None
    texts: Mapping[str, tuple[str, ...]] = {}
    version: str = ""

    @property
    def outdated(self) -> bool:
        """Whether the data on disk is no longer what this server opened."""
        return self.watch is not None and self.watch.changed

    def evaluate(self, operation: Operation, types: MediaTypes, client: Client) -> Representation:
        """Run a query from outside for a client. Raises Problem."""
        job = (protocol.evaluate, operation, types, self.max_results)
        return self.public.run(*job, client=client)


async def run_lookup(
    site: Site, request: Request, lookup: Callable[..., Any], *arguments: Any
) -> Any:
    """Run a lookup of our pages. Raises Problem."""
    return await run_admitted(site, site.own, request, partial(site.own.run, lookup, *arguments))


async def run_query(
    site: Site, request: Request, operation: Operation, types: MediaTypes
) -> Representation:
    """Run a query from outside. Raises Problem."""
    evaluate = partial(site.evaluate, operation, types)
    found: Representation = await run_admitted(site, site.public, request, evaluate)
    return found


async def run_admitted(site: Site, pool: Pool, request: Request, run: Callable[..., Any]) -> Any:
    """Call `run(client=...)` in a thread, once the pool admits the client. Raises Problem."""
    address = request.client.host if request.client else ""
    pool.admission.enter(address)
    client = Client()
    try:
        async with anyio.create_task_group() as group:
            group.start_soon(_watch_connection, request, client)
            # The thread gives the place back, as the request may end before it.
            answer = await anyio.to_thread.run_sync(
                lambda: _run_and_leave(pool, address, partial(run, client=client)),
                limiter=site.threads,
                abandon_on_cancel=True,
            )
            group.cancel_scope.cancel()
    finally:
        client.disconnect()
    if isinstance(answer, Problem):
        raise answer
    return answer


async def _watch_connection(request: Request, client: Client) -> None:
    """Wait until the client disconnects; whatever else it sends is ignored."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    client.disconnect()


def _run_and_leave(pool: Pool, address: str, run: Callable[[], Any]) -> Any:
    """Return a Problem instead of raising it: a task group would wrap it."""
    try:
        return run()
    except Problem as problem:
        return problem
    finally:
        pool.admission.leave(address)


async def read_body(site: Site, request: Request) -> bytes:
    """Read at most one byte more than a request may have. Raises Problem if it comes too late."""
    data, most = bytearray(), site.policy.body
    try:
        with anyio.fail_after(site.limits.seconds):
            async for chunk in request.stream():
                data += chunk
                if len(data) > most:
                    break
    except ClientDisconnect:
        raise GONE() from None
    except TimeoutError:
        raise Problem(408, site.limits.late, (("Connection", "close"),)) from None
    return bytes(data[: most + 1])
