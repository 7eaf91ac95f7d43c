"""The ontology's acceptance test: 35 questions that people ask, each answered over the record.

Every expected answer was worked out in the documents. Who asks: analyst, officer, scrutiny
councillor, facilitator.
"""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode
from support import ROOT, Hwbs

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.model.vocabulary import TERMS
from hwbs_graph.query import catalogue, results
from hwbs_graph.store import Engine

Row = dict[str, str]
Ask = Callable[..., list[Row]]


@pytest.fixture
def ask(record: Engine) -> Ask:
    """Run a named query with parameters as a user types them."""

    def run(name: str, /, **given: str) -> list[Row]:
        query = catalogue.load(name)
        kinds = {parameter.name: parameter.kind for parameter in query.parameters}
        terms: dict[str, NamedNode | Literal] = {}
        for key, value in given.items():
            kind = None if kinds[key] == "thing" else kinds[key]
            if kind == "text":
                terms[key] = Literal(names.normalise(value))
            else:
                terms[key] = NamedNode(names.find(record, value, kind).iri)
        return record.select(query.text, terms, name)

    return run


def tails(rows: list[Row], key: str) -> list[str]:
    return [row[key].rpartition("/")[2] for row in rows]


def test_01_what_is_my_division_signed_up_to(ask: Ask) -> None:
    rows = ask("report/actions-by-partner", partner="Finance")
    assert tails(rows, "action") == [
        "places-1a",
        "places-2a",
        "places-2b",
        "places-2c",
        "lives-1b",
        "lives-1c",
        "lives-1d",
    ]


def test_02_which_partner_is_that(ask: Ask) -> None:
    (row,) = ask("trust/partner-by-spelling", name="Sport  SERVICE")
    assert (row["partnerLabel"], row["kind"]) == ("Sports Service", "variant")


def test_03_who_else_is_on_minds_3c(ask: Ask) -> None:
    rows = ask("report/partners-by-action", action="Minds 3c")
    assert tails(rows, "partner") == [
        "suicide-prevention-partnership",
        "leicester-samaritans",
        "leicestershire-county-council",
        "office-of-the-police-and-crime-commissioner",
        "leicestershire-partnership-nhs-trust",
    ]


def test_04_who_do_we_share_most_actions_with(ask: Ask) -> None:
    first = ask("report/co-working-partners", partner="Public Health")[0]
    assert first["otherLabel"] == "Neighbourhood and Environmental Services"
    assert first["sharedActions"] == "27"


def test_05_what_exactly_does_the_document_say_about_us_and_where(ask: Ask) -> None:
    (row,) = ask("report/partner-responsibilities", partner="British Red Cross")
    assert (row["printedText"], row["document"], row["line"]) == ("Redcross", "S002", "92")
    assert row["place"] == "Healthy Ageing 1(a), INVOLVING, 6th"


def test_06_which_actions_did_the_ccg_hold_and_who_answers_for_them_now(ask: Ask) -> None:
    rows = ask("report/actions-with-successors", partner="CCG")
    assert len(rows) == 10
    assert set(tails(rows, "successor")) == {"icb-llr"}


def test_07_which_actions_have_a_date(ask: Ask) -> None:
    (row,) = ask("report/actions-with-date")
    assert (row["code"], row["themeLabel"], row["targetDate"]) == ("1a", "Healthy Minds", "2021")


def test_08_which_partners_appear_in_all_five_themes(ask: Ask) -> None:
    (row,) = ask("report/partners-in-all-themes")
    assert (row["partnerLabel"], row["themeCount"], row["actionCount"]) == (
        "Public Health",
        "5",
        "48",
    )


def test_09_which_actions_leave_out_public_health(ask: Ask) -> None:
    rows = ask("coverage/actions-without-partner", partner="Public Health")
    assert tails(rows, "action") == ["minds-3c", "lives-3a", "ageing-2a"]


def test_10_how_many_distinct_partners_has_each_action(ask: Ask) -> None:
    rows = ask("report/partners-per-action")
    counts = {row["action"].rpartition("/")[2]: int(row["partners"]) for row in rows}
    assert round(sum(counts.values()) / len(counts), 1) == 4.9
    assert (min(counts, key=counts.__getitem__), min(counts.values())) == ("minds-2c", 2)
    assert (max(counts, key=counts.__getitem__), max(counts.values())) == ("lives-4a", 9)


