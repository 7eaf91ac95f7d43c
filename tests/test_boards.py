"""Boards: a folder says whose its plans are; the record may be left out; names belong to boards."""

import json
import shutil
from pathlib import Path

import pytest
from support import BOARDS, DATA, PLANS, Hwbs

from hwbs_graph import HwbsError, open_graph
from hwbs_graph.data import corpus
from hwbs_graph.data.board import read_board
from hwbs_graph.errors import AmbiguousError, NotFoundError
from hwbs_graph.load import load
from hwbs_graph.names import find
from hwbs_graph.store import Embedded, Engine, open_disk_store
from hwbs_graph.view.selection import Selection, choose_picture

ELMSTEAD, FERNBY = BOARDS
BOTH = ("--only", "--graph", ELMSTEAD, "--graph", FERNBY)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a board's folder, to be changed."""
    return Path(shutil.copytree(ELMSTEAD, tmp_path / "elmstead"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_board_s_documents_are_verified_with_the_graph_of_its_folder(hwbs: Hwbs) -> None:
    run = hwbs("verify", ELMSTEAD)
    assert (run.code, run.out) == (0, "")
    assert run.err.splitlines() == ["P1: 11 passages looked up.", "0 problems."]
    assert hwbs("verify", FERNBY).err.splitlines()[0] == "P1: 9 passages looked up."


def test_a_changed_word_in_a_board_s_document_is_noticed(copy: Path, hwbs: Hwbs) -> None:
    edit(copy / "documents" / "plan.txt", "who live alone", "who live apart")
    run = hwbs("verify", copy, "--format", "json")
    found = json.loads(run.out)
    assert run.code == 1
    assert [each["rule"] for each in found] == ["document", "passage"]
    assert found[1]["label"] == "Visit people who live alone"


@pytest.mark.parametrize("arguments", [(), ("--only",)])
def test_documents_beside_their_graph_need_no_other_board_s(
    tmp_path: Path, hwbs: Hwbs, arguments: tuple[str, ...]
) -> None:
    shutil.copy(ELMSTEAD / "documents" / "plan.txt", tmp_path)
    graph = ELMSTEAD / "graph" / "elmstead-2020.ttl"
    told = "P1: 11 passages looked up."
    assert told in hwbs("verify", tmp_path, "--graph", graph, *arguments).err
    shutil.copy(graph, tmp_path)
    run = hwbs("verify", tmp_path)
    assert (run.code, run.err.splitlines()[0]) == (0, told)
    (tmp_path / "plan.txt").unlink()
    run = hwbs("verify", tmp_path)
    assert (run.code, "The file plan.txt is not in" in run.out) == (1, True)


def test_documents_of_one_identifier_in_two_boards_are_two(tmp_path: Path, hwbs: Hwbs) -> None:
    for board in BOARDS:
        shutil.copytree(board / "documents", tmp_path, dirs_exist_ok=True)
    run = hwbs("verify", tmp_path, "--graph", ELMSTEAD, "--graph", FERNBY)
    assert (run.code, run.err.splitlines()[0]) == (0, "P1: 20 passages looked up.")


def test_a_passage_that_no_document_can_be_asked_for_is_a_problem(copy: Path, hwbs: Hwbs) -> None:
    edit(copy / "graph" / "elmstead-2020.ttl", "    hwbs:fileName", "    hwbs:placeName")
    run = hwbs("verify", copy)
    assert (run.code, run.out.count("It cannot be looked up: add the words")) == (1, 11)


def test_a_graph_without_passages_says_that_nothing_was_looked_up(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    assert "quotes no passage, so nothing was looked up" in hwbs("verify", tmp_path).err


def test_only_leaves_the_record_out_of_every_answer(hwbs: Hwbs) -> None:
    listed = json.loads(hwbs("list", "partners", "--format", "json", *BOTH).out)
    rows = listed["results"]["bindings"]
    assert sorted(row["partnerLabel"]["value"] for row in rows) == [
        "Community Nurses",
        "Countrywide Ambulance",
        "Elmstead Borough Council",
        "Libraries",
        "Libraries",
        "Public Health",
        "Public Health",
    ]
    exported = hwbs("export", "nt", *BOTH).out
    assert "elmstead-2020" in exported
    assert "leicester-2019" not in exported
    assert hwbs("partner", "Housing", *BOTH).code == 1


def test_only_without_a_graph_says_that_nothing_is_left(hwbs: Hwbs, tmp_path: Path) -> None:
    for command in (("partner", "Housing"), ("list", "plans"), ("export", "ttl"), ("info",)):
        run = hwbs(*command, "--only")
        assert (run.code, "nothing is left to read" in run.err) == (2, True)
    run = hwbs("info", "--only", "--store", tmp_path)
    assert (run.code, "only what was loaded into it" in run.err) == (2, True)
    with pytest.raises(HwbsError, match="nothing is left"):
        open_graph(only=True)


def test_only_holds_in_python_too() -> None:
    assert [row["planLabel"] for row in open_graph(FERNBY, only=True).query("report/plans")] == [
        "Fernby action tracker 2030 to 2040"
    ]


def test_boards_are_loaded_into_a_store(tmp_path: Path, hwbs: Hwbs) -> None:
    load(tmp_path / "two.store", BOARDS)
    given = ("--format", "csv", "--store", tmp_path / "two.store")
    run = hwbs("query", "report/boards-of-plans", *given)
    assert "Elmstead Health and Wellbeing Board" in run.out
    assert "2030 to 2040" in run.out


def test_bodies_of_two_boards_may_have_one_name_and_those_of_one_board_not(
    copy: Path, hwbs: Hwbs
) -> None:
    def shared(*given: Path) -> set[str]:
        graphs = [argument for path in given for argument in ("--graph", path)]
        found = json.loads(hwbs("check", "--only", "--format", "json", *graphs).out)
        return {each["focus"][-12:] for each in found if each["rule"].endswith("shared-spelling")}

    assert shared(ELMSTEAD, FERNBY) == set()
    path = copy / "graph" / "elmstead-2020.ttl"
    edit(path, '"Community Nurses"@en', '"LIBRARIES"@en')
    assert shared(copy, FERNBY) == {"ad-libraries", "unity-nurses"}


GOOD = "title: A\nboard: board/elmstead\n"
FAULTS = {
    "": "it holds no keys",
    "- a": "it holds no keys",
    "board: board/elmstead": "it has no “title”; add one",
    "title: A": "it has no “board”; add one",
    "title: 2030\nboard: board/elmstead": "its “title” is no text",
    f"title: {'a' * 401}\nboard: board/elmstead": "its “title” has 401 characters",
    "title: A\nboard: Elmstead Board": "give an IRI, or a path such as",
    "title: A\nboard: http://a b": "give an IRI, or a path such as",
    "title: A\nboard: board/fernby": "of which the graph has no skos:prefLabel",
    f"{GOOD}colour: red": "it has the key “colour”; it may have title, board,",
    f"{GOOD}graph: other": "its “graph” is other, which is not in the folder",
    f"{GOOD}graph: []": "its “graph” lists nothing",
    f"{GOOD}graph: [1]": "its “graph” is no text",
    f"{GOOD}graph: ../fernby": "its “graph” leads out of the folder",
    f"{GOOD}graph: /etc": "its “graph” leads out of the folder",
    f"{GOOD}documents: ..": "its “documents” leads out of the folder",
    f"{GOOD}documents: hwbs.yaml": "its “documents” is a file",
    f"{GOOD}documents: other": "which is not in the folder",
    f"{GOOD}graph: documents": "holds no file ending in",
    "title: &a A\nboard: *a": "names or repeats another place",
    "title: !!python/object/apply:os.system [x]": "names or repeats another place",
    "title: A\ntitle: B": "“title” is there twice",
    "[" * 1000: "nested too deeply",
    f"# {'a' * 1_000_000}": "larger than one megabyte",
}


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:40])
def test_each_fault_of_a_board_s_file_is_one_sentence(text: str, copy: Path, hwbs: Hwbs) -> None:
    (copy / "hwbs.yaml").write_text(text, "utf-8")
    run = hwbs("list", "plans", "--only", "--graph", copy)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert FAULTS[text] in run.err
    assert str(copy) in run.err


def test_what_a_board_leaves_out_has_a_default_and_an_iri_is_an_address(copy: Path) -> None:
    (copy / "hwbs.yaml").write_text("title: A\nboard: https://a.example/b", "utf-8")
    board = read_board(copy)
    assert (board.iri.value, board.documents, board.graph) == (
        "https://a.example/b",
        copy / "documents",
        (copy / "graph",),
    )
    (copy / "hwbs.yaml").write_text(f"{GOOD}graph: .", "utf-8")
    assert read_board(copy).graph == (copy,)


def test_a_plan_without_a_board_is_still_read(hwbs: Hwbs) -> None:
    run = hwbs("list", "plans", "--only", "--graph", PLANS[0], "--graph", DATA / "small.ttl")
    assert (run.code, run.out.count("Alpha")) == (0, 2)


PUBLIC_HEALTH = "https://w3id.org/hwbs/id/partner/{}-public-health"
SAID = {
    "Public Health in Elmstead": "elmstead",
    "elmstead PUBLIC HEALTH": "elmstead",
    "Public Health, Elmstead Borough Council": "elmstead",
    "Public Health of the Elmstead Health and Wellbeing Board": None,
    "Public Health (Fernby HWB)": "fernby",
    "Fernby’s Public Health": "fernby",
    "Public Health in Fernby action tracker 2030 to 2040": "fernby",
    "Public Health Fernby 2030": "fernby",
    "Public Health in Elm": None,
    "Public Health in Elmstead and Fernby": None,
    "Health in Elmstead": None,
    "in Elmstead": None,
    "Elmstead": None,
    "Countrywide Ambulance": "ambulance",
    "Countrywide Ambulance in Fernby": "ambulance",
    "Elmstead Countrywide Ambulance": "ambulance",
}


@pytest.fixture(scope="module")
def two_boards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engine]:
    """Both boards in memory, and in a store, which looks names up in another way."""
    store = tmp_path_factory.mktemp("boards") / "two.store"
    load(store, BOARDS)
    memory = Embedded(corpus.open_store(BOARDS, corpus.vocabulary_files()))
    return {"memory": memory, "store": open_disk_store(store)}


