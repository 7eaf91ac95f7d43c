"""Every measure gives the numbers that were published, or worked out by hand, for small graphs."""

import os
import subprocess
import sys
from collections.abc import Iterable
from math import isclose
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwbs_graph.errors import UsageError
from hwbs_graph.report import gaps, graph_measures, measures

Pairs = Iterable[tuple[str, str]]
#: P2 - A1 - P1 - A2 - P3, a path of five nodes.
PATH = [("P1", "A1"), ("P1", "A2"), ("P2", "A1"), ("P3", "A2")]
some_pairs = st.lists(
    st.tuples(st.sampled_from(["P1", "P2", "P3", "P4"]), st.sampled_from(["A1", "A2", "A3"]))
)


def involved(pairs: Pairs, vcse: str = "") -> list[dict[str, str]]:
    """Involvements of an invented plan: action A1 stands under objective O1 and theme T1."""
    return [
        {
            "partner": partner,
            "partnerLabel": f"Partner {partner}",
            "action": action,
            "actionLabel": f"Do {action}",
            "code": action[1:],
            "objective": f"O{action[1:]}",
            "objectiveLabel": f"Objective {action[1:]}",
            "theme": f"T{action[1:]}",
            "themeLabel": f"Theme {action[1:]}",
            "vcse": "yes" if partner == vcse else "",
        }
        for partner, action in pairs
    ]


def davis() -> list[dict[str, str]]:
    """The 18 women and 14 events of Davis, Gardner and Gardner, Deep South (1941)."""
    graph = networkx.davis_southern_women_graph()
    women = graph.graph["top"]
    return involved((one, other) if one in women else (other, one) for one, other in graph.edges)


@pytest.mark.parametrize("backend", [None, "igraph"])
def test_betweenness_is_as_published_for_zachary_and_for_florence(backend: str | None) -> None:
    if backend:
        pytest.importorskip("igraph", reason="python-igraph is not installed")
    club = graph_measures.betweenness(networkx.karate_club_graph(), backend)
    assert club[0] == pytest.approx(0.437635, abs=5e-7)
    assert club[33] == pytest.approx(0.304075, abs=5e-7)
    families = graph_measures.betweenness(networkx.florentine_families_graph(), backend)
    assert families["Medici"] == pytest.approx(0.521978, abs=5e-7)
    assert max(families, key=families.__getitem__) == "Medici"


def test_igraph_and_networkx_agree_on_a_random_bipartite_graph() -> None:
    pytest.importorskip("igraph", reason="python-igraph is not installed")
    graph = networkx.bipartite.random_graph(40, 60, 0.08, seed=measures.SEED)
    ours, theirs = graph_measures.betweenness(graph), graph_measures.betweenness(graph, "igraph")
    assert ours.keys() == theirs.keys()
    assert max(ours.values()) > 0
    for node, value in ours.items():
        assert isclose(value, theirs[node], rel_tol=0, abs_tol=1e-9)


def test_igraph_agrees_on_graphs_too_small_for_any_path() -> None:
    pytest.importorskip("igraph", reason="python-igraph is not installed")
    for pairs in ([], [("P1", "A1")]):
        graph = measures.build_participation(involved(pairs))
        assert graph_measures.betweenness(graph, "igraph") == graph_measures.betweenness(graph)


def test_igraph_asked_for_and_not_installed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(UsageError, match=r"--backend igraph needs igraph, which is not installed"):
        measures.rank_bridges(involved(PATH), "igraph")


def test_bridges_on_a_path_of_five_are_as_worked_out_by_hand() -> None:
    # Through P1 run the paths from P2 and A1 to A2 and P3: 4 of the 6 pairs without it.
    rows = measures.rank_bridges(involved(PATH))
    assert [(row["partner"], row["betweenness"]) for row in rows] == [
        ("P1", "0.666667"),
        ("P2", "0.000000"),
        ("P3", "0.000000"),
    ]
    assert rows[0]["actions"] == rows[0]["themes"] == "2"
    assert rows[0]["joins"] == "Theme 1, Theme 2"


