"""From what a person types to the one thing meant: label, printed spelling, code or IRI.

Two names are the same when they agree after folding case, apostrophes, dashes, `&` and
spaces. Nothing else counts as the same: a near miss is suggested, never taken, because the
difference between two divisions may be one word.

Out of scope: what is known of the thing found (`answer`, and the queries).
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress

from pyoxigraph import Literal, NamedNode

from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES, THINGS, shorten
from hwbs_graph.names.index import KINDS, Name, Thing, carriers, fold, folded, known
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.store import Engine, Term

__all__ = [
    "KINDS",
    "Name",
    "Thing",
    "find",
    "fold",
    "folded",
    "known",
    "nearest",
    "path",
    "terms",
]

_DESCRIBED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?kind ?label WHERE {
  ?thing a ?class .
  FILTER NOT EXISTS { ?thing a ?narrower . ?narrower rdfs:subClassOf+ ?class }
  OPTIONAL { ?class rdfs:label ?kind }
  OPTIONAL { ?thing skos:prefLabel|rdfs:label ?label }
} LIMIT 1
"""
#: With more bearers of one name than this, all names are read; a query may not be too long.
_FEW = 100
#: Their long labels would crowd out the name that was meant.
_NEVER_SUGGESTED = ("quality note", "claim", "other element")


def find(
    engine: Engine, text: str, kind: str | None = None, among: Container[str] | None = None
) -> Thing:
    """Return the one thing that `text` names; `kind` is a key of KINDS, None for any.

    With `among`, only things with one of these IRIs count. Raises NotFoundError with the nearest
    names, AmbiguousError with the candidates, and UsageError for a kind that does not exist.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind “{kind}”; give one of: {', '.join(KINDS)}.")
    kinds = tuple(KINDS) if kind is None else (kind,)
    iris = _as_iris(text)
    if among is None and (thing := _by_iri(engine, text, iris, kinds)):
        return thing
    wanted = fold(text)
    likely = _likely(engine, kinds, wanted, iris)
    names = _among(known(engine, kinds) if likely is None else likely, among)
    matches = {
        name.thing.iri: name.thing
        for name in names
        if name.thing.iri in iris or (not name.possible and fold(name.text) == wanted)
    }
    if len(matches) == 1:
        return next(iter(matches.values()))
    if matches:
        raise AmbiguousError(text, _listed(matches.values()))
    for iri in iris if kind is None else ():
        if thing := _described(engine, iri):
            return thing
    if likely is not None:
        names = _among(known(engine, kinds), among)
    near = nearest(wanted, names)
    raise NotFoundError(kind or "thing", text, near, _other(engine, wanted, kind))


def _listed(things: Iterable[Thing]) -> list[tuple[str, str]]:
    """Return path and label of each thing, in the order of KINDS."""
    order = list(KINDS)
    ordered = sorted(things, key=lambda thing: (order.index(thing.kind), thing.iri))
    return [(path(thing.iri), f"{thing.label} ({thing.kind})") for thing in ordered]


def _likely(
    engine: Engine, kinds: tuple[str, ...], wanted: str, iris: set[str]
) -> list[Name] | None:
    """Return the names of what carries the folded name or an IRI; None if they must all be read."""
    bearers = carriers(engine, wanted)
    if bearers is None or len(bearers) > _FEW:
        return None
    return known(engine, kinds, list(dict.fromkeys([*bearers, *_nodes(iris)])))


def _among(names: list[Name], among: Container[str] | None) -> list[Name]:
    """Return the names of things with one of these IRIs, of all things without any given."""
    return names if among is None else [name for name in names if name.thing.iri in among]


def terms(engine: Engine, query: NamedQuery, given: Mapping[str, str]) -> dict[str, Term]:
    """Return the parameters of a query as terms: free text folded, anything else found by name.

    Raises UsageError for a parameter that the query does not have, and what `find` raises.
    """
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    for name in given:
        if name not in kinds:
            takes = ", ".join(kinds) or "none"
            raise UsageError(f"{query.name} has no parameter “{name}”; it takes: {takes}.")
    return {name: _term(engine, kinds[name], text) for name, text in given.items()}


def _term(engine: Engine, kind: str, text: str) -> Term:
    if kind == "text":
        return Literal(fold(text))
    return NamedNode(find(engine, text, None if kind == "thing" else kind).iri)


def _other(engine: Engine, wanted: str, kind: str | None) -> str | None:
    """Return the kind of a thing that carries the name, where only `kind` was asked for."""
    if kind is None:
        return None
    likely = _likely(engine, tuple(KINDS), wanted, set())
    names = known(engine) if likely is None else likely
    kinds = {name.thing.kind for name in names if not name.possible and fold(name.text) == wanted}
    return next((kind for kind in KINDS if kind in kinds), None)


def nearest(wanted: str, names: Iterable[Name], limit: int = 3) -> list[str]:
    """Return up to `limit` names nearest to the folded text `wanted`, best first.

    Only names nearly as good as the best one count, so that a clear hit stands alone.
    """
    scored = [
        (_likeness(wanted, fold(name.text)), name)
        for name in names
        if name.thing.kind not in _NEVER_SUGGESTED
    ]
    scored.sort(key=lambda pair: -pair[0])
    found: dict[str, str] = {}
    for score, name in scored:
        if score < max(60, scored[0][0] - 12):
            break
        text = name.thing.label
        if name.possible:
            text += f" (printed so; it may be {name.text})"
        found.setdefault(name.thing.iri, text)
    return list(found.values())[:limit]


def _likeness(wanted: str, name: str) -> float:
    """Return 0 to 100: whole words of a longer name count most, then letters, in any order."""
    from rapidfuzz import fuzz

    if wanted and set(wanted.split()) <= set(re.findall(r"[\w']+", name)):
        return 95
    return max(fuzz.ratio(wanted, name), fuzz.token_sort_ratio(wanted, name))


def path(iri: str) -> str:
    """Return what can be typed for a thing: its path below `id/`, or its shortened IRI."""
    return iri.removeprefix(THINGS) if iri.startswith(THINGS) else shorten(iri)


def _as_iris(text: str) -> set[str]:
    """Read `<IRI>`, a full IRI, `prefix:local`, or a path below `id/`.

    `determinant:housing` is a concept of a code list, `partner:housing` a thing: both are tried.
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        return {text[1:-1]}
    if "://" in text:
        return {text}
    prefix, colon, local = text.partition(":")
    if not colon:
        return {THINGS + text}
    if prefix in PREFIXES:
        return {PREFIXES[prefix] + local}
    return {f"{THINGS}{prefix}/{local}", f"{SCHEMES}{prefix}/{local}"}


def _by_iri(engine: Engine, text: str, iris: set[str], kinds: tuple[str, ...]) -> Thing | None:
    """Return what a full IRI means, without going through every name there is."""
    if "://" not in text:
        return None
    return next((name.thing for name in known(engine, kinds, list(_nodes(iris)))), None)


def _nodes(iris: Iterable[str]) -> Iterator[NamedNode]:
    """Yield the IRIs among what only looks like IRIs."""
    for iri in iris:
        with suppress(ValueError):
            yield NamedNode(iri)


def _described(engine: Engine, iri: str) -> Thing | None:
    """Return whatever else carries `iri`: an involvement, a passage, a concept."""
    for node in _nodes([iri]):
        for row in engine.select(_DESCRIBED, {"thing": node}):
            return Thing(iri, row["kind"] or "thing", row["label"] or shorten(iri))
    return None
