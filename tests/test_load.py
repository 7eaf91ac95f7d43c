"""`hwbs load`: a store is made whole or not at all, and every command reads it."""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, serialize
from support import DATA, ROOT, SMALL, Hwbs

from hwbs_graph import load, names, open_graph
from hwbs_graph.data import corpus
from hwbs_graph.errors import (
    AmbiguousError,
    DataError,
    HwbsError,
    PathError,
    StoreError,
    TurtleSyntaxError,
)
from hwbs_graph.load import atomic_folder, derived
from hwbs_graph.model.vocabulary import DERIVED, GRAPHS, HWBS, PREFIXES, STANDARDS, TERMS
from hwbs_graph.store import Embedded, Engine, open_disk_store
from hwbs_graph.store.parameters import Terms

SKOS = PREFIXES["skos"]
ONE = "<urn:a> <urn:b> <urn:c> .\n"
COUNT = "SELECT ?s WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'urn:')) }"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make stores of the given files alone, which takes a fifth of the time."""
    monkeypatch.setattr(corpus, "bundled_files", lambda record=False: [])


def own(store: Path) -> list[str]:
    """Return the subjects of ours in a store, one for each statement."""
    return [row["s"] for row in open_disk_store(store).select(COUNT)]


def in_memory(store: Path) -> set[Quad]:
    """Return what a store holds that the same files give in memory: all but the folded names."""
    return {quad for quad in open_disk_store(store).snapshot() if quad.predicate != HWBS.foldedName}


def test_a_store_holds_what_memory_holds_and_what_the_rules_derive(
    tmp_path: Path, small: Embedded
) -> None:
    done = load.load(tmp_path / "s", SMALL)
    whole = Embedded(corpus.open_store(SMALL, base=corpus.vocabulary_files(), standards=True))
    assert in_memory(tmp_path / "s") == set(whole.snapshot())
    sizes, kept = whole.graphs(), len(set(names.normalised_names(names.list_names(small))))
    derived = sizes[DERIVED.value] + sizes[STANDARDS.value]
    assert kept > 20
    assert done == load.LoadResult(
        len(SMALL) + len(corpus.vocabulary_files()), whole.size() - derived, derived + kept
    )


def test_the_record_goes_in_on_demand_only(
    tmp_path: Path,
    hwbs: Hwbs,
    record: Embedded,
    loaded_record: tuple[Path, load.LoadResult],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, done = loaded_record
    kept = len(set(names.normalised_names(names.list_names(record))))
    whole = corpus.open_store(standards=True)
    assert done.statements + done.derived == len(whole) + kept
    assert done.files == len(corpus.bundled_files())
    assert in_memory(store) == set(whole)
    asked = list[object]()

    def ask(*given: object) -> load.LoadResult:
        asked.append(given[2])
        return done

    with monkeypatch.context() as patched:
        # The example of the command loads the record in earnest (tests/test_cli.py).
        patched.setattr(load, "load", ask)
        run = hwbs("load", tmp_path / "all", "--with-record")
        hwbs("load", tmp_path / "all", *SMALL)
    assert asked == [True, False]
    assert (run.code, run.out) == (0, "")
    loaded = f"Loaded {done.statements:,} statements from {done.files} files into"
    assert run.err.startswith(loaded)
    assert f", and derived {done.derived:,}, in " in run.err
    assert hwbs("load", tmp_path / "small", *SMALL, "--quiet").err == ""
    assert hwbs("partner", "Housing", "--store", tmp_path / "small").code == 1
    assert hwbs("partner", "Neighbours", "--store", tmp_path / "small").code == 0


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("ending", ["ttl", "nt", "trig", "nq"])
def test_every_format_can_be_loaded_and_gzip_too(ending: str, packed: bool, tmp_path: Path) -> None:
    triple = "<urn:a> <urn:b> <urn:c>"
    graph = "<urn:g>"
    text = {
        "ttl": "@prefix u: <urn:> . u:a u:b u:c .",
        "nt": f"{triple} .",
        "trig": f"{graph} {{ {triple} . }} <urn:d> <urn:e> <urn:f> .",
        "nq": f"{triple} {graph} .\n<urn:d> <urn:e> <urn:f> .",
    }[ending]
    path = tmp_path / f"my file.{ending.upper()}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    load.load(tmp_path / "s", [path])
    graphs = open_disk_store(tmp_path / "s").graphs()
    of_file = f"{GRAPHS}my-file"
    wanted = {"urn:g": 1, of_file: 1} if ending in ("trig", "nq") else {of_file: 1}
    assert {name: graphs[name] for name in wanted} == wanted


@pytest.mark.usefixtures("bare")
def test_a_folder_stands_for_its_files_and_equal_names_get_graphs_of_their_own(
    tmp_path: Path,
) -> None:
    for name in ("one", "two"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "same.nt").write_text(f"<urn:{name}> <urn:b> <urn:c> .\n")
    (tmp_path / "in" / "read.me").write_text("no data")
    load.load(tmp_path / "s", [tmp_path / "in"])
    assert {f"{GRAPHS}same", f"{GRAPHS}same-2"} <= set(open_disk_store(tmp_path / "s").graphs())


@pytest.mark.usefixtures("bare")
def test_what_two_files_state_counts_once(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.nt").write_text(ONE)
    load.load(tmp_path / "s", sorted(tmp_path.glob("*.nt")))
    assert own(tmp_path / "s") == ["urn:a"]
    assert open_disk_store(tmp_path / "s").graphs().get(f"{GRAPHS}one") == 1


@pytest.mark.usefixtures("bare")
def test_what_two_files_state_among_other_things_counts_once(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        lines = "".join(f"<urn:{each}> <urn:is> <urn:b> .\n" for each in ("a", "m", name, "z"))
        (tmp_path / f"{name}.nt").write_text(lines)
    load.load(tmp_path / "s", sorted(tmp_path.glob("*.nt")))
    assert sorted(own(tmp_path / "s")) == [
        "urn:a",
        "urn:m",
        "urn:one",
        "urn:three",
        "urn:two",
        "urn:z",
    ]


@pytest.mark.usefixtures("bare")
def test_a_blank_node_is_no_other_files_blank_node(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.nt").write_text("_:x <urn:is> <urn:c> .\n")
    load.load(tmp_path / "s", sorted(tmp_path.glob("*.nt")))
    found = (
        open_disk_store(tmp_path / "s")
        .snapshot()
        .quads_for_pattern(None, NamedNode("urn:is"), None)
    )
    nodes = {quad.subject for quad in found}
    assert len(nodes) == 2
    assert all(isinstance(node, BlankNode) for node in nodes)


def test_an_exported_graph_is_not_derived_twice(tmp_path: Path, small: Embedded) -> None:
    path = tmp_path / "small.nq"
    path.write_bytes(serialize(small.snapshot(), format=RdfFormat.N_QUADS) or b"")
    load.load(tmp_path / "s", [path])
    kept = open_disk_store(tmp_path / "s")
    assert {q for q in in_memory(tmp_path / "s") if q.graph_name != STANDARDS} == set(
        small.snapshot()
    )
    path.write_bytes(serialize(kept.snapshot(), format=RdfFormat.N_QUADS) or b"")
    load.load(tmp_path / "again", [path])
    assert set(open_disk_store(tmp_path / "again").snapshot()) == set(kept.snapshot())


class Reading(Embedded):
    """A store that notes how many rows each of our questions brought."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.rows: list[int] = []

    def select(
        self, text: str, bindings: Mapping[str, Terms] | None = None, name: str = "The query"
    ) -> list[dict[str, str]]:
        found = super().select(text, bindings, name)
        self.rows.append(len(found))
        return found


