"""Every error of `hwbs`: each holds what it is about and makes its own sentence.

`exit_code` is the command line's contract: 1 ran and found nothing or found problems,
2 could not run. No reader sees a traceback.

Out of scope: printing (the command line does) and HTTP status (the protocol does).
"""

import re
from collections.abc import Sequence
from pathlib import Path


class HwbsError(Exception):
    """Anything `hwbs` reports to its user; its text is one sentence that says what to do.

    `sought` are the words that led nowhere, "" where no words did: others may search for them.
    """

    exit_code = 2
    sought = ""


class NotFoundError(HwbsError):
    """A name that nothing carries; `suggestions` holds the nearest names, best first.

    `other` is the kind of a thing that does carry the name, where another kind was asked for.
    """

    exit_code = 1

    def __init__(
        self, kind: str, name: str, suggestions: Sequence[str], other: str | None = None
    ) -> None:
        self.kind, self.name, self.suggestions = kind, name, tuple(suggestions)
        self.other = other
        self.sought = "" if kind in ("query", "key", "page") else name
        hints = [f"Did you mean {_join_choices(self.suggestions)}?"] if suggestions else []
        if other:
            hints.append(f'It is the name of another kind of thing ({other}): hwbs show "{name}"')
        listing = {"query": "queries", "page": "docs"}.get(kind, "list")
        hint = " ".join(hints) or f"`hwbs {listing}` shows what there is."
        super().__init__(f"No {kind} is called “{name}”. {hint}")


class NameTakenWarning(UserWarning):
    """A name that nothing carries, and the one thing that it was taken for."""

    def __init__(self, name: str, label: str, kind: str, why: str) -> None:
        self.name, self.label = name, label
        super().__init__(f"“{name}” is taken for “{label}” ({kind}), {why}.")


class AmbiguousError(HwbsError):
    """A name that several things carry; `candidates` holds (path, label) pairs."""

    exit_code = 1

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        listed = "\n".join(f"  {path}\n    {label}" for path, label in self.candidates)
        super().__init__(
            f"“{name}” names {len(self.candidates)} things; give one of these:\n{listed}"
        )


class NothingFoundError(HwbsError):
    """A selection that leaves nothing."""

    exit_code = 1

    def __init__(self, sentence: str, sought: str = "") -> None:
        self.sought = sought
        super().__init__(sentence)


class UsageError(HwbsError):
    """An option, argument or parameter that cannot be used as given."""


class MissingExtraError(UsageError):
    """Something that needs libraries which the plain installation leaves out."""

    def __init__(self, extra: str, what: str, missing: Sequence[str]) -> None:
        self.extra, self.missing = extra, tuple(missing)
        install = f"{_name_python()} -m pip install"
        are = "is" if len(missing) == 1 else "are"
        super().__init__(
            f"{what} needs {' and '.join(missing)}, which {are} not installed; run `{install}"
            f" {' '.join(missing)}`, or in a checkout `{install} -c constraints.txt '.[{extra}]'`."
        )


class FormatError(UsageError):
    """An answer that a format cannot hold, and the formats that can."""

    def __init__(self, format: str, what: str, offer: str) -> None:
        super().__init__(f"{format} cannot hold {what}; ask for {offer}.")


class DataError(HwbsError):
    """A file that is there but cannot be used as data."""


class PathError(DataError):
    """A path that cannot be read, or with another `verb` not written."""

    def __init__(self, path: Path, why: str, verb: str = "read") -> None:
        self.path = path
        super().__init__(f"Cannot {verb} {path}: {why}.")


class StreamError(HwbsError):
    """A standard stream that is closed."""


class StoreError(DataError):
    """A folder that cannot be used as a store on disk, or not be made into one."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(f"Cannot use {path} as a store: {_strip_stop(why)}.")


class EndpointError(HwbsError):
    """A SPARQL server that cannot be reached, or does not answer as the protocol says."""

    def __init__(self, url: str, why: str) -> None:
        self.url = url
        super().__init__(f"{url} {_strip_stop(why)}.")


class RejectedQueryError(EndpointError):
    """A query that a SPARQL server says is wrong (400); `reason` is the first line it says."""

    def __init__(self, url: str, reason: str) -> None:
        self.reason = reason
        super().__init__(url, f"refuses the query: {reason}")


class TurtleSyntaxError(DataError):
    """Turtle that does not parse; `line` and `column` count from 1, None when unknown."""

    def __init__(self, name: str, why: str, line: int | None, column: int | None) -> None:
        self.name, self.line, self.column = name, line, column
        clause = re.sub(r"^Parser error (?:at|between) line \d+.*?: ", "", _strip_stop(why))
        super().__init__(f"{name}{_format_position(line, column)}: {clause}.")


class QueryError(HwbsError):
    """A SPARQL query that cannot be run; `line` and `column` count from 1, None when unknown."""

    def __init__(
        self, name: str, why: str, line: int | None = None, column: int | None = None
    ) -> None:
        self.name, self.why, self.line, self.column = name, why, line, column
        super().__init__(f"{name}{_format_position(line, column)}: {_strip_stop(why)}.")

    def move_up(self, lines: int) -> "QueryError":
        """Return the error as it counts where so many lines above are none of the person's."""
        line = None if self.line is None else self.line - lines
        return QueryError(self.name, self.why, line, self.column)


def _name_python() -> str:
    """Return what a shell calls the Python that runs us; plain `python` may be another."""
    import sys
    from shutil import which

    if which("python") == sys.executable:
        return "python"
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable


def _format_position(line: int | None, column: int | None) -> str:
    if line is None:
        return ""
    return f", line {line}" + (f", column {column}" if column is not None else "")


def _strip_stop(why: str) -> str:
    """Return a reason without its full stop, on one line: a parser may quote a line feed."""
    one_line = why.strip().replace("\n", "\\n").replace("\r", "\\r")
    return one_line.rstrip(".")


def _join_choices(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]
