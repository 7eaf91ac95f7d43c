"""Many people at once: how much a server answers, how soon, and whether it refuses anybody.

    python bench/load.py [SECONDS] [CLIENTS]

So many clients (64) ask for so long (20 s), each from an address of its own on loopback: first
pages, questions in plain English and SPARQL in turn, then SPARQL alone. Where `oxigraph` is
installed, its server answers the same SPARQL from the same statements in the same run, and the
last line is our throughput beside its. Below the stated capacity, CLIENTS places before each kind
of worker, nobody may be refused: it ends with 1 if one is, or if an answer is none. Linux only.
"""

import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from pyoxigraph import RdfFormat

from hwbs_graph.data import corpus
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded, Engine

#: The named queries that are asked as SPARQL, light and heavy.
QUERIES = (
    "report/partners",
    "report/actions-by-partner",
    "network/partner-projection",
    "report/themes",
)
JSON = "application/sparql-results+json, application/n-triples;q=0.5"


class Outcome(NamedTuple):
    """What came of one request: the status, 0 for none, and the seconds it took."""

    status: int
    seconds: float


def list_pages(engine: Engine) -> list[str]:
    """Return addresses of pages and questions about things that the record holds."""
    partners = [row["partnerLabel"] for row in run_named(engine, "report/partners")][:8]
    things = [row["action"] for row in run_named(engine, "report/actions")][:8]
    pages = ["/", "/queries", "/queries/report/partners", "/ns/Action"]
    pages += [urlsplit(iri).path.removeprefix("/hwbs") for iri in things]
    pages += [f"/ask?q={quote(f'actions with {name}')}" for name in partners]
    return pages + [f"/search?q={quote(name)}" for name in partners[:4]]


def list_queries(endpoint: str) -> list[str]:
    """Return the addresses at which an endpoint answers the queries."""
    return [f"{endpoint}?query={quote(catalogue.load(name).text)}" for name in QUERIES]


def ask(host: str, path: str, client: int) -> Outcome:
    """Send one request from the address of a client, and take its whole answer."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(
        host, timeout=60, source_address=(f"127.0.1.{client + 1}", 0)
    )
    try:
        accept = JSON if "query=" in path else "text/html"
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    except OSError:
        status = 0
    finally:
        connection.close()
    return Outcome(status, time.perf_counter() - begun)


def press(host: str, paths: Sequence[str], seconds: float, clients: int) -> list[Outcome]:
    """Let the clients ask one path after the other until the time is over."""
    end = time.monotonic() + seconds

    def keep_asking(client: int) -> list[Outcome]:
        found, number = [], client
        while time.monotonic() < end:
            found.append(ask(host, paths[number % len(paths)], client))
            number += 1
        return found

    with ThreadPoolExecutor(clients) as crowd:
        return [each for own in crowd.map(keep_asking, range(clients)) for each in own]


def tell(name: str, outcomes: Sequence[Outcome], seconds: float) -> float:
    """Print what came of a load, and return the answers a second."""
    times = sorted(each.seconds for each in outcomes)
    rate = sum(each.status == 200 for each in outcomes) / seconds
    middle, most = (times[int(len(times) * share)] for share in (0.5, 0.95))
    statuses = ", ".join(
        f"{status}: {n:,}"
        for status, n in sorted(Counter(each.status for each in outcomes).items())
    )
    print(
        f"{name}: {rate:.0f} answers a second, half within {middle:.2f} s,"
        f" 95 % within {most:.2f} s ({statuses})",
        flush=True,
    )
    return rate


@contextmanager
def serve_hwbs(clients: int) -> Iterator[str]:
    """Run our server until the body ends."""
    command = [
        sys.executable,
        "-m",
        "hwbs_graph",
        "serve",
        "--port",
        "0",
        "--waiting",
        str(2 * clients),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            yield urlsplit(server.stderr.readline().split()[2]).netloc
        finally:
            server.terminate()


@contextmanager
def serve_oxigraph(program: str, engine: Embedded) -> Iterator[str]:
    """Run Oxigraph's own server over the same statements, in memory too, until the body ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve", "-b", host, "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(host)
            give_statements(host, engine)
            yield host
        finally:
            server.terminate()


def give_statements(host: str, engine: Embedded) -> None:
    """Put all statements into a server that holds none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.nq"
        engine.snapshot().dump(str(file), RdfFormat.N_QUADS)
        connection = http.client.HTTPConnection(host, timeout=120)
        head = {"Content-Type": "application/n-quads"}
        connection.request("POST", "/store", file.read_bytes(), head)
        assert connection.getresponse().status < 300
        connection.close()


def wait_for(host: str) -> None:
    """Wait until a server answers, at most half a minute."""
    for _ in range(300):
        if ask(host, "/", 0).status:
            return
        time.sleep(0.1)
    raise TimeoutError(f"{host} does not answer.")


def main(seconds: float, clients: int) -> int:
    """Print the loads, and return 1 if anybody was refused."""
    engine = Embedded(corpus.open_store())
    with serve_hwbs(clients) as host:
        paths = [
            path
            for pair in zip(list_pages(engine), list_queries("/sparql") * 9, strict=False)
            for path in pair
        ]
        mixed = press(host, paths, seconds, clients)
        tell("pages, questions and SPARQL", mixed, seconds)
        alone = press(host, list_queries("/sparql"), seconds, clients)
        rate = tell("SPARQL alone", alone, seconds)
    if program := shutil.which("oxigraph"):
        with serve_oxigraph(program, engine) as host:
            other = tell(
                "Oxigraph's server", press(host, list_queries("/query"), seconds, clients), seconds
            )
        print(f"our throughput beside Oxigraph's: {rate / other:.2f}")
    return int(any(each.status != 200 for each in (*mixed, *alone)))


if __name__ == "__main__":
    given = [*map(float, sys.argv[1:])]
    sys.exit(main(given[0] if given else 20, int(given[1]) if given[1:] else 64))