@pytest.mark.parametrize("where", ["memory", "store"])
def test_the_board_in_a_name_decides_and_no_other_word_does(
    where: str, two_boards: dict[str, Engine]
) -> None:
    for said, key in SAID.items():
        if key is None:
            with pytest.raises(NotFoundError):
                find(two_boards[where], said, "partner")
            continue
        iri = find(two_boards[where], said, "partner").iri
        assert iri in (PUBLIC_HEALTH.format(key), f"https://w3id.org/hwbs/id/partner/{key}"), said


@pytest.mark.parametrize("where", ["memory", "store"])
def test_a_name_of_two_boards_is_never_picked_but_listed_with_whose_it_is(
    where: str, two_boards: dict[str, Engine]
) -> None:
    with pytest.raises(AmbiguousError) as caught:
        find(two_boards[where], "Public Health")
    assert caught.value.candidates == (
        ("partner/elmstead-public-health", "Public Health (partner, Elmstead Borough Council)"),
        (
            "partner/fernby-public-health",
            "Public Health (partner, Fernby Health and Wellbeing Board)",
        ),
    )
    with pytest.raises(NotFoundError) as missed:
        find(two_boards[where], "Public Health in Nowhere", "partner")
    paths = {path for path, _ in caught.value.candidates}
    assert set(missed.value.suggestions) == paths


