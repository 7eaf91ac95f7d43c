"""Files as streams of statements: the format by the ending, gzip or not, bytes counted.

Out of scope: where the statements go.
"""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from hwbs_graph.data import corpus
from hwbs_graph.errors import DataError, PathError, TurtleSyntaxError

#: The format for each ending; `.gz` may follow.
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
}


class InputFile(NamedTuple):
    """A file, the graph for its triples, its format, its size on disk."""

    path: Path
    graph: NamedNode
    format: RdfFormat
    size: int


def find_files(paths: Iterable[Path]) -> list[InputFile]:
    """Return every file of `paths`, folders searched, each with its graph and format.

    Raises PathError for a missing path, DataError for an ending that tells no format.
    """
    found = [file for path in paths for file in _expand_folder(path)]
    # `name.nq.gz` is called after `name`.
    graphs = corpus.name_graphs(Path(_without_gz(path).name) for path in found)
    return [
        InputFile(path, source.graph, _format_of(path), _size_of(path))
        for path, source in zip(found, graphs, strict=True)
    ]


def read_quads(file: InputFile) -> Iterator[tuple[Quad, Callable[[], int]]]:
    """Yield each statement with a function that tells the bytes read of the file so far.

    Blank nodes are renamed, as two files may use one name for two things.
    Raises TurtleSyntaxError with line and column, and PathError for a file that cannot be read.
    """
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(file.path.open("rb"))
            stream: IO[bytes] = raw
            if file.path.suffix.lower() == ".gz":
                stream = cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=raw)))
            # A pipe has no position.
            read = raw.tell if raw.seekable() else int
            for quad in parse(stream, format=file.format, rename_blank_nodes=True):
                yield quad, read
        except SyntaxError as error:
            where = error.lineno, error.offset
            raise TurtleSyntaxError(str(file.path), str(error.msg), *where) from None
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise PathError(file.path, "it is no whole gzip file") from None
        except OSError as error:
            raise PathError(file.path, error.strerror or str(error)) from None


def _expand_folder(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.rglob("*") if _without_gz(each).suffix.lower() in FORMATS)
    if not found:
        listed = ", ".join(FORMATS)
        raise DataError(f"The folder {path} holds no file ending in {listed}; give another.")
    return found


def _without_gz(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def _format_of(path: Path) -> RdfFormat:
    ending = _without_gz(path).suffix.lower()
    if ending not in FORMATS:
        listed = ", ".join(FORMATS)
        raise DataError(f"The name of {path} does not tell its format; end it in {listed} (.gz).")
    return FORMATS[ending]


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
