"""Running a query: parameters to terms, the query on the engine, an answer to write.

Out of scope: how an answer is written (`write`) and which query to run (`catalogue`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from hwbs_graph.errors import QueryError
from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import PREFIXES, prefix_lines
from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine, Term, Terms, is_iri, query_errors, term_text
from hwbs_graph.store.lexer import find_undeclared

Cell = Term | BlankNode | Triple | None


class Rows:
    """The solutions of a SELECT: `variables` without `?`, and one tuple of cells a row.

    `encoded` keeps the engine's own SPARQL results in JSON, from which the W3C formats are
    written, so that their bytes are the engine's and not ours. The cells are parsed on first use;
    forwarding an answer costs nothing.
    """

    def __init__(self, encoded: bytes) -> None:
        self.encoded = encoded

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The variables in their order."""
        return tuple(variable.value for variable in self._solutions().variables)

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells, None where a variable is unbound."""
        return tuple(map(tuple, self._solutions()))

    def text_rows(self) -> list[Row]:
        """Return the rows as dictionaries of plain text, an unbound cell as ""."""
        return [
            {key: term_text(cell) for key, cell in zip(self.variables, row, strict=True)}
            for row in self.rows
        ]

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def keep(self, kept: Iterable[bool]) -> "Rows":
        """Return the rows for which `kept` is true, one value a row; a row without one goes."""
        import json  # a look-up of one partner keeps every row

        written = json.loads(self.encoded)
        bindings = written["results"]["bindings"]
        written["results"]["bindings"] = [*compress(bindings, kept)]
        return Rows(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))

    def _solutions(self) -> QuerySolutions:
        solutions = parse_query_results(self.encoded, format=QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        return solutions


class Boolean(NamedTuple):
    """The answer of an ASK."""

    value: bool

    @property
    def size(self) -> int:
        """One: yes and no are both an answer."""
        return 1


class Triples(NamedTuple):
    """The triples of a CONSTRUCT or DESCRIBE."""

    triples: tuple[Triple, ...]

    @property
    def size(self) -> int:
        """The number of triples."""
        return len(self.triples)


Answer = Rows | Boolean | Triples


def run_query(
    engine: Engine,
    text: str,
    bindings: Mapping[str, Terms] | None = None,
    name: str = "The query",
) -> Answer:
    """Run a query and hold its whole answer, or take that which the store keeps.

    Raises QueryError.
    """
    if not bindings and (kept := engine.find_kept(text)) is not None:
        return Rows(kept)
    results = engine.query(text, bindings, name)
    if isinstance(results, QueryBoolean):
        return Boolean(bool(results))
    with query_errors(name):  # the engine goes on evaluating while it is read
        if isinstance(results, QueryTriples):
            return Triples(tuple(results))
        encoded = results.serialize(format=QueryResultsFormat.JSON) or b""
    return Rows(encoded)


def run_typed_query(engine: Engine, text: str, name: str = "The query") -> Answer:
    """Run a query that a person wrote, with the usual prefixes (`PREFIXES`) known.

    A prefix that the query declares itself stays as it is. Raises QueryError, which counts lines
    and columns as the person does.
    """
    missing = find_undeclared(text).intersection(PREFIXES)
    added = "".join(f"PREFIX {key}: <{PREFIXES[key]}>\n" for key in sorted(missing))
    try:
        return run_query(engine, added + text, name=name)
    except QueryError as error:
        raise error.move_up(len(missing)) from None


def ask_named(engine: Engine, name: str, **bindings: str) -> Answer:
    """Run a query of the catalogue, with variables bound to an IRI, and hold its whole answer."""
    query = catalogue.load(name)
    terms = {key: NamedNode(iri) for key, iri in bindings.items()}
    return run_query(engine, query.text, terms, query.name)


def rows_from_text(
    records: Sequence[Mapping[str, str]], variables: Sequence[str], numeric: Collection[str] = ()
) -> Rows:
    """Return records of plain text as if a SELECT had given them, to be written in any format.

    The variables that are `numeric` are written as numbers where a format has numbers.
    """
    import json

    def literal(key: str, value: str) -> dict[str, str]:
        typed = {"datatype": f"{PREFIXES['xsd']}decimal"} if key in numeric else {}
        return {"type": "literal", "value": value, **typed}

    bindings = [
        {key: literal(key, record[key]) for key in variables if record[key]} for record in records
    ]
    results = {"head": {"vars": list(variables)}, "results": {"bindings": bindings}}
    return Rows(json.dumps(results, ensure_ascii=False).encode("utf-8"))


def find_numeric(records: Sequence[Mapping[str, str]], variables: Sequence[str]) -> list[str]:
    """Return the variables whose every cell is a number or empty, other than `code`.

    A code may look like a number, but is a name.
    """
    import re

    number = re.compile(r"\d+(\.\d+)?|").fullmatch
    return [key for key in variables if key != "code" and all(number(row[key]) for row in records)]


def run_named(
    engine: Engine,
    name: str,
    blanks: Mapping[str, str] | None = None,
    /,
    **bindings: str | Term | Sequence[str | Term],
) -> list[Row]:
    """Run a query by its name and return plain records.

    A variable is bound to a term or to one of several; a `str` is an IRI, and the label of an
    unnamed node matches nothing. A blank, such as
    `<urn:path>`, is filled with SPARQL of the registry, never of a user: a path is no term, and an
    engine plans far better with a class or a property that is fixed. Raises NotFoundError.
    """
    query = catalogue.load(name)
    text = query.text
    for blank, written in (blanks or {}).items():
        text = prefix_lines(written) + text.replace(f"<urn:{blank}>", written)
    return engine.select(text, _terms(bindings), query.name)


def _terms(bindings: Mapping[str, str | Term | Sequence[str | Term]]) -> dict[str, list[Term]]:
    return {
        key: [*_valid_terms([value] if isinstance(value, str | Term) else value)]
        for key, value in bindings.items()
    }


def _valid_terms(values: Iterable[str | Term]) -> Iterator[Term]:
    for value in values:
        if not isinstance(value, str):
            yield value
        elif is_iri(value):
            yield NamedNode(value)
