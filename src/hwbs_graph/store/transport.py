"""One question over HTTP, and a sentence for every way it can fail.

It asks with the standard library: one request a question needs no pool of connections, and
`urllib` knows the proxies and certificates of the machine.

Out of scope: what is asked, and what the answer means (`remote`).
"""

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from ssl import SSLError
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from hwbs_graph.errors import EndpointError, RejectedQueryError
from hwbs_graph.store.server_message import find_message

#: Seconds before each further attempt at a server that says it is busy.
WAITS = (0.5, 1.0, 2.0, 4.0)
#: The longest that a server's own Retry-After is obeyed, in seconds.
LONGEST_WAIT = 10.0
#: An answer larger than this is refused: it would fill the memory of a small machine.
MOST_BYTES = 1 << 30
#: A server may send on so often.
MOST_REDIRECTS = 5
_BUSY = (429, 503)
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 1 << 16
_LOOPBACK = ("localhost", "127.", "::1")


class Reply(NamedTuple):
    """What a server answered: media type in small letters without parameters, body in UTF-8.

    The type is "" where the server names none.
    """

    type: str
    body: bytes


class _Request(NamedTuple):
    """What is asked, and until when on the clock of `time.monotonic`."""

    url: str
    form: bytes | None
    accept: str
    timeout: float
    ends: float


class _NoRedirect(HTTPRedirectHandler):
    """Redirects are followed here, where it is seen to whom they lead."""

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

    Redirects are followed on the same host. Raises EndpointError, of which RejectedQueryError says
    that the query is wrong.
    """
    asked = _Request(url, body, accept, timeout, time.monotonic() + timeout)
    for _ in range(MOST_REDIRECTS + 1):
        try:
            return _ask(asked)
        except HTTPError as error:
            with error:
                if error.code not in _REDIRECTS:
                    raise _status_error(asked.url, error) from None
                asked = _follow(asked, error)
    why = f"sends on more than {MOST_REDIRECTS} times; check the address"
    raise EndpointError(url, why)


def _ask(asked: _Request) -> Reply:
    """Send a request, again where the server is busy. Raises EndpointError, HTTPError."""
    request = Request(asked.url, asked.form, {"Accept": asked.accept, "User-Agent": "hwbs"})
    if asked.form is not None:
        request.add_header("Content-Type", "application/x-www-form-urlencoded")
    opener = _build_opener(asked.url)
    for wait in (*WAITS, None):
        try:
            with (
                _connection_errors(asked.url, asked.timeout),
                opener.open(request, timeout=asked.timeout) as response,
            ):
                return _read_reply(asked, response)
        except HTTPError as error:
            if wait is None or error.code not in _BUSY or time.monotonic() > asked.ends:
                raise
            with error:
                time.sleep(_waiting_time(error, wait))
    raise AssertionError("the last attempt returns or raises")


def _follow(asked: _Request, error: HTTPError) -> _Request:
    """Return the request that a redirect asks for. Raises EndpointError if it leads elsewhere."""
    where = urljoin(asked.url, error.headers.get("Location", ""))
    was, now = urlsplit(asked.url), urlsplit(where)
    safe = now.scheme == "https" or now.scheme == was.scheme
    if now.hostname != was.hostname or "@" in now.netloc or not safe:
        why = f"sends on to {where}; give that address, if you trust it"
        raise EndpointError(asked.url, why)
    # https://www.rfc-editor.org/rfc/rfc9110#name-303-see-other : the answer is there, by GET.
    return asked._replace(url=check_url(where), form=None if error.code == 303 else asked.form)


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


def _read_reply(asked: _Request, response: HTTPResponse) -> Reply:
    """Read a whole answer, and refuse one that is cut or too large."""
    chunks, size = [], 0
    for chunk in _decompress(asked.url, response, _read_chunks(asked, response)):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise EndpointError(asked.url, "sends more than a gigabyte; ask for less")
    # Virtuoso says here that it stopped before the end, and sends what it has as if it were all.
    if response.headers.get("X-SPARQL-MaxRows") or response.headers.get("X-SQL-State"):
        why = "gave only part of the answer; raise its limit (Virtuoso: ResultSetMaxRows)"
        raise EndpointError(asked.url, why)
    type = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Reply(type, _as_utf8(b"".join(chunks), response.headers.get_content_charset("utf-8")))


def _read_chunks(asked: _Request, response: HTTPResponse) -> Iterator[bytes]:
    """Yield a body as it comes within the time allowed; a server may send it drop by drop."""
    promised = response.headers.get("Content-Length", "")
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        yield chunk
        if time.monotonic() > asked.ends:
            raise TimeoutError
    if promised.isdecimal() and size < int(promised):
        raise HTTPException


def _decompress(url: str, response: HTTPResponse, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip, which hwbs does not ask for, and which some servers send all the same."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        yield from chunks
    elif coding in ("gzip", "x-gzip", "deflate"):
        yield from _inflate(chunks)
    else:
        why = f"compresses its answer with {coding}, which hwbs does not read; switch that off"
        raise EndpointError(url, why)


def _inflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what was compressed, in pieces of bounded size. Raises HTTPException if it is cut."""
    either = 32 + zlib.MAX_WBITS  # gzip or zlib, by their first bytes
    stream = zlib.decompressobj(either)
    try:
        for chunk in chunks:
            while chunk:
                if stream.eof:
                    stream = zlib.decompressobj(either)
                yield stream.decompress(chunk, _CHUNK)
                chunk = stream.unconsumed_tail or stream.unused_data
        yield stream.flush()
    except zlib.error:
        raise HTTPException from None
    if not stream.eof:
        raise HTTPException


def _as_utf8(body: bytes, charset: str) -> bytes:
    """Return a body without its mark, in UTF-8 whatever its server writes, if that can be told."""
    body = body.removeprefix(b"\xef\xbb\xbf")
    if charset in ("utf-8", "utf8", "us-ascii"):
        return body
    try:
        if not charset.startswith(("utf-16", "utf-32")):
            body.decode("utf-8")
            return body
    except UnicodeDecodeError:
        pass
    try:
        return body.decode(charset).encode("utf-8")
    except (LookupError, ValueError):
        return body


def _waiting_time(error: HTTPError, usual: float) -> float:
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else usual


def _status_error(url: str, error: HTTPError) -> Exception:
    """Say what the status means, with the sentence in what the server says."""
    try:
        said = find_message(error.read1(_CHUNK))
    except (OSError, HTTPException):
        said = ""
    message = f": {said}" if said else ""
    if error.code == 400:
        return RejectedQueryError(url, said or "it does not say why")
    if error.code in (401, 403, 407):
        return EndpointError(url, f"wants a password ({error.code}), which hwbs does not send")
    if error.code in (404, 405):
        why = f"is no SPARQL endpoint ({error.code}); the path is often /sparql or /query"
        return EndpointError(url, why)
    if error.code in _BUSY:
        return EndpointError(url, f"is busy ({error.code}); ask again later{message}")
    return EndpointError(url, f"failed ({error.code}){message or '; look into its log'}")
