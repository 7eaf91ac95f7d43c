"""The whole record as a room uses it: search, filters, Present, the address, and what it costs."""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from browsing import violations
from viewing import SIZES, look_at, overlapping, show_only

from hwbs_graph import network
from hwbs_graph.store import Engine
from hwbs_graph.view import render_view

Open = Callable[..., Any]
HOUSING, RED_CROSS = "id/partner/housing", "id/partner/british-red-cross"
HEALTH, HOMES = "id/partner/public-health", "id/partner/homes"
#: One theme has every kind of row that all have.
FEWER = "theme=id/leicester-2019/theme/minds"
PLANS = ["leicester-2019", "leicester-2019/action-plan", "leicester-2022", "leicestershire-2022"]
#: Every state that a reader may be in, by its address; test_view_pictures.py has more pictures.
STATES = {
    "map": "#view=map",
    "grid": f"#view=grid&{FEWER}",
    "list": f"#view=list&{FEWER}",
    "focus": f"#select={HOUSING}",
    "present": "#step=2",
    "dark": f"#dark=1&select={HOUSING}",
    "dark grid": f"#dark=1&view=grid&{FEWER}",
    "dark list": f"#dark=1&view=list&{FEWER}",
    "embedded": "#embed=1",
    "nothing fits": f"#partner={HOUSING}&theme=id/leicester-2019/theme/minds",
    "a cell": f"#view=grid&{FEWER}&select={HEALTH}&at=id/leicester-2019/objective/minds-1",
    "several": f"#partner={HOUSING}&partner={RED_CROSS}&match=any&name=Who+helps",
    "steps around": f"#show=determinants&select={RED_CROSS}&only={RED_CROSS}&hops=2",
}


@pytest.fixture(scope="module")
def whole(record: Engine) -> Any:
    """The record as one graph."""
    return network.project_record(record)


def test_no_state_has_an_accessibility_finding(whole: Any, open_view: Open) -> None:
    opened = open_view(whole)
    found = {}
    for state, address in STATES.items():
        # Axe tells no colours of what is out of sight, and the first row of the list lies low.
        high = 2000 if "view=list" in address else 768
        opened.page.set_viewport_size({"width": 1366, "height": high})
        opened.follow(address)
        # A style sheet alone knows light from dark, so nothing but colours can differ.
        found[state] = violations(opened.page, only_colours=state.startswith("dark"))
    assert {state: each for state, each in found.items() if each} == {}
    assert opened.complaints == []


def test_open_results_and_menus_have_no_accessibility_finding_and_one_would_be_seen(
    small_record: Any, open_view: Open
) -> None:
    page = open_view(small_record).page
    page.fill("#search", "homes")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click("#save")
    assert violations(page) == []
    page.click("#look")
    assert page.locator("#save-menu").is_hidden()
    assert violations(page) == []
    page.evaluate("document.getElementById('search').removeAttribute('aria-label')")
    page.evaluate("document.getElementById('search').removeAttribute('placeholder')")
    assert any(one.startswith("label") for one in violations(page))
    page.evaluate("document.getElementById('status').style.color = '#ccc'")
    assert any(one.startswith("color-contrast") for one in violations(page, only_colours=True))


def test_the_record_s_page_is_within_what_mail_and_a_slow_machine_take(whole: Any) -> None:
    assert len(render_view(whole).encode("utf-8")) < 1_100_000


@pytest.mark.parametrize(("width", "height"), [SIZES[0], SIZES[-1]])
def test_no_two_labels_of_any_plan_overlap(
    whole: Any, kept_view_by_fonts: Open, width: int, height: int
) -> None:
    opened = kept_view_by_fonts(whole, width=width, height=height)
    for plan, show in itertools.product(PLANS, ("partners", "determinants")):
        opened.follow(f"#plan={plan}&show={show}")
        boxes = opened.boxes()
        assert len(boxes) > 20, (plan, show)
        assert overlapping(boxes) == [], (plan, show)
        assert min(box["size"] for box in boxes) >= 12, (plan, show)


