"""`hwbs site`: the pages as files, for any web server or none."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.brand import PageBranding, ShownTexts
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import print_note, progress_line
from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.web.publishing.publication import Published

#: What a shell calls a program that Ctrl-C ended.
_INTERRUPTED = 130


def write_site(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make, or to bring up to date.")
    ],
    base: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where the site will stand, such as https://example.org/plans/: adds sitemap.xml"
            " and the rules for w3id.org.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="An older site: adds a page and an Atom feed of what changed since.",
            show_default=False,
        ),
    ] = None,
    documents: ShownTexts = None,
    *,
    brand: PageBranding,
    source: GraphSource,
    output: NoteOutput,
) -> None:
    """Write the pages of `hwbs serve` as files.

    They open from a folder, a stick or any web server, below any path, and ask nothing of any
    other place. Only what changed is written again.
    """
    address, branding = _check_base(base), brand.read()
    engine = source.open(standards=True)
    from hwbs_graph.web.publishing.publication import publish

    try:
        with interruptible(), progress_line(output.quiet) as show:
            done = publish(
                engine,
                folder,
                address,
                since,
                lambda doing, number, total: show(_describe_step(doing, number, total)),
                branding,
                documents,
            )
    except KeyboardInterrupt:
        print_note(f"Stopped; {folder} is half done: the same command completes it.")
        raise typer.Exit(_INTERRUPTED) from None
    output.note(_describe_done(done, folder))


def _describe_step(doing: str, number: int, total: int) -> str:
    return f"{doing}: {number:,} of {total:,}" if total else f"{doing} ..."


def _describe_done(done: "Published", folder: Path) -> str:
    before = "The last run ended before the site was whole; this one completed it. "
    removed = f", {count(done.removed, 'old file')} removed" if done.removed else ""
    return (
        f"{before if done.completed else ''}The site in {folder.resolve()} has"
        f" {count(done.files, 'file')}: {done.written:,} written{removed}."
        f" Open {folder / 'index.html'}."
    )


def _check_base(base: str | None) -> str:
    """Return the address of a site with a slash at its end, "" for none. Raises UsageError."""
    if base is None:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", base):
        raise UsageError(
            f"“{base}” is no address of a site; give --base one such as https://example.org/plans/."
        )
    return base.rstrip("/") + "/"


COMMAND = Command(write_site, "hwbs site plans-site")
