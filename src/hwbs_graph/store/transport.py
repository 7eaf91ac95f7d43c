"""One question over HTTP, and a sentence for every way it can fail.

It asks with the standard library: one request a question needs no pool of connections, and
`urllib` knows the proxies and certificates of the machine.

Out of scope: what is asked, and what the answer means (`remote`).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from ssl import SSLError
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from hwbs_graph.errors import EndpointError, RejectedQueryError

#: Seconds before each further attempt at a server that says it is busy.
WAITS = (0.5, 1.0, 2.0, 4.0)
#: The longest that a server's own Retry-After is obeyed, in seconds.
LONGEST_WAIT = 10.0
#: An answer larger than this is refused: it would fill the memory of a small machine.
MOST_BYTES = 1 << 30
_BUSY = (429, 503)
_CHUNK = 1 << 16
_LOOPBACK = ("localhost", "127.", "::1")


class Reply(NamedTuple):
    """What a server answered: media type without parameters, body."""

    type: str
    body: bytes


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would ask another machine than the one that was named."""

    def redirect_request(self, *_: object) -> None:
        return None


def check_url(url: str) -> str:
    """Return the address, once it is one that can be asked. Raises EndpointError."""
    why = "is no address; write it as http://host:port/path"
    if not url.isprintable() or not url or " " in url:
        raise EndpointError(repr(url), why)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise EndpointError(url, why) from None
    if parts.scheme not in ("http", "https") or not host:
        raise EndpointError(url, why)
    if "@" in parts.netloc:
        hidden = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        raise EndpointError(hidden, "has a password in it, which hwbs does not send; leave it out")
    return url


def post_form(url: str, body: bytes, accept: str, timeout: float) -> Reply:
    """Send one form and return the reply; a busy server is asked again a few times.

    Raises EndpointError, of which RejectedQueryError says that the query is wrong.
    """
    request = Request(url, body, {"Accept": accept, "User-Agent": "hwbs"})
    request.add_header("Content-Type", "application/x-www-form-urlencoded")
    opener = _build_opener(url)
    ends = time.monotonic() + timeout
    for wait in (*WAITS, None):
        try:
            with (
                _connection_errors(url, timeout),
                opener.open(request, timeout=timeout) as response,
            ):
                return _read_body(url, response, ends, timeout)
        except HTTPError as error:
            with error:
                if wait is None or error.code not in _BUSY or time.monotonic() > ends:
                    raise _status_error(url, error) from None
                time.sleep(_waiting_time(error, wait))
    raise AssertionError("the last attempt returns or raises")


def _build_opener(url: str) -> OpenerDirector:
    """Return what opens the address: past any proxy where it is on this machine."""
    local = (urlsplit(url).hostname or "").startswith(_LOOPBACK)
    return build_opener(_NoRedirect(), *([ProxyHandler({})] if local else []))


@contextmanager
def _connection_errors(url: str, timeout: float) -> Iterator[None]:
    """Turn what goes wrong with the connection into a sentence."""
    late = f"gave no answer within {timeout:g} seconds; ask for less, or set HWBS_TIMEOUT higher"
    try:
        yield
    except HTTPError:
        raise
    except TimeoutError:
        raise EndpointError(url, late) from None
    except (URLError, HTTPException, OSError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            raise EndpointError(url, late) from None
        raise EndpointError(url, _explain_failure(reason)) from None


def _explain_failure(reason: object) -> str:
    if isinstance(reason, ConnectionRefusedError):
        return "refuses the connection; check the address, and that the server runs"
    if isinstance(reason, SSLError):
        detail = getattr(reason, "verify_message", "") or reason.reason or "it failed"
        return f"cannot be reached safely (TLS: {detail}); check the address and its certificate"
    if isinstance(reason, HTTPException):
        return "broke off its answer, or does not speak HTTP; check the address and ask again"
    message = getattr(reason, "strerror", None) or str(reason) or "the connection failed"
    return f"cannot be reached ({message}); check the address and the network"


def _read_body(url: str, response: HTTPResponse, ends: float, timeout: float) -> Reply:
    """Read a whole body within the time allowed; a server may send it drop by drop."""
    promised = response.headers.get("Content-Length", "")
    chunks, size = [], 0
    while chunk := response.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise EndpointError(url, "sends more than a gigabyte; ask for less")
        if time.monotonic() > ends:
            raise TimeoutError
    if promised.isdecimal() and size < int(promised):
        raise HTTPException
    # Virtuoso says here that it stopped before the end, and sends what it has as if it were all.
    if response.headers.get("X-SPARQL-MaxRows") or response.headers.get("X-SQL-State"):
        raise EndpointError(
            url, "gave only part of the answer; raise its limit (Virtuoso: ResultSetMaxRows)"
        )
    return Reply(response.headers.get_content_type(), b"".join(chunks))


def _waiting_time(error: HTTPError, usual: float) -> float:
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else usual


def _status_error(url: str, error: HTTPError) -> Exception:
    """Say what the status means, with the first line of what the server says."""
    try:
        text = error.read1(10_000).decode("utf-8", "replace")
    except (OSError, HTTPException):
        text = ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")[:300]
    message = f": {line}" if line and not line.startswith("<") else ""
    if error.code == 400:
        return RejectedQueryError(url, line or "it does not say why")
    if 300 <= error.code < 400:
        where = error.headers.get("Location", "elsewhere")
        return EndpointError(url, f"sends on to {where}; give that address, if you trust it")
    if error.code in (401, 403, 407):
        return EndpointError(url, f"wants a password ({error.code}), which hwbs does not send")
    if error.code in (404, 405):
        why = f"is no SPARQL endpoint ({error.code}); the path is often /sparql or /query"
        return EndpointError(url, why)
    if error.code in _BUSY:
        return EndpointError(url, f"is busy ({error.code}); ask again later{message}")
    return EndpointError(url, f"failed ({error.code}){message or '; look into its log'}")
