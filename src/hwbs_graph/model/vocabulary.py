"""The IRIs of `hwbs`, in one place: bases, prefixes, and closed namespaces.

A namespace here knows the terms that code names, so a misspelt one fails at once instead of
coming back later as an empty answer. A test finds each of `HWBS` in `ontology/hwbs.ttl`.

Out of scope: what the terms mean (the ontology says), and reading any file.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import NamedNode

#: One base for everything `hwbs` mints; the w3id.org redirect is not registered yet.
BASE = "https://w3id.org/hwbs/"
TERMS = BASE + "ns#"
SCHEMES = BASE + "scheme/"
THINGS = BASE + "id/"
GRAPHS = BASE + "graph/"

#: The named graph that holds the shortcuts that the rules derive, and nothing else.
DERIVED = NamedNode(GRAPHS + "derived")
#: The named graph that holds what other vocabularies call each thing, derived too.
STANDARDS = NamedNode(GRAPHS + "standards")

#: Prefixes used in Turtle files, queries and shortened IRIs, by their usual names.
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "further": BASE + "further#",
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
    "void": "http://rdfs.org/ns/void#",
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
        node = NamedNode(self._base + term)
        setattr(self, term, node)  # found next time without asking here
        return node

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms))


#: The terms that code names; `data.bundled.list_terms` gives all.
HWBS = Namespace(
    TERMS,
    """
    Action BoardMeeting Identification Involvement Objective PlanElement Statement Theme
    action allPartnersOf deliversObjective deliversStrategy foldedName inPlan inTheme partner
    printedOrder standsUnder
    """,
)
RDF = Namespace(PREFIXES["rdf"], "type first rest nil")
RDFS = Namespace(PREFIXES["rdfs"], "label subClassOf isDefinedBy comment")
SKOS = Namespace(
    PREFIXES["skos"],
    "Concept ConceptScheme prefLabel altLabel hiddenLabel notation definition scopeNote inScheme",
)


def split(iri: str) -> tuple[str, str]:
    """Cut an IRI after its last `#` or `/`."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


@lru_cache(1 << 12)
def prefix_of(namespace: str) -> str | None:
    """Return the prefix of a namespace: the usual one, or for our own folders their path.

    `.../id/alpha-2030/action/` becomes `alpha-2030-action`; None when unknown.
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


_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")


def is_local(name: str) -> bool:
    """Say whether Turtle can write `name` after a prefix without escapes."""
    return _LOCAL.match(name) is not None
