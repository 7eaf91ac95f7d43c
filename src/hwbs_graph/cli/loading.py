"""Making a store on disk: `load`."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import Command, Quiet, tell
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.load import Step

#: What a shell calls a program that Ctrl-C ended.
INTERRUPTED = 130


def load(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The folder to make or replace.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="Files or folders: .ttl, .nt, .trig or .nq, also with .gz."
        ),
    ] = None,
    with_record: Annotated[
        bool, typer.Option("--with-record", help="Add the record that ships with hwbs.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Build an on-disk store.

    From FILEs, the ontology and the code lists; commands then ask it with --store. A file of
    triples becomes one named graph, a file of quads keeps its graphs, and what the rules derive
    goes in. An old STORE stands until the new one is whole.
    """
    from hwbs_graph.load import load as load_store

    if not paths and not with_record:
        raise UsageError("Name a file to load, or give --with-record to load what ships with hwbs.")
    started = time.monotonic()
    with _interruptible(store), _progress(quiet) as show:
        done = load_store(store, paths or [], with_record, show)
    seconds = time.monotonic() - started
    rate = round(done.statements / max(seconds, 0.001))
    tell(
        f"Loaded {count(done.statements, 'statement')} from {count(done.files, 'file')} into"
        f" {store}, and derived {done.derived:,}, in {seconds:.1f} s ({rate:,} a second).",
        quiet,
    )


@contextmanager
def _interruptible(store: Path) -> Iterator[None]:
    """Let Ctrl-C clean up after itself, where it would otherwise end the process at once."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        tell(f"Stopped; {store} is as it was.")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(quiet: bool) -> "Iterator[Callable[[Step], None]]":
    """Show a bar on a terminal: bytes, statements a second, time left."""
    if quiet or not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from hwbs_graph.load import STEPS

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[amount]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def show(step: "Step") -> None:
            doing = f"{step.number}/{len(STEPS)} {step.doing}"
            if not step.done:
                # A new one, as the time and the total of the step before say nothing of this one.
                for before in bar.task_ids:
                    bar.remove_task(before)
                bar.add_task(doing, total=step.total or None, amount="")
                bar.refresh()
                return
            task = bar.tasks[0]
            rate = step.statements / max(task.elapsed or 0, 0.001)
            amount = f"{_amount(step)}  {rate:,.0f}/s"
            bar.update(task.id, description=doing, completed=step.done, amount=amount)

        yield show


def _amount(step: "Step") -> str:
    """How much is done of how much: bytes where they are told, statements else."""
    if step.unit != "bytes":
        return f"{step.done:,} of {step.total:,}" if step.total else f"{step.done:,}"
    from rich.filesize import decimal

    return f"{decimal(step.done)} of {decimal(step.total)}"


COMMANDS = {"load": Command(load, "hwbs load england.store --with-record")}
