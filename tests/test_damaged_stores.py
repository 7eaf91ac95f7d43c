"""A damaged store: one sentence on the command line, and no path for visitors of a server."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support import ROOT, Hwbs

from hwbs_graph import HwbsError, open_graph
from hwbs_graph.cli import COMMANDS
from hwbs_graph.store import open_disk_store
from hwbs_graph.web.kept_data import KeptData, keep_store
from hwbs_graph.web.lifecycle import Server, Settings


def largest_table(store: Path) -> Path:
    return max(store.glob("*.sst"), key=lambda path: path.stat().st_size)


def spoil(path: Path) -> None:
    """Change a few bytes near the start, in the first block of a table."""
    with path.open("r+b") as file:
        file.seek(10)
        file.write(b"nobody expects this")


def spoil_every_table(store: Path) -> None:
    for path in store.glob("*.sst"):
        spoil(path)


def put_file(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("a file", "utf-8")


def empty(store: Path) -> None:
    shutil.rmtree(store)
    store.mkdir()


def write_manifest(store: Path, data: bytes) -> None:
    next(store.glob("MANIFEST-*")).write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a few bytes of a table": lambda store: spoil(largest_table(store)),
    "a few bytes of every table": spoil_every_table,
    "half a table": lambda store: os.truncate(largest_table(store), 1000),
    "no bytes in a table": lambda store: os.truncate(largest_table(store), 0),
    "no table": lambda store: largest_table(store).unlink(),
    "no manifest": lambda store: next(store.glob("MANIFEST-*")).unlink(),
    "another manifest": lambda store: write_manifest(store, bytes(range(256)) * 40),
    "no state": lambda store: (store / "CURRENT").write_bytes(b""),
    "other checksums": lambda store: (store / "CHECKSUMS").write_bytes(bytes(range(256))),
    "an empty folder": empty,
    "a file": put_file,
    "no folder": shutil.rmtree,
}
#: Every command that reads a graph, and what it writes.
READING = {
    "analyse": ("analyse", "bridges"),
    "ask": ("ask", "which actions involve Homes?"),
    "check": ("check",),
    "compare": ("compare", "Alpha", "Beta"),
    "export": ("export", "nt", "-o", "all.nt"),
    "info": ("info",),
    "list": ("list", "actions", "--output", "actions.csv"),
    "mcp": ("mcp",),
    "notes": ("notes", "map.json"),
    "partner": ("partner", "Homes"),
    "partners": ("partners", "--briefings", "briefings"),
    "path": ("path", "Homes", "Alpha"),
    "query": ("query", "report/actions"),
    "search": ("search", "homes"),
    "show": ("show", "Homes"),
    "sparql": ("sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    "schema": ("schema",),
    "serve": ("serve", "--port", "0"),
    "site": ("site", "pages"),
    "tour": ("tour",),
    "verify": ("verify", "."),
    "view": ("view", "-o", "view.html"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_command_says_in_one_sentence_that_a_store_is_damaged(
    damage: str, small_store: Path, tmp_path: Path, hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "a store"
    shutil.copytree(small_store, store)
    DAMAGE[damage](store)
    monkeypatch.chdir(tmp_path)
    Path("map.json").write_text('{"elements": [{"label": "Homes"}], "connections": []}', "utf-8")
    before = sorted(os.listdir())
    for command in READING.values():
        run = hwbs(*command, "--store", "a store")
        assert (run.code, run.out) == (2, ""), command
        assert run.err.splitlines()[-1].startswith("hwbs: Cannot use a store as a store: "), command
        assert run.err.rstrip().endswith((" FILE.", "; give the folder it was given.")), command
    for extra in (
        ("csv", "-o", "tables"),
        ("xlsx", "-o", "all.xlsx"),
        ("graphml", "-o", "a.graphml"),
    ):
        assert hwbs("export", *extra, "--store", "a store").code == 2
    with pytest.raises(HwbsError, match="Cannot use a store as a store"):
        open_graph(store="a store")
    assert sorted(os.listdir()) == before


def test_the_table_holds_every_command_that_reads_a_store(hwbs: Hwbs) -> None:
    assert {name for name in COMMANDS if "--store " in hwbs(name, "--help").out} == set(READING)


def test_damage_that_leaves_size_and_time_alone_is_found_by_what_reads_all(
    small_store: Path, tmp_path: Path, hwbs: Hwbs
) -> None:
    store = tmp_path / "s"
    shutil.copytree(small_store, store)
    table = largest_table(store)
    found = table.stat()
    spoil(table)
    os.utime(table, ns=(found.st_atime_ns, found.st_mtime_ns))
    for command in (("check",), ("export", "ttl"), ("serve", "--port", "0")):
        run = hwbs(*command, "--store", store)
        assert (run.code, run.out) == (2, "")
        assert "it is damaged; make it again: hwbs load " in run.err


def test_a_store_that_was_copied_or_that_another_program_made_is_no_damaged_one(
    small_store: Path, tmp_path: Path
) -> None:
    store = tmp_path / "s"
    shutil.copytree(small_store, store, copy_function=shutil.copy)
    assert open_disk_store(store, whole=True).size() == open_disk_store(small_store).size()
    (store / "CHECKSUMS").unlink()
    assert open_disk_store(store, whole=True).size() == open_disk_store(small_store).size()
    # Then the engine alone can notice, when it reads.
    spoil_every_table(store)
    with pytest.raises(HwbsError, match="is damaged"):
        open_graph(store=store).sparql("SELECT * { ?s ?p ?o }")


PAGES = (
    "/id/partner/homes",
    "/id/partner/homes?format=ttl",
    "/ns",
    "/graph/none",
    "/view?plan=none",
    "/nowhere",
    "/sparql?query=SELECT+*+{?s+?p+?o}",
    "/sparql?query=CONSTRUCT+{?s+?p+?o}+{?s+?p+?o}",
    # The engine never ends this one over such a store; the next one meets a new worker.
    "/sparql?query=SELECT+*+{?s+?p+?o}+ORDER+BY+?o",
    "/sparql?query=ASK+{",
)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_visitors_of_a_damaged_store_are_told_so_without_a_path(
    small_store: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "s"
    shutil.copytree(small_store, store)
    with keep_store(store) as kept:
        server = Server(kept.opener, settings(kept))
        with TestClient(server.application, server.address) as client:
            spoil_every_table(store)
            refused = [
                found
                for path in PAGES
                for type in ("application/json", "text/html")
                if (found := client.get(path, headers={"accept": type})).status_code >= 400
            ]
        server.close()
    assert sum("operator finds the reason" in found.text for found in refused) > 7
    for found in refused:
        for path in (str(tmp_path), ".serving-", ".sst", str(ROOT), sys.prefix, "site-packages"):
            assert path not in found.text, found.request.url
        if found.headers["content-type"] == "application/problem+json":
            assert "cause" not in json.loads(found.text)
    assert "it is damaged; make it again: hwbs load" in caplog.text


def settings(kept: KeptData) -> Settings:
    return Settings(port=0, timeout=1, memory=256 << 20, workers=1, store=kept.store)
