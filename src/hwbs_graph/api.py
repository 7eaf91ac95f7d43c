"""The graph from Python: open it, ask by name or in SPARQL, and hold the answer as rows.

One object has the verbs of the command line, for a notebook or a script. Names are looked up as
there: an error suggests the nearest names, and none is guessed.

Out of scope: printing and files, apart from the CSV of an answer; the command line does both.
"""

import html
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from hwbs_graph import names
from hwbs_graph.checks.findings import Finding
from hwbs_graph.data import corpus
from hwbs_graph.data.edition import explain_edition
from hwbs_graph.extras import require_extra
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.names.recognition import recognise
from hwbs_graph.names.word_search import Hits, search_words
from hwbs_graph.query import catalogue, results
from hwbs_graph.report import found_words, profile, thing_profile
from hwbs_graph.report.marked_answers import ask_marked, mark_over
from hwbs_graph.store import Embedded, Engine, Term, open_store_or_endpoint, term_text
from hwbs_graph.text import count, parse_number

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars

    from hwbs_graph.question.asking import Asker
    from hwbs_graph.view.notebook import NotebookPicture

Value = str | int | float | bool | None

#: Rows of an answer that a notebook shows; the others are counted.
SHOWN = 50
_XSD = PREFIXES["xsd"]


def open_graph(
    *paths: str | Path,
    store: str | Path | None = None,
    endpoint: str | None = None,
    timeout: float | None = None,
    only: bool = False,
) -> "Graph":
    """Open the record that ships with `hwbs`, with your own files, folders or boards added.

    With `only`, the record is left out.

    `store` opens a folder that `hwbs load` made instead. `endpoint` asks a SPARQL server, which
    has `timeout` seconds for each question.

    Raises PathError for a path that cannot be read, TurtleSyntaxError for bad Turtle, StoreError
    for a folder that is no store, DataError for a board of which something is wrong, and UsageError
    where several were given, or nothing is left. If a server cannot be
    reached, the first question raises EndpointError.
    """
    folder = Path(store) if store is not None else None
    engine = open_store_or_endpoint(folder, endpoint, bool(paths), timeout, only=only)
    if folder and (told := explain_edition(folder)):
        warnings.warn(told, stacklevel=2)
    if engine is None:
        base = corpus.bundled_files(record=not only)
        given = [Path(path) for path in paths]
        engine = Embedded(corpus.open_store(given, base, standards=True))
    return Graph(engine)


