"""The names that things carry, and the form under which two of them count as the same.

A store on disk keeps that form of every name (`hwbs:foldedName`), so that who carries one can be
asked; else every name there is has to be read.

Out of scope: what a person means by a name (`names`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from hwbs_graph.model.vocabulary import HWBS, PREFIXES
from hwbs_graph.store import Engine
from hwbs_graph.text import strip_invisible

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
    ("action", "objective", "priority"): """UNION {
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
_CARRIERS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT DISTINCT ?thing WHERE { ?thing hwbs:foldedName ?folded }
"""
_ANY = "ASK { ?thing <https://w3id.org/hwbs/ns#foldedName> ?folded }"
_FOLDS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


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
    return strip_invisible(unicodedata.normalize("NFKC", name).translate(_FOLDS))


def known(
    engine: Engine, kinds: Iterable[str] = KINDS, things: Sequence[NamedNode] | None = None
) -> list[Name]:
    """Return every name of the things of `kinds`, in the order of KINDS; or of `things` alone."""
    if things is not None and not things:
        return []
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
        for row in engine.select(_NAMES % (classes, also), {"thing": things} if things else {})
    ]


def folded(engine: Engine) -> Iterator[Triple]:
    """Yield the folded form of every name as a statement, for a store to keep."""
    for kind in KINDS:
        for name in known(engine, (kind,)):
            if not name.possible:
                yield Triple(NamedNode(name.thing.iri), HWBS.foldedName, Literal(fold(name.text)))


def carriers(engine: Engine, wanted: str) -> list[NamedNode] | None:
    """Return what carries the folded name; None where the store keeps no such forms."""
    rows = engine.select(_CARRIERS, {"folded": Literal(wanted)})
    if not rows and not bool(engine.query(_ANY)):
        return None
    return [NamedNode(row["thing"]) for row in rows]
