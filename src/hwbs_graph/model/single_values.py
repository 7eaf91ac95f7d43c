"""What a thing has once: which value counts where files give several, and how the others are kept.

A second label would double every row that shows the first. So one value stays under the property
that queries read, and each other one goes to the property of the same name in `further:`. Nothing
is lost: names are found by either, and an export of RDF puts all back under the property.

Out of scope: finding what is double in a store (`data`), and saying so (`checks`).
"""

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from hwbs_graph.model.vocabulary import BASE, PREFIXES, TERMS

Value = NamedNode | BlankNode | Literal | Triple
_TEXTS = """
    dcterms:abstract dcterms:description dcterms:temporal dcterms:title foaf:name hwbs:handling
    hwbs:horizon hwbs:period hwbs:place hwbs:placeName hwbs:population hwbs:reason hwbs:shortLabel
    hwbs:saidBy hwbs:unit rdfs:label skos:definition skos:prefLabel
    """
#: Codes, numbers, dates and quotations, which are in no language.
_VALUES = """
    dcterms:date dcterms:identifier dcterms:issued hwbs:asOf hwbs:baselineDate hwbs:baselineValue
    hwbs:column hwbs:confidence hwbs:curatedOn hwbs:denominator hwbs:fileName
    hwbs:line hwbs:page hwbs:printedKind
    hwbs:printedOrder hwbs:printedProgress hwbs:printedRole hwbs:printedText hwbs:sha256
    hwbs:startDate hwbs:targetDate hwbs:timescale hwbs:value hwbs:valueHigh hwbs:valueLow
    hwbs:yearsFrom hwbs:yearsTo owl:versionInfo skos:notation
    """
#: What has a code of a list or a body. Each link between parts of plans is a fact of its own.
_THINGS = """
    dcterms:license dcterms:publisher hwbs:alignmentType hwbs:approach hwbs:basis hwbs:changeKind
    hwbs:curator hwbs:direction hwbs:involvementRole hwbs:mappingRelation hwbs:noteKind
    hwbs:pointKind hwbs:progress hwbs:qualifier hwbs:reviewChange hwbs:status hwbs:stepKind
    hwbs:workKind org:classification org:postIn org:unitOf
    """
#: A theme may have a number and a letter.
_PAIR = tuple(NamedNode(TERMS + name) for name in ("themeNumber", "themeLetter"))


def _properties(names: str) -> list[NamedNode]:
    pairs = (name.split(":") for name in names.split())
    return [NamedNode(PREFIXES[prefix] + local) for prefix, local in pairs]


def _further(property: NamedNode) -> NamedNode:
    local = property.value.replace("#", "/").rpartition("/")[2]
    return NamedNode(PREFIXES["further"] + local)


_OF_TEXT = frozenset(_properties(_TEXTS))
_OF_THINGS = frozenset(_properties(_THINGS))
#: Every property with one value, and the property that keeps the others.
FURTHER = {each: _further(each) for each in _properties(_TEXTS + _VALUES + _THINGS)}
_ORIGINAL = {further: each for each, further in FURTHER.items()}


def find_further(property: NamedNode, values: Iterable[Value]) -> list[Value]:
    """Return the values of one thing that do not count, in their order.

    Of texts, English comes first (`en`, then `en-GB` and its like), then what has no language,
    then the order of tag and text. Of values, what has no language comes first. Codes and things
    of `hwbs` come before those of others.
    """
    ordered = sorted(set(values), key=lambda value: _order(property, value))
    counting = _find_pair(ordered) or ordered[:1]
    return [value for value in ordered if value not in counting]


def _find_pair(values: Sequence[Value]) -> list[Value]:
    """Return the first number and the first letter of a theme."""
    typed = [each for each in values if isinstance(each, Literal) and each.datatype in _PAIR]
    return list({each.datatype: each for each in reversed(typed)}.values())


def _order(property: NamedNode, value: Value) -> tuple[bool, int, str, str, str]:
    """Return what the values of one thing are sorted by; an empty text comes last."""
    if not isinstance(value, Literal):
        own = isinstance(value, NamedNode) and value.value.startswith(BASE)
        return property not in _OF_THINGS, 0 if own else 1, "", str(value), ""
    unfit = property in _OF_THINGS or not value.value.strip()
    rank = _rank(value, property in _OF_TEXT)
    return unfit, rank, value.language or "", value.value, str(value)


def _rank(literal: Literal, in_language: bool) -> int:
    """Return 0 for what comes first."""
    language = literal.language or ""
    if not language:
        own = literal.datatype.value.startswith(TERMS)
        return 2 if in_language and not own else 0 if own else 1
    if not in_language:
        return 2
    return 0 if language == "en" else 1 if language.startswith("en-") else 3


def restore(quad: Quad) -> Quad:
    """Return a statement as its file has it."""
    original = _ORIGINAL.get(quad.predicate)
    if original is None:
        return quad
    return Quad(quad.subject, original, quad.object, quad.graph_name)
