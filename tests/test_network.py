"""The projections: a plan of 110 things and 322 links, and the whole record; each link sourced."""

from collections import Counter
from pathlib import Path
from typing import Any

import networkx
import pytest
from support import SMALL, open_small

from hwbs_graph import network
from hwbs_graph.data import corpus
from hwbs_graph.errors import UsageError
from hwbs_graph.model.vocabulary import SCHEMES, TERMS, THINGS
from hwbs_graph.network.links import stated_links
from hwbs_graph.network.plan_graph import find_plan_links
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded, Engine


def test_the_2019_plan_has_110_nodes_and_322_links(record: Engine) -> None:
    graph = network.project_plan(record)
    assert graph.graph["title"] == "Leicester Joint Health and Wellbeing Strategy 2019"
    assert graph.graph["subtitle"] == "Action plan 2019"
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    assert kinds == {"theme": 5, "objective": 19, "action": 51, "partner": 35}
    assert graph.number_of_edges() == 322


def test_every_link_has_a_basis_and_a_source_with_line_and_words(record: Engine) -> None:
    graph = network.project_plan(record)
    for _, _, edge in graph.edges(data=True):
        assert edge["basis"] == "stated in document"
        assert edge["sources"]
        for source in edge["sources"]:
            assert source["document"] == "Leicester action plan 2019 (draft)"
            assert source["line"] > 0
            assert source["printed"]


def test_a_node_carries_what_a_reader_wants_to_see(record: Engine) -> None:
    nodes = network.project_plan(record).nodes
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
    graph = network.project_plan(record)
    edge = graph.edges[THINGS + "leicester-2019/action/lives-1d", THINGS + "partner/housing"]
    assert [source["place"][-3:] for source in edge["sources"]] == ["1st", "6th"]


def test_a_strategy_without_themes_stands_for_its_action_plan() -> None:
    base = [*corpus.vocabulary_files(), SMALL[0]]
    alone = Embedded(corpus.open_store(base=base))
    graph = network.project_plan(alone, plan=THINGS + "alpha-2030")
    assert graph.graph["plan"] == THINGS + "alpha-2030/action-plan"


def test_plans_without_actions_are_drawn_as_far_as_they_go(record: Engine) -> None:
    for plan, objectives in (("leicester-2022", 19), ("leicestershire-2022", 11)):
        graph = network.project_plan(record, plan=THINGS + plan)
        kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
        assert set(kinds) == {"theme", "objective"}
        assert kinds["objective"] == objectives


def test_which_plan_is_asked_of_many_in_a_message_that_can_be_read(tmp_path: Path) -> None:
    many = "".join(
        f"<urn:t{n}> a <{TERMS}Theme> ; <{TERMS}inPlan> <urn:p{n}> .\n"
        f'<urn:p{n}> <http://www.w3.org/2004/02/skos/core#prefLabel> "Plan {n}" .\n'
        for n in range(1, 10)
    )
    (tmp_path / "many.ttl").write_text(many)
    engine = Embedded(corpus.open_store([tmp_path / "many.ttl"], base=[]))
    with pytest.raises(UsageError) as told:
        network.project_plan(engine)
    assert "--plan: Plan 1, Plan 2, Plan 3, Plan 4, Plan 5 and 4 more (hwbs" in str(told.value)


def test_a_plan_without_themes_says_so(record: Engine) -> None:
    with pytest.raises(UsageError, match="no theme to draw"):
        network.project_plan(record, plan=THINGS + "nowhere")


def plan_kinds(graph: "networkx.DiGraph[str]") -> Counter[tuple[str, str]]:
    return Counter(
        (data["plan"].removeprefix(THINGS), data["kind"]) for _, data in graph.nodes(data=True)
    )


@pytest.fixture(scope="module")
def everything(record: Engine) -> "networkx.DiGraph[str]":
    return network.project_record(record)


def test_the_whole_record_holds_every_plan_with_all_its_things(
    everything: "networkx.DiGraph[str]",
) -> None:
    assert plan_kinds(everything) == {
        # Five themes stand in the strategy and in its action plan; 17 letters and one uncoded.
        ("leicester-2019", "theme"): 5,
        ("leicester-2019", "objective"): 18,
        ("leicester-2019/action-plan", "objective"): 19,
        ("leicester-2019/action-plan", "action"): 51,
        ("leicester-2022", "theme"): 5,
        ("leicester-2022", "priority"): 19,
        ("leicester-2022", "focus area"): 18,
        ("leicestershire-2022", "theme"): 7,
        ("leicestershire-2022", "priority"): 11,
        ("leicestershire-2022", "focus area"): 31,
        # The partners, and the four subgroups of the county that answer for a theme.
        ("", "partner"): 35 + 4,
        # Three of the six layers are addressed as a whole.
        ("", "determinant"): 52 + 3,
    }
    themes = [data for _, data in everything.nodes(data=True) if data["kind"] == "theme"]
    assert [len(theme["plans"]) for theme in themes].count(2) == 5


