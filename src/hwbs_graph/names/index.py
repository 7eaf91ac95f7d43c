"""The names that things carry, and the form under which two of them count as the same.

A store on disk keeps that form of every name (`hwbs:foldedName`), so that who carries one can be
asked; else every name there is has to be read.

Out of scope: what a person means by a name (`names`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from hwbs_graph.data import bundled
from hwbs_graph.model.kinds import Kind
from hwbs_graph.model.vocabulary import HWBS
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine, is_iri
from hwbs_graph.text import strip_invisible

_ONE_SIGN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_BRACKETED = re.compile(r"(\d)\s*\(([a-z])\)")
_GAPS = re.compile(r"[\s_-]+")


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


@lru_cache(16_384)
def normalise(name: str) -> str:
    """Return the form under which two names count as the same."""
    text = (name if name.isascii() else _straighten(name)).casefold()
    text = _BRACKETED.sub(r"\1\2", text.replace("&", " and "))
    return _GAPS.sub(" ", text).strip()


def _straighten(name: str) -> str:
    """Drop invisible characters and straighten apostrophes and dashes."""
    return strip_invisible(unicodedata.normalize("NFKC", name).translate(_ONE_SIGN))


def list_names(
    engine: Engine,
    kinds: Iterable[str] | None = None,
    things: Sequence[str | NamedNode] | None = None,
) -> list[Name]:
    """Return every name of the things of `kinds` (None for all), or of `things` alone."""
    if things is not None and not things:
        return []
    named = bundled.registry().named
    chosen = [named[name] for name in (named if kinds is None else kinds)]
    queries = {"internal/names": chosen}
    for kind in chosen:
        for query in kind.further_names:
            queries.setdefault(f"internal/names-{query}", []).append(kind)
    return [
        name
        for query, asked in queries.items()
        for name in _ask_names(engine, query, asked, things)
    ]


def _ask_names(
    engine: Engine, query: str, kinds: Sequence[Kind], things: Sequence[str | NamedNode] | None
) -> Iterator[Name]:
    """Yield the names that one query gives to things of `kinds`.

    With given things the classes are a filter: an engine that is given both joins all pairs.
    """
    by_class = {iri: kind.name for kind in kinds for iri in kind.classes}
    classes = {"classes": ", ".join(f"<{iri}>" for iri in by_class)}
    bindings = {"class": list(by_class)} if things is None else {"thing": things}
    for row in run_named(engine, query, classes, **bindings):
        thing = Thing(row["thing"], by_class[row["class"]], row["label"])
        yield Name(row["name"], thing, possible="possible" in row)


def normalised_names(names: Iterable[Name]) -> Iterator[Triple]:
    """Yield the normalised form of each name as a statement, for a store to keep."""
    for name in names:
        if not name.possible and is_iri(name.thing.iri):
            form = Literal(normalise(name.text))
            yield Triple(NamedNode(name.thing.iri), HWBS.foldedName, form)


def find_normalised(engine: Engine, wanted: str) -> list[NamedNode] | None:
    """Return what carries the normalised name; None where the store keeps no such forms."""
    rows = run_named(engine, "internal/normalised", normalised=Literal(wanted))
    if not rows and not bool(engine.query(catalogue.load("internal/keeps-normalised").text)):
        return None
    return [NamedNode(row["thing"]) for row in rows]
