"""Starting and stopping: the port, the workers, and an end that leaves nothing behind.

Out of scope: what is answered (`app`).
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import anyio
import uvicorn
from starlette.types import ASGIApp

from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.store import Engine
from hwbs_graph.web import jobs, protocol
from hwbs_graph.web.access import ANY, LOOPBACK, Guard
from hwbs_graph.web.app import application
from hwbs_graph.web.context import Site
from hwbs_graph.web.protocol import Operation, Outcome, Rules, Wanted
from hwbs_graph.web.timeouts import Limits, sweep, within
from hwbs_graph.web.workers.pool import Pool
from hwbs_graph.web.workers.sandbox import Held, Seal
from hwbs_graph.web.workers.worker import Recipe

#: Queries that run when the server is told to stop have so many seconds to end.
_FAREWELL = 2
_LAST_PORT = 65535
#: Our own questions end; on a busy machine they may take longer than a stranger's.
_PATIENCE = 30.0
#: A query in an address may be this long; a longer one is posted.
_LONGEST_ADDRESS = 256 * 1024
#: So many of the largest answers may wait for clients to take them.
_UNSENT = 8


class Settings(NamedTuple):
    """What the operator chose; `memory` and `most` are bytes, `seconds` the time of a query.

    `patience` is how long a client may take to ask, and to take a piece of its answer.

    Pages of `origins` may read the answers. `domains` are names it answers to beside its own.
    `store` is the folder that the graph is read from, where it is not in memory.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    seconds: float = 10.0
    memory: int = 1 << 30
    most: int = 64 << 20
    workers: int = 2
    services: frozenset[str] = frozenset()
    store: Path | None = None
    origins: frozenset[str] = frozenset({ANY})
    domains: frozenset[str] = frozenset()
    patience: float = 15.0
    connections: int = 500


class Server:
    """A server with its workers, bound to a port but not yet answering."""

    def __init__(self, opener: Callable[[], Engine], settings: Settings) -> None:
        """Bind the port and open the graph. Raises UsageError, DataError."""
        self.settings = settings
        self.socket = _bind(settings.host, settings.port)
        recipe = Recipe(opener, settings.seconds, settings.memory)
        seal = Seal(settings.store, bool(settings.services))
        with _closing_on_error(self.socket.close):
            self.public = Pool(recipe._replace(seal=seal, warm=warm), settings.workers)
            patient = max(settings.seconds, _PATIENCE)
            self.own = Pool(recipe._replace(seconds=patient, warm=jobs.learn), 1)
        with _closing_on_error(self.close):
            self.held = self.public.wait()
            self.own.wait()
            about = self.own.run(protocol.facts)
            if isinstance(about, Outcome):
                raise DataError(about.body.decode("utf-8").strip())
        rules = Rules(services=settings.services, cors=bool(settings.origins))
        places = self.public.places + self.own.places
        threads = anyio.CapacityLimiter(places)
        self._limits = Limits(settings.patience, settings.connections, _UNSENT * settings.most)
        self._site = Site(self.public, self.own, about, rules, settings.most, self._limits, threads)

    @property
    def application(self) -> ASGIApp:
        """What answers, without a port: for tests, and for another ASGI server."""
        return Guard(application(self._site, self.stop), self._names, self.settings.origins)

    @property
    def _names(self) -> frozenset[str]:
        """The names it answers to: what only this machine can reach, to no other than its own."""
        host = self.settings.host.lower()
        own = LOOPBACK | {f"[{host}]" if ":" in host else host} | self.settings.domains
        return own if self.settings.domains or own == LOOPBACK else frozenset()

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        host, port = self.socket.getsockname()[:2]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def run(self, started: Callable[[str, Held], None]) -> None:
        """Answer until a signal comes, which is raised again when all is closed.

        `started` hears the address, and what holds of the seal, as soon as it answers.
        """
        config = uvicorn.Config(
            self.application,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL + 3,
            h11_max_incomplete_event_size=_LONGEST_ADDRESS,
            http=within(self._limits),
            ws="none",
        )
        try:
            server = _Uvicorn(config, lambda: started(self.address, self.held), self.stop)
            server.run(sockets=[self.socket])
        finally:
            self.close()

    def stop(self) -> None:
        """End the workers; whoever waits for one is told."""
        self.public.close()
        self.own.close()

    def close(self) -> None:
        """End the workers and free the port."""
        self.stop()
        self.socket.close()


class _Uvicorn(uvicorn.Server):
    """Uvicorn that, told to stop, gives queries a moment and then ends the workers under them.

    Those who still wait are told so in a sentence; uvicorn alone would cut them off.
    """

    def __init__(
        self, config: uvicorn.Config, begin: Callable[[], None], end: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._begin, self._end = begin, end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so; from here on a signal is uvicorn's to hear."""
        await super().startup(sockets)
        self._begin()

    async def on_tick(self, counter: int) -> bool:
        """Do what is due every tenth of a second."""
        sweep(self.server_state.connections)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, and answer or refuse what has been asked."""
        timer = threading.Timer(_FAREWELL, self._end)
        timer.start()
        try:
            await super().shutdown(sockets)
        finally:
            timer.cancel()


class _Terminated(BaseException):
    """SIGTERM came."""


@contextmanager
def _signals_as_exceptions() -> Iterator[None]:
    """Have the signals that uvicorn raises again after its shutdown end this process orderly."""

    def terminated(*_: object) -> None:
        raise _Terminated

    before = (
        signal.signal(signal.SIGINT, signal.default_int_handler),
        signal.signal(signal.SIGTERM, terminated),
    )
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])


@contextmanager
def _closing_on_error(close: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        close()
        raise


def _bind(host: str, port: int) -> socket.socket:
    """Listen on a port; 0 takes any that is free. Raises UsageError where it cannot be had."""
    if not 0 <= port <= _LAST_PORT:
        raise UsageError(f"There is no port {port}; give --port a number from 0 to {_LAST_PORT}.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        number = (error.errno or 0) if isinstance(error, OSError) else 0
        # A name that is not known has a number below zero, which is no error of the system.
        why = os.strerror(number) if number > 0 else "there is no such address"
        raise UsageError(
            f"Cannot listen on {host} port {port}: {why}; give another with --port or --host."
        ) from None


def warm(engine: Engine) -> None:
    """Run one small query of each kind, so that a sealed worker has imported all it needs."""
    wanted = Wanted("application/sparql-results+json", "text/turtle")
    for text in ("SELECT * { ?s ?p ?o } LIMIT 1", "DESCRIBE <x:x>", "ASK {", "ASK {}"):
        protocol.evaluate(engine, Operation(text), wanted, 1 << 20)


def serve(
    opener: Callable[[], Engine], settings: Settings, started: Callable[[str, Held], None]
) -> int:
    """Serve until told to stop; for `started` see `Server.run`. Returns the exit code."""
    # From the first worker on, a signal must not end this process before it has ended them.
    with _signals_as_exceptions():
        try:
            server = Server(opener, settings)
            try:
                server.run(started)
            finally:
                server.close()
        except KeyboardInterrupt:
            return 130
        except _Terminated:
            return 143
    return 0