def test_the_links_of_the_whole_record_are_the_statements_of_the_record(
    everything: "networkx.DiGraph[str]", record: Engine
) -> None:
    relations = Counter(data["relation"] for *_, data in everything.edges(data=True))
    # Placements, objectives, actions, priorities, sub-priorities and focus areas.
    assert relations["contains"] == 48 + 19 + 51 + 19 + 11 + 49
    assert relations["involves"] == 252
    assert relations["responsible"] == 13
    counted = record.select(
        "PREFIX hwbs: <https://w3id.org/hwbs/ns#>"
        " SELECT (COUNT(*) AS ?n) { ?link a hwbs:DeterminantLink ; hwbs:element ?element"
        " FILTER NOT EXISTS { ?element a hwbs:Purpose }"
        " FILTER NOT EXISTS { ?element a hwbs:StretchTarget } }"
    )
    assert relations["addresses"] == int(counted[0]["n"]) == 493 - 26 - 5
    statements = [link for *_, edge in everything.edges(data=True) for link in edge["links"]]
    assert len(statements) == len(set(statements)) == 48 + 252 + 13 + 462


def test_every_link_of_the_whole_record_has_a_basis_and_a_source_or_a_curator(
    everything: "networkx.DiGraph[str]",
) -> None:
    bases: Counter[tuple[str, str]] = Counter()
    for *_, edge in everything.edges(data=True):
        bases[edge["basis"], edge["relation"]] += 1
        if edge["basis"] == "curated judgement":
            assert edge["curator"] == "hwbs editors"
            assert edge["reason"]
            assert edge["confidence"] in ("high", "medium", "low")
            assert edge["date"]
        else:
            assert edge["sources"]
            assert edge["curator"] == edge["reason"] == edge["confidence"] == ""
    assert bases["curated judgement", "contains"] == 17
    assert {basis for basis, _ in bases} == {"stated in document", "curated judgement"}


def test_an_objective_in_three_themes_has_three_links_each_with_its_own_source(
    everything: "networkx.DiGraph[str]",
) -> None:
    above = list(everything.in_edges(THINGS + "leicester-2019/lettered-objective/l", data=True))
    assert len(above) == 3
    assert all(edge["links"] and edge["sources"] for *_, edge in above)


def test_all_alignments_are_there_with_the_two_plans_they_compare(
    everything: "networkx.DiGraph[str]",
) -> None:
    found = everything.graph["alignments"]
    assert len(found) == 101
    assert Counter(each["type"] for each in found) == {
        **{"shared-topic": 23, "dropped": 22, "narrowed": 11, "merged": 9, "split": 8, "new": 6},
        **{"reworded": 6, "shifted": 9, "broadened": 4, "moved-theme": 2, "continues": 1},
    }
    moved = {each["from"]: each["to"] for each in found if each["type"] == "moved-theme"}
    assert moved == {
        THINGS + "leicester-2019/objective/ageing-2": THINGS + "leicester-2022/priority/12",
        THINGS + "leicester-2019/objective/lives-4": THINGS + "leicester-2022/priority/15",
    }
    for each in found:
        assert each["fromPlan"] != each["toPlan"]
        assert each["fromPlan"].startswith(THINGS)
        assert each["toPlan"].startswith(THINGS)
        assert all(each[key] for key in ("basis", "curator", "date", "reason", "confidence"))
        assert bool(each["from"]) == (each["type"] != "new")
        assert bool(each["to"]) == (each["type"] != "dropped")
        assert {each["from"], each["to"]} - {""} <= set(everything)


def test_plans_are_offered_in_their_order_with_board_and_year(
    everything: "networkx.DiGraph[str]",
) -> None:
    offered = [
        (plan["short"], plan["subtitle"], plan["board"], plan["year"])
        for plan in everything.graph["plans"]
    ]
    city, county = (
        f"{area} Health and Wellbeing Board" for area in ("Leicester", "Leicestershire")
    )
    assert offered == [
        ("Leicester 2019", "", city, "2019"),
        ("Leicester 2019 action plan", "Action plan 2019", city, "2019"),
        ("Leicester 2022", "", city, "2022"),
        ("Leicestershire 2022", "", county, "2022"),
    ]
    assert everything.graph["start"] == THINGS + "leicester-2019/action-plan"
    assert everything.graph["title"] == "Health and wellbeing strategies: Leicester, Leicestershire"


