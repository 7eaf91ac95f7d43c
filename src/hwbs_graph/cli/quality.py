"""Keeping the record right: `check`, `verify` and `fmt`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import (
    RECORD,
    ROW_FORMATS,
    Command,
    FormatName,
    OutputPath,
    Quiet,
    Source,
    choose_format,
    done,
    emit,
    open_engine,
    reading,
    tell,
)
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.checks import Step
    from hwbs_graph.checks.findings import Finding

#: Back to the start of the line, and nothing on it.
_CLEAR = "\r\x1b[K"


@reading
def check(
    source: Source = RECORD,
    strict: Annotated[bool, typer.Option("--strict", help="Let a warning fail, too.")] = False,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Check that the record is whole.

    Against the SHACL shapes and the violation queries; exit code 1 on a violation.
    """
    format = choose_format(format, output, ROW_FORMATS)
    from hwbs_graph import checks

    engine = open_engine(source)
    tell("Checking shapes and rules ...", quiet)
    with _progress(quiet) as show:
        found = checks.run(engine, show)
    violations = sum(finding.severity == "violation" for finding in found)
    warnings = len(found) - violations
    emit(_written(found, format), output)
    tell(f"{count(violations, 'violation')}, {count(warnings, 'warning')}.", quiet)
    done(violations == 0 and not (strict and warnings))


@reading
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the text files.")],
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Check that the documents say so.

    Every passage of the graph is looked up again, at its line, in the text files of DIR;
    exit code 1 if one is not where the graph says.
    """
    format = choose_format(format, output, ROW_FORMATS)
    from hwbs_graph.checks import verification

    report = verification.verify(open_engine(source), folder)
    emit(_written(report.findings, format), output)
    for document, number in report.looked_up.items():
        tell(f"{document}: {count(number, 'passage')} looked up.", quiet)
    tell(f"{count(len(report.findings), 'problem')}.", quiet)
    done(not report.findings)


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Turtle files or folders; without any, graph/ and ontology/ here.",
        ),
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; name the files that would change.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Rewrite Turtle in canonical form.

    A diff then shows changed facts and nothing else. All files are read before one is
    written.
    """
    from hwbs_graph.data import corpus, turtle
    from hwbs_graph.data.files import read_text, write

    here = [folder for folder in (Path("graph"), Path("ontology")) if folder.is_dir()]
    if not (paths or here):
        raise UsageError("There is no graph/ or ontology/ in this folder; name a file or folder.")
    files = list(corpus.turtle_files(paths or here))
    texts = {path: read_text(path) for path in files}
    # All files are read and understood before the first is written.
    wanted = {path: turtle.canonical(text, str(path)) for path, text in texts.items()}
    changed = [path for path in files if wanted[path] != texts[path]]
    for path in changed:
        if not check_only:
            write(path, wanted[path].encode("utf-8"))
        tell(f"{'would rewrite' if check_only else 'rewrote'} {path}", quiet)
    tell(f"{count(len(files), 'file')} read, {len(changed)} not canonical.", quiet)
    done(not (check_only and changed))


@contextmanager
def _progress(quiet: bool) -> "Iterator[Callable[[Step], None]]":
    """Say on a terminal how far a check has got.

    In one line that needs no tidying up: Ctrl-C ends the process at once.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda step: None
        return

    def show(step: "Step") -> None:
        told = f"{_CLEAR}{step.doing}: {step.done:,} of {step.total:,}"
        print(told, end="", file=sys.stderr, flush=True)

    yield show
    print(_CLEAR, end="", file=sys.stderr, flush=True)


def _written(found: "list[Finding]", format: str) -> bytes:
    if format not in ("table", "json"):
        from hwbs_graph.checks import findings
        from hwbs_graph.query import results
        from hwbs_graph.write.rows import render

        records = [finding.as_dict() for finding in found]
        return render(results.from_records(records, findings.Finding.columns()), format)
    if format == "json":
        entries = [finding.as_dict() for finding in found]
        return (json.dumps(entries, ensure_ascii=False, indent=2) + "\n").encode()
    return "".join(map(_sentence, found)).encode()


def _sentence(finding: "Finding") -> str:
    where = f"; {finding.source}" if finding.source else ""
    return (
        f"{finding.severity.upper()}  {finding.label}\n"
        f"    {finding.message}\n"
        f"    {finding.rule}{where}\n"
        f"    <{finding.focus}>\n\n"
    )


COMMANDS = {
    "check": Command(check, "hwbs check --strict"),
    "verify": Command(verify, "hwbs verify path/to/documents"),
    "fmt": Command(fmt, "hwbs fmt --check"),
}
