"""What Present shows: steps made from the data, and steps from a file of one's own."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ROOT, Hwbs, required

from hwbs_graph import network
from hwbs_graph.errors import DataError, HwbsError, PathError, UsageError
from hwbs_graph.store import Engine
from hwbs_graph.view import load_steps, render_svg, render_view
from hwbs_graph.view.drawing_model import read_record
from hwbs_graph.view.page.payload import page_data
from hwbs_graph.view.page.pyvis_network import OPTIONS, draw
from hwbs_graph.view.present.steps import read_steps
from hwbs_graph.view.records import Record

STATIC = ROOT / "src" / "hwbs_graph" / "view" / "scripts"
#: The steps that the page makes where it is given none.
DEFAULT_STEPS = """
import { readFileSync } from "node:fs";
import { buildModel } from "./record/model.js";
import { defaultSteps } from "./record/steps.js";
console.log(JSON.stringify(defaultSteps(buildModel(JSON.parse(readFileSync(0, "utf8")).data))));
"""
#: What the page makes of an address: what it keeps of it, and how much it shows.
OPENED = """
import { readFileSync } from "node:fs";
import { readAddress } from "./record/address.js";
import { applyFilters } from "./record/filters.js";
import { buildModel, idsOfKind } from "./record/model.js";
const {data, hashes} = JSON.parse(readFileSync(0, "utf8"));
const model = buildModel(data);
console.log(JSON.stringify(hashes.map((hash) => {
  const state = readAddress(hash, model);
  const shown = applyFilters(model, state);
  const key = (id) => (id === null ? null : model.nodes[id].key);
  return {
    view: state.view, plan: state.plan, other: state.other, select: key(state.selected),
    only: key(state.only), theme: state.themes.map(key), units: shown.units.size,
    partners: idsOfKind(model, "partner", shown.nodes).length,
    objectives: idsOfKind(model, "objective", shown.nodes).length,
  };
})));
"""

Steps = list[dict[str, str]]


@pytest.fixture
def one(plan: Any) -> Record:
    """The record of the single plan."""
    return read_record(plan)


@pytest.fixture(scope="module")
def whole(record: Engine) -> Record:
    """The whole record, as the page of all plans has it."""
    return read_record(network.project_record(record))


def run_scripts(script: str, record: Record, steps: Steps | None) -> Any:
    """Return what the page's own scripts say of a record."""
    node = shutil.which("node")
    if node is None:
        if "browser" in required():
            pytest.fail("HWBS_REQUIRE asks for a browser, and Node.js is not installed")
        pytest.skip("Node.js is not installed")
    drawn = draw(record)
    data = page_data(record, drawn.nodes, drawn.edges, OPTIONS, steps)
    told = json.dumps({"data": data, "hashes": [step["hash"] for step in steps or ()]})
    run = subprocess.run(
        [node, "--input-type=module", "-e", script],
        cwd=STATIC,
        input=told,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def default_steps(record: Record) -> Steps:
    steps: Steps = run_scripts(DEFAULT_STEPS, record, None)
    return steps


def opened(record: Record, steps: Steps) -> list[dict[str, Any]]:
    """Return what the page makes of the addresses of `steps`."""
    found: list[dict[str, Any]] = run_scripts(OPENED, record, steps)
    return found


def sentence(steps: Steps, title: str) -> str:
    return next(step["sentence"] for step in steps if step["title"] == title)


def words(step: dict[str, str]) -> dict[str, str]:
    return dict(parse_qsl(step["hash"][1:]))


def test_the_default_steps_go_from_the_whole_to_the_parts(one: Record) -> None:
    titles = [step["title"] for step in default_steps(one)]
    assert titles == [
        "The whole plan",
        *(f"Healthy {name}" for name in ("Places", "Minds", "Start", "Lives", "Ageing")),
        "Where does Public Health appear?",
        "Where does Neighbourhood & Environmental Services appear?",
        "Where does Planning, Development & Transportation appear?",
        "Few partners: 4 Take steps to reduce social isolation and loneliness amongst people"
        " living in the city",
        "The partners as a grid",
    ]


def test_the_default_steps_say_what_the_plan_holds(one: Record) -> None:
    steps = default_steps(one)
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


def test_a_default_step_shows_as_much_as_it_says(one: Record) -> None:
    steps = default_steps(one)
    pages = opened(one, steps)
    assert [(page["objectives"], page["units"], page["partners"]) for page in pages[:2]] == [
        (19, 51, 35),
        (4, 13, 20),
    ]
    for step, page in list(zip(steps, pages, strict=True))[6:9]:
        assert f" is named in {page['units']} of 51 actions" in step["sentence"]
        assert page["select"] == page["only"] == words(step)["only"]
    assert (pages[9]["units"], pages[9]["partners"]) == (1, 2)


def test_no_word_of_a_default_address_is_lost_on_the_page(whole: Record) -> None:
    for start in range(len(whole.plans)):
        record = dataclasses.replace(whole, start=start)
        steps = default_steps(record)
        assert len(steps) > 5
        for step, page in zip(steps, opened(record, steps), strict=True):
            told = words(step)
            assert (page["view"], page["plan"]) == (told.get("view", "map"), start)
            assert page["select"] == told.get("select")
            assert page["only"] == told.get("only")
            assert page["theme"] == ([told["theme"]] if "theme" in told else [])
            assert (page["other"] is None) == ("with" not in told)


def test_the_whole_record_adds_coverage_continuity_and_families(whole: Record) -> None:
    steps = default_steps(whole)
    assert sentence(steps, "The whole plan").endswith(
        ": five themes, 19 objectives, 51 actions, 35 partners."
    )
    assert [words(step)["view"] for step in steps[-4:]] == [
        *("grid", "coverage", "continuity", "families")
    ]
    assert sentence(steps, "Where does Neighbourhoods & Environment appear?") == (
        "Neighbourhoods & Environment is named in 29 of 51 actions, in four of the five themes."
    )
    assert sentence(steps, "Healthy Places").endswith(
        "Ambition in the Leicester action plan 2019 (draft): “Make Leicester the healthiest"
        " environment to live and work in”."
    )


def test_continuity_counts_what_the_alignments_say(whole: Record) -> None:
    said = sentence(default_steps(whole), "What became of it?")
    rows = [row for row in whole.alignments if row.plans == (1, 2)]
    kinds = {kind: [row for row in rows if row.type == kind] for kind in ("new", "dropped")}
    assert (len(kinds["new"]), len(kinds["dropped"])) == (3, 8)
    assert "three priorities are new; two objectives and six actions were dropped" in said
    assert said.endswith("; these links are suggested, not printed.")


def test_a_plan_without_partners_says_nothing_of_partners(whole: Record) -> None:
    steps = default_steps(dataclasses.replace(whole, start=2))
    assert not [step for step in steps if "partner" in step["title"] + step["sentence"]]
    assert sentence(steps, "The whole plan").endswith(
        ": five themes, 19 priorities, 18 focus areas."
    )


def test_a_suggested_link_is_not_said_to_be_printed(plan: Any) -> None:
    for edge in [*plan.in_edges("https://w3id.org/hwbs/id/partner/public-health")][:2]:
        plan.edges[edge]["basis"] = "curated judgement"
    assert sentence(default_steps(read_record(plan)), "Where does Public Health appear?") == (
        "Public Health is linked to 48 of 51 actions, in all five themes;"
        " two of the 48 links are not printed."
    )


def test_an_empty_record_and_one_of_partners_alone_have_no_steps() -> None:
    empty: Any = networkx.DiGraph()
    assert default_steps(read_record(empty)) == []
    empty.add_node("p", kind="partner", label="Alone")
    assert default_steps(read_record(empty)) == []


def test_a_single_theme_has_the_steps_it_has_something_for() -> None:
    graph: Any = networkx.DiGraph(title="Small")
    graph.add_node("t", kind="theme", label="Only theme")
    assert default_steps(read_record(graph)) == [
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
    titles = [step["title"] for step in default_steps(read_record(graph))]
    assert not [title for title in titles if "ew" in title]


def test_hostile_names_stay_within_one_line_and_an_address_the_page_reads(hostile: Any) -> None:
    record = read_record(hostile)
    steps = default_steps(record)
    assert len(steps) > 3
    for step in steps:
        assert step["hash"].isascii()
        assert len(step["hash"]) <= 8000
        assert len(step["title"]) <= 400
        assert "\n" not in step["title"] + step["sentence"]
    for step, page in zip(steps, opened(record, steps), strict=True):
        assert page["select"] == words(step).get("select")


def written(path: Path, text: str, name: str = "steps.yaml") -> Path:
    path = path / name
    path.write_text(text, "utf-8")
    return path


def test_the_example_file_runs_over_the_record_and_over_its_plan(
    record: Engine, whole: Record
) -> None:
    path = ROOT / "docs" / "steps-example.yaml"
    for known in (whole, read_record(network.project_plan(record))):
        steps = read_steps(path, known)
        assert len(steps) == 8
        for step, page in zip(steps, opened(known, steps), strict=True):
            assert page["select"] == words(step).get("select")
            assert page["units"]
    assert "docs/steps-example.yaml" in (ROOT / "README.md").read_text("utf-8")


def test_yaml_and_json_say_the_same(plan: Any, tmp_path: Path) -> None:
    yaml = written(
        tmp_path,
        "steps:\n- title: Both\n  sentence: >\n    Two\n    lines\n  theme: [healthy minds,"
        " HEALTHY PLACES]\n  view: Grid\n  partner: housing\n",
    )
    steps = [
        {
            "title": "Both",
            "sentence": "Two lines",
            "theme": ["Healthy Minds", "Healthy Places"],
            "view": "grid",
            "partner": "partner/housing",
        }
    ]
    other = written(tmp_path, "\ufeff" + json.dumps(steps), "steps.JSON")
    address = (
        "#view=grid&plan=leicester-2019&theme=leicester-2019/theme/minds"
        "&theme=leicester-2019/theme/places&partner=partner/housing"
    )
    wanted = [{"title": "Both", "sentence": "Two lines", "hash": address}]
    assert load_steps(yaml, plan) == load_steps(other, plan) == wanted


def test_a_name_is_that_of_the_plan_the_step_shows(whole: Record, tmp_path: Path) -> None:
    text = (
        "- {title: a, theme: Places}\n- {title: b, theme: Places, plan: Leicester 2022}\n"
        "- {title: c, select: Priority 13, view: continuity}\n"
        "- {title: d, select: determinant/housing}\n- {title: e, only: ccg, basis: Stated in"
        " document, show: determinants, document: leicester strategy 2022-27}\n"
    )
    steps = read_steps(written(tmp_path, text), whole)
    assert words(steps[0])["theme"] == "id/leicester-2019/theme/places"
    assert words(steps[1])["theme"] == "id/leicester-2022/theme/places"
    assert words(steps[2])["select"] == "id/leicester-2022/priority/13"
    assert words(steps[3])["select"] == "scheme/determinant/housing"
    assert words(steps[4]) == {
        **{"view": "map", "plan": "leicester-2019/action-plan", "show": "determinants"},
        **{"only": "id/partner/ccg-leicester-city", "document": "Leicester strategy 2022-27"},
        "basis": "stated in document",
    }


def test_a_copied_link_keeps_what_it_shows_and_not_how_the_room_was(
    one: Record, tmp_path: Path
) -> None:
    key = "leicester-2019%2Ftheme/minds"
    text = f"- title: a\n  link: file:///C:/x%20y/v.html#view=list&theme={key}&step=4&dark=1\n"
    assert read_steps(written(tmp_path, text), one)[0]["hash"] == (
        "#view=list&theme=leicester-2019/theme/minds"
    )


REFUSED = {
    "title: a": "s.yaml holds no list of steps; write a list",
    "": "s.yaml holds no list of steps",
    "[]": "s.yaml lists no step; write at least one",
    "- a": "s.yaml, step 1: a step is written as “title: ...” and so on, not as text.",
    "- {title: a}\n- {sentence: b}": "s.yaml, step 2: it has no “title”; add one.",
    "- title: 3": "step 1: its “title” is a number, not text; put it in quotation marks.",
    "- title: no": "its “title” is yes or no, not text",
    "- title: ''": "its “title” is empty; write something",
    "- title: [a]": "its “title” is a list, not text",
    "- title:": "its “title” is empty, not text",
    "- {title: a, tilte: b}": "step 1: there is no key “tilte”; did you mean title?",
    "- {title: a, Theme: b}": "there is no key “Theme”; did you mean theme?",
    "- {title: a, 1: b}": "there is no key “1”",
    "- {title: a, partner: Hosuing}": "there is no partner “Hosuing”; did you mean Housing?",
    "- {title: a, theme: Housing}": "there is no theme “Housing”",
    "- {title: a, theme: []}": "its “theme” is an empty list",
    "- {title: a, theme: [[a]]}": "its “theme” is a list, not text",
    "- {title: a, determinant: Housing}": "there is no determinant “Housing”.",
    "- {title: a, select: 1a}": "“1a” names 5 things; give one of: leicester-2019/action/places-1a",
    "- {title: a, view: mapp}": "there is no view “mapp”; did you mean map?",
    "- {title: a, show: actions}": "there is no choice for “show” “actions”",
    "- {title: a, plan: Leicester 2022}": "there is no plan “Leicester 2022”",
    "- {title: a, basis: x}": "did you mean curated judgement or stated in document?",
    "- {title: a, document: x}": "there is no document “x”; did you mean Action plan 2019?",
    "- {title: a, link: x}": "its “link” has no “#”",
    "- {title: a, link: '#a', view: map}": "it has a “link” and also “view”",
    "- {title: a, link: '#select=x'}": "its “link” has the select “x”, which this record does not",
    "- {title: a, link: '#view=x'}": "its “link” has the view “x”",
    "- {title: a, link: '#veiw=map'}": "its “link” has “veiw”, which is unknown or there twice",
    "- {title: a, link: '#view=map&view=list'}": "its “link” has “view”, which is unknown or",
    "- {title: a, link: '#partner=leicester-2019/theme/minds'}": "its “link” has the partner",
    f"- title: {'a' * 401}": "its “title” has 401 characters; keep it to 400.",
    f"- {{title: a, sentence: {'a' * 401}}}": "its “sentence” has 401 characters",
    "- {title: a}\n" * 201: "s.yaml lists 201 steps; keep it to 200 or fewer.",
    "- title: a\n  title: b": "s.yaml, line 2, column 3: “title” is there twice; keep one.",
    "- title: a\n bad: [": "s.yaml, line 2, column 2: ",
    "- &a {title: a}\n- *a": "s.yaml, line 2, column 3: “*a” repeats another place",
    "[" * 100_000: "s.yaml is nested too deeply",
    "- !!python/object/apply:os.system [x]": "s.yaml, line 1, column 3: could not determine",
    "- title: 2019-99-99": "s.yaml holds a date or number that is none",
    f"- title: {'9' * 9999}": "s.yaml holds a date or number that is none",
    "- title: a\x07": "s.yaml: control characters are not allowed; write plain text in UTF-8.",
    "- title: a\n---\n- title: b": "expected a single document in the stream but found another",
    "# " + "a" * 1_000_000: "s.yaml is larger than one megabyte",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    text: str, one: Record, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, text, "s.yaml"), one)
    said = str(caught.value)
    assert REFUSED[text] in said
    assert "\n" not in said
    assert said[-1] in ".?"


REFUSED_JSON = {
    '[{"title": "a"},]': "s.json, line 1, column 1",
    '[{"title": "a", "title": "b"}]': "s.json: “title” is there twice; keep one.",
    "[" * 100_000: "s.json is nested too deeply",
    "9" * 9999: "s.json holds a number too long",
    '[{"title": NaN}]': "its “title” is a number, not text",
}


@pytest.mark.parametrize("text", REFUSED_JSON, ids=lambda text: text[:30])
def test_json_is_refused_as_clearly(text: str, one: Record, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, text, "s.json"), one)
    assert REFUSED_JSON[text] in str(caught.value)


