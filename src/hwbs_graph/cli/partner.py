"""`hwbs partner`: what a partner is responsible for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AudienceOption, Output, RowOutput, check_file
from hwbs_graph.cli.source import GraphSource, Source
from hwbs_graph.cli.terminal import print_note, terminal_width
from hwbs_graph.errors import UsageError

if TYPE_CHECKING:
    from hwbs_graph.names import Thing
    from hwbs_graph.store import Engine


#: What a sheet tells; a file of the record that holds none of it is not read.
_TOLD = ("hwbs:partner", "hwbs:targetOf", "hwbs:measuredBy", "hwbs:ProgressUpdate")


def show_partner(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Name, printed spelling, code or IRI of a partner.",
            autocompletion=completion.complete_partner,
        ),
    ],
    sheet_file: Annotated[
        Path | None,
        typer.Option(
            "--briefing",
            metavar="FILE",
            help="Write a briefing: .md, .html, .docx, .pptx or .xlsx; without FILE, print it.",
        ),
    ] = None,
    audience: AudienceOption = "",
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """What a partner is responsible for.

    Its actions by theme and objective, the words as printed with their place, who else is
    named, what became of the body, and quality notes. A briefing tells more, or with --for what
    some readers need: hwbs partner Housing --briefing housing.pptx --for scrutiny
    """
    if sheet_file:
        _write_briefing(name, sheet_file, audience, source, output)
        return
    if audience:
        raise UsageError(
            "--for chooses parts of a briefing; add --briefing, with a FILE or without."
        )
    from hwbs_graph.report import profile, profile_text

    engine, found = _find_partner(name, source)
    sheet = profile.describe_partner(engine, found)
    output.write_report(
        lambda: profile_text.render_partner(sheet, terminal_width()),
        sheet,
        lambda: profile.list_mentions(sheet),
    )
    if not sheet["actions"]:
        output.note(f"No action names {found.label}.")
    output.end(any(map(sheet.get, ("actions", "answersFor", "wholePlans"))))


def _find_partner(name: str, source: Source) -> "tuple[Engine, Thing]":
    """Find a partner in the files that mention partners; only a miss opens the whole record."""
    from hwbs_graph import names
    from hwbs_graph.errors import NotFoundError

    engine = source.open_for_look_up(_TOLD)
    try:
        return engine, names.find(engine, name, "partner")
    except NotFoundError:
        engine = engine if source.store or source.endpoint else source.open_for_look_up()
        return engine, _recognise_partner(engine, name)


def _recognise_partner(engine: "Engine", name: str) -> "Thing":
    """Return the partner that a name can only mean, or the one that was replaced by what it means.

    Raises NotFoundError and AmbiguousError.
    """
    from hwbs_graph.errors import NotFoundError
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.report.successions import find_replaced

    try:
        return recognise(engine, name, "partner")
    except NotFoundError:
        replaced = find_replaced(engine, name)
        if replaced is None:
            raise
        print_note(replaced.sentence)
        return replaced.partner


def _write_briefing(name: str, path: Path, audience: str, source: Source, output: Output) -> None:
    """Write the briefing sheet of one partner, in the format that the ending of `path` tells.

    Raises UsageError for an unknown ending or audience, before anything else is done.
    """
    from hwbs_graph.write import briefing

    printed = str(path) == "-"
    ending = ".md" if printed else briefing.find_ending(path)
    readers = briefing.choose_audience(audience, ending)
    check_file("A briefing sheet", str(path), *briefing.FORMATS)
    # Later plans stand in files that a look-up does not read, so all files are opened.
    engine = source.open()
    sheet = briefing.gather_briefing(engine, _recognise_partner(engine, name))
    told = briefing.render(sheet._replace(audience=readers), ending)
    if printed:
        output.write(told)
        return
    output._replace(file=str(path)).write(told)
    output.note(f"Wrote {path.resolve()}.")


COMMAND = Command(show_partner, 'hwbs partner "public health"')
