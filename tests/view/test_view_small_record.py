"""Small plans of every shape on one page: every picture heard, printed, presented and opened on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from browsing import lend
from viewing import look_at, printed, show_only

from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.view import opening_address, render_view
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.pictures import list_offered

Open = Callable[..., Any]
HOMES = "id/partner/homes"
DRAWN = ("map", "continuity", "network", "between", "rainbow")
#: What stands in a table that is on show, and what is spoken instead, where that is another.
NAMED = """() => [...document.querySelectorAll("main section:not([hidden]) [aria-label]")]
  .filter((each) => each.checkVisibility() && /\\d/.test(each.innerText))
  .map((each) => [each.innerText.trim(), each.getAttribute("aria-label")])"""
#: The numbers of a table that is on show, and how many of them can be pressed.
CELLS = """() => [...document.querySelectorAll("main section:not([hidden]) td[data-head]")]
  .map((each) => [each.innerText.trim(), each.querySelectorAll("button.cell").length])"""


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def test_what_is_heard_counts_as_what_is_drawn_in_every_picture(
    small_record: Any, kept_view: Open
) -> None:
    model = read_model(small_record)
    opened = kept_view(small_record)
    page = opened.page
    compared: dict[str, int] = {}
    filters = ("", f"&partner={HOMES}", "&determinant=scheme/determinant/warm-homes")
    for plan in ("alpha-2030/action-plan", "gamma-2029"):
        for view in list_offered(model):
            for filter in filters if plan.startswith("alpha") else filters[:1]:
                opened.follow(f"#view={view}&plan={plan}{filter}")
                if page.locator("#nothing").is_hidden():
                    told = _compare_drawn(opened) if view in DRAWN else _compare_table(page)
                    compared[view] = compared.get(view, 0) + told
    assert {view for view, times in compared.items() if not times} <= {"continuity", "list"}
    assert compared.keys() == set(list_offered(model))
    assert opened.complaints == []


def _compare_drawn(opened: Any) -> int:
    """Hold that each item of the canvas is spoken with its own number; return how many have one."""
    heard = opened.page.locator("#map-items li").all_text_contents()
    pairs = [*zip(opened.boxes(), heard, strict=True)]
    marked = [(re.match(r"(\d+|gap|theme)\xa0", box["text"]), words) for box, words in pairs]
    for found, words in marked:
        assert not found or re.search(rf": (a )?{found[1]}\b| by a {found[1]}\b", words)
    counted = [(box["count"], words) for box, words in pairs if box["count"]]
    assert all(re.search(rf", {count} ", words) for count, words in counted)
    return len([found for found, _ in marked if found]) + len(counted)


def _compare_table(page: Any) -> int:
    """Hold that numbers can be pressed and are spoken as written; return how many there are."""
    for written, spoken in page.evaluate(NAMED):
        assert set(numbers(written)) <= set(numbers(spoken)), (written, spoken)
    cells = page.evaluate(CELLS)
    assert all(pressed == 1 for written, pressed in cells if numbers(written))
    shown = page.locator("main section:not([hidden])").first.inner_text()
    return len(numbers(shown))


def test_paper_has_the_picture_alone(small_record: Any, kept_view: Open, tmp_path: Path) -> None:
    opened = kept_view(small_record)
    for view in ("missing", "shared", "rainbow", f"sheet&select={HOMES}"):
        opened.follow(f"#view={view}")
        (paper,) = printed(opened, tmp_path)
        assert paper.extract_text().count("\n") > 3, view
        assert "How to read this" not in paper.extract_text()
    assert opened.complaints == []


def test_every_default_step_can_be_shown(small_record: Any, kept_view: Open) -> None:
    opened = kept_view(small_record)
    opened.page.click("#present")
    count = int(opened.page.locator("#step-number").inner_text().split("/")[1])
    for number in range(1, count + 1):
        assert opened.page.locator("#step-number").inner_text() == f"{number} / {count}"
        assert opened.page.locator("#step-title").inner_text().strip()
        assert opened.page.locator("#nothing").is_hidden()
        if number < count:
            opened.page.click("#step-next")
    assert opened.page.locator("#step-next").is_disabled()
    assert opened.complaints == []


def test_a_page_opens_on_what_it_was_made_for_and_can_leave_it(
    small_record: Any, browser: Any, tmp_path: Any
) -> None:
    names = {"theme": "alpha-2030/theme/warmth", "partner": "partner/homes"}
    asked = {name: THINGS + key for name, key in names.items()}
    address = opening_address(small_record, view="grid", **asked)
    path = tmp_path / "opening.html"
    path.write_text(render_view(small_record, opening=address), encoding="utf-8")
    with lend(browser) as page:
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.locator("#status").inner_text() == "2 of 3 actions shown"
        assert page.evaluate("hwbsView.state().view") == "grid"
        assert page.inner_text("#shown-only") == "Warm Homes and Homes"
        look_at(page, "map")
        show_only(page)
        page.click("#clear")
        page.get_by_text("3 of 3 actions shown", exact=True).wait_for()
