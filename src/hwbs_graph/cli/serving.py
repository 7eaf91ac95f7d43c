"""Serving: `serve`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import (
    Command,
    EndpointAddress,
    GraphPaths,
    Quiet,
    Source,
    StorePath,
    open_engine,
    tell,
)
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.web.workers.sandbox import Sandboxed

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.")] = 8000,
    graph: GraphPaths = None,
    store: StorePath = None,
    endpoint: EndpointAddress = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="The longest a query may run, in seconds.")
    ] = 10,
    memory: Annotated[
        int,
        typer.Option(
            metavar="MIB", help="The most memory one query may take beyond the graph, in MiB."
        ),
    ] = 1024,
    max_results: Annotated[
        int, typer.Option(metavar="MIB", help="The largest answer that is sent, in MiB.")
    ] = 64,
    workers: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many queries run at a time.")
    ] = 2,
    patience: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="The longest a client may take to send its request, or to take 64 KiB of its"
            " answer, in seconds.",
        ),
    ] = 15,
    connections: Annotated[
        int, typer.Option(metavar="NUMBER", help="The most connections open at a time.")
    ] = 500,
    allow_service: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help="Let SERVICE ask this endpoint and no other; may be given again.",
            show_default=False,
        ),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Let web pages of this origin read the answers, such as https://example.org; *"
            " for any, none for none; may be given again. Usual: any, but none with --graph or"
            " --store.",
            show_default=False,
        ),
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Answer to this name too, under which a reverse proxy is reached; may be given"
            " again.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Serve the record on this machine.

    A SPARQL 1.1 endpoint at /sparql, and pages to search and read; everything is read-only.
    Ctrl-C ends it.
    """
    limits = (("timeout", timeout), ("memory", memory), ("max-results", max_results))
    numbers = (("workers", workers), ("patience", patience), ("connections", connections))
    for name, value in (*limits, *numbers):
        if value <= 0:
            raise UsageError(f"--{name} must be more than nothing; leave it out for the usual.")
    from hwbs_graph.web.lifecycle import Settings
    from hwbs_graph.web.lifecycle import serve as run

    settings = Settings(
        host=host,
        port=port,
        timeout=timeout,
        memory=memory << 20,
        max_results=max_results << 20,
        workers=workers,
        services=frozenset(allow_service or ()),
        origins=_readers(cors or (), own=bool(graph or store or endpoint)),
        domains=frozenset(each.lower() for each in domain or ()),
        patience=patience,
        connections=connections,
    )
    if host not in _LOOPBACK:
        tell(f"Others can reach {host}: there is no log-in, so serve only what all may see.")

    def started(address: str, sandboxed: "Sandboxed") -> None:
        if unsealed := _unsealed(sandboxed, bool(allow_service)):
            tell(unsealed, quiet)
        tell(f"Serving on {address} (SPARQL at {address}sparql); Ctrl-C ends it.", quiet)

    with _local(Source(tuple(graph or ()), store, endpoint), quiet) as source:
        settings = settings._replace(store=source.store)
        raise typer.Exit(run(partial(open_engine, source), settings, started))


@contextmanager
def _local(source: Source, quiet: bool) -> Iterator[Source]:
    """Yield what is served from this machine: of an endpoint a copy, for every new worker."""
    if not source.endpoint:
        yield source
        return
    from tempfile import TemporaryDirectory

    from pyoxigraph import Store

    engine = open_engine(source)
    tell(f"Copying {count(engine.size(), 'statement')} from {source.endpoint} ...", quiet)
    whole = engine.whole()
    with TemporaryDirectory(prefix="hwbs-") as folder:
        copy = Store(folder)
        copy.bulk_extend(whole)
        copy.flush()
        del copy, engine, whole
        yield Source(store=Path(folder))


def _readers(given: Sequence[str], own: bool) -> frozenset[str]:
    """Return the origins whose pages may read the answers."""
    from hwbs_graph.web.access import parse_origins

    if not given:
        # Pages of other sites may read the public record, but not what you added to it.
        return frozenset() if own else frozenset({"*"})
    if "none" in given and len(given) > 1:
        raise UsageError("--cors none leaves nobody; give it alone, or leave it out.")
    return frozenset() if given[0] == "none" else parse_origins(given)


def _unsealed(sandboxed: "Sandboxed", asks: bool) -> str:
    """Return what to say where the system does not keep from queries what it should."""
    open_ = [
        *(() if sandboxed.files else ("files",)),
        *(() if sandboxed.network or asks else ("other machines",)),
    ]
    if not open_:
        return ""
    return (
        f"This system cannot seal queries off from {' and '.join(open_)}: "
        "only the check of what a query says stands before them."
    )


COMMANDS = {
    "serve": Command(serve, "hwbs serve --port 8000"),
}
