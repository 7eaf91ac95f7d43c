"""The configuration of Sparnatural, by which a question in SPARQL is clicked together.

It is SHACL in Sparnatural's own profile: an entity for each class that the graph has things of, a
property for each link of the model and for each datatype that the shapes name.
https://docs.sparnatural.eu/SHACL-based-configuration.html

Out of scope: the model (`schema`), and how the triples are written.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from hwbs_graph.data import bundled
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import BASE, PREFIXES, RDF, SKOS, Namespace, split
from hwbs_graph.query.results import run_named
from hwbs_graph.report.schema import Schema, SchemaClass, SchemaRelation
from hwbs_graph.store import Embedded, Engine

#: The namespaces that the profile names beside ours.
BUILDER_PREFIXES = {
    "core": "http://data.sparna.fr/ontologies/sparnatural-config-core#",
    "dash": "http://datashapes.org/dash#",
    "sh": "http://www.w3.org/ns/shacl#",
}
_SH = Namespace(
    BUILDER_PREFIXES["sh"],
    "NodeShape PropertyShape datatype description name order path property targetClass",
)
_DASH = Namespace(BUILDER_PREFIXES["dash"], "LabelRole propertyRole searchWidget")
_RDFS = Namespace(PREFIXES["rdfs"], "label subClassOf")
_CLASS, _OR = NamedNode(BUILDER_PREFIXES["sh"] + "class"), NamedNode(BUILDER_PREFIXES["sh"] + "or")
_TEXT = NamedNode(PREFIXES["rdf"] + "langString")
_LIST = Namespace(PREFIXES["rdf"], "first rest nil")
_SHAPES = BASE + "search/"
#: What the code lists hold; it stands last among the entities.
_CODE = SchemaClass(SKOS.Concept.value, "code", "A code of a list, with its label.", 0, "")
#: A list of more values than these is searched by its first letters.
_LONGEST_LIST = 500
#: The search widget of a datatype, by its local name; any other is searched as text.
_WIDGETS = {
    "boolean": "BooleanProperty",
    "date": "TimeProperty-Date",
    "decimal": "NumberProperty",
    "gYear": "TimeProperty-Year",
    "integer": "NumberProperty",
}


class _Things(NamedTuple):
    """How many things each class has that can be chosen by name, and the classes that are named."""

    sizes: dict[str, int]
    named: frozenset[str]


def configure_builder(engine: Engine, schema: Schema) -> list[Triple]:
    """Return the configuration for what the graph has: node shapes, property shapes, classes."""
    sizes = {each.iri: each.things for each in schema.classes}
    things = _count_named(engine, sizes)
    # What is of no class of ours, such as a body elsewhere, is no entity.
    links = group_pairs(
        (each.source, each) for each in schema.relations if each.target in things.sizes
    )
    values = _read_datatypes()
    triples: list[Triple] = []
    for order, each in enumerate((*schema.classes, _CODE), 1):
        shape = _name_shape(each.iri)
        triples += _make_entity(each, order)
        if each.broader in sizes:
            triples.append(Triple(NamedNode(each.iri), _RDFS.subClassOf, NamedNode(each.broader)))
        triples += _make_label(shape) if each.iri in things.named else ()
        triples += _make_links(shape, links.get(each.iri, ()), things)
        triples += _make_values(shape, values.get(each.iri, ()))
    return triples


def _count_named(engine: Engine, sizes: dict[str, int]) -> _Things:
    """Count what has a label; a class is named where each of its things has one."""
    rows = run_named(engine, "internal/labelled-things")
    labelled = {row["class"]: int(row["things"]) for row in rows}
    named = frozenset(iri for iri, number in labelled.items() if number == sizes.get(iri, number))
    return _Things({_CODE.iri: labelled.get(_CODE.iri, 0), **sizes}, named)


def _name_shape(iri: str) -> NamedNode:
    return NamedNode(_SHAPES + split(iri)[1])


def _make_entity(each: SchemaClass, order: int) -> Iterator[Triple]:
    shape = _name_shape(each.iri)
    yield Triple(shape, RDF.type, _SH.NodeShape)
    yield Triple(shape, _SH.targetClass, NamedNode(each.iri))
    yield Triple(shape, _RDFS.label, Literal(each.label, language="en"))
    yield Triple(shape, _SH.order, Literal(order))
    if each.definition:
        yield Triple(shape, _SH.description, Literal(each.definition, language="en"))


def _make_property(
    shape: NamedNode, path: str, name: str, definition: str = ""
) -> tuple[NamedNode, list[Triple]]:
    """Return a property shape of an entity, and what is said of every property."""
    made = NamedNode(f"{shape.value}-{split(path)[1]}")
    triples = [
        Triple(shape, _SH.property, made),
        Triple(made, RDF.type, _SH.PropertyShape),
        Triple(made, _SH.path, NamedNode(path)),
        Triple(made, _SH.name, Literal(name, language="en")),
    ]
    if definition:
        triples.append(Triple(made, _SH.description, Literal(definition, language="en")))
    return made, triples


def _make_label(shape: NamedNode) -> Iterator[Triple]:
    made, triples = _make_property(shape, SKOS.prefLabel.value, "name")
    yield from triples
    yield Triple(made, _SH.datatype, _TEXT)
    yield Triple(made, _DASH.propertyRole, _DASH.LabelRole)
    yield _choose_widget(made, "SearchProperty")


def _make_links(
    shape: NamedNode, links: Sequence[SchemaRelation], things: _Things
) -> Iterator[Triple]:
    """Yield a property for each link; what leads to several classes names them in a list."""
    for path, own in group_pairs((each.iri, each) for each in links).items():
        made, triples = _make_property(shape, path, own[0].label, own[0].definition)
        targets = [each.target for each in own]
        yield from triples
        yield from _make_targets(made, targets)
        if things.named.issuperset(targets):
            short = sum(things.sizes[each] for each in targets) <= _LONGEST_LIST
            yield _choose_widget(made, "ListProperty" if short else "AutocompleteProperty")


def _make_targets(made: NamedNode, targets: Sequence[str]) -> Iterator[Triple]:
    """Yield the class of the values, or a list of alternatives."""
    if len(targets) == 1:
        yield Triple(made, _CLASS, NamedNode(targets[0]))
        return
    nodes = [BlankNode() for _ in targets]
    yield Triple(made, _OR, nodes[0])
    rests: list[NamedNode | BlankNode] = [*nodes[1:], _LIST.nil]
    for node, after, target in zip(nodes, rests, targets, strict=True):
        held = BlankNode()
        yield Triple(node, _LIST.first, held)
        yield Triple(held, _CLASS, NamedNode(target))
        yield Triple(node, _LIST.rest, after)


def _make_values(shape: NamedNode, values: Sequence[tuple[str, str, str]]) -> Iterator[Triple]:
    for path, name, datatype in values:
        made, triples = _make_property(shape, path, name)
        yield from triples
        yield Triple(made, _SH.datatype, NamedNode(datatype))
        yield _choose_widget(made, _WIDGETS.get(split(datatype)[1], "SearchProperty"))


def _choose_widget(made: NamedNode, widget: str) -> Triple:
    return Triple(made, _DASH.searchWidget, NamedNode(BUILDER_PREFIXES["core"] + widget))


def _read_datatypes() -> dict[str, list[tuple[str, str, str]]]:
    """Return path, name and datatype of what the shapes say of texts and numbers, by class."""
    shapes = Store()
    shapes.load(path=bundled.folder("ontology") / "shapes.ttl", format=RdfFormat.TURTLE)
    rows = run_named(Embedded(shapes), "internal/shape-datatypes")
    return group_pairs(
        (row["class"], (row["path"], row["name"].rpartition(": ")[2], row["datatype"]))
        for row in rows
    )
