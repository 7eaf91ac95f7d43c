"""The plan as SVG, PDF and zip, made without a browser."""

import io
import itertools
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, SMALL
from viewing import BASE

from hwbs_graph import errors
from hwbs_graph.data.atomic_file import write_file
from hwbs_graph.text import file_stem
from hwbs_graph.view import render_pdf, render_pptx, render_svg, render_zip
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.pictures import list_views
from hwbs_graph.view.print.fonts import choose_face, measure_characters, split_by_font
from hwbs_graph.view.print.page_cuts import cut_pages, list_within
from hwbs_graph.view.print.pdf_tables import HUES
from hwbs_graph.view.print.v8_layout import Drawing, Paper, make_drawings

SVG = "{http://www.w3.org/2000/svg}"
PAPERS: tuple[Paper, ...] = ("A3", "A4")
VIEW = ROOT / "src" / "hwbs_graph" / "view"


def drawing_of(graph: Any, paper: Paper = "A3") -> Drawing:
    """Return the drawing of a graph's only plan."""
    (drawing,) = make_drawings(read_model(graph), paper, ["#"])
    return drawing


def words_of(svg: str) -> str:
    """Return every text of an SVG, in order."""
    return " ".join(element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text"))


def pages_of(data: bytes) -> Any:
    """Return the pages of a PDF as pypdf reads them."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_svg_is_xml_and_has_every_label(plan: Any, paper: Paper) -> None:
    words = words_of(render_svg(plan, paper))
    for _, data in plan.nodes(data=True):
        shown = data["code"] if data["kind"] == "action" else data["short"] or data["label"]
        assert set(shown.split()) <= set(words.split()), shown


def test_the_svg_names_itself_and_what_it_shows(plan: Any) -> None:
    root = ET.fromstring(render_svg(plan))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == plan.graph["title"]
    assert desc is not None
    assert desc.text == "Action plan 2019: 5 themes, 19 objectives, 51 actions, 35 partners"


def add_determinants(graph: Any) -> None:
    """Add two determinants, of which one objective addresses the first."""
    for name in ("Air quality", "Noise"):
        graph.add_node(f"{BASE}determinant/{name}", kind="determinant", label=name, layer="Around")
    home = f"{BASE}leicester-2019/objective/places-3"
    addresses = {"basis": "curated judgement", "relation": "addresses", "curator": "A person"}
    graph.add_edge(home, f"{BASE}determinant/Air quality", **addresses)


def test_every_picture_is_drawn_with_its_own_words(plan: Any) -> None:
    add_determinants(plan)
    drawings = make_drawings(read_model(plan), "A4", [f"#view={view}" for view in list_views()])
    words = {drawing.view: words_of(drawing.svg) for drawing in drawings}
    for view, told in {
        "map": "OBJECTIVES",
        "grid": "Number of actions that name each partner, by objective",
        "list": "Named, as printed",
        "coverage": "Number of actions that address each determinant",
        "missing": "filled circle = named here, in so many actions",
        "shared": "Number of partners named under both of two objectives",
        "rainbow": "Around: 3 of 51 actions; 1 gap among 2",
        "families": "Theme family",
        "sheet": "Named together with (8 of 34)",
    }.items():
        assert [each for each, text in words.items() if told in text] == [view]
    assert len({drawing.svg for drawing in drawings} | {""}) >= len(list_views())
    by_view = {drawing.view: drawing for drawing in drawings}
    cells = by_view["grid"].layout["cells"]
    totals = [cell for cell in cells if [line["text"] for line in cell["lines"]] == ["16"]]
    assert len(totals) == 1  # Housing has 16 actions
    (suggested,) = [cell for cell in by_view["coverage"].layout["cells"] if cell.get("dashed")]
    assert suggested["lines"][0]["text"] == "+3"


def test_the_cells_of_a_picture_never_overlap_and_hold_their_words(plan: Any) -> None:
    add_determinants(plan)
    views = ("grid", "list", "coverage", "families")
    for drawing in make_drawings(read_model(plan), "A4", [f"#view={view}" for view in views]):
        rows = itertools.groupby(drawing.layout["cells"], lambda cell: cell["y"])
        tops = [(top, list(cells)) for top, cells in rows]
        assert [top for top, _ in tops] == sorted({top for top, _ in tops})
        for _, cells in tops:
            for left, right in itertools.pairwise(cells):
                assert left["x"] + left["w"] <= right["x"] + 0.01
        for cell in drawing.layout["cells"]:
            room = cell["w"] if not cell.get("turned") else cell["h"]
            for line in cell["lines"]:
                table = measure_characters([line["text"]])["bold" if line.get("bold") else "plain"]
                wide = sum(table[sign] for sign in line["text"]) * cell["size"] / 1000
                assert wide <= room, (drawing.view, line)


@pytest.mark.parametrize("paper", PAPERS)
def test_no_boxes_overlap_and_all_words_fit_their_box(plan: Any, paper: Paper) -> None:
    drawing = drawing_of(plan, paper)
    boxes = drawing.layout["boxes"]
    assert len(boxes) == 110
    assert [heading["text"] for heading in drawing.layout["headings"]] == [
        "themes",
        "objectives",
        "actions",
        "partners",
    ]
    for a, b in itertools.combinations(boxes, 2):
        assert (
            a["x"] + a["w"] <= b["x"]
            or b["x"] + b["w"] <= a["x"]
            or a["y"] + a["h"] <= b["y"]
            or b["y"] + b["h"] <= a["y"]
        ), (a["lines"], b["lines"])
    for box in boxes:
        assert all(width_of(line, box) + box["indent"] < box["w"] for line in box["lines"])


def width_of(text: str, box: dict[str, Any]) -> float:
    """Return the width of a line in a box, bold where the box is filled."""
    table = measure_characters([text])["bold" if box["style"] in ("block", "pill") else "plain"]
    return float(sum(table[sign] for sign in text) * box["size"] / 1000)


def test_every_label_has_nine_points_on_a3(plan: Any) -> None:
    drawing = drawing_of(plan, "A3")
    # 400 mm between the margins, in points, across the drawing.
    scale = min(400 / 25.4 * 72 / drawing.width, 277 / 25.4 * 72 / drawing.height)
    sizes = [shape["size"] for shape in drawing.shapes if shape["type"] == "text"]
    assert min(box["size"] for box in drawing.layout["boxes"]) * scale >= 9
    assert min(sizes) * scale >= 8


@pytest.mark.parametrize("paper", PAPERS)
def test_a_hostile_plan_is_drawn_and_stays_words(hostile: Any, paper: Paper) -> None:
    root = ET.fromstring(render_svg(hostile, paper))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "polygon", "text"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]
    assert len(pages_of(render_pdf(hostile, paper)).pages) > 2


@settings(max_examples=15)
@given(st.text(st.characters(), max_size=40))
def test_no_wording_stops_a_file(text: str) -> None:
    graph: Any = networkx.DiGraph(title=text, subtitle=text)
    source = {"document": text, "place": text, "line": 3, "printed": text}
    words = {"details": [(text, text)], "notes": [text], "sources": [source], "code": text}
    kinds = ("theme", "objective", "action", "partner")
    for kind in kinds:
        graph.add_node(kind, kind=kind, label=text, short=text, **words)
    for above, below in itertools.pairwise(kinds):
        graph.add_edge(above, below, basis=text, sources=[source], reason=text)
    ET.fromstring(render_svg(graph))
    assert pages_of(render_pdf(graph)).pages


def joined(text: str) -> str:
    """Return `text` without spaces, which a reader of PDF guesses from distances."""
    return "".join(text.split())


@pytest.mark.parametrize(("paper", "millimetres"), [("A3", (420, 297)), ("A4", (297, 210))])
def test_the_pdf_has_picture_and_tables_on_its_paper(
    plan: Any, paper: Paper, millimetres: tuple[int, int]
) -> None:
    reader = pages_of(render_pdf(plan, paper))
    for page in reader.pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx([length / 25.4 * 72 for length in millimetres], abs=0.1)
    picture, *tables = [" ".join(page.extract_text().split()) for page in reader.pages]
    told = " ".join(tables)
    assert plan.graph["title"] in picture
    assert "Page 1" in picture
    for _, data in plan.nodes(data=True):
        if data["kind"] == "partner":
            assert joined(data["short"]) in joined(picture)
            assert joined(data["short"].capitalize()) in joined(told)
        else:
            assert data["label"] in told


def test_the_pdf_has_title_language_and_outline(plan: Any) -> None:
    reader = pages_of(render_pdf(plan, "A4"))
    assert reader.metadata.title == plan.graph["title"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    outline = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert outline == [f"{plan.graph['title']}: picture", plan.graph["title"]]
    titles = str(reader.outline)
    assert "Healthy Places" in titles
    assert "3 Improve air quality" in titles


def test_the_pdf_of_a_partner_opens_on_its_sheet_and_cuts_a_long_one_between_lines(
    plan: Any,
) -> None:
    model = read_model(plan)
    keys = {node.key.rpartition("/")[2]: node.key for node in model.nodes}
    first, second, *_ = pages_of(
        render_pdf(plan, "A4", f"#view=map&partner={keys['housing']}")
    ).pages
    assert "Named together with (8 of " in first.extract_text()
    assert "Housing: 16 of 51 actions" in first.extract_text()
    assert "OBJECTIVES" in second.extract_text()
    address = f"#view=sheet&select={keys['public-health']}"
    (drawing,) = make_drawings(model, "A4", [address])
    pages = list(cut_pages(drawing, (277.0, 190.0)))
    assert len(pages) > 2
    drawn = [shape for cut in pages for shape in list_within(drawing, cut)]
    texts = [(each["text"], each["y"]) for each in drawn if each["type"] == "text"]
    whole = [(each["text"], each["y"]) for each in drawing.shapes if each["type"] == "text"]
    assert sorted(texts) == sorted(whole)


def test_the_zip_holds_page_pdf_and_every_picture_and_a_word_on_them(plan: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(render_zip(plan))) as archive:
        stem = "leicester-joint-health-and-wellbeing-strategy"
        pictures = [
            f"pictures/{view}.svg"
            for view in ("map", "grid", "list", "network", "between", "shared", "sheet")
        ]
        files = ["README.txt", f"{stem}.html", f"{stem}.pdf", f"{stem}.svg", *pictures]
        assert sorted(archive.namelist()) == sorted(files)
        assert archive.read(f"{stem}.html").startswith(b"<!DOCTYPE html>")
        assert archive.read(f"{stem}.pdf").startswith(b"%PDF-")
        ET.fromstring(archive.read(f"{stem}.svg"))
        assert f"{stem}.pdf" in archive.read("README.txt").decode()


def small_plan(words: str) -> Any:
    """Return a plan of one theme, objective and partner, and three actions, two of them joint."""
    graph: Any = networkx.DiGraph(title=f"Plan {words}")
    graph.add_node("t", kind="theme", label=f"Homes {words}")
    graph.add_node("o", kind="objective", label="Warmth", code="1")
    graph.add_node("p", kind="partner", label=f"Housing {words}")
    graph.add_edge("t", "o", basis="stated in document")
    source = {"document": "The plan", "place": "p. 1", "line": 3, "printed": words}
    for code in ("1a", "1b", "1c"):
        graph.add_node(code, kind="action", label=f"Act {code}", code=code, sources=[source])
        graph.add_edge("o", code, basis="stated in document")
        if code != "1c":
            graph.add_edge(code, "p", basis="curated judgement", sources=[source])
    return graph


def test_slides_draw_each_picture_in_shapes_under_its_finding() -> None:
    from pptx import Presentation

    words = "<b>&</b>"
    data = render_pptx(small_plan(words))
    assert data == render_pptx(small_plan(words))
    presentation = Presentation(io.BytesIO(data))
    slides = {slide.shapes.title.text: slide for slide in presentation.slides}
    assert [*slides] == [f"Housing {words}: 2 of 3 actions."]
    drawn = [list(slide.shapes) for slide in presentation.slides]
    texts = [{shape.text_frame.text for shape in each if shape.has_text_frame} for each in drawn]
    assert {"THEMES", "1a", f"Housing {words}"} <= texts[0]
    assert "Number of actions that name each partner, by objective" in " ".join(texts[1])
    height = presentation.slide_height or 0
    for shape in itertools.chain.from_iterable(drawn):
        assert shape.left >= 0
        assert shape.top + shape.height <= height * 1.01
    assert render_pptx(small_plan("\x00\ud800\u202e ]]>"), "#view=grid")
    notes = presentation.slides[0].notes_slide.notes_text_frame.text
    assert notes.startswith(f"Plan {words}\n")
    assert notes.endswith("Source: The plan")


def test_the_same_plan_gives_the_same_bytes(plan: Any) -> None:
    assert render_zip(plan, "A4") == render_zip(plan, "A4")


def test_a_file_that_cannot_be_written_is_said(plan: Any, tmp_path: Path) -> None:
    with pytest.raises(errors.PathError, match="Cannot write"):
        write_file(tmp_path / "no" / "plan.pdf", render_pdf(plan))


def test_a_paper_there_is_not_is_refused(plan: Any) -> None:
    with pytest.raises(ValueError, match="choose A3 or A4"):
        render_svg(plan, "A5")  # type: ignore[arg-type]


def test_file_names_are_safe_on_every_system() -> None:
    assert file_stem("Leicester’s Plan: 2019–2024", "plan") == "leicesters-plan-2019-2024"
    assert file_stem("../../etc/passwd", "plan") == "etc-passwd"
    assert file_stem("CON", "plan") == "plan-con"
    assert file_stem("健康", "plan") == "plan"
    assert len(file_stem("x" * 999, "plan")) == 80


def test_a_character_no_font_has_is_a_question_mark_in_the_pdf_only(plan: Any) -> None:
    assert choose_face("é") == "helvetica"
    assert choose_face("ı") == "vera"
    assert choose_face("健") == ""
    found = list(split_by_font("a健ı", False))
    assert found == [("Helvetica", "a"), ("Helvetica", "?"), ("Vera", "ı")]
    node = next(iter(plan.nodes))
    plan.nodes[node]["short"] = plan.nodes[node]["label"] = "健康 Places"
    assert "健康" in words_of(render_svg(plan))
    assert "?? Places" in pages_of(render_pdf(plan)).pages[0].extract_text()


def test_paper_has_the_light_colours_of_the_style_sheet() -> None:
    style = (VIEW / "static" / "page.css").read_text("utf-8")
    paper = (VIEW / "scripts" / "shapes" / "paper.js").read_text("utf-8")
    root = re.search(r":root \{(.*?)\}", style, re.S)
    light = re.search(r"const LIGHT = \{(.*?)\};", paper, re.S)
    assert root is not None
    assert light is not None
    css = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", root[1]))
    hues = tuple(css[f"hue-{number}"] for number in range(9))
    assert tuple(re.findall(r'"(#[0-9a-f]{6})"', light[1])[:9]) == hues == HUES
    named = re.findall(r'(\w+): "(#[0-9a-f]{6})"', light[1])
    assert len(named) == 5
    assert {name: css[name] for name, _ in named} == dict(named)


def test_the_command_writes_each_file_that_is_asked_for(hwbs: Any, tmp_path: Path) -> None:
    named = {kind: tmp_path / f"plan.{kind}" for kind in ("pdf", "svg", "zip")}
    asked = [word for kind, path in named.items() for word in (f"--{kind}", path)]
    assert hwbs("view", *asked, "--paper", "a4", "--graph", *SMALL[:1], "--only").code == 0
    starts = {kind: path.read_bytes()[:4] for kind, path in named.items()}
    assert starts == {"pdf": b"%PDF", "svg": b"<svg", "zip": b"PK\x03\x04"}
    assert len(list(tmp_path.iterdir())) == 3


def test_the_command_says_what_it_cannot_write(hwbs: Any, tmp_path: Path) -> None:
    for asked, said in (
        (["--pdf", tmp_path / "no" / "plan.pdf"], "Cannot write"),
        (["--pdf", tmp_path / "plan.pdf", "--paper", "A5"], "give one of: A3, A4"),
        (["--pdf", tmp_path / "plan", "--svg", tmp_path / "plan"], "the same name"),
    ):
        run = hwbs("view", *asked, "--graph", *SMALL[:1], "--only")
        assert run.code == 2
        assert said in run.err
    assert not list(tmp_path.iterdir())
