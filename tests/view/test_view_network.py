"""Who works with whom: places of partners, the picture in files, and what a hand does with it."""

import html
import itertools
import re
from collections.abc import Callable
from typing import Any

import networkx
from browsing import violations
from support import PLANS, open_small
from viewing import overlapping, show_only

from hwbs_graph import network
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.partner_places import place_partners
from hwbs_graph.view.pictures import list_offered
from hwbs_graph.view.print.v8_layout import make_drawings

Open = Callable[..., Any]
NETWORK = "#view=network"
VIEWS = ("network", "between", "missing", "shared")


def test_who_shares_most_stands_nearest_and_all_have_a_place_of_their_own(plan: Any) -> None:
    model = read_model(plan)
    (places,) = place_partners(model)
    assert len(set(places.values())) == len(places) == 35
    assert all(0 <= share <= 1 for place in places.values() for share in place)
    assert places == place_partners(model)[0]
    pair: Any = networkx.DiGraph(title="T", subtitle="", plan="p")
    for number in range(6):
        pair.add_node(f"a{number}", kind="action", label="A")
    for name, actions in {"x": (0, 1, 2), "y": (0, 1, 2), "z": (3,), "w": (4,), "v": (5,)}.items():
        pair.add_node(name, kind="partner", label=name)
        pair.add_edges_from((f"a{number}", name) for number in actions)
    small = read_model(pair)
    (found,) = place_partners(small)
    at = {node.name: found[node.id] for node in small.nodes if node.id in found}
    far = {name: abs(at[name][0] - at["x"][0]) + abs(at[name][1] - at["x"][1]) for name in "yzwv"}
    assert min(far, key=lambda name: far[name]) == "y"


def test_an_empty_plan_has_no_places_and_a_lone_partner_one() -> None:
    lone: Any = networkx.DiGraph(title="T", subtitle="", plan="p")
    lone.add_node("a", kind="action", label="A")
    assert place_partners(read_model(lone)) == [{}]
    lone.add_node("x", kind="partner", label="X")
    lone.add_edge("a", "x")
    assert [[*places.values()] for places in place_partners(read_model(lone))] == [[(0.0, 0.0)]]


def test_plans_of_any_shape_have_the_pictures_that_they_have_something_for() -> None:
    model = read_model(network.project_record(open_small(*PLANS)))
    told = {node.label: (node.progress, dict(node.details)) for node in model.nodes}
    stands, details = told["Put benches in every park"]
    assert (stands, details["Lead"]) == ("on track", "Delta Parks")
    assert told["Write to every landlord"][0] == ""
    views = [view for view in VIEWS if view in list_offered(model)]
    assert views == [*VIEWS]
    addresses = [f"#view={view}&plan={plan.key}" for plan in model.plans for view in views]
    drawings = make_drawings(model, "A4", addresses)
    assert len(drawings) == len(VIEWS) * len(model.plans)
    for drawing in drawings:
        boxes = [{**box, "text": " ".join(box["lines"])} for box in drawing.layout["boxes"]]
        assert overlapping(boxes) == []
        assert drawing.finding.endswith(".")
        said = drawing.finding.split(". ")[0].rstrip(".")
        assert said in drawing.desc or f"{said}." in drawing.svg
        for left, right in itertools.pairwise(drawing.layout.get("cells", [])):
            assert left["x"] + left["w"] <= right["x"] + 0.01 or left["y"] < right["y"]


