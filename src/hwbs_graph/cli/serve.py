"""`hwbs serve`: the record on this machine, for browsers and programs."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.brand import PageBranding, ShownTexts
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput, Output
from hwbs_graph.cli.source import GraphSource, Source
from hwbs_graph.cli.terminal import print_note
from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.extras import require_extra
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.web.kept_data import ChangeWatch, KeptData
    from hwbs_graph.web.workers.sandbox import Sandboxed

#: Objects between two collections of garbage: fewer than for a look-up, as a server lives long.
_GARBAGE = 2_000
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve_graph(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.")] = 8000,
    *,
    source: GraphSource,
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
        int,
        typer.Option(
            metavar="NUMBER", help="How many queries run at a time, and half as many pages."
        ),
    ] = 2,
    waiting: Annotated[
        int,
        typer.Option(
            metavar="NUMBER",
            help="How many clients may wait for a query, and how many for a page; half of the"
            " places are for one address. More are told to come again.",
        ),
    ] = 16,
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
            " for any, none for none; may be given again. Default: * for the bundled record, none"
            " for your own data.",
            show_default=False,
        ),
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Also answer requests for this host name, such as that of a reverse proxy; may be"
            " given again.",
            show_default=False,
        ),
    ] = None,
    proxy_headers: Annotated[
        bool,
        typer.Option(
            "--proxy-headers",
            help="Take the address of a client from X-Forwarded-For, as a web server on this"
            " machine sets it; without it, all people behind one count as one.",
        ),
    ] = False,
    mcp: Annotated[
        bool,
        typer.Option(
            "--mcp", help="Answer assistants too, at /mcp, by the Model Context Protocol."
        ),
    ] = False,
    documents: ShownTexts = None,
    brand: PageBranding,
    output: NoteOutput,
) -> None:
    """Serve the record on this machine.

    A SPARQL 1.1 endpoint at /sparql, and pages to search and read; everything is read-only.
    Ctrl-C ends it.
    """
    _require_positive(timeout=timeout, memory=memory, max_results=max_results)
    _require_positive(workers=workers, waiting=waiting, patience=patience, connections=connections)
    _require_usable(documents, mcp)
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
        origins=_choose_origins(cors or (), own=source != Source()),
        domains=frozenset(each.lower() for each in domain or ()),
        patience=patience,
        connections=connections,
        assistant=mcp,
        branding=brand.read(),
        proxy_headers=proxy_headers,
        documents=documents,
        waiting=waiting,
    )
    if host not in _LOOPBACK:
        print_note(f"Others can reach {host}: there is no log-in, so serve only what all may see.")
    announce = partial(_announce, output, bool(allow_service))
    gc.set_threshold(_GARBAGE)
    with keep_data(source, output) as (kept, watch):
        settings = settings._replace(store=kept.store, watch=watch)
        raise typer.Exit(run(kept.opener, settings, announce))


def _require_positive(**given: float) -> None:
    """Raise UsageError for a number that is not above 0."""
    for name, value in given.items():
        if value <= 0:
            default = signature(serve_graph).parameters[name].default
            option = name.replace("_", "-")
            raise UsageError(f"--{option} must be above 0; omit it for the default ({default}).")


@contextmanager
def keep_data(source: Source, output: Output) -> "Iterator[tuple[KeptData, ChangeWatch]]":
    """Yield what every worker opens, and what notices that it has changed on disk since."""
    from hwbs_graph.data import corpus
    from hwbs_graph.data.rdf_files import find_files
    from hwbs_graph.web import kept_data, protocol

    if source.endpoint:
        with _copy_endpoint(source, output) as kept:
            yield kept, kept_data.ChangeWatch(lambda: None)
        return
    given = (each.path for each in find_files(source.graph))
    files = (*corpus.bundled_files(record=not source.only), *source.graph, *given)
    fingerprint = (
        partial(kept_data.fingerprint_store, source.store)
        if source.store
        else partial(kept_data.fingerprint_files, files)
    )
    watch = kept_data.ChangeWatch(fingerprint)
    engine = source.open_silently(whole=True, standards=True)
    source.warn_of_edition()
    if not source.store:
        protocol.add_partitions(engine.snapshot())
    keep = kept_data.keep_store(source.store) if source.store else kept_data.keep_statements(engine)
    with keep as kept:
        del engine
        yield kept, watch


@contextmanager
def _copy_endpoint(source: Source, output: Output) -> "Iterator[KeptData]":
    """Yield a copy of what an endpoint holds: every new worker opens it, so it must be near."""
    from tempfile import TemporaryDirectory

    from pyoxigraph import Store

    from hwbs_graph.data.repeated_values import choose_values
    from hwbs_graph.store import open_disk_store
    from hwbs_graph.web.kept_data import KeptData

    engine = source.open()
    output.note(f"Copying {count(engine.size(), 'statement')} from {source.endpoint} ...")
    whole = engine.snapshot()
    with TemporaryDirectory(prefix="hwbs-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy = Store(name)
        copy.bulk_extend(whole)
        choose_values(copy)
        copy.flush()
        del copy, engine, whole
        yield KeptData(partial(open_disk_store, folder), folder)


def _choose_origins(given: Sequence[str], own: bool) -> frozenset[str]:
    """Return the origins whose pages may read the answers."""
    from hwbs_graph.web.access import parse_origins

    if not given:
        # Pages of other sites may read the public record, but not what you added to it.
        return frozenset() if own else frozenset({"*"})
    if "none" in given and len(given) > 1:
        raise UsageError("--cors none excludes every other origin; give it alone, or omit it.")
    return frozenset() if given[0] == "none" else parse_origins(given)


def _require_usable(documents: Path | None, mcp: bool) -> None:
    if documents and not documents.is_dir():
        raise PathError(documents, "it is no folder")
    if mcp:
        require_extra("mcp", "hwbs serve --mcp")


def _announce(output: Output, asks: bool, address: str, sandboxed: "Sandboxed") -> None:
    """Tell where the server is, and what the system cannot keep from queries."""
    if exposure := _describe_exposure(sandboxed, asks):
        output.note(exposure)
    output.note(f"Serving on {address} (SPARQL at {address}sparql); Ctrl-C ends it.")


def _describe_exposure(sandboxed: "Sandboxed", asks: bool) -> str:
    """Return a sentence on what the system cannot keep from queries, or ""."""
    exposed = [
        *(() if sandboxed.files else ("files",)),
        *(() if sandboxed.network or asks else ("other machines",)),
    ]
    if not exposed:
        return ""
    return (
        f"This system cannot keep queries from {' and '.join(exposed)}: "
        "only the check of a query's text protects them."
    )


COMMAND = Command(serve_graph, "hwbs serve --port 8000")
