"""The pages, made without a server: the answer, the way to it, how we know, and the first page."""

import html
import json
import re

import pytest
from support import PLANS, open_small

from hwbs_graph.model.vocabulary import SCHEMES, THINGS, shorten
from hwbs_graph.names import list_names
from hwbs_graph.report.plan_outline import read_outline
from hwbs_graph.store import Engine
from hwbs_graph.web.pages import facts
from hwbs_graph.web.pages.home import HomeFacts, build_home, gather_home
from hwbs_graph.web.pages.pieces import Library
from hwbs_graph.web.pages.plan_pieces import list_contents
from hwbs_graph.web.pages.questions import answer_question
from hwbs_graph.web.pages.rendering import render_page
from hwbs_graph.web.pages.result_table import from_labelled_rows
from hwbs_graph.web.pages.thing import ThingPage, build_page
from hwbs_graph.web.urls import page_url


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_small(*PLANS)


def describe(engine: Engine, key: str) -> ThingPage:
    iri = key if key.startswith("http") else THINGS + key
    return build_page(facts.describe_thing(engine, iri), page_url)


def read_words(page: ThingPage) -> str:
    """What a reader sees of a page, each piece on a line; without its foot for programs."""
    text = render_page("thing", page=page, here=page_url(page.iri), nonce="").decode()
    shown = text.partition("<main")[2].partition('<section class="formats"')[0]
    return html.unescape(re.sub(r"\s*<[^>]+>\s*", "\n", shown))


def test_an_action_says_where_it_stands_who_is_named_and_then_how_we_know(engine: Engine) -> None:
    page = describe(engine, "alpha-2030/action/company-1a")
    assert [cell.text for cell in page.crumbs] == ["Action plan 2030", "Company", "1"]
    assert page.crumbs[1].link.endswith("/theme/company")
    assert page.kind == "action 1a"
    assert page.title == "Open a café - Alpha action plan 2030"
    assert [cell.text for cell in dict(page.told)["with"]] == ["Neighbours", "Homes"]
    words = read_words(page)
    assert words.index("Neighbours") < words.index("How do we know?")
    assert words.index("How do we know?") < words.index("Where it is printed")


def test_a_partner_is_told_in_the_words_of_the_command_line(engine: Engine) -> None:
    page = describe(engine, "partner/stoves")
    assert page.lead[0] == "1 action under 1 objective in 1 theme, with 1 other partner."
    assert page.has_sheet
    (objective,) = page.sections[0].items
    (action,) = objective.below
    assert action.passages
    assert action.passages[0].document.link.startswith("/id/document/")


def test_a_plan_of_any_shape_is_told_from_top_to_bottom(engine: Engine) -> None:
    gamma = read_outline(engine, f"{THINGS}gamma-2029", "Gamma")
    rota = next(each for each in gamma.elements.values() if "rota" in each.label)
    above = [each.label for each in gamma.find_above(rota.iri)]
    assert above[:3] == ["Starting out", "Room to play", "Every child has a field"]
    words = read_words(describe(engine, "gamma-2029"))
    places = [words.index(each) for each in (*above, rota.label)]
    assert places == sorted(places)
    # An action under two outcomes stands under both.
    assert words.partition("All that is recorded")[0].count("Hold bedtime clinics") == 2
    delta = read_words(describe(engine, "delta-2028"))
    assert "June 2028, printed “by June 2028”" in delta
    assert "Red (off track)" in delta


def test_what_stands_under_itself_by_mistake_ends(engine: Engine) -> None:
    outline = read_outline(engine, f"{THINGS}gamma-2029", "Gamma")
    one, two, *_ = outline.elements
    turned = outline._replace(below={one: [two], two: [one]})
    assert [each.iri for each in turned.find_above(two)] == [two, one]
    library = Library({}, page_url)
    (section,) = list_contents(turned, one, library)
    assert [each.cell.link for each in section.items] == [page_url(two)]
    assert section.items[0].below == ()


def test_the_page_of_a_document_leads_to_what_was_taken_from_each_line(engine: Engine) -> None:
    page = describe(engine, "document/D2")
    anchors = [each.anchor for each in page.readings if each.anchor]
    assert len(anchors) == len(set(anchors)) > 1
    assert any(each.things for each in page.readings)
    lines = [int(each.line) for each in page.readings]
    assert lines == sorted(lines)


def test_no_page_shows_a_compact_address(engine: Engine) -> None:
    kinds = {name.thing.kind: name.thing.iri for name in list_names(engine)}
    shown = set()
    for iri in (*kinds.values(), f"{SCHEMES}determinant/housing"):
        page = describe(engine, iri)
        words = set(read_words(page).split("\n"))
        address = render_page("thing", page=page, here="/", nonce="").decode()
        paths = re.findall('href="(/(?:id|scheme)/[^"#?]+)"', address)
        ends = {shorten(page_url(iri)), *(shorten(f"{THINGS}{path[4:]}") for path in paths)}
        shown |= words & ends
    assert len(kinds) > 15
    assert not shown


def test_the_first_page_names_boards_plans_topics_and_questions_that_are_answered(
    engine: Engine,
) -> None:
    home = build_home(gather_home(engine), page_url)
    plans = {item.cell.text for section in home.boards for item in section.items}
    assert {"Gamma health plan 2029", "Alpha action plan 2030"} <= plans
    assert "Alpha Board" in {section.title.text for section in home.boards}
    assert [cell.link for cell in home.topics if cell.text == "Housing"] == [
        "/scheme/determinant/housing"
    ]
    assert home.bodies[0].told[0][1][0].text.endswith(" actions")
    assert len(home.questions) == 4
    assert not [each for each in home.questions if answer_question(engine, each).refusal]
    assert build_home(HomeFacts((), (), (), ""), page_url).questions == ()


def test_a_table_for_people_has_words_for_heads_and_for_things_without_a_label() -> None:
    thing = {"type": "uri", "value": f"{THINGS}beta-2035/action/warm-1"}
    number = {"type": "literal", "value": "12"}
    names = ["element", "actionCount"]
    rows = {"bindings": [{"element": thing, "actionCount": number}]}
    table = from_labelled_rows(json.dumps({"head": {"vars": names}, "results": rows}).encode())
    assert table.headings == ("Element", "Action count")
    ((one, two),) = table.rows
    assert one == ("action warm 1", "/id/beta-2035/action/warm-1")
    assert (one.is_figure, two.is_figure) == (False, True)
