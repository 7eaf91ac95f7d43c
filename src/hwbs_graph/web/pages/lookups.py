"""Lookups of the pages: functions that a worker runs, over plain values.

Out of scope: HTML (`rendering`) and SPARQL from outside (`protocol`).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from hwbs_graph.errors import NotFoundError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.single_values import restore
from hwbs_graph.model.vocabulary import RDFS, SKOS, shorten
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS
from hwbs_graph.write.w3c import serialize_graph

if TYPE_CHECKING:
    from hwbs_graph.names import Name

#: To find what is like a name among more names takes longer than a page may.
_MOST_COMPARED = 20_000
#: A page shows at most so many hits.
MOST_HITS = 50
#: The property that leads from a quotation to its document.
#: Thousands of things may link to a class or a code; a page shows at most so many.
MOST_LINKS = 500


class SearchHit(NamedTuple):
    """A thing that a search found, under the name that matched."""

    iri: str
    label: str
    kind: str
    name: str


def find_named(engine: Engine, text: str) -> tuple[SearchHit, ...]:
    """Return the things that carry the very name, as the command line finds them."""
    from hwbs_graph import names

    named = _index_forms(engine).get(names.normalise(text), ())
    return tuple({each.thing.iri: _make_hit(each) for each in reversed(named)}.values())[::-1]


def is_known(engine: Engine, iri: str) -> bool:
    """Say whether the graph says anything of an IRI."""
    return any(True for _ in engine.snapshot().quads_for_pattern(NamedNode(iri), None, None, None))


def find_near(engine: Engine, text: str) -> tuple[SearchHit, ...]:
    """Return the things whose names hold the letters of a text, or are like it."""
    from hwbs_graph import names

    wanted = names.normalise(text)
    if not wanted:
        return ()
    known = index_names(engine)
    near = set(names.suggest(wanted, known)) if len(known) <= _MOST_COMPARED else set()
    found: dict[str, SearchHit] = {}
    for each in known:
        form = names.normalise(each.text)
        if form != wanted and (wanted in form or each.text in near):
            found.setdefault(each.thing.iri, _make_hit(each))
    return tuple(found.values())[:MOST_HITS]


def _make_hit(name: "Name") -> SearchHit:
    return SearchHit(name.thing.iri, name.thing.label, name.thing.kind, name.text)


@lru_cache(maxsize=1)
def _index_forms(engine: Engine) -> "dict[str, list[Name]]":
    """Return the names by the form in which they are compared."""
    from hwbs_graph import names

    known = [each for each in index_names(engine) if not each.possible]
    return group_pairs((names.normalise(each.text), each) for each in known)


@lru_cache(maxsize=1)
def index_names(engine: Engine) -> "list[Name]":
    """Return every name, gathered once a worker: its graph never changes."""
    from hwbs_graph import names

    return names.list_names(engine)


def serialize_statements(engine: Engine, iri: str, type: str) -> bytes:
    """Return the statements about a thing, and those that lead to it, in a media type of RDF.

    Raises NotFoundError if there are none, FormatError where the type cannot hold them.
    """
    store, node = engine.snapshot(), NamedNode(iri)
    quads = [*store.quads_for_pattern(node, None, None, None)]
    for number, quad in enumerate(store.quads_for_pattern(None, None, node, None)):
        if number >= MOST_LINKS:
            break
        quads.append(quad)
    if not quads:
        raise NotFoundError("thing", shorten(iri), ())
    triples = sorted({Triple(*restore(quad).triple) for quad in quads}, key=str)
    return serialize_graph(triples, GRAPHS[type])


class GraphSummary(NamedTuple):
    """What a named graph holds: kinds and documents, each (IRI, label, count), and some things."""

    kinds: tuple[tuple[str, str, int], ...]
    documents: tuple[tuple[str, str, int], ...]
    things: tuple[tuple[str, str], ...]


def summarize_graph(engine: Engine, iri: str) -> GraphSummary:
    """Return what the page of a named graph shows."""
    kinds = _count_values(engine, "internal/classes-in-graph", iri)
    documents = _count_values(engine, "internal/documents-in-graph", iri)
    return GraphSummary(kinds, documents, _sample_things(engine, iri))


def _count_values(engine: Engine, query: str, graph: str) -> tuple[tuple[str, str, int], ...]:
    """Return what a query counts in a graph, the most frequent first."""
    rows = run_named(engine, query, graph=graph)[:MOST_LINKS]
    labels = find_labels(engine, [row["value"] for row in rows])
    return tuple(
        (row["value"], labels.get(row["value"], shorten(row["value"])), int(row["times"]))
        for row in rows
    )


def _sample_things(engine: Engine, graph: str) -> tuple[tuple[str, str], ...]:
    """Return the first things of a graph: those it names, or any if it names none."""
    store, found = engine.snapshot(), dict[str, str]()
    for property in (SKOS.prefLabel, None):
        for quad in store.quads_for_pattern(None, property, None, NamedNode(graph)):
            if len(found) >= MOST_HITS:
                break
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = ""
        if found:
            break
    labels = find_labels(engine, list(found))
    return tuple((iri, labels.get(iri, shorten(iri))) for iri in found)


def find_labels(engine: Engine, iris: Sequence[str]) -> dict[str, str]:
    """Return the label of each thing that has one, of a term that of the ontology."""
    store, found = engine.snapshot(), {}
    for iri in iris:
        for property in (RDFS.label, SKOS.prefLabel):
            for quad in store.quads_for_pattern(NamedNode(iri), property, None, None):
                found[iri] = getattr(quad.object, "value", "")
    return found


def run_named_query(engine: Engine, name: str, given: Mapping[str, str], format: str) -> bytes:
    """Run a named query with what a person typed for its parameters, as `hwbs query` does."""
    from hwbs_graph import names
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.marked_answers import ask_marked
    from hwbs_graph.write.rows import render

    query = catalogue.load(name)
    terms = names.bind_typed(engine, query, given, recognise)
    return render(ask_marked(engine, query, terms), format)


def render_view(engine: Engine, plan: str, theme: str, partner: str) -> str:
    """Return the workshop view as HTML, opened on a plan, a theme or a partner."""
    from hwbs_graph import names, view
    from hwbs_graph.view.page.own_pages import lead_to_pages

    selection = view.Selection(plan or None, theme or None, partner or None)
    shown = view.choose_picture(engine, selection)
    if shown.graph is None:
        plans = {str(row["plan"]) for row in shown.counts}
        links = {plan: f"?plan={quote(names.to_path(plan))}" for plan in plans}
        return view.render_boards(shown.counts, links=links)
    return lead_to_pages(view.render_picture(shown), "/", "")
