"""One request, one response: reading, negotiating, running, and the headers around it.

CORS: https://fetch.spec.whatwg.org/#http-cors-protocol

Out of scope: running a query within time and memory; the caller's `evaluate` does.
"""

import re
from collections.abc import Callable

from hwbs_graph.web.protocol.message import Outcome, Refusal, Request, Response, Rules, Wanted
from hwbs_graph.web.protocol.negotiation import (
    GRAPHS,
    ROWS,
    negotiate,
    negotiate_graph,
    with_charset,
)
from hwbs_graph.web.protocol.operation import METHODS, Operation, read
from hwbs_graph.web.protocol.query_check import refuse_foreign
from hwbs_graph.web.protocol.service_description import Facts, describe

Evaluate = Callable[[Operation, Wanted], Outcome]

_TOKENS = re.compile(r"[\w!#$%&'*+.^`|~, -]{1,1000}\Z", re.ASCII)


def respond(request: Request, evaluate: Evaluate, about: Facts, rules: Rules) -> Response:
    """Answer one request. `evaluate` runs a query; `about` is what the description tells."""
    if request.method == "OPTIONS":
        return _with_headers(Response(204, (("Allow", METHODS), *_preflight(request))), rules)
    try:
        operation = read(request, rules)
        found = (
            _described(request, about)
            if operation is None
            else _answered(request, operation, evaluate, about)
        )
    except Refusal as refusal:
        found = refusal.response
    found = _with_headers(found, rules)
    return found._replace(body=b"") if request.method == "HEAD" else found


def _answered(request: Request, operation: Operation, evaluate: Evaluate, about: Facts) -> Response:
    if not operation.default_graphs and not operation.named_graphs:  # else they replace FROM
        refuse_foreign(operation.query, operation.base, about.graphs)
    accept = request.headers.get("accept")
    wanted = Wanted(negotiate(accept, list(ROWS)), negotiate_graph(accept))
    return _concluded(evaluate(operation, wanted))


def turned_away(outcome: Outcome, rules: Rules) -> Response:
    """Return the response to a request that was not even read, as the server is too busy."""
    return _with_headers(_concluded(outcome), rules)


def _concluded(outcome: Outcome) -> Response:
    headers = [("Content-Type", outcome.type)]
    if outcome.retry_after:
        headers.append(("Retry-After", str(outcome.retry_after)))
    return Response(outcome.status, tuple(headers), outcome.body)


def _described(request: Request, about: Facts) -> Response:
    type = negotiate_graph(request.headers.get("accept"))
    if type is None:
        raise Refusal(
            406,
            "Without a query this address describes the service; "
            f"accept one of: {', '.join(GRAPHS)}.",
        )
    return Response(
        200, (("Content-Type", with_charset(type)),), describe(request.url, about, type)
    )


def _with_headers(response: Response, rules: Rules) -> Response:
    """Add what every response carries; the length stays that of the body a HEAD leaves out."""
    headers = [*response.headers, ("Vary", "Accept"), ("X-Content-Type-Options", "nosniff")]
    if response.status != 204:
        headers.append(("Content-Length", str(len(response.body))))
    if rules.cors:
        headers.append(("Access-Control-Allow-Origin", "*"))
        headers.append(("Access-Control-Expose-Headers", "Retry-After"))
    else:
        headers = [each for each in headers if not each[0].startswith("Access-Control-")]
    return response._replace(headers=tuple(headers))


def _preflight(request: Request) -> tuple[tuple[str, str], ...]:
    asked = request.headers.get("access-control-request-headers", "")
    return (
        ("Access-Control-Allow-Methods", METHODS),
        (
            "Access-Control-Allow-Headers",
            asked if _TOKENS.match(asked) else "Accept, Content-Type",
        ),
        ("Access-Control-Max-Age", "86400"),
    )
