"""A sealed worker answers every question, and can reach no file and no machine it does not need."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from support import ROOT

from hwbs_graph.query import catalogue
from hwbs_graph.store import Engine, open_disk_store
from hwbs_graph.web.lifecycle import warm_up
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import MediaTypes, Operation, evaluate
from hwbs_graph.web.workers import sandbox
from hwbs_graph.web.workers.pool import Pool
from hwbs_graph.web.workers.sandbox import Sandboxed, SandboxPolicy
from hwbs_graph.web.workers.worker_process import WorkerSpec

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a store is sealed by Linux alone"
)
#: What each system call of the job gets where it is refused.
REFUSED = "PermissionError"


def open_store(folder: Path) -> Engine:
    """Open a store; as this stands here, a worker has this module before it is sealed."""
    return open_disk_store(folder)


def pool(store: Path, policy: SandboxPolicy | None) -> Pool:
    return Pool(WorkerSpec(partial(open_store, store), 20, 1 << 30, policy, warm_up), 1)


@pytest.fixture(scope="module")
def sealed(small_store: Path) -> Iterator[Pool]:
    with closing(pool(small_store, SandboxPolicy(small_store))) as found:
        assert found.wait() == Sandboxed(files=True, network=True)
        yield found


@pytest.fixture(scope="module")
def opened(small_store: Path) -> Iterator[Pool]:
    """The same without a seal, so that what is refused is refused by the seal."""
    with closing(pool(small_store, None)) as found:
        yield found


def attempt(_: Engine, what: str, given: str) -> str:
    """Do what no query could, from inside the worker; return the name of the error, if any."""
    try:
        if what == "connect":
            # Nothing of it reads a file, so only what denies sockets can refuse it.
            with socket.socket() as client:
                client.connect(("127.0.0.1", int(given)))
        elif what == "read":
            Path(given).read_bytes()
        elif what == "write":
            Path(given).write_bytes(b"x")
        else:
            subprocess.run([given], check=False)
    except OSError as error:
        return type(error).__name__
    return ""


def test_every_named_question_is_answered_by_a_sealed_worker_over_a_store(
    sealed: Pool, opened: Pool
) -> None:
    types = MediaTypes("text/csv", "application/n-triples")
    texts = [query.text for query in catalogue.all_queries()]
    answers = [sealed.run(evaluate, Operation(text), types, 64 << 20) for text in texts]
    assert len(texts) > 70
    plain = [opened.run(evaluate, Operation(text), types, 64 << 20) for text in texts[:10]]
    assert [each.body for each in plain] == [each.body for each in answers[:10]]


@pytest.mark.parametrize("kind", ["connect", "read", "write", "write into the store", "run"])
def test_a_sealed_worker_over_a_store_reaches_nothing_else(
    sealed: Pool, opened: Pool, small_store: Path, tmp_path: Path, kind: str
) -> None:
    readable = tmp_path / "secret.txt"
    readable.write_text("secret", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = {
            "connect": str(server.getsockname()[1]),
            "read": str(readable),
            "write": str(tmp_path / "new.txt"),
            "write into the store": str(small_store / "new.txt"),
            "run": sys.executable,
        }[kind]
        job = (attempt, kind.split()[0], given)
        assert sealed.run(*job) == REFUSED
        if kind != "run":
            assert opened.run(*job) == ""


def test_a_sealed_worker_may_read_its_store(sealed: Pool, small_store: Path) -> None:
    assert sealed.run(attempt, "read", str(small_store / "CURRENT")) == ""


def test_a_worker_that_may_ask_a_service_writes_and_runs_nothing(
    small_store: Path, tmp_path: Path
) -> None:
    with closing(pool(small_store, SandboxPolicy(small_store, network=True))) as asking:
        assert asking.wait() == Sandboxed(files=True, network=False)
        with socket.create_server(("127.0.0.1", 0)) as server:
            assert asking.run(attempt, "connect", str(server.getsockname()[1])) == ""
        assert asking.run(attempt, "write", str(tmp_path / "new.txt")) == REFUSED
        assert asking.run(attempt, "run", sys.executable) == REFUSED


def test_a_query_over_a_sealed_store_gets_no_answer_from_another_machine(sealed: Pool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        with pytest.raises(Problem):
            sealed.run(evaluate, Operation(text), MediaTypes("text/csv", None), 1 << 20)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_system_that_cannot_seal_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert sandbox.enter_sandbox(SandboxPolicy(Path("x.store"))) == Sandboxed()


def run_filter(lines: list[bytes], machine: int, number: int) -> int:
    """Run a filter as the kernel does, on one system call; return the error it gives, 0 if none."""
    place, value = 0, 0
    for _ in lines:
        code, yes, no, k = struct.unpack("=HBBI", lines[place])
        if code == 0x06:
            return int(k & 0xFFFF) if k & 0x7FFF0000 == 0x50000 else 0
        if code == 0x20:
            value = {0: number, 4: machine}[k]
            place += 1
        else:
            place += 1 + (yes if (value == k if code == 0x15 else value >= k) else no)
    raise AssertionError("the filter does not end")


def test_the_filter_denies_exactly_what_it_names() -> None:
    for machine, numbers in sandbox.MACHINES.values():
        lines = sandbox.filter_instructions(machine, numbers)
        assert {run_filter(lines, machine, number) for number in (*numbers, 425, 1 << 30)} == {13}
        allowed = set(range(424)) - set(numbers)
        assert {run_filter(lines, machine, number) for number in allowed} == {0}
        assert run_filter(lines, machine + 1, 0) == 13


#: Starts a worker where signals cannot be blocked, then is one where there are no limits at all.
ELSEWHERE = """
import signal, sys, threading
from multiprocessing import Pipe
sys.modules["resource"] = None
for name in ("pthread_sigmask", "setitimer"):
    delattr(signal, name)
from support import open_small
from hwbs_graph.store import Engine
from hwbs_graph.web.workers.pool import Pool
from hwbs_graph.web.workers.sandbox import SandboxPolicy
from hwbs_graph.web.workers.worker_process import WorkerSpec, run_worker
pool = Pool(WorkerSpec(open_small, 20, 1 << 30), 1)
size = pool.run(Engine.size)
pool.close()
here, there = Pipe()
here.send((Engine.size, ()))
said = []
def listen():
    said.extend([here.recv(), here.recv()])
    here.close()
threading.Thread(target=listen).start()
sys.platform = "win32"
run_worker(there, WorkerSpec(open_small, 20, 1 << 30, SandboxPolicy()))
assert said[0].error == "" and said[0].sandboxed == (False, False)
assert said[1] == size > 0
"""


def test_a_system_without_limits_and_signals_of_unix_only_lacks_the_sandbox() -> None:
    path = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