def test_the_network_is_never_asked(small_record: Any, open_view: Open) -> None:
    opened = open_view(small_record)
    opened.page.context.set_offline(True)
    for view in ("grid", "list", "continuity", "coverage", "families", "map"):
        look_at(opened.page, view)
    opened.page.click("#dark")
    opened.page.click("#present")
    assert [a for a in opened.requests if not a.startswith(("data:", opened.address))] == []
    assert opened.complaints == []


def test_search_finds_names_spellings_wording_and_codes(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole)
    for typed, heading in {
        "housing": "Housing",
        "Redcross": "British Red Cross",  # as the document misspells it
        "CHILDREN'S SOCIAL CARE & EARLY": "Children",
        "zero suicide": "3 Promote zero suicide in Leicester",
        "minds-3a": "3a",
    }.items():
        opened.follow("#view=map")
        opened.page.evaluate("document.activeElement.blur()")
        opened.page.keyboard.press("/")
        opened.page.keyboard.type(typed)
        options = opened.page.locator("#found [id]")
        assert options.count() >= 1
        opened.page.keyboard.press("Enter")
        assert heading in opened.heading()
        assert opened.page.locator("#found").is_hidden()


def test_search_says_when_it_finds_nothing_and_escape_leaves_it(
    whole: Any, kept_view: Open
) -> None:
    page = kept_view(whole).page
    page.fill("#search", "zzzz")
    assert "Nothing found" in page.locator("#found").inner_text()
    assert page.locator("#live").inner_text() == "Nothing found."
    page.keyboard.press("Enter")
    assert page.evaluate("hwbsView.state().selected") is None
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()
    assert page.input_value("#search") == ""


def test_a_thing_of_another_plan_is_found_and_shown_there(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole, f"#partner={HOUSING}")
    opened.page.fill("#search", "1001 Critical Days")
    opened.page.keyboard.press("Enter")
    state = opened.page.evaluate("hwbsView.state()")
    assert (state["plan"], state["partners"]) == (PLANS.index("leicestershire-2022"), [])
    assert "1001" in opened.heading()


def test_filters_thin_map_grid_and_list_alike(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole)
    page = opened.page
    show_only(page)
    assert page.inner_text("#shown-only") == "everything"
    page.select_option("#filter-partner", label="Housing")
    page.locator(".chip", has_text="Lives").click()
    assert page.locator("#status").inner_text() == "3 of 51 actions shown"
    assert page.inner_text("#shown-only") == "Healthy Lives and Housing"
    assert sum(box["kind"] == "action" for box in opened.boxes()) == 3
    look_at(page, "grid")
    row = page.locator("#grid tbody tr", has_text="Housing").first
    assert row.locator("td.total").inner_text() == "3"
    look_at(page, "list")
    assert page.locator("#list tbody tr:visible").count() == 3
    page.select_option("#filter-partner", label="Finance")
    assert page.locator("#chosen-partners button").all_inner_texts() == ["Housing ×", "Finance ×"]
    both = int(page.locator("#status").inner_text().split()[0])
    page.get_by_role("button", name="All of them").click()
    either = int(page.locator("#status").inner_text().split()[0])
    assert both < 3 < either
    page.get_by_role("button", name="Leave out Finance").click()
    assert page.locator("#status").inner_text() == "3 of 51 actions shown"
    look_at(page, "continuity")
    assert page.locator("#chosen-partners").is_hidden()
    assert page.locator("#status").inner_text() == "This picture cannot be thinned by Housing"
    look_at(page, "list")
    page.click("#clear")
    assert page.locator("#status").inner_text() == "51 of 51 actions shown"
    assert page.locator("#list tbody tr:visible").count() == 51


def test_a_selection_keeps_the_actions_of_a_partner_and_all_who_share_them(
    whole: Any, kept_view: Open
) -> None:
    boxes = kept_view(whole, f"#only={HOUSING}").boxes()
    kinds = Counter(box["kind"] for box in boxes)
    assert kinds == {"theme": 4, "objective": 9, "action": 16, "partner": 22}


