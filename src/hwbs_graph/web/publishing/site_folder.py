"""A folder of published files: only what changed is written, and a half-done one says so.

While a site is written, a marker stands in its folder, which the next run finds if this one ends
early. The list of files, with the SHA-256 of each, is written last.

Out of scope: what the files hold.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from hwbs_graph.data.atomic_file import check_folder
from hwbs_graph.errors import PathError
from hwbs_graph.load.atomic_folder import try_lock

#: The list of files, and what stands beside them until all are written.
LIST, MARKER = "site.json", "site-unfinished.txt"
_MARKED = "This site is half done: run the same `hwbs site` again to complete it.\n"


class SiteFolder:
    """The folder that is written to; `was_unfinished` says that the last run ended early."""

    def __init__(self, folder: Path, was_unfinished: bool) -> None:
        self.folder, self.was_unfinished = folder, was_unfinished
        self.written = 0
        self.is_finished = False
        self._digests: dict[str, str] = {}

    def write(self, name: str, data: bytes) -> str:
        """Write a file unless it holds these bytes already; return their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        self._digests[name] = digest
        path = self.folder / name
        if not _holds(path, data):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name[-200:]}.part")
            part.write_bytes(data)
            part.replace(path)
            self.written += 1
        return digest

    @property
    def names(self) -> list[str]:
        """The files that were written or stay as they are, in order."""
        return sorted(self._digests)

    @property
    def size(self) -> int:
        """How many files the site has."""
        return len(self._digests)

    def finish(self, told: Mapping[str, Any]) -> int:
        """Write the list of files, with what else is told; return how many old ones were removed.

        Only files that a former list or this run named are removed.
        """
        old = set(read_list(self.folder).get("files", {})) - set(self._digests)
        for name in sorted(old):
            _remove(self.folder, name)
        listed = {**told, "files": dict(sorted(self._digests.items()))}
        path = self.folder / LIST
        data = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
        if not _holds(path, data):
            part = path.with_name(f".{LIST}.part")
            part.write_bytes(data)
            part.replace(path)
        self.is_finished = True
        return len(old)


@contextmanager
def open_site(folder: Path) -> Iterator[SiteFolder]:
    """Yield a folder to write a site to. Raises PathError where it holds something else.

    The marker stays in it unless the body finishes the site.
    """
    check_folder(folder)
    try:
        unfinished = _check_contents(folder)
        folder.mkdir(exist_ok=True)
        with (folder / MARKER).open("a+b") as marker:
            _mark(folder, marker)
            site = SiteFolder(folder, unfinished)
            yield site
            if site.is_finished and sys.platform != "win32":
                (folder / MARKER).unlink()
        if site.is_finished and sys.platform == "win32":  # which removes no file that is open
            (folder / MARKER).unlink()
    except OSError as error:
        raise PathError(folder, error.strerror or "it cannot be written", "write") from None


def _check_contents(folder: Path) -> bool:
    """Say whether a former run ended early."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise PathError(folder, "it is no folder; name another", "write")
    names = {each.name for each in folder.iterdir()}
    if names and not names & {LIST, MARKER}:
        raise PathError(folder, "it holds something else; name a new folder", "write")
    return MARKER in names


def _mark(folder: Path, marker: IO[bytes]) -> None:
    if not try_lock(marker):
        raise PathError(folder, "another run writes it; wait until it ends", "write")
    marker.truncate(0)
    marker.write(_MARKED.encode())
    marker.flush()


def read_list(folder: Path) -> dict[str, Any]:
    """Return the list of a site that was written whole, {} where there is none."""
    try:
        found = json.loads((folder / LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _holds(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def _remove(folder: Path, name: str) -> None:
    """Remove a file that a former list names; one that leads out of the folder stays."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        return
    with suppress(OSError):
        path.unlink()
    with suppress(OSError):
        path.parent.rmdir()
