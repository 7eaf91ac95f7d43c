"""`hwbs search`: words in names, sentences, passages and documents, in memory and on disk."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA, PLANS, SMALL, Hwbs, open_small

from hwbs_graph import open_graph
from hwbs_graph.errors import UsageError
from hwbs_graph.names import word_search as search
from hwbs_graph.names.word_search.finding import read_words

ONLY = ("--only", *(part for path in SMALL for part in ("--graph", path)))


@pytest.fixture
def find(hwbs: Hwbs) -> Any:
    """Run `hwbs search` over the small plan, and read its JSON."""

    def run(*words: object, source: tuple[object, ...] = ONLY) -> Any:
        done = hwbs("search", *words, "--format", "json", *source)
        found = json.loads(done.out)
        assert done.code == (0 if found["hits"] else 1), done.err
        return found

    return run


def test_a_name_comes_before_a_passage_and_the_words_found_are_marked(find: Any) -> None:
    found = find("lofts")  # the label says loft
    first = found["hits"][0]
    assert (first["kind"], first["label"], first["field"]) == ("action", "Lag every loft", "name")
    (mark,) = first["marks"]
    assert first["excerpt"][slice(*mark)] == "loft"
    assert found["total"] == len({hit["iri"] for hit in found["hits"]})


def test_all_words_must_stand_in_one_text_and_a_phrase_side_by_side(find: Any) -> None:
    # A progress update has no name, and goes by what it says.
    labels = ["Lag every loft", "Half of the lofts are lagged."]
    assert [hit["label"] for hit in find("loft", "lag")["hits"]] == labels
    nothing = find("loft", "café")
    assert (nothing["total"], nothing["hits"]) == (0, [])
    alone = {each["word"]: each["total"] for each in nothing["alone"]}
    assert alone == {"loft": 2, "café": 1}
    assert find('"every loft"')["total"] == 1
    assert find('"loft every"')["total"] == 0
    assert find("cafe")["hits"][0]["label"] == "Open a café"


def test_a_passage_is_found_under_the_thing_it_is_of_with_its_place(find: Any) -> None:
    (hit,) = find("Amber")["hits"]
    assert (hit["document"], hit["line"], hit["place"]) == ("D1", 10, "Progress, October")
    # A printed spelling that only a link quotes is a name of its partner.
    assert find("Neigbours")["hits"][0]["label"] == "Neighbours"


def test_kinds_and_plans_narrow_a_search_and_what_is_no_kind_is_refused(
    find: Any, hwbs: Hwbs
) -> None:
    assert {hit["kind"] for hit in find("homes", "--kind", "partners")["hits"]} == {"partner"}
    own = find("homes", "--plan", "Beta strategy 2035")
    assert {hit["plan"] for hit in own["hits"]} == {"Beta strategy 2035"}
    assert 0 < own["total"] < find("homes")["total"]
    wrong = hwbs("search", "homes", "--kind", "planet", *ONLY)
    assert (wrong.code, wrong.out) == (2, "")
    assert "There is no kind “planet”; give one of: plan, document" in wrong.err


def test_a_text_says_how_many_there_are_and_how_to_see_the_rest(hwbs: Hwbs) -> None:
    run = hwbs("search", "homes", "--limit", "1", *ONLY)
    total = int(run.out.split()[0])
    assert run.out.startswith(f"{total} things hold these words.\n\n")
    assert f"{total - 1} more; show them with --limit {total}." in run.err
    assert "\n  [Home]\n" in run.out
    table = hwbs("search", "homes", "--format", "csv", *ONLY).out
    assert table.splitlines()[0] == "kind,label,plan,field,excerpt,document,line,place,iri,planOver"
    assert len(table.splitlines()) == 20 + 1


def test_a_store_is_searched_by_its_own_index_with_the_same_hits(
    find: Any, hwbs: Hwbs, tmp_path: Path
) -> None:
    store = tmp_path / "s"
    assert hwbs("load", store, *SMALL, "--quiet").code == 0
    words = ("homes", "warm", "café", "Amber", '"every loft"', "zebra")
    asked = {word: find(word) for word in words}
    assert {word: find(word, source=("--store", store)) for word in words} == asked
    # A store that was made before has no index; it is searched all the same.
    (store / "WORDS.sqlite").unlink()
    assert find("homes", source=("--store", store)) == asked["homes"]


def test_a_search_in_another_language_finds_its_words_and_their_bare_letters() -> None:
    engine = open_small(*PLANS)
    for word in ("côr", "cor", "Dechrau"):
        (hit, *_) = search.search_words(engine, word).found
        assert hit.iri.endswith("/choir")


def test_documents_in_a_folder_are_looked_through_line_by_line(
    find: Any, hwbs: Hwbs, tmp_path: Path
) -> None:
    (tmp_path / "d1.txt").write_text("First.\nA zebra, and a zebra.\n\nThe zebra left.\n", "utf-8")
    found = find("zebras", "--documents", tmp_path)
    assert [(hit["document"], hit["line"]) for hit in found["hits"]] == [("D1", 2), ("D1", 4)]
    assert {hit["field"] for hit in found["hits"]} == {"document"}
    empty = hwbs("search", "zebra", "--documents", DATA, *ONLY)
    assert (empty.code, empty.out) == (2, "")
    assert "it holds no document of the graph (d1.txt" in empty.err


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (("partner", "loft every"), '`hwbs search "loft every"{}` finds 1.'),
        (("show", "amber zebra"), '`hwbs search "amber"{}` finds 1.'),
        (("path", "Neighbours", "every warm loft"), '`hwbs search "every loft"{}` finds 1.'),
        (("view", "--partner", "cafe $HO"), '`hwbs search "cafe"{}` finds 1.'),
        (("query", "report/actions-by-partner", "partner=loft"), '`hwbs search "loft"{}` finds'),
        (("query", "trust/partner-by-spelling", "name=loft"), '`hwbs search "loft"{}` finds'),
        (("ask", "why is the zebra in the loft"), '`hwbs search "loft"{}` finds'),
        (("ask", "with but not the loft zebra"), '`hwbs search "loft"{}` finds'),
        (("list", "actions", "--partner", "lofts"), '`hwbs search "lofts"{}` finds'),
    ],
)
def test_a_dead_end_leads_to_what_holds_the_words(
    hwbs: Hwbs, command: tuple[str, ...], pointer: str
) -> None:
    run = hwbs(*command, *ONLY)
    assert (run.code, run.out.strip()) == (1, "")
    source = "".join(f' --graph "{path}"' for path in SMALL) + " --only"
    assert pointer.format(source) in run.err
    assert run.err.count("\n") == 1 or command[0] == "ask"


def test_a_dead_end_is_quiet_where_nothing_holds_the_words_or_no_thing_was_named(
    hwbs: Hwbs,
) -> None:
    assert "search" not in hwbs("partner", "xyzzy", *ONLY).err
    assert "search" not in hwbs("query", "no/such", *ONLY).err


def test_python_finds_words_as_the_command_does(find: Any) -> None:
    graph = open_graph(*SMALL, only=True)
    hits = graph.search("homes", kind="partners", plan=())
    listed = find("homes", "--kind", "partner")
    assert [hit.iri for hit in hits.found] == [hit["iri"] for hit in listed["hits"]]
    assert len(graph.search("homes", limit=1).found) == 1 < graph.search("homes").total
    with pytest.raises(UsageError, match="There is no kind “planet”"):
        graph.search("homes", kind="planet")


@pytest.mark.parametrize("words", ["", "''", "...", '"', "a" * 1001, " ".join(["w"] * 61)])
def test_what_holds_no_word_or_too_many_is_refused_in_a_sentence(hwbs: Hwbs, words: str) -> None:
    run = hwbs("search", words, *ONLY)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1


@given(st.text(max_size=60))
def test_whatever_is_typed_is_looked_for_as_words(text: str) -> None:
    try:
        terms = read_words(text)
    except UsageError:
        return
    assert all(term[0] == term[-1] == '"' and '"' not in term[1:-1] for term in terms)


@pytest.mark.parametrize(
    ("words", "plain"),
    [('lag" OR text:*', "lag or text"), ("NEAR(lag loft)", "near lag loft"), ("^lag*", "lag")],
)
def test_the_signs_of_the_index_mean_nothing(find: Any, words: str, plain: str) -> None:
    assert find(words)["hits"] == find(plain)["hits"]
