"""What can be tried of Windows on another system: its rule of open files, its locks, its pipes.

docs/install.md lists what only a machine with Windows can show.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support import SMALL

from hwbs_graph.data.atomic_file import write_file
from hwbs_graph.errors import PathError, StoreError
from hwbs_graph.load import change, load
from hwbs_graph.load.atomic_folder import try_lock
from hwbs_graph.store import open_disk_store
from hwbs_graph.web.kept_data import keep_store
from hwbs_graph.web.publishing.site_folder import MARKER, open_site

FILES = Path("/proc/self/fd")
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="needs the list of open files of Linux")


def list_open() -> set[str]:
    """The files that this process has open, by their path."""
    found = set()
    for each in FILES.iterdir():
        try:
            if stat.S_ISREG(each.stat().st_mode):
                found.add(os.readlink(each))
        except OSError:
            continue
    return found


def refuse_open(change: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function of the system refuse a path that is open, or below which a file is."""

    def refusing(*paths: Any, **given: Any) -> Any:
        folder = os.readlink(FILES / str(given["dir_fd"])) if given.get("dir_fd") else os.getcwd()
        for path in map(str, (os.path.join(folder, each) for each in paths)):
            if any(each == path or each.startswith(f"{path}/") for each in list_open()):
                raise PermissionError(13, "Access is denied", path)
        return change(*paths, **given)

    return refusing


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load(tmp_path / "warm", SMALL)  # what a load imports must not take this for Windows
    for name in ("unlink", "remove", "rename", "replace", "rmdir"):
        monkeypatch.setattr(os, name, refuse_open(getattr(os, name)))
    held: dict[tuple[int, int, int], int] = {}

    def lock(number: int, _: int, length: int) -> None:
        found = os.fstat(number)
        place = (found.st_dev, found.st_ino, os.lseek(number, 0, os.SEEK_CUR))
        holder = held.get(place)
        if holder not in (None, number) and (FILES / str(holder)).exists():
            raise PermissionError(13, "Permission denied")
        held[place] = number

    msvcrt = ModuleType("msvcrt")
    vars(msvcrt).update(locking=lock, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.usefixtures("windows")
def test_a_store_is_made_changed_and_served_where_no_open_file_can_be_moved(tmp_path: Path) -> None:
    store = tmp_path / "s"
    load(store, SMALL[:2])
    size = open_disk_store(store).size()
    change(store, [SMALL[2]], "add")
    assert open_disk_store(store).size() > size
    reader = open_disk_store(store)
    with pytest.raises(StoreError, match="another program has it open"):
        load(store, SMALL[:1])
    del reader
    assert open_disk_store(store).size() > size
    left = tmp_path / ".s.serving-left"
    left.mkdir()
    (left / "lock").touch()
    with keep_store(store) as kept:
        assert kept.opener().size() > size
    assert {each.name for each in tmp_path.iterdir()} == {"s", "warm"}


@pytest.mark.usefixtures("windows")
def test_a_site_loses_its_marker_though_it_is_locked_until_the_end(tmp_path: Path) -> None:
    for _ in range(2):
        with open_site(tmp_path / "site") as site:
            site.write("index.html", b"<p>")
            with pytest.raises(PathError, match="another run"), open_site(tmp_path / "site"):
                pass
            site.finish({})
        assert not (tmp_path / "site" / MARKER).exists()


@pytest.mark.usefixtures("windows")
def test_a_file_that_another_program_has_open_stays_and_the_sentence_says_why(
    tmp_path: Path,
) -> None:
    sheet = tmp_path / "housing.xlsx"
    sheet.write_bytes(b"old")
    with sheet.open("rb"), pytest.raises(PathError, match="close it there first"):
        write_file(sheet, b"new")
    assert [each.read_bytes() for each in tmp_path.glob("[!w]*")] == [b"old"]
    write_file(sheet, b"new")
    assert sheet.read_bytes() == b"new"


@pytest.mark.usefixtures("windows")
def test_two_locks_of_a_file_meet_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_bytes(b"words of another run")
    with path.open("a+b") as one, path.open("r+b") as other:
        assert try_lock(one)
        assert not try_lock(other)


def test_a_pipe_of_few_characters_gets_all_of_them() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hwbs_graph", "view", "--help"],
        env={**os.environ, "PYTHONIOENCODING": "cp437"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "“" in done.stdout.decode("utf-8")
