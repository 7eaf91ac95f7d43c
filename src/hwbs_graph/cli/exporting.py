"""Taking the record elsewhere: `export`."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.common import RECORD, Command, Quiet, Source, emit, open_engine, reading, tell
from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.write.export import WRITERS, Writer


@reading
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(WRITERS)}.")],
    output: Annotated[
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
        typer.Option(help="Only this plan; for the last three, which plan, if not the obvious."),
    ] = None,
    source: Source = RECORD,
    quiet: Quiet = False,
) -> None:
    """Take the record into other programs.

    The whole record, or one plan, as RDF, spreadsheet, network or StratML.
    """
    writer = _choose(format.lower(), output)
    from hwbs_graph import names

    tell(f"Exporting: {writer.description} ...", quiet)
    engine = open_engine(source)
    written = writer.write(engine, names.find(engine, plan, "plan").iri if plan else None)
    if isinstance(written, bytes):
        emit(written, output)
    else:
        _emit_files(written, Path(output))
    if output != "-":
        tell(f"Wrote {Path(output).resolve()}.", quiet)


def _choose(format: str, output: str) -> Writer:
    """Return the writer of a format. Raises UsageError before any work is done."""
    if format not in WRITERS:
        listed = ", ".join(WRITERS)
        raise UsageError(f"There is no export format “{format}”; give one of: {listed}.")
    if format == "csv" and output == "-":
        raise UsageError(
            "csv is several files; give a folder or a .zip, such as --output hwbs.zip."
        )
    if WRITERS[format].binary and output == "-" and sys.stdout.isatty():
        raise UsageError(f"{format} is no text; give a file, such as --output hwbs.{format}.")
    return WRITERS[format]


def _emit_files(files: dict[str, bytes], target: Path) -> None:
    """Write several files into a ZIP archive or a folder, according to the name."""
    if target.suffix.lower() == ".zip":
        from hwbs_graph.write.archive import pack_zip

        emit(pack_zip(files), str(target))
        return
    if target.is_dir():
        _write_into(target, files)
        return
    # A new folder appears with all its files, or not at all.
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.mkdir()
        _write_into(beside, files)
        beside.rename(target)
    except OSError as error:
        raise PathError(target, error.strerror or "it cannot be made", "write") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_into(folder: Path, files: dict[str, bytes]) -> None:
    from hwbs_graph.data.files import write

    for name, data in files.items():
        write(folder / name, data)


COMMANDS = {
    "export": Command(export, "hwbs export xlsx -o strategies.xlsx"),
}
