"""The page as it is used: opened from a file in Chromium."""

import re
from collections.abc import Callable
from typing import Any

import networkx
import pytest
from viewing import SIZES, look_at, overlapping

HOUSING = "partner/housing"

Open = Callable[..., Any]


def named(plan: Any, kind: str) -> list[str]:
    """Return the nodes of one kind."""
    return [node for node, data in plan.nodes(data=True) if data["kind"] == kind]


def test_the_page_asks_for_nothing_and_complains_of_nothing(plan: Any, open_view: Open) -> None:
    opened = open_view(plan)
    for view in ("grid", "list", "map"):
        look_at(opened.page, view)
    opened.click_box(HOUSING)
    opened.page.get_by_role("button", name="Show only this").click()
    asked = [address for address in opened.requests if not address.startswith("data:")]
    assert asked == [opened.address]
    assert opened.complaints == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_labels_overlap_and_all_can_be_read(
    plan: Any, kept_view_by_fonts: Open, width: int, height: int
) -> None:
    boxes = kept_view_by_fonts(plan, width=width, height=height).boxes()
    assert len(boxes) == 110
    assert overlapping(boxes) == []
    assert min(box["size"] for box in boxes) >= 12
    partners = [box["text"] for box in boxes if box["kind"] == "partner"]
    assert len(set(partners)) == 35
    assert not [text for text in partners if "…" in text]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_show_only_writes_actions_in_full_without_overlap(
    plan: Any, kept_view_by_fonts: Open, width: int, height: int
) -> None:
    opened = kept_view_by_fonts(
        plan, f"#select={HOUSING}&only={HOUSING}", width=width, height=height
    )
    boxes = opened.boxes()
    actions = [box["text"] for box in boxes if box["kind"] == "action"]
    assert len(actions) == 16
    wordings = {plan.nodes[node]["label"] for node in named(plan, "action")}
    assert set(actions) <= wordings
    assert overlapping(boxes) == []
    assert min(box["size"] for box in boxes) >= 13


def test_selecting_a_partner_shows_what_is_known_and_where_from(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan)
    opened.click_box(HOUSING)
    finding = opened.page.locator("#panel .finding").inner_text()
    assert finding == "Housing: 16 of 51 actions, in all five themes."
    assert finding in opened.page.locator("#live").inner_text()
    headings = opened.page.locator("#panel h3:visible").all_inner_texts()
    assert [each.lower() for each in headings][:2] == ["actions (16)", "named together with (15)"]
    opened.page.get_by_text("How do we know?").click()
    text = opened.page.locator("#panel").inner_text()
    assert opened.heading() == "Housing (Leicester)"
    assert "council division" in text
    assert "“Housing”" in text
    assert "Actions (16)" in text or "actions (16)" in text
    assert text.count("Action plan 2019, INVOLVING, 6th, line") == 16
    assert "Selected partner: Housing (Leicester), 16 actions." in (
        opened.page.locator("#live").inner_text()
    )


def test_a_suggested_link_says_who_suggests_it_and_why(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, "#select=partner/leicester-diabetes-centre")
    opened.page.get_by_text("How do we know?").click()
    link = opened.page.locator("#panel .evidence li.suggested").inner_text()
    assert "suggested by The record’s keeper: The town is left out as printed." in link
    assert "confidence: medium" in link
    assert opened.page.locator("#key .suggested").count() == 1


def test_notes_are_shown_with_what_they_warn_of(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, "#select=leicester-2019/action/minds-2c")
    assert "The code is printed twice" in opened.page.locator("#panel .note").inner_text()


def test_the_panel_s_items_can_be_followed(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, f"#select={HOUSING}")
    opened.page.locator("#panel button.item").first.click()
    assert opened.page.locator("#panel .kind").inner_text() == "action"
    focused = opened.page.evaluate("document.activeElement === document.querySelector('#panel h2')")
    assert focused


def test_the_grid_adds_up_to_the_data(plan: Any, kept_view: Open) -> None:
    page = kept_view(plan, "#view=grid").page
    rows = page.locator("#grid tbody tr")
    shown = {
        row.locator("th").inner_text().strip(): row.locator("td").all_inner_texts()
        for row in rows.all()
    }
    wanted = {plan.nodes[n]["short"]: plan.in_degree(n) for n in named(plan, "partner")}
    assert {name: int(cells[-1]) for name, cells in shown.items()} == wanted
    assert all(
        sum(int(cell or 0) for cell in cells[:-1]) == int(cells[-1]) for cells in shown.values()
    )
    assert page.locator("#grid thead th[scope=colgroup]").count() == 5
    assert page.locator("#grid thead th[scope=col]").count() == 20


