"""Steps of one's own for Present: what a file says, and what is said of a file that is wrong."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ROOT, Hwbs

from hwbs_graph import names, network
from hwbs_graph.errors import DataError, HwbsError, PathError, UsageError
from hwbs_graph.store import Engine
from hwbs_graph.view import read_steps
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.print.v8_layout import make_drawings

Steps = list[dict[str, str]]
Drawn = tuple[Engine, Any]


@pytest.fixture(scope="module")
def drawn(record: Engine) -> Drawn:
    """The record, and the graph that the page of all plans draws."""
    return record, network.project_record(record)


@pytest.fixture(scope="module")
def small_drawn(small: Engine) -> Drawn:
    """The same of the small plan, in which names are found quickly."""
    return small, network.project_record(small)


def words(step: dict[str, str]) -> dict[str, str]:
    return dict(parse_qsl(step["hash"][1:]))


def written(path: Path, text: str, name: str = "steps.yaml") -> Path:
    path = path / name
    path.write_text(text, "utf-8")
    return path


def test_the_examples_say_the_same_and_show_something(drawn: Drawn) -> None:
    steps = read_steps(ROOT / "examples" / "steps.toml", *drawn)
    assert steps == read_steps(ROOT / "examples" / "steps.yaml", *drawn)
    assert [words(step).get("select") for step in steps if "select" in step["hash"]] == [
        "id/leicester-2019/action/minds-3c",
        "id/partner/suicide-prevention-partnership",
    ]
    record = read_model(drawn[1])
    drawings = make_drawings(record, "A3", [step["hash"] for step in steps])
    assert len(drawings) == 8
    assert all(drawing.nodes for drawing in drawings)
    assert len(drawings[1].nodes) < len(drawings[0].nodes)
    assert "--steps steps.toml" in (ROOT / "README.md").read_text("utf-8")


def test_toml_json_and_yaml_say_the_same(drawn: Drawn, tmp_path: Path) -> None:
    yaml = (
        "steps:\n- title: Both\n  sentence: >\n    Two\n    lines\n  theme: [healthy minds,"
        " HEALTHY PLACES]\n  view: Grid\n  partner: [housing, finance]\n"
        "  match: Any\n"
    )
    toml = (
        '[[steps]]\ntitle = "Both"\nsentence = """Two\nlines"""\nview = "grid"\n'
        'theme = ["Minds", "leicester-2019/theme/places"]\npartner = ["Housing", "Finance"]\n'
        'match = "any"\n'
    )
    steps = [
        {
            "title": "Both",
            "sentence": "Two lines",
            "theme": ["Healthy Minds", "id/leicester-2019/theme/places", "Minds"],
            "view": "grid",
            "partner": ["partner/housing", "Finance"],
            "match": "any",
        }
    ]
    address = (
        "#view=grid&plan=leicester-2019/action-plan&theme=id/leicester-2019/theme/minds"
        "&theme=id/leicester-2019/theme/places&partner=id/partner/housing"
        "&partner=id/partner/finance&match=any"
    )
    wanted = [{"title": "Both", "sentence": "Two lines", "hash": address}]
    for text, name in (
        (yaml, "steps.yaml"),
        (toml, "steps.toml"),
        ("\ufeff" + json.dumps(steps), "steps.JSON"),
    ):
        assert read_steps(written(tmp_path, text, name), *drawn) == wanted


def test_a_name_is_that_of_the_plan_the_step_shows(drawn: Drawn, tmp_path: Path) -> None:
    text = (
        "- {title: a, theme: Places}\n- {title: b, theme: Places, plan: Leicester 2022}\n"
        "- {title: c, select: Priority 13, view: continuity}\n"
        "- {title: d, select: 'determinant:housing'}\n- {title: e, only: ccg, basis: Stated in"
        " document, show: determinants, document: leicester strategy 2022-27}\n"
        "- {title: f, partner: Staying Healthy Partnership Board}\n"
    )
    steps = read_steps(written(tmp_path, text), *drawn)
    assert words(steps[0])["theme"] == "id/leicester-2019/theme/places"
    assert words(steps[1])["theme"] == "id/leicester-2022/theme/places"
    assert words(steps[2])["select"] == "id/leicester-2022/priority/13"
    assert words(steps[3])["select"] == "scheme/determinant/housing"
    assert words(steps[4]) == {
        "view": "map",
        "plan": "leicester-2019/action-plan",
        "show": "determinants",
        "only": "id/partner/ccg-leicester-city",
        "document": "Leicester strategy 2022-27",
        "basis": "stated in document",
    }
    assert words(steps[5])["partner"].endswith("staying-healthy-partnership-board")


def test_a_thing_goes_by_its_path_and_by_what_the_map_prints(drawn: Drawn, tmp_path: Path) -> None:
    printed = next(
        f"{node['code']} {node['label']}"
        for iri, node in drawn[1].nodes(data=True)
        if iri.endswith("leicester-2019/action/minds-3c")
    )
    text = json.dumps(
        [
            {"title": "a", "select": "determinant/housing"},
            {"title": "b", "select": printed},
            {"title": "c", "select": printed.upper(), "plan": "Leicester 2019 action plan"},
        ]
    )
    selected = [words(step)["select"] for step in read_steps(written(tmp_path, text), *drawn)]
    action = "id/leicester-2019/action/minds-3c"
    assert selected == ["scheme/determinant/housing", action, action]


def test_the_names_are_read_once_for_all_steps(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[Engine] = []
    read = names.list_names

    def count(engine: Engine, *given: Any) -> Any:
        readings.append(engine)
        return read(engine, *given)

    monkeypatch.setattr(names, "list_names", count)
    text = "".join(
        f"- {{title: a, partner: {name}}}\n" for name in ("Housing", "ccg", "Sports Service")
    )
    assert len(read_steps(written(tmp_path, text), *drawn)) == 3
    assert len(readings) == 1


def test_a_copied_link_keeps_what_it_shows_and_not_how_the_room_was(
    drawn: Drawn, tmp_path: Path
) -> None:
    key = "id/leicester-2019%2Ftheme/minds"
    text = f"- title: a\n  link: file:///C:/x%20y/v.html#view=list&theme={key}&step=4&dark=1\n"
    assert read_steps(written(tmp_path, text), *drawn)[0]["hash"] == (
        "#view=list&theme=id/leicester-2019/theme/minds"
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
    "- {title: a, select: Hosuing}": "did you mean partner/housing or determinant:housing?",
    "- {title: a, theme: Housing}": "there is no theme “Housing”",
    "- {title: a, theme: []}": "its “theme” is an empty list",
    "- {title: a, theme: [[a]]}": "its “theme” is a list, not text",
    "- {title: a, determinant: Minds}": "there is no determinant “Minds”.",
    "- {title: a, select: 1a}": "“1a” names 5 things; give one of: “leicester-2019/action/a",
    "- {title: a, view: mapp}": "there is no view “mapp”; did you mean map?",
    "- {title: a, show: actions}": "there is no choice for “show” “actions”",
    "- {title: a, plan: Leicester 2023}": "there is no plan “Leicester 2023”; did you mean Leic",
    "- {title: a, basis: x}": "did you mean curated judgement or stated in document?",
    "- {title: a, document: x}": "no document “x”; did you mean Leicester action plan 2019",
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
    "- &a {title: a}\n- *a": "s.yaml, line 1, column 3: “&” names or repeats another place",
    "[" * 1000: "s.yaml is nested too deeply",
    "- !!python/object/apply:os.system [x]": "s.yaml, line 1, column 3: “!” names or repeats",
    "- title: 2019-99-99": "s.yaml holds a date or number that is none",
    f"- title: {'9' * 9999}": "s.yaml holds a date or number that is none",
    "- title: a\x07": "s.yaml: special characters are not allowed; write plain text in UTF-8.",
    "- title: a\n---\n- title: b": "expected a single document in the stream but found another",
    "# " + "a" * 1_000_000: "s.yaml is larger than one megabyte",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    text: str, drawn: Drawn, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, text, "s.yaml"), *drawn)
    said = str(caught.value)
    assert REFUSED[text] in said
    assert "\n" not in said
    assert said[-1] in ".?"


#: What JSON and TOML have of their own.
REFUSED_ELSEWHERE = {
    '[{"title": "a"},]': "s.json, line 1, column 1",
    '[{"title": "a", "title": "b"}]': "s.json: “title” is there twice; keep one.",
    "[" * 100_000: "s.json is nested too deeply",
    "9" * 9999: "s.json holds a date or number that is none",
    '[{"title": NaN}]': "its “title” is a number, not text",
    "[[steps]]\ntitle = 'a'\ntitle = 'b'": "s.toml: cannot overwrite a value",
    "[[steps]]\ntitle = a": "s.toml: invalid value (at line 2, column 9).",
    "[steps]\ntitle = 'a'": "s.toml holds no list of steps",
    "[[steps]]\ntitle = 2026-01-01": "s.toml, step 1: its “title” is something else, not text",
    f"a = {'9' * 9999}": "s.toml holds a date or number that is none",
    f"a = {'[' * 100_000}": "s.toml is nested too deeply",
}


@pytest.mark.parametrize("text", REFUSED_ELSEWHERE, ids=lambda text: text[:30])
def test_json_and_toml_are_refused_as_clearly(text: str, drawn: Drawn, tmp_path: Path) -> None:
    said = REFUSED_ELSEWHERE[text]
    name = "s.toml" if "toml" in said else "s.json"
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, text, name), *drawn)
    assert said in str(caught.value)


def test_what_another_plan_holds_is_said_to_stand_there(drawn: Drawn, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_steps(written(tmp_path, "- {title: a, theme: Best Start}"), *drawn)
    assert str(caught.value) == (
        "steps.yaml, step 1: “Best Start” stands in Leicestershire 2022, not in Leicester 2019"
        " action plan; write “plan: Leicestershire 2022”."
    )
    for path, said in (
        ("leicester-2022/theme/places", "stands in Leicester 2022, not in Leicester 2019 action"),
        ("https://w3id.org/hwbs/id/leicester-2019", "there is no thing"),
    ):
        with pytest.raises(DataError, match=said):
            read_steps(written(tmp_path, f"- {{title: a, select: '{path}'}}"), *drawn)
    with pytest.raises(
        DataError,
        match=r"“Housing” names 2 things.*“determinant:housing” for Housing \(determinant\)\.$",
    ):
        read_steps(written(tmp_path, "- {title: a, select: Housing}"), *drawn)


def test_a_file_that_is_none_is_refused(drawn: Drawn, tmp_path: Path) -> None:
    endings = r"ends in \.toml, \.json, \.yaml or \.yml, not steps\.txt\.$"
    with pytest.raises(UsageError, match=endings):
        read_steps(written(tmp_path, "[]", "steps.txt"), *drawn)
    with pytest.raises(PathError, match="No such file"):
        read_steps(tmp_path / "none.yaml", *drawn)
    (tmp_path / "folder.yml").mkdir()
    with pytest.raises(PathError):
        read_steps(tmp_path / "folder.yml", *drawn)
    (tmp_path / "latin.yaml").write_bytes("- title: caf\xe9".encode("latin-1"))
    with pytest.raises(PathError, match="is not UTF-8"):
        read_steps(tmp_path / "latin.yaml", *drawn)


def tried(path: Path, drawn: Drawn) -> tuple[Steps, str | None]:
    """Return the steps of a file, or what is said of it; no other error is ours."""
    try:
        return read_steps(path, *drawn), None
    except HwbsError as error:
        return [], str(error)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(["title", "sentence", "link", "view", "theme", "select", "only", "partner"])
NAMES = st.sampled_from(["Housing", "Healthy Minds", "1a", "#view=map", "map"])
STEP = st.dictionaries(KEYS, SCALARS | NAMES | st.lists(SCALARS | NAMES, max_size=3))
LISTS = st.lists(STEP | SCALARS, max_size=3)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@ANY
@given(steps=LISTS | st.dictionaries(st.text(max_size=6), LISTS))
def test_any_list_is_read_whole_or_refused(steps: Any, small_drawn: Drawn, tmp_path: Path) -> None:
    found, said = tried(written(tmp_path, json.dumps(steps), "any.json"), small_drawn)
    assert said is None or said.startswith("any.json")
    if said is None:
        assert len(found) == len(steps["steps"] if isinstance(steps, dict) else steps)
        assert all(step["title"] and step["hash"].startswith("#") for step in found)


@ANY
@given(text=st.text(alphabet="ab:-[]{}&*!?|>'\"#%@,\n\t 019~<=\x00é", max_size=60))
def test_any_text_is_yaml_or_refused(text: str, small_drawn: Drawn, tmp_path: Path) -> None:
    _, said = tried(written(tmp_path, text, "any.yaml"), small_drawn)
    assert said is None or "any.yaml" in said


def test_the_command_takes_steps_and_says_where_one_is_wrong(hwbs: Hwbs, tmp_path: Path) -> None:
    page = tmp_path / "view.html"
    wrong = written(tmp_path, "- {title: a, partner: Hosuing}")
    run = hwbs("view", "-o", page, "--steps", wrong)
    assert (run.code, page.exists()) == (2, False)
    assert "steps.yaml, step 1: there is no partner “Hosuing”; did you mean Housing?" in run.err
    run = hwbs("view", "-o", page, "--steps", ROOT / "examples" / "steps.yaml")
    assert run.code == 0, run.err
    run = hwbs("view", "--pdf", tmp_path / "x.pdf", "--steps", wrong)
    assert run.code == 2
    assert "Only the HTML file shows --steps" in run.err
