"""What Present shows where nobody gives steps: those made from the data."""

import json
import shutil
import subprocess
import sys
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import networkx
import pytest
from support import ROOT, required

from hwbs_graph import network
from hwbs_graph.errors import MissingExtraError
from hwbs_graph.store import Engine
from hwbs_graph.view import render_svg, render_view
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.page.payload import page_json
from hwbs_graph.view.page.pyvis_network import OPTIONS, build_network
from hwbs_graph.view.page_model import PageModel

STATIC = ROOT / "src" / "hwbs_graph" / "view" / "scripts"
#: The steps that the page makes of each plan where it is given none, and what it makes of their
#: addresses: what it keeps of them, and how much it shows.
TOLD = """
import { readFileSync } from "node:fs";
import { readAddress } from "./record/address.js";
import { applyFilters } from "./record/filters.js";
import { buildModel, idsOfKind } from "./record/model.js";
import { defaultSteps } from "./record/steps.js";
const data = JSON.parse(readFileSync(0, "utf8"));
const model = buildModel(data);
const shown = ({ hash }) => {
  const state = readAddress(hash, model);
  const shown = applyFilters(model, state);
  const key = (id) => (id === null ? null : model.nodes[id].key);
  return {
    view: state.view, plan: state.plan, other: state.other, select: key(state.selected),
    only: key(state.only), theme: state.themes.map(key), leaves: shown.leaves.size,
    partners: idsOfKind(model, "partner", shown.nodes).length,
    objectives: idsOfKind(model, "objective", shown.nodes).length,
  };
};
console.log(JSON.stringify((data.plans.length ? data.plans : [0]).map((_, start) => {
  model.start = start;
  const steps = defaultSteps(model);
  return { steps, pages: steps.map(shown) };
})));
"""

Steps = list[dict[str, str]]


class Told(NamedTuple):
    """The steps of a plan, and what the page shows at the address of each."""

    steps: Steps
    pages: list[dict[str, Any]]


@pytest.fixture(scope="module")
def one(kept_plan: Any) -> Told:
    """What is told of the single plan."""
    return tell(read_model(kept_plan))[0]


@pytest.fixture(scope="module")
def record_model(record: Engine) -> PageModel:
    """The whole record, as the page of all plans has it."""
    return read_model(network.project_record(record))


@pytest.fixture(scope="module")
def whole(record_model: PageModel) -> list[Told]:
    """What is told of each plan of the record, all in one run."""
    return tell(record_model)


