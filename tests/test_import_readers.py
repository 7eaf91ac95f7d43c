"""What `hwbs import` takes, what it refuses in one sentence, and what a reader keeps of a file."""

import json
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import PatternFill
from reportlab.pdfgen.canvas import Canvas
from support import Hwbs
from tagged_pdf import draw_text, write_tagged_pdf

from hwbs_graph.errors import MissingExtraError
from hwbs_graph.intake import apart
from hwbs_graph.intake.parts import Document, Table
from hwbs_graph.intake.readers import read_document
from hwbs_graph.intake.readers.limits import PictureError, UnreadableError

ROWS: list[list[object]] = [
    ["Action", "Lead", "By when"],
    ["Plant a tree in each street", "Parks", "May 2026"],
]


def write_workbook(path: Path, rows: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book


def read_cells(document: Document) -> dict[tuple[int, int], tuple[str, ...]]:
    (table,) = document.tables
    return {(cell.row, cell.column): cell.lines for cell in table.cells}


def pack(member: str, data: bytes, over: bytes = b"") -> bytes:
    """Return a package that holds a member, beside those of the package `over`."""
    packed = BytesIO(over)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member, data)
    return packed.getvalue()


def lock_pdf() -> bytes:
    (canvas := Canvas(packed := BytesIO(), encrypt="secret")).drawString(10, 10, "A plan")
    canvas.save()
    return packed.getvalue()


#: Each entity is ten of the one before it.
ENTITIES = b"<!DOCTYPE a [<!ENTITY b0 'x'>%s]>" % b"".join(
    b"<!ENTITY b%d '%s'>" % (number, b"&b%d;" % (number - 1) * 10) for number in range(1, 10)
)
ROW = b"<row><c><v>1</v></c></row>"


