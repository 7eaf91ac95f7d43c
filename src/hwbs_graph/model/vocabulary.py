"""The IRIs of `hwbs`, in one place: bases, prefixes, and closed namespaces.

A namespace here knows its terms, so a misspelt term fails at import instead of
coming back later as an empty answer. A test holds `HWBS` equal to
`ontology/hwbs.ttl`.

Out of scope: what the terms mean (the ontology says), and reading any file.
"""

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

#: One base for everything `hwbs` mints; the w3id.org redirect is not registered yet.
BASE = "https://w3id.org/hwbs/"
TERMS = BASE + "ns#"
SCHEMES = BASE + "scheme/"
THINGS = BASE + "id/"
GRAPHS = BASE + "graph/"

#: The named graph that holds what the rules derive, and nothing else.
DERIVED = NamedNode(GRAPHS + "derived")

#: Prefixes used in Turtle files, queries and shortened IRIs, by their usual names.
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "graph": GRAPHS,
    "hwbs": TERMS,
    "id": THINGS,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "scheme": SCHEMES,
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefix_lines(text: str) -> str:
    """Return the PREFIX lines that SPARQL `text` needs."""
    used = [key for key in PREFIXES if f"{key}:" in text]
    return "".join(f"PREFIX {key}: <{PREFIXES[key]}>\n" for key in used)


class Namespace:
    """A closed set of terms under one base; an unknown term raises AttributeError."""

    def __init__(self, base: str, terms: str) -> None:
        self._base = base
        self._terms = frozenset(terms.split())

    def __getattr__(self, term: str) -> NamedNode:
        if term.startswith("__") or term not in self._terms:
            raise AttributeError(f"{self._base} has no term {term!r}")
        return NamedNode(self._base + term)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms))


#: Every term of ontology/hwbs.ttl.
HWBS = Namespace(
    TERMS,
    """
    Action ActionPlan Alignment Ambition ApproachAssignment ApproachExpectation Board
    BoardMeeting Claim CrossCuttingPriority Determinant DeterminantLink Division Example
    FocusArea Framework GuidingPrinciple Identification Involvement LetteredObjective
    LifeCoursePriority Membership MinutedPoint Objective Partner Passage PlanElement
    PlanObjective Priority Programme ProposedChange Purpose QualityNote Rationale
    ResidentStatement Responsibility SourceDocument Statement Strategy StretchTarget
    SubPriority Subgroup Theme ThemePlacement Vision
    about action addresses alignmentType ambitionOf approach basis body changeKind column
    confidence continuedBy contradicts curatedOn curator deliversObjective deliversStrategy
    determinant element exampleOf fileName focusOf foldedName from handling horizon inFamily inPlan
    inTheme involvementRole involves line noteKind partner period place placeName pointKind
    population possibleIdentity printedOrder printedText rationaleFor reason responsibleFor
    reviewChange sha256 shortLabel statedIn status subgroupOf supersedes targetDate theme to
    unit value valueHigh valueLow visionOf yearsFrom yearsTo
    actionCode gssCode letteredObjectiveCode objectiveCode odsCode priorityCode
    stretchTargetCode themeLetter themeNumber
    """,
)
RDF = Namespace(PREFIXES["rdf"], "type")
RDFS = Namespace(PREFIXES["rdfs"], "label subClassOf isDefinedBy comment")
SKOS = Namespace(
    PREFIXES["skos"],
    "Concept ConceptScheme prefLabel altLabel hiddenLabel notation definition scopeNote inScheme",
)


def split(iri: str) -> tuple[str, str]:
    """Cut an IRI after its last `#` or `/`."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def prefix_of(namespace: str) -> str | None:
    """Return the prefix of a namespace: the usual one, or for our own folders their path.

    `.../id/leicester-2019/action/` becomes `leicester-2019-action`; None when unknown.
    """
    for prefix, known in PREFIXES.items():
        if known == namespace:
            return prefix
    for base in (THINGS, SCHEMES):
        if namespace.startswith(base) and namespace.endswith("/"):
            path = namespace[len(base) : -1].replace("/", "-")
            return path if re.match(r"[A-Za-z][\w-]*\Z", path) else None
    return None


def shorten(iri: str) -> str:
    """Return `prefix:local` for an IRI whose namespace is known, else the IRI."""
    namespace, local = split(iri)
    prefix = prefix_of(namespace)
    return f"{prefix}:{local}" if prefix and is_local(local) else iri


def is_local(name: str) -> bool:
    """Say whether Turtle can write `name` after a prefix without escapes."""
    return re.match(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z", name) is not None
