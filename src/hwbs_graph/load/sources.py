"""What a store was made of: its files with their graphs, and the statements that stand aside.

A file can so be added, replaced or removed without the others. Two kinds of statements stand
aside: those that an earlier graph states too, and the values that do not count of what has one.

Out of scope: changing a store (`file_changes`).
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse, serialize

from hwbs_graph.data.rdf_files import GraphName, GraphRanks, InputFile
from hwbs_graph.errors import StoreError

#: The files in the folder of a store.
FILE = "SOURCES.json"
REPEATED = "REPEATED.nq"
ASIDE = "ASIDE.nq"


class Source(NamedTuple):
    """A loaded file: its name from the folder that was given, and its graphs, its own first.

    What ships with `hwbs` has no name, so that nobody removes it.
    """

    name: str
    graphs: tuple[str, ...]


class Sources(NamedTuple):
    """All files of a store, in their order, and the statements that stand aside."""

    files: Sequence[Source]
    repeated: Sequence[Quad]
    aside: Sequence[Quad]


def name_sources(paths: Iterable[Path], files: Iterable[InputFile]) -> Iterator[str]:
    """Yield the name of each file: of one in a folder that was given, the path from there."""
    folders = [absolute(path) for path in paths if path.is_dir()]
    for file in files:
        path = absolute(file.path)
        above = next((each for each in folders if path.is_relative_to(each)), path)
        yield path.relative_to(above.parent).as_posix()


def absolute(path: Path) -> Path:
    """Return a path from the root without “..”; a link stays what it is called."""
    return Path(os.path.abspath(path))


def rank_graphs(files: Iterable[Source]) -> GraphRanks:
    """Return the order of the graphs of all files."""
    ranks = GraphRanks()
    for file in files:
        for text in file.graphs:
            ranks.rank(parse_graph(text))
    return ranks


def describe_graphs(graphs: Iterable[GraphName]) -> tuple[str, ...]:
    """Return graphs as text; a graph without an IRI begins with “_:”."""
    return tuple(graph.value if isinstance(graph, NamedNode) else str(graph) for graph in graphs)


def parse_graph(text: str) -> NamedNode | BlankNode:
    """Return the graph that `describe_graphs` gave as text."""
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)


def write_sources(folder: Path, sources: Sources) -> None:
    """Write into the folder of a finished store what it was made of."""
    text = json.dumps([each._asdict() for each in sources.files], ensure_ascii=False, indent=1)
    (folder / FILE).write_text(f"{text}\n", "utf-8")
    for name, quads in ((REPEATED, sources.repeated), (ASIDE, sources.aside)):
        with (folder / name).open("wb") as out:
            serialize(quads, out, RdfFormat.N_QUADS)


def read_sources(folder: Path) -> Sources:
    """Return what a store was made of. Raises StoreError where it does not say so."""
    try:
        given = json.loads((folder / FILE).read_text("utf-8"))
        files = [Source(str(each["name"]), tuple(each["graphs"])) for each in given]
        return Sources(files, *(_read_quads(folder / name) for name in (REPEATED, ASIDE)))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        why = "it does not say which files it was made of; make it again: hwbs load"
        raise StoreError(folder, f"{why} {folder} FILE") from None


def _read_quads(path: Path) -> list[Quad]:
    return list(parse(path=str(path), format=RdfFormat.N_QUADS))
