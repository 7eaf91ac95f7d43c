"""Files of RDF: the format by the ending, in a folder too, and the named graph each becomes.

Out of scope: what the files say (`rdf_reader`).
"""

import re
from collections.abc import Collection, Iterable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat

from hwbs_graph.data.files import is_board
from hwbs_graph.errors import DataError, PathError
from hwbs_graph.model.vocabulary import DERIVED, GRAPHS, STANDARDS

GraphName = NamedNode | BlankNode | DefaultGraph
#: The format for each ending, the same for every command; `.gz` may follow.
#: N3 that is no Turtle is refused.
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".n3": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}


class InputFile(NamedTuple):
    """A file, the graph for its triples, its format, its size on disk."""

    path: Path
    graph: NamedNode
    format: RdfFormat
    size: int


class GraphRanks:
    """The order of named graphs as they were given; the first keeps what several state.

    A fact in two graphs would count twice in their union.
    """

    def __init__(self) -> None:
        self._ranks: dict[GraphName, int] = {}

    def rank(self, graph: GraphName) -> int:
        """Return the number of a graph; one not met before comes last."""
        return self._ranks.setdefault(graph, len(self._ranks))


def find_files(
    paths: Iterable[Path], taken: Collection[GraphName] = frozenset()
) -> list[InputFile]:
    """Return every file of `paths`, each with its format and a graph that is not `taken`.

    A folder is searched; of one that is a board, what it says is its graph.

    Raises PathError for a missing path, DataError for an ending that tells no format, or for a
    board of which something is wrong.
    """
    found = [file for path in paths for file in _expand_folder(path)]
    return [
        InputFile(path, graph, _format_of(path), _size_of(path))
        for path, graph in zip(found, name_graphs(found, taken), strict=True)
    ]


def name_graphs(
    paths: Iterable[Path], taken: Collection[GraphName] = frozenset()
) -> list[NamedNode]:
    """Name the graph of each file after its stem; a stem met again gets `-2`, `-3` and so on.

    So does one of which the name is `taken`. The names of the derived graphs are taken from the
    start; `name.nq.gz` is called after `name`.
    """
    seen = {graph.value.removeprefix(GRAPHS): 1 for graph in (DERIVED, STANDARDS)}
    named = []
    for path in paths:
        stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", _without_gz(path).stem) or "graph"
        numbers = count(seen.get(stem, 0) + 1)
        seen[stem] = next(each for each in numbers if _graph_of(stem, each) not in taken)
        named.append(_graph_of(stem, seen[stem]))
    return named


def _graph_of(stem: str, number: int) -> NamedNode:
    """Return the graph of the file that is the first of its stem, the second and so on."""
    return NamedNode(f"{GRAPHS}{stem}{f'-{number}' if number > 1 else ''}")


def _expand_folder(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if is_board(path):
        from hwbs_graph.data.board import read_board

        given = read_board(path).graph
        return [file for each in given for file in (_search(each) if each.is_dir() else [each])]
    return _search(path)


def _search(path: Path) -> list[Path]:
    found = sorted(filter(has_format, path.rglob("*")))
    if not found:
        listed = ", ".join(FORMATS)
        raise DataError(f"The folder {path} holds no file ending in {listed}; give another.")
    return found


def has_format(path: Path) -> bool:
    """Say whether the name of a path tells a format of RDF."""
    return _without_gz(path).suffix.lower() in FORMATS


def _without_gz(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def _format_of(path: Path) -> RdfFormat:
    """Return the format by the ending; what has none, such as a pipe, is Turtle."""
    ending = _without_gz(path).suffix.lower()
    if ending and ending not in FORMATS:
        listed = ", ".join(FORMATS)
        raise DataError(f"The name of {path} does not tell its format; end it in {listed} (.gz).")
    return FORMATS.get(ending, RdfFormat.TURTLE)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
