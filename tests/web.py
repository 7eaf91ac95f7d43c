"""The server for tests: a process of its own on a free port of loopback, ended by its id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

#: Seconds that the server has to open the record, and to end.
PATIENCE = 180


class Live(NamedTuple):
    """A server that runs: its address, ending in a slash, and its process."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def endpoint(self) -> str:
        return f"{self.url}sparql"

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def start(self, query: str) -> socket.socket:
        """Ask something, and do not wait for the answer."""
        client = self.connect()
        head = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        client.sendall(head.encode())
        return client

    def workers(self) -> list[int]:
        """The processes it has started that do queries."""
        return [pid for pid in _children(self.process.pid) if b"spawn_main" in _command(pid)]

    def wait_until_idle(self) -> None:
        """Wait until every worker has opened its graph and has nothing to do."""
        wait_until(lambda: not self._computing(self.workers(), 0.3))

    def wait_until_busy(self, number: int) -> None:
        """Wait until so many workers compute; call `wait_until_idle` before they are asked."""
        wait_until(lambda: len(self._computing(self.workers(), 0.1)) >= number)

    def _computing(self, workers: list[int], seconds: float) -> list[int]:
        before = [_ticks(pid) for pid in workers]
        time.sleep(seconds)
        return [pid for pid, ticks in zip(workers, before, strict=True) if _ticks(pid) > ticks]

    def connections(self) -> int:
        """The connections that it holds open."""
        lines = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        ends = [(local, state) for _, local, _, state, *_ in map(str.split, lines)]
        return ends.count((f"0100007F:{self.port:04X}", "01"))


@contextmanager
def serving(*options: str, **environment: str) -> Iterator[Live]:
    """Run `hwbs serve` until the body ends, with further variables in its environment."""
    command = [sys.executable, "-m", "hwbs_graph", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        while said and not said.startswith("Serving on "):
            said = process.stderr.readline()
        assert said, "the server did not start"
        yield Live(said.split()[2], process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        if process.stderr:
            process.stderr.close()


def wait_until(met: Callable[[], bool]) -> None:
    """Wait for a condition, and fail if it is not met in PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Say whether a process runs; one that has ended but was not waited for does not."""
    return Path(f"/proc/{pid}/exe").exists()


def _ticks(pid: int) -> int:
    """Return the processor time of a process, in hundredths of a second."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return [
        int(child)
        for task in tasks.iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
