"""One request, one response: reading, negotiating, running, and the headers around it.

CORS: https://fetch.spec.whatwg.org/#http-cors-protocol

Out of scope: running a query within time and memory; the caller's `evaluate` does.
"""

import re
from collections.abc import Callable

from hwbs_graph.web.problem import PROBLEM_JSON, Problem
from hwbs_graph.web.protocol.dataset_description import DatasetStats
from hwbs_graph.web.protocol.message import MediaTypes, Policy, Representation, Request, Response
from hwbs_graph.web.protocol.negotiation import (
    GRAPHS,
    ROWS,
    negotiate,
    negotiate_graph,
    with_charset,
)
from hwbs_graph.web.protocol.operation import METHODS, Operation, read_accept, read_operation
from hwbs_graph.web.protocol.query_check import check_dataset
from hwbs_graph.web.protocol.service_description import describe_service

#: The media types of a problem, our choice first.
PROBLEM_TYPES = ("text/plain", PROBLEM_JSON, "application/json")
Evaluate = Callable[[Operation, MediaTypes], Representation]

_HEADER_NAMES = re.compile(r"[\w!#$%&'*+.^`|~, -]{1,1000}\Z", re.ASCII)


def respond(request: Request, evaluate: Evaluate, stats: DatasetStats, policy: Policy) -> Response:
    """Answer one request. `evaluate` runs a query, or raises Problem."""
    if request.method == "OPTIONS":
        response = Response(204, (("Allow", METHODS), *_preflight_headers(request)))
        return _add_headers(response, policy)
    try:
        operation = read_operation(request, policy)
        found = (
            _describe_service(request, stats)
            if operation is None
            else _answer_query(request, operation, evaluate, stats)
        )
    except Problem as problem:
        return problem_response(problem, request, policy)
    return _finish(Response(200, (("Content-Type", found.type),), found.body), request, policy)


def problem_response(problem: Problem, request: Request, policy: Policy) -> Response:
    """Return a problem as JSON to a client that names JSON, to any other as one plain sentence."""
    chosen = negotiate(request.headers.get("accept"), PROBLEM_TYPES)
    if chosen in PROBLEM_TYPES[1:]:
        type, body = PROBLEM_JSON, problem.to_json()
    else:
        type, body = with_charset("text/plain"), f"{problem.detail}\n".encode()
    headers = (("Content-Type", type), *problem.headers)
    return _finish(Response(problem.status, headers, body), request, policy)


def _answer_query(
    request: Request, operation: Operation, evaluate: Evaluate, stats: DatasetStats
) -> Representation:
    if not operation.default_graphs and not operation.named_graphs:  # else they replace FROM
        check_dataset(operation.query, operation.base, stats.graphs)
    accept = read_accept(request)
    return evaluate(operation, MediaTypes(negotiate(accept, list(ROWS)), negotiate_graph(accept)))


def _describe_service(request: Request, stats: DatasetStats) -> Representation:
    type = negotiate_graph(read_accept(request))
    if type is None:
        offers = ", ".join(GRAPHS)
        sentence = f"Without a query this address describes the service; accept one of: {offers}."
        raise Problem(406, sentence)
    return Representation(with_charset(type), describe_service(request.url, stats, type))


def _finish(response: Response, request: Request, policy: Policy) -> Response:
    """Add the headers, and drop the body for HEAD; its length stays."""
    full = _add_headers(response, policy)
    return full._replace(body=b"") if request.method == "HEAD" else full


def _add_headers(response: Response, policy: Policy) -> Response:
    """Add the headers of every response."""
    headers = [*response.headers, ("Vary", "Accept"), ("X-Content-Type-Options", "nosniff")]
    if response.status != 204:
        headers.append(("Content-Length", str(len(response.body))))
    if policy.cors:
        headers.append(("Access-Control-Allow-Origin", "*"))
        headers.append(("Access-Control-Expose-Headers", "Retry-After"))
    else:
        headers = [each for each in headers if not each[0].startswith("Access-Control-")]
    return response._replace(headers=tuple(headers))


def _preflight_headers(request: Request) -> tuple[tuple[str, str], ...]:
    asked = request.headers.get("access-control-request-headers", "")
    allowed = asked if _HEADER_NAMES.match(asked) else "Accept, Content-Type"
    return (
        ("Access-Control-Allow-Methods", METHODS),
        ("Access-Control-Allow-Headers", allowed),
        ("Access-Control-Max-Age", "86400"),
    )
