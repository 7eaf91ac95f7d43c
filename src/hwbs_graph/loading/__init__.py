"""Making a store on disk out of files: read as a stream, joined with the ontology, rules applied.

It keeps the folded form of every name as well, so that one is found without reading all.

A file of triples becomes one named graph, called after the file; a file of quads keeps its
graphs. The old store stands until the new one is whole (`swap`).

Out of scope: answering from the store (`store`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad, QuerySolutions, Store

from hwbs_graph import corpus, names
from hwbs_graph.errors import StoreError
from hwbs_graph.loading.reading import File, files, quads
from hwbs_graph.loading.swap import building
from hwbs_graph.store import Embedded
from hwbs_graph.vocabulary import DERIVED

__all__ = ["Loaded", "Step", "load"]

#: After so many statements the caller is told how far it has got.
_EVERY = 20_000
_PREDICATES = "SELECT DISTINCT ?property WHERE { ?thing ?property ?value }"


class Step(NamedTuple):
    """How far a load has got: what it is doing, bytes read of all, statements so far."""

    doing: str
    read: int
    total: int
    statements: int


class Loaded(NamedTuple):
    """What a load brought: files read, statements in them, and how many the rules derived."""

    files: int
    statements: int
    derived: int


def load(
    target: Path,
    paths: Sequence[Path],
    with_record: bool = False,
    tell: Callable[[Step], None] = lambda step: None,
) -> Loaded:
    """Make the store `target` anew from files and folders, and put it in the old one's place.

    The ontology and the code lists always go in, the record that ships with hwbs on demand. What
    several files state is kept once, as a fact in two graphs would count twice.

    Raises PathError, DataError for an ending that tells no format, TurtleSyntaxError with line
    and column, StoreError where the folder cannot be used. Then the old store is as it was.
    """
    own = corpus.bundled() if with_record else corpus.vocabularies()
    given = files([*own, *paths])
    with building(target) as folder:
        return _build(folder, given, tell)


def _build(folder: Path, given: Sequence[File], tell: Callable[[Step], None]) -> Loaded:
    """Fill an empty folder; the store is closed when this returns."""
    store = Store(str(folder))
    try:
        store.bulk_extend(_read(given, tell))
        total = sum(file.size for file in given)
        tell(Step("leaving out what is stated twice", total, total, 0))
        for quad in _repeated(store):
            store.remove(quad)
        tell(Step("applying the rules", total, total, 0))
        stated = len(store)
        corpus.apply_rules(store, bulk=True)
        tell(Step("noting every name", total, total, 0))
        store.bulk_extend(
            Quad(each.subject, each.predicate, each.object, DERIVED)
            for each in names.folded(Embedded(store))
        )
        store.flush()
        return Loaded(len(given), stated, len(store) - stated)
    except OSError as error:
        raise StoreError(folder, error.strerror or str(error)) from None


def _read(given: Iterable[File], tell: Callable[[Step], None]) -> Iterator[Quad]:
    """Yield the statements of all files, each in its graph, and say how far it has got."""
    total, before, number = sum(file.size for file in given), 0, 0
    for file in given:
        for quad, read in quads(file):
            graph = quad.graph_name
            if graph == DERIVED:
                continue  # the rules derive it again, from everything
            if isinstance(graph, DefaultGraph):
                quad = Quad(quad.subject, quad.predicate, quad.object, file.graph)
            yield quad
            number += 1
            if not number % _EVERY:
                tell(Step(f"reading {file.path.name}", before + read(), total, number))
        before += file.size
    tell(Step("putting it in order", before, total, number))


def _repeated(store: Store) -> list[Quad]:
    """Return what repeats a statement of another graph; the first graph by name keeps it.

    Of one predicate, the store yields its statements in the order of an index that has the graph
    last, so that the same statement of several graphs comes in a row. All of them together it
    would yield graph by graph.
    """
    found: list[Quad] = []
    predicates = store.query(_PREDICATES, use_default_graph_as_union=True)
    assert isinstance(predicates, QuerySolutions)
    for (predicate,) in predicates:
        quads = store.quads_for_pattern(None, predicate, None)
        for _, group in groupby(quads, key=lambda quad: (quad.object, quad.subject)):
            same = list(group)
            if len(same) > 1:
                found += sorted(same, key=lambda quad: str(quad.graph_name))[1:]
    return found
