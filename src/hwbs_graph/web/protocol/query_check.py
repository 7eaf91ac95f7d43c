"""Refuses queries from outside that would change data or reach other machines.

The sandbox of the workers is the second guard.

Out of scope: what a token is (`store.lexer`), and whether the query is valid.
"""

import re
from collections.abc import Container, Iterator, Set
from urllib.parse import urljoin

from hwbs_graph.store.lexer import find_update, tokens
from hwbs_graph.web.problem import Problem


def check_query(text: str, services: Set[str] = frozenset()) -> None:
    """Raise Problem 403 if a query would change data, or ask a machine that is not allowed."""
    found = [*tokens(text), ("end", ""), ("end", "")]
    if update := find_update(token for kind, token in found if kind == "word"):
        raise Problem(403, f"{update} would change data, and this server only reads.")
    for number, (kind, token) in enumerate(found):
        if kind == "word" and "SERVICE" in token:
            after = found[number + 1]
            if after == ("word", "SILENT"):
                after = found[number + 2]
            if token != "SERVICE" or after[0] != "iri" or after[1][1:-1] not in services:
                raise Problem(403, _service_refused(services))


def _service_refused(services: Set[str]) -> str:
    if not services:
        return (
            "SERVICE would ask another machine, and this server asks only its own graph; "
            "its operator can allow an address with --allow-service."
        )
    return f"SERVICE may ask only, written in full: {', '.join(sorted(services))}."


def check_dataset(text: str, base: str, here: Container[str]) -> None:
    """Raise Problem 403 if FROM names a graph that is not `here`: it would have to be fetched."""
    for iri in dataset_iris(text, base):
        if iri not in here:
            raise Problem(
                403,
                f"FROM names <{iri}>, which is not here, and this server fetches nothing; "
                "the graphs it has: SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }",
            )


def dataset_iris(text: str, base: str) -> Iterator[str]:
    """Yield the IRIs of FROM and FROM NAMED; the engine reports a prefix that is not declared.

    In SPARQL 1.1 the word FROM stands nowhere else.
    """
    found = [*tokens(text), ("end", ""), ("end", "")]
    prefixes: dict[str, str] = {}
    for number, token in enumerate(found):
        after, next_after = found[number + 1 : number + 3] if token[0] == "word" else (token, token)
        if token == ("word", "BASE") and after[0] == "iri":
            base = urljoin(base, _unescape(after[1]))
        elif token == ("word", "PREFIX") and next_after[0] == "iri":
            prefixes[after[1]] = urljoin(base, _unescape(next_after[1]))
        elif token == ("word", "FROM"):
            kind, name = next_after if after == ("word", "NAMED") else after
            prefix, _, local = name.partition(":")
            if kind == "iri":
                yield urljoin(base, _unescape(name))
            elif kind == "name" and f"{prefix}:" in prefixes:
                yield prefixes[f"{prefix}:"] + re.sub(r"\\(.)", r"\1", local)


def _unescape(iri: str) -> str:
    """Return an IRI without its brackets and escapes."""
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})",
        lambda match: chr(int(match[1] or match[2], 16)),
        iri[1:-1],
    )
