"""The address /sparql: the protocol for programs, and for a browser an editor at the same place.

Out of scope: the protocol itself (`protocol`).
"""

from secrets import token_urlsafe
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from hwbs_graph.errors import NotFoundError
from hwbs_graph.model.vocabulary import HWBS, PREFIXES, SKOS
from hwbs_graph.query import catalogue
from hwbs_graph.web import jobs, protocol
from hwbs_graph.web.context import Site, ask, body, html, in_line
from hwbs_graph.web.jobs import Trouble
from hwbs_graph.web.pages import html_tables, result_network
from hwbs_graph.web.pages.html_tables import Table
from hwbs_graph.web.pages.rendering import HTML, bundled, questions
from hwbs_graph.web.pages.result_network import Drawing
from hwbs_graph.web.protocol import Operation, Outcome, Refusal, Wanted
from hwbs_graph.web.protocol.negotiation import GRAPHS, ROWS, negotiate
from hwbs_graph.web.workers.admission import Caller

#: What the page offers to save, by the value of the parameter `download`.
_DOWNLOADS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle",
}
_MACHINE = tuple(dict.fromkeys((*ROWS, *GRAPHS)))
#: What the editor completes.
_WORDS = {
    "prefixes": PREFIXES,
    "terms": [*(f"hwbs:{term}" for term in HWBS), *(f"skos:{term}" for term in SKOS)],
}
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


class Shown(NamedTuple):
    """What the editor page shows below the query: a table, a truth, RDF, or what went wrong."""

    table: Table | None = None
    truth: bool | None = None
    graph: str = ""
    error: str = ""
    status: int = 200
    downloads: tuple[tuple[str, str], ...] = ()
    drawing: Drawing | None = None


async def sparql(request: Request, site: Site) -> Response:
    """Answer a request to the endpoint."""
    posted = await body(site, request) if request.method == "POST" else b""
    if isinstance(posted, Outcome):
        late = protocol.turned_away(posted, site.rules)
        return Response(late.body, late.status, {**dict(late.headers), "Connection": "close"})
    asked = protocol.Request(
        request.method,
        request.scope["query_string"],
        {key.decode("latin-1"): value.decode("latin-1") for key, value in _once(request)},
        posted,
        str(request.url.replace(query="", fragment="")),
    )
    if _wants_page(asked, request):
        return await _editor(request, asked, site)
    if (name := request.query_params.get("download")) in _DOWNLOADS:
        asked = asked._replace(headers={**asked.headers, "accept": _DOWNLOADS[name]})
    answer = await _respond(request, asked, site)
    headers = dict(answer.headers)
    if name in _DOWNLOADS and answer.status == 200:
        headers["Content-Disposition"] = f'attachment; filename="answer.{name}"'
    return Response(answer.body, answer.status, headers)


def _once(request: Request) -> list[tuple[bytes, bytes]]:
    """Return the headers, those that come several times joined as HTTP says."""
    joined: dict[bytes, bytes] = {}
    for key, value in request.scope["headers"]:
        joined[key] = joined[key] + b"," + value if key in joined else value
    return list(joined.items())


def _wants_page(asked: protocol.Request, request: Request) -> bool:
    if asked.method == "OPTIONS" or request.query_params.get("download") in _DOWNLOADS:
        return False
    accept = asked.headers.get("accept")
    return negotiate(accept, (*_MACHINE, HTML)) == HTML


async def _respond(request: Request, asked: protocol.Request, site: Site) -> protocol.Response:
    """Answer in a thread, as the answer is waited for there."""

    def run(caller: Caller) -> protocol.Response:
        def evaluate(operation: Operation, wanted: Wanted) -> Outcome:
            job = (protocol.evaluate, operation, wanted, site.most)
            return site.public.run(*job, caller=caller)

        return protocol.respond(asked, evaluate, site.about, site.rules)

    answer: protocol.Response | Outcome = await in_line(site, site.public, request, run)
    if isinstance(answer, protocol.Response):
        return answer
    return protocol.turned_away(answer, site.rules)


async def _editor(request: Request, asked: protocol.Request, site: Site) -> Response:
    """Return the page with the query, and its answer where there is a query."""
    text, chosen = _EXAMPLE, request.query_params.get("question", "")
    shown = Shown()
    try:
        if chosen:
            text = catalogue.load(chosen).text
        operation = protocol.read(asked, site.rules)
        if operation and operation.query.strip():
            # A form sends its lines with \r\n, which would count as two in what is wrong where.
            text = operation.query.replace("\r\n", "\n")
            shown = await _shown(request, operation._replace(query=text), site)
    except (Refusal, NotFoundError) as error:
        shown = Shown(error=str(error), status=getattr(error, "status", 404))
        text = _typed(asked) or text
    nonce = token_urlsafe(16) if bundled() else ""
    return html(
        "sparql",
        shown.status,
        nonce,
        words={**_WORDS, "nonce": nonce},
        text=text,
        chosen=chosen,
        shown=shown,
        families=questions(),
        prefixes=PREFIXES,
        limit=html_tables.SHOWN,
    )


def _typed(asked: protocol.Request) -> str:
    """Return the query as it was typed, to be shown beside what is wrong with it."""
    try:
        pairs = protocol.operation.pairs(asked.query) + protocol.operation.pairs(asked.body)
    except Refusal:
        return ""
    return next((value for name, value in pairs if name == "query"), "")


async def _shown(request: Request, operation: Operation, site: Site) -> Shown:
    wanted = Wanted("application/sparql-results+json", "text/turtle")

    def run(caller: Caller) -> Outcome | Shown:
        job = (protocol.evaluate, operation, wanted, site.most)
        found = site.public.run(*job, caller=caller)
        return found if found.status != 200 else _read(operation, found)

    answer: Outcome | Shown = await in_line(site, site.public, request, run)
    if isinstance(answer, Outcome):
        return Shown(error=answer.body.decode("utf-8").strip(), status=answer.status)
    if answer.drawing is None or not answer.drawing.nameless():
        return answer
    labels = await ask(site, request, jobs.labels, answer.drawing.nameless())
    if isinstance(labels, Trouble):
        return answer
    return answer._replace(drawing=answer.drawing.called(labels))


def _read(operation: Operation, outcome: Outcome) -> Shown:
    """Return what is shown of an answer; a long one takes its time, so a thread does it."""
    if outcome.type.startswith("text/turtle"):
        text, triples = outcome.body.decode("utf-8"), result_network.triples(outcome.body)
        return Shown(
            table=html_tables.triples(triples) if triples else None,
            graph=text,
            downloads=_links(operation, ("ttl",)),
            drawing=result_network.of_graph(triples) if triples else None,
        )
    downloads = _links(operation, ("csv", "tsv", "json"))
    truth = html_tables.boolean(outcome.body)
    if truth is not None:
        return Shown(truth=truth, downloads=downloads)
    rows = html_tables.plain(outcome.body)
    return Shown(table=rows, downloads=downloads, drawing=result_network.of_rows(outcome.body))


def _links(operation: Operation, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the addresses that save the answer of the same query."""
    asked = [("query", operation.query)]
    asked += [("default-graph-uri", iri) for iri in operation.default_graphs]
    asked += [("named-graph-uri", iri) for iri in operation.named_graphs]
    return tuple((name, f"/sparql?{urlencode([*asked, ('download', name)])}") for name in names)
