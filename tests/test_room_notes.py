"""What a room said: notes of the view, read from files, counted, and opened in a page again."""

from io import BytesIO
from pathlib import Path
from typing import Any

import networkx
import pytest
from support import Hwbs
from test_view_command import data_of

from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.report.room_notes import RoomNote, read_notes
from hwbs_graph.view import render_pdf

HEAD = "id,item,label,note,group,votes,date\r\n"
HOUSING, FINANCE = (f"https://w3id.org/hwbs/id/partner/{name}" for name in ("housing", "finance"))
TURTLE = f"""@prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .

<urn:hwbs:note:b> a oa:Annotation ; hwbs:basis basis:said-in-workshop ; oa:hasTarget <{HOUSING}> ;
    oa:bodyValue "Who \\"leads\\"?" ; schema:upvoteCount 3 ;
    dcterms:creator [ a foaf:Group ; foaf:name "Table 3" ] ; dcterms:date "2026-05-03" .
"""


@pytest.fixture
def notes(tmp_path: Path) -> tuple[Path, Path]:
    """The files of two tables, of which the second says one thing of the first again."""
    rows = f"a,{HOUSING},Housing,'=Ask them,Table 2,2,2026-05-03\r\nc,{FINANCE},,Costs?,,0,\r\n"
    one, other = tmp_path / "one.csv", tmp_path / "other.ttl"
    one.write_bytes(("\ufeff" + HEAD + rows).encode())
    other.write_text(TURTLE, "utf-8")
    return one, other


def test_notes_of_several_files_are_put_together_and_a_file_twice_counts_once(
    notes: tuple[Path, Path],
) -> None:
    found = read_notes([*notes, notes[0]])
    assert found == [
        RoomNote("a", HOUSING, "=Ask them", "Table 2", 2, "2026-05-03"),
        RoomNote("c", FINANCE, "Costs?", "", 0, ""),
        RoomNote("b", HOUSING, 'Who "leads"?', "Table 3", 3, "2026-05-03"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("n.csv", "item,note\nx,y\n", "n.csv, line 1 has no column “id”"),
        ("n.csv", HEAD + "1,,l,n,g,0,\n", "n.csv, line 2 has no item"),
        ("n.csv", HEAD + "1,x,l,n,g,-1,\n", "n.csv, line 2 has “-1” for votes"),
        ("n.csv", HEAD + "1,x,l,,g,0,\n", "n.csv, line 2 has neither a note nor a vote"),
        ("n.csv", HEAD + '1,x,l,"' + "a" * 200_000, "field larger than field limit"),
        ("n.ttl", "<a> <b> .", "n.ttl is no Turtle"),
        ("n.csv", "a" * 1_000_001, "n.csv is larger than one megabyte"),
    ],
)
def test_a_file_that_holds_no_notes_is_refused_with_place_and_cure(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"[.;] ?") as error:
        read_notes([path])
    assert told in str(error.value)
    with pytest.raises(UsageError, match=r"ends in \.csv or \.ttl"):
        read_notes([tmp_path / "notes.txt"])


def test_compare_tells_what_the_room_said_and_a_page_opens_with_it(
    hwbs: Hwbs, notes: tuple[Path, Path], tmp_path: Path
) -> None:
    given = [word for path in notes for word in ("--notes", path)]
    run = hwbs("compare", *given, "--format", "csv")
    assert run.code == 0
    assert f"{HOUSING},Housing,5,=Ask them; Who" in run.out.replace("'=", "=").replace('"=', "=")
    assert hwbs("compare", "leicester-2019", *given).code == 2
    page = tmp_path / "page.html"
    assert hwbs("view", "-o", page, *given).code == 0
    data = data_of(page.read_text("utf-8"))
    assert [note["votes"] for note in data["notes"]] == [2, 0, 3]


def test_the_open_points_stand_last_on_paper() -> None:
    from pypdf import PdfReader

    graph: Any = networkx.DiGraph(title="T", subtitle="", plan="p")
    graph.add_node(HOUSING, kind="partner", label="Housing")
    graph.add_node("a", kind="action", label="Mend roofs")
    graph.add_edge("a", HOUSING)
    graph.graph["notes"] = [RoomNote("a", HOUSING, "Who leads?", "Table 2", 2, "")]
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(graph, "A4"))).pages]
    assert "What the room said" in pages[-1]
    assert "Who leads? – Table 2" in pages[-1]
    assert "most votes: Housing (2)" in " ".join(pages[-1].split())
    del graph.graph["notes"]
    assert len(PdfReader(BytesIO(render_pdf(graph, "A4"))).pages) == len(pages) - 1
