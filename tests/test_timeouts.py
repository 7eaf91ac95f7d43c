"""Clients that hang up, dawdle or never say anything: others are served all the same."""

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import Any

import httpx2
import pytest
from support import open_small
from uvicorn import Config
from uvicorn.server import ServerState
from web import PATIENCE, Live, serving, wait_until

from hwbs_graph.web import lifecycle
from hwbs_graph.web.lifecycle import Settings, configure
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.timeouts import Limits, close_overdue, connection_class
from hwbs_graph.web.workers.admission import Client, IdleWorkers

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POST = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
#: Seconds that an endless query and a silent client may take here: far more than any test waits,
#: so whatever is answered did not wait for their end.
FOREVER = "3600"


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    options = ("--timeout", FOREVER, "--patience", FOREVER, "--connections", "16", "--workers", "2")
    with serving(*options) as server:
        yield server


def answers(live: Live) -> bool:
    """Ask a small query; without one in time, the test ends with an error."""
    return asked(live).text == '{"head":{},"boolean":true}'


def asked(live: Live) -> httpx2.Response:
    return httpx2.get(live.endpoint, params={"query": "ASK {}"}, timeout=PATIENCE)


# Hanging up


def test_a_query_whose_client_hangs_up_makes_room_for_the_next(live: Live) -> None:
    live.wait_until_idle()
    before = set(live.workers())
    clients = [live.start(CROSS) for _ in range(2)]
    live.wait_until_busy(2)
    for client in clients:
        client.close()
    assert answers(live)
    # The worker of our own pages lives on, the two that were busy do not.
    assert len(before & set(live.workers())) <= 2


def test_a_posted_query_whose_client_hangs_up_makes_room_too(live: Live) -> None:
    live.wait_until_idle()
    clients = []
    for _ in range(2):
        client = live.connect()
        client.sendall(f"{POST}Content-Length: {len(CROSS)}\r\n\r\n{CROSS}".encode())
        clients.append(client)
    live.wait_until_busy(2)
    for client in clients:
        client.close()
    assert answers(live)


def test_who_waits_in_line_and_hangs_up_gives_the_place_to_others(live: Live) -> None:
    # 18 places in all, of which one client may take 10: two run, the others wait.
    clients = [live.start(CROSS) for _ in range(10)]
    wait_until(lambda: asked(live).status_code == 429)
    for client in clients:
        client.close()
    wait_until(lambda: asked(live).status_code == 200)


def test_a_query_asked_and_left_between_two_others_does_not_disturb_them(live: Live) -> None:
    with closing(live.start("ASK {}")) as stays:
        live.start("ASK {}").close()
        assert stays.recv(100).startswith(b"HTTP/1.1 200")
    assert answers(live)


# Dawdling


@pytest.fixture(scope="module")
def strict() -> Iterator[Live]:
    with serving("--patience", "1", "--connections", "4", "--max-results", "16") as server:
        yield server


def trickle(client: socket.socket, text: str) -> tuple[int, str]:
    """Send a character every tenth of a second; return how many until the cut, and the answer."""
    client.settimeout(0.1)
    sent, heard = 0, b""
    for each in text:
        try:
            client.sendall(each.encode())
            sent += 1
            while data := client.recv(1000):
                heard += data
            break
        except TimeoutError:
            continue
        except OSError:
            break
    return sent, heard.decode()


@pytest.mark.parametrize(
    "whole",
    ["", "GET /queries HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"],
    ids=["a new connection", "a kept one"],
)
def test_headers_that_trickle_are_cut_with_408(strict: Live, whole: str) -> None:
    with closing(strict.connect()) as client:
        if whole:
            client.sendall(whole.encode())
            head, _, start = client.recv(1000).partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].split()[0])
            while len(start) < length:
                start += client.recv(1 << 20)
        sent, heard = trickle(client, "GET / HTTP/1.1\r\nX-Slow: " + "a" * 100)
    assert 1 < sent < 100
    assert heard.startswith("HTTP/1.1 408 ")
    assert heard.endswith("The request did not come within 1 seconds; send it again.\n")


def test_a_body_that_trickles_is_cut_with_408_and_never_run(strict: Live) -> None:
    with closing(strict.connect()) as client:
        client.sendall(f"{POST}Content-Length: 100\r\n\r\n".encode())
        sent, heard = trickle(client, "ASK {}" + " " * 94)
    assert 1 < sent < 100
    assert heard.startswith("HTTP/1.1 408 ")
    assert "boolean" not in heard


def test_a_body_that_nobody_reads_cannot_be_sent_for_ever(strict: Live) -> None:
    with closing(strict.connect()) as client:
        client.sendall(b"POST /queries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 405 ")
        sent, _ = trickle(client, "a" * 200)
    assert sent < 200


def test_a_silent_connection_is_closed(strict: Live) -> None:
    with closing(strict.connect()) as client:
        client.settimeout(10)
        assert client.recv(100) == b""


