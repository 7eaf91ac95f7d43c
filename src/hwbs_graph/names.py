"""From what a person types to the one thing meant: label, printed spelling, code or IRI.

Two names are the same when they agree after folding case, apostrophes, dashes, `&` and
spaces. Nothing else counts as the same: a near miss is suggested, never taken, because the
difference between two divisions may be one word.

Out of scope: what is known of the thing found (`answer`, and the queries).
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from hwbs_graph.catalogue import NamedQuery
from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.store import Engine, Term
from hwbs_graph.vocabulary import HWBS, PREFIXES, SCHEMES, THINGS, shorten

#: Kinds of thing that can be named, by the word for one of them.
KINDS: dict[str, tuple[NamedNode, ...]] = {
    "plan": (HWBS.Strategy, HWBS.ActionPlan),
    "document": (HWBS.SourceDocument,),
    "theme": (HWBS.Theme, HWBS.LifeCoursePriority, HWBS.CrossCuttingPriority),
    "objective": (HWBS.PlanObjective, HWBS.LetteredObjective),
    "priority": (HWBS.Priority, HWBS.SubPriority),
    "focus area": (HWBS.FocusArea,),
    "action": (HWBS.Action,),
    "partner": (HWBS.Partner,),
    "board or subgroup": (HWBS.Board, HWBS.Subgroup),
    "determinant": (HWBS.Determinant,),
    "organisation": (NamedNode(PREFIXES["org"] + "FormalOrganization"),),
    "claim": (HWBS.Claim,),
    "quality note": (HWBS.QualityNote,),
    "other element": (
        HWBS.Vision,
        HWBS.Purpose,
        HWBS.Ambition,
        HWBS.GuidingPrinciple,
        HWBS.StretchTarget,
        HWBS.Rationale,
        HWBS.Example,
        HWBS.ResidentStatement,
        HWBS.ApproachExpectation,
        HWBS.Framework,
    ),
}

_NAMES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?class ?label ?name ?possible WHERE {
  VALUES ?class { %s }
  ?thing a ?class ; skos:prefLabel ?label .
  {
    VALUES ?property {
      skos:prefLabel skos:altLabel skos:hiddenLabel skos:notation
      hwbs:shortLabel dcterms:identifier
    }
    ?thing ?property ?name .
  }
  %s
}
"""
#: Further names that things of some kinds go by.
_ALSO = {
    # Not one pattern with deliversObjective?, which over many plans never ends.
    ("action", "objective"): """UNION {
    ?thing a hwbs:Action ; skos:notation ?code ;
      hwbs:deliversObjective/hwbs:inTheme/skos:prefLabel ?theme .
    BIND(CONCAT(STR(?theme), " ", STR(?code)) AS ?name)
  } UNION {
    ?thing a hwbs:Objective ; skos:notation ?code ; hwbs:inTheme/skos:prefLabel ?theme .
    BIND(CONCAT(STR(?theme), " ", STR(?code)) AS ?name)
  }""",
    ("theme",): """UNION {
    ?thing hwbs:inPlan/hwbs:shortLabel ?planShort ; skos:prefLabel|hwbs:shortLabel ?own .
    FILTER EXISTS { ?thing a hwbs:Theme }
    BIND(CONCAT(STR(?planShort), " ", STR(?own)) AS ?name)
  }""",
    ("priority",): """UNION {
    ?thing a hwbs:Priority ; skos:notation ?code .
    BIND(CONCAT("priority ", STR(?code)) AS ?name)
  }""",
    ("partner",): """UNION {
    ?identification hwbs:partner ?thing ; hwbs:possibleIdentity ?name .
    BIND(true AS ?possible)
  }""",
}
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
_FOLDS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
#: Their long labels would crowd out the name that was meant.
_NEVER_SUGGESTED = ("quality note", "claim", "other element")


class Thing(NamedTuple):
    """Something with an IRI, the kind it is of, and its preferred label."""

    iri: str
    kind: str
    label: str


class Name(NamedTuple):
    """A name that a thing carries; `possible` when it names what the thing may turn out to be."""

    text: str
    thing: Thing
    possible: bool = False


def fold(name: str) -> str:
    """Return the form under which two names count as the same."""
    text = (name if name.isascii() else _ascii_marks(name)).casefold()
    text = re.sub(r"(\d)\s*\(([a-z])\)", r"\1\2", text.replace("&", " and "))
    return re.sub(r"[\s_-]+", " ", text).strip()


def _ascii_marks(name: str) -> str:
    """Drop invisible characters and straighten apostrophes and dashes."""
    text = unicodedata.normalize("NFKC", name).translate(_FOLDS)
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def known(engine: Engine, kinds: Iterable[str] = KINDS, iri: str | None = None) -> list[Name]:
    """Return every name of the things of `kinds`, in the order of KINDS; of one thing by `iri`."""
    kinds = tuple(kinds)
    by_class = {cls.value: kind for kind in kinds for cls in KINDS[kind]}
    classes = " ".join(f"<{iri}>" for iri in by_class)
    also = " ".join(part for group, part in _ALSO.items() if not set(group).isdisjoint(kinds))
    return [
        Name(
            row["name"],
            Thing(row["thing"], by_class[row["class"]], row["label"]),
            possible=bool(row["possible"]),
        )
        for row in engine.select(_NAMES % (classes, also), {"thing": NamedNode(iri)} if iri else {})
    ]


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
    names = known(engine, kinds)
    if among is not None:
        names = [name for name in names if name.thing.iri in among]
    wanted = fold(text)
    matches = {
        name.thing.iri: name.thing
        for name in names
        if name.thing.iri in iris or (not name.possible and fold(name.text) == wanted)
    }
    if len(matches) == 1:
        return next(iter(matches.values()))
    if matches:
        found = [(path(thing.iri), f"{thing.label} ({thing.kind})") for thing in matches.values()]
        raise AmbiguousError(text, found)
    for iri in iris if kind is None else ():
        if thing := _described(engine, iri):
            return thing
    near = nearest(wanted, names)
    raise NotFoundError(kind or "thing", text, near, _other(engine, wanted, kind))


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
    matches = (name for name in known(engine) if not name.possible and fold(name.text) == wanted)
    return next((name.thing.kind for name in matches), None)


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
    try:
        found = [known(engine, kinds, iri) for iri in iris if NamedNode(iri)]
    except ValueError:
        return None
    return next((name.thing for names in found for name in names), None)


def _described(engine: Engine, iri: str) -> Thing | None:
    """Return whatever else carries `iri`: an involvement, a passage, a concept."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    for row in engine.select(_DESCRIBED, {"thing": node}):
        return Thing(iri, row["kind"] or "thing", row["label"] or shorten(iri))
    return None
