"""From what a person types to the one thing meant, and to nothing else."""

import re
import shutil
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_counts import SPELLINGS
from support import open_small

from hwbs_graph import names
from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.names import kept_names, recognition
from hwbs_graph.names.index import find_normalised
from hwbs_graph.query.results import run_named
from hwbs_graph.report import thing_profile
from hwbs_graph.store import Engine, open_disk_store


def spellings(record: Engine) -> dict[str, str]:
    """Every printed spelling and the partner it is quoted for."""
    rows = run_named(record, "trust/spellings-by-partner")
    return {row["printedText"]: row["partner"] for row in rows}


def test_every_printed_spelling_finds_its_partner_in_any_case_and_apostrophe(
    record: Engine,
) -> None:
    found = spellings(record)
    assert len(found) == SPELLINGS
    known = names.list_names(record, ("partner",))
    for spelling, partner in found.items():
        for typed in (
            spelling,
            spelling.upper(),
            spelling.lower(),
            f"  {spelling.title()}  ",
            spelling.replace("’", "'"),
            spelling.replace("'", "’"),
            spelling.replace(" and ", " & "),
            spelling.replace(" ", "\u00a0"),
        ):
            assert names.find(record, typed, "partner", held=known).iri == partner


@pytest.mark.parametrize(
    ("typed", "tail"),
    [
        ("Minds 3c", "leicester-2019/action/minds-3c"),
        ("minds-3c", "leicester-2019/action/minds-3c"),
        ("Healthy Minds 3(c)", "leicester-2019/action/minds-3c"),
        ("leicester-2019/action/minds-3c", "leicester-2019/action/minds-3c"),
        (
            "https://w3id.org/hwbs/id/leicester-2019/action/minds-3c",
            "leicester-2019/action/minds-3c",
        ),
        ("<https://w3id.org/hwbs/id/partner/housing>", "partner/housing"),
        ("partner:housing", "partner/housing"),
        ("determinant:housing", "../scheme/determinant/housing"),
        ("determinant/housing", "../scheme/determinant/housing"),
        ("id:leicester-2019", "leicester-2019"),
        ("Leicester 2019 Places", "leicester-2019/theme/places"),
        ("leicester 2022 healthy places", "leicester-2022/theme/places"),
        ("priority 12", "leicester-2022/priority/12"),
        ("loneliness", "../scheme/determinant/social-isolation-and-loneliness"),
        ("Improve air quality", "leicester-2019/objective/places-3"),
        ("S002", "document/S002"),
        ("leicester-2019-action-plan", "leicester-2019/action-plan"),
    ],
)
def test_things_are_found_by_code_label_path_and_iri(typed: str, tail: str, record: Engine) -> None:
    wanted = THINGS.removesuffix("id/") + tail[3:] if tail.startswith("../") else THINGS + tail
    assert names.find(record, typed).iri == wanted


def test_an_iri_of_any_described_thing_is_found(record: Engine) -> None:
    thing = names.find(record, "leicester-2019/involvement/lives-1d-housing")
    assert thing.kind == "involvement"
    assert names.find(record, "hwbs:Action").label == "action"


