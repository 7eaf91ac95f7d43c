"""Where a command reads: the record with the user's own files, a store, or a server.

Out of scope: opening and querying them (`data`, `store`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.cli.options import Option, SharedOptions

if TYPE_CHECKING:
    from hwbs_graph.store import Engine


class Source(NamedTuple):
    """What a command reads; without a value, the record that ships with `hwbs`."""

    graph: tuple[Path, ...] = ()
    store: Path | None = None
    endpoint: str | None = None

    def open(self, speaking_of: str = "") -> "Engine":
        """Open what is read; see `corpus.bundled_files` for `speaking_of`."""
        from hwbs_graph.data import corpus
        from hwbs_graph.store import Embedded, open_store_or_endpoint

        engine = open_store_or_endpoint(self.store, self.endpoint, bool(self.graph))
        if engine is not None:
            return engine
        return Embedded(corpus.open_store(self.graph, base=corpus.bundled_files(speaking_of)))


def _build_source(graph: list[Path] | None, store: Path | None, endpoint: str | None) -> Source:
    return Source(tuple(graph or ()), store, endpoint)


_Graph = Annotated[
    list[Path] | None,
    typer.Option(
        "--graph",
        metavar="PATH",
        help="Add your own file of RDF, or a folder of them; may be given again.",
        show_default=False,
    ),
]
_Store = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Read a store on disk instead, made by `hwbs load`.",
        show_default=False,
    ),
]
_Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Query a SPARQL server instead, such as http://localhost:7878/query.",
        show_default=False,
    ),
]
#: The parameter of a command that reads a graph.
GraphSource = Annotated[
    Source,
    SharedOptions(
        _build_source,
        {"graph": Option(_Graph), "store": Option(_Store), "endpoint": Option(_Endpoint)},
    ),
]
