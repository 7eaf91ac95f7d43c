"""The SPARQL page in a browser: with CodeMirror, as a plain text area, and drawing networks."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from browsing import arriving, barriers, noting, slow_down
from support import ROOT, required
from web import Live, serving

import hwbs_graph
from hwbs_graph.web.editor_bundle import BUNDLE, has_editor_bundle

TEXT = ".cm-content"
WRONG = "SELECT *\nWHERE { ?s nonsense:p ?o }"
CONSTRUCT = """\
PREFIX ex: <https://example.org/>
CONSTRUCT { ex:a ex:knows ex:b, ex:c . ex:c ex:knows ex:a ; ex:age 7 } {}"""


@pytest.fixture(scope="module")
def rich() -> Iterator[Live]:
    """A server whose page has CodeMirror."""
    if not has_editor_bundle():
        reason = "this installation was made without npm, so it has no bundle"
        if "editor" in required():
            pytest.fail(reason)
        pytest.skip(reason)
    with serving("--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of an installation that was made without npm."""
    root = tmp_path_factory.mktemp("plain")
    lacking = shutil.ignore_patterns(BUNDLE)
    package = Path(hwbs_graph.__file__).parent
    shutil.copytree(package, root / "src" / "hwbs_graph", ignore=lacking)
    for folder in ("graph", "ontology", "queries"):
        (root / folder).symlink_to(ROOT / folder)
    with serving("--workers", "1", PYTHONPATH=str(root / "src")) as server:
        yield server


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with noting(browser) as page:
        yield page


def go(page: Any, server: Live, query: str | None = None) -> None:
    asked = "" if query is None else "?" + urlencode({"query": query})
    page.goto(f"{server.url}sparql{asked}")


def write(page: Any, text: str) -> None:
    page.locator(TEXT).fill(text)


# CodeMirror


@pytest.mark.parametrize("query", [None, "SELECT * { ?s ?p ?o } LIMIT 5", WRONG, CONSTRUCT])
def test_the_editor_asks_nobody_else_and_has_no_barrier(
    rich: Live, page: Any, query: str | None
) -> None:
    go(page, rich, query)
    page.wait_for_selector(TEXT)
    assert [each for each in page.complaints if "status of 4" not in each] == []
    assert all(url.startswith(rich.url) or url.startswith("data:") for url in page.asked)
    assert barriers(page) == []


def test_the_words_of_a_query_are_coloured(rich: Live, page: Any) -> None:
    go(page, rich, "SELECT ?x { VALUES ?x { 'text' 7 } }")
    page.wait_for_selector(f"{TEXT} span:has-text('VALUES')")
    colours = "spans => spans.map((span) => getComputedStyle(span).color)"
    light = set(page.locator(f"{TEXT} span").evaluate_all(colours))
    page.emulate_media(color_scheme="dark")
    dark = set(page.locator(f"{TEXT} span").evaluate_all(colours))
    assert (len(light) >= 4, len(dark) >= 4, light & dark) == (True, True, set())
    assert page.locator(".cm-lineNumbers .cm-gutterElement").count() > 1


def test_control_and_enter_show_rows(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, "SELECT (6 * 7 AS ?x)\n{\n}\n# the end")
    assert page.input_value("#query") == "SELECT (6 * 7 AS ?x)\n{\n}\n# the end"
    with arriving(page):
        page.press(TEXT, "Control+Enter")
    assert page.inner_text("td") == "42"
    # Each number stands at its line, also where the page has gone on to the answer.
    page.wait_for_selector(TEXT)
    tops = "all => all.map((each) => Math.round(each.getBoundingClientRect().top))"
    numbers = page.locator(".cm-lineNumbers .cm-gutterElement").evaluate_all(tops)
    assert numbers[-4:] == page.locator(".cm-line").evaluate_all(tops)


def test_the_button_sends_what_the_editor_shows(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, "ASK {}")
    with arriving(page):
        page.click("#ask button[type=submit]")
    assert page.locator("text=Yes.").count() == 1
    assert page.input_value("#query") == "ASK {}"


