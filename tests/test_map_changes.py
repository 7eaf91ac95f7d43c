"""A map comes home: twenty edits in another program's file are found, and none is invented."""

import csv
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx
import openpyxl
import pytest
from support import PLANS, Hwbs

from hwbs_graph import network
from hwbs_graph.errors import HwbsError
from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.report.edited_maps import read_map
from hwbs_graph.report.map_changes import find_changes
from hwbs_graph.report.room_notes import RoomNote, read_notes
from hwbs_graph.store import Engine
from hwbs_graph.write.export import WRITERS

PLAN = f"{THINGS}leicester-2019/action-plan"
P, A, GOAL, T = (
    f"{THINGS}partner/",
    f"{PLAN.rpartition('/')[0]}/action/",
    f"{PLAN.rpartition('/')[0]}/objective/",
    f"{PLAN.rpartition('/')[0]}/theme/",
)


class PlainMap:
    """A map as plain things and links, which each format's own library writes and reads."""

    def __init__(self, things: dict[str, dict[str, Any]], links: list[list[str]]) -> None:
        self.things, self.links = things, links

    def cut(self, one: str, other: str) -> None:
        assert [one, other] in self.links
        self.links.remove([one, other])

    def drop(self, key: str) -> None:
        del self.things[key]
        self.links = [link for link in self.links if key not in link]

    def ends(self, key: str) -> list[str]:
        return [one for one, other in self.links if other == key]


def edit(plain: PlainMap) -> set[tuple[str, str, int]]:
    """Make twenty edits, and return what must be told of each: thing, words, votes."""
    told: set[tuple[str, str, int]] = set()

    def tell(item: str, words: str, votes: int = 0) -> None:
        told.add((item, words, votes))

    label = {key: said["label"] for key, said in plain.things.items()}
    for key, one, other in ((f"{P}housing", 3, 4), (f"{A}places-2a", 1, 0), (f"{T}minds", 2, 2)):
        plain.things[key] |= {"Votes Table 1": one, "votes table 2": other}  # 1 to 3
        tell(key, "", one + other)
    for key, name in (
        (f"{P}finance", "Money"),
        (f"{A}minds-1a", "Schools"),
        (f"{GOAL}lives-1", "Go"),
    ):
        plain.things[key]["label"] = name  # 4 to 6
        tell(key, f"Renamed to “{name}”.")
    for key in (f"{P}libraries", f"{A}ageing-1b"):  # 7, 8
        if key in plain.things:
            plain.drop(key)
            tell(key, "Crossed out.")
    gone = f"{A}ageing-1a"
    plain.drop(gone)  # 9
    tell(gone, "Crossed out.")
    for action, old, new in (
        ("minds-2a", "minds-2", "minds-1"),
        ("places-1a", "places-1", "places-2"),
    ):
        plain.cut(f"{GOAL}{old}", f"{A}{action}")  # 10, 11
        plain.links.append([f"{GOAL}{new}", f"{A}{action}"])
        tell(f"{A}{action}", f"Moved from “{label[GOAL + old]}” to “{label[GOAL + new]}”.")
    for action in ("places-2a", "places-2b"):  # 12, 13
        partner = next(
            end for one, end in plain.links if one == A + action and end != f"{P}housing"
        )
        plain.cut(A + action, partner)
        tell(A + action, f"Crossed out: the link to “{label[partner]}”.")
    partners = [key for key in plain.things if key.startswith(P)]
    for action in ("minds-1b", "minds-1c", "start-1a"):  # 14 to 16
        partner = next(key for key in partners if [A + action, key] not in plain.links)
        plain.links.append([A + action, partner])
        tell(A + action, f"Added: a link to “{label[partner]}”.")
    plain.things["n1"] = {"label": "Warm spaces in shops", "kind": "action"}  # 17
    plain.links.append([f"{GOAL}places-2", "n1"])
    tell(
        f"{GOAL}places-2", f"Added: “Warm spaces in shops”, linked to “{label[f'{GOAL}places-2']}”."
    )
    plain.things["n2"] = {"label": "Parish councils", "kind": "partner"}  # 18
    tell(PLAN, "Added: “Parish councils”.")
    merged, heir = _find_pair(plain, partners)  # 19
    for action in plain.ends(merged):
        if [action, heir] not in plain.links:
            plain.links.append([action, heir])
    plain.drop(merged)
    tell(merged, f"Merged into “{label[heir]}”.")
    split = f"{P}planning-development-and-transportation"  # 20
    half = [action for action in plain.ends(split) if action.startswith(A)][:4]
    plain.things["n3"] = {"label": "Transport", "kind": "partner"}
    for action in half:
        plain.cut(action, split)
        plain.links.append([action, "n3"])
    tell(split, "Split: “Transport” is apart from it.")
    return told