def test_a_cell_shows_which_and_lights_its_row_and_column(plan: Any, open_view: Open) -> None:
    opened = open_view(plan, "#view=grid")
    page = opened.page
    cells = page.locator("#grid tbody tr", has_text="Housing").first.locator("td[data-head] .cell")
    counts = cells.all_inner_texts()
    assert len(counts) == 19  # every cell is a button, the empty ones too
    most = max(range(19), key=lambda place: int(counts[place] or 0))
    cells.nth(most).click()
    finding = page.locator("#panel .finding").inner_text()
    assert finding.endswith(f": {counts[most]} actions.")
    assert finding.startswith("Housing in ")
    listed = page.locator("#panel h3:visible").first.inner_text().lower()
    assert listed == f"actions ({counts[most]})"
    assert cells.nth(most).get_attribute("aria-pressed") == "true"
    row = page.locator("#grid td.chosen[data-head]")
    assert row.count() == 19
    assert row.first.evaluate("(cell) => getComputedStyle(cell).display") == "table-cell"
    assert "&at=" in page.evaluate("location.hash")
    opened.reload()
    assert page.locator("#panel .finding").inner_text() == finding
    page.locator("#grid .cell[aria-pressed=true]").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate("hwbsView.state().at !== null")
    empty = next(place for place, count in enumerate(counts) if not count)
    cells.nth(empty).click()
    finding = page.locator("#panel .finding").inner_text()
    assert finding.startswith("No action of ")
    assert finding.endswith(" names Housing.")
    cells.nth(most).hover()
    assert page.locator("#grid td.pointed").count() == 20
    assert page.locator("#grid td.pointed-down").count() == 35
    assert opened.complaints == []


SHOWN = """() => ['#panel h2', '#panel .finding'].every((place) => {
  const { top, bottom, left, right } = document.querySelector(place).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
})"""


#: The row of what is selected in a table.
CHOSEN = "#grid tbody [aria-pressed=true]"


@pytest.mark.parametrize("size", [(375, 812), (683, 384)])
def test_nothing_chosen_is_off_a_small_screen(
    plan: Any, open_view: Open, size: tuple[int, int]
) -> None:
    width, height = size
    opened = open_view(plan, width=width, height=height)
    page = opened.page
    assert page.locator("header").bounding_box()["height"] < 70
    opened.follow(f"#select={HOUSING}")
    assert page.evaluate(SHOWN)
    box = next(box for box in opened.boxes() if box["key"] == HOUSING)
    opened.wait_until(
        f"document.getElementById('map-room').scrollTop + 20 >= {box['y']} - innerHeight / 2"
    )
    room, paper = (page.locator(place).bounding_box() for place in ("#map-room", "#map-paper"))
    assert room["y"] <= paper["y"] + box["y"] <= room["y"] + room["height"]
    page.click("#menu")
    look_at(page, "grid")
    page.click("#menu")
    assert page.evaluate(SHOWN)
    main, name = (page.locator(place).bounding_box() for place in ("#main", CHOSEN))
    assert main["y"] <= name["y"] <= main["y"] + main["height"] - name["height"]
    page.get_by_role("button", name="Close").click()
    assert page.locator("#panel").is_hidden()
    page.evaluate("document.getElementById('main').scrollTo(0, 400)")
    opened.follow("#view=list")
    assert page.evaluate("document.getElementById('main').scrollTop") == 0
    opened.follow(f"#view=network&select={HOUSING}")
    assert page.locator("#map-room").bounding_box()["height"] >= 120
    opened.follow("#step=2")
    assert page.locator("#step-next").bounding_box()["y"] < height
    opened.follow("#view=map")
    heard = page.locator("#map-items li").all_text_contents()
    assert len(heard) == len(opened.boxes())
    page.locator("#map-room").focus()
    page.keyboard.press("ArrowDown")
    assert page.text_content("#live") in heard
    page.emulate_media(forced_colors="active")
    page.click("#menu")
    style = "getComputedStyle(one, '::before').content + getComputedStyle(one).backgroundColor"
    seen = page.eval_on_selector_all("[data-view]", f"(all) => all.map((one) => {style})")
    assert seen[0] != seen[1]
    assert "✓" in seen[0]
    assert opened.complaints == []


