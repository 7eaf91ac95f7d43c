"""Continuity, coverage, plans side by side and the page of many boards, opened in Chromium."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx
import pytest
from browsing import noting, violations
from viewing import SIZES, look_at, overlapping, show_only

from hwbs_graph.view.heatmap import DEPTHS, render_boards

Open = Callable[..., Any]
Graph = Any
BASE = "https://w3id.org/hwbs/id/"
CITY, LATER, COUNTY = f"{BASE}city-2030", f"{BASE}city-2035", f"{BASE}county-2035"
PLANS = {CITY: "Smalltown Board", LATER: "Smalltown Board", COUNTY: "Smallshire Board"}
FAMILIES = ("places", "minds", "start", "lives", "ageing")
#: Objectives under each theme of a plan.
EACH = 4
LAYERS = ("Lifestyle", "Networks", "Conditions")
WORDING = "Improve what people in every part of town find when they look for {} close to home"
VIEWS = ("continuity", "coverage", "families", "rainbow")
#: Words that try to run, to break the page or to hide.
HOSTILE = (
    "<script>window.harmed = 1</script>",
    "</script><script>window.harmed = 2</script>",
    "\"><img src=x onerror='window.harmed = 3'>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202ereversed\u202c \u2066left open",
    "a" * 3_000,
    "\ud800 lone \x00 null \x1b",
    "__proto__",
    "&lt;b&gt;&amp;",
    "",
)


def two_boards(words: Callable[[str], str] = WORDING.format) -> Graph:
    """Return two strategies of a city and one of its county, with what became of the first."""
    graph: Graph = networkx.DiGraph(title="Small plans", start=CITY)
    plans = [(iri, iri.rsplit("/", 1)[1].replace("-", " ").capitalize()) for iri in PLANS]
    graph.graph["plans"] = [
        {"iri": iri, "title": f"Strategy of {name}", "short": name, "board": PLANS[iri]}
        for iri, name in plans
    ]
    for iri in PLANS:
        _add_plan(graph, iri, words)
    _add_determinants(graph)
    graph.graph["alignments"] = list(_alignments())
    return graph


def objective(plan: str, family: str, number: int) -> str:
    """Return the IRI of an objective."""
    return f"{plan}/objective/{family}-{number}"


def _add_plan(graph: Graph, plan: str, words: Callable[[str], str]) -> None:
    for place, family in enumerate(FAMILIES[: 2 if plan == COUNTY else None], 1):
        theme = f"{plan}/theme/{family}"
        told = {"plan": plan, "family": family, "familyOrder": place}
        graph.add_node(theme, kind="theme", label=words(family), short=family, order=place, **told)
        for number in range(1, EACH + 1):
            iri = objective(plan, family, number)
            label = words(f"{family} {number}")
            graph.add_node(
                iri, kind="objective", label=label, plan=plan, code=str(number), order=number
            )
            graph.add_edge(theme, iri, basis="stated in document", relation="contains")


def _add_determinants(graph: Graph) -> None:
    for layer in LAYERS:
        for number in range(6):
            iri = f"{BASE}determinant/{layer.lower()}-{number}"
            graph.add_node(iri, kind="determinant", label=f"{layer} {number}", layer=layer)
            basis = "curated judgement" if number == 1 else "stated in document"
            addresses = {"basis": basis, "relation": "addresses"}
            if number in (1, 2):
                graph.add_edge(objective(CITY, "minds", number), iri, **addresses)
            if number == 3:
                graph.add_edge(f"{CITY}/theme/lives", iri, **addresses)


def _alignments() -> Iterator[dict[str, Any]]:
    for family in FAMILIES:
        for number in range(2, EACH):
            yield _change("narrowed", family, number, family, number)
        yield _change("dropped", family, EACH, "", 0)
        yield _change("new", "", 0, family, EACH)
    yield _change("moved-theme", "ageing", 1, "lives", 1)
    shared = _change("shared-topic", "places", 1, "places", 1)
    yield {**shared, "from": objective(COUNTY, "places", 1), "fromPlan": COUNTY}


def _change(kind: str, before: str, number: int, after: str, place: int) -> dict[str, Any]:
    return {
        "type": kind,
        "label": kind.replace("-", " "),
        "from": objective(CITY, before, number) if before else "",
        "to": objective(LATER, after, place) if after else "",
        "fromPlan": CITY,
        "toPlan": LATER,
        "basis": "curated judgement",
        "curator": "The record’s keeper",
    }


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_continuity_picture_is_seen_at_once_without_overlaps(
    kept_view_by_fonts: Open, width: int, height: int
) -> None:
    opened = kept_view_by_fonts(two_boards(), "#view=continuity", width, height)
    boxes = opened.boxes()
    assert len(boxes) == 2 * len(FAMILIES) * (1 + EACH)
    assert overlapping(boxes) == []
    assert min(box["size"] for box in boxes) >= 12
    assert opened.page.evaluate(
        "(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>"
        " scrollWidth <= clientWidth && scrollHeight <= clientHeight)"
        "(document.getElementById('map-room'))"
    )
    assert opened.complaints == []


def test_the_guide_lists_what_moved_is_new_and_was_dropped(kept_view: Open) -> None:
    opened = kept_view(two_boards(), "#view=continuity")
    headings = opened.page.locator("#panel h3").all_inner_texts()
    assert headings == [
        "Moved to another theme (1)",
        "New (5)",
        "Dropped (5)",
        "Continued: narrowed (10)",
        "Nothing recorded (8)",
    ]
    opened.page.locator("#panel button.item").first.click()
    assert opened.page.evaluate("hwbsView.state().view") == "continuity"
    assert "ageing 1" in opened.heading()
    assert "moved theme" in opened.page.locator("#panel").inner_text()


def test_the_words_of_change_are_painted(open_view: Open) -> None:
    opened = open_view(two_boards())
    opened.page.evaluate(
        """() => {
          const fill = CanvasRenderingContext2D.prototype.fillText;
          window.painted = [];
          CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            window.painted.push(text);
            return fill.call(this, text, ...rest);
          };
        }"""
    )
    look_at(opened.page, "continuity")
    opened.wait_until("window.painted.includes('moved')")
    painted = opened.page.evaluate("window.painted")
    assert {"new", "dropped", "moved"} <= set(painted)


def test_several_pairs_can_be_chosen(open_view: Open) -> None:
    opened = open_view(two_boards(), "#view=continuity")
    choices = opened.page.locator("#panel .pairs button")
    assert choices.count() == 2
    assert [one.get_attribute("aria-pressed") for one in choices.all()] == ["true", "false"]
    choices.nth(1).click()
    assert len(opened.boxes()) == 4
    choices = opened.page.locator("#panel .pairs button")
    assert [one.get_attribute("aria-pressed") for one in choices.all()] == ["false", "true"]
    opened.reload()
    assert len(opened.boxes()) == 4


def test_the_themes_filter_thins_the_change(kept_view: Open) -> None:
    opened = kept_view(two_boards(), "#view=continuity")
    show_only(opened.page)
    opened.page.locator("#filters .chip", has_text="ageing").click()
    keys = {box["key"].split("/")[-1] for box in opened.boxes()}
    assert {"ageing-1", "lives-1"} <= keys
    assert "places-1" not in keys


def test_the_keyboard_walks_to_every_box_of_the_change(open_view: Open) -> None:
    opened = open_view(two_boards(), "#view=continuity")
    opened.page.locator("#map-room").focus()
    columns: dict[float, int] = {}
    for box in opened.boxes():
        columns[box["x"]] = columns.get(box["x"], 0) + 1
    seen = set()
    for start in ("", "ArrowRight", "ArrowRight", "ArrowRight"):
        opened.page.keyboard.press("Home")
        if start:
            _walk_right(opened)
        opened.page.keyboard.press("Home")
        for _ in range(max(columns.values())):
            seen.add(opened.page.evaluate("hwbsView.cursor()"))
            opened.page.keyboard.press("ArrowDown")
    assert len(seen) == len(opened.boxes())


def _walk_right(opened: Any) -> None:
    """Go to the next column, from the first box of this one that leads there."""
    for _ in range(30):
        before = opened.page.evaluate("hwbsView.cursor()")
        opened.page.keyboard.press("ArrowRight")
        if opened.page.evaluate("hwbsView.cursor()") != before:
            return
        opened.page.keyboard.press("ArrowDown")


def test_coverage_counts_marks_suggestions_and_names_the_gaps(kept_view: Open) -> None:
    page = kept_view(two_boards(), "#view=coverage").page
    assert page.locator("#coverage .sum").inner_text().startswith("9 of 18 determinants")
    assert "9 gaps: Lifestyle 0, Lifestyle 4" in page.locator("#coverage .sum").inner_text()
    assert page.locator("#coverage th.layer").all_inner_texts() == list(LAYERS)
    row = page.locator("#coverage tbody tr", has_text="Networks 1")
    assert row.locator("td.suggested").inner_text().split("\n")[0].startswith("1")
    assert "(suggested)" in (row.locator("td.suggested").text_content() or "")
    named = page.locator("#coverage tbody tr", has_text="Networks 3")
    assert named.locator("td", has_text="theme").count() == 2
    assert page.locator("#coverage tr.gap td.total").all_inner_texts() == ["gap"] * 9
    page.locator("#coverage").get_by_role("button", name="Networks 1").click()
    pressed = page.locator("#coverage [aria-pressed=true]").all_inner_texts()
    assert pressed == ["Networks 1"]


def test_the_rainbow_answers_to_hand_and_key_and_leads_to_other_plans(kept_view: Open) -> None:
    graph = two_boards()
    named = {"basis": "stated in document", "relation": "addresses"}
    graph.add_edge(objective(LATER, "minds", 1), f"{BASE}determinant/networks-1", **named)
    opened = kept_view(graph, "#view=rainbow")
    page = opened.page
    assert "9 of 18 determinants are addressed" in page.inner_text("#finding")
    opened.click_box("determinant/networks-1")
    assert page.inner_text("#panel h2").strip() == "Networks 1"
    page.locator("#map-room").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2").strip() == "Networks 2"
    page.keyboard.press("Escape")
    page.locator("#panel button", has_text="City 2035: 1 of 18 addressed").click()
    assert "plan=city-2035" in page.evaluate("location.hash")
    assert opened.complaints == []


def test_a_link_with_two_values_of_a_word_says_that_none_was_taken(kept_view: Open) -> None:
    page = kept_view(two_boards(), "#basis=a&basis=b").page
    assert "several values of “basis”, and none was taken" in page.inner_text("#status")
    look_at(page, "coverage")
    assert "several values" not in page.inner_text("#status")


def test_a_plan_without_determinants_says_so(kept_view: Open) -> None:
    opened = kept_view(two_boards(), "#view=coverage&plan=county-2035")
    assert "not recorded to address" in opened.page.locator("#coverage").inner_text()


@pytest.mark.parametrize("view", ["coverage", "families"])
def test_the_tables_fit_a_small_screen(kept_view_by_fonts: Open, view: str) -> None:
    page = kept_view_by_fonts(two_boards(), f"#view={view}", 1024, 768).page
    assert page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)"
        "(document.getElementById('main'))"
    )


def test_plans_stand_side_by_side_by_family(kept_view: Open) -> None:
    page = kept_view(two_boards(), "#view=families").page
    heads = page.locator("#families thead th").all_inner_texts()
    assert [head.split("\n")[0] for head in heads[1:]] == ["City 2030", "City 2035", "County 2035"]
    rows = page.locator("#families tbody tr")
    assert [text.lower() for text in rows.locator("th").all_inner_texts()] == list(FAMILIES)
    assert rows.nth(2).locator("td").nth(2).inner_text() == "no theme of this family"
    assert page.locator("#families button").count() == 12
    rows.first.locator("button").first.click()
    assert page.locator("#families [aria-pressed=true]").count() == 1


def test_the_pictures_have_no_accessibility_finding(open_view: Open) -> None:
    opened = open_view(two_boards())
    for view in VIEWS:
        opened.follow(f"#view={view}")
        assert violations(opened.page) == []
        opened.follow(f"#view={view}&dark=1")
        assert violations(opened.page, only_colours=True) == []
    assert opened.complaints == []


def test_hostile_words_do_nothing_in_any_picture(open_view: Open) -> None:
    words = iter(HOSTILE * 40)
    graph = two_boards(lambda _: next(words))
    for one in graph.graph["alignments"]:
        one.update(type=HOSTILE[0] if one["type"] == "narrowed" else one["type"], label=HOSTILE[1])
    for _, told in graph.nodes(data=True):
        if told["kind"] in ("theme", "determinant"):
            told.update(family=HOSTILE[2] + told.get("family", ""), layer=HOSTILE[0])
    opened = open_view(graph)
    for view in VIEWS:
        look_at(opened.page, view)
        # The frames of segments overlap; rainbow.test.mjs looks at the segments.
        assert view == "rainbow" or overlapping(opened.boxes()) == []
    assert opened.page.evaluate("window.harmed === undefined && !document.querySelector('img')")
    assert opened.complaints == []


def board_rows(boards: int = 150) -> list[dict[str, Any]]:
    """Return what `network.count_families` would give for many boards."""
    return [
        {
            "board": f"Board of place {number}",
            "plan": f"{BASE}place-{number}",
            "title": f"Strategy {number}",
            "short": f"Place {number} 2030",
            "family": family,
            "familyOrder": order,
            "themes": 1,
            "objectives": (number * order) % 9,
            "actions": 0,
        }
        for number in range(boards)
        for order, family in enumerate(FAMILIES, 1)
    ]


@pytest.fixture
def open_boards(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A function that opens the page of many boards."""
    with ExitStack() as pages:

        def opener(rows: list[dict[str, Any]], script: bool = True) -> Any:
            path = tmp_path / "boards.html"
            path.write_text(render_boards(rows), encoding="utf-8")
            page = pages.enter_context(noting(browser, script))
            page.set_viewport_size({"width": 1024, "height": 768})
            page.goto(path.as_uri())
            return page

        yield opener


