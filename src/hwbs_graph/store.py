"""Where a query runs: Oxigraph in memory.

Every query sees the union of all named graphs, as `sd:UnionDefaultGraph` says, so that a
question need not know which file holds the answer.

Out of scope: what the rows mean (`answer`), and loading (`corpus`).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from hwbs_graph.errors import QueryError
from hwbs_graph.vocabulary import PREFIXES

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
#: Strings, comments, IRIs, prefix declarations, prefixed names and variables hold no keyword.
_NO_KEYWORD = (
    r'"{3}.*?"{3}|\'{3}.*?\'{3}|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\s]*>|#[^\n]*|(?i:\bprefix\s+[\w.-]*:|\bbase\b)|[\w.-]*:[\w.%-]*|[?$]\w+"
)

Term = NamedNode | Literal
Record = dict[str, str]
Results = QuerySolutions | QueryBoolean | QueryTriples


class Engine:
    """A SPARQL 1.1 engine over one store, held in memory."""

    name = "Oxigraph in memory"

    def __init__(self, store: Store) -> None:
        self.store = store

    def select(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        name: str = "The query",
    ) -> list[Record]:
        """Run a SELECT of ours and return plain records: variable -> text, "" where unbound."""
        solutions = self.query(text, bindings, name)
        assert isinstance(solutions, QuerySolutions)
        keys = [variable.value for variable in solutions.variables]
        return [
            {key: getattr(cell, "value", "") for key, cell in zip(keys, solution, strict=True)}
            for solution in solutions
        ]

    def query(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        name: str = "The query",
    ) -> Results:
        """Run `text` with variables bound to terms; `name` is what an error calls it.

        Binding is by substitution, never by splicing text. Raises QueryError with line and
        column where the engine gives them.
        """
        substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(key): term for key, term in (bindings or {}).items()
        }
        words = _keywords(text)
        _refuse(words, name)
        with failing_as_query_error(name, text):
            # A query that names its own data set with FROM gets that, and not the union.
            return self.store.query(
                text, use_default_graph_as_union="FROM" not in words, substitutions=substitutions
            )


def _keywords(text: str) -> list[str]:
    """Return the words of a query in capitals, without strings, comments, IRIs and names."""
    bare = re.sub(_NO_KEYWORD, " ", text, flags=re.DOTALL)
    return [word.upper() for word in re.findall(r"[A-Za-z]+", bare)]


def _refuse(words: list[str], name: str) -> None:
    """Refuse what would change data or leave the machine."""
    if words and words[0] in _UPDATES:
        raise QueryError(name, f"{words[0]} would change data, and hwbs only reads")
    if "SERVICE" in words:
        raise QueryError(
            name, "SERVICE would ask another machine, and hwbs asks only its own graph"
        )


@contextmanager
def failing_as_query_error(name: str, text: str = "") -> Iterator[None]:
    """Turn whatever the engine raises, at once or while its results are read, into QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(name, text, str(error)) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(name, str(error)) from None
    except BaseException as error:
        # A panic of the engine is no Exception: ORDER BY over values of several types can do it.
        if type(error).__name__ != "PanicException":
            raise
        raise QueryError(
            name, f"the engine failed ({error}); if the query has ORDER BY, order by STR(?x)"
        ) from None


def _syntax_error(name: str, text: str, why: str) -> QueryError:
    match = re.search(r"error at (\d+):(\d+)", why)
    if not match:
        return QueryError(name, why)
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    return QueryError(name, _why(text, at[: column - 1], at[column - 1 :].strip()), line, column)


def _why(text: str, before: str, rest: str) -> str:
    """Say what is wrong: an undeclared prefix is the engine's commonest and least clear case."""
    used = re.search(r"([A-Za-z][\w-]*):[\w.-]*\Z", before.rstrip())
    declared = {match.lower() for match in re.findall(r"(?i)\bprefix\s+([\w-]*):", text)}
    if used and used[1].lower() not in declared:
        known = PREFIXES.get(used[1], "...")
        return (
            f"the prefix “{used[1]}:” is not declared; add PREFIX {used[1]}: <{known}> at the top"
        )
    return (
        f"“{rest[:40]}” is not expected here" if rest else "something is missing before this point"
    )
