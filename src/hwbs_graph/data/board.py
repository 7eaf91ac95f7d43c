"""A folder with `hwbs.yaml` is a board: what it is called, its graph, and its documents.

    title: Elmstead Health and Wellbeing Board
    board: board/elmstead        # its address in the graph: an IRI, or a path below id/
    documents: documents         # a folder; this is its name where the key is left out
    graph: graph                 # a file, a folder or a list of them, likewise
    area: E06000999              # a code of the Office for National Statistics, if you like

Out of scope: what the graph says (`corpus`), and whether the documents say so (`checks`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Store

from hwbs_graph.data.files import BOARD_FILE, is_board
from hwbs_graph.errors import DataError
from hwbs_graph.model.vocabulary import SKOS, THINGS

_KEYS = ("title", "board", "area", "documents", "graph")
_LONGEST = 400


class Board(NamedTuple):
    """What a folder says of its board; the paths stand in the folder and are there."""

    folder: Path
    title: str
    iri: NamedNode
    area: str
    documents: Path
    graph: tuple[Path, ...]


def read_board(folder: Path) -> Board:
    """Read what `hwbs.yaml` says in a folder.

    Raises PathError where it cannot be read, and DataError that says what is wrong in it.
    """
    from hwbs_graph.data.plain_values import load_file

    file = folder / BOARD_FILE
    try:
        return _build_board(folder, load_file(file, "Boards"))
    except DataError as error:
        # What is read has only a name, and several boards may be open.
        told = str(error)
        place = told.replace(BOARD_FILE, str(file), 1) if told.startswith(BOARD_FILE) else told
        raise DataError(place) from None


def require_described(store: Store, paths: Iterable[Path]) -> None:
    """Raise DataError for a board among `paths` that the graph does not describe."""
    for path in filter(is_board, paths):
        board = read_board(path)
        if next(store.quads_for_pattern(board.iri, SKOS.prefLabel, None, None), None) is None:
            raise DataError(
                f"{path / BOARD_FILE} says that its board is {board.iri.value}, of which the graph"
                " has no skos:prefLabel; correct “board”, or describe it there as a hwbs:Board."
            )


def _build_board(folder: Path, given: Any) -> Board:
    if not isinstance(given, Mapping):
        raise _fault("it holds no keys; write “title: ...” and “board: ...”, each on a line")
    for key in given:
        if key not in _KEYS:
            raise _fault(f"it has the key “{str(key)[:60]}”; it may have {', '.join(_KEYS)}")
    return Board(
        folder,
        _read_text(given, "title"),
        _read_address(_read_text(given, "board")),
        _read_text(given, "area", ""),
        _find_documents(folder, given),
        tuple(_find_inside(folder, "graph", name) for name in _read_texts(given, "graph")),
    )


def _fault(why: str) -> DataError:
    return DataError(f"{BOARD_FILE}: {why}.")


def _read_text(given: Mapping[str, Any], key: str, default: str | None = None) -> str:
    if key not in given and default is not None:
        return default
    if key not in given:
        raise _fault(f"it has no “{key}”; add one")
    return _require_text(key, given[key])


def _require_text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _fault(f"its “{key}” is no text; write words, in quotation marks")
    if len(value) > _LONGEST:
        raise _fault(f"its “{key}” has {len(value)} characters; keep it to {_LONGEST}")
    return value.strip()


def _read_texts(given: Mapping[str, Any], key: str) -> Iterator[str]:
    value = given.get(key, key)
    if value == []:
        raise _fault(f"its “{key}” lists nothing; name a file or a folder, or leave the key out")
    yield from (
        _require_text(key, each) for each in (value if isinstance(value, list) else [value])
    )


def _read_address(text: str) -> NamedNode:
    """Return the IRI for a full one, or for a path below `id/`."""
    path = re.fullmatch(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)+", text, re.ASCII)
    try:
        if not path and "://" in text:
            return NamedNode(text)
    except ValueError:
        pass
    if not path:
        raise _fault(f"its “board” is “{text[:60]}”; give an IRI, or a path such as board/elmstead")
    return NamedNode(THINGS + text)


def _find_documents(folder: Path, given: Mapping[str, Any]) -> Path:
    """Return the folder of documents; one that nothing names need not be there."""
    if "documents" not in given:
        return folder / "documents"
    path = _find_inside(folder, "documents", _read_text(given, "documents"))
    if not path.is_dir():
        raise _fault("its “documents” is a file; name the folder that it lies in")
    return path


def _find_inside(folder: Path, key: str, name: str) -> Path:
    """Return a path in the folder that is there, and does not lead out of it."""
    path = folder / name
    if "\0" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise _fault(f"its “{key}” leads out of the folder; name what lies in it")
    if not path.exists():
        raise _fault(f"its “{key}” is {name}, which is not in the folder; add it, or name another")
    return path
