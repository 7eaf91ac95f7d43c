"""Sends answers packed with gzip to clients that accept it: a tenth of the bytes, for most.

Every answer is whole before it is sent, so nothing is held back that could go out sooner. A thread
packs it, while the server answers others; the time of a query is over by then. No answer holds a
secret beside what a client sends, so its length gives nothing away.

https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding

Out of scope: the choice of a media type (`protocol.negotiation`).
"""

import re
from functools import partial
from gzip import compress

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: A shorter body would hardly become shorter.
_LEAST = 1024
#: The quickest level: what others gain in length is little, and takes thrice the time.
_LEVEL = 1
_TEXT = re.compile(r"text/|application/(?!gzip|zip|octet|vnd\.)")
_CODING = re.compile(r"\s*(gzip|x-gzip|\*)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?\Z", re.IGNORECASE)


def accepts_gzip(header: str) -> bool:
    """Say whether an Accept-Encoding header accepts gzip; its own weight goes before that of *."""
    weights = {
        found[1].lower().removeprefix("x-"): (found[2] or "1").strip("0.") != ""
        for part in header.split(",")
        if (found := _CODING.match(part))
    }
    return weights.get("gzip", weights.get("*", False))


class Compressor:
    """Packs the bodies of an application's answers where the client accepts it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = accepts_gzip(",".join(Headers(scope=scope).getlist("accept-encoding")))
        await self._app(scope, receive, _Packing(send, wanted and scope["method"] != "HEAD").send)


class _Packing:
    """Passes one answer on, and packs its body if that is whole in one message."""

    def __init__(self, send: Send, wanted: bool) -> None:
        self._send, self._wanted = send, wanted
        self._start: Message = {}

    async def send(self, message: Message) -> None:
        """Take the head, and pass it on with the body."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if start := self._start:
            self._start = {}
            headers = MutableHeaders(scope=start)
            if _TEXT.match(headers.get("content-type", "")):
                headers.add_vary_header("Accept-Encoding")
                message = await self._pack(headers, message)
            await self._send(start)
        await self._send(message)

    async def _pack(self, headers: MutableHeaders, message: Message) -> Message:
        body = message.get("body", b"")
        whole = not message.get("more_body") and "content-encoding" not in headers
        if not self._wanted or not whole or len(body) < _LEAST:
            return message
        packed = await anyio.to_thread.run_sync(partial(compress, body, _LEVEL, mtime=0))
        headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(packed))
        return {**message, "body": packed}
