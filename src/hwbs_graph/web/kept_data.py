"""Keeps what a server opened: every worker opens the same, whatever happens to it on disk.

What is read into memory is kept as one file of statements. Of a store the files are kept under
further names, as links, so that a new `hwbs load` may take the old names away.

Out of scope: reading files and stores (`data`, `store`).
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, Store, parse

from hwbs_graph.data.atomic_file import shorten_name
from hwbs_graph.errors import DataError, PathError, StoreError
from hwbs_graph.load.atomic_folder import remove_lock, try_lock
from hwbs_graph.store import Embedded, Engine, open_disk_store

#: Where no links can be made, a store of so many bytes is copied; a larger one is only watched.
_MOST_COPIED = 256 << 20
#: How often the files are taken again if a load replaces them meanwhile.
_ATTEMPTS = 3
#: What a store needs no copy of: a lock, and what the engine noted while it was made.
_LEFT_OUT = ("LOCK", "LOG")
_REPLACED = "it was replaced while a server answered from it; end that server and start it again"
Fingerprint = Callable[[], object]


class KeptData(NamedTuple):
    """What opens the data in a worker, and the folder of a store that it reads as it goes on."""

    opener: Callable[[], Engine]
    store: Path | None = None


class ChangeWatch:
    """Notices that what a server opened is no longer what lies on disk."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._fingerprint = fingerprint
        self._opened = self._seen = fingerprint()

    @property
    def changed(self) -> bool:
        """Whether the data on disk differed from what was opened when `look` last looked."""
        return self._seen != self._opened

    def look(self) -> bool:
        """Look again, and say whether the data has changed for the first time."""
        before, self._seen = self.changed, self._fingerprint()
        return self.changed and not before


def fingerprint_files(paths: Sequence[Path]) -> object:
    """Return a value that changes as a file does, or as one enters or leaves a folder."""
    return [_fingerprint_file(path) for path in paths]


def fingerprint_store(store: Path) -> object:
    """Return a value that changes as a store is replaced, written to or removed."""
    return _fingerprint_file(store), _fingerprint_file(store / "CURRENT")


def _fingerprint_file(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        return found.st_dev, found.st_ino  # a pipe changes as it is read
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def keep_statements(engine: Engine) -> Iterator[KeptData]:
    """Keep every statement of a graph in memory until the body ends. Raises PathError."""
    with tempfile.TemporaryDirectory(prefix="hwbs-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "statements.nq"
        try:
            engine.snapshot().dump(str(file), RdfFormat.N_QUADS)
        except OSError as error:
            raise PathError(file, error.strerror or str(error), "write") from None
        del engine
        yield KeptData(partial(_open_statements, file))


def _open_statements(file: Path) -> Engine:
    store = Store()
    # The file is our own, so its blank nodes keep their names: in every worker the same.
    store.bulk_extend(parse(path=file, format=RdfFormat.N_QUADS))
    return Embedded(store)


@contextmanager
def keep_store(store: Path) -> Iterator[KeptData]:
    """Keep the files of a store until the body ends; where that cannot be, refuse another.

    Then a worker that starts after the store was replaced says so, and answers nothing.
    """
    store = store.resolve()
    with ExitStack() as stack:
        if folder := _copy_store(store, stack):
            yield KeptData(partial(_open_copy, folder, store), folder)
        else:
            yield KeptData(partial(_open_unchanged, store, fingerprint_store(store)), store)


def _copy_store(store: Path, stack: ExitStack) -> Path | None:
    """Return a folder with the files of a store, which the stack removes; None without room."""
    for parent in (store.parent, Path(tempfile.gettempdir())):
        with suppress(OSError), ExitStack() as attempt:
            folder = attempt.enter_context(_locked_folder(parent, store.name))
            _take_files(store, folder)
            stack.push(attempt.pop_all())
            return folder
    return None


def _open_copy(folder: Path, store: Path) -> Engine:
    """Open what was kept of a store; an error names the store, which the operator knows."""
    try:
        return open_disk_store(folder)
    except StoreError as error:
        raise DataError(str(error).replace(str(folder), str(store))) from None


def _open_unchanged(store: Path, opened: object) -> Engine:
    """Open a store; raise StoreError if it is not the one that the server opened."""
    engine = open_disk_store(store)
    if fingerprint_store(store) != opened:
        raise StoreError(store, _REPLACED)
    return engine


@contextmanager
def _locked_folder(parent: Path, name: str) -> Iterator[Path]:
    """Make a folder that is removed at the end, and those that killed servers left."""
    prefix = f".{shorten_name(name)}.serving-"
    for each in parent.iterdir():
        if each.name.startswith(prefix):
            _remove_if_left(each)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        with (folder / "lock").open("wb") as lock:
            try_lock(lock)
            (folder / "store").mkdir()
            yield folder / "store"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_left(folder: Path) -> None:
    """Remove the folder of a server that was killed: nobody holds its lock."""
    with suppress(OSError):
        with (folder / "lock").open("r+b") as lock:
            if not try_lock(lock):
                return
            shutil.rmtree(folder, ignore_errors=True)
        remove_lock(folder)


def _take_files(store: Path, folder: Path) -> None:
    """Give the files of a store names in `folder` too. Raises OSError where that cannot be."""
    for _ in range(_ATTEMPTS):
        opened = fingerprint_store(store)
        with suppress(FileNotFoundError):
            _link_files(store, folder)
            if fingerprint_store(store) == opened:
                return
        for each in folder.iterdir():
            each.unlink()
    raise FileNotFoundError


def _link_files(store: Path, folder: Path) -> None:
    """Link the tables, which are never written to again, and copy the small files beside them."""
    copied = 0
    for each in store.iterdir():
        if each.name.startswith(_LEFT_OUT):
            continue
        target = folder / each.name
        if each.suffix == ".sst":
            try:
                os.link(each, target)
                continue
            except FileNotFoundError:
                raise
            except OSError:  # another disk, or one without links
                copied += each.stat().st_size
        if copied > _MOST_COPIED:
            raise OSError
        shutil.copy2(each, target)
