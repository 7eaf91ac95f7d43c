"""Briefing sheets to hand over: `partners`, and the sheet of `partner --briefing`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import RECORD, Command, Quiet, Source, open_engine, reading, tell

if TYPE_CHECKING:
    from hwbs_graph.names import Thing
    from hwbs_graph.store import Engine

#: How much of a partner's name a line of progress shows.
_SHOWN = 60


@reading
def partners(
    briefings: Annotated[
        Path,
        typer.Option(
            "--briefings", metavar="DIR", help="The folder to write to; made if it is missing."
        ),
    ],
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="One of: md, html, docx, xlsx.")
    ] = "docx",
    source: Source = RECORD,
    quiet: Quiet = False,
) -> None:
    """A briefing sheet for every partner.

    What the plans ask of it and with whom, the determinants of health this bears on, what
    later plans continue, and quality notes. One file each, which replaces an older one.
    """
    from hwbs_graph.data import files
    from hwbs_graph.text import count
    from hwbs_graph.write import briefing

    ending = briefing.ending(Path(f"partner.{kind.lower().removeprefix('.')}"))
    engine = open_engine(source)
    found = _every(engine)
    _make(briefings)
    shared = briefing.common(engine)
    for thing, name in _shown(list(zip(found, file_names(found), strict=True)), quiet):
        sheet = briefing.gather(engine, thing, shared)
        files.write(briefings / f"{name}{ending}", briefing.render(sheet, ending))
    tell(f"Wrote {count(len(found), 'briefing sheet')} to {briefings.resolve()}.", quiet)


def write_briefing(name: str, path: Path, source: Source = RECORD, quiet: bool = False) -> None:
    """Write the briefing sheet of one partner, in the format that the ending of `path` tells.

    Raises UsageError for an ending it does not know, before anything else is done.
    """
    from hwbs_graph import names
    from hwbs_graph.data import files
    from hwbs_graph.write import briefing

    ending = briefing.ending(path)
    # What later plans continue stands in other files than a look-up reads: open all of them.
    engine = open_engine(source)
    sheet = briefing.gather(engine, names.find(engine, name, "partner"))
    files.write(path, briefing.render(sheet, ending))
    tell(f"Wrote {path.resolve()}.", quiet)


def file_names(things: "Sequence[Thing]") -> list[str]:
    """Return a file name for each thing, without ending: the last part of its IRI, made safe.

    No two are the same, not even where capitals make no difference.
    """
    from hwbs_graph.model.vocabulary import split
    from hwbs_graph.text import file_stem

    taken: set[str] = set()
    chosen = []
    for thing in things:
        stem = file_stem(split(thing.iri)[1], "partner")
        number, name = 1, stem
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        chosen.append(name)
    return chosen


def _every(engine: "Engine") -> "list[Thing]":
    """Return every partner once, in order of name."""
    from hwbs_graph import names

    found = {name.thing.iri: name.thing for name in names.list_names(engine, ("partner",))}
    return sorted(found.values(), key=lambda thing: (thing.label.casefold(), thing.iri))


def _make(folder: Path) -> None:
    from hwbs_graph.errors import PathError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PathError(folder, error.strerror or "it is no folder", "write") from None


def _shown(items: "list[tuple[Thing, str]]", quiet: bool) -> "Iterable[tuple[Thing, str]]":
    """Yield the items while saying on stderr how far it has got."""
    if quiet:
        return items
    if not sys.stderr.isatty():
        return _lines(items)
    from rich.console import Console
    from rich.progress import track

    return track(items, description="Briefing sheets", console=Console(stderr=True))


def _lines(items: "list[tuple[Thing, str]]") -> "Iterator[tuple[Thing, str]]":
    for number, (thing, name) in enumerate(items, start=1):
        label = thing.label if len(thing.label) <= _SHOWN else f"{thing.label[: _SHOWN - 1]}…"
        tell(f"{number}/{len(items)}  {label}")
        yield thing, name


COMMANDS = {
    "partners": Command(partners, "hwbs partners --briefings sheets --as html"),
}
