"""Reads the query that a request carries, as section 2.1 of the protocol lays down.

https://www.w3.org/TR/sparql11-protocol/#query-operation

Out of scope: running the query, and the form of its answer.
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from hwbs_graph.store import is_iri
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol.message import Policy, Request
from hwbs_graph.web.protocol.negotiation import FORMAT_NAMES, GRAPHS, ROWS
from hwbs_graph.web.protocol.query_check import check_query

METHODS = "GET, HEAD, POST, OPTIONS"
FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_NO_UPDATE = "This server only reads; updates are refused."
_DATASET = ("default-graph-uri", "named-graph-uri")
#: More graphs than this in one request are a mistake or an attack.
_MOST_GRAPHS = 1000
Pairs = list[tuple[str, str]]


class Operation(NamedTuple):
    """A query with the data set that its request names; `base` resolves relative IRIs."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""


def read_operation(request: Request, policy: Policy) -> Operation | None:
    """Return the query that a request carries, or None if it asks for the service description.

    Raises Problem with the status that the protocol gives for the fault.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        raise Problem(405, f"Use one of {METHODS}.", (("Allow", METHODS),))
    if not is_iri(request.url):
        raise Problem(400, "The Host header names no address; send the one you connected to.")
    if max(len(request.body), len(request.query)) > policy.body:
        why = f"The request is larger than {policy.body} bytes; send a shorter query."
        raise Problem(413, why)
    given = decode_form(request.query)
    direct = None
    if request.method == "POST":
        kind = _read_content_type(request)
        if kind == DIRECT:
            direct = _decode_utf8(request.body)
        else:
            given += decode_form(request.body)
    text = _find_query(given, direct, request.method)
    if text is None:
        return None
    check_query(text, policy.services)
    defaults, named = (_read_graphs(given, name) for name in _DATASET)
    return Operation(text, defaults, named, request.url)


def read_accept(request: Request) -> str | None:
    """Return what a request accepts: the parameter `format` or `output`, else its Accept header.

    A link cannot set a header. Raises Problem 406 for a format that is not known, and 400 for two
    formats; some clients send one in both parameters.
    """
    given = decode_form(request.query)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        given += decode_form(request.body)
    named = [value.strip().lower() for key, value in given if key in ("format", "output")]
    if len({*named} - {""}) > 1:
        raise Problem(400, "The request names several formats; give one.")
    format = next(filter(None, named), "").replace(" ", "+")  # as a bare plus sign is read
    if not format or format in ROWS or format in GRAPHS:
        return format or request.headers.get("accept")
    if format not in FORMAT_NAMES:
        known = ", ".join(FORMAT_NAMES)
        raise Problem(406, f"There is no format “{format[:40]}”; give one of: {known}.")
    return FORMAT_NAMES[format]


def decode_form(text: bytes) -> Pairs:
    """Decode name and value of each parameter, once, as UTF-8."""
    found = []
    for part in text.split(b"&"):
        if part:
            name, _, value = part.replace(b"+", b" ").partition(b"=")
            found.append(
                (_decode_utf8(unquote_to_bytes(name)), _decode_utf8(unquote_to_bytes(value)))
            )
    return found


def _decode_value(text: bytes) -> str:
    return _decode_utf8(unquote_to_bytes(text))


def _decode_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        why = f"The request is not UTF-8 at byte {error.start}; encode it as UTF-8."
        raise Problem(400, why) from None


def _read_content_type(request: Request) -> str:
    """Return the media type of a posted body. Raises Problem unless it is plain UTF-8."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise Problem(403, _NO_UPDATE)
    if kind not in (FORM, DIRECT):
        offered = (("Accept-Post", f"{FORM}, {DIRECT}"),)
        raise Problem(415, f"Post a query as {DIRECT} or {FORM}.", offered)
    charset = next(
        (
            value.strip().strip('"').lower()
            for name, _, value in (part.partition("=") for part in rest.split(";"))
            if name.strip().lower() == "charset"
        ),
        "utf-8",
    )
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, "The charset must be UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Problem(415, "Send the request without Content-Encoding.")
    return kind


def _find_query(given: Pairs, direct: str | None, method: str) -> str | None:
    if any(name == "update" for name, _ in given):
        raise Problem(403, _NO_UPDATE)
    found = [value for name, value in given if name == "query"]
    found += [] if direct is None else [direct]
    if len(found) > 1:
        raise Problem(400, "There are several queries in the request; send one.")
    if found:
        # Editors on Windows put a byte order mark before a file, and send it along.
        return found[0].removeprefix("\ufeff")
    if method != "POST" and not any(name in _DATASET for name, _ in given):
        return None
    raise Problem(400, "There is no query in the request; send it as the parameter “query”.")


def _read_graphs(given: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Return the graphs that a parameter names; an empty field of a form names none."""
    graphs = tuple(value for key, value in given if key == name and value)
    if len(graphs) > _MOST_GRAPHS:
        raise Problem(400, f"{name} is given more than {_MOST_GRAPHS} times; give fewer.")
    for iri in graphs:
        if not is_iri(iri):
            raise Problem(400, f"{name} “{iri[:200]}” is no absolute IRI; write it whole.")
    return graphs
