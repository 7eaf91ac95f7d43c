"""One plan out of the record: its elements, what is said of them, and what both refer to.

A part is a store again, so that every writer can write it as it writes the whole. What
belongs to another plan is left out, but for its label: a link into the other plan still reads.

Out of scope: the ontology, which is the same for every plan.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from hwbs_graph.data import bundled
from hwbs_graph.model.single_values import FURTHER
from hwbs_graph.model.vocabulary import HWBS, PREFIXES, RDF, SKOS, STANDARDS
from hwbs_graph.store import Embedded, Engine

Subject = NamedNode | BlankNode
_TARGET = NamedNode(PREFIXES["oa"] + "hasTarget")
_BODY = NamedNode(PREFIXES["oa"] + "hasBody")
#: What is kept of a thing that is referred to and not followed.
_NAMED_BY = (SKOS.prefLabel, SKOS.notation)
_NAMING = (*_NAMED_BY, *(FURTHER[each] for each in _NAMED_BY))


def extract_plan(engine: Engine, plan: str) -> Engine:
    """Return an engine over what belongs to the plan with the IRI `plan`, in its named graphs.

    A strategy without elements of its own stands for the action plan that delivers it.
    """
    store = engine.snapshot()
    chosen: NamedNode | BlankNode = NamedNode(plan)
    elements = set(_find_pointing(store, chosen, HWBS.inPlan))
    if not elements:
        delivering = _find_pointing(store, chosen, HWBS.deliversStrategy)
        chosen = min(delivering, key=str, default=chosen)
        elements = set(_find_pointing(store, chosen, HWBS.inPlan))
    strategies = {q.object for q in store.quads_for_pattern(chosen, HWBS.deliversStrategy, None)}
    own = {chosen} | elements | {each for each in strategies if isinstance(each, NamedNode)}
    own |= _find_pointing(store, chosen, HWBS.allPartnersOf)
    saying = _saying_classes()
    own |= {one for each in own for one in _find_pointing(store, each) if _is(store, one, saying)}
    full = _follow(store, own)
    about = {one for each in full for one in _find_about(store, each)}
    full = _follow(store, full | about)
    part = Store()
    part.extend(_list_quads(store, full))
    return Embedded(part)


def _find_pointing(
    store: Store, target: Subject, predicate: NamedNode | None = None
) -> set[Subject]:
    """Return the things that point to `target`, by any property or by one."""
    found = store.quads_for_pattern(None, predicate, target, None)
    return {quad.subject for quad in found if isinstance(quad.subject, Subject)}


def _is(store: Store, thing: Subject, classes: set[NamedNode]) -> bool:
    return any(q.object in classes for q in store.quads_for_pattern(thing, RDF.type, None, None))


def _saying_classes() -> set[NamedNode]:
    """Return the classes of what is said of an element."""
    speaking = (kind for kind in bundled.registry().kinds if kind.speaking)
    return {HWBS.Statement, *(NamedNode(iri) for kind in speaking for iri in kind.classes)}


def _other_classes() -> set[NamedNode]:
    """Return the classes of what is not followed, as it may belong to another plan."""
    plans = {NamedNode(iri) for iri in bundled.registry().named["plan"].classes}
    return _saying_classes() | plans | {HWBS.PlanElement, HWBS.BoardMeeting}


def _find_about(store: Store, thing: Subject) -> Iterator[Subject]:
    """Yield the quality notes on a thing, and why its names are those of one body."""
    yield from _find_pointing(store, thing, _TARGET)
    for one in _find_pointing(store, thing, HWBS.partner):
        if _is(store, one, {HWBS.Identification}):
            yield one


def _follow(store: Store, start: Iterable[Subject]) -> set[Subject]:
    """Return `start` and all it refers to: passages, documents, partners, determinants, codes."""
    full = set(start)
    waiting = list(full)
    others = _other_classes()
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, None):
            if quad.object not in full and _is_followed(store, quad, others):
                assert isinstance(quad.object, Subject)
                full.add(quad.object)
                waiting.append(quad.object)
    return full


def _is_followed(store: Store, quad: Quad, others: set[NamedNode]) -> bool:
    """Say whether what a quad points to belongs with it; a note on two things brings in neither.

    What a standard calls a link brings in nothing: half of it leads back, as from a council to
    every unit. Only the text of a note stands there alone.
    """
    if quad.predicate in (RDF.type, _TARGET) or not isinstance(quad.object, Subject):
        return False
    if quad.graph_name == STANDARDS:
        return quad.predicate == _BODY
    return not _is(store, quad.object, others)


def _list_quads(store: Store, full: set[Subject]) -> Iterator[Quad]:
    """Yield all of the things in `full`, and the labels of what they point to."""
    named: set[Subject] = set()
    for each in full:
        for quad in store.quads_for_pattern(each, None, None, None):
            if _leads_out(store, quad, full):
                continue
            yield quad
            if quad.predicate != RDF.type and isinstance(quad.object, Subject):
                named.add(quad.object)
    for each in named - full:
        for predicate in _NAMING:
            yield from store.quads_for_pattern(each, predicate, None, None)


def _leads_out(store: Store, quad: Quad, full: set[Subject]) -> bool:
    """Say whether a link of the standards leads to a thing that is not part of the plan."""
    if quad.graph_name != STANDARDS or quad.predicate == RDF.type or quad.object in full:
        return False
    return isinstance(quad.object, Subject) and bool(
        next(store.quads_for_pattern(quad.object, None, None, None), None)
    )