def test_11_which_partners_appear_in_one_theme_only(ask: Ask) -> None:
    rows = ask("report/partners-in-one-theme")
    assert len(rows) == 15
    minds = ask("report/partners-in-one-theme", theme="Leicester 2019 Minds")
    assert tails(minds, "partner") == [
        "leicester-samaritans",
        "leicestershire-county-council",
        "office-of-the-police-and-crime-commissioner",
        "suicide-prevention-partnership",
        "time-to-change-leicester",
        "young-peoples-council",
    ]


def test_12_which_determinants_does_each_theme_address_by_layer(ask: Ask) -> None:
    rows = ask("report/determinants-by-theme", theme="Leicester 2019 Places")
    plan = [row for row in rows if row["plan"].endswith("/action-plan")]
    found = {row["determinantLabel"]: row["layerLabel"] for row in plan}
    assert found["Housing"] == "Living and working conditions"
    assert found["Air quality"] == "General socio-economic, cultural and environmental conditions"
    assert found["Community cohesion and safety"] == "Social and community networks"
    assert len({row["theme"] for row in ask("report/determinants-by-theme")}) == 17


def test_13_which_determinants_have_no_action(ask: Ask) -> None:
    rows = ask("coverage/determinants-without-action")
    assert [row["determinantLabel"] for row in rows] == [
        "Age",
        "Disability",
        "Ethnicity",
        "Sex",
        "Oral hygiene",
        "Social media",
        "Digital access",
        "Infection",
        "Water and sanitation",
    ]


def test_14_which_links_are_the_documents_and_which_are_ours(ask: Ask) -> None:
    rows = ask("trust/links-by-basis")
    found = {(row["kindLabel"], row["basisLabel"]): int(row["links"]) for row in rows}
    assert found["involvement", "stated in document"] == 252
    assert found["theme placement", "stated in document"] == 31
    assert found["theme placement", "curated judgement"] == 17
    assert found["approach assignment", "stated elsewhere"] == 6
    assert {basis for kind, basis in found if kind == "alignment"} == {"curated judgement"}


def test_15_partner_by_theme_matrix(ask: Ask) -> None:
    rows = ask("report/partner-theme-matrix", partner="Housing")
    assert [(row["themeLabel"], row["actions"]) for row in rows] == [
        ("Healthy Places", "6"),
        ("Healthy Start", "3"),
        ("Healthy Lives", "3"),
        ("Healthy Ageing", "4"),
    ]


def test_16_which_partners_bridge_otherwise_separate_themes(record: Engine) -> None:
    import networkx

    query = catalogue.load("network/partner-projection")
    found = results.run_query(record, query.text)
    assert isinstance(found, results.Triples)
    edges = [
        (str(each.subject), str(each.object))
        for each in found.triples
        if each.predicate.value == TERMS + "involves"
    ]
    assert len(edges) == 252
    graph: networkx.Graph[str] = networkx.Graph(edges)
    ranked = networkx.betweenness_centrality(graph)
    partners = {node: value for node, value in ranked.items() if "/partner/" in node}
    first, second = sorted(partners, key=partners.__getitem__, reverse=True)[:2]
    assert first.endswith("/partner/public-health>")
    assert second.endswith("/partner/neighbourhood-and-environmental-services>")


def test_17_which_names_were_normalised_and_from_what(ask: Ask) -> None:
    rows = ask("trust/partners-with-several-spellings")
    assert len(rows) == 16
    finance = next(row for row in rows if row["partnerLabel"] == "Finance")
    assert set(finance["printedAs"].split("; ")) == {"Finance", "Finances"}


def test_18_which_2022_priorities_continue_a_2019_objective(ask: Ask) -> None:
    rows = ask("compare/continued-objectives")
    later = {row["continuedBy"] for row in rows if "/priority/" in row["continuedBy"]}
    assert len(later) == 12
    (carers,) = ask("compare/continued-objectives", objective="leicester-2019/objective/ageing-2")
    assert carers["continuedBy"].endswith("/leicester-2022/priority/12")


def test_19_what_did_2019_promise_that_no_2022_priority_picks_up(ask: Ask) -> None:
    rows = ask("coverage/objectives-not-continued")
    assert [(row["objective"].rsplit("/", 1)[1], row["typeLabel"]) for row in rows] == [
        ("places-2", "dropped"),
        ("places-3", "shifted"),
        ("places-4", "shifted"),
        ("minds-1", "shifted"),
        ("minds-2", "shifted"),
        ("lives-3", "dropped"),
        ("ageing-3", "dropped"),
    ]