@pytest.mark.parametrize(
    "measure", [measures.rank_bridges, measures.pair_partners, measures.find_communities]
)
def test_a_backend_that_is_not_installed_is_a_sentence(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(UsageError, match=r"no backend “nowhere” for this; installed: .*networkx"):
        measure(involved(PATH), "nowhere")
    assert measure(involved(PATH), "networkx") == measure(involved(PATH))


def test_a_backend_is_handed_to_the_dispatch_of_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def dispatched(graph: "networkx.Graph[str]", **options: str) -> dict[str, float]:
        seen.append(options)
        return dict.fromkeys(graph, 0.25)

    monkeypatch.setattr(networkx, "betweenness_centrality", dispatched)
    assert measures.rank_bridges(involved(PATH), "elsewhere")[0]["betweenness"] == "0.250000"
    measures.rank_bridges(involved(PATH))
    assert seen == [{"backend": "elsewhere"}, {}]


def test_an_import_that_fails_without_a_backend_is_not_disguised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(graph: "networkx.Graph[str]") -> dict[str, float]:
        raise ImportError("numpy")

    monkeypatch.setattr(networkx, "betweenness_centrality", broken)
    with pytest.raises(ImportError, match="numpy"):
        measures.rank_bridges(involved(PATH))


def test_newmans_weight_of_evelyn_and_laura_is_as_worked_out_by_hand() -> None:
    # They met at E1, E2, E3, E5, E6 and E8, with 3, 3, 6, 8, 8 and 14 women.
    weight = 1 / 2 + 1 / 2 + 1 / 5 + 1 / 7 + 1 / 7 + 1 / 13
    rows = measures.pair_partners(davis())
    pair = next(
        row
        for row in rows
        if {row["partner"], row["other"]} == {"Evelyn Jefferson", "Laura Mandeville"}
    )
    assert pair["sharedActions"] == "6"
    assert pair["weight"] == f"{weight:.3f}" == "1.563"
    assert pair["jaccard"] == f"{6 / 9:.3f}"
    assert len(rows) == 139


def test_newmans_weights_at_a_woman_add_up_to_the_events_she_shared() -> None:
    graph = measures.build_participation(davis())
    women = {row["partner"] for row in davis()}
    joined = graph_measures.project_collaboration(graph, women)
    strength = dict(joined.degree(weight="weight"))
    assert strength["Evelyn Jefferson"] == pytest.approx(8)
    assert strength == pytest.approx({woman: graph.degree[woman] for woman in women})


@given(some_pairs)
def test_weights_add_up_to_shared_actions_whatever_the_plan(pairs: list[tuple[str, str]]) -> None:
    members = {action: {one for one, other in pairs if other == action} for _, action in pairs}
    total: dict[str, float] = dict.fromkeys((one for one, _ in pairs), 0.0)
    for row in measures.pair_partners(involved(pairs)):
        assert 0 < float(row["jaccard"]) <= 1
        assert row["partner"] != row["other"]
        for end in ("partner", "other"):
            total[row[end]] += float(row["weight"])
    for partner, weight in total.items():
        shared = [one for one in members.values() if partner in one and len(one) > 1]
        assert weight == pytest.approx(len(shared), abs=0.01)


@given(some_pairs, st.randoms())
def test_order_and_repetition_of_the_records_make_no_difference(
    pairs: list[tuple[str, str]],
    random: Random,
) -> None:
    shuffled = pairs * 2
    random.shuffle(shuffled)
    assert measures.pair_partners(involved(pairs)) == measures.pair_partners(involved(shuffled))
    assert measures.find_communities(involved(pairs)) == measures.find_communities(
        involved(shuffled)
    )


def test_two_groups_that_never_meet_are_two_communities_of_modularity_one_half() -> None:
    groups = [("P1", "A1"), ("P2", "A1"), ("P3", "A2"), ("P4", "A2")]
    rows = measures.find_communities(involved(groups))
    assert [(row["community"], row["partner"]) for row in rows] == [
        ("1", "P1"),
        ("1", "P2"),
        ("2", "P3"),
        ("2", "P4"),
    ]
    assert {row["modularity"] for row in rows} == {"0.5000"}


def test_where_nobody_shares_an_action_each_is_a_community_of_modularity_nought() -> None:
    rows = measures.find_communities(involved([("P1", "A1"), ("P2", "A2")]))
    assert [(row["community"], row["modularity"]) for row in rows] == [
        ("1", "0.0000"),
        ("2", "0.0000"),
    ]
    assert (
        measures.find_communities([])
        == measures.pair_partners([])
        == measures.rank_bridges([])
        == []
    )


def test_communities_stay_the_same_from_run_to_run() -> None:
    text = (
        "from hwbs_graph.report import measures; import networkx as nx;"
        " rows = [dict(partner=w, partnerLabel=w, action=e) for w, e in"
        " nx.davis_southern_women_graph().edges];"
        " print([(r['community'], r['partner']) for r in measures.find_communities(rows)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", text],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert "Evelyn Jefferson" in said.pop()


def test_coverage_marks_what_nothing_and_what_no_action_bears_on() -> None:
    determinants = [
        {"determinant": name, "determinantLabel": name.title(), "layerLabel": "Layer"}
        for name in ("air", "food", "work")
    ]
    themes = [{"theme": "T1", "column": "places"}, {"theme": "T2", "column": "minds"}]
    touched = [
        {"determinant": "air", "theme": "T1", "elements": "3"},
        {"determinant": "food", "theme": "T2", "elements": "1"},
    ]
    rows = gaps.count_coverage(determinants, themes, touched, [{"determinant": "air"}])
    assert [(row["places"], row["minds"], row["gap"]) for row in rows] == [
        ("3", "0", ""),
        ("0", "1", "no action"),
        ("0", "0", "nothing"),
    ]


def test_gaps_are_found_in_four_reports() -> None:
    named = involved([("P1", "A1"), ("P2", "A1"), ("P3", "A1"), ("P1", "A2"), ("P4", "A3")], "P3")
    elements = [
        {**row, "objective": f"O{n}", "code": n} for n, row in zip("123", named[:3], strict=True)
    ]
    actions = [{**row, "action": f"A{row['code']}"} for row in elements]
    determinants = [
        {"determinant": name, "determinantLabel": name, "layerLabel": "Layer"}
        for name in ("air", "food")
    ]
    rows = gaps.find_gaps(determinants, [{"determinant": "air"}], actions, elements, named)
    found = {
        kind: [row["thing"] for row in rows if row["gap"] == title]
        for kind, title in gaps.GAPS.items()
    }
    assert found["determinant"] == ["food"]
    assert found["action"] == ["A2", "A3"]
    # One partner is the lower quartile of 1, 1 and 3, but their median as well.
    assert found["objective"] == []
    apart = [(row["thing"], row["other"]) for row in rows if row["other"]]
    assert apart == [("P1", "P4"), ("P2", "P4"), ("P3", "P4")]
    details = [row["detail"] for row in rows[-3:]]
    assert details == ["2 and 1 action", "1 action each", "1 action each"]


def test_objectives_with_few_partners_lie_low_among_their_plan() -> None:
    pairs = [(f"P{n}", f"A{a}") for a, size in enumerate((1, 4, 4, 4), 1) for n in range(size)]
    named = involved(pairs)
    objectives = list({row["objective"]: row for row in named}.values())
    nobody = {**objectives[0], "objective": "O9", "code": "9"}
    rows = gaps.find_gaps([], [], [], [*objectives, nobody], named)
    few = [row for row in rows if row["gap"] == gaps.GAPS["objective"]]
    assert [(row["thing"], row["detail"]) for row in few] == [
        ("O9", "Theme 1 9: 0 partners"),
        ("O1", "Theme 1 1: 1 partner"),
    ]


def test_an_overlap_lists_shared_actions_and_who_else_is_on_them() -> None:
    named = involved([*PATH, ("P4", "A1"), ("P1", "A1")])
    rows = measures.find_overlap(named, "P2", "P1")
    assert len(rows) == 1
    assert rows[0]["action"] == "A1"
    assert rows[0]["also"] == "Partner P4"
    assert (rows[0]["sharedActions"], rows[0]["jaccard"]) == ("1", "0.500")
    assert measures.find_overlap(named, "P2", "P3") == []
    assert measures.find_overlap(named, "P8", "P9") == []


def test_an_overlap_of_a_partner_with_itself_is_refused() -> None:
    with pytest.raises(UsageError, match="two different"):
        measures.find_overlap(involved(PATH), "P1", "P1")
