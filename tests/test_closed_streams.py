"""Every command with closed streams: what needs none of them works, and the rest says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from servers import PATIENCE, free_port
from support import DATA, ROOT

from hwbs_graph.cli import COMMANDS

HWBS = (sys.executable, "-m", "hwbs_graph")
STDIN, STDOUT, STDERR = range(3)
#: Options of the commands that read a graph: a process a case is quick over a small one.
SMALL = ("--store", "{store}")
TRACKER = ROOT / "examples" / "elmstead" / "published" / "tracker.csv"
#: Commands whose answer goes to stdout.
ANSWERING = {
    "tour": ("tour", "-o", "{folder}/tour.html", *SMALL),
    "info": ("info", *SMALL),
    "list": ("list", "plans", *SMALL),
    "show": ("show", "Warmth 1a", *SMALL),
    "search": ("search", "homes", *SMALL),
    "partner": ("partner", "Homes", *SMALL),
    "ask": ("ask", "which actions involve Homes?", *SMALL),
    "queries": ("queries",),
    "docs": ("docs",),
    "query": ("query", "report/actions", *SMALL),
    "sparql": ("sparql", "ASK {{}}", *SMALL),
    "path": ("path", "partner/homes", "Neighbours", *SMALL),
    "analyse": ("analyse", "gaps", *SMALL),
    "compare": ("compare", "alpha-2030", "beta-2035", *SMALL),
    "check": ("check", "--format", "json", *SMALL),
    "schema": ("schema",),
    "import": ("import", str(TRACKER), "--dry-run"),
}
#: Commands that write to a file, or nothing but notes.
WRITING = {
    "list": ("list", "plans", "--output", "{folder}/plans.csv", *SMALL),
    "partners": ("partners", "--briefings", "{folder}", "--as", "md", *SMALL),
    "fmt": ("fmt", "--check", str(ROOT / "graph" / "partners.ttl")),
    "view": ("view", "-o", "{folder}/view.html", *SMALL),
    "export": ("export", "xlsx", "-o", "{folder}/all.xlsx", *SMALL),
    "template": ("template", "{folder}/sheet.xlsx"),
    "load": ("load", "{folder}/small.store", str(DATA / "small.ttl")),
    "site": ("site", "{folder}/pages", "--only", "--graph", str(DATA / "small.ttl")),
}
#: Commands that wait, or need the folder of a board, and print as those above do.
APART = ("serve", "mcp", "verify", "review", "name", "update", "notes")
Execute = Callable[..., "subprocess.CompletedProcess[bytes]"]


def closing(*streams: int) -> Callable[[], None]:
    def close() -> None:
        for stream in streams:
            os.close(stream)

    return close


@pytest.fixture
def execute(small_store: Path, tmp_path: Path) -> Execute:
    """Run a command as a process that starts with some of its streams closed."""

    def run(arguments: tuple[str, ...], *closed: int) -> "subprocess.CompletedProcess[bytes]":
        given = [each.format(folder=tmp_path, store=small_store) for each in arguments]
        return subprocess.run(
            [*HWBS, *given],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            preexec_fn=closing(*closed),
        )

    return run


def test_every_command_is_in_a_table() -> None:
    assert {*ANSWERING, *WRITING, *APART} == {*COMMANDS}


@pytest.mark.parametrize("command", ANSWERING)
def test_an_answer_without_stdout_is_one_sentence(
    command: str, execute: Execute, tmp_path: Path
) -> None:
    done = execute(ANSWERING[command], STDOUT)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "hwbs: Standard output is closed; open it, or name a file to write."
    )
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", WRITING)
def test_a_file_is_written_with_every_stream_closed(
    command: str, execute: Execute, tmp_path: Path
) -> None:
    assert execute(WRITING[command], STDIN, STDOUT, STDERR).returncode == 0
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        assert b"Wrote " not in path.read_bytes()
    assert bool(list(tmp_path.iterdir())) == (command != "fmt")


def test_notes_that_nobody_can_read_do_not_mix_with_the_answer(execute: Execute) -> None:
    whole = execute(ANSWERING["check"])
    assert b"Checking shapes" in whole.stderr
    done = execute(ANSWERING["check"], STDERR)
    assert (done.returncode, done.stdout) == (0, whole.stdout)


def test_a_miss_without_stderr_still_has_its_exit_code(execute: Execute) -> None:
    assert execute(("partner", "Hoomes", *SMALL), STDERR).returncode == 1
    assert execute(("list", "--dragon"), STDERR).returncode == 2


@pytest.mark.parametrize("asked", [("--help",), ("--version",), ("list", "--help")], ids=" ".join)
def test_help_without_stdout_is_one_sentence(asked: tuple[str, ...], execute: Execute) -> None:
    done = execute(asked, STDOUT)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"Standard output is closed" in done.stderr


def test_a_query_from_closed_stdin_is_one_sentence(execute: Execute) -> None:
    done = execute(("sparql", "-"), STDIN)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Standard input is closed; give the query as text or as -f FILE." in done.stderr


@pytest.mark.parametrize("arguments", [("list",), ("--help",)], ids=" ".join)
def test_stdout_that_takes_nothing_is_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "read-only").touch()
    with (tmp_path / "read-only").open("rb") as file:
        done = subprocess.run([*HWBS, *arguments], stdout=file, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"Bad file descriptor" in done.stderr


def test_stderr_that_takes_nothing_costs_no_answer(small_store: Path, tmp_path: Path) -> None:
    (tmp_path / "read-only").touch()
    target = tmp_path / "all.nt"
    command = [*HWBS, "export", "nt", "-o", str(target), "--store", str(small_store)]
    with (tmp_path / "read-only").open("rb") as file:
        done = subprocess.run(command, stderr=file, check=False)
    assert done.returncode == 0
    assert target.stat().st_size > 10_000


@pytest.mark.parametrize("closed", [(STDOUT,), (STDIN, STDOUT, STDERR)], ids=str)
def test_a_server_without_streams_answers(closed: tuple[int, ...], small_store: Path) -> None:
    port = free_port()
    options = ("--port", str(port), "--workers", "1", "--store", str(small_store))
    server = subprocess.Popen([*HWBS, "serve", *options], preexec_fn=closing(*closed))
    try:
        ends, answer = time.monotonic() + PATIENCE, b""
        while not answer and time.monotonic() < ends and server.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D") as response:
                    answer = response.read()
            except OSError:
                time.sleep(0.1)
        assert b'"boolean":true' in answer
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 143