def first(page: Any) -> str:
    """Return the name in the first row."""
    return str(page.locator("#boards tbody th:visible bdi").first.inner_text())


def test_many_boards_narrow_by_name_and_sort_by_count(open_boards: Callable[..., Any]) -> None:
    page = open_boards(board_rows())
    rows = page.locator("#boards tbody tr:visible")
    assert rows.count() == 150
    page.fill("#narrow", "149 place")
    assert (rows.count(), first(page)) == (1, "Board of place 149")
    assert page.locator("#narrowed").inner_text() == "1 of 150 shown"
    page.fill("#narrow", "nowhere")
    assert page.locator("#none").is_visible()
    page.fill("#narrow", "")
    page.get_by_role("button", name="minds").click()
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    counts = [
        int(text or 0)
        for text in page.locator("#boards td:nth-child(3)").all_inner_texts()
        if text != "theme"
    ]
    assert counts == sorted(counts, reverse=True)
    assert page.locator("code", has_text='hwbs view --plan "place-149"').count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_the_page_of_many_boards_is_whole_without_javascript(
    open_boards: Callable[..., Any],
) -> None:
    page = open_boards(board_rows(), script=False)
    assert page.locator("#boards tbody tr:visible").count() == 150
    assert page.locator("button:visible, input:visible").count() == 0