def test_the_basis_filter_keeps_only_links_of_that_basis(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole, "#show=determinants")
    everything = len(opened.boxes())
    show_only(opened.page)
    opened.page.select_option("#filter-basis", label="curated judgement")
    assert 0 < len(opened.boxes()) < everything
    assert not opened.page.locator("#status").inner_text().startswith("0 of")
    assert opened.page.locator("#filter-basis.set").count() == 1


def test_a_selection_that_fits_nothing_says_so_and_offers_a_way_back(
    whole: Any, kept_view: Open
) -> None:
    page = kept_view(whole, STATES["nothing fits"]).page
    negative = "No action of Healthy Minds names Housing."
    assert negative in page.locator("#nothing").inner_text()
    assert page.locator("#panel .finding").inner_text() == negative
    assert "Housing: 16 of 51 actions, in four of five themes, not in Minds." in (
        page.locator("#panel").inner_text()
    )
    page.get_by_role("button", name="Show everything").first.click()
    assert page.locator("#nothing").is_hidden()


def test_a_filter_that_hides_the_selection_lets_it_go(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole, "#select=id/leicester-2019/action/minds-3a")
    show_only(opened.page)
    opened.page.locator(".chip", has_text="Places").click()
    assert opened.page.evaluate("hwbsView.state().selected") is None
    assert opened.heading() == "How to read this"


def test_escape_walks_back_step_by_step(whole: Any, kept_view: Open) -> None:
    opened = kept_view(
        whole, f"#select={HOUSING}&only={HOUSING}&theme=id/leicester-2019/theme/lives"
    )
    state = "(({selected, only, themes}) => [selected !== null, only !== null, themes.length])"
    seen = []
    for _ in range(4):
        seen.append(opened.page.evaluate(f"{state}(hwbsView.state())"))
        opened.page.keyboard.press("Escape")
    assert seen == [[True, True, 1], [False, True, 1], [False, False, 1], [False, False, 0]]


def test_every_box_of_the_map_is_reached_by_the_keyboard(whole: Any, open_view: Open) -> None:
    opened = open_view(whole, f"#{FEWER}")
    opened.page.focus("#map-room")
    wanted = {box["id"] for box in opened.boxes()}
    visited: set[int] = set()
    columns = len({round(box["x"]) for box in opened.boxes()})
    opened.page.keyboard.press("Home")
    for _ in range(columns):
        opened.page.keyboard.press("Home")
        last = None
        while (cursor := opened.page.evaluate("hwbsView.cursor()")) != last:
            visited.add(cursor)
            last = cursor
            opened.page.keyboard.press("ArrowDown")
        opened.page.keyboard.press("ArrowRight")
    assert visited == wanted


def test_no_more_than_five_tab_stops_stand_before_the_map(
    small_record: Any, open_view: Open
) -> None:
    page = open_view(small_record).page
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if stops[-1] == "map-room":
            break
    assert stops[0] == "skip"
    assert stops.index("map-room") <= 5
    page.locator("#show-only").press("Enter")
    within = "document.getElementById('filters').contains(document.activeElement)"
    assert page.evaluate(within)
    page.keyboard.press("Escape")
    assert page.locator("#filters").is_hidden()
    assert page.evaluate("document.activeElement.id") == "show-only"


def test_the_menu_of_pictures_opens_walks_and_closes_by_key(whole: Any, kept_view: Open) -> None:
    page = kept_view(whole).page
    page.focus("#look")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.view") == "map"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.view") == "grid"
    page.keyboard.press("End")
    last = "[...document.querySelectorAll('[data-view]')].filter((each) => !each.hidden).at(-1)"
    assert page.evaluate(f"document.activeElement === {last}")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.view") == "map"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "look"
    look_at(page, "grid")
    assert page.inner_text("#looked-at") == "Grid"
    assert page.locator("#views").is_hidden()


