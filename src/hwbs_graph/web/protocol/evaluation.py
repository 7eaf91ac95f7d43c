"""Runs a query on the engine and writes its answer, within a size.

Out of scope: its time and memory; a process that can be ended bounds both (`workers`).
"""

from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QueryTriples

from hwbs_graph.errors import FormatError, QueryError
from hwbs_graph.store import Engine, Results, query_errors
from hwbs_graph.store.lexer import keywords
from hwbs_graph.web.problem import Problem, as_problem
from hwbs_graph.web.protocol.message import MediaTypes, Representation
from hwbs_graph.web.protocol.negotiation import GRAPHS, ROWS, with_charset
from hwbs_graph.web.protocol.operation import Operation
from hwbs_graph.write.w3c import serialize_graph, serialize_rows

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NAME = "The query"


class _TooLarge(Exception):
    """An answer is larger than it may be."""


class _Bounded(BytesIO):
    """A file in memory that refuses to grow beyond `most` bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: "ReadableBuffer") -> int:
        if self.tell() + memoryview(data).nbytes > self.most:
            raise _TooLarge
        return super().write(data)


def evaluate(engine: Engine, operation: Operation, types: MediaTypes, most: int) -> Representation:
    """Run a query and write its answer in the type for its kind, in at most `most` bytes.

    Raises Problem: a syntax error is the client's, 400 with line and column; what the type cannot
    hold is 406; later faults are ours, 500.
    """
    try:
        results = _start_query(engine, operation)
    except QueryError as error:
        raise Problem(400, str(error)) from None
    graph = isinstance(results, QueryTriples)
    type = types.graph if graph else types.rows
    if type is None:
        raise Problem(406, _not_acceptable(graph))
    try:
        with query_errors(_NAME):
            return Representation(with_charset(type), _serialize(results, type, most))
    except _TooLarge:
        sentence = f"The answer is larger than {most / (1 << 20):g} MiB; add LIMIT or ask for less."
        raise Problem(413, sentence) from None
    except FormatError as error:
        raise as_problem(error) from None
    except QueryError as error:
        raise Problem(500, str(error)) from None


def _start_query(engine: Engine, operation: Operation) -> Results:
    """Start the query; a data set in the request overrides FROM, and FROM the union of all."""
    chosen = bool(operation.default_graphs or operation.named_graphs)
    own = chosen or "FROM" in keywords(operation.query)
    with query_errors(_NAME, operation.query):
        return engine.snapshot().query(
            operation.query,
            base_iri=operation.base or None,
            use_default_graph_as_union=not own,
            default_graph=[NamedNode(iri) for iri in operation.default_graphs] if chosen else None,
            named_graphs=[NamedNode(iri) for iri in operation.named_graphs] if chosen else None,
        )


def _serialize(results: Results, type: str, most: int) -> bytes:
    out = _Bounded(most)
    if isinstance(results, QueryTriples):
        return serialize_graph(results, GRAPHS[type], out)
    return serialize_rows(results, ROWS[type], out)


def _not_acceptable(graph: bool) -> str:
    kind = "is a graph" if graph else "has rows or is a boolean"
    return f"The answer {kind}; accept one of: {', '.join(GRAPHS if graph else ROWS)}."