def test_20_which_2022_priorities_are_new(ask: Ask) -> None:
    assert sorted(tails(ask("compare/new-priorities"), "to"), key=int) == ["2", "7", "19"]


def test_21_what_moved_theme_between_2019_and_2022(ask: Ask) -> None:
    rows = ask("compare/moved-themes")
    moved = dict(zip(tails(rows, "from"), tails(rows, "to"), strict=True))
    assert moved == {"ageing-2": "12", "lives-4": "15"}


def test_22_which_priorities_are_do_and_on_whose_word(ask: Ask) -> None:
    rows = ask("report/approach-assignments")
    assert sorted(int(row["code"]) for row in rows) == [2, 7, 10, 13, 14, 17]
    assert {(row["approachLabel"], row["basisLabel"]) for row in rows} == {
        ("Do", "stated elsewhere")
    }
    assert all("mgAi 107858" in row["citation"] for row in rows)


def test_23_which_priorities_have_no_stated_approach(ask: Ask) -> None:
    codes = sorted(int(row["code"]) for row in ask("coverage/priorities-without-approach"))
    assert codes == [1, 3, 4, 5, 6, 8, 9, 11, 12, 15, 16, 18, 19]


def test_24_which_claims_contradict_each_other(ask: Ask) -> None:
    rows = ask("trust/contradicting-claims")
    found = {(row["document"], row["line"], row["otherDocument"], row["otherLine"]) for row in rows}
    assert found == {
        ("S000", "337", "S000", "129"),
        ("S001", "300", "S000", "131"),
        ("S001", "302", "S000", "128"),
        ("S001", "304", "S000", "129"),
        ("S001", "838", "S000", "437"),
    }


def test_25_which_named_partners_no_longer_exist(ask: Ask) -> None:
    rows = ask("report/bodies-that-changed")
    assert {row["body"].rpartition("/")[2]: row["changeLabel"] for row in rows} == {
        "ccg-leicester-city": "replaced",
        "llep": "functions transferred",
        "time-to-change-leicester": "parent body closed",
        "leicester-ageing-together": "end reported",
        "public-health-england": "replaced",
    }
    assert all(row["citations"] for row in rows)


def test_26_which_subgroup_answers_for_a_county_priority(ask: Ask) -> None:
    (row,) = ask("report/responsibilities-by-body", element="Dying Well")
    assert (row["bodyLabel"], row["document"], row["line"]) == (
        "Integration Executive",
        "S004",
        "26",
    )
    mine = ask("report/responsibilities-by-body", body="Staying Healthy Partnership")
    assert "Staying Healthy, Safe and Well" in {row["elementLabel"] for row in mine}


def test_27_what_does_the_2025_review_propose_and_was_it_adopted(ask: Ask) -> None:
    rows = ask("report/proposed-changes")
    kinds = {(row["elementLabel"], row["kindLabel"]) for row in rows}
    assert ("COVID-19 Recovery", "replace") in kinds
    assert ("Health Inequalities", "strengthen") in kinds
    assert {(row["statusLabel"], row["date"]) for row in rows} == {("proposed", "2025-09-03")}


def test_28_which_parts_of_the_record_are_drafts(ask: Ask) -> None:
    rows = ask("trust/drafts")
    drafts = {row["thingLabel"] for row in rows if row["statusLabel"] == "draft"}
    assert {
        "Leicester strategy 2019 (consultation draft)",
        "Leicester action plan 2019 (draft)",
    } <= drafts


def test_29_show_one_theme_as_a_picture(ask: Ask) -> None:
    rows = ask("network/theme-projection", theme="Leicester 2019 Places")
    plan = [row for row in rows if "/lettered-objective/" not in row["target"]]
    kinds = Counter(row["targetKind"] for row in plan)
    assert kinds == {"objective": 4, "action": 13, "partner": 67}


def test_30_who_and_what_touches_social_isolation(ask: Ask) -> None:
    rows = ask("report/touchpoints-of-determinant", determinant="social isolation")
    elements = set(tails(rows, "element"))
    assert {"lives-4", "lives-4a", "minds-1b", "ageing-3b", "15"} <= elements
    assert any("Leicester Ageing Together" in row["partners"] for row in rows)
    # An action that bears on it by itself and through its objective stands once under each.
    assert len(rows) == len({(row["element"], row["plan"], row["action"]) for row in rows})


def test_31_which_partners_have_never_met_on_an_action(ask: Ask) -> None:
    rows = ask("network/partners-never-together", partner="Housing")
    never = set(tails(rows, "other"))
    assert len(never) == 34 - 21
    assert "university-of-leicester" in never
    assert "public-health" not in never


