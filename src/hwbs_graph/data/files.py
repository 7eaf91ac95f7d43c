"""Reading text and writing answers: clear errors, and nothing left half-written.

Out of scope: what a file says, and where the data that ships with `hwbs` lies (`bundled`).
"""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import PathError


def read_text(path: Path) -> str:
    """Return a file's text. Raises PathError if it cannot be read as UTF-8."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
    except UnicodeDecodeError as error:
        raise PathError(path, f"byte {error.start + 1} is not UTF-8 text") from None


def write(path: Path, data: bytes) -> None:
    """Write `path` whole or not at all: beside it first, then swapped in.

    A half-written file is worse than the old one. Raises PathError if it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with interruptible():
        try:
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            raise PathError(path, error.strerror or "it cannot be written", "write") from None
        finally:
            with suppress(OSError):
                beside.unlink()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files`, bytes by name: into a folder that is there, else into a new one.

    A new folder appears with all its files, or not at all. Raises PathError.
    """
    if folder.is_dir():
        _fill_folder(folder, files)
        return
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        beside.mkdir()
        _fill_folder(beside, files)
        beside.rename(folder)
    except OSError as error:
        raise PathError(folder, error.strerror or "it cannot be made", "write") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        write(folder / name, data)
