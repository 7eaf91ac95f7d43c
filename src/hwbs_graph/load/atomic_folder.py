"""A folder that one program at a time replaces, whole or not at all.

The new folder is built beside the old one and takes its place by renaming. A killed program leaves
its work behind; the next one removes it, and puts the old folder back if it was renamed already.

Out of scope: what is in the folder.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from hwbs_graph.data.atomic_file import shorten_name
from hwbs_graph.errors import StoreError
from hwbs_graph.store import is_store


@contextmanager
def replace_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder to build in; it becomes `target` unless the body raises.

    Raises StoreError where `target` holds something else, is in use, or is being made already.
    """
    target = target.resolve()
    if not target.name:
        raise StoreError(target, "it is the whole disk; name a folder in it")
    if not target.parent.is_dir():
        raise StoreError(target, f"the folder {target.parent} does not exist; make it first")
    work = target.with_name(f".{shorten_name(target.name)}.loading")
    with _exclusive_work(work, target):
        try:
            _clean_up(work, target)
            _check_target(target)
            (work / "new").mkdir()
            yield work / "new"
            _swap_in(work, target)
        except OSError as error:
            raise StoreError(target, _explain(error)) from None
        finally:
            _clean_up(work, target)


def _explain(error: OSError) -> str:
    """Say why the system refuses; Windows renames no folder in which a file is open."""
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return "another program has it open, or it is protected; end that program first"
    return error.strerror or "it cannot be written"


def _swap_in(work: Path, target: Path) -> None:
    if target.exists():
        target.rename(work / "old")
    (work / "new").rename(target)


def _clean_up(work: Path, target: Path) -> None:
    """Put the old folder back if nothing took its place, then remove what a load left."""
    if (work / "old").exists() and not target.exists():
        (work / "old").rename(target)
    for name in ("old", "new"):
        shutil.rmtree(work / name, ignore_errors=True)


def _check_target(target: Path) -> None:
    """Raise StoreError for a folder that holds no store, or a store that is written to."""
    if not target.exists():
        return
    if not target.is_dir() or (not is_store(target) and any(target.iterdir())):
        raise StoreError(target, "it holds something else; name a new folder")
    lock = target / "LOCK"  # a program that writes to the store holds this
    if lock.exists():
        with lock.open("r+b") as file:
            if not try_lock(file):
                raise StoreError(target, "another program writes to it; end that one first")


@contextmanager
def _exclusive_work(work: Path, target: Path) -> Iterator[None]:
    """Lock the working folder for this program; the system unlocks it however we end."""
    held = False
    try:
        work.mkdir(exist_ok=True)
        with (work / "lock").open("a+b") as file:
            # Its former holder may have removed the folder between our opening and locking.
            held = try_lock(file) and os.path.samestat(
                os.fstat(file.fileno()), (work / "lock").stat()
            )
            if not held:
                raise StoreError(target, "another load of it is running; wait until it ends")
            try:
                yield
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise StoreError(target, error.strerror or "it cannot be written") from None
    finally:
        if held:
            remove_lock(work)


def remove_lock(folder: Path) -> None:
    """Remove a folder of which Windows left the lock, as it removes no file that is open."""
    if sys.platform == "win32":
        with suppress(OSError):  # somebody else has locked it meanwhile
            (folder / "lock").unlink()
            folder.rmdir()


def try_lock(file: IO[bytes]) -> bool:
    """Lock a file, and say whether nobody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte is locked, counted from where the file stands: for all the first.
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # RocksDB locks its LOCK in the same way.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
