"""The page at /sparql: an editor with ready-made queries, and the answer below it.

Out of scope: the protocol, which programs speak at the same address (`sparql_endpoint`).
"""

from functools import cache
from operator import itemgetter
from secrets import token_urlsafe
from typing import NamedTuple
from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.data import bundled
from hwbs_graph.errors import NotFoundError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import PREFIXES, SKOS
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.web import protocol
from hwbs_graph.web.dispatch import Site, run_lookup, run_query
from hwbs_graph.web.editor_bundle import has_editor_bundle
from hwbs_graph.web.pages import lookups, result_network, result_table
from hwbs_graph.web.pages.rendering import queries_by_family
from hwbs_graph.web.pages.result_network import ResultNetwork
from hwbs_graph.web.pages.result_table import Table
from hwbs_graph.web.problem import Problem, as_problem
from hwbs_graph.web.protocol import MediaTypes, Operation, Representation
from hwbs_graph.web.responses import html_response

#: What the page offers to save, by the value of the parameter `download`.
DOWNLOADS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle",
}
#: So many things of an answer are named by their labels.
_MOST_NAMED = 2_000
_EXAMPLE = """\
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?partner ?partnerLabel (COUNT(?action) AS ?actions) WHERE {
  ?action hwbs:involves ?partner .
  ?partner skos:prefLabel ?partnerLabel .
}
GROUP BY ?partner ?partnerLabel
ORDER BY DESC(?actions) STR(?partnerLabel)
"""


class ResultView(NamedTuple):
    """The result below the query: a table, a truth, RDF, or an error."""

    table: Table | None = None
    truth: bool | None = None
    graph: str = ""
    error: str = ""
    status: int = 200
    downloads: tuple[tuple[str, str], ...] = ()
    network: ResultNetwork | None = None


async def editor_page(request: Request, asked: protocol.Request, site: Site) -> Response:
    """Return the page with the query, and its answer if there is a query."""
    text, chosen = _EXAMPLE, request.query_params.get("question", "")
    result = ResultView()
    try:
        if chosen:
            text = _load_query(chosen)
        operation = protocol.read_operation(asked, site.policy)
        if operation and operation.query.strip():
            # A form sends its lines with \r\n, which would shift the line numbers of errors.
            text = operation.query.replace("\r\n", "\n")
            result = await _run(request, operation._replace(query=text), site)
    except Problem as problem:
        result = ResultView(error=problem.detail, status=problem.status)
        text = _typed_query(asked) or text
    nonce = token_urlsafe(16) if has_editor_bundle() else ""
    return html_response(
        "sparql",
        result.status,
        nonce,
        completions={"prefixes": PREFIXES, "terms": _list_terms(), "nonce": nonce},
        text=text,
        chosen=chosen,
        result=result,
        topics=_list_topics(),
        prefixes=PREFIXES,
    )


@cache
def _list_topics() -> dict[str, list[NamedQuery]]:
    """Return the ready-made questions by what they are about, in the order of the alphabet."""
    queries = [each for family in queries_by_family().values() for each in family]
    return group_pairs(sorted(((each.tags[0], each) for each in queries), key=itemgetter(0)))


def _load_query(name: str) -> str:
    try:
        return catalogue.load(name).text
    except NotFoundError as error:
        raise as_problem(error) from None


def _typed_query(asked: protocol.Request) -> str:
    """Return the query as it was typed, to be shown beside its fault."""
    try:
        pairs = protocol.decode_form(asked.query) + protocol.decode_form(asked.body)
    except Problem:
        return ""
    return next((value for name, value in pairs if name == "query"), "")


async def _run(request: Request, operation: Operation, site: Site) -> ResultView:
    types = MediaTypes("application/sparql-results+json", "text/turtle")
    found = await run_query(site, request, operation, types)
    # Reading a long answer takes its time, so a thread does it.
    result = await anyio.to_thread.run_sync(_read_result, operation, found)
    try:
        labels = await run_lookup(site, request, lookups.find_labels, _list_unnamed(result))
    except Problem:
        return result
    table, network = result.table, result.network
    return result._replace(
        table=table and table.with_names(labels), network=network and network.with_names(labels)
    )


def _list_unnamed(result: ResultView) -> list[str]:
    """Return the IRIs of a result that a reader would rather see by their names."""
    found = result.table.iris() if result.table else []
    found += result.network.unnamed() if result.network else []
    return list(dict.fromkeys(found))[:_MOST_NAMED]


def _read_result(operation: Operation, found: Representation) -> ResultView:
    if found.type.startswith("text/turtle"):
        triples = result_network.parse_triples(found.body)
        return ResultView(
            table=result_table.from_triples(triples) if triples else None,
            graph=found.body.decode("utf-8"),
            downloads=_download_links(operation, ("ttl",)),
            network=result_network.from_triples(triples) if triples else None,
        )
    downloads = _download_links(operation, ("csv", "tsv", "json"))
    truth = result_table.read_boolean(found.body)
    if truth is not None:
        return ResultView(truth=truth, downloads=downloads)
    table, network = result_table.from_rows(found.body), result_network.from_rows(found.body)
    return ResultView(table=table, downloads=downloads, network=network)


def _download_links(operation: Operation, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the addresses that save the answer of the same query."""
    asked = [("query", operation.query)]
    asked += [("default-graph-uri", iri) for iri in operation.default_graphs]
    asked += [("named-graph-uri", iri) for iri in operation.named_graphs]
    return tuple((name, f"/sparql?{urlencode([*asked, ('download', name)])}") for name in names)


def _list_terms() -> list[str]:
    """Return the terms that the editor completes."""
    return [*(f"hwbs:{term}" for term in bundled.list_terms()), *(f"skos:{term}" for term in SKOS)]
