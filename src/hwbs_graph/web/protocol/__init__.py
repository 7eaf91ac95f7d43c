"""SPARQL 1.1 Protocol as a pure function: a request in, a response out, nothing is ever written.

No socket and no framework is needed to ask it, so each sentence of the specification is one
small test. Queries only: an update is refused, and so is whatever would reach another machine.

Specifications: https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-service-description/

Out of scope: sockets, worker processes and pages (`server`).
"""

from hwbs_graph.web.protocol.evaluation import evaluate
from hwbs_graph.web.protocol.message import (
    Outcome,
    Refusal,
    Request,
    Response,
    Rules,
    Wanted,
    failed,
)
from hwbs_graph.web.protocol.negotiation import GRAPHS, ROWS, negotiate
from hwbs_graph.web.protocol.operation import Operation, read
from hwbs_graph.web.protocol.response import respond, turned_away
from hwbs_graph.web.protocol.service_description import Facts, facts

__all__ = [
    "GRAPHS",
    "ROWS",
    "Facts",
    "Operation",
    "Outcome",
    "Refusal",
    "Request",
    "Response",
    "Rules",
    "Wanted",
    "evaluate",
    "facts",
    "failed",
    "negotiate",
    "read",
    "respond",
    "turned_away",
]
