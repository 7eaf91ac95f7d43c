"""The Model Context Protocol over HTTP: one address of the server, each request for itself.

https://modelcontextprotocol.io/specification/draft/basic/transports. No session is kept, so that
clients cost nothing between two requests. A web page of another site is refused unless `--cors`
names it: it would ask with the rights of the person before the browser.

Out of scope: the tools (`mcp_server`), and the names that the server answers to (`access`).
"""

from contextlib import AbstractAsyncContextManager

import anyio
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from hwbs_graph.web.access import ANY
from hwbs_graph.web.assistant.mcp_server import ASKING, Workers, build_server
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.responses import problem_response
from hwbs_graph.web.workers.admission import Client

#: Bytes of the longest request.
_LONGEST = 1 << 20
_FOREIGN = "Pages of this site may not ask; the server's operator can add it with --cors."
_ONLY_POST = (
    "An assistant posts here, by the Model Context Protocol; a browser finds the pages at /."
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type, MCP-Protocol-Version, MCP-Session-Id",
    "Access-Control-Max-Age": "600",
}


class _Line:
    """The line to a client: hands its request on, and notices when it hangs up."""

    def __init__(self, receive: Receive) -> None:
        self.client = Client()
        self._receive = receive
        self._whole, self._cut = anyio.Event(), anyio.Event()

    async def receive(self) -> Message:
        """Return the next part of the request; after the last, wait until the client is gone."""
        if self._whole.is_set():
            await self._cut.wait()
            return {"type": "http.disconnect"}
        message = await self._receive()
        if not message.get("more_body"):
            self._whole.set()
        return message

    async def watch(self) -> None:
        """Wait until the client hangs up, and end what was asked for it."""
        await self._whole.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.client.disconnect()
        self._cut.set()


class AssistantEndpoint:
    """An ASGI application, which answers while `run` is entered."""

    def __init__(self, workers: Workers, origins: frozenset[str]) -> None:
        """Pages of `origins` may ask, and of the server itself."""
        self._workers, self._origins = workers, origins
        self._manager = StreamableHTTPSessionManager(
            build_server(workers),
            json_response=True,
            stateless=True,
            max_request_body_size=_LONGEST,
        )

    def run(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which requests are answered; it can be entered once."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            self._refuse_foreign(request)
            if request.method == "POST":
                await self._answer(request, send)
            elif request.method == "OPTIONS":
                await Response(None, 204, _PREFLIGHT)(scope, receive, send)
            else:
                raise Problem(405, _ONLY_POST, (("Allow", "POST, OPTIONS"),))
        except Problem as problem:
            await problem_response(problem, request, False)(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> None:
        """Hand a request to the protocol, in one of the places that the pages have too.

        A query ends when its client hangs up, as on the other addresses.
        """
        address = request.client.host if request.client else ""
        self._workers.own.admission.enter(address)
        line = _Line(request.receive)
        asking = ASKING.set(line.client)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(line.watch)
                await self._manager.handle_request(request.scope, line.receive, send)
                group.cancel_scope.cancel()
        finally:
            ASKING.reset(asking)
            line.client.disconnect()
            self._workers.own.admission.leave(address)

    def _refuse_foreign(self, request: Request) -> None:
        """Raise Problem for a web page of another site, which every browser names."""
        own = str(request.base_url).rstrip("/").lower()
        origin = request.headers.get("origin", own).lower()
        if ANY not in self._origins and origin not in self._origins | {own}:
            raise Problem(403, _FOREIGN)
