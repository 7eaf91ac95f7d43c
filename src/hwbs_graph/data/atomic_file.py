"""Writing a file, or a folder of files, whole or not at all.

A regular file is written beside its place first, then swapped in; what is none, such as a pipe or
a terminal, is written to directly. Links are followed, and modes are kept. A killed program leaves
its part behind; the next one that writes the same name removes it.

Out of scope: what is written, and folders that one program at a time replaces (`load`).
"""

import errno
import os
import re
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import PathError

#: A file system holds names of 255 bytes; a part's name adds up to 20 to that of its file.
_LONGEST_NAME = 230
#: Paths that name an open descriptor of this program.
_DESCRIPTOR = re.compile(r"/dev/(stdout|stderr)|/(?:dev|proc/self)/fd/(\d+)")
_STANDARD = {"stdout": 1, "stderr": 2}
#: Two threads of one program would share the name of their part.
_ONE_AT_A_TIME = threading.Lock()


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; write directly to what is no regular file.

    A half-written file is worse than the old one. Raises PathError if it cannot be written.
    """
    check_target(path)
    with _told_of(path):
        if _is_regular(path):
            _swap_in(path, data)
        else:
            _pour(path, data)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files`, bytes by name: into a folder that is there, else into a new one.

    A new folder appears with all its files, or not at all. In one that is there, no file is put in
    its place before all are written beside theirs. Raises PathError.
    """
    if os.path.isdir(folder):
        check_folder(folder)
        _write_files({folder / name: data for name, data in files.items()})
        return
    with _told_of(folder):
        if _find_status(folder):
            raise PathError(folder, "it is no folder; name another", "write")
        _make_folder(Path(os.path.realpath(folder)), files)


def _write_files(files: Mapping[Path, bytes]) -> None:
    with _ONE_AT_A_TIME, interruptible(), ExitStack() as parts:
        swaps = []
        for path, data in files.items():
            check_target(path)
            with _told_of(path):
                swap = (
                    _prepare(path, data, parts) if _is_regular(path) else partial(_pour, path, data)
                )
                swaps.append((path, swap))
        for path, swap in swaps:
            with _told_of(path):
                swap()


def check_target(path: Path) -> None:
    """Raise PathError where `path` is a folder, and so no file can be written there."""
    if os.path.isdir(path):
        raise PathError(path, "it is a folder; name a file in it", "write")


def check_folder(folder: Path) -> None:
    """Raise PathError where `folder` is that of the whole disk, which nobody means to fill."""
    if os.path.dirname(os.path.realpath(folder)) == os.path.realpath(folder):
        raise PathError(folder, "it is the whole disk; name a folder in it", "write")


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Raise PathError about `path` for an error of the system."""
    try:
        yield
    except OSError as error:
        raise PathError(path, _explain(error), "write") from None
    except ValueError:
        raise PathError(path, "no file can have this name; give another", "write") from None


def _explain(error: OSError) -> str:
    """Say why the system refuses; Windows replaces no file that is open."""
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return "a program such as Excel has it open, or it is protected; close it there first"
    return error.strerror or "it cannot be written"


def _find_status(path: Path) -> os.stat_result | None:
    """Return what the system says of the file that `path` leads to; None if there is none."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _is_regular(path: Path) -> bool:
    if _DESCRIPTOR.fullmatch(str(path)):
        return False
    status = _find_status(path)
    return status is None or stat.S_ISREG(status.st_mode)


def _pour(path: Path, data: bytes) -> None:
    """Write into a file as it is: a pipe, a device or an open descriptor."""
    found = _DESCRIPTOR.fullmatch(str(path))
    if found:
        number = os.dup(_STANDARD[found[1]] if found[1] else int(found[2]))
    else:
        number = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(number, "wb") as file:
        file.write(data)


def _swap_in(path: Path, data: bytes) -> None:
    with _ONE_AT_A_TIME, interruptible(), ExitStack() as parts:
        _prepare(path, data, parts)()


def _prepare(path: Path, data: bytes, parts: ExitStack) -> Callable[[], None]:
    """Write a file beside its place, and return what puts it there; `parts` are removed later."""
    target = Path(os.path.realpath(path))
    status = _find_status(target)
    if status and not os.access(target, os.W_OK):
        raise PathError(path, "it is protected from writing; name another file", "write")
    part = parts.enter_context(_part_of(target))
    _write_part(part, data, status)

    def swap() -> None:
        if status and status.st_nlink > 1:
            # The other names of the file stay names of it; the part has shown that there is room.
            target.write_bytes(data)
        else:
            part.replace(target)
        _sync_folder(target.parent)

    return swap


def _make_folder(target: Path, files: Mapping[str, bytes]) -> None:
    with _ONE_AT_A_TIME, interruptible(), _part_of(target) as part:
        part.mkdir()
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            _write_part(part / name, data, None)
        _sync_folder(part)
        part.rename(target)
        _sync_folder(target.parent)


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Yield a free name beside `target`, and leave nothing there; remove dead programs' parts."""
    stem = f".{shorten_name(target.name)}."
    for left in _find_dead_parts(target.parent, stem):
        _remove(left)
    part = target.with_name(f"{stem}{os.getpid()}.part")
    try:
        yield part
    finally:
        _remove(part)


def shorten_name(name: str) -> str:
    """Return a name, or what stands for one that leaves no room for more."""
    encoded = os.fsencode(name)
    if len(encoded) <= _LONGEST_NAME:
        return name
    from hashlib import sha256

    return sha256(encoded).hexdigest()


def _find_dead_parts(folder: Path, stem: str) -> list[Path]:
    own = re.compile(re.escape(stem) + r"(\d{1,10})\.part")
    with suppress(OSError), os.scandir(folder) as entries:
        found = [(Path(entry.path), own.fullmatch(entry.name)) for entry in entries]
        return [path for path, match in found if match and not _is_running(int(match[1]))]
    return []


def _is_running(process: int) -> bool:
    """Say whether another program has this number; one with our number has ended."""
    if process == os.getpid() or sys.platform == "win32":
        return False  # Windows removes no file that is open
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
    if part.is_dir() and not part.is_symlink():
        shutil.rmtree(part, ignore_errors=True)


def _write_part(part: Path, data: bytes, status: os.stat_result | None) -> None:
    """Write a new file that only its owner may read until it has the owner and mode of the old."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600 if status else 0o666), "wb") as file:
        file.write(data)
        file.flush()
        _sync(file.fileno())
    if status and sys.platform != "win32":
        with suppress(OSError):  # only root gives a file away
            os.chown(part, status.st_uid, status.st_gid)
        part.chmod(stat.S_IMODE(status.st_mode))


def _sync(number: int) -> None:
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # the file system cannot
            raise


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder last; a system that cannot open folders does so itself."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
