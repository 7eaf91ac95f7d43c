"""The store that look-ups keep of the record: the same answers, never those of older files."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from support import ROOT, SMALL, Hwbs

from hwbs_graph.data import bundled, corpus, kept_record
from hwbs_graph.data.kept_record import KeptRecord, find_kept_record
from hwbs_graph.load import atomic_folder, record_store

#: The fixtures of tests open files once a process, whatever they hold later.
OPEN_STORE = corpus.open_store
LOOK_UPS = (
    ("partner", "Stove Society"),
    ("partner", "Stove Socety"),
    ("show", "Lag every loft"),
    ("list", "actions", "--format", "csv"),
    ("query", "report/actions-by-partner", "partner=Stove Society"),
    ("query", "report/actions-by-partner"),
    ("ask", "which actions involve Stove Society?"),
    ("search", "stove"),
    ("search", "zeppelin"),
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of which the record is the small plans."""
    folder = tmp_path_factory.mktemp("installation")
    for name in ("ontology", "queries"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "graph").mkdir()
    for path in SMALL:
        shutil.copy(path, folder / "graph")
    return folder


@pytest.fixture(scope="module")
def made(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the store of that record, as the first look-up leaves it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundled, "folder", installation.joinpath)
        kept = find_kept_record({"HWBS_CACHE": str(tmp_path_factory.mktemp("made"))})
        assert kept
        record_store.keep_record(kept)
    return kept.folder.parent


@pytest.fixture
def cache(
    installation: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A copy of that folder for one test, as HWBS_CACHE."""
    monkeypatch.setattr(bundled, "folder", installation.joinpath)
    monkeypatch.setenv("HWBS_CACHE", str(tmp_path / "cache"))
    shutil.copytree(made, tmp_path / "cache")
    graph = installation / "graph"
    before = {path: path.read_bytes() for path in graph.iterdir()}
    yield tmp_path / "cache"
    for path, data in before.items():
        path.write_bytes(data)


def refuse(*_: object) -> None:
    raise AssertionError("the files of the record were read")


def store_of(cache: Path) -> Path:
    (found,) = cache.iterdir()
    return found


def change_label(installation: Path) -> None:
    """Change one name in a file of the record, which keeps its size and its time."""
    path = installation / "graph" / SMALL[0].name
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Stove Society", b"Stove Company"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_look_up_says_the_same_from_the_store_as_from_the_files(
    hwbs: Hwbs, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [hwbs(*each) for each in LOOK_UPS]
    monkeypatch.setenv("HWBS_CACHE", "")
    assert kept == [hwbs(*each) for each in LOOK_UPS]
    assert [each.code for each in kept[:3]] == [0, 1, 0]


def test_a_look_up_reads_no_file_of_the_record_once_the_store_is_there(
    hwbs: Hwbs, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_store, "keep_record", refuse)
    assert hwbs("partner", "Stove Society").code == 0


def test_a_file_that_changed_makes_another_store_even_with_its_size_and_time_kept(
    hwbs: Hwbs, cache: Path, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "open_store", OPEN_STORE)
    assert hwbs("partner", "Stove Company").code == 1
    change_label(installation)
    assert hwbs("partner", "Stove Company").code == 0
    assert "Stove Company" in hwbs("partner", "Stove Company").out
    assert len([*cache.iterdir()]) == 2


def test_another_engine_or_other_code_makes_another_store(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = find_kept_record()
    assert before
    assert before.is_current()
    monkeypatch.setattr(kept_record, "_ROOMS", ("data", "model"))
    assert (after := find_kept_record())
    assert not after.is_current()
    monkeypatch.undo()
    monkeypatch.setenv("HWBS_CACHE", str(cache))
    monkeypatch.setattr(pyoxigraph, "__version__", "0.0.1")
    assert (older := find_kept_record())
    assert older.made_of.startswith("0.0.1\n")
    assert not older.is_current()


def test_a_store_whose_sources_only_share_their_checksum_is_left_aside(cache: Path) -> None:
    assert not KeptRecord(store_of(cache), "other sources").is_current()


@pytest.mark.parametrize("damage", ["a table", "what it was made of", "its state"])
def test_a_damaged_store_is_made_again(hwbs: Hwbs, cache: Path, damage: str) -> None:
    store = store_of(cache)
    table = max(store.glob("*.sst"), key=lambda path: path.stat().st_size)
    path = {"a table": table, "its state": store / "CURRENT"}.get(damage, store / "MADE-OF")
    path.write_bytes(b"\xff" + path.read_bytes()[1:-1])
    assert hwbs("partner", "Stove Society").code == 0
    assert store_of(cache).joinpath("MADE-OF").read_text("utf-8")
    assert hwbs("show", "Lag every loft").code == 0


def test_a_look_up_answers_where_no_store_can_be_kept(
    hwbs: Hwbs, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for place in ("", str(tmp_path / "file"), str(tmp_path / "file" / "below")):
        monkeypatch.setenv("HWBS_CACHE", place)
        run = hwbs("partner", "Stove Society")
        assert (run.code, run.err) == (0, "")
    assert not (tmp_path / "file").read_bytes()


def test_a_look_up_answers_while_another_program_makes_the_store(
    hwbs: Hwbs, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_folder, "try_lock", lambda file: False)
    made_of = store_of(cache) / "MADE-OF"
    made_of.unlink()
    assert hwbs("partner", "Stove Society").code == 0
    assert not made_of.exists()


def test_old_stores_are_removed_but_for_the_last_two(hwbs: Hwbs, cache: Path) -> None:
    store = store_of(cache)
    for day in range(5):
        (cache / f"record-{day}").mkdir()
        os.utime(cache / f"record-{day}", (day, day))
    (store / "MADE-OF").unlink()
    assert hwbs("partner", "Stove Society").code == 0
    assert {path.name for path in cache.iterdir()} == {store.name, "record-3", "record-4"}


def test_files_of_ones_own_are_never_answered_from_the_store(
    hwbs: Hwbs, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_store, "keep_record", refuse)
    shutil.rmtree(cache)
    assert hwbs("partner", "Stove Society", "--graph", SMALL[0], "--only").code == 0
    assert hwbs("info").code == 0
    assert not cache.exists()


def test_each_system_has_its_folder_for_what_can_be_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_record, "describe_sources", lambda: "sources")
    home = {"HOME": "/home/officer", "LOCALAPPDATA": "/local"}
    for platform, folder in (
        ("linux", "/home/officer/.cache/hwbs"),
        ("darwin", "/home/officer/Library/Caches/hwbs"),
        ("win32", "/local/hwbs"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        assert (kept := find_kept_record(home))
        assert kept.folder.parent == Path(folder)
        assert find_kept_record({}) is None
    monkeypatch.setattr(sys, "platform", "linux")
    elsewhere = find_kept_record(home | {"XDG_CACHE_HOME": "/caches"})
    assert elsewhere
    assert elsewhere.folder.parent == Path("/caches/hwbs")