def _find_pair(plain: PlainMap, partners: list[str]) -> tuple[str, str]:
    """A partner with a few actions, of which another has none."""
    for key in partners:
        for other in partners:
            if key in plain.things and other in plain.things and f"{P}housing" not in (key, other):
                own = plain.ends(key)
                if 2 <= len(own) <= 4 and not {*own} & {*plain.ends(other)}:
                    return key, other
    raise AssertionError("no such pair")


def edit_kumu(data: bytes, renumber: bool) -> tuple[bytes, set[tuple[str, str, int]]]:
    said = json.loads(data)
    things = {each["id"]: each for each in said["elements"]}
    plain = PlainMap(things, [[each["from"], each["to"]] for each in said["connections"]])
    told = edit(plain)
    new = {key: f"elem-{n}" if renumber else key for n, key in enumerate(reversed([*things]))}
    elements = [
        {"_id": new[key], "attributes": {k.lower(): v for k, v in each.items() if k != "id"}}
        for key, each in plain.things.items()
    ]
    links = [{"from": new[one], "to": new[other]} for one, other in plain.links]
    return json.dumps({"elements": elements, "connections": links}).encode(), told


def edit_prsm(data: bytes, _: bool) -> tuple[bytes, set[tuple[str, str, int]]]:
    book = openpyxl.load_workbook(BytesIO(data))
    rows = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}
    head, *factors = rows["Factors"]
    things = {
        row[-1]: {"label": row[0], "row": dict(zip(head, row, strict=True))} for row in factors
    }
    keys = {each["label"]: key for key, each in things.items()}
    links = [[keys[row[0]], keys[row[1]]] for row in rows["Links"][1:]]
    plain = PlainMap(things, links)
    told = edit(plain)
    made = openpyxl.Workbook()
    first, second = made.active, made.create_sheet("Arrows")
    assert first is not None
    first.title = "Things"  # renamed sheets, reordered columns, moved positions
    first.append(["x", "Address", "votes table 2", "LABEL", "Votes Table 1"])
    for number, (key, each) in enumerate(plain.things.items()):
        address = key if "row" in each else None
        first.append(
            [number, address, each.get("votes table 2"), each["label"], each.get("Votes Table 1")]
        )
    second.append(["To", "Style", "From"])
    for one, other in plain.links:
        second.append([plain.things[other]["label"], 1, plain.things[one]["label"]])
    out = BytesIO()
    made.save(out)
    return out.getvalue(), told


def edit_workbook(data: bytes, renumber: bool) -> tuple[bytes, set[tuple[str, str, int]]]:
    """As Kumu saves a project as a workbook: elements and connections, joined by labels."""
    said = json.loads(data)
    things = {each["id"]: each for each in said["elements"]}
    plain = PlainMap(things, [[each["from"], each["to"]] for each in said["connections"]])
    told = edit(plain)
    head = ["Type", "Label", "Votes Table 1", "Address", "votes table 2", "Tags"]
    made = openpyxl.Workbook()
    links = made.active
    assert links is not None
    links.title = "Lines" if renumber else "Connections"
    links.append(["Direction", "To", "From"])
    for one, other in plain.links:
        links.append(["directed", plain.things[other]["label"], plain.things[one]["label"]])
    elements = made.create_sheet("Boxes" if renumber else "Elements")
    elements.append(head[::-1] if renumber else head)
    for each in plain.things.values():
        row = [
            "|".join(value) if isinstance(value := each.get(name), list) else value
            for name in ("type", "label", "Votes Table 1", "Address", "votes table 2", "tags")
        ]
        elements.append(row[::-1] if renumber else row)
    out = BytesIO()
    made.save(out)
    return out.getvalue(), told


def edit_network(format: str) -> Callable[[bytes, bool], tuple[bytes, set[tuple[str, str, int]]]]:
    read = networkx.read_graphml if format == "graphml" else networkx.read_gexf
    write = networkx.write_graphml if format == "graphml" else networkx.write_gexf

    def change(data: bytes, renumber: bool) -> tuple[bytes, set[tuple[str, str, int]]]:
        graph = read(BytesIO(data))
        shown = {key: said["label"] for key, said in graph.nodes(data=True)}
        things = {
            key: {**said, "label": f"{said['code']} {said['label']}".strip()}
            for key, said in graph.nodes(data=True)
        }
        coded = {key: said["label"] for key, said in things.items()}
        names = {key: key for key in things}
        plain = PlainMap(things, [[one, other] for one, other, *_ in graph.edges])
        told = edit(plain)
        made: networkx.DiGraph[str] = networkx.DiGraph()
        for number, (key, said) in enumerate(plain.things.items()):
            names[key] = f"n{number}" if renumber else key
            kept = {name: value for name, value in said.items() if name not in ("viz", "id")}
            if said["label"] == coded.get(key):  # nobody changed what the file itself says
                kept["label"] = shown[key]
            made.add_node(names[key], **kept)
        made.add_edges_from((names[one], names[other]) for one, other in plain.links)
        out = BytesIO()
        write(made, out)
        return out.getvalue(), told

    return change


