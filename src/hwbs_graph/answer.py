"""Running a question: parameters to terms, the query on the engine, an answer to write.

Out of scope: how an answer is written (`render`) and which question to ask (`catalogue`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from hwbs_graph.errors import QueryError
from hwbs_graph.store import Engine, Term

Cell = Term | None


@dataclass(frozen=True)
class Rows:
    """The solutions of a SELECT: `variables` without `?`, and one tuple of cells a row.

    `encoded` keeps the engine's own SPARQL results in JSON, from which the W3C formats are
    written, so that their bytes are the engine's and not ours.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    encoded: bytes

    def records(self) -> list[dict[str, str]]:
        """Return the rows as dictionaries of plain text, an unbound cell as ""."""
        return [
            {key: cell.value if cell else "" for key, cell in zip(self.variables, row, strict=True)}
            for row in self.rows
        ]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Boolean:
    """The answer of an ASK."""

    value: bool

    def __len__(self) -> int:
        return 1


@dataclass(frozen=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE."""

    triples: tuple[Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)


Answer = Rows | Boolean | Graph


def ask(
    engine: Engine,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    name: str = "The query",
) -> Answer:
    """Run a query and hold its whole answer. Raises QueryError."""
    results = engine.query(text, bindings, name)
    if isinstance(results, QueryBoolean):
        return Boolean(bool(results))
    try:
        if isinstance(results, QueryTriples):
            return Graph(tuple(results))
        encoded = results.serialize(format=QueryResultsFormat.JSON) or b""
    except (RuntimeError, OSError) as error:  # the engine evaluates while it is read
        raise QueryError(name, str(error)) from None
    solutions = parse_query_results(encoded, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    variables = tuple(variable.value for variable in solutions.variables)
    rows = tuple(tuple(solution) for solution in solutions)
    return Rows(variables, rows, encoded)


def select(
    engine: Engine,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    name: str = "The query",
) -> list[dict[str, str]]:
    """Run a SELECT and return plain records: variable -> text, "" where unbound."""
    answer = ask(engine, text, bindings, name)
    assert isinstance(answer, Rows)
    return answer.records()
