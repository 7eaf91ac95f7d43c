"""Adding, replacing or removing files of a store, without reading the others again.

The store is copied, changed and put in the place of the old one, whole or not at all. Afterwards
it holds what a load of the files that it then has would give.

Out of scope: how statements change (`stated`), and what follows from them (`derived`).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from hwbs_graph.data.board import require_described
from hwbs_graph.data.edition import explain_edition, write_edition
from hwbs_graph.data.rdf_files import InputFile, find_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.errors import DataError, StoreError
from hwbs_graph.load.atomic_folder import replace_folder
from hwbs_graph.load.derived import derive, describe_unknown
from hwbs_graph.load.folder_copy import copy_store
from hwbs_graph.load.progress import LoadResult, OnProgress
from hwbs_graph.load.sources import (
    Source,
    Sources,
    absolute,
    describe_graphs,
    name_sources,
    parse_graph,
    rank_graphs,
    read_sources,
    write_sources,
)
from hwbs_graph.load.stated import Stated
from hwbs_graph.model.vocabulary import DERIVED, STANDARDS
from hwbs_graph.store import open_disk_store
from hwbs_graph.store.checksums import write_checksums
from hwbs_graph.store.kept_answers import seal_answers

How = Literal["add", "replace", "remove"]


class _Plan(NamedTuple):
    """What leaves a store, and which files come; they stand `at` a place in the order of files."""

    gone: list[Source]
    names: list[str]
    given: list[InputFile]
    at: int


def change(
    target: Path,
    paths: Sequence[Path],
    how: How,
    on_progress: OnProgress = lambda step: None,
) -> LoadResult:
    """Add files or folders to a store, replace the ones of their names, or remove these.

    A file is known by its name, one in a folder by its path from the folder that was loaded. The
    result counts the files and statements of the store as it is then.
    Raises what `load` does, StoreError for a store that does not know its files, and DataError
    for a file that is there already, or is not. Then the store is as it was.
    """
    open_disk_store(target)
    if explain_edition(target):
        again = f"make it again: hwbs load {target} FILE"
        raise StoreError(target, f"it was made by another version of hwbs; {again}")
    with replace_folder(target) as folder:
        known = read_sources(target)
        plan = _plan(known.files, paths, how)
        copy_store(target, folder)
        done = _change_store(folder, known, plan, on_progress, paths if plan.given else ())
        write_checksums(folder)
        seal_answers(folder)
        write_edition(folder)
        return done


def _change_store(
    folder: Path, known: Sources, plan: _Plan, on_progress: OnProgress, paths: Sequence[Path]
) -> LoadResult:
    """Change the copy of a store; it is closed when this returns."""
    came = [[quad for quad, _ in read_quads(file)] for file in plan.given]
    files = _list_files(known.files, plan, came)
    store = Store(str(folder))
    for graph in (DERIVED, STANDARDS):
        store.remove_graph(graph)
    stated = Stated(store, rank_graphs(files), known)
    stated.drop([parse_graph(graph) for source in plan.gone for graph in source.graphs])
    for quads in came:
        stated.add(quads)
    require_described(store, paths)
    repeated, aside = stated.settle()
    number = len(store)
    derive(store, folder, on_progress)
    write_sources(folder, Sources(files, repeated, aside))
    return LoadResult(len(files), number, len(store) - number, describe_unknown(store))


def _list_files(
    known: Sequence[Source], plan: _Plan, came: Iterable[Iterable[Quad]]
) -> list[Source]:
    """Return the files that the store is made of then."""
    new = [
        Source(name, describe_graphs(dict.fromkeys([file.graph, *(q.graph_name for q in quads)])))
        for name, file, quads in zip(plan.names, plan.given, came, strict=True)
    ]
    before = [each for each in known[: plan.at] if each not in plan.gone]
    return [*before, *new, *(each for each in known[plan.at :] if each not in plan.gone)]


def _plan(known: Sequence[Source], paths: Sequence[Path], how: How) -> _Plan:
    """Find what leaves and what comes. Raises DataError where that cannot be told."""
    if how == "add":
        for path in paths:
            if found := find_sources(known, path):
                raise DataError(f"{path}: the store has {found[0].name} already; give --replace.")
        given = find_files(paths, _list_own_graphs(known))
        return _Plan([], list(name_sources(paths, given)), given, len(known))
    gone = [each for path in paths for each in _require_sources(known, path)]
    at = min(map(known.index, gone))
    if how == "remove":
        return _Plan(gone, [], [], at)
    given = find_files(paths, _list_own_graphs(each for each in known if each not in gone))
    names = [_name_as_before(gone, name) for name in name_sources(paths, given)]
    own = {each.name: NamedNode(each.graphs[0]) for each in gone}
    graphs = [own.get(name, file.graph) for name, file in zip(names, given, strict=True)]
    files = [file._replace(graph=graph) for file, graph in zip(given, graphs, strict=True)]
    return _Plan(gone, names, files, at)


def find_sources(known: Iterable[Source], path: Path) -> list[Source]:
    """Return the files of a store that a path names: a file, or a folder that they lie in."""
    given = absolute(path).parts
    return [each for each in known if each.name and _shared_parts(each.name, given)]


def _shared_parts(name: str, given: tuple[str, ...]) -> int:
    """Return how many parts a name of a store begins with that a path ends in."""
    parts = PurePosixPath(name).parts
    ends = range(1, len(parts) + 1)
    return next((end for end in ends if parts[:end] == given[-end:]), 0)


def _require_sources(known: Sequence[Source], path: Path) -> list[Source]:
    """Return the files that a path names. Raises DataError where they cannot go by themselves."""
    found = find_sources(known, path)
    if not found:
        have = ", ".join(each.name for each in known if each.name)[:200] or "no file"
        raise DataError(f"{path}: the store was made of no such file; it has {have}.")
    if len({each.name for each in found}) < len(found):
        raise DataError(f"{path}: the store has {found[0].name} twice; make it again: hwbs load.")
    others = {graph: each for each in known if each not in found for graph in each.graphs}
    for graph in (graph for each in found for graph in each.graphs if graph in others):
        why = f"its graph <{graph}> also comes from {others[graph].name or 'the ontology'}"
        raise DataError(f"{path}: {why}; make the store again: hwbs load.")
    return found


def _name_as_before(gone: Iterable[Source], name: str) -> str:
    """Return the name that a file has in the store, of which the folder above may be known."""
    first, *rest = PurePosixPath(name).parts
    for each in gone:
        parts = PurePosixPath(each.name).parts
        if first in parts:
            return "/".join((*parts[: parts.index(first)], first, *rest))
    return name


def _list_own_graphs(known: Iterable[Source]) -> set[NamedNode]:
    return {NamedNode(each.graphs[0]) for each in known}