def test_a_wrong_line_is_marked_with_what_is_wrong(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, WRONG)
    with arriving(page):
        page.press(TEXT, "Control+Enter")
    assert page.inner_text(".cm-wrong") == "WHERE { ?s nonsense:p ?o }"
    assert page.inner_text(".cm-said") == page.inner_text("#error")
    assert page.evaluate("document.activeElement.matches('.cm-content')")
    assert page.get_attribute(TEXT, "aria-invalid") == "true"
    page.keyboard.type(" ")
    assert page.locator(".cm-wrong, .cm-said").count() == 0


def test_a_name_is_completed_and_its_prefix_declared(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, "# mine\nASK { ?s ")
    page.press(TEXT, "Control+End")
    page.keyboard.type("hwbs:invol")
    page.click(".cm-tooltip-autocomplete li:has-text('hwbs:involves')")
    declared = "# mine\nPREFIX hwbs: <https://w3id.org/hwbs/ns#>\nASK { ?s hwbs:involves"
    assert page.input_value("#query") == declared


def test_a_list_of_completions_has_no_barrier(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, "")
    page.type(TEXT, "hw")
    page.wait_for_selector(".cm-tooltip-autocomplete li")
    assert barriers(page) == []
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    assert page.locator(".cm-tooltip-autocomplete li[aria-selected]").count() == 1
    assert page.complaints == []


def test_a_declaration_is_completed_with_its_address(rich: Live, page: Any) -> None:
    go(page, rich)
    write(page, "")
    page.type(TEXT, "PREFIX sko")
    page.click(".cm-tooltip-autocomplete li:has-text('skos:')")
    assert page.input_value("#query") == "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"


def test_escape_and_tab_leave_the_editor_and_tab_alone_indents(rich: Live, page: Any) -> None:
    page.clock.install()
    go(page, rich)
    write(page, "ASK {}")
    page.focus(TEXT)
    page.press(TEXT, "Tab")
    assert page.input_value("#query") == "  ASK {}"
    page.press(TEXT, "Escape")
    # CodeMirror's own way out closes after two seconds, which is too soon for some.
    page.clock.fast_forward(2500)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    assert "press Escape, then Tab" in page.inner_text("#keys")


def test_a_search_in_the_editor_has_no_barrier(rich: Live, page: Any) -> None:
    go(page, rich)
    page.press(TEXT, "Control+f")
    page.wait_for_selector(".cm-search")
    assert barriers(page) == []
    assert page.complaints == []
    page.keyboard.press("Escape")
    assert page.locator(".cm-search").count() == 0


@pytest.mark.parametrize("query", [None, WRONG, CONSTRUCT])
def test_the_editor_fits_a_telephone(rich: Live, browser_by_fonts: Any, query: str | None) -> None:
    with noting(browser_by_fonts) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        go(page, rich, query)
        page.press(TEXT, "Control+f")
        page.wait_for_selector(".cm-search")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


# A plain text area


@pytest.mark.parametrize("query", [None, WRONG])
def test_the_plain_editor_says_that_it_is_one(plain: Live, page: Any, query: str | None) -> None:
    go(page, plain, query)
    assert "Plain editor: this installation was made without npm." in page.inner_text("#keys")
    assert page.locator(TEXT).count() == 0
    assert [each for each in page.complaints if "status of 4" not in each] == []
    assert barriers(page) == []


def test_the_plain_editor_runs_a_query_by_its_keys(plain: Live, page: Any) -> None:
    go(page, plain)
    page.fill("#query", "SELECT (6 * 7 AS ?x) {}")
    with arriving(page):
        page.press("#query", "Control+Enter")
    assert page.inner_text("td") == "42"