REFUSED = {
    "plan.doc": (b"any", "save it as .docx"),
    "plan.ods": (b"any", "save it as .xlsx"),
    "plan.exe": (b"any", "no reader takes “.exe”; give one of: .xlsx, .csv, .docx"),
    "empty.csv": (b"", "it is empty"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it has a password"),
    "torn.docx": (b"PK\x03\x04 torn", "it is damaged"),
    "page.docx": (b"<html>", "its ending does not say what it is"),
    "bomb.docx": (pack("word/document.xml", b" " * 30_000_000), "it unpacks to 30 MB"),
    "entities.docx": (pack("word/document.xml", ENTITIES + b"<a>&b9;</a>"), "it is damaged"),
    "entities.xlsx": (pack("xl/workbook.xml", ENTITIES + b"<a>&b9;</a>"), "it is damaged"),
    "long.xlsx": (
        pack("xl/worksheets/sheet1.xml", ROW * 100_001, pack("xl/workbook.xml", b"<a/>")),
        "sheet1 has 100,001 rows and 1 column, and at most 20,000 and 200 are read; delete",
    ),
    "locked.pdf": (lock_pdf(), "it has a password; save it without one"),
    "long.txt": (b"plan\n" + b"word " * 7000, "line 2 has 35,000 characters, and at most 30,000"),
    "long.md": (b"word " * 7000, "line 1 has 35,000 characters, and at most 30,000 are read"),
    "text.pdf": (b"no pdf", "its ending says PDF, and it is none"),
    "torn.pdf": (b"%PDF-1.7 torn", "export it again"),
    "zip.csv": (b"PK\x03\x04", "its ending says text, and it is none"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_sentence_that_says_what_to_do(
    name: str, tmp_path: Path
) -> None:
    data, told = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_document(path)
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"Cannot read {path}: ")
    assert caught.value.exit_code == 2
    assert str(caught.value).count("\n") == 0


def test_a_workbook_under_the_ending_of_word_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "plan.xlsx", ROWS)
    (tmp_path / "plan.xlsx").rename(tmp_path / "plan.docx")
    with pytest.raises(UnreadableError, match="its ending does not say what it is"):
        read_document(tmp_path / "plan.docx")


def test_a_picture_of_text_is_told_as_one(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(PictureError, match="pictures of text") as caught:
        read_document(tmp_path / "scan.pdf")
    assert caught.value.exit_code == 1


def test_a_cell_at_the_far_corner_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")
    draft = apart.draft_here([tmp_path / "far.xlsx"])
    assert [action["action"] for action in draft["actions"]] == ["Plant a tree in each street"]


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_text("Action,Lead\n" + "Plant a tree,Parks\n" * 20_001)
    with pytest.raises(UnreadableError, match=r"20,002 rows and 2 columns, and at most 20,000"):
        read_document(tmp_path / "long.csv")


def test_a_cell_that_holds_a_book_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(f'Action,Lead\n"{"word " * 7000}",Parks\n')
    with pytest.raises(UnreadableError, match="row 2 column 1 has 35,000 characters"):
        read_document(tmp_path / "book.csv")


def test_without_the_extra_a_workbook_is_a_sentence_and_a_text_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hwbs: Hwbs
) -> None:
    write_workbook(tmp_path / "plan.xlsx", ROWS)
    (tmp_path / "plan.csv").write_text("Action,Lead\nPlant a tree in each street,Parks\n")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    run = hwbs("import", tmp_path / "plan.xlsx", "--dry-run")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("hwbs: Reading .xlsx needs openpyxl, which is not installed; run `")
    with pytest.raises(MissingExtraError):
        read_document(tmp_path / "plan.xlsx")
    assert read_document(tmp_path / "plan.csv").tables


def test_the_command_reads_apart_and_writes_nothing_but_json(tmp_path: Path, hwbs: Hwbs) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Ref,Action,Lead\n1,Plant a tree in each street,Parks\n")
    run = hwbs("import", path, "--dry-run", "--format", "json")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out) == apart.draft_here([path])
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_without_a_plan_says_what_was_seen_and_exits_with_1(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    path = tmp_path / "minutes.md"
    path.write_text(
        "# Minutes of the Board\n\nThe Board met.\n\n| Risk | Likelihood |\n|-|-|\n|A|B|\n"
    )
    run = hwbs("import", path, "--dry-run")
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("hwbs: No actions found in minutes.md; seen: table 1: a table of ")
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_that_needs_too_much_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Action,Lead\nPlant a tree,Parks\n")
    monkeypatch.setattr(apart, "_PROGRAM", "bytearray(2_000_000_000)")
    with pytest.raises(UnreadableError, match="more than 60 seconds or 1 GB"):
        apart.read_apart([path])


def test_whoever_waits_hears_how_far_the_reading_has_got_and_no_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Action,Lead\nPlant a tree,Parks\nMow the green,Parks\n")
    monkeypatch.setattr(apart, "_PROGRAM", f"import warnings; warnings.warn('x'); {apart._PROGRAM}")
    steps: list[str] = []
    reading = apart.read_apart([path], on_step=steps.append)
    assert len(reading.draft["actions"]) == 2
    assert steps == [
        "reading plan.csv",
        "finding the plan",
        "reading the names of action 1 of 2",
    ]


def test_a_workbook_keeps_merges_fills_and_dates_and_leaves_hidden_columns(tmp_path: Path) -> None:
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"] = "one\ntwo", datetime.datetime(2026, 3, 31)
    sheet["A3"].fill = PatternFill("solid", fgColor="00B050")
    sheet["C1"] = "secret"
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A1:A2")
    book.save(tmp_path / "plan.xlsx")
    (table,) = read_document(tmp_path / "plan.xlsx").tables
    cells = {cell.place: cell for cell in table.cells}
    assert cells["Sheet!A1"].lines == ("one", "two")
    assert cells["Sheet!A1"].rows == 2
    assert cells["Sheet!B1"].lines == ("31/03/2026",)
    assert cells["Sheet!A3"].fill == "00B050"
    assert table.hidden_columns == (2,)


def test_word_reads_what_was_inserted_and_not_what_was_deleted(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ["Action", "Lead", "When"], strict=True):
        cell.text = words
    paragraph = table.rows[1].cells[0].paragraphs[0]
    paragraph.add_run("Plant a tree")
    kept = paragraph.add_run(" now")
    gone = paragraph.add_run(" never")
    for run, tag in ((kept, "ins"), (gone, "del")):
        wrapper = run._r.makeelement(run._r.tag.replace("}r", f"}}{tag}"), {})
        run._r.addprevious(wrapper)
        wrapper.append(run._r)
    document.save(str(tmp_path / "plan.docx"))
    read = read_document(tmp_path / "plan.docx")
    assert read_cells(read)[1, 0] == ("Plant a tree now",)
    assert read.left_out[0].why == "tracked changes delete them"


def test_a_page_keeps_merged_cells_and_leaves_out_menus_and_scripts(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<nav>Home</nav><script>x</script><h1>Plan</h1><table><tr><th>A<th>B</tr>"
        "<tr><td rowspan=2>one<td><ul><li>x<li>y</ul></tr><tr><td>two<br>three</tr></table>"
    )
    read = read_document(path)
    cells = read_cells(read)
    assert cells == {
        (0, 0): ("A",),
        (0, 1): ("B",),
        (1, 0): ("one",),
        (1, 1): ("x", "y"),
        (2, 1): ("two", "three"),
    }
    assert [each.text for each in read.paragraphs] == ["Plan"]
    assert [each.what for each in read.left_out] == ["“Home”"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separated_values_are_read_with_any_usual_separator(
    separator: str, mark: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    rows = ["Action|Lead", "Plant a tree|Parc y dŵr", '"Dig, and water"|Parks']
    path.write_bytes(mark + "\r\n".join(rows).replace("|", separator).encode())
    cells = read_cells(read_document(path))
    assert cells[1, 1] == ("Parc y dŵr",)
    assert cells[2, 0] == ("Dig, and water",)


def test_a_ruled_pdf_without_tags_is_read_by_position_and_joins_wrapped_lines(
    tmp_path: Path,
) -> None:
    canvas = Canvas(str(tmp_path / "ruled.pdf"))
    for top in (700, 660, 600):
        canvas.line(50, top, 350, top)
    for left in (50, 200, 350):
        canvas.line(left, 700, left, 600)
    canvas.setFont("Helvetica", 10)
    for x, y, words in (
        (55, 680, "Action"),
        (205, 680, "Partners"),
        (55, 645, "Plant a tree in each of the"),
        (55, 633, "longest streets"),
        (205, 645, "Parks"),
        (205, 633, "Highways"),
    ):
        canvas.drawString(x, y, words)
    canvas.save()
    read = read_document(tmp_path / "ruled.pdf")
    assert read.by_position
    cells = read_cells(read)
    assert cells[1, 0] == ("Plant a tree in each of the longest streets",)
    assert cells[1, 1] == ("Parks", "Highways")
    assert isinstance(read.blocks[-1], Table)


def test_a_pdf_without_tags_and_rules_says_which_file_would_be_read(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    canvas = Canvas(str(tmp_path / "plain.pdf"))
    for row, words in enumerate([("Action", "Lead"), ("Plant a tree", "Parks"), ("Dig", "Parks")]):
        for column, word in enumerate(words):
            canvas.drawString(50 + 200 * column, 700 - 20 * row, f"{word} in the borough")
    canvas.save()
    run = hwbs("import", tmp_path / "plain.pdf", "--dry-run")
    assert (run.code, run.out) == (1, "")
    assert "no tags and no ruled table of actions; its Word file would be read" in run.err


def test_a_tagged_pdf_keeps_lines_that_were_ended_and_leaves_out_heads_and_feet(
    tmp_path: Path,
) -> None:
    first = [
        draw_text(0, 50, 740, "Action"),
        draw_text(1, 300, 740, "Partners"),
        draw_text(2, 50, 700, "Open warm rooms"),
        draw_text(3, 300, 700, "Oak Trust"),
        draw_text(4, 300, 688, "Elm Forum"),
        draw_text(5, 300, 676, "Lincolnshire Forest Partnership"),
        draw_text(6, 300, 664, "Trust"),
        draw_text(7, 50, 640, "Plant trees"),
        draw_text(8, 300, 640, "River Trust"),
        # The nested span ends the mark of the artifact for those who read it.
        "/Artifact BMC BT /F 8 Tf 50 20 Td (a) Tj /Span <</ActualText (fi)>> BDC (f) Tj EMC"
        " (le.html) Tj ET EMC",
    ]
    second = [
        draw_text(0, 50, 740, "Action"),
        draw_text(1, 300, 740, "Partners"),
        draw_text(2, 300, 728, "Ash Trust"),
    ]
    rows = [
        [[[(0, 0), (1, 0)]], [[(0, 1), (1, 1)]]],
        [[[(0, 2)]], [[(0, 3), (0, 4), (0, 5), (0, 6)]]],
        [[[(0, 7)]], [[(0, 8)], [(1, 2)]]],
    ]
    path = tmp_path / "plan.pdf"
    path.write_bytes(write_tagged_pdf(["\n".join(first), "\n".join(second)], rows))
    read = read_document(path)
    assert not read.by_position
    assert read_cells(read) == {
        (0, 0): ("Action",),
        (0, 1): ("Partners",),
        (1, 0): ("Open warm rooms",),
        (1, 1): ("Oak Trust", "Elm Forum", "Lincolnshire Forest Partnership Trust"),
        (2, 0): ("Plant trees",),
        (2, 1): ("River Trust", "Ash Trust"),
    }


def test_several_files_are_the_parts_of_one_plan(tmp_path: Path, hwbs: Hwbs) -> None:
    for name, action in (("north.csv", "Plant a tree"), ("south.csv", "Dig a pond")):
        (tmp_path / name).write_text(f"Action,Lead\n{action} in each street,Parks\n")
    files = [tmp_path / "north.csv", tmp_path / "south.csv"]
    run = hwbs("import", *files, "--board", tmp_path / "board", "--format", "json")
    assert run.code == 0, run.err
    places = [action["place"] for action in json.loads(run.out)["actions"]]
    assert places == ["north.csv: row 2 column 1", "south.csv: row 2 column 1"]
    assert hwbs("verify", tmp_path / "board").code == 0
