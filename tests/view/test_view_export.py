"""Saving and printing from the page, in Chromium."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from viewing import look_at, printed

from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.print.v8_layout import make_drawings

Open = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"
HOUSING = "partner/housing"
STEM = "leicester-joint-health-and-wellbeing-strategy"


def saved(opened: Any, kind: str, folder: Path) -> Path:
    """Save what is on show through the menu and return the downloaded file."""
    opened.page.click("#save")
    with opened.page.expect_download() as waiting:
        opened.page.click(f"[data-save={kind}]")
    path = folder / str(waiting.value.suggested_filename)
    waiting.value.save_as(path)
    return path


def test_a_png_is_three_times_as_fine_as_the_screen(
    plan: Any, open_view: Open, tmp_path: Path
) -> None:
    opened = open_view(plan)
    room = opened.page.locator("#map-room").evaluate("e => [e.clientWidth, e.clientHeight]")
    path = saved(opened, "png", tmp_path)
    assert path.name == f"{STEM}.png"
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    assert width == 3 * room[0]
    assert height >= 3 * room[1] - 3
    assert opened.complaints == []


def test_an_svg_has_the_boxes_of_the_screen(plan: Any, open_view: Open, tmp_path: Path) -> None:
    opened = open_view(plan)
    path = saved(opened, "svg", tmp_path)
    assert path.name == f"{STEM}.svg"
    root = ET.parse(path).getroot()
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {"Places", "Healthy Places"} & words
    assert "Public Health" in words
    (drawing,) = make_drawings(read_model(plan), "A4", ["#"])
    assert len(opened.boxes()) == len(drawing.layout["boxes"]) == 110
    # Frames, and the paper behind them; the key's marks on top.
    assert len(root.findall(f"{SVG}rect")) == drawing.svg.count("<rect")
    headings = {heading["text"].upper() for heading in drawing.layout["headings"]}
    assert headings <= words
    assert opened.complaints == []


def test_hostile_words_stay_words_in_a_saved_svg(
    hostile: Any, open_view: Open, tmp_path: Path
) -> None:
    opened = open_view(hostile)
    root = ET.parse(saved(opened, "svg", tmp_path)).getroot()
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "polygon",
        "text",
    }
    assert opened.page.evaluate("window.harmed") is None


def test_a_saved_picture_has_only_what_is_shown(plan: Any, open_view: Open, tmp_path: Path) -> None:
    opened = open_view(plan, f"#only={HOUSING}")
    text = saved(opened, "svg", tmp_path).read_text("utf-8")
    assert "16 actions shown" in text
    partners = [box for box in opened.boxes() if box["kind"] == "partner"]
    assert len(partners) < 35
    # Each partner's sign, and the key's.
    assert text.count("<polygon") == len(partners) + 1
    opened.follow(f"#view=grid&only={HOUSING}&select={HOUSING}")
    path = saved(opened, "svg", tmp_path)
    assert path.name == f"{STEM}-housing-only-marked-housing-grid.svg"
    text = path.read_text("utf-8")
    assert "Housing only; marked: Housing" in text
    assert "Number of actions that name each partner, by objective" in text
    assert text.count("<polygon") == len(partners)
    opened.page.click("#save")
    opened.page.click("#name-view")
    opened.page.fill("#name-field", "Who helps <b>here</b>?")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#view-name") == "Who helps <b>here</b>?"
    opened.reload()
    assert opened.page.inner_text("#view-name") == "Who helps <b>here</b>?"
    title = ET.parse(saved(opened, "svg", tmp_path)).getroot()[0].text or ""
    assert title.startswith("Who helps <b>here</b>? – ")
    look_at(opened.page, "list")
    assert opened.page.locator("#view-name").is_hidden()
    assert opened.complaints == []


@pytest.mark.parametrize(("paper", "wide"), [("A4", 297), ("A3", 420)])
def test_print_puts_the_picture_first_on_its_paper(
    plan: Any, open_view: Open, tmp_path: Path, paper: str, wide: int
) -> None:
    opened = open_view(plan)
    opened.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    opened.page.click("#save")
    opened.page.click(f"[data-print={paper}]")
    answer_if_asked(opened)
    assert opened.page.evaluate("window.printed")
    opened.page.emulate_media(media="print")
    tops = opened.page.evaluate(
        """() => ['#print-picture svg', '#list'].map(
             (place) => document.querySelector(place).getBoundingClientRect().top)"""
    )
    assert tops == sorted(tops)
    for hidden in ("#panel", "#foot", "#map", "#grid", "#save"):
        assert not opened.page.locator(hidden).is_visible()
    assert opened.complaints == []
    pages = printed(opened, tmp_path)
    assert float(pages[0].mediabox.width) == pytest.approx(wide / 25.4 * 72, abs=1.5)
    assert "Improve air quality" in pages[0].extract_text()
    assert len(pages) > 2
    assert "Healthy Places" in pages[1].extract_text()


def answer_if_asked(opened: Any) -> bool:
    """Say that every page is to be printed, if the page asks; return whether it did."""
    button = opened.page.get_by_role("button", name="Print about")
    if asked := button.is_visible():
        button.click()
    return bool(asked)


def test_a_long_list_is_printed_only_if_a_person_says_so(
    plan: Any, open_view: Open, tmp_path: Path
) -> None:
    for _, node in plan.nodes(data=True):
        node["details"] = [("Why", "Because it matters to everyone who lives here. " * 5)] * 3
    opened = open_view(plan, "#view=grid")
    opened.page.evaluate("() => { window.print = () => { window.printed = true; }; }")

    def ask() -> Any:
        opened.page.click("#save")
        opened.page.click("[data-print=A4]")
        return opened.page.locator("#ask")

    assert "the list of what it shows would take about" in ask().inner_text()
    opened.page.get_by_role("button", name="Cancel").click()
    assert not opened.page.evaluate("window.printed")
    ask()
    opened.page.get_by_role("button", name="Print the picture alone").click()
    assert opened.page.evaluate("window.printed")
    (alone,) = printed(opened, tmp_path)
    assert "Number of actions that name each partner" in alone.extract_text()
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    opened.follow("#view=map&theme=leicester-2019/theme/minds")
    assert not ask().is_visible()
    pages = printed(opened, tmp_path)
    assert 2 <= len(pages) <= 10
    text = " ".join(page.extract_text() for page in pages)
    assert "Healthy Minds only" in text
    assert "Promote zero suicide" in text
    assert "Improve air quality" not in text
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    opened.follow("#view=list&theme=leicester-2019/theme/minds")
    ask()
    first, *_ = printed(opened, tmp_path)
    assert "Healthy Minds only" in first.extract_text()
    assert opened.complaints == []


def test_the_browser_s_own_print_has_the_picture_and_leaves_nothing(
    plan: Any, open_view: Open
) -> None:
    opened = open_view(plan)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#print-picture svg").count() == 1
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#print-picture").count() == 0
    assert opened.page.evaluate("document.documentElement.className") == "script"
    assert opened.complaints == []