def test_the_plain_editor_puts_the_cursor_where_the_query_is_wrong(plain: Live, page: Any) -> None:
    slow_down(page)
    go(page, plain)
    page.fill("#query", WRONG)
    with arriving(page):
        page.click("#ask button[type=submit]")
    place = re.search(r"line 2, column (\d+)", page.inner_text("#error"))
    assert place is not None
    assert page.evaluate("document.activeElement.id") == "query"
    start = page.evaluate("document.activeElement.selectionStart")
    assert start == len("SELECT *\n") + int(place[1]) - 1


@pytest.mark.parametrize("kind", ["rich", "plain"])
def test_the_page_works_without_scripts(
    kind: str, browser: Any, request: pytest.FixtureRequest
) -> None:
    server: Live = request.getfixturevalue(kind)
    with noting(browser, script=False) as page:
        slow_down(page)
        page.goto(f"{server.url}sparql")
        page.select_option("#question", "report/themes")
        with arriving(page):
            page.click("#ready button")
        assert "#+ summary: " in page.input_value("#query")
        with arriving(page):
            page.click("#ask button[type=submit]")
        assert page.locator("tbody tr").count() == 23


def test_a_ready_made_question_fills_the_editor(rich: Live, page: Any) -> None:
    page.goto(f"{rich.url}sparql?question=report/themes")
    assert "#+ summary: " in page.inner_text(TEXT)


# Networks


def test_a_graph_is_drawn_with_its_things_and_links(plain: Live, page: Any) -> None:
    go(page, plain, CONSTRUCT)
    page.click("text=Show as network")
    assert page.get_attribute("#draw", "aria-expanded") == "true"
    assert page.locator("#network .thing").count() == 3
    assert page.locator("#network g.link path").count() == 3
    assert page.locator("tbody tr").count() == 4
    assert page.complaints == []
    assert barriers(page) == []


def test_a_drawing_names_things_and_leads_to_their_pages(plain: Live, page: Any) -> None:
    query = (
        "PREFIX hwbs: <https://w3id.org/hwbs/ns#>"
        "SELECT ?action ?partner { ?action hwbs:involves ?partner } ORDER BY ?action LIMIT 20"
    )
    go(page, plain, query)
    page.click("text=Show as network")
    things = page.locator("#network a.thing")
    links = {link for row in page.locator("tbody tr").all() for link in addresses(row)}
    assert {each.get_attribute("href") for each in things.all()} == links
    name = things.first.get_attribute("aria-label")
    things.first.focus()
    with arriving(page):
        page.keyboard.press("Enter")
    assert name in page.inner_text("h1")


def addresses(row: Any) -> list[str]:
    return [link.get_attribute("href") for link in row.locator("a").all()]


def test_no_two_things_of_a_drawing_overlap(plain: Live, page: Any) -> None:
    query = "SELECT ?s ?o { ?s ?p ?o FILTER(ISIRI(?s) && ISIRI(?o)) } LIMIT 60"
    go(page, plain, query)
    page.click("text=Show as network")
    boxes = [each.bounding_box() for each in page.locator("#network .thing").all()]
    assert len(boxes) > 20
    assert not [
        (one, other)
        for at, one in enumerate(boxes)
        for other in boxes[:at]
        if apart(one, other, "x", "width") < 0 and apart(one, other, "y", "height") < 0
    ]


def apart(one: Any, other: Any, axis: str, size: str) -> float:
    """How many pixels lie between two boxes along an axis, below 0 where they overlap."""
    first, second = sorted((one, other), key=lambda box: float(box[axis]))
    return float(second[axis] - first[axis] - first[size]) + 1


def test_too_large_a_network_is_a_sentence(plain: Live, page: Any) -> None:
    go(page, plain, "SELECT ?s ?o { ?s ?p ?o FILTER(ISIRI(?s) && ISIRI(?o)) } LIMIT 900")
    assert "up to 200 things" in page.inner_text("main")
    assert page.locator("#draw").count() == 0


def test_rows_that_link_nothing_are_not_drawn(plain: Live, page: Any) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    go(page, plain, f"SELECT ?s ?name {{ ?s {label} ?name }} LIMIT 5")
    assert page.locator("tbody tr").count() == 5
    assert page.locator("#draw").count() == 0
