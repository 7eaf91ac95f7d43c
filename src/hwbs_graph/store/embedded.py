"""Oxigraph within this process: in memory, or over a store on disk that `hwbs load` made.

Out of scope: loading, in memory (`data`) and on disk (`load`).
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from hwbs_graph.errors import StoreError
from hwbs_graph.store.checksums import is_damaged
from hwbs_graph.store.engine import GRAPHS, Engine, Results
from hwbs_graph.store.engine_errors import query_errors
from hwbs_graph.store.kept_answers import find_answer
from hwbs_graph.store.lexer import is_plain, keywords, reject_deep, reject_updates
from hwbs_graph.store.parameters import Terms, bind_parameters

#: A longer query is not kept: the program would grow by what others send.
_LONGEST_KEPT = 16_000


class Embedded(Engine):
    """Oxigraph in this process."""

    def __init__(
        self, store: Store, name: str = "Oxigraph in memory", folder: Path | None = None
    ) -> None:
        self._store = store
        self.name = name
        #: That of a store on disk, in full, as the files in it are opened by their addresses.
        self.folder = folder.absolute() if folder else None
        self._inode = folder.stat().st_ino if folder else 0

    def query(
        self,
        text: str,
        bindings: Mapping[str, Terms] | None = None,
        name: str = "The query",
    ) -> Results:
        """Run `text` with variables bound to terms; see `Engine.query`."""
        check = _check_again if len(text) <= _LONGEST_KEPT else _check
        united = check(text, name)
        with query_errors(name, text):
            # A query that names its own data set with FROM gets that, and not the union.
            return self._store.query(
                bind_parameters(text, bindings or {}),
                use_default_graph_as_union=united,
            )

    def find_kept(self, question: str) -> bytes | None:
        """Return the answer that the folder keeps; see `Engine.find_kept`.

        A folder that another load put in the place of ours is not asked.
        """
        if self.folder is None or not _is_same(self.folder, self._inode):
            return None
        return find_answer(self.folder, question)

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph."""
        if kept := self.find_kept(GRAPHS):
            import json

            return dict(json.loads(kept))
        return super().graphs()

    def snapshot(self) -> Store:
        """Return the store itself; nobody may write to it."""
        return self._store

    def size(self) -> int:
        """Return the number of statements."""
        return len(self._store)


def _check(text: str, name: str) -> bool:
    """Say whether a query leaves it to the engine which graphs it asks.

    Raises QueryError for one that no engine may get.
    """
    found = () if is_plain(text) else keywords(text)
    reject_updates(found, name)
    reject_deep(text, name)
    return "FROM" not in found


#: The queries of the catalogue are asked of thousands of things, and each is checked once.
_check_again = lru_cache(maxsize=256)(_check)


def _is_same(folder: Path, inode: int) -> bool:
    try:
        return folder.stat().st_ino == inode
    except OSError:
        return False


def is_store(path: Path) -> bool:
    """Say whether a folder looks like an Oxigraph store: its database names a current state."""
    return (path / "CURRENT").is_file()


def open_disk_store(path: Path, whole: bool = False) -> Embedded:
    """Open a store on disk, to read it only. Raises StoreError where there is none.

    `whole` reads every table to find damage, else those that have changed since they were made.
    Several programs may read one store at a time.
    """
    if not path.exists():
        raise StoreError(path, f"there is no such folder; make it: hwbs load {path} FILE")
    if not is_store(path):
        raise StoreError(path, "it is not what `hwbs load` makes; give the folder it was given")
    cure = f"make it again: hwbs load {path} FILE"
    try:
        if is_damaged(path, whole):
            raise StoreError(path, f"it is damaged; {cure}")
        return Embedded(Store.read_only(str(path)), f"Oxigraph on disk, {path}", path)
    except PermissionError as error:
        why = f"{error.filename or 'a file in it'} may not be read; give yourself the right to"
        raise StoreError(path, why) from None
    except (OSError, ValueError, RuntimeError):
        raise StoreError(path, f"it is damaged, or of another version; {cure}") from None