def test_what_rests_under_the_pointer_is_lit_and_told(plan: Any, open_view: Open) -> None:
    opened = open_view(plan)
    page = opened.page
    paper = page.locator("#map-paper").bounding_box()
    action = next(box for box in opened.boxes() if box["key"].endswith("action/minds-2a"))
    canvas = page.locator("#map-paper canvas")
    at_rest = canvas.screenshot()
    middle = (
        paper["x"] + action["x"] + action["w"] / 2,
        paper["y"] + action["y"] + action["h"] / 2,
    )
    page.mouse.move(*middle)
    assert re.fullmatch(
        r"2a .+\n*Healthy Minds 2a: names \d+ partners?\.", page.inner_text("#hint")
    )
    assert canvas.screenshot() != at_rest
    theme = next(box for box in opened.boxes() if box["key"].endswith("theme/start"))
    right = paper["x"] + theme["x"] + theme["w"] + 2
    page.mouse.move(right, paper["y"] + theme["y"] + theme["h"] / 2)
    assert "Healthy Start leads to Healthy Start" in page.inner_text("#hint")
    page.keyboard.press("Escape")
    assert page.locator("#hint").is_hidden()
    assert canvas.screenshot() == at_rest
    assert opened.complaints == []


def test_the_grid_thins_with_show_only_and_selects(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, f"#view=grid&only={HOUSING}")
    all_cell = opened.page.locator("#grid tbody tr", has_text="Housing").locator("td.total")
    assert all_cell.inner_text() == "16"
    assert opened.page.locator("#grid tbody tr").count() < 35
    opened.page.keyboard.press("+")
    wider = int(opened.page.locator("#status").inner_text().split()[0])
    assert wider > 16
    opened.page.get_by_role("button", name="One step less").click()
    assert opened.page.locator("#status").inner_text() == "16 of 51 actions shown"
    opened.page.locator("#grid thead .upright button").first.click()
    assert opened.page.locator("#panel .kind").inner_text() == "objective"


def test_the_list_has_a_row_for_each_action_and_thins(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, "#view=list")
    rows = opened.page.locator("#list tbody tr:visible")
    assert rows.count() == 51
    opened.page.locator("#list button.wording").first.click()
    opened.page.get_by_role("button", name="Show only this").click()
    assert rows.count() == 1
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("Escape")
    assert rows.count() == 51