@pytest.mark.parametrize(
    "address",
    [
        "#view=grid&show=determinants&theme=id/leicester-2019/theme/minds&basis=curated+judgement",
        f"#select={HOUSING}&only={HOUSING}&dark=1",
        "#plan=leicester-2022&determinant=scheme/determinant/physical-activity&show=determinants",
        "#view=continuity&plan=leicestershire-2022",
        "#step=3&theme=id/leicester-2019/theme/minds",
    ],
)
def test_an_address_comes_back_as_it_went(whole: Any, kept_view: Open, address: str) -> None:
    opened = kept_view(whole, address)
    first = opened.page.evaluate("hwbsView.state()")
    opened.page.click("#dark", force=True) if opened.page.locator("#dark").is_visible() else None
    opened.page.go_back() if opened.page.evaluate("hwbsView.state().dark") != first[
        "dark"
    ] else None
    opened.wait_until(f"hwbsView.state().dark === {str(first['dark']).lower()}")
    assert opened.page.evaluate("hwbsView.state()") == first


def test_the_copied_link_is_the_address_and_a_browser_that_keeps_its_clipboard_shows_it(
    small_record: Any, open_view: Open
) -> None:
    opened = open_view(small_record, f"#select={HOMES}")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.click("#save")
    opened.page.click("#copy")
    opened.page.wait_for_selector("#copied:not([hidden])")
    link = opened.page.evaluate("navigator.clipboard.readText()")
    assert link == opened.address + f"#select={HOMES}"
    assert opened.page.locator("#copied input").count() == 0
    opened.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    opened.page.click("#save")
    opened.page.click("#copy")
    assert opened.page.input_value("#copied input").endswith(f"#select={HOMES}")


def test_present_walks_through_the_steps_with_a_clicker_s_keys(whole: Any, kept_view: Open) -> None:
    page = kept_view(whole).page
    page.click("#present")
    count = int(page.locator("#step-number").inner_text().split("/")[1])
    assert count >= 10
    titles = [page.locator("#step-title").inner_text()]
    for key in ("PageDown", "ArrowRight", " ", "PageUp"):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        titles.append(page.locator("#step-title").inner_text())
    assert titles[4] == titles[2]
    assert len(set(titles[:4])) == 4
    assert page.locator("#tools").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("#steps").is_hidden()
    assert page.evaluate("document.activeElement.id") == "present"


def test_dark_changes_the_canvas_too(whole: Any, kept_view: Open) -> None:
    page = kept_view(whole).page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    picture = page.locator("#map-paper canvas").screenshot()
    page.click("#dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.locator("#map-paper canvas").screenshot() != picture
    show_only(page)
    chip = page.locator(".chip").first
    assert chip.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(18, 26, 36)"


def test_an_embedded_page_shows_the_picture_alone(whole: Any, kept_view: Open) -> None:
    page = kept_view(whole, "#embed=1").page
    assert page.locator("#tools").is_hidden()
    assert page.locator("#show-only").is_hidden()
    assert page.locator("#map-paper canvas").is_visible()


def test_a_plan_without_actions_draws_the_columns_it_has(whole: Any, kept_view: Open) -> None:
    opened = kept_view(whole, "#plan=leicester-2022")
    kinds = {box["kind"] for box in opened.boxes()}
    assert kinds == {"theme", "priority", "focus area", "determinant"}
    assert re.match(
        "All shown: 19 priorities and 18 focus areas", opened.page.inner_text("#status")
    )


def test_without_javascript_every_plan_stands_as_tables(whole: Any, open_view: Open) -> None:
    page = open_view(whole, script=False).page
    assert page.locator("#list h2.plan:visible").count() == len(PLANS)
    wordings = [data["label"] for _, data in whole.nodes(data=True) if data["kind"] == "action"]
    text = page.locator("#list").inner_text()
    assert all(" ".join(wording.split()) in " ".join(text.split()) for wording in wordings)
    assert page.locator("button:visible, select:visible, input:visible").count() == 0