def test_a_hand_moves_circles_and_what_is_saved_stands_as_on_the_screen(
    plan: Any, open_view: Open
) -> None:
    opened = open_view(plan, NETWORK)
    page = opened.page
    assert page.locator("#arrange").is_hidden()
    paper = page.locator("#map-paper").bounding_box()
    box = box_of(opened, "partner/housing")
    page.mouse.move(paper["x"] + box["x"] + box["w"] / 2, paper["y"] + box["y"] + box["h"] / 2)
    assert "Joined to" in page.inner_text("#hint")
    page.mouse.down()
    page.mouse.move(paper["x"] + 200, paper["y"] + 400, steps=4)
    page.mouse.up()
    moved = box_of(opened, "partner/housing")
    assert abs(moved["x"] + moved["w"] / 2 - 200) < 2
    assert abs(moved["y"] + moved["h"] / 2 - 400) < 2
    assert overlapping(opened.boxes()) == []
    page.locator("#map-room").focus()
    before = opened.boxes()
    page.keyboard.press("Shift+ArrowDown")
    assert [each["y"] for each in opened.boxes()] != [each["y"] for each in before]
    page.click("#save")
    with page.expect_download() as waiting:
        page.click("[data-save=svg]")
    saved = html.unescape(waiting.value.path().read_text("utf-8"))
    assert "share most: 13 actions" in page.inner_text("#finding")
    assert "share most: 13 actions" in saved
    assert_saved_as_seen(saved, opened)
    page.click("#arrange")
    assert box_of(opened, "partner/housing")["x"] == box["x"]
    page.emulate_media(reduced_motion="reduce")
    still = {each["key"]: each["x"] for each in opened.boxes()}
    page.mouse.move(paper["x"] + box["x"] + box["w"] / 2, paper["y"] + box["y"] + box["h"] / 2)
    page.mouse.down()
    page.mouse.move(paper["x"] + 200, paper["y"] + 400, steps=4)
    page.wait_for_timeout(200)
    changed = {each["key"] for each in opened.boxes() if abs(each["x"] - still[each["key"]]) > 1}
    page.mouse.up()
    page.emulate_media(reduced_motion="null")
    assert changed == {box["key"]}
    assert opened.complaints == []


def assert_saved_as_seen(svg: str, opened: Any) -> None:
    """Hold that names stand in a drawing, from left to right, where they stand on the screen."""
    wide = float(re.findall(r'width="([\d.]+)"', svg)[0])
    paper = opened.page.locator("#map-paper").bounding_box()["width"]
    saved = {
        words: float(x) / wide
        for x, words in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)</text>', svg)
    }
    seen = {each["text"]: (each["x"] + each["w"] / 2) / paper for each in opened.boxes()}
    both = seen.keys() & saved.keys()
    assert len(both) > 3
    assert {name for name in both if abs(saved[name] - seen[name]) > 0.06} == set()


def box_of(opened: Any, key: str) -> dict[str, Any]:
    """Return the box drawn for the thing whose key ends so."""
    found: dict[str, Any] = next(each for each in opened.boxes() if each["key"].endswith(key))
    return found


def test_the_network_answers_and_has_no_accessibility_finding(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, NETWORK)
    page = opened.page
    assert "share most" in page.inner_text("#finding")
    show_only(page)
    assert violations(page) == []
    shown = len(opened.boxes())
    page.locator("#least").fill("1")
    assert len(opened.boxes()) >= shown
    assert "least=1" in page.evaluate("location.hash")
    page.select_option("#colour", "cluster")
    assert "round " in page.inner_text("#key")
    page.locator("#hubs").click()
    assert any(each["key"].endswith("public-health") for each in opened.boxes())
    page.locator(".pairs-table button").first.click()
    assert " share " in page.inner_text("#panel .finding")
    assert "INVOLVING" in page.inner_text("#panel")
    assert violations(page) == []
    opened.follow("#view=between&dark=1")
    assert violations(page) == []
    assert "one theme alone" in page.inner_text("#finding")
    opened.follow("#view=sheet&select=partner/housing")
    assert violations(page) == []
    assert page.inner_text("#sheet .sum").startswith("Housing: 16 of 51 actions, in")
    page.locator("#sheet .asked button").first.click()
    assert page.inner_text("#panel .kind") == "action"
    assert page.inner_text("#sheet .sum").startswith("Housing: 16 of 51 actions, in")
    page.locator("#sheet .bars button").first.click()
    assert page.inner_text("#sheet .sum").startswith("Public Health: ")
    page.select_option("#whose", label="Housing")
    assert "Housing: 16" in page.inner_text("#sheet .sum")
    assert opened.complaints == []
    assert [each for each in opened.requests if not each.startswith("data:")] == []