def test_a_theme_and_an_action_are_found_with_their_board(two_boards: dict[str, Engine]) -> None:
    for said in ("Elmstead Warm and well", "Visit people who live alone in Elmstead"):
        assert "elmstead-2020/element/" in find(two_boards["memory"], said).iri


def test_questions_and_commands_take_a_name_with_its_board(hwbs: Hwbs) -> None:
    answered = hwbs("ask", "Which actions involve Libraries in Fernby?", "--format", "csv", *BOTH)
    assert "Lend coats from all libraries" in answered.out
    assert "Lend warm coats" not in answered.out
    several = hwbs("ask", "Which actions involve Libraries?", *BOTH)
    assert (several.code, "“Libraries” names 2 things" in several.err) == (1, True)
    listed = hwbs("list", "actions", "--partner", "Elmstead Public Health", *BOTH)
    assert (listed.out.count("Visit people"), listed.out.count("potholes")) == (1, 0)
    assert "Count the potholes" in hwbs("show", "Public Health in Fernby", *BOTH).out
    path = hwbs("path", "Elmstead Libraries", "Visit people who live alone", *BOTH)
    assert (path.code, path.err) == (0, "")


def test_a_body_of_both_boards_is_one(hwbs: Hwbs) -> None:
    sheet = json.loads(hwbs("partner", "Countrywide Ambulance", "--format", "json", *BOTH).out)
    assert [action["plan"] for action in sheet["actions"]] == [
        "Elmstead plan 2020 to 2023",
        "Fernby action tracker 2030 to 2040",
    ]


