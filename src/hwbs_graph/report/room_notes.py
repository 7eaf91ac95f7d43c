"""What a room said of things of the record: notes and votes that the view saved, read and counted.

A note is known by its id, so that a file that is given twice counts once; notes of several tables
on one thing stand together, and their votes are added. They are said, not printed: the basis
of each is “said in the workshop”.

Out of scope: collecting them (the page), and what a plan says itself.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.data import files
from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import html_text

#: As in notes.js: what a page takes.
MOST_NOTES, LONGEST_TEXT, LONGEST_GROUP, MOST_VOTES, MOST_BYTES = 2000, 500, 60, 999, 1_000_000
#: Characters of a cell, far more than the longest note.
_LONGEST_CELL = 100_000
NEEDED = ("id", "item", "note")
NAME = "urn:hwbs:note:"
OA, SCHEMA = "http://www.w3.org/ns/oa#", "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
FOAF_NAME = "http://xmlns.com/foaf/0.1/name"


class RoomNote(NamedTuple):
    """One note or vote on the thing whose IRI is `item`; `date` is ISO, "" where it is not told."""

    id: str
    item: str
    text: str
    group: str
    votes: int
    date: str


class OpenPoint(NamedTuple):
    """What was said of one thing in all: its votes added, and its notes."""

    iri: str
    label: str
    votes: int
    notes: tuple[RoomNote, ...]


def read_notes(paths: Iterable[Path]) -> list[RoomNote]:
    """Return the notes of all files, each once.

    Raises UsageError for an unknown ending, PathError where a file cannot be read, and DataError,
    with the file and the line, for what is no note.
    """
    found = {note.id: note for path in paths for note in _read_file(path)}
    if len(found) > MOST_NOTES:
        raise DataError(f"The files hold {len(found)} notes; give {MOST_NOTES} or fewer.")
    return [*found.values()]


def _read_file(path: Path) -> Iterator[RoomNote]:
    reader = {".csv": _read_csv, ".ttl": _read_turtle}.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"Notes are read from a file that ends in .csv or .ttl, not {path.name}.")
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise DataError(f"{path.name} is larger than one megabyte; split it.")
    yield from reader(files.read_text(path), path.name)


def _read_csv(text: str, name: str) -> Iterator[RoomNote]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    lacking = [column for column in NEEDED if column not in (rows.fieldnames or ())]
    if lacking:
        cure = "save the notes from the view as CSV"
        raise DataError(f"{name}, line 1 has no column “{lacking[0]}”; {cure}.")
    before = csv.field_size_limit(_LONGEST_CELL)  # of the whole process
    try:
        for row in rows:
            plain = {key: _take_quote(row.get(key) or "") for key in (*NEEDED, "group", "date")}
            raw = {**plain, "text": plain["note"], "votes": row.get("votes") or "0"}
            yield _check_note(raw, f"{name}, line {rows.line_num}")
    except csv.Error as error:
        raise DataError(f"{name}, line {rows.line_num}: {error}; save it again.") from None
    finally:
        csv.field_size_limit(before)


def _take_quote(cell: str) -> str:
    """Return a cell without the sign that keeps a sheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t") else cell


def _read_turtle(text: str, name: str) -> Iterator[RoomNote]:
    import pyoxigraph

    try:
        triples = [*pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise DataError(f"{name} is no Turtle: {str(error).rstrip('.')}; mend it.") from None
    said: dict[str, dict[str, str]] = {}
    for triple in triples:
        node = said.setdefault(str(triple.subject), {})
        node[triple.predicate.value] = getattr(triple.object, "value", "")
    for subject, words in said.items():
        if f"{OA}hasTarget" in words:
            yield _check_note(_describe(subject, words, said), f"{name}, {subject}")


def _describe(
    subject: str, words: Mapping[str, str], said: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    creator = words.get(f"{DCTERMS}creator", "")
    group = said.get(f"_:{creator}", {}).get(FOAF_NAME, "")
    return {
        "id": subject.strip("<>").removeprefix(NAME),
        "item": words[f"{OA}hasTarget"],
        "text": words.get(f"{OA}bodyValue", ""),
        "group": group,
        "votes": words.get(f"{SCHEMA}upvoteCount", "0"),
        "date": words.get(f"{DCTERMS}date", ""),
    }


def _check_note(raw: Mapping[str, str], place: str) -> RoomNote:
    for key in ("id", "item"):
        if not raw[key].strip():
            raise DataError(f"{place} has no {key}; save the notes from the view again.")
    votes = raw["votes"].strip()
    if not (votes.isascii() and votes.isdigit() and len(votes) < 4):
        cure = f"write a number from 0 to {MOST_VOTES}"
        raise DataError(f"{place} has “{votes[:40]}” for votes; {cure}.")
    text, group = _clean(raw["text"], LONGEST_TEXT), _clean(raw["group"], LONGEST_GROUP)
    if not text and not int(votes):
        raise DataError(f"{place} has neither a note nor a vote; leave it out.")
    return RoomNote(
        html_text(raw["id"].strip()),
        html_text(raw["item"].strip()),
        text,
        group,
        int(votes),
        _clean(raw["date"], 10),
    )


def _clean(text: str, longest: int) -> str:
    return " ".join(html_text(text).split())[:longest]


def count_points(engine: Engine, notes: Sequence[RoomNote]) -> list[OpenPoint]:
    """Return what was said of each thing, most votes first; "" as label where none is known."""
    by_item = group_pairs((note.item, note) for note in notes)
    labels = {row["thing"]: row["label"] for row in run_named(engine, "internal/labels")}
    points = [
        OpenPoint(item, labels.get(item, ""), sum(note.votes for note in said), tuple(said))
        for item, said in by_item.items()
    ]
    return sorted(points, key=lambda point: (-point.votes, -len(point.notes), point.label))


def list_records(points: Iterable[OpenPoint]) -> list[dict[str, str]]:
    """Return the points as rows of a table; COLUMNS names the columns."""
    return [
        {
            "thing": point.iri,
            "label": point.label or "(not in this record)",
            "votes": str(point.votes),
            "notes": "; ".join(filter(None, (note.text for note in point.notes))),
            "groups": "; ".join(dict.fromkeys(note.group for note in point.notes if note.group)),
        }
        for point in points
    ]


COLUMNS = ("thing", "label", "votes", "notes", "groups")
#: The columns of a file of notes, as the view saves it.
COLUMNS_OF_FILE = ("id", "item", "label", "note", "group", "votes", "date")


def list_rows(notes: Iterable[RoomNote], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Return notes as the rows of such a file."""
    return [
        {
            "id": note.id,
            "item": note.item,
            "label": labels.get(note.item, ""),
            "note": note.text,
            "group": note.group,
            "votes": str(note.votes),
            "date": note.date,
        }
        for note in notes
    ]
