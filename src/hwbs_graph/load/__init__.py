"""Making a store on disk out of files: read as a stream, joined with the ontology, rules applied.

The store also keeps each name's normalised form, so that a look-up needs no full scan.

A file of triples becomes one named graph, called after the file; a file of quads keeps its
graphs. The old store stands until the new one is whole (`atomic_folder`).

Out of scope: answering from the store (`store`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from hwbs_graph.data import corpus
from hwbs_graph.data.board import require_described
from hwbs_graph.data.edition import write_edition
from hwbs_graph.data.rdf_files import GraphName, GraphRanks, InputFile, find_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.data.repeated_values import set_aside, watch_subjects
from hwbs_graph.errors import StoreError
from hwbs_graph.load.atomic_folder import replace_folder
from hwbs_graph.load.derived import derive, describe_unknown, write_in_parts
from hwbs_graph.load.file_changes import How, change
from hwbs_graph.load.progress import STAGES, LoadProgress, LoadResult, OnProgress, ProgressMeter
from hwbs_graph.load.sources import (
    Source,
    Sources,
    describe_graphs,
    name_sources,
    rank_graphs,
    write_sources,
)
from hwbs_graph.model.single_values import FURTHER, restore
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded
from hwbs_graph.store.checksums import write_checksums
from hwbs_graph.store.kept_answers import seal_answers

__all__ = ["STAGES", "How", "LoadProgress", "LoadResult", "change", "load"]


def load(
    target: Path,
    paths: Sequence[Path],
    with_record: bool = False,
    on_progress: OnProgress = lambda step: None,
) -> LoadResult:
    """Make the store `target` anew from files and folders, and put it in the old one's place.

    The ontology and the code lists always go in; `with_record` adds the record that ships with
    hwbs. A statement of several files is kept once, as a fact in two graphs would count twice.

    Raises PathError, DataError for an ending that tells no format, TurtleSyntaxError with line
    and column, StoreError where the folder cannot be used. Then the old store is as it was.
    """
    own = corpus.bundled_files(record=with_record)
    given = find_files([*own, *paths])
    with replace_folder(target) as folder:
        names = [*("" for _ in own), *name_sources(paths, given[len(own) :])]
        done = _build_store(folder, given, names, on_progress, paths)
        write_checksums(folder)
        seal_answers(folder)
        write_edition(folder)
        return done


def _build_store(
    folder: Path,
    given: Sequence[InputFile],
    names: Sequence[str],
    on_progress: OnProgress,
    paths: Sequence[Path],
) -> LoadResult:
    """Fill an empty folder; the store is closed when this returns."""
    store = Store(str(folder))
    met: list[dict[GraphName, None]] = []
    try:
        write_in_parts(store, _read_files(given, on_progress, met))
        require_described(store, paths)
        files = [Source(*each) for each in zip(names, map(describe_graphs, met), strict=True)]
        size = len(store)
        properties = [row["property"] for row in run_named(Embedded(store), "internal/properties")]
        meter = ProgressMeter(on_progress, 2, size)
        repeated: corpus.Repeated = {}
        quads = _quads_by_predicate(store, properties, repeated, size)
        repeats = _find_repeats(meter.track(quads), rank_graphs(files))
        for quad in repeats:
            store.remove(quad)
        further = list(set_aside(store, repeated))
        write_in_parts(store, further)
        write_sources(folder, Sources(files, repeats, [*map(restore, further)]))
        derive(store, folder, on_progress)
        stated = size - len(repeats)
        warnings = describe_unknown(store, properties)
        return LoadResult(len(given), stated, len(store) - stated, warnings)
    except OSError as error:
        raise StoreError(folder, error.strerror or str(error)) from None


def _read_files(
    given: Sequence[InputFile], on_progress: OnProgress, met: list[dict[GraphName, None]]
) -> Iterator[Quad]:
    """Yield the statements of all files, each in its graph, and say how far it has got.

    The graphs of each file go into `met`.
    """
    before, meter = 0, ProgressMeter(on_progress, 1, sum(file.size for file in given), "bytes")
    for file in given:
        graphs: dict[GraphName, None] = {file.graph: None}
        met.append(graphs)
        name = file.path.name
        for quad, read in read_quads(file):
            graphs[quad.graph_name] = None
            yield quad
            meter.tick(before + read(), name)
        before += file.size


def _quads_by_predicate(
    store: Store, properties: Iterable[str], repeated: corpus.Repeated, size: int
) -> Iterator[Quad]:
    """Yield all statements, the same statement of several graphs in a row.

    The index for one predicate has the graph last; a scan of everything goes graph by graph. A
    thing that may have two values of a property that has one is noted in `repeated`.
    """
    for property in map(NamedNode, properties):
        quads = store.quads_for_pattern(None, property, None)
        if property in FURTHER:
            quads = watch_subjects(quads, repeated.setdefault(property, set()), size)
        yield from quads


def _find_repeats(quads: Iterable[Quad], ranks: GraphRanks) -> list[Quad]:
    """Return the quads that repeat the triple before them; the first graph given keeps it."""
    found: list[Quad] = []
    for _, group in groupby(quads, key=attrgetter("triple")):
        same = list(group)
        if len(same) > 1:
            found += sorted(same, key=lambda quad: ranks.rank(quad.graph_name))[1:]
    return found
