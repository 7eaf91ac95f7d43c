"""Another program that speaks the SPARQL 1.1 Protocol: the same questions, asked over HTTP.

The server must answer over the union of its named graphs (`sd:UnionDefaultGraph`), as the other
engines do. An error tells a server without that union from an empty one, and says what to do.

Specifications: https://www.w3.org/TR/sparql11-protocol/ , https://www.w3.org/TR/sparql11-results-json/

Out of scope: writing to a server, and passwords.
"""

import math
import os
from collections.abc import Mapping
from urllib.parse import urlencode

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

from hwbs_graph.errors import EndpointError, QueryError, RejectedQueryError, UsageError
from hwbs_graph.store.engine import Engine, Results
from hwbs_graph.store.engine_errors import query_errors
from hwbs_graph.store.json_results import ResultsError, normalise_results, normalise_xml
from hwbs_graph.store.lexer import keywords, query_form, reject_updates, split_construct
from hwbs_graph.store.parameters import Terms, bind_parameters
from hwbs_graph.store.transport import Reply, check_url, post_form

#: Seconds that a question may take, unless HWBS_TIMEOUT says otherwise.
TIMEOUT = 60.0
#: More statements than this are not copied: `hwbs load` makes a store of them instead.
MOST_STATEMENTS = 2_000_000
#: So many triples of a CONSTRUCT may be a part of them; no server is known with a lower limit.
_CHECKED_FROM = 1000
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
#: What a server may call the formats we ask for; one that names none is taken at our word.
_JSON = (_ROWS, "application/json", "text/json", "")
#: What some send for rows although we do not ask for it.
_XML = "application/sparql-results+xml"
_RDF = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/n3": RdfFormat.TURTLE,
    "text/rdf+n3": RdfFormat.TURTLE,
    "": RdfFormat.TURTLE,  # which N-Triples is as well
}
#: Graphs that Virtuoso keeps for itself.
_OF_VIRTUOSO = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
)
_ALL = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_ANY = "ASK { ?s ?p ?o }"
_NAMED = "ASK { GRAPH ?g { ?s ?p ?o } }"
_SAME = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Remote(Engine):
    """A SPARQL server at a URL."""

    def __init__(self, url: str, timeout: float | None = None) -> None:
        self._url = check_url(url)
        self._timeout = _timeout_from_environment() if timeout is None else timeout
        self.name = f"SPARQL server, {url}"
        self._filled = False
        self._copy: Store | None = None

    def query(
        self,
        text: str,
        bindings: Mapping[str, Terms] | None = None,
        name: str = "The query",
    ) -> Results:
        """Run `text` on the server, with variables bound in its text; see `Engine.query`.

        Raises EndpointError for anything the server does but answer.
        """
        said = keywords(text)
        reject_updates(said, name)
        asked = query_form(said)
        rows = asked in ("SELECT", "ASK")
        bound = bind_parameters(text, bindings or {})
        body = urlencode({"query": bound}).encode("ascii")
        try:
            reply = post_form(self._url, body, _ROWS if rows else _TRIPLES, self._timeout)
        except RejectedQueryError as error:
            # Our own parser says where the fault is; the server only what it thinks of it.
            with query_errors(name, text):
                Store().query(text)
            raise QueryError(name, f"{self._url} refuses it: {error.reason}") from None
        if not rows:
            store = self._read_triples(reply)
            if asked == "CONSTRUCT" and len(store) >= _CHECKED_FROM:
                self._check_whole(bound)
            return _list_triples(store)
        found = self._read_solutions(reply, whole="LIMIT" not in said)
        if asked == "ASK" and isinstance(found, QuerySolutions):
            # Virtuoso 7.2 answers ASK with a row that holds 1, and with no row for no.
            return _boolean_result(
                any(getattr(cell, "value", "") == "1" for row in found for cell in row)
            )
        if asked == "SELECT" and isinstance(found, QueryBoolean):
            why = "answers yes or no to a question that asks for rows"
            raise EndpointError(self._url, why)
        return found

    def snapshot(self) -> Store:
        """Return a copy of all that the server holds; see `Engine.whole`."""
        if self._copy is None:
            total = self.size()
            if total > MOST_STATEMENTS:
                why = f"holds {total:,} statements, too many to copy; use `hwbs load` and --store"
                raise EndpointError(self._url, why)
            self._copy = self._copy_statements(total)
        return self._copy

    def take_empty_answers(self) -> None:
        """Do not ask why an answer is empty; see `Engine.take_empty_answers`."""
        self._filled = True

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph that is not the server's own."""
        return {
            graph: number
            for graph, number in super().graphs().items()
            if not graph.startswith(_OF_VIRTUOSO)
        }

    def _copy_statements(self, total: int) -> Store:
        solutions = self.query(_ALL)
        assert isinstance(solutions, QuerySolutions)
        store = Store()
        store.bulk_extend(
            Quad(s, p, o, g) for s, p, o, g in solutions if not g.value.startswith(_OF_VIRTUOSO)
        )
        del solutions  # an error would hold it, and only this thread may free it
        if len(store) < total:
            why = f"gave {len(store):,} of its {total:,} statements; raise the limit of rows it has"
            raise EndpointError(self._url, why)
        return store

    def _read_solutions(self, reply: Reply, whole: bool) -> QuerySolutions | QueryBoolean:
        """Read rows, or yes or no; the whole body is checked before its first row is used."""
        if reply.type not in (*_JSON, _XML):
            raise EndpointError(self._url, _describe_wrong_type(reply.type))
        try:
            checked = (
                normalise_xml(reply.body)
                if reply.type == _XML
                else normalise_results(reply.body, whole)
            )
        except ResultsError as error:
            raise EndpointError(self._url, str(error)) from None
        if isinstance(checked, bool):
            return _boolean_result(checked)
        if checked.endswith(b'"bindings":[]}}'):
            self._check_for_data()
        results = parse_query_results(checked, format=QueryResultsFormat.JSON)
        assert isinstance(results, QuerySolutions)
        return results

    def _read_triples(self, reply: Reply) -> Store:
        if reply.type not in _RDF:
            raise EndpointError(self._url, _describe_wrong_type(reply.type))
        store = Store()
        try:
            store.load(reply.body, format=_RDF[reply.type])
        except (SyntaxError, ValueError, OSError):
            raise EndpointError(self._url, "sends RDF that is broken") from None
        return store

    def _check_whole(self, text: str) -> None:
        """Ask the pattern of a CONSTRUCT for rows: Virtuoso says only of rows that it cut them."""
        before, pattern = split_construct(text)
        self.query(f"{before}SELECT (1 AS ?row) {pattern}")

    def _check_for_data(self) -> None:
        """Once, after an answer without rows: tell an empty server from one without a union."""
        if self._filled:
            return
        self._filled = True
        if self.query(_ANY):
            return
        if self.query(_NAMED):
            why = (
                "answers from its default graph alone, which is empty; have it answer from the"
                " union of all graphs (oxigraph serve --union-default-graph)"
            )
            raise EndpointError(self._url, why)
        raise EndpointError(self._url, "holds no statement; load the graph into it")


def _list_triples(store: Store) -> QueryTriples:
    triples = store.query(_SAME)
    assert isinstance(triples, QueryTriples)
    return triples


def _boolean_result(value: bool) -> QueryBoolean:
    text = f'{{"head": {{}}, "boolean": {"true" if value else "false"}}}'
    results = parse_query_results(text, format=QueryResultsFormat.JSON)
    assert isinstance(results, QueryBoolean)
    return results


def _describe_wrong_type(type: str) -> str:
    return (
        f"answers with {type}, not with a SPARQL result; check that it is the address of the"
        " endpoint (often /sparql or /query)"
    )


def _timeout_from_environment() -> float:
    """Return the seconds that HWBS_TIMEOUT allows. Raises UsageError where it is no such number."""
    text = os.environ.get("HWBS_TIMEOUT", "")
    try:
        seconds = float(text or TIMEOUT)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise UsageError(f"HWBS_TIMEOUT is “{text}”; give it a number of seconds, such as 60.")
    return seconds
