"""Decides which web pages may read this server: CORS origins, and the names it answers to.

A page of another site can make its own name resolve to this machine; a browser then takes it for
ours (DNS rebinding). It still sends that name in the Host header. So a server that only this
machine can reach answers to its own names alone.

https://fetch.spec.whatwg.org/#http-cors-protocol

Out of scope: what a preflight allows (`protocol.response`).
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hwbs_graph.errors import UsageError

ANY = "*"
LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})
_ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d+)?\Z", re.ASCII)
_CORS = "access-control-"


def parse_origins(given: Iterable[str]) -> frozenset[str]:
    """Return the origins as a browser sends them. Raises UsageError if one is not an origin."""
    found = frozenset(each.lower() for each in given)
    for each in found - {ANY}:
        if not _ORIGIN.match(each):
            raise UsageError(
                f"“{each}” is no origin; write it as https://example.org, without a path, or *."
            )
    return frozenset({ANY}) if ANY in found else found


class AccessGuard:
    """Answers only to the server's own names, and lets pages of some other sites read answers."""

    def __init__(self, app: ASGIApp, names: frozenset[str], origins: frozenset[str]) -> None:
        """`names` empty answers to every name."""
        self._app, self._names, self._origins = app, names, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        # Every browser sends the header; a program without it is no web page.
        host = headers.get("host")
        if self._names and host and _without_port(host) not in self._names:
            refused = PlainTextResponse(
                "This server does not answer to the name in the Host header; its operator can "
                "add a name with --domain.\n",
                421,
            )
            await refused(scope, receive, send)
            return
        origin = headers.get("origin", "")

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set_origin(MutableHeaders(scope=message), origin)
            await send(message)

        await self._app(scope, receive, send_with_origin)

    def _set_origin(self, headers: MutableHeaders, origin: str) -> None:
        """Say which origin may read the answer."""
        if ANY in self._origins:
            headers["Access-Control-Allow-Origin"] = ANY
        elif self._origins:
            headers.add_vary_header("Origin")
            if origin in self._origins:
                headers["Access-Control-Allow-Origin"] = origin
            else:
                for name in [each for each in headers if each.lower().startswith(_CORS)]:
                    del headers[name]


def _without_port(host: str) -> str:
    """Return the name in a Host header, without its port."""
    return re.sub(r":\d*\Z", "", host.strip().lower()).rstrip(".")
