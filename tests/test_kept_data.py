"""A server answers from what it opened, whatever happens to it on disk meanwhile."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from support import SMALL
from web import PATIENCE, Live, serving

from hwbs_graph.errors import StoreError
from hwbs_graph.load import load
from hwbs_graph.store import open_disk_store
from hwbs_graph.web.kept_data import ChangeWatch, fingerprint_files, keep_store

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def count(live: Live) -> int:
    found = httpx2.get(live.endpoint, params={"query": COUNT}, timeout=PATIENCE)
    return int(found.json()["results"]["bindings"][0]["n"]["value"])


def counts_of_new_workers(live: Live) -> set[int]:
    """Kill every worker, and return the counts that those in their place give."""
    for pid in live.workers():
        os.kill(pid, signal.SIGKILL)
    return {count(live) for _ in range(6)}


def told(live: Live) -> str:
    assert live.process.stderr
    return live.process.stderr.readline()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    load(tmp_path / "s", SMALL[:1])
    return tmp_path / "s"


def test_a_store_that_is_loaded_anew_or_removed_changes_no_answer_of_a_server(store: Path) -> None:
    with serving("--store", str(store), "--timeout", "1") as live:
        before = count(live)
        load(store, SMALL)
        late = httpx2.get(live.endpoint, params={"query": ENDLESS}, timeout=PATIENCE)
        assert late.status_code == 503
        assert {count(live) for _ in range(6)} == {before}
        assert told(live).startswith("The data on disk has changed; this server answers from what")
        assert "The data on disk has changed" in httpx2.get(live.url, timeout=PATIENCE).text
        shutil.rmtree(store)
        assert counts_of_new_workers(live) == {before}
    assert list(store.parent.iterdir()) == []


def test_a_file_that_changes_while_it_is_served_changes_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("<https://x.test/a> <https://x.test/b> [] .")
    with serving("--graph", str(file), "--workers", "1") as live:
        before = count(live)
        query = {"query": "SELECT ?o { <https://x.test/a> ?p ?o }", "format": "csv"}
        named = httpx2.get(live.endpoint, params=query, timeout=PATIENCE).text
        file.write_text("this is no Turtle")
        assert told(live).startswith("The data on disk has changed; this server answers from what")
        assert counts_of_new_workers(live) == {before}
        # A blank node has one name, whichever worker answers.
        assert httpx2.get(live.endpoint, params=query, timeout=PATIENCE).text == named


def test_a_change_is_noticed_once_and_in_a_folder_too_but_no_reading_of_a_pipe(
    tmp_path: Path,
) -> None:
    folder, file, pipe = tmp_path / "folder", tmp_path / "folder" / "a.ttl", tmp_path / "pipe"
    folder.mkdir()
    file.write_text("one")
    os.mkfifo(pipe)
    watch = ChangeWatch(lambda: fingerprint_files([folder, file, pipe]))
    os.utime(pipe, ns=(1, 1))
    assert not watch.look()
    for change in (lambda: file.write_text("more"), (folder / "b.ttl").touch, file.unlink):
        again = ChangeWatch(lambda: fingerprint_files([folder, file, pipe]))
        change()
        assert [again.look(), again.changed, again.look()] == [True, True, False]


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("no_links")
def test_where_no_links_can_be_made_a_small_store_is_copied(store: Path) -> None:
    with keep_store(store) as kept:
        before = kept.opener().size()
        load(store, SMALL)
        assert kept.opener().size() == before < open_disk_store(store).size()
    assert os.listdir(store.parent) == ["s"]


@pytest.mark.usefixtures("no_links")
def test_where_nothing_can_be_kept_another_store_is_refused(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "copy2", os.link)
    with keep_store(store) as kept:
        assert kept.opener().size() == open_disk_store(store).size()
        load(store, SMALL)
        with pytest.raises(StoreError, match="replaced while a server answered from it"):
            kept.opener()


KEEPER = """
from pathlib import Path
from sys import argv, stdin
from hwbs_graph.web.kept_data import keep_store
with keep_store(Path(argv[1])) as kept:
    print(kept.store, flush=True)
    stdin.read()
"""


def test_what_a_killed_server_kept_is_removed_by_the_next(store: Path) -> None:
    command = [sys.executable, "-c", KEEPER, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        kept = Path(os.fsdecode(other.stdout.readline().strip()))
        with keep_store(store):
            assert kept.is_dir()  # while the other lives
        other.kill()
        other.wait(PATIENCE)
    assert kept.is_dir()
    with keep_store(store):
        assert not kept.exists()
    assert os.listdir(store.parent) == ["s"]
