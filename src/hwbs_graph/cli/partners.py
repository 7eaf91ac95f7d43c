"""`hwbs partners`: a briefing sheet for every partner."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AudienceOption, NoteOutput, require_name
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import progress_line

if TYPE_CHECKING:
    from hwbs_graph.names import Thing
    from hwbs_graph.store import Engine

#: How much of a partner's name a line of progress shows.
_LONGEST_LABEL = 60


def write_briefings(
    briefings: Annotated[
        str,
        typer.Option(
            "--briefings", metavar="DIR", help="The folder to write to; made if it is missing."
        ),
    ],
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="One of: md, html, docx, pptx, xlsx.")
    ] = "docx",
    audience: AudienceOption = "",
    *,
    source: GraphSource,
    output: NoteOutput,
) -> None:
    """A briefing sheet for every partner.

    What the plans ask of it and with whom, the determinants of health this bears on, what
    later plans continue, and quality notes. One file each, which replaces an older one.
    """
    from hwbs_graph.data.atomic_file import check_folder
    from hwbs_graph.text import count, truncate
    from hwbs_graph.write import briefing

    require_name(briefings)
    check_folder(folder := Path(briefings))
    ending = briefing.find_ending(Path(f"partner.{kind.lower().removeprefix('.')}"))
    readers = briefing.choose_audience(audience, ending)
    engine = source.open()
    found = _list_partners(engine)
    _make_folder(folder)
    shared = briefing.gather_shared(engine)
    named = zip(found, briefing.name_files(found), strict=True)
    with progress_line(output.quiet, log=True) as show:
        for number, (thing, name) in enumerate(named, start=1):
            show(f"{number}/{len(found)}  {truncate(thing.label, _LONGEST_LABEL)}")
            sheet = briefing.gather_briefing(engine, thing, shared)._replace(audience=readers)
            file = str(folder / f"{name}{ending}")
            output._replace(file=file).write(briefing.render(sheet, ending))
    output.note(f"Wrote {count(len(found), 'briefing sheet')} to {folder.resolve()}.")


def _list_partners(engine: "Engine") -> "list[Thing]":
    """Return every partner once, in order of name."""
    from hwbs_graph import names

    found = {name.thing.iri: name.thing for name in names.list_names(engine, ("partner",))}
    return sorted(found.values(), key=lambda thing: (thing.label.casefold(), thing.iri))


def _make_folder(folder: Path) -> None:
    from hwbs_graph.errors import PathError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PathError(folder, error.strerror or "it is not a folder", "write") from None


COMMAND = Command(write_briefings, "hwbs partners --briefings sheets --as html")
