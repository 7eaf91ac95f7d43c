"""Are the published files behind the reading copies those that were read, and read as they were?

A reading copy is a text made of a file that is none, such as a workbook. The file is known by its
SHA-256; whoever can read it hands over a reader, whose text must be the copy, line by line.

Out of scope: making reading copies, and whether passages stand in them (`verification`).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from hwbs_graph.checks.findings import Finding
from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count, normalise_newlines

#: Makes the text of a published file; None for a kind of file that it does not read.
ReadOriginal = Callable[[Path], str | None]
#: So many lines that differ are named.
_NAMED = 5


def check_originals(
    engine: Engine,
    folder: Path,
    digests: Mapping[str, Path],
    documents: Collection[str],
    read_original: ReadOriginal | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with the published files of some documents that are reading copies.

    `digests` are the files of the folder by their SHA-256. Without a reader no file is read again.
    """
    for row in run_named(engine, "internal/originals"):
        if row["document"] not in documents:
            continue
        path = digests.get(row["sha256"])
        if path is None:
            yield _make_finding(row, "original", _describe_unknown(row, folder))
        elif read_original and (message := _describe_copy(row, digests, path, read_original)):
            yield _make_finding(row, "reading copy", message)


def _make_finding(row: Row, rule: str, message: str) -> Finding:
    return Finding("violation", rule, row["original"], row["identifier"], message)


def _describe_unknown(row: Row, folder: Path) -> str:
    """Say why no file of the folder is the one that was published."""
    name = row["fileName"]
    if not name or not row["sha256"]:
        return "Of the published file, name (hwbs:fileName) or hwbs:sha256 is not told: add both."
    if (folder / name).is_file():
        return (
            f"{folder / name} is not the file of which {row['copyName']} is the text (its SHA-256 "
            "differs): find the version that was read, or import the new one."
        )
    return (
        f"The file {name}, of which {row['copyName']} is the text, is not in {folder}: add it, "
        "so that both can be compared."
    )


def _describe_copy(
    row: Row, digests: Mapping[str, Path], original: Path, read_original: ReadOriginal
) -> str:
    """Say where a reading copy differs from what its file gives now, or "" where it does not."""
    copy, text = digests.get(row["copySha256"]), read_original(original)
    if copy is None or text is None:  # another finding tells of a copy that is not there
        return ""
    kept = normalise_newlines(copy.read_text("utf-8-sig")).split("\n")
    pairs = zip_longest(kept, normalise_newlines(text).split("\n"))
    changed = [number for number, (one, other) in enumerate(pairs, start=1) if one != other]
    if not changed:
        return ""
    named = ", ".join(map(str, changed[:_NAMED])) + (" ..." if len(changed) > _NAMED else "")
    return (
        f"{original.name} read again gives another text in {count(len(changed), 'line')} ({named}) "
        f"of {copy.name}: look at these lines, and import the file again."
    )
