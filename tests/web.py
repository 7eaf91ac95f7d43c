"""The server for tests: a process of its own on a free port of loopback, ended by its id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

#: Seconds that the server has to open the record, and to end.
PATIENCE = 60


class Live(NamedTuple):
    """A server that runs: its address, ending in a slash, and its process."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def endpoint(self) -> str:
        return f"{self.url}sparql"

    def workers(self) -> list[int]:
        """The processes it has started that do queries."""
        return [pid for pid in _children(self.process.pid) if b"spawn_main" in _command(pid)]


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
