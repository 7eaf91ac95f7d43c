"""What the server withstands, as ratios of times of one run.

    python bench/server.py [RUNS]

- reading a query twice as long takes about twice the time (2 is linear, 4 would be quadratic);
- a page while endless queries wait, against a page on an idle server;
- a query after one whose client hung up, against opening the graph anew (it waits for a worker).
"""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from hwbs_graph.data import corpus
from hwbs_graph.web.protocol.query_check import check_query

#: Each could make a scanner start again from every one of its places.
PARTS = ("1", "a-", "a.", "_", "<a", '"', '\\"', '"""\\"', "'''\"", "?", ":", "é-", "\u0301.")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def seconds(call: Callable[[], object], runs: int) -> float:
    """Return the least time of a call."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return min(times)


def growth(part: str, runs: int) -> float:
    """Return how the time to read a text grows when it is twice as long."""
    short, long = part * 200_000, part * 400_000
    return seconds(lambda: check_query(long), runs) / seconds(lambda: check_query(short), runs)


def ask(url: str, query: str, timeout: float = 60) -> None:
    """Ask a query and take its answer; an endless one is left after `timeout`."""
    with (
        suppress(URLError, TimeoutError),
        urlopen(f"{url}sparql?{urlencode({'query': query})}", timeout=timeout) as answer,
    ):
        answer.read()


def measure(url: str, runs: int) -> None:
    """Print what a page costs under load, and a query after two that were left."""

    def open_page() -> None:
        urlopen(f"{url}ns/Action", timeout=60).read()

    idle = seconds(open_page, runs)
    with ThreadPoolExecutor(8) as crowd:
        for _ in range(8):
            crowd.submit(ask, url, ENDLESS, 10)
        busy = seconds(open_page, runs)
    opening = seconds(corpus.open_store, 1)
    for _ in range(2):
        ask(url, ENDLESS, 1)
    after = seconds(lambda: ask(url, "ASK {}"), 1)
    print(f"a page under load: {busy / idle:.1f} times that on an idle server")
    print(f"a query after two hang-ups: {after / opening:.1f} times the opening of the graph")


def main(runs: int) -> None:
    """Print the ratios."""
    worst, part = max((growth(part, runs), part) for part in PARTS)
    print(f"a query twice as long: {worst:.1f} times the time ({part!r})")
    command = [sys.executable, "-m", "hwbs_graph", "serve", "--port", "0", "--timeout", "60"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr
        measure(server.stderr.readline().split()[2], runs)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
