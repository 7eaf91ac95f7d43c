"""Explanations: the shortest chains of statements between two things, each step with its basis."""

import math
from itertools import pairwise
from pathlib import Path

import networkx
import pytest
from support import PLANS, open_small

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.model.bases import BASES, rank_basis
from hwbs_graph.model.vocabulary import TERMS
from hwbs_graph.report import paths
from hwbs_graph.report.path_graph import build_graph, find_grounds
from hwbs_graph.store import Engine

ALPHA = "https://w3id.org/hwbs/id/alpha-2030/"
PARTNER = "https://w3id.org/hwbs/id/partner/"
Chain = list[tuple[str, str, str]]


def explained(engine: Engine, start: str, end: str, most: int = 3) -> list[Chain]:
    """The paths between two names, each as (name, relation, other name)."""
    sheet = paths.explain(engine, names.find(engine, start), names.find(engine, end), most)
    return [
        [(step["name"], step["relation"], step["otherName"]) for step in path["steps"]]
        for path in sheet["paths"]
    ]


def test_a_partner_and_a_determinant_are_joined_by_an_action(record: Engine) -> None:
    found = explained(record, "partner/housing", "loneliness")
    assert len(found) == 3
    assert found[0] == [
        ("Housing", "is named for", "Lives 4a"),
        ("Lives 4a", "addresses", "Isolation & loneliness"),
    ]
    assert [len(chain) for chain in found] == sorted(len(chain) for chain in found)


def test_an_action_leads_to_a_priority_of_the_next_plan(record: Engine) -> None:
    found = explained(record, "Minds 3c", "priority 16", most=1)
    assert found == [
        [
            ("Minds 3c", "delivers", "Minds 3"),
            ("Minds 3", "is continued by (reworded)", "priority 16"),
        ]
    ]


def test_the_way_back_reads_the_other_way_round(record: Engine) -> None:
    found = explained(record, "priority 16", "Minds 3c", most=1)
    assert found == [
        [
            ("priority 16", "continues (reworded)", "Minds 3"),
            ("Minds 3", "is delivered by", "Minds 3c"),
        ]
    ]


def test_a_step_carries_what_it_rests_on(record: Engine) -> None:
    ends = names.find(record, "partner/housing"), names.find(record, "Lives 1d")
    sheet = paths.explain(record, *ends, most=1)
    assert sheet["from"]["label"] == "Housing"
    assert sheet["to"]["kind"] == "action"
    (step,) = sheet["paths"][0]["steps"]
    assert step["iri"] == PARTNER + "housing"
    assert step["relation"] == "is named for"
    assert step["basis"] == "stated in document"
    assert (step["document"], step["line"], step["printed"]) == ("S002", 77, "Housing")
    said = paths.text(sheet)
    assert "Housing -- is named for -- Lives 1d [stated in document, S002 line 77]" in said
    assert "“Housing” (Healthy Lives 1(d), INVOLVING, " in said
    assert "Lives 1d: Continue to support people to stop smoking" in said


def test_a_judgement_gives_its_reason_and_how_sure_it_is(small: Engine) -> None:
    ends = names.find(small, "Warmth 1"), names.find(small, "priority 1")
    sheet = paths.explain(small, *ends, most=1)
    (step,) = sheet["paths"][0]["steps"]
    assert step["relation"] == "is continued by (moved theme)"
    assert (step["basis"], step["line"], step["reason"]) == (
        "curated judgement",
        None,
        "Both insulate.",
    )
    said = " ".join(paths.text(sheet).split())
    assert "[curated judgement, confidence high] Both insulate." in said


def test_a_unit_belongs_to_its_council_as_its_identification_says(small: Engine) -> None:
    ends = names.find(small, "homes", "partner"), names.find(small, "Alpha Council")
    (step,) = paths.explain(small, *ends, most=1)["paths"][0]["steps"]
    assert (step["relation"], step["basis"]) == ("is a unit of", "curated judgement")
    assert step["reason"] == "One letter less."


def test_no_way_leads_over_what_joins_everything(record: Engine) -> None:
    graph = build_graph(record)
    others = build_graph(open_small(*PLANS))  # plans with relations that the record lacks
    edges = [*graph.edges(data=True), *others.edges(data=True)]
    kinds = {edge["link"]["kind"] for _, _, edge in edges}
    relations = bundled.registry().relations
    # The registry says which relations a path may go over.
    assert kinds == {iri for iri, relation in relations.items() if relation.in_paths}
    for node in graph:
        assert "/document/" not in node
        assert "/passage/" not in node
        for scheme in ("basis", "status", "role", "partner-type", "alignment", "theme-family"):
            assert f"/scheme/{scheme}" not in node


def test_every_link_of_the_record_has_a_basis_and_a_source_or_a_reason(record: Engine) -> None:
    graph = build_graph(record)
    assert graph.number_of_edges() > 800
    links = [edge["link"] for _, _, edge in graph.edges(data=True)]
    grounds = find_grounds(record, {link["said"] for link in links})
    for link in links:
        assert link["basis"] in BASES[:3]
        ground = grounds[link["said"]]
        assert ground["printed"] or ground["reason"]


def test_a_statement_counts_before_the_shortcut_derived_from_it(small: Engine) -> None:
    lettered = "https://w3id.org/hwbs/id/beta-2035/lettered"
    link = build_graph(small).edges[lettered, ALPHA + "theme/company"]["link"]
    ground = find_grounds(small, [link["said"]])[link["said"]]
    assert (link["kind"], ground["line"]) == (TERMS + "ThemePlacement", "30")


