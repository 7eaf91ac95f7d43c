"""Where a command reads: the record with the user's own files, a store, or a server.

HWBS_BOARD names the folder of the board that is read alone where no option says otherwise.

Out of scope: opening and querying them (`data`, `store`).
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.cli.options import Option, SharedOptions
from hwbs_graph.cli.terminal import print_note, quote_argument
from hwbs_graph.data.files import BOARD_FILE, is_board
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.store import Engine


#: What the command has opened last, for whoever has to say that it holds no such thing.
_OPENED: "list[tuple[Source, Engine]]" = []
#: The variable of the environment that names one's own board.
BOARD_VARIABLE = "HWBS_BOARD"
#: Warnings printed before an answer.
_WARNINGS = 5


class Source(NamedTuple):
    """What a command reads; without a value, the record that ships with `hwbs`.

    With `only`, that record is left out. With `by_default`, the environment names the graph.
    """

    graph: tuple[Path, ...] = ()
    store: Path | None = None
    endpoint: str | None = None
    only: bool = False
    by_default: bool = False

    def open(
        self, speaking_of: tuple[str, ...] = (), whole: bool = False, standards: bool = False
    ) -> "Engine":
        """Open what is read, and warn of what no question would find in it."""
        engine = self.open_silently(speaking_of, whole, standards)
        self.warn_of_edition()
        if self.graph:
            from hwbs_graph.checks.unknown_terms import find_unknown_terms
            from hwbs_graph.checks.unnamed_things import find_unnamed_things

            found = [*find_unknown_terms(engine), *find_unnamed_things(engine)]
            warn_of([each.message for each in found])
        return engine

    def open_for_look_up(self, speaking_of: tuple[str, ...] = ()) -> "Engine":
        """Open what is read for a few questions about a few things; see `open_silently`.

        The record comes from the store that is kept of it, which opens sooner than its files. What
        goes through the whole graph takes longer there.
        """
        return self._open_kept() or self.open(speaking_of)

    def _open_kept(self) -> "Engine | None":
        """Open the store that this computer keeps of the record, or make it; None without one."""
        if self != Source():
            return None
        from hwbs_graph.data.kept_record import find_kept_record
        from hwbs_graph.errors import StoreError
        from hwbs_graph.store import open_disk_store

        kept = find_kept_record()
        engine: Engine | None = None
        with suppress(StoreError):  # a damaged one is made again
            engine = open_disk_store(kept.folder) if kept and kept.is_current() else None
        if kept and engine is None:
            from hwbs_graph.load.record_store import keep_record

            engine = keep_record(kept)
        if engine:
            _OPENED[:] = [(self, engine)]
        return engine

    def warn_of_edition(self) -> None:
        """Warn of a store in which another version of hwbs derived less."""
        if self.store:
            from hwbs_graph.data.edition import explain_edition

            warn_of([*filter(None, [explain_edition(self.store)])])

    def open_silently(
        self, speaking_of: tuple[str, ...] = (), whole: bool = False, standards: bool = False
    ) -> "Engine":
        """Open what is read; see `corpus.bundled_files` for `speaking_of`.

        With `whole`, every table of a store is read first, to find damage. With `standards`, files
        are read as `hwbs load` does, with what other vocabularies call each thing.
        """
        from hwbs_graph.data import corpus
        from hwbs_graph.store import Embedded, open_store_or_endpoint

        files = bool(self.graph)
        engine = open_store_or_endpoint(
            self.store, self.endpoint, files, whole=whole, only=self.only
        )
        if engine is None:
            base = corpus.bundled_files(speaking_of, record=not self.only)
            engine = Embedded(corpus.open_store(self.graph, base=base, standards=standards))
        _OPENED[:] = [(self, engine)]
        return engine

    def suggest_search(self, engine: "Engine", words: str) -> str:
        """Return a sentence that leads to what holds some words; "" where nothing does."""
        from hwbs_graph.names.word_search import suggest_search

        found = None if self.endpoint else suggest_search(engine, words)
        if not found:
            return ""
        command = " ".join(["hwbs search", quote_argument(found[0]), *self._list_options()])
        return f"`{command}` finds {found[1]:,}."

    def _list_options(self) -> list[str]:
        """Return the options that ask for this source."""
        files = [f"--graph {quote_argument(str(path))}" for path in self.graph]
        store = [f"--store {quote_argument(str(self.store))}"] if self.store else []
        return [*files, *store, *["--only"][: self.only]]


def open_again() -> "Engine | None":
    """Return the whole of what the command read last, of which it may have opened a part."""
    return next((source.open_silently() for source, _ in _OPENED), None)


def tell_default() -> str:
    """Return what of the environment named the graph that was read last, "" where nothing did."""
    found = (source.graph[0] for source, _ in _OPENED if source.by_default)
    return "".join(f"{BOARD_VARIABLE}={quote_argument(str(each))} " for each in found)


def suggest_search(words: str) -> str:
    """Return a sentence that leads to what the graph opened last holds of some words, or ""."""
    found = (source.suggest_search(engine, words) for source, engine in _OPENED if words.strip())
    return "".join(found)


def warn_of(messages: Sequence[str]) -> None:
    """Print warnings to stderr, and the number of those that are left out."""
    for message in messages[:_WARNINGS]:
        print_note(f"Warning: {message}")
    if (left := len(messages) - _WARNINGS) > 0:
        print_note(f"Warning: {count(left, 'more warning')} like this; `hwbs check` lists them.")


def _build_source(
    graph: list[Path] | None, store: Path | None, endpoint: str | None, only: bool
) -> Source:
    own = "" if graph or store or endpoint else os.environ.get(BOARD_VARIABLE, "")
    if not own:
        return Source(tuple(graph or ()), store, endpoint, only)
    if not is_board(Path(own)):
        why = f"{BOARD_VARIABLE} is {own}, which is no folder of a board: it has no {BOARD_FILE}"
        raise UsageError(f"{why}; name one that `hwbs import` made, or unset it.")
    return Source((Path(own),), only=True, by_default=True)


_Graph = Annotated[
    list[Path] | None,
    typer.Option(
        "--graph",
        metavar="PATH",
        help="Add your own file of RDF, a folder of them, or a board (a folder with hwbs.yaml);"
        " may be given again.",
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
_Only = Annotated[
    bool,
    typer.Option("--only", help="Leave out the record that ships with hwbs: only --graph counts."),
]
#: The parameter of a command that reads a graph.
GraphSource = Annotated[
    Source,
    SharedOptions(
        _build_source,
        {
            "graph": Option(_Graph),
            "store": Option(_Store),
            "endpoint": Option(_Endpoint),
            "only": Option(_Only, False),
        },
    ),
]