def test_the_keyboard_reaches_and_walks_the_map(plan: Any, open_view: Open) -> None:
    opened = open_view(plan)
    press = opened.page.keyboard.press
    cursor = "hwbsView.boxes().find((box) => box.id === hwbsView.cursor()).key"
    for _ in range(6):  # no more than five stops stand before the map
        press("Tab")
    assert opened.page.evaluate("document.activeElement.id") == "map-room"
    walked = []
    for key in ("Home", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        press(key)
        walked.append(opened.page.evaluate(cursor).split("/")[-2])
    assert walked == ["theme", "theme", "objective", "action", "partner", "action"]
    assert opened.page.locator("#live").inner_text().startswith("action: ")
    press("Enter")
    assert opened.page.locator("#panel .kind").inner_text() == "action"
    press("Escape")
    assert opened.heading() == "How to read this"
    press("Tab")
    assert opened.page.evaluate("document.activeElement.id") != "map-room"


def test_the_skip_link_comes_first_and_leaves_the_address_alone(plan: Any, open_view: Open) -> None:
    opened = open_view(plan, "#view=list")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "main"
    assert opened.page.evaluate("location.hash") == "#view=list"


def test_the_address_keeps_the_state_and_back_goes_back(plan: Any, open_view: Open) -> None:
    opened = open_view(plan)
    opened.click_box(HOUSING)
    opened.page.get_by_role("button", name="Show only this").click()
    look_at(opened.page, "grid")
    assert opened.page.evaluate("location.hash") == (f"#view=grid&select={HOUSING}&only={HOUSING}")
    opened.reload()
    assert opened.heading() == "Housing (Leicester)"
    assert opened.page.locator("#status").inner_text() == "16 of 51 actions shown"
    opened.page.go_back()
    opened.wait_until("hwbsView.state().view === 'map'")
    assert len(opened.boxes()) < 110
    opened.page.go_back()
    opened.wait_until("hwbsView.state().only === null")
    opened.page.go_back()
    opened.wait_until("hwbsView.state().selected === null")
    assert opened.heading() == "How to read this"
    assert len(opened.boxes()) == 110
    assert opened.complaints == []


def test_a_hostile_address_does_nothing(plan: Any, open_view: Open, kept_view: Open) -> None:
    untouched = kept_view(plan).page.evaluate("hwbsView.state()")
    assert (untouched["view"], untouched["selected"], untouched["only"]) == ("map", None, None)
    opened = open_view(plan, "#select=<img src=x onerror=alert(1)>")
    assert opened.page.evaluate("hwbsView.state()") == untouched
    for address in ("#view=__proto__&only=constructor", "#%%%", "#main"):
        opened.follow("#view=list")
        opened.follow(address)
        assert opened.page.evaluate("hwbsView.state()") == untouched, address
    assert opened.complaints == []


def test_without_javascript_the_whole_plan_can_be_read(plan: Any, open_view: Open) -> None:
    page = open_view(plan, script=False).page
    assert page.locator("#list tbody tr:visible").count() == 51
    assert page.locator("h2:visible").count() == 5
    assert page.locator("button:visible").count() == 0
    assert page.locator("noscript").inner_text() != ""


def test_hostile_words_run_nothing_and_break_nothing(hostile: Any, open_view: Open) -> None:
    opened = open_view(hostile)
    for view in ("map", "grid", "list"):
        look_at(opened.page, view)
        for number in range(len(hostile)):
            opened.page.evaluate(
                "key => location.hash = `#view=${hwbsView.state().view}&select=${key}`",
                f"%3Cimg src%3Dx onerror%3Dharmed%3E{number}",
            )
    look_at(opened.page, "map")
    assert opened.page.evaluate("window.harmed === undefined && !document.querySelector('img')")
    assert opened.page.evaluate("document.scripts.length") == 3
    assert len(opened.boxes()) == len(hostile)
    assert overlapping(opened.boxes()) == []
    assert opened.complaints == []
    assert [a for a in opened.requests if not a.startswith(("data:", opened.address))] == []


def test_zoom_buttons_zoom_and_fit_brings_everything_into_sight(plan: Any, open_view: Open) -> None:
    opened = open_view(plan, f"#only={HOUSING}", width=1024)
    tall = "(() => { const r = document.getElementById('map-room');"
    real = opened.boxes()[0]["size"]
    opened.page.get_by_role("button", name="Zoom in").click()
    assert opened.boxes()[0]["size"] == pytest.approx(real * 1.2)
    opened.page.get_by_role("button", name="Fit").click()
    assert opened.page.evaluate(f"{tall} return r.scrollHeight <= r.clientHeight + 1; }})()")
    assert overlapping(opened.boxes()) == []


def test_the_map_follows_the_window_s_size(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, width=1920, height=1080)
    wide = max(box["x"] + box["w"] for box in opened.boxes())
    opened.page.set_viewport_size({"width": 1024, "height": 768})
    opened.wait_until(f"Math.max(...hwbsView.boxes().map((box) => box.x + box.w)) < {wide}")
    assert overlapping(opened.boxes()) == []


def test_a_plan_too_large_to_draw_says_so_and_keeps_its_grid(open_view: Open) -> None:
    graph: Any = networkx.DiGraph(title="Large")
    graph.add_node("x/t", kind="theme", label="T")
    for number in range(401):
        graph.add_node(f"x/{number}", kind="action", label=f"Action {number}", code=f"{number}a")
        graph.add_edge("x/t", f"x/{number}", basis="stated in document")
    graph.add_node("x/p", kind="partner", label="P")
    graph.add_edge("x/7", "x/p", basis="stated in document", sources=[])
    opened = open_view(graph)
    assert opened.boxes() == []
    assert "403 items are too many to draw" in opened.page.locator("#map-full").inner_text()
    look_at(opened.page, "grid")
    assert opened.page.locator("#grid tbody tr").count() == 1
    assert opened.complaints == []


@pytest.mark.parametrize("missing", ["theme", "objective", "action", "partner"])
def test_a_plan_without_one_kind_is_drawn_without_it(
    plan: Any, open_view: Open, missing: str
) -> None:
    plan.remove_nodes_from(named(plan, missing))
    opened = open_view(plan)
    # Partners that no action names stand in the list, as no line would lead to them.
    unseen = {missing, "partner"} if missing == "action" else {missing}
    assert {box["kind"] for box in opened.boxes()} == {
        "theme",
        "objective",
        "action",
        "partner",
    } - unseen
    assert overlapping(opened.boxes()) == []
    look_at(opened.page, "grid")
    assert opened.page.locator("#grid").inner_text() != ""
    assert opened.complaints == []


def test_an_empty_plan_opens_quietly(open_view: Open) -> None:
    opened = open_view(networkx.DiGraph())
    assert "There is nothing to show" in opened.page.locator("main").inner_text()
    assert opened.complaints == []