def test_what_another_plan_holds_is_said_to_stand_there(whole: Record, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, "- {title: a, theme: Best Start}"), whole)
    assert str(caught.value) == (
        "steps.yaml, step 1: “Best Start” stands in Leicestershire 2022, not in Leicester 2019"
        " action plan; write “plan: Leicestershire 2022”."
    )
    with pytest.raises(DataError, match=r"“Housing” names 2 things.*\(determinant Housing\)\.$"):
        read_steps(written(tmp_path, "- {title: a, select: Housing}"), whole)


def test_a_file_that_is_none_is_refused(one: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.yaml, \.yml or \.json, not steps\.txt\.$"):
        read_steps(written(tmp_path, "[]", "steps.txt"), one)
    with pytest.raises(PathError, match="No such file"):
        read_steps(tmp_path / "none.yaml", one)
    (tmp_path / "folder.yml").mkdir()
    with pytest.raises(PathError):
        read_steps(tmp_path / "folder.yml", one)
    (tmp_path / "latin.yaml").write_bytes("- title: caf\xe9".encode("latin-1"))
    with pytest.raises(PathError, match="is not UTF-8"):
        read_steps(tmp_path / "latin.yaml", one)


def tried(path: Path, known: Record) -> tuple[Steps, str | None]:
    """Return the steps of a file, or what is said of it; no other error is ours."""
    try:
        return read_steps(path, known), None
    except HwbsError as error:
        return [], str(error)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(["title", "sentence", "link", "view", "theme", "select", "only", "partner"])
NAMES = st.sampled_from(["Housing", "Healthy Minds", "1a", "#view=map", "map"])
STEP = st.dictionaries(KEYS, SCALARS | NAMES | st.lists(SCALARS | NAMES, max_size=3))
LISTS = st.lists(STEP | SCALARS, max_size=3)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@ANY
@given(steps=LISTS | st.dictionaries(st.text(max_size=6), LISTS))
def test_any_list_is_read_whole_or_refused(steps: Any, one: Record, tmp_path: Path) -> None:
    found, said = tried(written(tmp_path, json.dumps(steps), "any.json"), one)
    assert said is None or said.startswith("any.json")
    if said is None:
        assert len(found) == len(steps["steps"] if isinstance(steps, dict) else steps)
        assert all(step["title"] and step["hash"].startswith("#") for step in found)


@ANY
@given(text=st.text(alphabet="ab:-[]{}&*!?|>'\"#%@,\n\t 019~<=\x00é", max_size=60))
def test_any_text_is_yaml_or_refused(text: str, one: Record, tmp_path: Path) -> None:
    _, said = tried(written(tmp_path, text, "any.yaml"), one)
    assert said is None or "any.yaml" in said


def test_the_command_takes_steps_and_says_where_one_is_wrong(hwbs: Hwbs, tmp_path: Path) -> None:
    page = tmp_path / "view.html"
    wrong = written(tmp_path, "- {title: a, partner: Hosuing}")
    run = hwbs("view", "-o", page, "--steps", wrong)
    assert (run.code, page.exists()) == (2, False)
    assert "steps.yaml, step 1: there is no partner “Hosuing”; did you mean Housing?" in run.err
    run = hwbs("view", "-o", page, "--steps", ROOT / "docs" / "steps-example.yaml")
    assert run.code == 0, run.err
    run = hwbs("view", "--pdf", tmp_path / "x.pdf", "--steps", wrong)
    assert run.code == 2
    assert "Only the HTML file shows --steps" in run.err


def test_a_page_is_written_where_v8_is_missing(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    assert "plan-data" in render_view(plan)
    with pytest.raises(ImportError):
        render_svg(plan)
