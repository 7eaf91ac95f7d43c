"""SPARQL 1.1 Protocol as a pure function: a request in, a response out, nothing is ever written.

It needs no socket and no framework, so each sentence of the specification is one small test.
Queries only: an update is refused, and so is whatever would reach another machine.

Specifications: https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-service-description/

Out of scope: sockets, worker processes and pages.
"""

from hwbs_graph.web.protocol.dataset_description import (
    DatasetStats,
    add_partitions,
    describe_dataset,
    measure_contents,
    measure_dataset,
)
from hwbs_graph.web.protocol.evaluation import evaluate
from hwbs_graph.web.protocol.message import MediaTypes, Policy, Representation, Request, Response
from hwbs_graph.web.protocol.negotiation import GRAPHS, ROWS, negotiate
from hwbs_graph.web.protocol.operation import Operation, decode_form, read_accept, read_operation
from hwbs_graph.web.protocol.response import PROBLEM_TYPES, problem_response, respond

__all__ = [
    "GRAPHS",
    "PROBLEM_TYPES",
    "ROWS",
    "DatasetStats",
    "MediaTypes",
    "Operation",
    "Policy",
    "Representation",
    "Request",
    "Response",
    "add_partitions",
    "decode_form",
    "describe_dataset",
    "evaluate",
    "measure_contents",
    "measure_dataset",
    "negotiate",
    "problem_response",
    "read_accept",
    "read_operation",
    "respond",
]