def test_the_page_of_many_boards_has_no_accessibility_finding(
    open_boards: Callable[..., Any],
) -> None:
    page = open_boards(board_rows(12))
    assert violations(page) == []
    page.evaluate("document.documentElement.classList.add('dark')")
    assert violations(page, only_colours=True) == []


def test_hostile_boards_do_nothing(open_boards: Callable[..., Any]) -> None:
    rows = [
        {**row, "board": text, "title": text, "short": text, "family": text, "plan": f"{text}{n}"}
        for n, text in enumerate(HOSTILE)
        for row in board_rows(1)[:1]
    ]
    page = open_boards(rows)
    page.fill("#narrow", HOSTILE[0])
    assert page.evaluate("window.harmed === undefined && !document.querySelector('img')")
    assert page.complaints == []


def test_a_plan_whose_iri_a_shell_would_run_gets_no_command() -> None:
    row = {**board_rows(1)[0], "plan": "https://example.org/$(reboot)"}
    page = render_boards([row])
    assert "reboot" not in page
    assert "name the plan with --plan" in page


def test_no_boards_are_said_in_words() -> None:
    assert "There is nothing to show" in render_boards([])


def test_boards_come_in_order_and_families_in_theirs() -> None:
    rows = [{**row, "board": f"B{-number % 3}"} for number, row in enumerate(board_rows(3))]
    page = render_boards(list(reversed(rows)))
    heads = re.findall(r'head"><bdi>(.*?)</bdi>', page)
    assert heads == list(FAMILIES)


def test_the_heat_maps_of_page_and_boards_have_the_same_depths() -> None:
    script = Path(str(files("hwbs_graph"))) / "view" / "scripts" / "record" / "coverage.js"
    found = re.search(r"return \[([\d, ]+)\]\.filter", script.read_text(encoding="utf-8"))
    assert found is not None
    assert tuple(map(int, found[1].split(", "))) == DEPTHS
