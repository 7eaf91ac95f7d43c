"""Validation against the SHACL shapes, in parts: those of any plan, and those of plans of our own.

The validator works in Python's memory, which a national graph would fill ten times over. Shapes
only read a node's own links and their targets' classes, so validating in parts is exact.

Out of scope: rules across things, which are queries.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from hwbs_graph.checks.findings import Breach
from hwbs_graph.data import bundled, files
from hwbs_graph.model.vocabulary import PREFIXES, STANDARDS, split

if TYPE_CHECKING:
    import rdflib

#: Things validated at once, in 200 MiB at most.
BATCH = 5000
_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_TEXT = NamedNode(f"{PREFIXES['xsd']}string")
_ABOVE = NamedNode(f"{PREFIXES['rdfs']}subClassOf")

Thing = NamedNode | BlankNode


def find_shape_breaches(store: Store, on_progress: Callable[[int, int], None]) -> Iterator[Breach]:
    """Yield what each thing lacks; `on_progress` is told how many things are done, of how many."""
    rules = _load_shapes()
    classes = [each.triple for each in store.quads_for_pattern(None, _ABOVE, None)]
    things = _find_targets(store, rules, classes)
    for start in range(0, len(things), BATCH):
        on_progress(start, len(things))
        yield from _validate(store, rules, classes, set(things[start : start + BATCH]))


def _load_shapes() -> "rdflib.Graph":
    """Return the shapes, with each property shape targeting its class directly.

    The validator runs a shape with a target class once for all things, and a nested property
    shape once for each thing, which takes four times as long.
    """
    from rdflib import SH, Graph

    rules = Graph()
    for path in sorted(bundled.folder("ontology").glob("*shapes.ttl")):
        rules.parse(data=files.read_text(path))
    for shape, target in list(rules.subject_objects(SH.targetClass)):
        for own in list(rules.objects(shape, SH.property)):
            rules.add((own, SH.targetClass, target))
            rules.remove((shape, SH.property, own))
    return rules


def _find_targets(store: Store, rules: "rdflib.Graph", classes: list[Triple]) -> list[Thing]:
    """Return everything that has a shape, by IRI, as neighbours are linked most."""
    from rdflib import SH

    wanted: set[Thing | Triple] = {
        NamedNode(str(each)) for each in rules.objects(None, SH.targetClass)
    }
    while below := {each.subject for each in classes if each.object in wanted} - wanted:
        wanted |= below
    found: set[Thing] = set()
    for each in wanted:
        subjects = (quad.subject for quad in store.quads_for_pattern(None, _TYPE, each))
        found |= {subject for subject in subjects if not isinstance(subject, Triple)}
    return sorted(found, key=str)


def _validate(
    store: Store, rules: "rdflib.Graph", classes: Iterable[Triple], things: set[Thing]
) -> Iterator[Breach]:
    import pyshacl
    from rdflib import SH, Graph

    data = _extract_part(store, rules, classes, things)
    # pySHACL is handed an rdflib graph: over an Oxigraph store it reports false violations.
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, advanced=False, inplace=True)
    assert isinstance(report, Graph)
    names = {each.value for each in things}
    for result, focus in report.subject_objects(SH.focusNode):
        # The targets of links are here without their own links; another part validates them.
        if str(focus) in names:
            yield Breach(
                "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation",
                f"shape/{split(str(report.value(result, SH.sourceShape)))[1]}",
                str(focus),
                str(report.value(result, SH.resultMessage)),
            )


def _extract_part(
    store: Store, rules: "rdflib.Graph", classes: Iterable[Triple], things: set[Thing]
) -> "rdflib.Graph":
    """Return the links of `things` that a shape reads, and the classes of their targets.

    What the standards call a link is left out: an editor is no board, though PROV has one word
    for what both are to a text.
    """
    from rdflib import SH, Graph

    looked_at = {_TYPE, *(NamedNode(str(path)) for path in rules.objects(None, SH.path))}
    links = [
        quad.triple
        for thing in things
        for quad in store.quads_for_pattern(thing, None, None)
        if quad.predicate in looked_at and quad.graph_name != STANDARDS
    ]
    others = {each.object for each in links if isinstance(each.object, Thing)} - things
    kinds = [quad.triple for each in others for quad in store.quads_for_pattern(each, _TYPE, None)]
    part = Graph()
    for triple in (*classes, *links, *kinds):
        subject, predicate, value = map(_to_rdflib, triple)
        part.add((subject, predicate, value))
    return part


@lru_cache(maxsize=4 * BATCH)
def _to_rdflib(term: NamedNode | BlankNode | Literal | Triple) -> "rdflib.term.Node":
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        return rdflib.Literal(str(term))  # no shape asks for a statement about a statement
    if term.language or term.datatype == _TEXT:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
