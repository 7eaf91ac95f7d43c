"""Maps that people edited in another program, read as things and links: Kumu, workbooks, networks.

A thing is known by its address where the program kept it, else by its label. Votes stand in any
field whose name begins with “vote”; several such fields are added.

Out of scope: what was changed (`map_changes`).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.data import files
from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.extras import require_extra
from hwbs_graph.text import one_line

#: Bytes of a file, and votes on a thing, that no workshop reaches.
_MOST_BYTES, _MOST_VOTES = 20_000_000, 999
#: Names under which programs keep the address of a thing.
_ADDRESS = ("address", "iri")


class MapThing(NamedTuple):
    """A thing of a map: its key in the file, its address or "", its label and its votes."""

    key: str
    address: str
    label: str
    votes: int


class EditedMap(NamedTuple):
    """The things of a map by their keys, and its links as pairs of keys."""

    things: dict[str, MapThing]
    links: set[tuple[str, str]]


def read_map(path: Path) -> EditedMap:
    """Read a Kumu blueprint or project, a workbook, GraphML or GEXF, by the ending of its name.

    Raises UsageError for another ending, PathError, and DataError for what is no such map.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise UsageError(f"A map is read from a file that ends in {known}, not “{path.name}”.")
    data = files.read_bytes(path)
    if len(data) > _MOST_BYTES:
        raise DataError(f"{path.name} is larger than 20 megabytes, which no map is.")
    found = reader(path, data)
    if not found.things:
        raise DataError(f"{path.name} holds no thing with a label; save the map again.")
    return found


def _read_kumu(path: Path, data: bytes) -> EditedMap:
    try:
        said = json.loads(data)
        elements, connections = said["elements"], said["connections"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DataError(
            f"{path.name} has no elements and connections; export the map from Kumu as JSON."
        ) from None
    things = [_make_thing(_flatten(each)) for each in _list_objects(elements)]
    by_label = {thing.label.casefold(): thing.key for thing in things}
    links = (_flatten(each) for each in _list_objects(connections))
    ends = ((str(link.get("from", "")), str(link.get("to", ""))) for link in links)
    return _make_map(things, ends, by_label)


def _list_objects(given: object) -> list[Mapping[str, Any]]:
    return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []


def _flatten(each: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a Kumu object, of a blueprint as of a whole project."""
    attributes = each.get("attributes")
    inner = attributes if isinstance(attributes, dict) else {}
    both = {**each, **inner}
    named = {str(key).strip().casefold(): value for key, value in both.items()}
    return named | {"id": named.get("_id") or named.get("id") or named.get("label", "")}


def _read_workbook(path: Path, data: bytes) -> EditedMap:
    """Read the sheet that has labels and the one that has From and To, whatever their names."""
    require_extra("import", f"Reading {path.suffix}")
    from io import BytesIO
    from zipfile import BadZipFile

    import openpyxl

    from hwbs_graph.intake.readers.limits import check_package

    check_package(path, "xl/workbook.xml")
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheets = [_read_sheet(sheet) for sheet in book.worksheets]
    except (BadZipFile, KeyError, ValueError, OSError):
        raise DataError(f"{path.name} is no workbook that can be read; save it again.") from None
    links = [row for rows in sheets for row in rows if {"from", "to"} <= row.keys()]
    labelled = [row for row in _list_labelled(path, sheets) if row["label"]]
    things = [_make_thing({**row, "id": row["label"]}) for row in labelled]
    by_label = {thing.label.casefold(): thing.key for thing in things}
    ends = ((str(row["from"] or ""), str(row["to"] or "")) for row in links)
    return _make_map(things, ends, by_label)


def _list_labelled(path: Path, sheets: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the rows of the one sheet of things: of several, nobody can say what was added."""
    found = [
        rows for rows in sheets if rows and "label" in rows[0] and not {"from", "to"} & {*rows[0]}
    ]
    if len(found) > 1:
        raise DataError(
            f"{path.name} has {len(found)} sheets of things, as tables have and no map; edit what"
            " `hwbs export prsm` or `hwbs export kumu` wrote."
        )
    return found[0] if found else []


def _read_sheet(sheet: Any) -> list[dict[str, Any]]:
    rows = sheet.iter_rows(values_only=True)
    head = [str(cell or "").strip().casefold() for cell in next(rows, ())]
    return [dict(zip(head, row, strict=False)) for row in rows if any(row)]


def _read_network(path: Path, data: bytes) -> EditedMap:
    from io import BytesIO
    from xml.etree.ElementTree import ParseError

    import networkx

    read = networkx.read_gexf if path.suffix.lower() == ".gexf" else networkx.read_graphml
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise DataError(f"{path.name} declares entities, which no map needs; save it again.")
    try:
        graph = read(BytesIO(data))
    except (ParseError, networkx.NetworkXError, ValueError, KeyError, TypeError):
        raise DataError(f"{path.name} is no network that can be read; save it again.") from None
    things = [
        _make_thing({str(key).casefold(): value for key, value in said.items()} | {"id": node})
        for node, said in graph.nodes(data=True)
    ]
    return _make_map(things, ((one, other) for one, other, *_ in graph.edges), {})


def _make_thing(said: Mapping[str, Any]) -> MapThing:
    key = str(said.get("id") or "")
    kept = next((str(said[name]) for name in _ADDRESS if said.get(name)), "")
    label = one_line(str(said.get("label") or key))
    votes = sum(_read_votes(value) for name, value in said.items() if name.startswith("vote"))
    return MapThing(key, kept, label, min(votes, _MOST_VOTES))


def _read_votes(value: object) -> int:
    text = str(value or "").strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _make_map(
    things: Iterable[MapThing], ends: Iterable[tuple[str, str]], by_label: Mapping[str, str]
) -> EditedMap:
    """Join links to things by key, or else by label; a link to nothing is left out."""
    by_key = {thing.key: thing for thing in things if thing.key}

    def find(end: str) -> str:
        return end if end in by_key else by_label.get(one_line(end).casefold(), "")

    links = {(find(one), find(other)) for one, other in ends}
    return EditedMap(by_key, {link for link in links if all(link)})


_READERS: dict[str, Callable[[Path, bytes], EditedMap]] = {
    ".json": _read_kumu,
    ".xlsx": _read_workbook,
    ".graphml": _read_network,
    ".gexf": _read_network,
}
