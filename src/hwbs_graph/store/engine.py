"""What every engine does: it answers queries over the union of all named graphs.

Every query sees that union, as `sd:UnionDefaultGraph` says, so that a question need not know
which file holds the answer. Three kinds of engine do this: in memory and on disk (`embedded`),
and another program that speaks the SPARQL 1.1 Protocol (`remote`).

Out of scope: what the rows mean (`query`), and loading (`data`, `load`).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from hwbs_graph.grouping import Row
from hwbs_graph.store.engine_errors import query_errors
from hwbs_graph.store.parameters import Terms
from hwbs_graph.store.terms import term_text

Results = QuerySolutions | QueryBoolean | QueryTriples

#: Counts the statements of each named graph.
GRAPHS = """
SELECT ?graph (COUNT(*) AS ?statements) WHERE { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph
"""


class Engine(ABC):
    """A SPARQL 1.1 engine that only reads; `name` says to a person where it runs."""

    name: str

    @abstractmethod
    def query(
        self,
        text: str,
        bindings: Mapping[str, Terms] | None = None,
        name: str = "The query",
    ) -> Results:
        """Run `text` with variables bound to terms, or each to one of several.

        The text marks where a variable is bound (`parameters`). An error calls it `name`.
        Raises QueryError, with line and column if the engine gives them.
        """

    @abstractmethod
    def snapshot(self) -> Store:
        """Return a store with every statement in its named graph; it must not be written to.

        Raises EndpointError if a server cannot be copied.
        """

    def find_kept(self, question: str) -> bytes | None:
        """Return the answer that a store on disk keeps to a question, None where it keeps none."""
        return None

    def take_empty_answers(self) -> None:
        """From now on, let an answer without rows be one, even from a server that holds nothing."""
        return

    def select(
        self,
        text: str,
        bindings: Mapping[str, Terms] | None = None,
        name: str = "The query",
    ) -> list[Row]:
        """Run a SELECT of ours and return plain records: variable -> text, "" where unbound."""
        solutions = self.query(text, bindings, name)
        assert isinstance(solutions, QuerySolutions)
        keys = [variable.value for variable in solutions.variables]
        with query_errors(name):  # the engine goes on evaluating while it is read
            return [
                {key: term_text(cell) for key, cell in zip(keys, solution, strict=True)}
                for solution in solutions
            ]

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph."""
        rows = self.select(GRAPHS, name="Counting the statements")
        return {row["graph"]: int(row["statements"]) for row in rows if row["graph"]}

    def size(self) -> int:
        """Return the number of statements."""
        return sum(self.graphs().values())