def test_short_names_of_partners_and_determinants_are_short_and_distinct(
    everything: "networkx.DiGraph[str]",
) -> None:
    for kind in ("partner", "determinant"):
        shorts = [data["short"] for _, data in everything.nodes(data=True) if data["kind"] == kind]
        assert len(shorts) == len({short.casefold() for short in shorts})
        assert max(map(len, shorts)) <= 45


def test_a_thing_is_found_by_what_a_person_may_type(
    everything: "networkx.DiGraph[str]",
) -> None:
    nodes = everything.nodes
    assert {"CCG", "04C"} <= set(nodes[THINGS + "partner/ccg-leicester-city"]["aliases"])
    assert "Redcross" in nodes[THINGS + "partner/british-red-cross"]["aliases"]
    assert "Healthy Minds 3c" in nodes[THINGS + "leicester-2019/action/minds-3c"]["aliases"]
    # What a body may turn out to be is no name of it.
    canals = nodes[THINGS + "partner/canals-and-wellbeing-trust"]
    assert "Canal & River Trust" not in canals["aliases"]
    assert ("May be, not certain", "Canal & River Trust") in canals["details"]


def test_what_a_plan_does_not_address_is_still_there(
    everything: "networkx.DiGraph[str]",
) -> None:
    unlinked = {
        data["label"] for iri, data in everything.nodes(data=True) if not everything.degree(iri)
    }
    assert "Water and sanitation" in unlinked
    place = everything.nodes[THINGS + "leicester-2022/theme/places"]
    assert (place["family"], place["familyOrder"]) == ("places", 1)
    focus = everything.nodes[THINGS + "leicestershire-2022/focus-area/best-start-1-1"]
    assert focus["status"] == "proposed"


def test_some_plans_can_be_drawn_without_the_others(record: Engine) -> None:
    county = network.project_record(record, [THINGS + "leicestershire-2022"])
    assert plan_kinds(county) == {
        ("leicestershire-2022", "theme"): 7,
        ("leicestershire-2022", "priority"): 11,
        ("leicestershire-2022", "focus area"): 31,
        ("", "partner"): 4,
        ("", "determinant"): plan_kinds(county)["", "determinant"],
    }
    assert county.graph["alignments"] == []
    assert county.graph["title"].startswith("Leicestershire Joint Local Health")
    acting = network.project_record(record, [THINGS + "leicester-2019/action-plan"])
    assert plan_kinds(acting)["leicester-2019/action-plan", "theme"] == 5
    gone = [each for each in acting.graph["alignments"] if each["type"] == "dropped"]
    assert {each["toPlan"] for each in gone} == {THINGS + "leicester-2022"}
    with pytest.raises(UsageError, match="no theme to draw"):
        network.project_record(record, [THINGS + "nowhere"])


def test_plans_read_alone_are_as_in_the_whole_record(record: Engine) -> None:
    everything = network.project_record(record)
    plans = [plan["iri"] for plan in everything.graph["plans"]]
    assert len(plans) == 4
    own = {"plan", "plans", "order"}  # which plan is first, and how many partners come before
    for drawn in (*([plan] for plan in plans), plans):
        part = network.project_record(record, drawn)
        assert part.number_of_edges() > 50
        for iri, node in part.nodes(data=True):
            same = everything.nodes[iri]
            assert {k: node[k] for k in node.keys() - own} == {
                k: same[k] for k in same.keys() - own
            }
        for source, target, edge in part.edges(data=True):
            assert edge == everything.edges[source, target]
        between = [one["iri"] for one in part.graph["alignments"]]
        assert between == [
            one["iri"]
            for one in everything.graph["alignments"]
            if all(one[end] in part or not one[end] for end in ("from", "to"))
        ]


