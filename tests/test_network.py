"""The projection: a plan as a network of 110 things and 322 links, each with its source."""

from collections import Counter

import pytest
from support import SMALL

from hwbs_graph import corpus, network
from hwbs_graph.errors import UsageError
from hwbs_graph.store import Engine
from hwbs_graph.vocabulary import THINGS


def test_the_2019_plan_has_110_nodes_and_322_links(record: Engine) -> None:
    graph = network.projection(record)
    assert graph.graph["title"] == "Leicester Joint Health and Wellbeing Strategy 2019"
    assert graph.graph["subtitle"] == "Action plan 2019"
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    assert kinds == {"theme": 5, "objective": 19, "action": 51, "partner": 35}
    assert graph.number_of_edges() == 322


def test_every_link_has_a_basis_and_a_source_with_line_and_words(record: Engine) -> None:
    graph = network.projection(record)
    for _, _, edge in graph.edges(data=True):
        assert edge["basis"] == "stated in document"
        assert edge["sources"]
        for source in edge["sources"]:
            assert source["document"] == "Leicester action plan 2019 (draft)"
            assert source["line"] > 0
            assert source["printed"]


def test_a_node_carries_what_a_reader_wants_to_see(record: Engine) -> None:
    nodes = network.projection(record).nodes
    housing = nodes[THINGS + "partner/housing"]
    assert housing["short"] == "Housing"
    assert ("Printed as", "“Housing” (17)") in housing["details"]
    assert housing["notes"]
    places = nodes[THINGS + "leicester-2019/theme/places"]
    assert places["code"] == ""
    assert (
        "Ambition in the Leicester action plan 2019 (draft)",
        "Make Leicester the healthiest environment to live and work in",
    ) in places["details"]
    action = nodes[THINGS + "leicester-2019/action/minds-1a"]
    assert ("By when", "2021") in action["details"]
    assert action["code"] == "1a"


def test_a_partner_twice_in_one_cell_is_one_link_with_two_sources(record: Engine) -> None:
    graph = network.projection(record)
    edge = graph.edges[THINGS + "leicester-2019/action/lives-1d", THINGS + "partner/housing"]
    assert [source["place"][-3:] for source in edge["sources"]] == ["1st", "6th"]


def test_a_selection_keeps_the_actions_of_a_partner_and_all_who_share_them(record: Engine) -> None:
    housing = network.Selection(partner=THINGS + "partner/housing")
    graph = network.projection(record, selection=housing)
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    assert kinds == {"theme": 4, "objective": 9, "action": 16, "partner": 22}


def test_a_theme_and_a_partner_are_an_intersection(record: Engine) -> None:
    both = network.Selection(
        theme=THINGS + "leicester-2019/theme/lives", partner=THINGS + "partner/housing"
    )
    graph = network.projection(record, selection=both)
    assert sum(data["kind"] == "action" for _, data in graph.nodes(data=True)) == 3


def test_a_strategy_without_themes_stands_for_its_action_plan() -> None:
    base = [*corpus.vocabularies(), SMALL[0]]
    alone = Engine(corpus.open_store(base=base))
    graph = network.projection(alone, plan=THINGS + "alpha-2030")
    assert graph.graph["plan"] == THINGS + "alpha-2030/action-plan"


def test_plans_without_actions_are_drawn_as_far_as_they_go(record: Engine) -> None:
    for plan, objectives in (("leicester-2022", 19), ("leicestershire-2022", 11)):
        graph = network.projection(record, plan=THINGS + plan)
        kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
        assert set(kinds) == {"theme", "objective"}
        assert kinds["objective"] == objectives


def test_a_plan_without_themes_says_so(record: Engine) -> None:
    with pytest.raises(UsageError, match="no theme to draw"):
        network.projection(record, plan=THINGS + "nowhere")
