"""Do the documents say so? Every passage is looked up again, at its line and column.

Documents are found by SHA-256. A file with the right name and other content is read, too, and
reported. Of a reading copy the published file is looked at as well (`originals`). Nothing is
written.

Out of scope: whether a passage supports what it is quoted for; a reader must judge that.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.checks.findings import Finding
from hwbs_graph.checks.originals import ReadOriginal, check_originals
from hwbs_graph.data import files
from hwbs_graph.data.board import read_board
from hwbs_graph.data.rdf_files import has_format
from hwbs_graph.errors import PathError
from hwbs_graph.grouping import Row, group_pairs
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count, normalise_newlines, parse_whole


@dataclass(frozen=True)
class VerificationReport:
    """What `verify` found: passages looked up in each document, and what is not as it says."""

    looked_up: dict[str, int]
    findings: list[Finding]


class Texts(NamedTuple):
    """A folder of documents, and the graph that belongs to it, if any does."""

    documents: Path
    graph: tuple[Path, ...] = ()


def find_texts(folder: Path) -> Texts:
    """Return the documents of a folder and their graph: what a board says, or what lies there.

    Without `hwbs.yaml` its files of RDF are the graph, and those of a folder `graph` in it. Raises
    PathError and DataError as `read_board` does.
    """
    if files.is_board(folder):
        board = read_board(folder)
        return Texts(board.documents, (folder,))
    beside = [*folder.glob("*"), *(folder / "graph").glob("*")] if folder.is_dir() else []
    return Texts(folder, tuple(sorted(path for path in beside if has_format(path))))


def verify(
    engine: Engine,
    folder: Path,
    own: Sequence[Row] | None = None,
    read_original: ReadOriginal | None = None,
) -> VerificationReport:
    """Look up every passage in the text files of `folder`.

    `own` are rows of the passages that must be found, all without it; passages of other documents
    are looked up where the document is there. `read_original` makes the text of a published file
    again, for the reading copies. Raises PathError if the folder cannot be read.
    """
    digests = list_digests(folder)
    rows = run_named(engine, "internal/passages")
    looked_up: dict[str, int] = {}
    findings: list[Finding] = []
    if own is not None:
        needed = {row["passage"] for row in own}
        rows = [
            row
            for row in rows
            if row["passage"] in needed
            or row["sha256"] in digests
            or (folder / row["fileName"]).is_file()
        ]
        findings += _find_untold(own, {row["passage"] for row in rows})
    for (identifier, _), passages in _group_by_document(rows).items():
        found = list(_check_document(folder, digests, passages))
        found = _name_summaries(engine, found)
        missing = any(finding.rule == "missing document" for finding in found)
        looked_up[identifier] = looked_up.get(identifier, 0) + (0 if missing else len(passages))
        findings.extend(found)
    documents = {row["document"] for row in rows}
    findings += check_originals(engine, folder, digests, documents, read_original)
    return VerificationReport(looked_up, findings)


def _name_summaries(engine: Engine, found: list[Finding]) -> list[Finding]:
    """Say of each passage that is not as recorded which summaries rest on it."""
    if not any(finding.rule == "passage" for finding in found):
        return found
    resting: dict[str, list[str]] = {}
    for row in run_named(engine, "internal/sentences-on-passages"):
        name = row["label"] or row["thing"]
        told = f" The summary of “{name}” rests on it: “{row['sentence']}”"
        resting.setdefault(row["passage"], []).append(told)
    return [
        replace(finding, message=finding.message + "".join(resting.get(finding.focus, ())))
        for finding in found
    ]


def _group_by_document(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """Return the passages of each document; those of two boards may have one identifier."""
    return group_pairs(((row["identifier"], row["document"]), row) for row in rows)


def _find_untold(own: Sequence[Row], told: set[str]) -> Iterator[Finding]:
    """Yield a finding for each passage of which the graph does not tell where it is printed."""
    for row in own:
        if row["passage"] not in told:
            yield Finding(
                "violation",
                "passage",
                row["passage"],
                row["printedText"],
                "It cannot be looked up: add the words, line, column and place, and a document"
                " (oa:hasSource) with identifier, hwbs:fileName and hwbs:sha256.",
            )


def list_digests(folder: Path) -> dict[str, Path]:
    """Return each file of a folder by its SHA-256, in hex. Raises PathError."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise PathError(folder, error.strerror or "it is no folder") from None
    digests = {}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PathError(path, error.strerror or "it cannot be opened") from None
        # Windows writes a mark before a text that is otherwise the same.
        for text in (data, data.removeprefix(files.UTF8_MARK)):
            digests[hashlib.sha256(text).hexdigest()] = path
    return digests


def _check_document(
    folder: Path, digests: dict[str, Path], passages: list[dict[str, str]]
) -> Iterator[Finding]:
    head = passages[0]
    named = folder / head["fileName"]
    path = digests.get(head["sha256"])
    if path is None and not named.is_file():
        number = count(len(passages), "passage")
        why = f"The file {head['fileName']} is not in {folder}: add it, so that its {number} "
        yield _document_finding("missing document", head, f"{why}can be looked up.")
        return
    if path is None:
        path = named
        yield _document_finding(
            "document",
            head,
            f"{path} is not the text that was read (its SHA-256 differs): find the version that "
            "was read, or check every passage below and record the new version.",
        )
    lines = read_lines(path)
    for row in passages:
        if message := _describe_mismatch(lines, row):
            source = f"{row['identifier']} line {row['line']}, {row['place']}"
            yield Finding(
                "violation", "passage", row["passage"], row["printedText"], message, source
            )


def read_lines(path: Path) -> list[str]:
    """Return the lines of a document as Windows may write it, what is no text marked as such."""
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith(files.UTF16_MARKS) else "utf-8-sig"
    return normalise_newlines(data.decode(encoding, "replace")).split("\n")


def _describe_mismatch(lines: list[str], row: dict[str, str]) -> str:
    """Say how a passage differs from the text, or "" where it stands as recorded."""
    number, start = parse_whole(row["line"]), parse_whole(row["column"]) - 1
    words = row["printedText"]
    if number <= len(lines) and lines[number - 1][start : start + len(words)] == words:
        return ""
    elsewhere = [str(i) for i, text in enumerate(lines, start=1) if words in text]
    if not elsewhere:
        return "These words are nowhere in the document: quote them as printed."
    if str(number) in elsewhere:
        return f"These words stand in line {number}, but not at column {start + 1}: correct it."
    return f"These words are not in line {number}; they stand in line {', '.join(elsewhere[:5])}."


def _document_finding(rule: str, head: dict[str, str], message: str) -> Finding:
    return Finding("violation", rule, head["document"], head["identifier"], message)
