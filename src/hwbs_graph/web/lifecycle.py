"""Starts and stops the server: the port, the workers, and an end that leaves nothing behind.

Out of scope: what is answered (`app`).
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import anyio
import uvicorn
from starlette.types import ASGIApp

from hwbs_graph.checks.document_texts import read_texts
from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.query.data_version import find_data_version
from hwbs_graph.store import Engine
from hwbs_graph.web import protocol
from hwbs_graph.web.access import ANY, LOOPBACK, AccessGuard
from hwbs_graph.web.app import build_application
from hwbs_graph.web.branding import PLAIN, Branded, Branding
from hwbs_graph.web.compression import Compressor
from hwbs_graph.web.data_stamp import Stamped
from hwbs_graph.web.dispatch import Site
from hwbs_graph.web.drawn_views import DrawnViews
from hwbs_graph.web.kept_data import ChangeWatch
from hwbs_graph.web.pages import lookups
from hwbs_graph.web.problem import Problem
from hwbs_graph.web.protocol import GRAPHS, ROWS, MediaTypes, Operation, Policy
from hwbs_graph.web.timeouts import Limits, close_overdue, connection_class
from hwbs_graph.web.workers.pool import WAITING, Pool
from hwbs_graph.web.workers.sandbox import Sandboxed, SandboxPolicy
from hwbs_graph.web.workers.worker_process import WorkerSpec

if TYPE_CHECKING:
    from hwbs_graph.web.assistant.http_endpoint import AssistantEndpoint

_LOG = logging.getLogger(__name__)
#: Tenths of a second between two looks at the data on disk.
_TICKS = 20
_CHANGED = (
    "The data on disk has changed; this server answers from what it opened."
    " Start it again to serve the new data."
)
#: Seconds that running queries have left when the server is told to stop.
_FAREWELL = 2
_LAST_PORT = 65535
#: Seconds for a lookup of our pages: it always ends, but a busy machine may take longer.
_LOOKUP_SECONDS = 30.0
#: Bytes of the longest query in an address; a longer one is posted.
_LONGEST_ADDRESS = 256 * 1024
#: So many of the largest answers may wait for clients to take them.
_UNSENT = 8


class Settings(NamedTuple):
    """What the operator chose: `memory` and `max_results` in bytes, times in seconds.

    `timeout` bounds a query; `patience` bounds a client that sends its request, or takes a piece
    of its answer. Pages of `origins` may read the answers. The server answers to `domains` beside
    its own names. `store` is the folder of a graph that is not in memory. `watch` notices that the
    data on disk has changed, which this server goes on without. `assistant` adds /mcp. `branding`
    says whose pages they are. With `proxy_headers` a proxy of this machine says who its client is.
    `documents` is a folder with the texts that were read. So many clients may be `waiting` for a
    worker of queries, and for one of pages.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 10.0
    memory: int = 1 << 30
    max_results: int = 64 << 20
    workers: int = 2
    services: frozenset[str] = frozenset()
    store: Path | None = None
    origins: frozenset[str] = frozenset({ANY})
    domains: frozenset[str] = frozenset()
    patience: float = 15.0
    connections: int = 500
    watch: ChangeWatch | None = None
    assistant: bool = False
    branding: Branding = PLAIN
    proxy_headers: bool = False
    documents: Path | None = None
    waiting: int = WAITING


class Server:
    """A server with its workers, bound to a port but not yet answering."""

    def __init__(self, opener: Callable[[], Engine], settings: Settings) -> None:
        """Bind the port and open the graph. Raises UsageError, DataError."""
        self.settings = settings
        self.socket = _bind_port(settings.host, settings.port)
        with _closing_on_error(self.socket.close):
            self._public, self._own = _start_pools(opener, settings)
        with _closing_on_error(self.close):
            self.sandboxed = self._public.wait()
            self._own.wait()
            self._site = self._open_site()

    def _open_site(self) -> Site:
        largest = self.settings.max_results
        try:
            stats = self._own.run(protocol.measure_dataset)
            number = self._own.run(find_data_version)
            folder = self.settings.documents
            texts = self._own.run(read_texts, folder) if folder else {}
        except Problem as problem:
            raise DataError(problem.cause or problem.detail) from None
        return Site(
            self._public,
            self._own,
            stats,
            Policy(services=self.settings.services, cors=bool(self.settings.origins)),
            largest,
            Limits(self.settings.patience, self.settings.connections, _UNSENT * largest),
            anyio.CapacityLimiter(self._public.places + self._own.places),
            DrawnViews(),
            self.settings.watch,
            texts,
            number,
        )

    @property
    def application(self) -> ASGIApp:
        """The application without a port, for tests and for another ASGI server."""
        assistant = self._open_assistant() if self.settings.assistant else None
        pages = build_application(self._site, self.stop, assistant)
        branded = Branded(pages, self.settings.branding)
        stamped = Stamped(branded, self._site.version, str(self.settings.branding))
        application = Compressor(stamped)
        return AccessGuard(application, self._host_names, self.settings.origins)

    def _open_assistant(self) -> "AssistantEndpoint":
        from hwbs_graph.web.assistant.http_endpoint import AssistantEndpoint
        from hwbs_graph.web.assistant.mcp_server import Workers

        return AssistantEndpoint(Workers(self._public, self._own), self.settings.origins)

    @property
    def _host_names(self) -> frozenset[str]:
        """The names it answers to; empty, if others can reach it, for every name."""
        host = self.settings.host.lower()
        own = LOOPBACK | {f"[{host}]" if ":" in host else host} | self.settings.domains
        return own if self.settings.domains or own == LOOPBACK else frozenset()

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        host, port = self.socket.getsockname()[:2]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def run(self, started: Callable[[str, Sandboxed], None]) -> None:
        """Answer until a signal comes, which is raised again when all is closed.

        `started` gets the address, and what is kept from the workers, once the server answers.
        """
        config = configure(self.application, self._site.limits, self.settings.proxy_headers)
        try:
            server = _GracefulUvicorn(
                config, lambda: started(self.address, self.sandboxed), self.stop, self._tell_change
            )
            server.run(sockets=[self.socket])
        finally:
            self.close()

    def _tell_change(self) -> None:
        """Say once that the data on disk is no longer what this server opened."""
        if self.settings.watch and self.settings.watch.look():
            _LOG.warning(_CHANGED)

    def stop(self) -> None:
        """End the workers; every client that waits is told."""
        self._public.close()
        self._own.close()

    def close(self) -> None:
        """End the workers and free the port."""
        self.stop()
        self.socket.close()


