"""Addresses that end in a format, such as `/id/partner/housing.csv`, for programs that take a link.

Excel and Power BI read a link as it is and cannot ask for a media type.

Out of scope: which formats an address has; its handler says.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

#: Where an ending names a format.
_BEFORE = ("/id/", "/scheme/", "/queries/", "/ask.", "/compare.")
#: Where a scope keeps what it was.
_AS_ASKED = "hwbs.as_asked"
_ENDINGS = ("csv", "json", "xlsx", "ttl", "jsonld")


class AddressEndings:
    """Answers `/ask.csv?q=...` as `/ask?q=...&format=csv`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn the ending of an address into a parameter, and go on."""
        if scope["type"] == "http" and scope["path"].startswith(_BEFORE):
            scope = _read_ending(scope)
        await self._app(scope, receive, send)


def _read_ending(scope: Scope) -> Scope:
    stem, _, ending = scope["path"].rpartition(".")
    query = scope.get("query_string", b"")
    if ending not in _ENDINGS or b"format=" in query:
        return scope
    asked = b"&".join(filter(None, (query, f"format={ending}".encode())))
    read = {"path": stem, "raw_path": stem.encode(), "query_string": asked}
    return {**scope, **read, _AS_ASKED: scope}


def take_back(request: Request) -> Request | None:
    """Return the request as it was before an ending was read as a format; None where none was."""
    asked = request.scope.get(_AS_ASKED)
    return Request(asked, request.receive) if asked else None