def test_32_city_and_county_side_by_side(ask: Ask) -> None:
    rows = ask("compare/themes-by-family")
    start = {row["plan"].rpartition("/")[2] for row in rows if row["familyLabel"] == "start"}
    assert start == {"leicester-2019", "leicester-2022", "leicestershire-2022"}
    dying = [row["themeLabel"] for row in rows if row["familyLabel"] == "dying well"]
    assert dying == ["Dying Well"]


def test_33_what_was_the_ambition_for_a_theme_in_each_document(ask: Ask) -> None:
    rows = ask("compare/ambitions-by-theme")
    places = {
        row["document"]: row["ambitionLabel"] for row in rows if row["familyLabel"] == "places"
    }
    assert places == {
        "S000": "Make Leicester a healthy environment to live and work in",
        "S001": "To make Leicester the healthiest possible environment in which to live and work",
        "S002": "Make Leicester the healthiest environment to live and work in",
    }


def test_34_which_determinants_have_actions_but_no_voluntary_partner(ask: Ask) -> None:
    found = {row["determinantLabel"] for row in ask("coverage/determinants-without-vcse")}
    assert {"Air quality", "Warm homes", "Breastfeeding", "Transport", "Deprivation"} <= found
    assert "Social isolation and loneliness" not in found


def test_35_is_the_graph_complete(ask: Ask) -> None:
    rows = ask("report/counts-by-class")
    plan = {
        row["classLabel"]: row["things"] for row in rows if row["plan"].endswith("2019/action-plan")
    }
    assert {
        "theme": "5",
        "action plan objective": "19",
        "action": "51",
        "involvement": "252",
    }.items() <= plan.items()
    partners = [row["things"] for row in rows if row["classLabel"] == "partner"]
    assert partners == ["35"]


def test_objectives_spanning_themes_are_15_of_the_18_key_objectives(ask: Ask) -> None:
    rows = ask("report/objectives-spanning-themes")
    assert len(rows) == 15
    codes = {row["code"]: row["themeCount"] for row in rows}
    assert (codes["I"], codes["E"]) == ("5", "5")
    assert not {"O", "P", ""} & set(codes)


def test_physical_activity_is_printed_as_g_under_places_and_as_i_elsewhere(ask: Ask) -> None:
    rows = ask(
        "report/placements-of-objective",
        objective="Increase physical activity levels in Leicester residents",
    )
    assert {row["themeLabel"]: row["code"] for row in rows} == {
        "Healthy Places": "G",
        "Healthy Minds": "I",
        "Healthy Start": "I",
        "Healthy Lives": "I",
        "Healthy Ageing": "I",
    }


def test_every_element_of_every_plan_has_a_determinant(ask: Ask) -> None:
    assert ask("coverage/elements-without-determinant") == []


def test_numbers_and_letters_of_the_2022_themes_disagree(ask: Ask) -> None:
    rows = [row for row in ask("report/theme-codes") if row["plan"].endswith("leicester-2022")]
    codes = {row["themeLabel"]: (row["themeNumber"], row["themeLetter"]) for row in rows}
    assert codes["Healthy Minds"] == ("2", "D")
    assert codes["Healthy Start"] == ("3", "B")


def test_figures_come_with_value_unit_and_line(ask: Ask) -> None:
    rows = ask("report/claims-by-determinant", determinant="air quality")
    assert rows
    assert all(row["line"] for row in rows)
    claims = {row["claim"].rpartition("/")[2]: row for row in ask("report/claims")}
    suicide = claims["S002-L45-suicide"]
    assert (suicide["figure"], suicide["document"], suicide["line"]) == ("28", "S002", "45")
    assert sum(bool(row["figure"]) for row in claims.values()) >= 60


def test_a_question_about_one_county_subgroup_can_be_asked_at_the_terminal(hwbs: Hwbs) -> None:
    run = hwbs("query", "report/responsibilities-by-body", "body=Integration Executive")
    assert run.code == 0
    assert "Living and Supported Well" in run.out


def test_every_term_of_the_ontology_is_asked_about_or_justified() -> None:
    asked = {
        term
        for query in catalogue.all_queries()
        if query.family != "violation"
        for term in re.findall(r"hwbs:(\w+)", query.text)
    }
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = page.partition("## Terms no question asks about")[2].partition("\n## ")[0]
    justified = set(re.findall(r"^- `(\w+)`", section, re.MULTILINE))
    assert {term for term in bundled.list_terms() if term not in asked} == justified
