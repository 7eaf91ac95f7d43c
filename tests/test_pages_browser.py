"""The pages in a browser: no complaint, nothing asked elsewhere, and no barrier that axe finds."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import arriving, barriers, barriers_anywhere, noting, slow_down, violations
from web import Live, serving

#: Start, search, things, a plan, a document, terms, questions, an answer, and the
#: editor with each kind of answer.
PAGES = (
    "",
    "search?q=housing",
    "search?q=pregnant+women&kind=action",
    "search?q=hosuing",
    "id/partner/housing",
    "id/leicester-2019/action/minds-3c",
    "scheme/determinant/housing",
    "id/leicester-2019/action-plan",
    "id/document/S003",
    "ns",
    "ns/Action",
    "graph",
    "graph/leicester-2022",
    "graph/derived",
    "queries",
    "queries/report/actions-by-partner?partner=Housing",
    "queries/report/actions-by-partner?partner=Hosing",
    "id/nothing",
    "ask",
    "ask?q=actions+with+Housing+and+Planning",
    "docs/serving",
    "compare",
    "compare?one=leicester-2019&other=leicester-2022",
    "accessibility",
    "sparql",
    "sparql?query=SELECT+*+{+?s+?p+?o+}+LIMIT+5",
    "sparql?query=DESCRIBE+<https://w3id.org/hwbs/ns%23Action>",
    "sparql?query=SELECT+*+{",
)


PHONE = {"width": 375, "height": 640}


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with serving("--workers", "1") as server:
        yield server


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """An empty page."""
    with noting(browser) as page:
        yield page


def unfold(page: Any) -> None:
    """Open what is folded, as a reader does with a click."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nobody_else_and_has_no_barrier(live: Live, page: Any, path: str) -> None:
    page.goto(live.url + path)
    failed = page.complaints and [each for each in page.complaints if "status of 4" not in each]
    assert not failed
    assert all(url.startswith(live.url) or url == "data:," for url in page.asked)
    unfold(page)
    assert barriers_anywhere(page) == []


def test_every_page_fits_a_telephone(live: Live, browser_by_fonts: Any) -> None:
    wide = {}
    with noting(browser_by_fonts) as page:
        for path in PAGES:
            page.goto(live.url + path)
            for width in (320, 375):
                page.set_viewport_size({"width": width, "height": 640})
                unfold(page)
                wide[path, width] = page.evaluate("document.documentElement.scrollWidth") - width
    assert {key: over for key, over in wide.items() if over > 0} == {}


def test_a_passage_keeps_its_roles_where_a_telephone_shows_it_below_its_place(
    live: Live, page: Any
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live.url}id/leicester-2019/action/minds-3c")
    unfold(page)
    table = page.get_by_role("table", name="Where it is printed")
    names = ["Document", "Line", "Place", "Printed words"]
    assert table.get_by_role("columnheader").all_inner_texts() == names
    place, words = (table.get_by_role("cell").nth(each).bounding_box() for each in (2, 3))
    assert words["y"] >= place["y"] + place["height"]
    assert barriers(page) == []


def test_a_barrier_would_be_found(live: Live, page: Any) -> None:
    page.goto(live.url)
    page.evaluate("document.querySelector('label').remove()")
    faint = "h1 { forced-color-adjust: none; color: #777; background: #666; }"
    low = "nav a { display: block !important; height: 8px; min-height: 0 !important;"
    low += " padding: 0 !important; overflow: hidden; } nav li { height: 8px; line-height: 8px; }"
    small = f"@media (max-width: 30rem) {{ nav ul {{ display: block !important; }} {low} }}"
    # The policy lets in no style of a script's; one that the browser itself holds is none.
    page.evaluate(
        "(text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets = [sheet]; }",
        f"@media (forced-colors: active) {{ {faint} }} {small}",
    )
    found = barriers_anywhere(page)
    for start in ("label", "dark and narrow, target-size", "forced colours, color-contrast"):
        assert any(each.startswith(start) for each in found), start


@pytest.mark.parametrize(
    ("colour", "start"), [("#ccc", "color-contrast: "), ("#444", "dark, color-contrast: ")]
)
def test_words_too_faint_in_light_or_dark_would_be_found(
    live: Live, page: Any, colour: str, start: str
) -> None:
    page.goto(live.url)
    page.evaluate("(colour) => { document.querySelector('h1').style.color = colour; }", colour)
    (found,) = barriers(page)
    assert found.startswith(start)


def test_the_page_on_accessibility_names_the_program_that_looks(live: Live, page: Any) -> None:
    page.goto(f"{live.url}accessibility")
    assert violations(page) == []
    assert f"axe-core {page.evaluate('axe.version')} looked" in page.inner_text("main")


def test_a_person_gets_from_the_search_to_the_printed_words(live: Live, page: Any) -> None:
    slow_down(page)
    page.goto(live.url)
    page.fill("#q", "sport service")
    with arriving(page):
        page.press("#q", "Enter")
    with arriving(page):
        page.click("main section a")
    assert page.inner_text("h1") == "Sports Service"
    assert page.locator("q").count() > 0


def test_a_reader_orders_a_table_by_its_heads(live: Live, page: Any) -> None:
    page.goto(f"{live.url}queries/report/partners")
    columns = page.locator("table th").all_inner_texts()
    counted = next(place for place, words in enumerate(columns) if "ction" in words)

    def read_column(place: int) -> list[str]:
        return page.locator(f"tbody td:nth-child({place + 1})").all_inner_texts()  # type: ignore[no-any-return]

    as_answered = read_column(0)
    page.locator(".sort").nth(counted).click()
    rising = [int(each) for each in read_column(counted)]
    page.locator(".sort").nth(counted).click()
    falling = [int(each) for each in read_column(counted)]
    assert (rising, falling) == (sorted(rising), sorted(rising, reverse=True))
    assert rising[0] < falling[0]
    assert page.locator("th").nth(counted).get_attribute("aria-sort") == "descending"
    assert sorted(read_column(0)) == sorted(as_answered)
    assert barriers(page) == []


def test_without_scripts_three_taps_lead_a_resident_to_who_answers_for_damp_homes(
    live: Live, browser: Any
) -> None:
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(live.url)
        page.click("main >> text=/^Housing$/")
        page.click("main >> text=/housing standards/")
        words = page.inner_text("main")
        assert "With" in words.partition("How do we know?")[0]
        page.click("text=How do we know?")
        assert page.locator("q").first.is_visible()
        page.goto(f"{live.url}queries/report/partners")
        assert page.locator(".sort").count() == 0


def test_a_page_opens_the_view_on_the_same_thing_and_the_view_leads_back(
    live: Live, page: Any
) -> None:
    page.goto(f"{live.url}id/leicester-2019/action/minds-3c")
    told = page.inner_text("h1")
    with arriving(page):
        page.click("text=In the picture of its plan")
    page.wait_for_selector("#panel h2")
    assert told in page.inner_text("#panel h2")
    with arriving(page):
        page.click("#panel >> text=Its own page")
    assert page.inner_text("h1") == told
    assert page.complaints == []
    assert all(url.startswith(live.url) or url.startswith("data:") for url in page.asked)
