"""`hwbs view`: what each option writes, and what happens where it cannot."""

import base64
import gzip
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import noting
from support import DATA, PLANS, Hwbs, open_small

from hwbs_graph.cli.view import KINDS
from hwbs_graph.view.plan_pages import name_pages
from hwbs_graph.web.pages.lookups import render_view

BOARD = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix family: <https://w3id.org/hwbs/scheme/theme-family/> .
@prefix id: <https://w3id.org/hwbs/id/board-{0}/> .

<https://w3id.org/hwbs/id/board-{0}> a hwbs:Strategy ; skos:prefLabel "Strategy of Board {0}"@en .
id:places a hwbs:Theme ; hwbs:inPlan <https://w3id.org/hwbs/id/board-{0}> ;
  skos:prefLabel "Places of {0}"@en ; hwbs:inFamily family:places ; hwbs:printedOrder 1 .
id:one a hwbs:Priority ; hwbs:inPlan <https://w3id.org/hwbs/id/board-{0}> ;
  skos:prefLabel "Priority of {0}"@en ; hwbs:inTheme id:places ; hwbs:printedOrder 1 .
"""


def data_of(html: str) -> Any:
    """Return the page's data block as the browser reads it."""
    block = re.search(r'id="plan-data">([^<]*)<', html)
    assert block is not None
    return json.loads(gzip.decompress(base64.b64decode(block[1])))


@pytest.fixture
def boards(tmp_path: Path) -> Path:
    """A folder of four more boards, which makes too many for one page."""
    folder = tmp_path / "boards"
    folder.mkdir()
    for number in range(1, 5):
        (folder / f"board-{number}.ttl").write_text(BOARD.replace("{0}", str(number)))
    return folder