def test_idle_connections_keep_nobody_out(live: Live) -> None:
    wait_until(lambda: live.connections() == 0)
    idle = [live.connect() for _ in range(16)]
    assert answers(live)
    # The oldest had to go, long before its time was over; the others stay.
    assert idle[0].recv(100) == b""
    idle[15].sendall(b"GET /static/style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert idle[15].recv(100).startswith(b"HTTP/1.1 200")
    for each in idle:
        each.close()


def test_when_every_connection_is_busy_the_next_is_told_so(strict: Live) -> None:
    strict.wait_until_idle()
    busy = [strict.start(CROSS) for _ in range(4)]
    strict.wait_until_busy(2)
    with closing(strict.connect()) as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 503 ")
    for each in busy:
        each.close()


#: An answer of some megabytes.
LARGE = "SELECT * { ?a ?b ?c } LIMIT 25000"


def test_a_large_answer_that_is_taken_slowly_holds_no_worker_and_is_cut(strict: Live) -> None:
    size = len(httpx2.get(strict.endpoint, params={"query": LARGE}, timeout=PATIENCE).content)
    slow = [strict.start(LARGE) for _ in range(2)]
    for each in slow:
        assert each.recv(100, socket.MSG_PEEK).startswith(b"HTTP/1.1 200")
    assert answers(strict)
    wait_until(lambda: strict.connections() == 0)
    for each in slow:
        with closing(each):
            assert each.recv(100).startswith(b"HTTP/1.1 200")
            assert taken(each) < size


def test_a_large_answer_that_is_taken_steadily_comes_whole(strict: Live) -> None:
    with closing(strict.start(LARGE)) as client:
        head = client.recv(1 << 16)
        length = int(head.lower().partition(b"content-length: ")[2].split()[0])
        got = len(head.partition(b"\r\n\r\n")[2])
        pieces = 0
        while got < length:
            got += len(client.recv(1 << 17))
            pieces += 1
            time.sleep(0.05)
        assert got == length > 4 << 20
        # It takes longer than the patience for one piece, as a slow line does.
        assert pieces * 0.05 > 1


class Pipe:
    """A transport that can pass nothing on; the system may still hold something of it."""

    def __init__(self, unsent: int, connection: socket.socket | None = None) -> None:
        self.unsent, self.aborted, self.connection = unsent, False, connection

    def get_extra_info(self, name: str) -> socket.socket | None:
        return self.connection if name == "socket" else None

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def abort(self) -> None:
        self.unsent, self.aborted = 0, True


async def nothing(scope: object, receive: object, send: object) -> None:
    """An application that does nothing."""


def test_of_too_many_bytes_unsent_the_largest_answer_goes() -> None:
    async def swept() -> list[bool]:
        pipes = [Pipe(size) for size in (300, 600, 200)]
        config = Config(nothing, http="h11", ws="none", lifespan="off")
        state, kind = ServerState(), connection_class(Limits(100, 10, 1000))
        for pipe in pipes:
            kind(config, state, {}).connection_made(pipe)
        close_overdue(state.connections)
        return [pipe.aborted for pipe in pipes]

    # In a thread of its own: a browser of another test may leave a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: asyncio.run(swept())).result() == [False, True, False]


def test_what_a_client_takes_little_by_little_from_the_system_is_progress() -> None:
    async def late_after_each() -> list[bool]:
        config = Config(nothing, http="h11", ws="none", lifespan="off")
        connection = connection_class(Limits(10, 10, 1 << 30))(config, ServerState(), {})
        connection.connection_made(Pipe(1 << 20, server))
        begun = time.monotonic()
        found = [connection.is_overdue(begun + 9)]
        # The system takes no more of the answer until much of its buffer is free.
        client.recv(1 << 16)
        found.append(connection.is_overdue(begun + 18))
        return [*found, connection.is_overdue(begun + 27), connection.is_overdue(begun + 29)]

    server, client = socket.socketpair()
    with server, client:
        server.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                server.send(bytes(1 << 16))
        with ThreadPoolExecutor(1) as threads:
            found = threads.submit(lambda: asyncio.run(late_after_each())).result()
    assert found == [False, False, False, True]


def taken(client: socket.socket) -> int:
    """Take what still comes, and return how much it was."""
    size = 0
    try:
        while data := client.recv(1 << 20):
            size += len(data)
    except OSError:
        pass
    return size


# Clients that wait for a worker


def test_clients_are_served_in_the_order_they_came_and_the_gone_are_passed_over() -> None:
    idle: IdleWorkers[str] = IdleWorkers()
    first, second = Client(), Client()
    first.disconnect()
    with pytest.raises(Problem, match="You hung up"):
        idle.take(first)
    with pytest.raises(Problem, match="The server is busy"):
        idle.take(second, 0.01)
    idle.put("a")
    idle.put("b")
    assert [idle.take(Client()), idle.take(Client())] == ["a", "b"]
    idle.close()
    with pytest.raises(Problem, match="The server is stopping"):
        idle.take(Client())


@pytest.mark.parametrize(
    ("asked_for", "peer", "header", "counted"),
    [
        (False, "127.0.0.1", "9.9.9.9", "127.0.0.1"),
        (True, "127.0.0.1", "9.9.9.9", "9.9.9.9"),
        # What a client wrote itself comes first, and the web server's word last.
        (True, "127.0.0.1", "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        (True, "10.0.0.5", "1.1.1.1", "10.0.0.5"),
    ],
)
def test_a_client_is_who_the_proxy_of_this_machine_says_and_only_when_asked(
    asked_for: bool, peer: str, header: str, counted: str
) -> None:
    seen = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    config = configure(application, Limits(1, 1, 1), asked_for)
    config.load()
    headers = [(b"x-forwarded-for", header.encode())]
    scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}
    # In a thread: a browser of another test may have a loop in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(config.loaded_app(scope, None, None))).result()
    assert seen == [counted]


def test_half_as_many_workers_answer_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    monkeypatch.setattr(lifecycle, "Pool", lambda spec, workers, *_: counted.append(workers))
    for workers in (1, 2, 6):
        lifecycle._start_pools(open_small, Settings(workers=workers))
    assert counted == [1, 1, 2, 1, 6, 3]
