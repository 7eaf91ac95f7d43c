"""What the pages ask of the graph, as jobs for a worker: plain values in, plain values out.

An error of ours does not travel between processes, so `attempt` turns it into a `Trouble`.

Out of scope: HTML (`pages`) and SPARQL from outside (`protocol`).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Triple, serialize

from hwbs_graph.errors import AmbiguousError, HwbsError, NotFoundError, NothingFoundError
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SKOS, shorten
from hwbs_graph.store import Engine
from hwbs_graph.web.protocol.negotiation import GRAPHS, PREFIXED

if TYPE_CHECKING:
    from hwbs_graph.names import Name

#: More hits than this help nobody.
MOST_HITS = 50
#: Where a quotation is from.
_HAS_SOURCE = "http://www.w3.org/ns/oa#hasSource"
#: Of a class or a code, thousands of things may say something; a page shows so many.
MOST_LINKS = 500


class Trouble(NamedTuple):
    """Why there is no answer, as HTTP says it, with the names or (path, label) pairs to try."""

    status: int
    sentence: str
    suggestions: tuple[str, ...] = ()
    candidates: tuple[tuple[str, str], ...] = ()


class Hit(NamedTuple):
    """A thing that a search found, under the name that matched."""

    iri: str
    label: str
    kind: str
    name: str


class Finds(NamedTuple):
    """What a search found: `exact` hits carry the very name, the others hold it or are near."""

    exact: tuple[Hit, ...]
    others: tuple[Hit, ...]


def attempt(engine: Engine, job: Callable[..., Any], *arguments: Any) -> Any:
    """Do a job; an error of ours comes back as Trouble."""
    try:
        return job(engine, *arguments)
    except NotFoundError as error:
        return Trouble(404, str(error), error.suggestions)
    except AmbiguousError as error:
        said = f"“{error.name}” names {len(error.candidates)} things; choose one."
        return Trouble(300, said, (), error.candidates)
    except NothingFoundError as error:
        return Trouble(404, str(error))
    except HwbsError as error:
        return Trouble(400, str(error))


def search(engine: Engine, text: str) -> Finds:
    """Find things by name as the command line does, and beyond it those that hold the text."""
    from hwbs_graph import names

    wanted = names.normalise(text)
    known = learn(engine)
    if not wanted:
        return Finds((), ())
    near = set(names.suggest(wanted, known))
    exact: dict[str, Hit] = {}
    others: dict[str, Hit] = {}
    for each in known:
        name = names.normalise(each.text)
        hit = Hit(each.thing.iri, each.thing.label, each.thing.kind, each.text)
        if name == wanted and not each.possible:
            exact.setdefault(hit.iri, hit)
        elif wanted in name or each.text in near:
            others.setdefault(hit.iri, hit)
    rest = [hit for iri, hit in others.items() if iri not in exact]
    return Finds(tuple(exact.values()), tuple(rest[:MOST_HITS]))


@lru_cache(maxsize=1)
def learn(engine: Engine) -> "list[Name]":
    """Return every name, gathered once for each worker: what it opened never changes."""
    from hwbs_graph import names

    return names.list_names(engine)


def thing(engine: Engine, iri: str) -> dict[str, Any]:
    """Return everything known of the thing with this IRI, as `hwbs show` does."""
    from hwbs_graph import names
    from hwbs_graph.report import profile

    found = next((each.thing for each in learn(engine) if each.thing.iri == iri), None)
    found = found or names.find(engine, f"<{iri}>")
    quads = engine.whole().quads_for_pattern(NamedNode(iri), None, None, None)
    graphs = sorted({getattr(quad.graph_name, "value", "") for quad in quads} - {""})
    return {**profile.thing(engine, found), "graphs": graphs}


def statements(engine: Engine, iri: str, type: str) -> bytes:
    """Return what is said of a thing, and what points at it, in a media type of RDF."""
    store, node = engine.whole(), NamedNode(iri)
    quads = [*store.quads_for_pattern(node, None, None, None)]
    for number, quad in enumerate(store.quads_for_pattern(None, None, node, None)):
        if number >= MOST_LINKS:
            break
        quads.append(quad)
    if not quads:
        raise NotFoundError("thing", shorten(iri), ())
    triples = sorted({Triple(*quad.triple) for quad in quads}, key=str)
    format = GRAPHS[type]
    prefixes = PREFIXES if format in PREFIXED else None
    return serialize(triples, format=format, prefixes=prefixes) or b""


class Graph(NamedTuple):
    """What a named graph holds: kinds and documents, each (IRI, label, count), and some things."""

    kinds: tuple[tuple[str, str, int], ...]
    documents: tuple[tuple[str, str, int], ...]
    things: tuple[tuple[str, str], ...]


def graph(engine: Engine, iri: str) -> Graph:
    """Return what the page of a named graph shows."""
    kinds, documents = (
        _counted(engine, iri, property) for property in (RDF.type, NamedNode(_HAS_SOURCE))
    )
    return Graph(kinds, documents, _things(engine, iri))


def _counted(engine: Engine, graph: str, property: NamedNode) -> tuple[tuple[str, str, int], ...]:
    """Return the values of a property in a graph, the most frequent first."""
    rows = engine.select(
        "SELECT ?value (COUNT(*) AS ?times) {"
        f" GRAPH {NamedNode(graph)} {{ ?s {property} ?value }} FILTER(ISIRI(?value)) }}"
        f" GROUP BY ?value ORDER BY DESC(?times) ?value LIMIT {MOST_LINKS}",
        name="Counting what a graph holds",
    )
    names = labels(engine, [row["value"] for row in rows])
    return tuple(
        (row["value"], names.get(row["value"], shorten(row["value"])), int(row["times"]))
        for row in rows
    )


def _things(engine: Engine, graph: str) -> tuple[tuple[str, str], ...]:
    """Return the first things of a graph: those it names, or, where it names none, any."""
    store, found = engine.whole(), dict[str, str]()
    for property in (SKOS.prefLabel, None):
        for quad in store.quads_for_pattern(None, property, None, NamedNode(graph)):
            if len(found) >= MOST_HITS:
                break
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = ""
        if found:
            break
    names = labels(engine, list(found))
    return tuple((iri, names.get(iri, shorten(iri))) for iri in found)


def labels(engine: Engine, iris: Sequence[str]) -> dict[str, str]:
    """Return the label of each thing that has one."""
    store, found = engine.whole(), {}
    for iri in iris:
        for quad in store.quads_for_pattern(NamedNode(iri), SKOS.prefLabel, None, None):
            found[iri] = getattr(quad.object, "value", "")
    return found


def named(engine: Engine, name: str, given: Mapping[str, str], format: str) -> bytes:
    """Run a named query with what a person typed for its parameters, as `hwbs query` does."""
    from hwbs_graph import names
    from hwbs_graph.query import catalogue, results
    from hwbs_graph.write.rows import render

    query = catalogue.load(name)
    terms = names.bind_typed(engine, query, given)
    return render(results.ask(engine, query.text, terms, query.name), format)


def picture(engine: Engine, plan: str, theme: str, partner: str) -> str:
    """Return the workshop view as HTML, opened on a plan, a theme or a partner."""
    from hwbs_graph import view

    asked = view.Asked(plan or None, theme or None, partner or None)
    return view.render_picture(view.picture(engine, asked))
