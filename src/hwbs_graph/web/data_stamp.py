"""Says by which version of the data an address is answered, and whether that is the one it names.

The data of a server never change, so an answer that a client has is known again by its tag
(RFC 9110, section 8.8.3) without being made. `?version=` names a version in any address, so that
a citation tells when the data have become others.

Out of scope: the version itself (`query.data_version`), and the view's own tag (`drawn_views`).
"""

import hashlib
import re
from contextvars import ContextVar
from importlib.metadata import version
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hwbs_graph.query.periods import find_today
from hwbs_graph.web.drawn_views import is_known
from hwbs_graph.web.problem import PROBLEM_JSON, Problem

#: Where an answer depends on nothing but its address, what is liked, the data and the day.
_TAGGED = ("/id/", "/scheme/", "/ns", "/queries", "/ask", "/compare", "/graph", "/search", "/docs")
#: Signs of a version that are shown and are enough in an address.
_SHORT = 16
_NAMED = re.compile(rb"(?:^|(?<=&))version=([0-9A-Za-z.-]{0,64})(?:&|$)")


class Stamp(NamedTuple):
    """What a page says of its data: the version, its address by that, and another that was named.

    `cited` is the version that the address names, if that is not this one, else "".
    """

    version: str = ""
    address: str = ""
    cited: str = ""


_NONE = Stamp()
#: What the request that is answered now says.
CURRENT: ContextVar[Stamp] = ContextVar("stamp", default=_NONE)


class Stamped:
    """An application whose answers say by which data they are; `own` tells these pages' looks."""

    def __init__(self, app: ASGIApp, data_version: str, own: str) -> None:
        self._app, self._version = app, data_version
        self._seed = f"{data_version} {version('hwbs')} {own}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not self._version:
            await self._app(scope, receive, send)
            return
        stamp, scope = self._read(scope)
        tag = self._make_tag(scope, stamp)
        if tag and is_known(tag, Headers(scope=scope).get("if-none-match")):
            await Response(None, 304, self._list_headers(tag))(scope, receive, send)
            return
        token = CURRENT.set(stamp)
        try:
            await self._app(scope, receive, _Marking(send, stamp, self._list_headers(tag)).send)
        finally:
            CURRENT.reset(token)

    def _read(self, scope: Scope) -> tuple[Stamp, Scope]:
        """Return what the address says of a version, and the request without that."""
        query: bytes = scope.get("query_string", b"")
        found = _NAMED.search(query)
        cited = found[1].decode() if found else ""
        rest = _NAMED.sub(b"", query).rstrip(b"&")
        own = self._version[:_SHORT]
        path = scope.get("raw_path") or scope["path"].encode()
        asked = b"&".join(filter(None, (rest, b"version=" + own.encode())))
        # Of two slashes at the start a browser makes the name of another server.
        address = f"/{path.decode('latin-1').lstrip('/')}?{asked.decode('latin-1')}"
        is_same = len(cited) >= _SHORT and self._version.startswith(cited)
        stamp = Stamp(own, address, "" if is_same or not found else cited or "none")
        return stamp, {**scope, "query_string": rest}

    def _make_tag(self, scope: Scope, stamp: Stamp) -> str:
        if scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith(_TAGGED):
            return ""
        headers = Headers(scope=scope)
        parts = (self._seed, find_today(), stamp.address, stamp.cited, headers.get("accept", ""))
        return f'W/"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'

    def _list_headers(self, tag: str) -> dict[str, str]:
        told = {"Data-Version": self._version[:_SHORT]}
        return {**told, "ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"} if tag else told


class _Marking:
    """Passes one answer on with its headers; data of another version than was named are refused."""

    def __init__(self, send: Send, stamp: Stamp, headers: dict[str, str]) -> None:
        self._send, self._stamp, self._headers = send, stamp, headers
        self._refused = False

    async def send(self, message: Message) -> None:
        """Take the head and the body."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            type = headers.get("content-type", "")
            is_right = message["status"] == 200
            self._refused = (
                bool(self._stamp.cited) and is_right and not type.startswith("text/html")
            )
            if self._refused:
                await self._refuse()
                return
            for name, value in self._headers.items():
                if name == "Data-Version" or (is_right and name.lower() not in headers):
                    headers[name] = value
        if not self._refused:
            await self._send(message)

    async def _refuse(self) -> None:
        """Answer instead that the data are others, so that no program takes them for those."""
        problem = Problem(
            409,
            f"This address names version {self._stamp.cited} of the data, and they are now of "
            f"version {self._stamp.version}; leave out “version” to have these.",
        )
        body = problem.to_json()
        told = {**self._headers, "Content-Type": PROBLEM_JSON, "Content-Length": str(len(body))}
        told.pop("ETag", None)
        raw = [(name.lower().encode(), value.encode()) for name, value in told.items()]
        await self._send({"type": "http.response.start", "status": 409, "headers": raw})
        await self._send({"type": "http.response.body", "body": body})
