"""Where an answer goes, in which format, and what is said beside it.

Answers go to stdout or the file of `--output`, notes to stderr.

Out of scope: how a format is written (`write`).
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hwbs_graph.cli.options import Option, SharedOptions
from hwbs_graph.cli.terminal import print_bytes, print_note, terminal_width
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count
from hwbs_graph.write.endings import find_format, require_ending
from hwbs_graph.write.formats import FORMATS

if TYPE_CHECKING:
    from hwbs_graph.checks.findings import Finding
    from hwbs_graph.query.results import Answer

#: Where a view goes if no other file is named.
VIEW_FILE = "hwbs-view.html"
Records = Sequence[dict[str, str]]
#: Formats for people, in which a sentence stands above the answer.
_CAPTIONED = ("table", "markdown")
#: Formats for answers that are always rows.
ROW_FORMATS = tuple(name for name, entry in FORMATS.items() if entry.rows)


class Output(NamedTuple):
    """The format of an answer, its file (- is stdout), and what is said beside it.

    With `quiet`, notes are left out; with `cite`, the answer says how it is quoted.
    """

    format: str = "table"
    file: str = "-"
    quiet: bool = False
    cite: bool = False

    @property
    def is_laid_out(self) -> bool:
        """Whether a report is written as a whole, as text or JSON, and not as rows."""
        return self.format in ("table", "json")

    def write(self, data: bytes | str) -> None:
        """Write an answer to stdout, or to a file: all of it or nothing. Raises PathError."""
        encoded = data.encode("utf-8") if isinstance(data, str) else data
        if self.file == "-":
            print_bytes(encoded)
            return
        from hwbs_graph.data.atomic_file import write_file

        write_file(Path(self.file), encoded)

    def write_answer(
        self,
        answer: "Answer",
        caption: str = "",
        sought: str = "",
        found: bool | None = None,
        heading: str = "",
        limit: int | None = None,
    ) -> None:
        """Write the answer of a query below its caption; end with code 1 if nothing was found.

        A caption is a note in formats that programs read; with `found`, it says all of an answer
        without rows. A `heading` stands above a table alone. `sought` are the words to search for
        where nothing was found. Rows after the first `limit` are left out, and counted in a note.
        """
        size = answer.size
        shown = _take_first(answer, limit)
        above = caption or heading * (size > 0 and self.format == "table")
        if caption and self.format not in _CAPTIONED:
            self.note(caption)
        self._write_below(above, shown, found)
        self._finish(count(shown.size, "row"))
        if shown.size < size:
            self.note(f"{size - shown.size:,} more; show them with --limit {size}.")
        is_found = size > 0 if found is None else found
        if not is_found:
            self.note_nothing(sought)
        self.end(is_found)

    def _write_below(self, caption: str, answer: "Answer", found: bool | None) -> None:
        from hwbs_graph.write.rows import render

        above = caption if self.format in _CAPTIONED else ""
        told = found is not None and bool(above) and not answer.size
        body = b"" if told else render(answer, self.format)
        self.write((f"{above}\n{'' if told else chr(10)}".encode() if above else b"") + body)

    def write_records(
        self, records: Records, columns: Sequence[str] = (), measured: bool = False
    ) -> None:
        """Write records of plain text as rows, with the numbers as numbers if they are `measured`.

        `columns` are needed if there may be no record.
        """
        from hwbs_graph.query.results import find_numeric, rows_from_text
        from hwbs_graph.write.rows import render

        columns = columns or (list(records[0]) if records else ["nothing"])
        numeric = find_numeric(records, columns) if measured else []
        if self.format == "xlsx":  # where a number has no zeros at its end, and a code may have
            records = [row | {key: _strip_zeros(row[key]) for key in numeric} for row in records]
        self.write(render(rows_from_text(records, columns, numeric), self.format))
        self._finish(count(len(records), "row"))

    def write_report(
        self,
        text: Callable[[], str],
        value: Any,
        records: Callable[[], Records],
        columns: Sequence[str] = (),
        measured: bool = False,
    ) -> None:
        """Write a report as its text, as its JSON value, or as rows in any other format."""
        if not self.is_laid_out:
            self.write_records(records(), columns, measured)
            return
        if self.format == "table":
            self.write(text())
        else:
            import json

            self.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
        self._finish()

    def _finish(self, told: str = "") -> None:
        """Say which file was written, and how to quote the answer: below a text, else on stderr."""
        if Path(self.file).is_file():
            self.note(f"Wrote {', '.join(filter(None, (self.file, told)))}.")
        if not self.cite:
            return
        from hwbs_graph.cli.citation import cite_answer
        from hwbs_graph.report.wrapping import wrap

        cited = cite_answer()
        if self.format == "table" and self.file == "-":
            self.write("\n" + "".join(f"{line}\n" for line in wrap(cited, terminal_width())))
        else:
            print_note(cited)

    def write_findings(self, found: "Sequence[Finding]") -> None:
        """Write what a check found."""
        from hwbs_graph.checks.findings import Finding

        entries = [finding.as_dict() for finding in found]
        self.write_report(
            lambda: "".join(f"{finding.describe()}\n" for finding in found),
            entries,
            lambda: entries,
            Finding.columns(),
        )

    def note(self, text: str) -> None:
        """Say something that is not the answer, on stderr."""
        if not self.quiet:
            print_note(text)

    def note_nothing(self, sought: str = "") -> None:
        """Say that nothing was found, and where the words that were sought stand."""
        from hwbs_graph.cli.source import suggest_search

        if not self.quiet:
            self.note(f"Nothing found. {suggest_search(sought)}".strip())

    def end(self, found: bool) -> None:
        """End the command with code 1 unless something was found."""
        if not found:
            raise typer.Exit(1)


def _take_first(answer: "Answer", limit: int | None) -> "Answer":
    from hwbs_graph.query.results import Rows

    if limit is None or not isinstance(answer, Rows) or answer.size <= limit:
        return answer
    return answer.keep([True] * limit)


def _strip_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def check_file(what: str, file: str, *formats: str) -> None:
    """Raise UsageError or PathError for a file that must not be written in these formats.

    Called before any work is done; `what` is the subject of the sentence.
    """
    if file == "-":
        return
    from hwbs_graph.data.atomic_file import check_target

    require_name(file)
    check_target(Path(file))
    require_ending(what, file, formats)


def require_name(file: str) -> None:
    """Raise UsageError for an empty name, which Python takes for the folder we are in."""
    if not file:
        raise UsageError("An empty text names no file or folder; give a name.")


def refuse_binary(name: str, file: str, stem: str) -> None:
    """Raise UsageError if a binary format would fill a terminal; `stem` names a file instead."""
    if file == "-" and sys.stdout.isatty():
        raise UsageError(f"{name} is not text; give a file, such as --output {stem}.{name}.")


def _build_output(
    allowed: Sequence[str],
    format: str | None = None,
    output: str = "-",
    quiet: bool = False,
    cite: bool = False,
) -> Output:
    """Choose the format asked for, else the one of the file's ending, else the table.

    Raises UsageError, before any work is done, for a format that is not one of `allowed`.
    """
    name = format.lower() if format else find_format(output, allowed) or "table"
    if name not in allowed:
        raise UsageError(f"There is no format “{name}” here; give one of: {', '.join(allowed)}.")
    check_file("An answer", output, *([name] if format else allowed))
    if FORMATS[name].binary:
        refuse_binary(name, output, "answer")
    return Output(name, output, quiet, cite)


#: The parameter of a command that can leave out the rows after the first.
RowLimit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="Only the first N rows.", show_default=False),
]
#: The parameter of a command that writes briefings.
AudienceOption = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="WHOM",
        help="Only what these need: scrutiny, team or board (one page).",
        show_default=False,
    ),
]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"One of: {', '.join(FORMATS)}; default: by the ending of FILE, else table.",
        show_default=False,
    ),
]
_File = Annotated[
    str,
    typer.Option("--output", metavar="FILE", help="Write the answer to FILE; - is the terminal."),
]
_Quiet = Annotated[bool, typer.Option("--quiet", help="Print only the answer and errors.")]
_Cite = Annotated[
    bool,
    typer.Option("--cite", help="Say how to quote the answer: version, data, date and command."),
]
_QUIET = {"quiet": Option(_Quiet, False)}
_CITE = {"cite": Option(_Cite, False)}
_WRITTEN = {"format": Option(_Format), "output": Option(_File, "-")}
#: The parameter of a command whose answer may be rows, a graph, or yes and no.
AnswerOutput = Annotated[
    Output, SharedOptions(partial(_build_output, tuple(FORMATS)), _WRITTEN | _QUIET | _CITE)
]
#: The parameter of a command whose answer is always rows.
RowOutput = Annotated[
    Output, SharedOptions(partial(_build_output, ROW_FORMATS), _WRITTEN | _QUIET | _CITE)
]
#: The same for a command that has nothing to say beside its answer.
SilentOutput = Annotated[Output, SharedOptions(partial(_build_output, ROW_FORMATS), _WRITTEN)]
#: The parameter of a command that takes its files in its own way, and only says something.
NoteOutput = Annotated[Output, SharedOptions(partial(_build_output, ROW_FORMATS), _QUIET)]