def test_present_fills_the_wall_for_the_back_row(plan: Any, kept_view: Open) -> None:
    opened = kept_view(plan, "#step=1", width=1024, height=768)
    page = opened.page
    count = int(page.inner_text("#step-number").split("/")[1])
    for step in range(1, count + 1):
        opened.follow(f"#step={step}")
        assert page.locator("#panel").is_hidden()
        assert page.locator("header").bounding_box()["height"] <= 1
        sizes = page.evaluate(
            "['step-title', 'step-sentence', 'step-number'].map((id) => parseFloat("
            "getComputedStyle(document.getElementById(id)).fontSize))"
        )
        assert min(sizes) >= 18
        if page.locator("#map-room").is_visible():
            room = page.evaluate(
                "(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])"
                "(document.getElementById('map-room'))"
            )
            outside = [
                each["text"]
                for each in opened.boxes()
                if each["x"] + each["w"] > room[0] + 1 or each["y"] + each["h"] > room[1] + 1
            ]
            assert outside == []
            sizes = [each["size"] for each in opened.boxes()]
            assert min(sizes) >= 18
    named = next(n for n in range(1, count + 1) if "Who works" in step_title(opened, n))
    opened.follow(f"#step={named}")
    assert min(each["size"] for each in opened.boxes()) >= 18
    opened.click_box(opened.boxes()[0]["key"])
    assert page.locator("#panel").is_visible()
    assert opened.complaints == []


def step_title(opened: Any, number: int) -> str:
    """Return the title of a step."""
    opened.follow(f"#step={number}")
    return str(opened.page.inner_text("#step-title"))


def linked_plan() -> Any:
    """Return a plan whose second theme lacks one partner, and whose names try to do harm."""
    graph: Any = networkx.DiGraph(title="T", subtitle="", plan="p")
    harm = "<img src=x onerror='window.harmed = 1'>\u202e"
    for theme, actions in {"warm": "ab", "safe": "cd"}.items():
        graph.add_node(theme, kind="theme", label=f"{theme} {harm}", short=theme, order=len(graph))
        goal = f"{theme}-goal"
        graph.add_node(goal, kind="objective", label=goal, code="1", order=len(graph))
        graph.add_edge(theme, goal, basis="stated in document", relation="contains")
        for action in actions:
            graph.add_node(action, kind="action", label=f"Do {action}", code=f"1{action}")
            graph.add_edge(goal, action, basis="stated in document", relation="contains")
    graph.add_node("air", kind="determinant", label="Air", layer="Around")
    for action in "ac":
        graph.add_edge(action, "air", basis="stated in document", relation="addresses")
    for partner, named in {"Ann": "ab", "Bob": "ac", harm: "d"}.items():
        graph.add_node(partner, kind="partner", label=partner)
        graph.add_edges_from(
            (action, partner, {"basis": "stated in document", "relation": "involves"})
            for action in named
        )
    return graph


def test_a_circle_and_a_number_tell_by_hand_and_key_what_stands_behind_them(
    open_view: Open,
) -> None:
    opened = open_view(linked_plan(), "#view=missing")
    page = opened.page
    assert page.inner_text("#missing .sum").startswith("Most are missing in safe: 1 partner who is")
    page.get_by_role("button", name="missing, 1 action elsewhere").click()
    assert page.inner_text("#panel .finding").startswith("Ann is missing in safe, but named")
    assert "1a Do a" in page.inner_text("#panel")
    address = page.evaluate("location.hash")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel .finding") == "Ann is named in 2 actions of warm."
    assert violations(page) == []
    page.locator("#missing thead").get_by_role("button", name="safe").click()
    assert "In safe 1 partner is missing" in page.inner_text("#missing .sum")
    assert "Air: warm 1a" in page.inner_text("#missing table")
    opened.follow(address)
    assert page.inner_text("#panel .finding").startswith("Ann is missing in safe")
    opened.follow("#view=shared")
    page.locator("#shared .cell").click()
    assert page.inner_text("#panel .finding") == "warm 1 and safe 1 share 1 partner: Bob."
    assert "safe 1c – Do c" in page.inner_text("#panel")
    assert violations(page) == []
    assert page.evaluate("window.harmed === undefined && !document.querySelector('img')")
    assert opened.complaints == []
