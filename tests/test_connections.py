"""Clients that hang up, dawdle or never say anything: others are served all the same."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from web import Live, serving

from hwbs_graph.server.line import BUSY, GONE, STOPPING, Bench, Caller

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: Seconds that an endless query may take; what is served sooner did not wait for its end.
LIMIT = 40


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with serving("--timeout", str(LIMIT), "--workers", "2") as server:
        yield server


def connect(live: Live) -> socket.socket:
    parts = urlsplit(live.url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)


def start(live: Live, text: str) -> socket.socket:
    """Ask something, and do not wait for the answer."""
    connection = connect(live)
    connection.sendall(
        f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    )
    return connection


def answered(live: Live) -> float:
    """Return how many seconds a small query takes."""
    begun = time.monotonic()
    found = httpx2.get(live.endpoint, params={"query": "ASK {}"}, timeout=LIMIT + 20)
    assert found.json()["boolean"] is True
    return time.monotonic() - begun


# Hanging up


def test_a_query_whose_client_hangs_up_makes_room_for_the_next(live: Live) -> None:
    before = set(live.workers())
    clients = [start(live, CROSS) for _ in range(2)]
    time.sleep(0.5)
    for client in clients:
        client.close()
    assert answered(live) < LIMIT / 2
    # The worker of our own pages lives on, the two that were busy do not.
    assert len(before & set(live.workers())) <= 2


def test_a_posted_query_whose_client_hangs_up_makes_room_too(live: Live) -> None:
    clients = []
    for _ in range(2):
        client = connect(live)
        head = f"Host: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(CROSS)}"
        client.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\n{CROSS}".encode())
        clients.append(client)
    time.sleep(0.5)
    for client in clients:
        client.close()
    assert answered(live) < LIMIT / 2


def test_who_waits_in_line_and_hangs_up_gives_the_place_to_others(live: Live) -> None:
    # 18 places in all, of which one client may take 10: two run, the others wait.
    clients = [start(live, CROSS) for _ in range(10)]
    time.sleep(0.5)
    refused = httpx2.get(live.endpoint, params={"query": "ASK {}"}, timeout=30)
    assert refused.status_code == 429
    for client in clients:
        client.close()
    time.sleep(0.5)
    assert answered(live) < LIMIT / 2


def test_a_query_asked_and_left_between_two_others_does_not_disturb_them(live: Live) -> None:
    with closing(start(live, "ASK {}")) as stays:
        start(live, "ASK {}").close()
        assert stays.recv(100).startswith(b"HTTP/1.1 200")
    assert answered(live) < LIMIT / 2


# The bench, where callers wait


def test_callers_are_served_in_the_order_they_came_and_the_gone_are_passed_over() -> None:
    bench: Bench[str] = Bench()
    first, second = Caller(), Caller()
    first.hang_up()
    assert bench.take(first) is GONE
    assert bench.take(second, 0.01) is BUSY
    bench.put("a")
    bench.put("b")
    assert [bench.take(Caller()), bench.take(Caller())] == ["a", "b"]
    bench.close()
    assert bench.take(Caller()) is STOPPING
