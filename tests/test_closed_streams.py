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
#: Commands whose answer goes to stdout.
ANSWERING = {
    "tour": ("tour", "-o", "{folder}/tour.html"),
    "info": ("info",),
    "list": ("list", "plans"),
    "show": ("show", "Minds 3c"),
    "partner": ("partner", "Housing"),
    "ask": ("ask", "which actions involve Housing?"),
    "queries": ("queries",),
    "query": ("query", "report/actions"),
    "sparql": ("sparql", "ASK {}"),
    "path": ("path", "Sport service", "Public Health"),
    "analyse": ("analyse", "gaps"),
    "compare": ("compare", "leicester-2019", "leicester-2022"),
    "check": ("check",),
}
#: Commands that write to a file, or nothing but notes.
WRITING = {
    "list": ("list", "plans", "--output", "{folder}/plans.csv"),
    "partners": ("partners", "--briefings", "{folder}", "--as", "md"),
    "fmt": ("fmt", "--check", str(ROOT / "graph" / "partners.ttl")),
    "view": ("view", "-o", "{folder}/view.html"),
    "export": ("export", "xlsx", "-o", "{folder}/all.xlsx"),
    "load": ("load", "{folder}/small.store", str(DATA / "small.ttl")),
}


def closing(*streams: int) -> Callable[[], None]:
    def close() -> None:
        for stream in streams:
            os.close(stream)

    return close


def run(arguments: tuple[str, ...], *closed: int) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*HWBS, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        preexec_fn=closing(*closed),
    )


def test_every_command_is_in_a_table() -> None:
    assert {*ANSWERING, *WRITING, "serve", "verify"} == {*COMMANDS}


@pytest.mark.parametrize("command", ANSWERING)
def test_an_answer_without_stdout_is_one_sentence(command: str, tmp_path: Path) -> None:
    arguments = tuple(each.replace("{folder}", str(tmp_path)) for each in ANSWERING[command])
    done = run(arguments, STDOUT)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "hwbs: Standard output is closed; open it, or name a file to write."
    )
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", WRITING)
def test_a_file_is_written_with_every_stream_closed(command: str, tmp_path: Path) -> None:
    arguments = tuple(each.replace("{folder}", str(tmp_path)) for each in WRITING[command])
    assert run(arguments, STDIN, STDOUT, STDERR).returncode == 0
    for path in tmp_path.iterdir():
        assert b"Wrote " not in (path / "CURRENT" if path.is_dir() else path).read_bytes()
    assert bool(list(tmp_path.iterdir())) == (command != "fmt")


def test_notes_that_nobody_can_read_do_not_mix_with_the_answer() -> None:
    whole = run(("check",))
    assert b"Checking shapes" in whole.stderr
    done = run(("check",), STDERR)
    assert (done.returncode, done.stdout) == (0, whole.stdout)


def test_a_miss_without_stderr_still_has_its_exit_code() -> None:
    assert run(("partner", "Houzing"), STDERR).returncode == 1
    assert run(("list", "--dragon"), STDERR).returncode == 2


@pytest.mark.parametrize("asked", [("--help",), ("--version",), ("list", "--help")], ids=" ".join)
def test_help_without_stdout_is_one_sentence(asked: tuple[str, ...]) -> None:
    done = run(asked, STDOUT)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"Standard output is closed" in done.stderr


def test_a_query_from_closed_stdin_is_one_sentence() -> None:
    done = run(("sparql", "-"), STDIN)
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


def test_stderr_that_takes_nothing_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "read-only").touch()
    target = tmp_path / "all.nt"
    with (tmp_path / "read-only").open("rb") as file:
        done = subprocess.run([*HWBS, "export", "nt", "-o", target], stderr=file, check=False)
    assert done.returncode == 0
    assert target.stat().st_size > 100_000


@pytest.mark.parametrize("closed", [(STDOUT,), (STDIN, STDOUT, STDERR)], ids=str)
def test_a_server_without_streams_answers(closed: tuple[int, ...]) -> None:
    port = free_port()
    server = subprocess.Popen([*HWBS, "serve", "--port", str(port)], preexec_fn=closing(*closed))
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