def _start_pools(opener: Callable[[], Engine], settings: Settings) -> tuple[Pool, Pool]:
    """Return the pool for queries from outside, and the one for our pages."""
    spec = WorkerSpec(opener, settings.timeout, settings.memory)
    sandbox = SandboxPolicy(settings.store, bool(settings.services))
    warm = warm_up_both if settings.assistant else warm_up
    public = Pool(spec._replace(sandbox=sandbox, warm_up=warm), settings.workers, settings.waiting)
    seconds = max(settings.timeout, _LOOKUP_SECONDS)
    pages = max(1, settings.workers // 2)
    own = Pool(spec._replace(seconds=seconds, warm_up=lookups.index_names), pages, settings.waiting)
    return public, own


def configure(application: ASGIApp, limits: Limits, proxy_headers: bool) -> uvicorn.Config:
    """Return how uvicorn serves an application.

    With `proxy_headers` a proxy of this machine says who its client is; of several addresses the
    last counts, as the others may be the client's own invention. Else every header is ignored.
    """
    return uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxy_headers,
        forwarded_allow_ips=["127.0.0.1", "::1"],
        timeout_graceful_shutdown=_FAREWELL + 3,
        h11_max_incomplete_event_size=_LONGEST_ADDRESS,
        http=connection_class(limits),
        ws="none",
    )


class _GracefulUvicorn(uvicorn.Server):
    """Uvicorn that, told to stop, gives queries a moment and then ends their workers.

    Clients that still wait get a sentence; uvicorn alone would cut them off.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        begin: Callable[[], None],
        end: Callable[[], None],
        watch: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._begin, self._end, self._watch = begin, end, watch

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so; from here on uvicorn handles the signals."""
        await super().startup(sockets)
        self._begin()

    async def on_tick(self, counter: int) -> bool:
        """Close slow connections, every tenth of a second; look at the data now and then."""
        close_overdue(self.server_state.connections)
        if counter % _TICKS == 0:
            self._watch()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, and answer or refuse every open request."""
        timer = threading.Timer(_FAREWELL, self._end)
        timer.start()
        try:
            await super().shutdown(sockets)
        finally:
            timer.cancel()


class _Terminated(BaseException):
    """SIGTERM came."""


@contextmanager
def _terminable() -> Iterator[None]:
    """Raise _Terminated at SIGTERM, which uvicorn raises again after its shutdown."""

    def terminate(*_: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _closing_on_error(close: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        close()
        raise


def _bind_port(host: str, port: int) -> socket.socket:
    """Listen on a port; 0 takes any free one. Raises UsageError if that is not possible."""
    if not 0 <= port <= _LAST_PORT:
        raise UsageError(f"There is no port {port}; give --port a number from 0 to {_LAST_PORT}.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        number = (error.errno or 0) if isinstance(error, OSError) else 0
        # An unknown name has a number below zero, which is no error of the system.
        why = os.strerror(number) if number > 0 else "there is no such address"
        raise UsageError(
            f"Cannot listen on {host} port {port}: {why}; give another with --port or --host."
        ) from None


def warm_up(engine: Engine) -> None:
    """Run small queries in every format, so that a sandboxed worker has imported all it needs."""
    asked = [("SELECT * { ?s ?p ?o } LIMIT 1", MediaTypes(type, None)) for type in ROWS]
    asked += [("DESCRIBE <x:x>", MediaTypes(None, type)) for type in GRAPHS]
    asked += [(text, MediaTypes(next(iter(ROWS)), None)) for text in ("ASK {", "ASK {}")]
    for text, types in asked:
        with suppress(Problem):
            protocol.evaluate(engine, Operation(text), types, 1 << 20)


def warm_up_both(engine: Engine) -> None:
    """Do what `warm_up` does, and let an assistant's SPARQL run once."""
    from hwbs_graph.web.assistant import tools

    warm_up(engine)
    tools.warm_up(engine)


def serve(
    opener: Callable[[], Engine], settings: Settings, started: Callable[[str, Sandboxed], None]
) -> int:
    """Serve until told to stop; for `started` see `Server.run`. Returns the exit code."""
    # From the first worker on, a signal must not end this process before it has ended them.
    with interruptible(), _terminable():
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
