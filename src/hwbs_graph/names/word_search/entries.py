"""What can be looked through: each text of a graph, and of documents, with the thing it is of.

Out of scope: the index that holds them (`word_index`).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.data.files import read_text
from hwbs_graph.errors import PathError
from hwbs_graph.grouping import Row
from hwbs_graph.names.index import Name, Thing, list_names
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Where a text stands: in a name, in a sentence about the thing, in a passage, in a document.
FIELDS = ("name", "text", "passage", "document")
#: The kind of a passage that backs links alone.
PASSAGE = "passage"

#: The signs by which a search marks the words it found.
MARKS = ("\ue000", "\ue001")
_NO_MARKS = str.maketrans("", "", "".join(MARKS))


class Entry(NamedTuple):
    """One text: the thing it is of, the plan of that, and where it is printed; line 0 is none."""

    text: str
    field: str
    iri: str
    kind: str
    label: str
    plan: str
    plan_label: str
    document: str = ""
    line: int = 0
    place: str = ""


def list_entries(engine: Engine, names: Iterable[Name] | None = None) -> Iterator[Entry]:
    """Yield each name, sentence and passage of a graph, once for each thing it is of.

    `names` are all of the graph, where they are known already.
    """
    plans = {
        row["thing"]: (row["plan"], row["planLabel"])
        for row in run_named(engine, "internal/plans-of-things")
    }
    known: dict[str, Thing] = {}
    for name in list_names(engine) if names is None else names:
        known.setdefault(name.thing.iri, name.thing)
        yield _make_entry(name.text, "name", name.thing, plans)
    for row in _list_texts(engine, known):
        yield _make_entry(row["text"], "text", known[row["thing"]], plans)
    yield from _list_passages(engine, known, plans)


def _list_texts(engine: Engine, known: dict[str, Thing]) -> Iterator[Row]:
    """Yield the sentences about known things, among which are then those that have no names.

    Such a thing, say a minuted point, goes by its label or else by what it says.
    """
    kinds = [kind for kind in bundled.registry().kinds if kind.unnamed]
    unnamed = {iri: kind.name for kind in kinds for iri in kind.classes}
    classes = {"classes": ", ".join(f"<{iri}>" for iri in unnamed)}
    for row in run_named(engine, "internal/searched-texts", classes):
        iri = row["thing"]
        if iri not in known and row["class"]:
            known[iri] = Thing(iri, unnamed[row["class"]], row["label"] or row["text"])
        elif iri not in known or row["text"] == known[iri].label:
            continue  # no thing that is looked for, or told as its name
        yield row


def _make_entry(text: str, field: str, thing: Thing, plans: dict[str, tuple[str, str]]) -> Entry:
    return Entry(text.translate(_NO_MARKS), field, *thing, *plans.get(thing.iri, ("", "")))


def _list_passages(
    engine: Engine, known: dict[str, Thing], plans: dict[str, tuple[str, str]]
) -> Iterator[Entry]:
    """Yield the passages; one that backs links alone is told by its place."""
    rows = run_named(engine, "trust/passages-of-thing")
    places = {_place(row) for row in rows if row["thing"] in known}
    for row in rows:
        document, line, _ = _place(row)
        thing = known.get(row["thing"])
        if thing is None:
            if _place(row) in places:
                continue
            places.add(_place(row))
            thing = Thing(row["thing"], PASSAGE, f"{document} line {line}")
        entry = _make_entry(row["printedText"], "passage", thing, plans)
        yield entry._replace(document=document, line=int(line or 0), place=row["place"])


def _place(row: dict[str, str]) -> tuple[str, str, str]:
    return row["document"], row["line"], row["printedText"]


def list_lines(engine: Engine, folder: Path) -> Iterator[Entry]:
    """Yield the lines of the documents in a folder, by the file names that the graph gives.

    Raises PathError where the folder holds none of them.
    """
    documents = run_named(engine, "report/documents")
    found = [row for row in documents if (folder / row["fileName"]).is_file()]
    if not found:
        names = ", ".join(row["fileName"] for row in documents[:3]) or "none is known"
        raise PathError(folder, f"it holds no document of the graph ({names} ...)")
    for row in found:
        lines = read_text(folder / row["fileName"]).splitlines()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                thing = Thing(row["document"], "document", row["title"])
                entry = _make_entry(line.strip(), "document", thing, {})
                yield entry._replace(document=row["identifier"], line=number)
