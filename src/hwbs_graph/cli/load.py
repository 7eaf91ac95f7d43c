"""`hwbs load`: a store on disk from files, and changing the files it is made of."""

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
    from hwbs_graph.load import How, LoadProgress, LoadResult

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
    add: Annotated[
        bool, typer.Option("--add", help="Add FILEs to STORE, and keep what it holds.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put FILEs in the place of those of the same name.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove FILEs from STORE; they need not be there.")
    ] = False,
    *,
    output: NoteOutput,
) -> None:
    """Build an on-disk store, or change the files it is made of.

    It holds FILEs, the ontology, the code lists and what the rules derive; other commands read
    it with --store. A file of triples becomes one named graph; a file of quads keeps its graphs.
    An old STORE stays until the new one is complete, also with --add, --replace and --remove.
    """
    from hwbs_graph import load as loading

    how = _choose_change(add, replace, remove)
    if how and (with_record or not paths):
        raise UsageError(f"Name the files to {how}, without --with-record.")
    if not paths and not with_record:
        raise UsageError("Name a file to load, or give --with-record to load what ships with hwbs.")
    started = time.monotonic()
    with _undone_by_ctrl_c(store), progress_line(output.quiet) as show:
        speed = _Speed()

        def tell(step: "LoadProgress") -> None:
            show(speed.describe(step))

        if how:
            done = loading.change(store, paths or [], how, tell)
        else:
            done = loading.load(store, paths or [], with_record, tell)
    warn_of(done.warnings)
    seconds = time.monotonic() - started
    output.note(_describe_change(how, done, store, seconds))


def _choose_change(add: bool, replace: bool, remove: bool) -> "How | None":
    """Return how a store is changed, or None where it is made anew."""
    named: dict[How, bool] = {"add": add, "replace": replace, "remove": remove}
    given = [how for how, chosen in named.items() if chosen]
    if len(given) > 1:
        raise UsageError("Give one of --add, --replace and --remove.")
    return given[0] if given else None


def _describe_change(how: "How | None", done: "LoadResult", store: Path, seconds: float) -> str:
    """Return what was done, as a sentence."""
    statements, files = count(done.statements, "statement"), count(done.files, "file")
    if how:
        told = f"Changed {store}: it now holds {statements} from {files}"
        return f"{told}, and {done.derived:,} derived, after {seconds:.1f} s."
    rate = round(done.statements / max(seconds, 0.001))
    return (
        f"Loaded {statements} from {files} into"
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