def test_one_plan_is_drawn_without_reading_the_others(
    record: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    plans: list[int] = []
    select = Embedded.select

    def counted(engine: Embedded, *given: Any, **named: Any) -> list[dict[str, str]]:
        found = select(engine, *given, **named)
        rows.append(len(found))
        if "?acts" in given[0]:
            plans.append(len(found))
        return found

    monkeypatch.setattr(Embedded, "select", counted)
    network.project_record(record)
    most, everything = max(rows), sum(rows)
    rows.clear()
    network.project_record(record, [THINGS + "leicestershire-2022"])
    assert 0 < max(rows) < most / 5
    assert 0 < sum(rows) < everything / 5
    assert plans == [4, 1]


def test_several_statements_on_one_pair_are_one_link_that_the_strongest_speaks_for(
    tmp_path: Path,
) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        """
        @prefix hwbs: <https://w3id.org/hwbs/ns#> .
        @prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix l: <https://w3id.org/hwbs/id/link/> .
        @prefix d: <https://w3id.org/hwbs/scheme/determinant/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix action: <https://w3id.org/hwbs/id/alpha-2030/action/> .
        l:a a hwbs:DeterminantLink ; hwbs:element action:warmth-1b ; hwbs:determinant d:housing ;
            hwbs:basis basis:curated-judgement ; hwbs:confidence "low" ;
            hwbs:curator <https://w3id.org/hwbs/id/agent/tester> ;
            hwbs:curatedOn "2030-01-01"^^xsd:date ; hwbs:reason "Boilers heat homes."@en .
        l:b a hwbs:DeterminantLink ; hwbs:element action:warmth-1b ; hwbs:determinant d:housing ;
            hwbs:basis basis:stated-elsewhere ;
            dcterms:bibliographicCitation "Alpha paper 9"@en .
        """,
        "utf-8",
    )
    graph = network.project_record(open_small(more))
    ends = (THINGS + "alpha-2030/action/warmth-1b", f"{SCHEMES}determinant/housing")
    edge = graph.edges[ends]
    assert edge["basis"] == "stated in document"
    assert (edge["curator"], edge["reason"]) == ("", "")
    assert [source["document"] for source in edge["sources"]] == ["Alpha plan", "Alpha paper 9"]
    assert len(edge["links"]) == 3
    assert [(each["basis"], each["reason"]) for each in edge["also"]] == [
        ("stated elsewhere", ""),
        ("curated judgement", "Boilers heat homes."),
    ]


def test_the_boards_of_the_record_are_counted_family_by_family(record: Engine) -> None:
    rows = network.count_families(record)
    # Five families in each plan of the city, eight in that of the county.
    assert [row["plan"] for row in rows] == [
        *[THINGS + "leicester-2019"] * 5,
        *[THINGS + "leicester-2019/action-plan"] * 5,
        *[THINGS + "leicester-2022"] * 5,
        *[THINGS + "leicestershire-2022"] * 8,
    ]
    assert sum(int(row["actions"]) for row in rows) == 51
    acting = [row for row in rows if row["plan"] == THINGS + "leicester-2019/action-plan"]
    assert [(row["family"], row["objectives"], row["actions"]) for row in acting] == [
        *[("places", 4, 13), ("minds", 3, 9), ("start", 4, 9)],
        *[("lives", 4, 11), ("ageing", 4, 9)],
    ]
    assert {row["board"] for row in acting} == {"Leicester Health and Wellbeing Board"}


def test_the_query_of_the_picture_gives_what_the_registry_says_is_drawn(record: Engine) -> None:
    named = run_named(record, "network/record-projection")
    keys = ("plan", "relation", "source", "target", "statement", "basisLabel", "order")
    told = {tuple(row[key] for key in keys) for row in named}
    drawn = {tuple(row[key] for key in keys) for row in stated_links(record)}
    ends = {node for row in told for node in row[2:4]}
    # A purpose or a stretch target may address a determinant, and is not drawn.
    assert told == {row for row in drawn if set(row[2:4]) <= ends}
    assert len(told) > 800


def test_the_query_of_a_plan_gives_what_the_registry_says_its_network_shows(record: Engine) -> None:
    keys = ("source", "target", "order")
    for plan in ("leicester-2019/action-plan", "leicester-2022", "leicestershire-2022"):
        named = run_named(record, "network/plan-projection", plan=THINGS + plan)
        told = {tuple(row[key] for key in keys) for row in named}
        shown = {tuple(row[key] for key in keys) for row in find_plan_links(record, THINGS + plan)}
        assert (told, bool(told)) == (shown, True)


def test_a_plan_of_any_class_is_dated_by_when_it_was_issued(tmp_path: Path) -> None:
    text = """
        @prefix hwbs: <https://w3id.org/hwbs/ns#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix x: <https://w3id.org/hwbs/id/gamma/> .
    """
    for name in ("Strategy", "ActionPlan"):
        text += f"""
            x:{name} a hwbs:{name} ; skos:prefLabel "Gamma {name}"@en ; dcterms:issued "2031" .
            x:theme-{name} a hwbs:Theme ; skos:prefLabel "Calm"@en ; hwbs:inPlan x:{name} .
        """
    more = tmp_path / "more.ttl"
    more.write_text(text, "utf-8")
    years = {plan["iri"]: plan["year"] for plan in network.list_plans(open_small(more))}
    assert years[THINGS + "gamma/Strategy"] == years[THINGS + "gamma/ActionPlan"] == "2031"