def tell(record: PageModel) -> list[Told]:
    """Return what the page's own scripts say of each plan of a record."""
    node = shutil.which("node")
    if node is None:
        if "browser" in required():
            pytest.fail("HWBS_REQUIRE asks for a browser, and Node.js is not installed")
        pytest.skip("Node.js is not installed")
    drawn = build_network(record)
    run = subprocess.run(
        [node, "--input-type=module", "-e", TOLD],
        cwd=STATIC,
        input=page_json(record, drawn.nodes, drawn.edges, OPTIONS),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [Told(**each) for each in json.loads(run.stdout)]


def default_steps(record: PageModel) -> Steps:
    """Return the steps of the plan on which the page of a record opens."""
    return tell(record)[record.start].steps


def sentence(steps: Steps, title: str) -> str:
    return next(step["sentence"] for step in steps if step["title"] == title)


def words(step: dict[str, str]) -> dict[str, str]:
    return dict(parse_qsl(step["hash"][1:]))


def test_the_default_steps_go_from_the_whole_to_the_parts(one: Told) -> None:
    titles = [step["title"] for step in one.steps]
    assert titles == [
        "The whole plan",
        *(f"Healthy {name}" for name in ("Places", "Minds", "Start", "Lives", "Ageing")),
        "Where does Public Health appear?",
        "Where does Neighbourhood & Environmental Services appear?",
        "Where does Planning, Development & Transportation appear?",
        "Few partners: 4 Take steps to reduce social isolation and loneliness amongst people"
        " living in the city",
        "What is asked of Neighbourhood & Environmental Services?",
        "The partners as a grid",
        "Who works with whom?",
        "Who stands between themes?",
        "Which objectives share partners?",
    ]


def test_the_default_steps_say_what_the_plan_holds(one: Told) -> None:
    steps = one.steps
    assert sentence(steps, "The whole plan") == (
        "Leicester Joint Health and Wellbeing Strategy, Action plan 2019: five themes,"
        " 19 objectives, 51 actions, 35 partners."
    )
    assert sentence(steps, "Healthy Minds") == (
        "Three objectives, nine actions and 20 partners."
        " Ambition: “Make Leicester a place for healthy minds”."
    )
    assert steps[9]["sentence"] == (
        "Two partners are linked to its one action; none of the 19 objectives has fewer."
    )


def test_a_default_step_shows_as_much_as_it_says(one: Told) -> None:
    steps, pages = one
    assert [(page["objectives"], page["leaves"], page["partners"]) for page in pages[:2]] == [
        (19, 51, 35),
        (4, 13, 20),
    ]
    for step, page in list(zip(steps, pages, strict=True))[6:9]:
        assert f" is named in {page['leaves']} of 51 actions" in step["sentence"]
        assert page["select"] == page["only"] == words(step)["only"]
    assert (pages[9]["leaves"], pages[9]["partners"]) == (1, 2)


def test_no_word_of_a_default_address_is_lost_on_the_page(whole: list[Told]) -> None:
    assert len(whole) > 3
    for start, (steps, pages) in enumerate(whole):
        assert len(steps) > 5
        for step, page in zip(steps, pages, strict=True):
            told = words(step)
            assert (page["view"], page["plan"]) == (told.get("view", "map"), start)
            assert page["select"] == told.get("select")
            assert page["only"] == told.get("only")
            assert page["theme"] == ([told["theme"]] if "theme" in told else [])
            assert (page["other"] is None) == ("with" not in told)


def test_the_whole_record_adds_coverage_continuity_and_families(
    whole: list[Told], record_model: PageModel
) -> None:
    steps = whole[record_model.start].steps
    assert sentence(steps, "The whole plan").endswith(
        ": five themes, 19 objectives, 51 actions, 35 partners."
    )
    assert [*dict.fromkeys(words(step).get("view", "map") for step in steps)] == [
        *("map", "grid", "sheet", "network", "between", "missing", "shared"),
        *("rainbow", "coverage", "continuity", "families"),
    ]
    assert sentence(steps, "Where does Neighbourhoods & Environment appear?") == (
        "Neighbourhoods & Environment is named in 29 of 51 actions, in four of the five themes."
    )
    assert sentence(steps, "Healthy Places").endswith(
        "Ambition in the Leicester action plan 2019 (draft): “Make Leicester the healthiest"
        " environment to live and work in”."
    )


def test_continuity_counts_what_the_alignments_say(
    whole: list[Told], record_model: PageModel
) -> None:
    steps = whole[record_model.start].steps
    said = sentence(steps, "What became of it: Healthy Places")
    rows = [row for row in record_model.alignments if row.plans == (1, 2)]
    kinds = {kind: [row for row in rows if row.type == kind] for kind in ("new", "dropped")}
    assert (len(kinds["new"]), len(kinds["dropped"])) == (3, 22)
    assert "three priorities are new; three objectives and 19 actions were dropped" in said
    assert "; these links are suggested, not printed. Here: From " in said
    themes = [words(step)["theme"] for step in steps if "What became" in step["title"]]
    assert len(themes) == len(set(themes)) == 5


def test_a_plan_without_partners_says_nothing_of_partners(whole: list[Told]) -> None:
    steps = whole[2].steps
    assert not [step for step in steps if "partner" in step["title"] + step["sentence"]]
    assert sentence(steps, "The whole plan").endswith(
        ": five themes, 19 priorities, 18 focus areas."
    )


def test_a_suggested_link_is_not_said_to_be_printed(plan: Any) -> None:
    for edge in [*plan.in_edges("https://w3id.org/hwbs/id/partner/public-health")][:2]:
        plan.edges[edge]["basis"] = "curated judgement"
    assert sentence(default_steps(read_model(plan)), "Where does Public Health appear?") == (
        "Public Health is linked to 48 of 51 actions, in all five themes;"
        " two of the 48 links are not printed."
    )


def test_an_empty_record_and_one_of_partners_alone_have_no_steps() -> None:
    empty: Any = networkx.DiGraph()
    assert default_steps(read_model(empty)) == []
    empty.add_node("p", kind="partner", label="Alone")
    assert default_steps(read_model(empty)) == []


def test_a_single_theme_has_the_steps_it_has_something_for() -> None:
    graph: Any = networkx.DiGraph(title="Small")
    graph.add_node("t", kind="theme", label="Only theme")
    assert default_steps(read_model(graph)) == [
        {"title": "The whole plan", "sentence": "Small: one theme.", "hash": "#"}
    ]


def test_objectives_with_equally_many_partners_are_not_told_apart() -> None:
    graph: Any = networkx.DiGraph(title="Small")
    graph.add_node("partner", kind="partner", label="Partner")
    for number in range(3):
        graph.add_node(f"o{number}", kind="objective", label=f"Objective {number}")
        graph.add_node(f"a{number}", kind="action", label=f"Action {number}")
        graph.add_edge(f"o{number}", f"a{number}", basis="stated in document")
        graph.add_edge(f"a{number}", "partner", basis="stated in document")
    titles = [step["title"] for step in default_steps(read_model(graph))]
    assert not [title for title in titles if "ew" in title]


def test_hostile_names_stay_within_one_line_and_an_address_the_page_reads(hostile: Any) -> None:
    steps, pages = tell(read_model(hostile))[0]
    assert len(steps) > 3
    for step in steps:
        assert step["hash"].isascii()
        assert len(step["hash"]) <= 8000
        assert len(step["title"]) <= 400
        assert "\n" not in step["title"] + step["sentence"]
    for step, page in zip(steps, pages, strict=True):
        assert page["select"] == words(step).get("select")


def test_a_page_is_written_where_v8_is_missing(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    assert "plan-data" in render_view(plan)
    with pytest.raises(MissingExtraError, match="print"):
        render_svg(plan)
