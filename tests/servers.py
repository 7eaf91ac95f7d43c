"""SPARQL servers for tests: started on loopback, filled, and ended by their own process."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest
from pyoxigraph import RdfFormat, Store, serialize
from support import required

#: Seconds that a server has to come up.
PATIENCE = 180
VIRTUOSO = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


def found(name: str) -> str | None:
    """Return the path of a program, if it is installed."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def program(name: str) -> str:
    """Return the path of a program; skip the test without it, or fail where it is required."""
    path = found(name)
    if path is None:
        reason = f"{name} is not installed"
        if "servers" in required():
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a server in a folder until the body ends; it must answer at `url` before."""
    with (folder / "out.txt").open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            wait_for(url, server, folder / "out.txt")
            yield
        finally:
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(PATIENCE)


def wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and server.poll() is None:
        with suppress(URLError, OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not come up: {log.read_text('utf-8', 'replace')[-500:]}")


@contextmanager
def oxigraph(store: Store, folder: Path, union: bool = True) -> Iterator[str]:
    """Serve a store with `oxigraph serve`, and yield the address of its endpoint."""
    base = f"http://127.0.0.1:{free_port()}"
    command = [program("oxigraph"), "serve", "--bind", base.removeprefix("http://")]
    command += ["--union-default-graph"] if union else []
    with running(command, folder, f"{base}/query?query=ASK%7B%7D"):
        data = serialize(store, format=RdfFormat.N_QUADS)
        request = urllib.request.Request(
            f"{base}/store", data, {"Content-Type": "application/n-quads"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=10 * PATIENCE):
            pass
        yield f"{base}/query"


@contextmanager
def oxigraph_on_disk(location: Path, folder: Path) -> Iterator[str]:
    """Serve what `hwbs load` made with `oxigraph serve-read-only`, and yield its endpoint."""
    base = f"http://127.0.0.1:{free_port()}"
    command = [program("oxigraph"), "serve-read-only", "--location", str(location)]
    command += ["--union-default-graph", "--bind", base.removeprefix("http://")]
    with running(command, folder, f"{base}/query?query=ASK%7B%7D"):
        yield f"{base}/query"


@contextmanager
def virtuoso(store: Store, folder: Path, buffers: int = 20_000) -> Iterator[str]:
    """Serve a store with Virtuoso, from a configuration of its own, and yield its endpoint.

    It keeps so many `buffers` of 8 KiB in memory.
    """
    daemon, isql = program("virtuoso-t"), program("isql-vt")
    sql, http = free_port(), free_port()
    config = VIRTUOSO.format(sql=sql, http=http, folder=folder, buffers=buffers)
    (folder / "virtuoso.ini").write_text(config, "utf-8")
    (folder / "data.nq").write_bytes(serialize(store, format=RdfFormat.N_QUADS) or b"")
    url = f"http://127.0.0.1:{http}/sparql"
    with running([daemon, "-f", "+configfile", "virtuoso.ini"], folder, f"{url}?query=ASK%7B%7D"):
        # Without a log: a graph larger than its log would be loaded in part.
        load = f"log_enable(2, 1); DB.DBA.TTLP(file_open('{folder}/data.nq'), '', 'urn:none', 512);"
        subprocess.run(
            [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"],
            check=True,
            capture_output=True,
            timeout=10 * PATIENCE,
        )
        yield url
