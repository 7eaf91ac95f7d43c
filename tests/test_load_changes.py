"""`hwbs load --add`, `--replace`, `--remove`: the store is what a load of its files would be."""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Store
from support import Hwbs, told

from hwbs_graph import load
from hwbs_graph.data import corpus
from hwbs_graph.load import derived, sources
from hwbs_graph.model.vocabulary import GRAPHS, PREFIXES, SCHEMES, TERMS, THINGS
from hwbs_graph.query import catalogue
from hwbs_graph.query.data_version import KEY, find_data_version
from hwbs_graph.query.results import ask_named
from hwbs_graph.store import Embedded, open_disk_store
from hwbs_graph.store.engine import GRAPHS as GRAPHS_OF_STORE

HEAD = f"""@prefix : <{THINGS}> . @prefix hwbs: <{TERMS}> .
@prefix skos: <{PREFIXES["skos"]}> . @prefix owl: <{PREFIXES["owl"]}> .
@prefix rdfs: <{PREFIXES["rdfs"]}> .
"""
#: A draw in which files state the same, and values stand aside.
SEED = 3
ROUNDS = 2
#: Statements that derive, hide, double or name each other.
FACTS = (
    "hwbs:ThemePlacement a owl:Class . hwbs:Partner a owl:Class ; rdfs:subClassOf :Body .",
    ":Body a owl:Class ; rdfs:subClassOf skos:Concept .",
    ':p a hwbs:Partner ; skos:prefLabel "Parks"@en .',
    ':p a hwbs:Partner ; skos:prefLabel "Parciau"@cy ; skos:altLabel "Green team" .',
    ':p skos:prefLabel "Open spaces"@en-GB , "Amgueddfa"@cy .',
    ":i a hwbs:Involvement ; hwbs:action :a ; hwbs:partner :p .",
    ":a hwbs:involves :p .",
    ':a a hwbs:Action ; skos:prefLabel "Plant trees" ; hwbs:deliversObjective :o .',
    ":l a hwbs:ThemePlacement ; hwbs:element :o ; hwbs:theme :t .",
    f":l hwbs:basis <{SCHEMES}basis/said-in-workshop> .",
    ':t a hwbs:Theme ; skos:prefLabel "Places" . :o hwbs:inTheme :t .',
)


