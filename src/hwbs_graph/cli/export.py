"""`hwbs export`: the record in the formats of other programs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput, Output, check_file, refuse_binary, require_name
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError
from hwbs_graph.write.endings import ENDINGS, find_format
from hwbs_graph.write.export import WRITERS, Writer


def export_graph(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(WRITERS)}.")],
    file: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write; for csv a folder or a .zip; - is stdout.",
        ),
    ] = "-",
    plan: Annotated[
        str | None,
        typer.Option(help="Export only this plan; networks, maps, diagrams and stratml hold one."),
    ] = None,
    *,
    source: GraphSource,
    output: NoteOutput,
) -> None:
    """Take the record into other programs.

    The whole record, or one plan, as RDF, spreadsheet, network or StratML.
    """
    writer = _choose_writer(format.lower(), file)
    from hwbs_graph.names.recognition import recognise

    output = output._replace(file=file)
    output.note(f"Exporting: {writer.description} ...")
    engine = source.open(whole=True, standards=True)
    written = writer.write(engine, recognise(engine, plan, "plan").iri if plan else None)
    if isinstance(written, bytes):
        output.write(written)
    else:
        _write_files(written, output)
    if file != "-":
        output.note(f"Wrote {Path(file).resolve()}.")


def _choose_writer(format: str, file: str) -> Writer:
    """Return the writer of a format. Raises UsageError before any work is done."""
    if format not in WRITERS:
        listed = ", ".join(WRITERS)
        raise UsageError(f"There is no export format “{format}”; give one of: {listed}.")
    if format == "csv" and file == "-":
        raise UsageError(
            "csv is several files; give a folder or a .zip, such as --output hwbs.zip."
        )
    if format == "csv":
        _check_tables(file)
    else:
        check_file(f"An export as {format}", file, format)
    if WRITERS[format].binary:
        refuse_binary(format, file, "hwbs")
    return WRITERS[format]


def _check_tables(file: str) -> None:
    """Raise UsageError where the several files of csv have the name of one file of another kind."""
    from hwbs_graph.data.atomic_file import check_folder

    require_name(file)
    check_folder(Path(file))
    if not os.path.isdir(file) and find_format(file, ENDINGS) not in (None, "zip"):
        name = Path(file).name
        raise UsageError(f"csv is several files, not “{name}”; name a folder, or end it in .zip.")


def _write_files(files: dict[str, bytes], output: Output) -> None:
    """Write several files into a ZIP archive if the name says so, or else into a folder."""
    from hwbs_graph.data.atomic_file import write_folder

    target = Path(output.file)
    if target.suffix.lower() == ".zip":
        from hwbs_graph.write.archive import pack_zip

        output.write(pack_zip(files))
        return
    write_folder(target, files)


COMMAND = Command(export_graph, "hwbs export xlsx -o strategies.xlsx")