def test_the_view_holds_every_plan_and_opens_on_the_one_with_actions(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    run = hwbs("view", "-o", page)
    assert (run.code, run.out) == (0, "")
    assert str(page) in run.err
    data = data_of(page.read_text("utf-8"))
    assert [plan["short"] for plan in data["plans"]] == [
        "Leicester 2019",
        "Leicester 2019 action plan",
        "Leicester 2022",
        "Leicestershire 2022",
    ]
    assert data["plans"][data["start"]]["short"] == "Leicester 2019 action plan"
    assert data["opening"] == ""
    assert data["steps"] is None  # the page makes its own


@pytest.mark.parametrize(
    ("options", "opening"),
    [
        (("--theme", "Places"), "#view=map&theme=id/leicester-2019/theme/places"),
        (("--partner", "sport service"), "#view=map&partner=id/partner/sports-service"),
        (
            # Only a narrower determinant has actions.
            ("--determinant", "agriculture and food production", "--kind", "grid"),
            "#view=grid&determinant=scheme/determinant/food-production&show=determinants",
        ),
        (("--plan", "leicester-2022", "--kind", "coverage"), "#view=coverage&plan=leicester-2022"),
        (
            ("--plan", "leicester-2022", "--theme", "Healthy Lives"),
            "#view=map&plan=leicester-2022&theme=id/leicester-2022/theme/lives",
        ),
    ],
)
def test_options_open_the_page_on_a_selection_and_leave_nothing_out(
    hwbs: Hwbs, options: tuple[str, ...], opening: str
) -> None:
    run = hwbs("view", *options, "-o", "-")
    assert run.code == 0
    data = data_of(run.out)
    assert data["opening"] == opening
    assert sum(node["kind"] == "action" for node in data["nodes"]) == 51


def test_pdf_svg_and_zip_show_what_the_page_opens_on(hwbs: Hwbs, tmp_path: Path) -> None:
    svg, pdf, archive = tmp_path / "a.svg", tmp_path / "a.pdf", tmp_path / "a.zip"
    run = hwbs("view", "--theme", "Minds", "--svg", svg, "--pdf", pdf, "--zip", archive)
    assert run.code == 0
    assert not (tmp_path / "hwbs-view.html").exists()
    text = svg.read_text("utf-8")
    assert "zero suicide" in text
    assert "decent homes" not in text
    assert pdf.read_bytes().startswith(b"%PDF-")
    names = zipfile.ZipFile(archive).namelist()
    assert {Path(name).suffix for name in names} == {".html", ".pdf", ".svg", ".txt"}
    pictures = {Path(name).stem for name in names if name.startswith("pictures/")}
    assert pictures == {*KINDS} - {"room"}  # nobody has noted anything


def test_a_thinned_pdf_holds_only_what_is_shown(hwbs: Hwbs, tmp_path: Path) -> None:
    import pypdf

    pdf = tmp_path / "minds.pdf"
    assert hwbs("view", "--theme", "Minds", "--pdf", pdf).code == 0
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "suicide" in text
    assert "homeless" not in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kind", "pie"), "There is no “pie” here"),
        (("--paper", "A5", "--pdf", "x.pdf"), "There is no “A5” here"),
        (("-o", "x", "--pdf", "x"), "Two of the files have the same name"),
        (("--steps", "steps.yaml", "--svg", "x.svg"), "Only the HTML file shows --steps"),
        (("--each", "plans", "--theme", "Places"), "--each draws every plan whole"),
        (("--each", "plans", "--pdf", "x.pdf"), "--each draws every plan whole"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(
    hwbs: Hwbs, options: tuple[str, ...], said: str
) -> None:
    run = hwbs("view", *options)
    assert run.code == 2
    assert said in run.err
    assert run.out == ""


def test_a_plan_of_one_s_own_stands_beside_those_that_ship(hwbs: Hwbs) -> None:
    added = ("--graph", DATA / "small.ttl", "--plan", "Alpha action plan 2030")
    run = hwbs("view", *added, "-o", "-")
    assert run.code == 0, run.err
    data = data_of(run.out)
    assert len(data["plans"]) == 5
    assert "plan=alpha-2030/action-plan" in data["opening"]


def test_a_name_nobody_has_is_answered_with_the_nearest(hwbs: Hwbs) -> None:
    run = hwbs("view", "--partner", "Housng", "-o", "-")
    assert run.code == 1
    assert "Housing" in run.err


def test_a_graph_of_many_boards_opens_on_a_heat_map(hwbs: Hwbs, boards: Path) -> None:
    run = hwbs("view", "--graph", boards, "-o", "-")
    assert run.code == 0
    assert "plan-data" not in run.out
    for number in range(1, 5):
        assert f"Strategy of Board {number}" in run.out
    assert run.out.count("hwbs view --plan") >= 4


def test_a_plan_whose_themes_have_no_family_is_among_the_boards(hwbs: Hwbs, boards: Path) -> None:
    file = boards / "board-1.ttl"
    file.write_text(file.read_text().replace(" hwbs:inFamily family:places ;", ""))
    run = hwbs("view", "--graph", boards, "-o", "-")
    assert run.code == 0
    assert "Strategy of Board 1" in run.out


def test_a_page_for_each_plan_is_opened_by_its_row_from_any_folder(
    hwbs: Hwbs, boards: Path, tmp_path: Path, browser: Any
) -> None:
    home, pages = tmp_path / "wall", tmp_path / "all plans"
    home.mkdir()
    only = ("view", "--only", "--graph", boards, "-o", home / "index.html")
    run = hwbs(*only, "--each", pages)
    assert run.code == 0, run.err
    assert f"Wrote 4 plans into {pages}" in run.err
    table = (home / "index.html").read_text("utf-8")
    links = re.findall(r'<a href="(.*?)">\s*<bdi>(.*?)</bdi>', table)
    assert len(links) == 4
    assert "hwbs view --plan" not in table
    for link, board in links:
        data = data_of((home / unquote(link)).read_text("utf-8"))
        assert [plan["title"] for plan in data["plans"]] == [board]
        assert data["opening"]
    assert hwbs(*only, "--each", boards / "board-1.ttl").code == 2
    with noting(browser) as page:
        page.goto((home / "index.html").as_uri())
        page.fill("#narrow", "Board 3")
        page.locator("#boards tbody th a:visible").click()
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.inner_text("h1") == "Strategy of Board 3"
        boxes = page.evaluate("hwbsView.boxes()")
        assert [box["text"] for box in boxes] == ["Places of 3", "Priority of 3"]
        assert page.complaints == []


def test_a_row_of_the_served_table_leads_to_the_plan_under_the_same_address() -> None:
    table = render_view(open_small(*PLANS), "", "", "")
    assert re.findall(r'<a href="\?plan=(alpha.*?)"', table) == [
        "alpha-2030",
        "alpha-2030/action-plan",
    ]


def test_every_page_of_a_plan_has_a_name_of_its_own_that_any_system_takes() -> None:
    things = "https://w3id.org/hwbs/id/"
    paths = ("a/b", "A-b", "con", "\u00fc \u202e/../..", "x" * 300, "x" * 301, "")
    named = name_pages([f"{things}{path}" for path in paths])
    assert list(named) == [f"{things}{path}" for path in paths]
    assert len({name.lower() for name in named.values()}) == len(paths)
    assert all(re.fullmatch(r"plan-[a-z0-9.-]{1,90}\.html", name) for name in named.values())


def test_one_plan_of_many_boards_is_drawn_with_those_of_its_board(hwbs: Hwbs, boards: Path) -> None:
    run = hwbs("view", "--graph", boards, "--plan", "Strategy of Board 3", "-o", "-")
    assert run.code == 0, run.err
    assert [plan["title"] for plan in data_of(run.out)["plans"]] == ["Strategy of Board 3"]


def test_many_boards_have_no_picture_to_print(hwbs: Hwbs, boards: Path, tmp_path: Path) -> None:
    run = hwbs("view", "--graph", boards, "--pdf", tmp_path / "x.pdf")
    assert run.code == 2
    assert "--plan" in run.err
    assert not (tmp_path / "x.pdf").exists()


def test_the_command_offers_the_pictures_that_a_page_has() -> None:
    from hwbs_graph.view.pictures import list_views

    assert list_views() == KINDS