EDITORS = {
    "kumu": (edit_kumu, ".json"),
    "prsm": (edit_prsm, ".xlsx"),
    "kumu workbook": (edit_workbook, ".xlsx"),
    "graphml": (edit_network("graphml"), ".graphml"),
    "gexf": (edit_network("gexf"), ".gexf"),
}


#: A workbook has no numbers of its own, so one case of each is enough.
CASES = [
    *((format, False) for format in EDITORS if format != "kumu workbook"),
    *((format, True) for format in EDITORS if format != "prsm"),
]


@pytest.mark.parametrize(("format", "renumber"), CASES)
def test_twenty_edits_are_found_and_none_is_invented(
    format: str, renumber: bool, record: Engine, tmp_path: Path
) -> None:
    change, ending = EDITORS[format]
    data = WRITERS[format.partition(" ")[0]].write(record, PLAN)
    assert isinstance(data, bytes)
    edited, told = change(data, renumber)
    assert len(told) >= 19
    path = tmp_path / f"map{ending}"
    path.write_bytes(edited)
    notes = find_changes(network.project_plan(record, PLAN), read_map(path))
    assert {(note.item, note.text, note.votes) for note in notes} == told
    assert len(notes) == len(told)


@pytest.mark.parametrize("format", [each for each in EDITORS if each in WRITERS])
def test_a_map_that_nobody_edited_has_no_note(format: str, record: Engine, tmp_path: Path) -> None:
    data = WRITERS[format].write(record, PLAN)
    assert isinstance(data, bytes)
    path = tmp_path / f"map{EDITORS[format][1]}"
    path.write_bytes(data)
    assert find_changes(network.project_plan(record, PLAN), read_map(path)) == []


def test_tables_are_no_map_and_nothing_is_taken_for_an_addition(hwbs: Hwbs, tmp_path: Path) -> None:
    given = ("--only", "--graph", PLANS[0])
    assert hwbs("export", "xlsx", "-o", tmp_path / "tables.xlsx", *given).code == 0
    run = hwbs(
        "notes", tmp_path / "tables.xlsx", "--group", "A", "--output", tmp_path / "n.csv", *given
    )
    assert run.code == 2
    assert "tables.xlsx has" in run.err
    assert "hwbs export prsm" in run.err
    assert not (tmp_path / "n.csv").exists()


def test_the_map_of_another_plan_is_refused(record: Engine, tmp_path: Path) -> None:
    data = WRITERS["kumu"].write(record, "https://w3id.org/hwbs/id/leicestershire-2022")
    assert isinstance(data, bytes)
    path = tmp_path / "map.json"
    path.write_bytes(data)
    with pytest.raises(HwbsError, match=r"shows nothing of .*; name its own plan with --plan"):
        find_changes(network.project_plan(record, PLAN), read_map(path))


def test_the_command_writes_the_file_that_the_view_and_compare_read(
    hwbs: Hwbs, record: Engine, tmp_path: Path
) -> None:
    data = WRITERS["kumu"].write(record, PLAN)
    assert isinstance(data, bytes)
    edited, told = edit_kumu(data, True)
    (tmp_path / "map.json").write_bytes(edited)
    out = tmp_path / "notes.csv"
    run = hwbs(
        *("notes", tmp_path / "map.json", "--group", "Table 3", "--date", "2026-05-03"),
        *("--plan", "leicester-2019/action-plan", "--output", out),
    )
    assert run.code == 0
    found = read_notes([out, out])
    assert {(note.item, note.text, note.votes) for note in found} == told
    assert {(note.group, note.date) for note in found} == {("Table 3", "2026-05-03")}
    with out.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[:4] == ["id", "item", "label", "note"]
    assert all(isinstance(note, RoomNote) for note in found)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("map.txt", b""),
        ("map.json", b"[]"),
        ("map.json", b"[" * 100_000),
        ("map.json", b'{"elements": [], "connections": []}'),
        ("map.xlsx", b"no workbook"),
        ("map.graphml", b"<graphml"),
        ("map.graphml", b'<!DOCTYPE a [<!ENTITY b "c">]><graphml/>'),
        ("map.gexf", b"<gexf/>"),
    ],
)
def test_what_is_no_map_is_refused_in_a_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(HwbsError) as caught:
        read_map(path)
    assert name in str(caught.value)
    with pytest.raises(HwbsError):
        read_map(tmp_path / "nowhere.json")
