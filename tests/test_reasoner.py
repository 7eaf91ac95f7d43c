"""A reasoner with the axioms of ORG, PROV, Web Annotation and SKOS contradicts nothing we say.

Each type that it infers beyond what is stated and derived stands with its reason in
`data/published/inferred-types.csv`. Literals are left out: the shapes judge them.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize
from rdflib import OWL, RDF, RDFS
from reasonable import PyReasoner
from support import DATA, PLANS, SMALL

from hwbs_graph.data import corpus
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES, THINGS, shorten

PUBLISHED = DATA / "published"
AXIOMS = [each.triple for each in parse(path=PUBLISHED / "axioms.ttl", format=RdfFormat.TURTLE)]
with (PUBLISHED / "inferred-types.csv").open(encoding="utf-8", newline="") as file:
    #: A type that is inferred, and of what.
    EXPECTED = {(row["type"], row["of"]) for row in csv.DictReader(file)}
TYPE = NamedNode(str(RDF.type))
Types = dict[str, set[str]]


class Verdict(NamedTuple):
    """What a reasoner finds: types nobody stated, each with its thing, and what cannot be."""

    types: set[tuple[str, str]]
    contradictions: set[str]
    given: Types


def name(iri: str) -> NamedNode:
    prefix, _, local = iri.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def judge(store: Store, folder: Path, planted: Iterable[Triple] = ()) -> Verdict:
    stated = {quad.triple for quad in store}
    known = [each for each in (*stated, *AXIOMS, *planted) if not isinstance(each.object, Literal)]
    path = folder / "known.ttl"
    path.write_bytes(serialize(known, format=RdfFormat.N_TRIPLES) or b"")
    reasoner = PyReasoner()
    reasoner.load_file(str(path))
    closure = {tuple(map(str, each)) for each in reasoner.reason()}
    given = collect_types(
        (str_of(each.subject), str_of(each.object)) for each in stated if each.predicate == TYPE
    )
    inferred = collect_types((s, o) for s, p, o in closure if p == str(RDF.type))
    things = {
        thing: types for thing, types in inferred.items() if thing.startswith((THINGS, SCHEMES))
    }
    new = {
        (shorten(each), thing)
        for thing, types in things.items()
        for each in types - given.get(thing, set()) - {str(OWL.Thing)}
        if ":" in each
    }
    return Verdict(new, set(contradictions(closure, inferred)), given)


def str_of(term: object) -> str:
    return str(getattr(term, "value", term))


def collect_types(pairs: Iterable[tuple[str, str]]) -> Types:
    found: Types = {}
    for thing, kind in pairs:
        found.setdefault(thing, set()).add(kind)
    return found


def contradictions(closure: set[tuple[str, ...]], types: Types) -> Iterator[str]:
    apart = [(s, o) for s, p, o in closure if p == str(OWL.disjointWith)]
    assert len(apart) > 100
    for thing, own in types.items():
        if str(OWL.Nothing) in own or any(one in own and other in own for one, other in apart):
            yield thing
    irreflexive = {thing for thing, own in types.items() if str(OWL.IrreflexiveProperty) in own}
    for subject, predicate, value in closure:
        if predicate == str(OWL.sameAs) and subject != value:
            yield subject
        if predicate in irreflexive and subject == value:
            yield subject


def surprises(verdict: Verdict) -> set[tuple[str, str]]:
    """The inferred types that the list does not explain."""
    explained = {
        (type, thing)
        for type, of in EXPECTED
        for thing, own in verdict.given.items()
        if name(of).value in own
    }
    return verdict.types - explained


@pytest.fixture(scope="module")
def plans() -> Store:
    base = [*corpus.vocabulary_files(), *SMALL]
    return corpus.open_store(PLANS, base=base, standards=True)


def test_the_record_and_plans_of_other_shapes_contradict_no_published_axiom(
    plans: Store, tmp_path: Path
) -> None:
    met = set()
    for store in (corpus.open_store(standards=True), plans):
        verdict = judge(store, tmp_path)
        assert verdict.contradictions == set()
        assert surprises(verdict) == set()
        met |= {
            (type, of)
            for type, of in EXPECTED
            for kind, thing in verdict.types
            if kind == type and name(of).value in verdict.given[thing]
        }
    assert met == EXPECTED


@pytest.mark.parametrize(
    ("subject", "property", "object", "inferred"),
    [
        ("hwbs:BoardMeeting", "prov:wasQuotedFrom", "hwbs:Passage", "prov:Entity"),
        ("hwbs:BoardMeeting", "hwbs:statedIn", "hwbs:SourceDocument", "prov:Entity"),
        ("hwbs:Action", "hwbs:inTheme", "hwbs:FocusArea", "hwbs:Theme"),
        ("hwbs:FocusArea", "hwbs:deliversObjective", "hwbs:PlanObjective", "hwbs:Action"),
        ("hwbs:Action", "hwbs:contradicts", "hwbs:Claim", "hwbs:Claim"),
        ("hwbs:Strategy", "hwbs:standsUnder", "hwbs:Theme", "hwbs:PlanElement"),
    ],
)
def test_a_link_that_makes_a_thing_what_it_is_not_is_found(
    subject: str, property: str, object: str, inferred: str, plans: Store, tmp_path: Path
) -> None:
    ends = [
        min(str_of(quad.subject) for quad in plans.quads_for_pattern(None, TYPE, name(each), None))
        for each in (subject, object)
    ]
    planted = Triple(NamedNode(ends[0]), name(property), NamedNode(ends[1]))
    verdict = judge(plans, tmp_path, [planted])
    found = {kind for kind, thing in surprises(verdict) if thing in ends}
    assert inferred in found
    # What is of two kinds that exclude each other is no mere surprise.
    assert bool(verdict.contradictions) == (inferred not in {"hwbs:Action", "hwbs:Theme"})


def test_every_property_with_a_code_list_names_it_and_no_other_does(plans: Store) -> None:
    def subjects(property: str, value: NamedNode | None = None) -> set[str]:
        return {
            str_of(q.subject) for q in plans.quads_for_pattern(None, NamedNode(property), value)
        }

    above = {
        str_of(q.subject)
        for q in plans.quads_for_pattern(
            None, NamedNode(str(RDFS.subClassOf)), name("skos:Concept")
        )
    }
    concepts = [name("skos:Concept"), *map(NamedNode, above)]
    ranged = set().union(*(subjects(str(RDFS.range), each) for each in concepts))
    shortcut = {name("hwbs:addresses").value}
    listed = subjects(name("hwbs:valuesFrom").value)
    assert listed == ranged - shortcut | {name("org:classification").value}
    schemes = subjects(str(RDF.type), name("skos:ConceptScheme"))
    named = plans.quads_for_pattern(None, name("hwbs:valuesFrom"), None)
    assert {str_of(quad.object) for quad in named} <= schemes