def merit(graph: "networkx.Graph[str]", chain: list[str]) -> tuple[int, int, float]:
    """How good a chain is, worked out afresh: steps, doubts, hubs."""
    bases = [graph.edges[pair]["link"]["basis"] for pair in pairwise(chain)]
    doubts = sum(rank_basis(basis) for basis in bases)
    return len(bases), doubts, sum(math.log(graph.degree[node]) for node in chain[1:-1])


@pytest.mark.parametrize(
    ("start", "end"),
    [("homes", "neighbours"), ("Stove Society", "Fewer lonely people"), ("Damp", "Open a café")],
)
def test_the_ranking_is_that_of_all_chains_there_are(small: Engine, start: str, end: str) -> None:
    graph = build_graph(small)
    one, other = (
        names.find(small, each, "partner" if each == "homes" else None) for each in (start, end)
    )
    found = paths.explain(small, one, other, most=10)["paths"]
    chains = [
        [path["steps"][0]["iri"], *(step["other"] for step in path["steps"])] for path in found
    ]
    everything = sorted(
        merit(graph, chain) for chain in networkx.all_simple_paths(graph, one.iri, other.iri)
    )
    assert [merit(graph, chain) for chain in chains] == [
        pytest.approx(each) for each in everything[:10]
    ]


TWO_WAYS = """
@prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix id: <https://w3id.org/hwbs/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:a a hwbs:FocusArea ; skos:prefLabel "First" .
id:z a hwbs:FocusArea ; skos:prefLabel "Last" .
id:judged a hwbs:Determinant ; skos:prefLabel "Judged" .
id:stated a hwbs:Determinant ; skos:prefLabel "Stated" .
id:hub a hwbs:Determinant ; skos:prefLabel "Hub" .
id:l1 a hwbs:DeterminantLink ; hwbs:element id:a ; hwbs:determinant id:judged ;
    hwbs:basis basis:curated-judgement ; hwbs:reason "A guess." .
id:l2 a hwbs:DeterminantLink ; hwbs:element id:z ; hwbs:determinant id:judged ;
    hwbs:basis basis:curated-judgement ; hwbs:reason "A guess." .
id:l3 a hwbs:DeterminantLink ; hwbs:element id:a ; hwbs:determinant id:stated ;
    hwbs:basis basis:stated-in-document .
id:l4 a hwbs:DeterminantLink ; hwbs:element id:z ; hwbs:determinant id:stated ;
    hwbs:basis basis:stated-in-document .
id:l5 a hwbs:DeterminantLink ; hwbs:element id:a ; hwbs:determinant id:hub ;
    hwbs:basis basis:stated-in-document .
id:l6 a hwbs:DeterminantLink ; hwbs:element id:z ; hwbs:determinant id:hub ;
    hwbs:basis basis:stated-in-document .
id:other a hwbs:FocusArea .
id:l7 a hwbs:DeterminantLink ; hwbs:element id:other ; hwbs:determinant id:hub .
id:l8 a hwbs:DeterminantLink ; hwbs:element id:hub ; hwbs:determinant id:hub .
"""


@pytest.fixture
def forked(tmp_path: Path) -> Engine:
    (tmp_path / "ways.ttl").write_text(TWO_WAYS, "utf-8")
    return open_small(tmp_path / "ways.ttl")


def test_what_is_stated_comes_before_what_is_judged_and_a_hub_in_between(forked: Engine) -> None:
    found = explained(forked, "First", "Last")
    assert [chain[0][2] for chain in found] == ["Stated", "Hub", "Judged"]


def test_what_rests_on_nothing_and_has_no_name_is_shown_as_it_is(forked: Engine) -> None:
    ends = names.find(forked, "First"), names.find(forked, "id:other")
    sheet = paths.explain(forked, *ends, most=1)
    assert "Hub -- is addressed by -- id:other [no source given]" in paths.text(sheet)


def test_one_thing_under_two_names_is_refused(record: Engine) -> None:
    ends = names.find(record, "Finance"), names.find(record, "Finances")
    with pytest.raises(UsageError, match="Both names mean “Finance”; give two different things"):
        paths.explain(record, *ends)


@pytest.mark.parametrize("end", ["D1", "Alpha strategy 2030", "Stove Society"])
def test_what_no_chain_connects_is_a_sentence(end: str, forked: Engine) -> None:
    ends = names.find(forked, "First"), names.find(forked, end)
    with pytest.raises(NothingFoundError, match=r"^No chain of statements connects “First” with “"):
        paths.explain(forked, *ends)


def test_records_have_one_row_for_each_step_in_plain_text(record: Engine) -> None:
    ends = names.find(record, "Minds 3c"), names.find(record, "priority 16")
    sheet = paths.explain(record, *ends, most=2)
    rows = paths.records(sheet)
    assert [(row["path"], row["step"]) for row in rows] == [
        ("1", "1"),
        ("1", "2"),
        ("2", "1"),
        ("2", "2"),
        ("2", "3"),
    ]
    assert rows[1]["line"] == ""
    assert len({tuple(row) for row in rows}) == 1


def test_text_fits_its_width(record: Engine) -> None:
    ends = names.find(record, "Finance"), names.find(record, "Leicester 2022 Places")
    sheet = paths.explain(record, *ends, most=10)
    for width in (50, 80):
        assert max(map(len, paths.text(sheet, width).splitlines())) <= width
