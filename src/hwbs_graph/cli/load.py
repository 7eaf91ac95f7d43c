"""`hwbs load`: a store on disk from files."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.cli.source import warn_of
from hwbs_graph.cli.terminal import print_note, progress_line
from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.load import LoadProgress

#: What a shell calls a program that Ctrl-C ended.
INTERRUPTED = 130


def load_files(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The folder to make or replace.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files or folders: .ttl, .nt, .trig, .nq, .jsonld or .rdf, also with .gz.",
        ),
    ] = None,
    with_record: Annotated[
        bool, typer.Option("--with-record", help="Add the record that ships with hwbs.")
    ] = False,
    *,
    output: NoteOutput,
) -> None:
    """Build an on-disk store.

    It holds FILEs, the ontology, the code lists and what the rules derive; other commands read
    it with --store. A file of triples becomes one named graph; a file of quads keeps its graphs.
    An old STORE stays until the new one is complete.
    """
    from hwbs_graph.load import load as load_store

    if not paths and not with_record:
        raise UsageError("Name a file to load, or give --with-record to load what ships with hwbs.")
    started = time.monotonic()
    with _undone_by_ctrl_c(store), progress_line(output.quiet) as show:
        speed = _Speed()
        done = load_store(store, paths or [], with_record, lambda step: show(speed.describe(step)))
    warn_of(done.warnings)
    seconds = time.monotonic() - started
    rate = round(done.statements / max(seconds, 0.001))
    output.note(
        f"Loaded {count(done.statements, 'statement')} from {count(done.files, 'file')} into"
        f" {store}, and derived {done.derived:,}, in {seconds:.1f} s ({rate:,} a second)."
    )


@contextmanager
def _undone_by_ctrl_c(store: Path) -> Iterator[None]:
    """Let Ctrl-C restore what was there, instead of ending the process at once."""
    try:
        with interruptible():
            yield
    except KeyboardInterrupt:
        print_note(f"Stopped; {store} is as it was.")
        raise typer.Exit(INTERRUPTED) from None


class _Speed:
    """Describes how far a load has got: how much, how fast, and the time left in this step."""

    def __init__(self) -> None:
        self._number, self._started = 0, 0.0

    def describe(self, step: "LoadProgress") -> str:
        """Return the line of progress for a step of `hwbs_graph.load`."""
        from hwbs_graph.load import STAGES

        if step.number != self._number:
            # The speed of the step before says nothing of this one.
            self._number, self._started = step.number, time.monotonic()
        doing = f"{step.number}/{len(STAGES)} {step.doing}"
        if not step.done:
            return doing
        seconds = max(time.monotonic() - self._started, 0.001)
        left = seconds * (step.total - step.done) / step.done if step.total else 0
        ahead = f", {timedelta(seconds=round(left))} left" if step.total else ""
        return f"{doing}: {_describe_amount(step)}, {step.statements / seconds:,.0f}/s{ahead}"


def _describe_amount(step: "LoadProgress") -> str:
    """Return how much is done of how much, in bytes or in statements."""
    if step.unit != "bytes":
        return f"{step.done:,} of {step.total:,}" if step.total else f"{step.done:,}"
    from rich.filesize import decimal

    return f"{decimal(step.done)} of {decimal(step.total)}"


COMMAND = Command(load_files, "hwbs load england.store --with-record")