def said(engine: Engine, typed: str, kind: str | None, held: list[names.Name] | None = None) -> str:
    """Return what is found for a name, or what is said instead."""
    try:
        return str(names.find(engine, typed, kind, held=held))
    except HwbsError as error:
        return str(error)


def test_a_name_means_the_same_in_a_store_and_is_found_without_reading_all(
    record_store: Path, record: Embedded
) -> None:
    store = Reading(open_disk_store(record_store).snapshot())
    known = names.list_names(record)
    # One name of each kind with each set of the signs that are folded, and one path of each kind.
    typed = {
        (name.thing.kind, frozenset({*"’'&–-(_"} & {*name.text})): name.text.upper()
        for name in known
        if not name.possible
    }
    paths = {name.thing.kind: names.to_path(name.thing.iri) for name in known}
    assert len(typed) > 50
    assert len(paths) > 12
    for text in (*typed.values(), *paths.values()):
        assert said(store, text, None) == said(record, text, None, known)
    one_by_one = max(store.rows)
    for text, kind in (("Housin", "partner"), ("housing", "theme"), ("", None), ("<a b>", None)):
        assert said(store, text, kind) == said(record, text, kind)
    assert one_by_one <= 40 < max(store.rows)


@pytest.mark.usefixtures("bare")
def test_a_name_that_very_many_carry_lists_them_all(tmp_path: Path) -> None:
    lines = (
        f"<urn:p{number}> a <{TERMS}Partner> ; <{SKOS}prefLabel> 'Public Health {number}'@en ;"
        f" <{SKOS}altLabel> 'Public Health'@en ."
        for number in range(120)
    )
    (tmp_path / "many.ttl").write_text("\n".join(lines))
    load.load(tmp_path / "s", [tmp_path / "many.ttl"])
    with pytest.raises(AmbiguousError) as failure:
        names.find(open_disk_store(tmp_path / "s"), "PUBLIC  health", "partner")
    assert len(failure.value.candidates) == 120