def test_a_name_of_the_record_stays_one_with_its_council() -> None:
    record = open_graph(*BOARDS)
    assert record.partner("Housing in Leicester") == record.partner("Housing")
    with pytest.raises(AmbiguousError, match="names 3 things"):
        record.partner("Public Health")


def test_a_view_opens_on_the_plan_of_the_board_whose_body_is_named(
    two_boards: dict[str, Engine],
) -> None:
    for said, key in (("Elmstead Libraries", ""), ("Libraries in Fernby", "plan=fernby-2030&")):
        picture = choose_picture(two_boards["memory"], Selection(partner=said))
        assert f"view=map&{key}partner=" in picture.opening
    with pytest.raises(AmbiguousError):
        choose_picture(two_boards["memory"], Selection(partner="Libraries"))


@pytest.mark.parametrize("kept", [False, True])
def test_one_of_a_hundred_and_thirty_bodies_of_one_name_is_found_by_its_board(
    kept: bool, tmp_path: Path
) -> None:
    lines = [
        f'<urn:p{n}> a hwbs:ActionPlan ; skos:prefLabel "Town {n} plan 2030" . '
        f"<urn:a{n}> a hwbs:Action ; hwbs:inPlan <urn:p{n}> . "
        f"<urn:i{n}> a hwbs:Involvement ; hwbs:action <urn:a{n}> ; hwbs:partner <urn:b{n}> . "
        f'<urn:b{n}> a hwbs:Partner ; skos:prefLabel "Parks" .'
        for n in range(130)
    ]
    prefixes = (
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> . "
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    )
    (tmp_path / "many.ttl").write_text(prefixes + "\n".join(lines), "utf-8")
    if kept:
        load(tmp_path / "many.store", [tmp_path / "many.ttl"])
        engine: Engine = open_disk_store(tmp_path / "many.store")
    else:
        engine = Embedded(corpus.open_store([tmp_path / "many.ttl"], corpus.vocabulary_files()))
    assert find(engine, "Parks in Town 7", "partner").iri == "urn:b7"
    assert find(engine, "Town 129 Parks").iri == "urn:b129"
    with pytest.raises(AmbiguousError) as caught:
        find(engine, "Parks", "partner")
    assert ("urn:b77", "Parks (partner, Town 77 plan 2030)") in caught.value.candidates
    assert len(caught.value.candidates) == 130
