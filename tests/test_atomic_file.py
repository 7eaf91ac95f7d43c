"""A file is written whole or not at all, and nothing but a plain file is replaced."""

import errno
import os
import pty
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import Hwbs

from hwbs_graph.data.atomic_file import write_file, write_folder
from hwbs_graph.errors import PathError


def dead_process() -> int:
    """The number of a program that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def drain(pipe: Path) -> Callable[[], bytes]:
    """Start to read a FIFO; the function returned gives what came."""
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append(pipe.read_bytes()), daemon=True)
    reader.start()

    def finish() -> bytes:
        reader.join(180)
        return b"".join(came)

    return finish


@pytest.mark.parametrize("chain", [1, 3])
def test_a_link_stays_a_link_and_its_file_gets_the_answer(
    hwbs: Hwbs, tmp_path: Path, chain: int
) -> None:
    real = tmp_path / "there" / "shared.csv"
    real.parent.mkdir()
    real.write_text("old")
    last = real
    for number in range(chain):
        (tmp_path / f"latest-{number}.csv").symlink_to(last)
        last = tmp_path / f"latest-{number}.csv"
    assert hwbs("list", "plans", "--output", last).code == 0
    assert last.is_symlink()
    assert not real.is_symlink()
    assert real.read_text().startswith("plan")
    assert names(real.parent) == ["shared.csv"]


def test_a_link_to_a_file_that_is_missing_makes_that_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("new.txt")
    write_file(tmp_path / "link", b"text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new.txt").read_bytes() == b"text"


def test_fmt_rewrites_the_file_that_a_link_leads_to(hwbs: Hwbs, tmp_path: Path) -> None:
    real = tmp_path / "real.ttl"
    real.write_text("<urn:b> a <urn:T>.   <urn:a>   a <urn:T>.", "utf-8")
    real.chmod(0o640)
    link = tmp_path / "mine.ttl"
    link.symlink_to(real)
    assert hwbs("fmt", link).code == 0
    assert link.is_symlink()
    assert real.read_text("utf-8").index("<urn:a>") < real.read_text("utf-8").index("<urn:b>")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_the_other_names_of_a_file_stay_names_of_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a longer old text")
    os.link(tmp_path / "a", tmp_path / "b")
    write_file(tmp_path / "a", b"new")
    assert (tmp_path / "b").read_bytes() == b"new"
    assert names(tmp_path) == ["a", "b"]


def test_links_in_a_circle_are_one_sentence(hwbs: Hwbs, tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    run = hwbs("list", "plans", "--output", tmp_path / "a.csv")
    assert run.code == 2
    assert run.err.startswith(f"hwbs: Cannot write {tmp_path / 'a.csv'}: ")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ("list", "plans", "--output"),
        ("export", "nt", "-o"),
        ("view", "--svg"),
        ("view", "-o"),
        ("tour", "-o"),
    ],
    ids=" ".join,
)
def test_a_pipe_stays_a_pipe_and_its_reader_gets_all(
    hwbs: Hwbs, tmp_path: Path, command: tuple[str, ...]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    finish = drain(tmp_path / "pipe")
    assert hwbs(*command, tmp_path / "pipe").code == 0
    assert len(finish()) > 100
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    link = tmp_path / "device"
    link.symlink_to(os.ttyname(theirs))
    write_file(link, b"to the terminal\n")
    assert os.read(ours, 100) == b"to the terminal\r\n"
    assert link.is_symlink()
    assert stat.S_ISCHR(link.stat().st_mode)
    os.close(theirs)
    os.close(ours)


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_the_name_of_an_open_descriptor_is_written_to(name: str) -> None:
    program = [sys.executable, "-m", "hwbs_graph", "list", "--output", name]
    piped = subprocess.run(program, capture_output=True, check=True)
    assert piped.stdout.startswith(b"kind ")


def test_a_redirected_descriptor_goes_on_where_it_is(tmp_path: Path) -> None:
    with (tmp_path / "all.txt").open("wb") as file:
        file.write(b"before\n")
        file.flush()
        program = [sys.executable, "-m", "hwbs_graph", "list", "--output", "/dev/stdout"]
        assert subprocess.run(program, stdout=file, stderr=subprocess.PIPE, check=True)
    assert (tmp_path / "all.txt").read_bytes().startswith(b"before\nkind ")


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_the_mode_of_a_file_is_kept(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "private.csv"
    target.write_text("old")
    target.chmod(mode)
    write_file(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_has_the_mode_that_the_system_gives(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_file(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_protected_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "protected.csv"
    target.write_text("old")
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write anything
    with pytest.raises(PathError, match="protected from writing; name another file"):
        write_file(target, b"new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["protected.csv"]


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "é" * 125 + ".csv", "x" * 236])
def test_a_name_as_long_as_the_system_allows_is_written(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, b"text")
    write_folder(tmp_path / f"d{name[1:]}", {"a": b"1"})
    assert (tmp_path / name).read_bytes() == b"text"
    assert len(names(tmp_path)) == 2


def test_a_name_that_is_too_long_is_one_sentence(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("list", "--output", tmp_path / ("x" * 300))
    assert run.code == 2
    assert "File name too long" in run.err
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["answer.csv", "y" * 250])
def test_what_a_killed_program_left_is_removed_by_the_next(tmp_path: Path, name: str) -> None:
    waits = (
        "import os, sys, signal; from pathlib import Path;"
        "from hwbs_graph.data.atomic_file import write_file;"
        "os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL);"
        "write_file(Path(sys.argv[1]), b'half')"
    )
    subprocess.run([sys.executable, "-c", waits, tmp_path / name], check=False)
    (left,) = names(tmp_path)
    assert left.endswith(".part")
    write_file(tmp_path / name, b"whole")
    assert names(tmp_path) == [name]


def test_parts_of_running_programs_and_of_other_files_stay(tmp_path: Path) -> None:
    kept = [f".a.{os.getppid()}.part", f".a.csv.{dead_process()}.part", ".a.x.part", ".a.1.parts"]
    for name in [*kept, f".a.{dead_process()}.part", f".a.{os.getpid()}.part"]:
        (tmp_path / name).write_text("half")
    write_file(tmp_path / "a", b"whole")
    assert names(tmp_path) == sorted([*kept, "a"])


def test_a_folder_that_a_killed_program_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / f".tables.{dead_process()}.part"
    left.mkdir()
    (left / "x.csv").write_text("half")
    write_folder(tmp_path / "tables", {"a.csv": b"1"})
    assert names(tmp_path) == ["tables"]


def test_bytes_reach_the_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, done = tmp_path / "a", []

    def sync(number: int) -> None:
        folder = stat.S_ISDIR(os.fstat(number).st_mode)
        done.append(("folder" if folder else "file", target.exists()))

    monkeypatch.setattr("os.fsync", sync)
    write_file(target, b"1")
    assert done == [("file", False), ("folder", True)]


def test_a_full_disk_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    for old in (tmp_path / "a", tmp_path / "c"):
        old.write_text("old")
    os.link(tmp_path / "a", tmp_path / "b")
    monkeypatch.setattr("os.fsync", full)
    for name in ("a", "b", "c", "new"):
        with pytest.raises(PathError, match=f"Cannot write .*/{name}: No space left on device"):
            write_file(tmp_path / name, b"new")
    with pytest.raises(PathError, match=r"Cannot write .*/tables: No space left on device"):
        write_folder(tmp_path / "tables", {"x": b"1"})
    assert names(tmp_path) == ["a", "b", "c"]
    assert {path.read_text() for path in tmp_path.iterdir()} == {"old"}


def test_a_link_to_a_folder_is_filled_and_one_to_nothing_makes_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "dangling").symlink_to("new")
    for name in ("link", "dangling"):
        write_folder(tmp_path / name, {"x": b"1"})
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / name / "x").read_bytes() == b"1"


def test_no_folder_takes_the_place_of_a_pipe_or_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("mine")
    for name in ("pipe", "file"):
        with pytest.raises(PathError, match=f"{name}: it is no folder; name another"):
            write_folder(tmp_path / name, {"x": b"1"})
    assert (tmp_path / "file").read_text() == "mine"
    assert names(tmp_path) == ["file", "pipe"]