def test_adult_social_care_finds_the_parent_unit_and_neither_division(record: Engine) -> None:
    assert (
        names.find(record, "Adult Social Care", "partner").iri
        == THINGS + "partner/adult-social-care"
    )


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("Houzing", "Housing"),
        ("Publc Health", "Public Health"),
        ("NHS", "Leicestershire Partnership NHS Trust"),
        ("Sports Services", "Sports Service"),
        ("Adult Social Care and Safegarding", "Adult Social Care and Safeguarding"),
        ("Canal & River Trust", "Canals and Wellbeing Trust (printed so; it may be"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(
    typed: str, suggestion: str, record: Engine
) -> None:
    with pytest.raises(NotFoundError) as caught:
        names.find(record, typed, "partner")
    assert any(text.startswith(suggestion) for text in caught.value.suggestions)
    assert caught.value.exit_code == 1


def test_a_name_of_another_kind_is_told_apart(record: Engine) -> None:
    with pytest.raises(NotFoundError, match=r"another kind of thing \(organisation\): hwbs show"):
        names.find(record, "Leicester City Council", "partner")
    with pytest.raises(NotFoundError, match=r"another kind of thing \(partner\)"):
        names.find(record, "CCG", "theme")


def test_a_code_that_several_themes_print_lists_its_candidates(record: Engine) -> None:
    with pytest.raises(AmbiguousError) as caught:
        names.find(record, "1a")
    assert len(caught.value.candidates) == 5
    assert caught.value.exit_code == 1


def outcome(engine: Engine, typed: str, held: list[names.Name] | None = None) -> object:
    try:
        return names.find(engine, typed, held=held)
    except (AmbiguousError, NotFoundError) as error:
        return str(error)


def test_a_store_that_keeps_its_names_finds_by_each_what_memory_finds(
    small: Engine, small_store: Path
) -> None:
    stored = open_disk_store(small_store)
    known = names.list_names(small)
    assert {name.possible for name in known} == {True, False}
    asked = {name.text for name in known if name.possible or name.thing.kind == "partner"}
    for typed in asked | {"HOMES ", "1a", "Hopes", "such a thing"}:
        assert outcome(stored, typed) == outcome(small, typed, known)
    homes = {name.thing.iri for name in known if names.normalise(name.text) == "homes"}
    assert {bearer.value for bearer in find_normalised(stored, "homes") or ()} == homes
    assert find_normalised(stored, "such a thing") == []
    assert find_normalised(small, "homes") is None


def test_a_near_miss_in_a_store_is_told_as_in_memory_without_listing_every_name(
    small: Engine, small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, known = open_disk_store(small_store), names.list_names(small)
    cut = {name.text[:-1] for name in known if len(name.text) > 4}
    typed = [*sorted(cut)[::9], "housing team", "such a thing", "x" * 9_000, "' OR 1"]
    expected = {text: outcome(small, text, known) for text in typed}
    assert sum("Did you mean" in str(told) for told in expected.values()) > 12

    def refuse(engine: Engine, kinds: object, things: object = None) -> list[names.Name]:
        assert things is not None
        return list_names(engine, kinds, things)  # type: ignore[arg-type]

    list_names = names.list_names
    monkeypatch.setattr(names, "list_names", refuse)
    assert {text: outcome(stored, text) for text in typed} == expected


def test_a_name_in_other_words_means_the_same_in_a_store_without_listing_every_name(
    small: Engine, small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recognise(engine: Engine, typed: str) -> str:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                found = recognition.recognise(engine, typed).iri
            except (AmbiguousError, NotFoundError) as error:
                found = str(error)
        return f"{found} {[str(each.message) for each in said]}"

    typed = ["Home", "the Homes team", "SS", "S.S.", "Stove", "NEIGHBOUR", "Boiler Societies"]
    typed += ["Warm", "Plan", "the", "Neigbour", "Hmoes team", "(Homes)", "’s", "Lag", "B"]
    expected = {text: recognise(small, text) for text in typed}
    assert sum("Warning" not in told and "https" in told for told in expected.values()) > 4
    monkeypatch.setattr(recognition, "list_names", None)
    stored = open_disk_store(small_store)
    assert {text: recognise(stored, text) for text in typed} == expected


@pytest.mark.parametrize("content", [None, b"", b"no file of names"])
def test_a_store_whose_file_of_names_is_gone_or_damaged_suggests_the_same(
    content: bytes | None, small_store: Path, small: Engine, tmp_path: Path
) -> None:
    shutil.copytree(small_store, tmp_path / "s")
    (tmp_path / "s" / kept_names.FILE).unlink()
    if content is not None:
        (tmp_path / "s" / kept_names.FILE).write_bytes(content)
    assert outcome(open_disk_store(tmp_path / "s"), "Hom") == outcome(small, "Hom")


def test_a_kind_that_does_not_exist_is_refused(record: Engine) -> None:
    with pytest.raises(UsageError, match="no kind"):
        names.find(record, "Housing", "dragon")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "<>",
        "<not an iri>",
        "<https://w3id.org/hwbs/id/partner/housing/",
        'x" } DELETE { ?s ?p ?o } #',
        "http://[",
        "\u202edesrever",
        "x" * 10_000,
        "🙂",
    ],
)
def test_hostile_input_finds_nothing(typed: str, record: Engine) -> None:
    with pytest.raises(NotFoundError, match=r"^No thing is called “"):
        names.find(record, typed)


def test_partners_never_share_a_name_or_a_short_label(record: Engine) -> None:
    owners: dict[str, set[str]] = {}
    for name in names.list_names(record, ("partner",)):
        if not name.possible:
            owners.setdefault(names.normalise(name.text), set()).add(name.thing.iri)
    assert [name for name, things in owners.items() if len(things) > 1] == []


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = names.normalise(text)
    assert names.normalise(once) == once
    assert not re.search(r"\s\s|^\s|\s$", once)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz '", min_size=1))
def test_case_apostrophe_and_space_make_no_difference(text: str) -> None:
    assert names.normalise(text.upper().replace("'", "’")) == names.normalise(f" {text} ")


@given(st.sampled_from(["Adult social care and commissioning", "Leicestershire County Council"]))
def test_a_word_makes_a_difference(name: str) -> None:
    for word in name.split():
        assert names.normalise(name.replace(word, "")) != names.normalise(name)


def test_what_only_a_users_own_file_describes_is_found_by_its_iri(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        "@prefix ex: <https://ex.test/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'ex:a ex:note "mine" ; ex:next ex:b . ex:c rdfs:label "Cee" ; ex:size 1 .',
        "utf-8",
    )
    own = open_small(file)
    found = [names.find(own, text) for text in ("https://ex.test/a", "<https://ex.test/b>")]
    assert [(each.kind, each.label) for each in found] == [
        ("thing", "https://ex.test/a"),
        ("thing", "https://ex.test/b"),
    ]
    assert names.find(own, "https://ex.test/c").label == "Cee"
    links = thing_profile.describe_thing(own, found[0])["links"]
    assert {row["property"]: row["other"] for row in links} == {
        "https://ex.test/note": "mine",
        "https://ex.test/next": "https://ex.test/b",
    }
    with pytest.raises(NotFoundError):
        names.find(own, "https://ex.test/none")


def test_a_name_that_nothing_carries_is_sought_once_among_all_names_of_a_store(
    small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    list_near = kept_names._list_near

    def listen(kept: object, *sought: object) -> object:
        asked.append(sought)
        return list_near(kept, *sought)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_names, "_list_near", listen)
    engine = open_disk_store(small_store)
    for _ in range(2):
        with pytest.raises(NotFoundError):
            recognition.recognise(engine, "Nobody of That Name", "partner")
    assert asked
    assert len(asked) == len(set(asked))
