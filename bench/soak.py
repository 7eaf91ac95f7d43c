"""Whether a server that is asked for long keeps its size: memory and handles of all its processes.

    python bench/soak.py [REQUESTS]

Four clients ask pages, queries in every format, what is refused, and some hang up. After a tenth
of the requests, and then after each further one, it prints the resident memory and the open
handles of the server and of its workers together. It exits with 1 if they grow. Linux only.
"""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

CLIENTS = 4
PARTS = 10
#: The last measurement may exceed the first by so much: a share of the memory, and handles.
MORE_MEMORY, MORE_HANDLES = 1.15, 8
_ROWS = quote("SELECT * { ?s ?p ?o } LIMIT 500")
_COUNT = quote("SELECT (COUNT(*) AS ?n) { ?s a ?type }")
_GRAPH = quote("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 500")
#: Each is asked in turn; what is refused, and how it is asked, matters as much as what is answered.
GETS = (
    "/",
    "/?q=housing",
    f"/sparql?query={_COUNT}",
    f"/sparql?query={_ROWS}&format=csv",
    "/queries/report/partners?format=json",
    f"/sparql?query={_ROWS}&format=xml",
    "/id/partner/housing",
    f"/sparql?query={_GRAPH}",
    "/id/nobody",
    f"/sparql?query={quote('ASK {')}",
    "/ns?format=ttl",
    f"/sparql?query={quote('DELETE WHERE { ?s ?p ?o }')}",
    "/static/style.css",
    f"/sparql?query={_COUNT}&format=none",
    "/nowhere",
    f"/sparql?query={quote('SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }')}",
)
#: One request in so many is left before its answer, and one is posted.
LEFT, POSTED = 13, 7


class Size(NamedTuple):
    """What the processes of a server hold: KiB of memory, and handles, server and workers apart."""

    server: int
    workers: int
    server_handles: int
    worker_handles: int

    def describe(self, requests: int) -> str:
        """Return a line of the table."""
        memory = f"{self.server:>10,} {self.workers:>11,}"
        return f"{requests:>9,} {memory} {self.server_handles:>8} {self.worker_handles:>8}"


def ask(host: str, number: int) -> None:
    """Send one request and take its answer, or leave before it comes."""
    connection = http.client.HTTPConnection(host, timeout=120)
    try:
        if number % POSTED == 0:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/sparql", f"query={_COUNT}", form)
        else:
            connection.request("GET", GETS[number % len(GETS)])
        if number % LEFT:
            connection.getresponse().read()
    finally:
        connection.close()


def measure(server: int) -> Size:
    """Return what a server and its children hold now."""
    tasks = Path(f"/proc/{server}/task").glob("*/children")
    workers = [int(pid) for task in tasks for pid in task.read_text("ascii").split()]
    return Size(
        resident(server),
        sum(map(resident, workers)),
        handles(server),
        sum(map(handles, workers)),
    )


def resident(pid: int) -> int:
    """Return the resident memory of a process in KiB."""
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * 4


def handles(pid: int) -> int:
    """Return how many files and connections a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def serving() -> Iterator["subprocess.Popen[str]"]:
    """Run a server until the body ends."""
    command = [sys.executable, "-m", "hwbs_graph", "serve", "--port", "0", "--timeout", "60"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.terminate()


def main(requests: int) -> int:
    """Print the sizes as the server is asked, and return 1 if they grow."""
    part, numbers = max(1, requests // PARTS), count(1)
    sizes = []
    with serving() as server, ThreadPoolExecutor(CLIENTS) as clients:
        assert server.stderr
        host = urlsplit(server.stderr.readline().split()[2]).netloc
        print(" requests server KiB workers KiB  handles  handles")
        for done in range(part, requests + 1, part):
            list(clients.map(lambda _: ask(host, next(numbers)), range(part)))
            sizes.append(measure(server.pid))
            print(sizes[-1].describe(done), flush=True)
    return int(grows(sizes[0], sizes[-1]))


def grows(first: Size, last: Size) -> bool:
    """Say whether a server holds more than it did."""
    return (
        last.server > first.server * MORE_MEMORY
        or last.workers > first.workers * MORE_MEMORY
        or last.server_handles > first.server_handles + MORE_HANDLES
        or last.worker_handles > first.worker_handles + MORE_HANDLES
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