@pytest.fixture(autouse=True)
def _without_ontology(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make stores of what the tests give alone, which takes a tenth of the time."""
    monkeypatch.setattr(corpus, "bundled_files", lambda record=False: [])


def held(store: Path) -> list[object]:
    """Return all that a store holds, in its tables, its indexes and beside them."""
    known = sources.read_sources(store)
    rows = []
    for name in ("NAMES.sqlite", "WORDS.sqlite"):
        table = name.partition(".")[0].lower()
        with closing(sqlite3.connect(store / name)) as kept:
            rows.append(sorted(map(repr, kept.execute(f"SELECT * FROM {table}"))))
    aside = {*map(str, known.repeated)}, {*map(str, known.aside)}
    return [{*map(str, open_disk_store(store).snapshot())}, known.files, *aside, *rows]


def write(folder: Path, name: str, facts: Sequence[str]) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "\n".join(facts), "utf-8")
    return path


def draw(chance: random.Random) -> list[str]:
    return chance.sample(FACTS, chance.randint(1, 6))


def test_a_changed_store_is_the_store_that_its_files_make(tmp_path: Path) -> None:
    chance, seen = random.Random(SEED), set[str]()
    paths = [write(tmp_path, f"f{number}.ttl", draw(chance)) for number in range(3)]
    load.load(tmp_path / "s", paths)
    for number in range(3, 3 + ROUNDS):
        paths.append(write(tmp_path, f"f{number}.ttl", draw(chance)))
        load.change(tmp_path / "s", paths[-1:], "add")
        other = chance.choice(paths)
        write(tmp_path, other.name, draw(chance))
        load.change(tmp_path / "s", [other], "replace")
        gone = paths.pop(chance.randrange(len(paths)))
        gone.unlink()
        done = load.change(tmp_path / "s", [gone], "remove")
        assert done == load.load(tmp_path / "anew", paths)
        assert held(tmp_path / "s") == held(tmp_path / "anew")
        known = sources.read_sources(tmp_path / "s")
        seen |= {name for name in ("repeated", "aside") if getattr(known, name)}
    assert seen == {"repeated", "aside"}


def test_what_cannot_be_changed_is_told_and_the_store_stays(tmp_path: Path, hwbs: Hwbs) -> None:
    store, one = tmp_path / "s", write(tmp_path / "boards", "one.ttl", FACTS[2:4])
    two = write(tmp_path / "boards" / "b", "one.ttl", FACTS[5:7])
    mixed = tmp_path / "mixed.nq"
    graph = f"{GRAPHS}one"
    mixed.write_text(f"<urn:a> <urn:b> <urn:c> <{graph}> .\n")
    load.load(store, [tmp_path / "boards", mixed])
    before = held(store)
    bad = tmp_path / "bad.ttl"
    bad.write_text("nonsense")
    refused = {
        ("--add", one): "the store has boards/one.ttl already; give --replace",
        ("--replace", bad): "was made of no such file; it has boards/b/one.ttl, boards/one.ttl",
        ("--remove", tmp_path / "nowhere"): "was made of no such file",
        ("--remove", two): f"its graph <{graph}> also comes from mixed.nq; make the store again",
        ("--add", bad): "bad.ttl, line 1, column",
        ("--add", one, "--remove"): "Give one of --add, --replace and --remove",
        ("--add", one, "--with-record"): "Name the files to add, without --with-record",
        ("--remove",): "Name the files to remove",
    }
    for given, why in refused.items():
        run = hwbs("load", store, *given)
        assert (run.code, run.out) == (2, ""), given
        assert why in run.err
        assert held(store) == before
    run = hwbs("load", store, one.parent / "one.ttl", "--remove")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith(f"Changed {store}: it now holds 5 statements from 2 files, and ")
    (store / "SOURCES.json").unlink()
    assert "it does not say which files it was made of" in hwbs("load", store, two, "--add").err
    (store / "EDITION").unlink()
    assert "made by another version of hwbs" in hwbs("load", store, two, "--add").err
    assert "there is no such folder" in hwbs("load", tmp_path / "t", two, "--add").err


def test_a_folder_is_changed_with_all_that_is_in_it_under_the_names_it_had(tmp_path: Path) -> None:
    store, boards = tmp_path / "s", tmp_path / "boards"
    for name, fact in (("a", 2), ("b", 5)):
        (boards / name).mkdir(parents=True)
        write(boards / name, "plan.ttl", FACTS[fact : fact + 1])
    load.load(store, [boards])
    (boards / "a" / "plan.ttl").rename(boards / "a" / "other.ttl")
    (boards / "a" / "more.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    load.change(store, [boards / "a"], "replace")
    names = [each.name for each in sources.read_sources(store).files]
    assert names == ["boards/a/more.ttl", "boards/a/other.ttl", "boards/b/plan.ttl"]
    load.change(store, [boards / "a"], "remove")
    load.change(store, [boards / "a"], "add")
    assert open_disk_store(store).graphs().keys() >= {
        f"{GRAPHS}{name}" for name in ("more", "other", "plan-2")
    }


def test_a_store_of_many_keeps_its_long_answers_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "MANY", 0)
    store, one = tmp_path / "s", write(tmp_path, "one.ttl", FACTS)
    load.load(store, [one])

    def ask() -> tuple[Embedded, list[object]]:
        """Return the store, and what it answers, which must be what its statements say."""
        engine, memory = open_disk_store(store), Store()
        memory.extend(engine.snapshot())
        recount = Embedded(memory)
        answers = list[object]()
        for name in derived.WHOLE:
            found = [told(ask_named(each, name)) for each in (engine, recount)]
            assert found[0] == found[1], name
            answers.append(found[0])
        assert engine.graphs() == recount.graphs()
        assert find_data_version(engine) == find_data_version(recount)
        return engine, [*answers, engine.graphs(), find_data_version(engine)]

    engine, before = ask()
    kept = [engine.find_kept(catalogue.load(name).text) for name in derived.WHOLE]
    assert None not in (*kept, engine.find_kept(GRAPHS_OF_STORE), engine.find_kept(KEY))
    write(tmp_path, "two.ttl", [':b hwbs:involves :p , :q . :q skos:prefLabel "Q" .'])
    load.change(store, [tmp_path / "two.ttl"], "add")
    assert engine.find_kept(KEY) is None  # what was opened before asks its own tables
    changed, added = ask()
    assert changed.find_kept(KEY) is not None
    assert before != added
    with closing(sqlite3.connect(store / "ANSWERS.sqlite")) as answers:
        question = sha256(catalogue.load(derived.WHOLE[0]).text.encode()).hexdigest()
        (answer,) = answers.execute(
            "SELECT answer FROM answers WHERE question = ?", [question]
        ).fetchone()
        changes = [answer[:-1] + b" ", question]
        answers.execute("UPDATE answers SET answer = ? WHERE question = ?", changes)
        answers.commit()
    assert changed.find_kept(catalogue.load(derived.WHOLE[0]).text) is None  # it is damaged
    assert ask()[1] == added
    del changed
    Store(str(store)).update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }")
    emptied, nothing = ask()
    assert emptied.find_kept(KEY) is None
    assert nothing != added