class Graph:
    """An open knowledge graph; every method only reads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._asker: Asker | None = None

    def __len__(self) -> int:
        """The number of statements."""
        return self.engine.size()

    def __repr__(self) -> str:
        return f"<Graph: {count(len(self), 'statement')}, {self.engine.name}>"

    def query(self, name: str, /, **parameters: str) -> "Answer":
        """Run a named query, such as `query("report/actions-by-partner", partner="Housing")`.

        A parameter takes a name, a printed spelling, a code or an IRI; the query's header says
        of which kind. Raises NotFoundError, AmbiguousError, or UsageError for a parameter that
        the query does not have.
        """
        chosen = catalogue.load(name)
        return self._run_query(chosen, names.bind_typed(self.engine, chosen, parameters, recognise))

    def ask(self, question: str) -> "Answer":
        """Answer a question in plain English; the answer's `sentence` says what was asked.

        Its `query` is the name of the query that was run, "" where the question was composed of
        its parts. Raises NothingFoundError for a question it does not understand whole, with the
        nearest, and for one that may ask two things, with both.
        """
        from hwbs_graph.question import Understood
        from hwbs_graph.question.asking import Asker
        from hwbs_graph.question.counting import caption_answer

        if self._asker is None:
            self._asker = Asker(self.engine)
        asked = self._asker.ask(question)
        if isinstance(asked, Understood):
            marked = ask_marked(self.engine, asked.query, asked.terms)
            answer = _wrap_result(marked)
            answer.query = asked.query.name
            answer.sentence = caption_answer(question, asked, marked)
            return answer
        answer = _wrap_result(mark_over(self.engine, asked.rows))
        answer.sentence = asked.sentence
        return answer

    def search(
        self,
        words: str,
        kind: str | Sequence[str] = (),
        plan: str | Sequence[str] = (),
        limit: int = 20,
    ) -> Hits:
        """Return what holds all the words, the best first; in `found`, at most `limit` hits.

        Each hit says which thing it is of, of which kind and plan, where it is printed, and at
        which characters of its excerpt the words stand. Raises UsageError for a text without
        words and for an unknown kind, and NotFoundError or AmbiguousError for a plan.
        """
        kinds, plans = found_words.read_filters(self.engine, _list_texts(kind), _list_texts(plan))
        return search_words(self.engine, words, kinds, plans, limit)

    def sparql(self, text: str) -> "Answer":
        """Run any SPARQL 1.1 query; the usual prefixes need not be declared in it.

        ASK gives one row, true or false, and the answer itself counts as that; CONSTRUCT and
        DESCRIBE give rows of subject, predicate and object. Raises QueryError.
        """
        return _wrap_result(results.run_typed_query(self.engine, text))

    def partner(self, name: str) -> profile.PartnerSheet:
        """Return what a partner is responsible for, as `hwbs partner --format json` does."""
        return profile.describe_partner(self.engine, recognise(self.engine, name, "partner"))

    def show(self, thing: str) -> thing_profile.ThingSheet:
        """Return everything known of one thing, as `hwbs show --format json` does."""
        return thing_profile.describe_thing(self.engine, recognise(self.engine, thing))

    def network(self, plan: str | None = None) -> "networkx.DiGraph[str]":
        """Return a plan as a directed graph: theme -> objective -> action -> partner.

        Nodes are IRIs with kind, label and code; edges have basis and sources. Without a plan,
        the one that has actions. Raises UsageError where several could be meant.
        """
        from hwbs_graph import network

        found = recognise(self.engine, plan, "plan").iri if plan is not None else None
        return network.project_plan(self.engine, found)

    def picture(
        self,
        kind: str = "map",
        *,
        plan: str | None = None,
        theme: str | None = None,
        partner: str | None = None,
        determinant: str | None = None,
    ) -> "NotebookPicture":
        """Return the picture that `hwbs view` opens on; a notebook shows it, without a network.

        `kind` is one of the words of `hwbs view --kind`. Raises UsageError for another, and
        without the extra `print`; NotFoundError or AmbiguousError for a name.
        """
        from hwbs_graph.view.notebook import draw_for_notebook
        from hwbs_graph.view.selection import Selection

        return draw_for_notebook(self.engine, Selection(plan, theme, partner, determinant, kind))

    def check(self) -> list[Finding]:
        """Return what the shapes and violation queries find, gravest first; [] when all is well."""
        from hwbs_graph import checks

        return checks.run(self.engine)

    def _run_query(self, chosen: catalogue.NamedQuery, terms: Mapping[str, Term]) -> "Answer":
        result = _wrap_result(ask_marked(self.engine, chosen, terms))
        result.query = chosen.name
        return result


class Answer:
    """What a query gave: `columns`, and `rows` as dictionaries of column -> value.

    Numbers and booleans are Python's own, an empty cell is None, everything else is text.
    `query` is the name of the query that was run, "" for SPARQL of your own. `sentence` says
    what a question asked, and how many there are.
    """

    query = ""
    sentence = ""

    def __init__(self, cells: results.Rows, truth: bool | None = None) -> None:
        self._cells = cells
        self._truth = truth
        self.columns: list[str] = list(cells.variables)
        self.rows: list[dict[str, Value]] = [
            dict(zip(self.columns, map(_convert_cell, row), strict=True)) for row in cells.rows
        ]
        if truth is not None:
            self.rows = [{"answer": truth}]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        """Say whether anything was found; for an ASK, what it answered."""
        return bool(self.rows) if self._truth is None else self._truth

    def __repr__(self) -> str:
        return f"<Answer: {count(len(self), 'row')} of {', '.join(self.columns) or 'nothing'}>"

    def __str__(self) -> str:
        """Return the table that the command line would print."""
        from hwbs_graph.write.rows import render

        return render(self._cells, "table").decode("utf-8")

    def _repr_html_(self) -> str:
        """Return the first rows as an HTML table, for a notebook; a name may hold markup."""
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.columns)
        body = "".join(f"<tr>{_row_html(row)}</tr>" for row in self.rows[:SHOWN])
        more = len(self) - SHOWN
        rest = f"<p>{more} more</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the rows as a pandas DataFrame. Raises UsageError where pandas is missing."""
        require_extra("pandas", "to_pandas")
        import pandas

        return pandas.DataFrame(self.rows, columns=self.columns)

    def to_polars(self) -> "polars.DataFrame":
        """Return the rows as a polars DataFrame; a column of several types is text.

        Raises UsageError where polars is missing.
        """
        require_extra("polars", "to_polars")
        import polars

        columns = {name: [row[name] for row in self.rows] for name in self.columns}
        return polars.DataFrame({name: _level(values) for name, values in columns.items()})

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows to any library that reads Arrow; the extra `polars` makes them.

        https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
        """
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | Path | None = None) -> str:
        """Return the answer as SPARQL results in CSV; with a path, write it there as well.

        Raises UsageError for a path that ends as no CSV does, PathError if it cannot be written.
        https://www.w3.org/TR/sparql11-results-csv-tsv/
        """
        from hwbs_graph.data.atomic_file import write_file
        from hwbs_graph.write.endings import require_ending
        from hwbs_graph.write.rows import render

        if path is not None:
            require_ending("An answer in CSV", str(path), ["csv"])
        data = render(self._cells, "csv")
        if path is not None:
            write_file(Path(path), data)
        return data.decode("utf-8")


def _list_texts(given: str | Sequence[str]) -> list[str]:
    return [given] if isinstance(given, str) else [*given]


def _wrap_result(given: results.Answer) -> Answer:
    if isinstance(given, results.Rows):
        return Answer(given)
    if isinstance(given, results.Boolean):
        word = "true" if given.value else "false"
        return Answer(results.rows_from_text([{"answer": word}], ["answer"]), given.value)
    keys = ("subject", "predicate", "object")
    triples = [dict(zip(keys, map(_show_term, triple), strict=True)) for triple in given.triples]
    return Answer(results.rows_from_text(triples, keys))


def _show_term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """Return a term of a triple as text: a blank node as `_:x`, anything else as in a row."""
    return str(term) if isinstance(term, BlankNode) else term_text(term)


def _convert_cell(cell: results.Cell) -> Value:
    """Return a cell as Python holds it; text that is no such number or boolean stays text."""
    if not isinstance(cell, Literal):
        return term_text(cell) if cell is not None else None
    kind, text = cell.datatype.value.removeprefix(_XSD), cell.value
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    if kind == "integer" and re.fullmatch(r"[+-]?\d{1,4000}", text, re.ASCII):
        return int(text)
    number = parse_number(text) if kind in ("decimal", "double", "float") else None
    return text if number is None else number


def _level(values: list[Value]) -> list[Value]:
    """Return values of one type: whole numbers beside others as numbers, any other mix as text."""
    types = {type(each) for each in values if each is not None}
    if len(types) < 2:
        return values
    if types == {int, float}:
        return [None if each is None else float(each) for each in values]
    return [None if each is None else str(each) for each in values]


def _row_html(row: Mapping[str, Value]) -> str:
    cells = ("" if value is None else str(value) for value in row.values())
    return "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