BROKEN = {
    "bad.ttl": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", "bad.ttl, line 2, column 17: "),
    "bad.nt": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a <urn:b> <urn:c> .\n", "bad.nt, line 2, column "),
    "bad.nq": (b'<urn:a> <urn:b> "\xff" <urn:g> .\n', "bad.nq, line 1, column "),
    "cut.nt.gz": (gzip.compress(ONE.encode() * 9)[:-12], "cut.nt.gz: it is no whole gzip file."),
    "no.nt.gz": (ONE.encode(), "no.nt.gz: it is no whole gzip file."),
    "data.xml": (b"<x/>", "does not tell its format; end it in .ttl, .turtle, "),
}


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_place_and_the_old_store_stays(
    name: str, tmp_path: Path, hwbs: Hwbs
) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    assert hwbs("load", tmp_path / "s", tmp_path / "good.nt").code == 0
    data, told = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    run = hwbs("load", tmp_path / "s", tmp_path / "good.nt", tmp_path / name)
    assert run.code == 2
    assert told in run.err
    assert run.err.count("\n") == 1
    assert own(tmp_path / "s") == ["urn:a"]
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_missing_file_and_a_folder_without_data_are_told(tmp_path: Path) -> None:
    with pytest.raises(PathError, match=r"nowhere\.ttl: No such file"):
        load.load(tmp_path / "s", [tmp_path / "nowhere.ttl"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="holds no file ending in"):
        load.load(tmp_path / "s", [tmp_path / "empty"])
    assert not (tmp_path / "s").exists()


def test_load_without_a_file_says_what_to_give(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("load", tmp_path / "s")
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert "--with-record" in run.err


@pytest.mark.usefixtures("bare")
def test_only_a_store_or_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.docx").write_text("years of work")
    for target in (tmp_path / "home", tmp_path / "good.nt"):
        with pytest.raises(StoreError, match="something else"):
            load.load(target, [tmp_path / "good.nt"])
    assert (tmp_path / "home" / "thesis.docx").read_text() == "years of work"
    with pytest.raises(StoreError, match="does not exist"):
        load.load(tmp_path / "no" / "where", [tmp_path / "good.nt"])
    (tmp_path / "empty").mkdir()
    load.load(tmp_path / "empty", [tmp_path / "good.nt"])
    load.load(tmp_path / "empty", [tmp_path / "good.nt"])
    assert own(tmp_path / "empty") == ["urn:a"]


@pytest.mark.usefixtures("bare")
def test_a_link_to_a_store_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    (tmp_path / "real").mkdir()
    (tmp_path / "s").symlink_to(tmp_path / "real")
    load.load(tmp_path / "s", [tmp_path / "good.nt"])
    assert (tmp_path / "s").is_symlink()
    assert own(tmp_path / "real") == ["urn:a"]


def test_two_loads_of_one_store_do_not_run_at_once(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    code = (
        "import sys; from pathlib import Path; from hwbs_graph import load as loading;"
        "loading.load(Path(sys.argv[1]), [Path(sys.argv[2])])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "s"), str(tmp_path / "good.nt")]
    with atomic_folder.replace_folder(tmp_path / "s"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "another load of it is running; wait until it ends" in done.stderr
    assert subprocess.run(command, check=False).returncode == 0


@pytest.mark.usefixtures("bare")
def test_a_store_that_another_program_writes_to_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    load.load(tmp_path / "s", [tmp_path / "good.nt"])
    code = "import sys; from pyoxigraph import Store; s = Store(sys.argv[1]); print(1); input()"
    with subprocess.Popen(
        [sys.executable, "-uc", code, str(tmp_path / "s")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match="another program writes to it"):
            load.load(tmp_path / "s", [tmp_path / "good.nt"])
        writer.communicate("\n")
    assert own(tmp_path / "s") == ["urn:a"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_load_that_is_stopped_leaves_the_old_store_and_the_next_one_cleans_up(
    how: signal.Signals, tmp_path: Path
) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    load.load(tmp_path / "s", [tmp_path / "good.nt"])
    os.mkfifo(tmp_path / "pipe.nt")
    command = [sys.executable, "-m", "hwbs_graph", "load", "s", "good.nt", "pipe.nt"]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    with (tmp_path / "pipe.nt").open("w") as pipe:
        pipe.write("<urn:new> <urn:b> <urn:c> .\n" * 25_000)
        pipe.flush()
        ends = time.monotonic() + 180
        while not (tmp_path / ".s.loading" / "new" / "CURRENT").exists():
            assert time.monotonic() < ends
            time.sleep(0.01)
        running.send_signal(how)
        _, err = running.communicate(timeout=180)
    if how == signal.SIGINT:
        assert running.returncode == 130
        assert err == "Stopped; s is as it was.\n"
        assert not (tmp_path / ".s.loading").exists()
    else:
        assert running.returncode == -how
        assert (tmp_path / ".s.loading").exists()
    assert own(tmp_path / "s") == ["urn:a"]
    (tmp_path / "next.nt").write_text("<urn:next> <urn:b> <urn:c> .\n")
    load.load(tmp_path / "s", [tmp_path / "next.nt"])
    assert own(tmp_path / "s") == ["urn:next"]
    assert not (tmp_path / ".s.loading").exists()


@pytest.mark.usefixtures("bare")
def test_a_load_killed_between_the_two_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    load.load(tmp_path / "s", [tmp_path / "good.nt"])
    (tmp_path / ".s.loading").mkdir()
    (tmp_path / "s").rename(tmp_path / ".s.loading" / "old")
    (tmp_path / "bad.nt").write_text("nonsense")
    with pytest.raises(TurtleSyntaxError):
        load.load(tmp_path / "s", [tmp_path / "bad.nt"])
    assert own(tmp_path / "s") == ["urn:a"]


@pytest.mark.usefixtures("bare")
def test_a_reader_of_the_old_store_is_not_disturbed(tmp_path: Path) -> None:
    (tmp_path / "good.nt").write_text(ONE)
    (tmp_path / "next.nt").write_text("<urn:next> <urn:b> <urn:c> .\n")
    load.load(tmp_path / "s", [tmp_path / "good.nt"])
    reader = open_disk_store(tmp_path / "s")
    load.load(tmp_path / "s", [tmp_path / "next.nt"])
    assert [row["s"] for row in reader.select(COUNT)] == ["urn:a"]
    assert own(tmp_path / "s") == ["urn:next"]


@pytest.mark.usefixtures("bare")
def test_the_progress_is_told_as_it_goes(tmp_path: Path) -> None:
    lines = "".join(f"<urn:a{number}> <urn:b> <urn:c> .\n" for number in range(50_000))
    (tmp_path / "many.nt").write_text(lines)
    steps: list[load.LoadProgress] = []
    load.load(tmp_path / "s", [tmp_path / "many.nt"], on_progress=steps.append)
    assert sorted(steps, key=lambda step: (step.number, step.done)) == steps
    begun = [step for step in steps if not step.done]
    assert [step.doing for step in begun] == list(load.STAGES)
    assert [step.number for step in begun] == [1, 2, 3, 4]
    read = [step for step in steps if step.unit == "bytes" and step.done]
    assert read[0].doing == "reading many.nt"
    assert 0 < read[0].done < read[-1].done <= read[0].total
    assert (read[0].statements, read[-1].statements) == (20_000, 40_000)
    repeats = [step for step in steps if step.number == 2]
    assert repeats[-1].done == 40_000 < repeats[0].total < 60_000


@pytest.mark.usefixtures("bare")
def test_a_load_written_in_parts_leaves_out_what_another_part_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "PART", 1000)
    lines = "".join(f"<urn:a{number}> <urn:b> <urn:c> .\n" for number in range(2500))
    (tmp_path / "many.nt").write_text(lines)
    (tmp_path / "again.nt").write_text(lines)
    load.load(tmp_path / "s", [tmp_path / "many.nt", tmp_path / "again.nt"])
    assert len(own(tmp_path / "s")) == 2500


def _heard(terminal: int) -> bytes:
    """Return what the terminal shows next, nothing once no program has it open."""
    try:
        return os.read(terminal, 100_000)
    except OSError:
        return b""


def test_a_terminal_gets_a_bar_and_anything_else_one_line(tmp_path: Path) -> None:
    import pty

    (tmp_path / "good.nt").write_text(ONE)
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "hwbs_graph", "load", "s", "good.nt"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=slave) as running:
        os.close(slave)
        shown = b"".join(iter(partial(_heard, master), b"")).decode()
    os.close(master)
    assert running.returncode == 0
    assert "1/4 reading" in shown
    assert "4/4 noting every name" in shown
    assert "0:00:00" not in shown
    assert "Loaded" in shown
    plain = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert plain.stderr.count("\n") == 1
    assert plain.stdout == ""


STORES = {
    "missing": "there is no such folder; make it: hwbs load",
    "file": "it is not what `hwbs load` makes",
    "folder": "it is not what `hwbs load` makes",
    "damaged": "it is damaged, or of another version",
}


@pytest.mark.parametrize("kind", STORES)
def test_what_is_no_store_is_told_in_one_sentence(kind: str, tmp_path: Path, hwbs: Hwbs) -> None:
    path = tmp_path / kind
    if kind == "file":
        path.write_text("")
    elif kind != "missing":
        path.mkdir()
    if kind == "damaged":
        (path / "CURRENT").write_text("MANIFEST-000001\n")
    for command in (("partner", "Housing"), ("info",), ("check",)):
        run = hwbs(*command, "--store", path)
        assert (run.code, run.out) == (2, "")
        assert STORES[kind] in run.err.splitlines()[-1]


@pytest.mark.parametrize(
    "given",
    [
        ("--store", "s", "--graph", str(SMALL[0])),
        ("--store", "s", "--endpoint", "http://127.0.0.1:9/"),
        ("--graph", str(SMALL[0]), "--endpoint", "http://127.0.0.1:9/"),
    ],
)
def test_two_places_to_read_are_refused(given: tuple[str, ...], hwbs: Hwbs) -> None:
    run = hwbs("info", *given)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("hwbs: Give only one of")


def test_every_command_that_takes_files_takes_a_store_and_an_endpoint(hwbs: Hwbs) -> None:
    from hwbs_graph.cli import COMMANDS

    reading = []
    for name in COMMANDS:
        shown = hwbs(name, "--help").out
        given = [option in shown for option in ("--graph ", "--store ", "--endpoint ")]
        assert given in ([True] * 3, [False] * 3), name
        reading += [name] if given[0] else []
    assert len(reading) >= 17


def test_a_store_is_only_read(tmp_path: Path, hwbs: Hwbs) -> None:
    load.load(tmp_path / "s", SMALL)
    before = {path.name: path.read_bytes() for path in (tmp_path / "s").glob("*.sst")}
    assert hwbs("info", "--store", tmp_path / "s").code == 0
    assert hwbs("sparql", "DELETE WHERE { ?s ?p ?o }", "--store", tmp_path / "s").code == 2
    with pytest.raises(RuntimeError, match="read-write"):
        open_disk_store(tmp_path / "s").snapshot().update("DELETE WHERE { ?s ?p ?o }")
    assert {path.name: path.read_bytes() for path in (tmp_path / "s").glob("*.sst")} == before


def test_the_face_opens_a_store_too(record_store: Path) -> None:

    from hwbs_graph.errors import UsageError

    graph = open_graph(store=record_store)
    with_names = open_disk_store(record_store).size()
    assert len(graph) == with_names > len(open_graph())
    assert len(graph.query("report/actions-by-partner", partner="Housing")) == 16
    assert "Oxigraph on disk" in repr(graph)
    for given in ({"store": "a", "endpoint": "http://x/"}, {"timeout": 3.0}):
        with pytest.raises(UsageError):
            open_graph(**given)
    with pytest.raises(UsageError):
        open_graph(DATA, store=record_store)


def test_checking_and_exporting_work_over_a_store(tmp_path: Path, hwbs: Hwbs) -> None:
    load.load(tmp_path / "s", SMALL)
    assert hwbs("check", "--store", tmp_path / "s", "--quiet").code == 0
    run = hwbs("export", "nt", "--store", tmp_path / "s")
    assert run.code == 0
    assert run.out.count("\n") == open_disk_store(tmp_path / "s").size()


def test_a_file_of_the_project_can_be_loaded_by_its_folder(tmp_path: Path) -> None:
    # With what the standards call each thing, which is derived again.
    given = ("dataset.ttl", "partners.ttl", "derived/standards.trig")
    (tmp_path / "graph" / "derived").mkdir(parents=True)
    for name in given:
        (tmp_path / "graph" / name).symlink_to(ROOT / "graph" / name)
    done = load.load(tmp_path / "s", [tmp_path / "graph"])
    assert done.files == len(corpus.vocabulary_files()) + len(given)
    assert corpus.vocabulary_files()[0].name == "hwbs.ttl"
    assert isinstance(open_disk_store(tmp_path / "s").snapshot(), Store)


def test_a_store_of_another_version_is_answered_with_a_sentence_on_what_to_do(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    store = tmp_path / "s"
    assert hwbs("load", store, *SMALL, "--quiet").code == 0
    same = hwbs("list", "targets", "--format", "csv", "--store", store)
    assert (same.code, same.err) == (0, "")
    for other in ("of another\n", None):
        (store / "EDITION").unlink()
        if other:
            (store / "EDITION").write_text(other, "utf-8")
        run = hwbs("list", "targets", "--format", "csv", "--store", store)
        assert (run.code, run.out) == (0, same.out)
        assert run.err == (
            f"Warning: {store} was made by another version of hwbs, and some questions may find "
            f"less in it than there is; make it again: hwbs load {store} FILE\n"
        )
        with pytest.warns(UserWarning, match="made by another version of hwbs"):
            open_graph(store=store)
