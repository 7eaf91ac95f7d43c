"""Terms that look like ours and are none: misspelt, or in another namespace.

No question would find what they say, and nobody would be told.

Out of scope: terms of other vocabularies.
"""

import re
from collections.abc import Iterable, Iterator

from hwbs_graph.checks.findings import Breach
from hwbs_graph.data import bundled
from hwbs_graph.model.vocabulary import PREFIXES, TERMS, split
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Vocabularies of others may have an Action or a partner of their own.
_OTHERS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:w3\.org|purl\.org|schema\.org|xmlns\.com|dbpedia\.org|wikidata\.org"
    r"|europa\.eu|data\.gov\.uk)/"
)


def find_unknown_terms(engine: Engine, properties: Iterable[str] | None = None) -> list[Breach]:
    """Return a warning for each class and property that looks like ours; `properties` are those
    in use, where they are known already.
    """
    if properties is None:
        properties = [row["property"] for row in run_named(engine, "internal/properties")]
    classes = [row["class"] for row in run_named(engine, "internal/classes")]
    return list(_check_terms(sorted({*properties, *classes})))


def _check_terms(iris: Iterable[str]) -> Iterator[Breach]:
    known = frozenset(bundled.list_terms())
    for iri in iris:
        namespace, local = split(iri)
        if namespace == TERMS and local not in known:
            why = f"The ontology has no hwbs:{local}{_suggest(local)}."
        elif _looks_like_ours(namespace, local, known):
            nearest = local if local in known else ""
            hint = f"; did you mean <{TERMS}{nearest}>?" if nearest else _suggest(local) + "."
            why = f"<{iri}> is not in the namespace of the ontology, <{TERMS}>{hint}"
        else:
            continue
        yield Breach("warning", "unknown term", iri, f"{why} No question finds what it says.")


def _looks_like_ours(namespace: str, local: str, known: frozenset[str]) -> bool:
    """Say whether a namespace is named as ours, or an unknown one has a term of ours."""
    if namespace == TERMS or namespace in PREFIXES.values() or _OTHERS.match(namespace):
        return False
    return "hwbs" in namespace.lower() or local in known


def _suggest(local: str) -> str:
    """Return the nearest term as the end of a sentence, or ""."""
    from difflib import get_close_matches

    terms = bundled.list_terms()
    folded = {term.lower(): term for term in terms}
    found = get_close_matches(local, terms, n=1) or [
        folded[each] for each in get_close_matches(local.lower(), folded, n=1)
    ]
    return f"; the nearest is hwbs:{found[0]}" if found else ""
