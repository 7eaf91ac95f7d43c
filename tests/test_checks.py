"""Every shape and every violation query: green on whole data, red on broken data."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from record_counts import WARNINGS as RECORD_WARNINGS
from support import SMALL, Hwbs, apart, open_small

from hwbs_graph import Finding, checks, load
from hwbs_graph.checks import shacl
from hwbs_graph.data import bundled, corpus
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES, SKOS, TERMS, THINGS
from hwbs_graph.query import catalogue
from hwbs_graph.store import Embedded, Engine

BROKEN = Path(__file__).parent / "broken"
SHAPES = sorted((BROKEN / "shape").glob("*.ttl"))
VIOLATIONS = sorted((BROKEN / "violation").glob("*.ttl"))
WARNINGS = {
    "shape/action-involves",
    "shape/claim-about",
    "shape/determinant-definition",
    "shape/note-handling",
    "violation/event-as-entity",
    "shape/indicator-unit",
    "shape/partner-short-label",
    "shape/partner-type-given",
    "shape/progress-update-as-of",
    "shape/progress-update-state",
    "shape/theme-short-label",
    "violation/printed-twice",
}
#: The text of all shapes.
TEXT = "".join(path.read_text("utf-8") for path in bundled.folder("ontology").glob("*shapes.ttl"))


def focus_of(path: Path) -> str:
    """The broken thing is id:bad, which `apart` renames, or else the first subject of the file."""
    text = path.read_text("utf-8")
    if "id:bad" in text:
        return f"https://w3id.org/hwbs/id/{path.stem}"
    return str(re.findall(r"(?m)^<([^>]+)>", text)[0])


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small plans with all that a shape forbids, each broken thing under its own name."""
    return open_small(apart(BROKEN / "shape", tmp_path_factory.mktemp("broken")))


@pytest.fixture(scope="module")
def found(broken: Engine) -> list[Finding]:
    """What the shapes say of all that is broken."""
    return sorted(checks.check_shapes(broken))


@pytest.fixture(scope="module")
def broken_rules(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What the violation queries say of the small plans with all that they look for."""
    folder = apart(BROKEN / "violation", tmp_path_factory.mktemp("broken"))
    return list(checks.check_rules(open_small(folder)))


def test_every_shape_has_broken_data_of_its_own() -> None:
    nodes = r"<https://w3id.org/hwbs/shape/(\S+)> a sh:NodeShape ;\n.*\n    sh:message"
    shapes = {*re.findall(r"<https://w3id.org/hwbs/shape/(\S+)> a sh:PropertyShape", TEXT)}
    shapes |= {*re.findall(nodes, TEXT)}
    assert shapes
    assert {path.stem for path in SHAPES} == shapes


def test_every_violation_query_has_broken_data_of_its_own() -> None:
    queries = {
        name.partition("/")[2] for name in catalogue.query_names() if name.startswith("violation/")
    }
    assert queries
    assert {path.stem for path in VIOLATIONS} == queries


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_each_shape_is_red_on_its_broken_data(path: Path, found: list[Finding]) -> None:
    red = {(finding.rule, finding.focus): finding for finding in found}
    finding = red[f"shape/{path.stem}", focus_of(path)]
    assert finding.severity == ("warning" if finding.rule in WARNINGS else "violation")
    assert finding.message.endswith(".")


@pytest.mark.parametrize("path", VIOLATIONS, ids=lambda path: path.stem)
def test_each_violation_query_is_red_on_its_broken_data(
    path: Path, broken_rules: list[Finding]
) -> None:
    red = {(finding.rule, finding.focus): finding.severity for finding in broken_rules}
    expected = "warning" if f"violation/{path.stem}" in WARNINGS else "violation"
    assert red[f"violation/{path.stem}", focus_of(path)] == expected


def test_an_alignment_that_comes_from_nowhere_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "from.ttl").write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> . @prefix id: <https://w3id.org/hwbs/id/> .\n"
        "id:bad a hwbs:Alignment ; hwbs:to <https://w3id.org/hwbs/id/beta-2035/priority-1> ;\n"
        "  hwbs:alignmentType <https://w3id.org/hwbs/scheme/alignment/merged> .\n",
        "utf-8",
    )
    found = checks.check_rules(open_small(tmp_path / "from.ttl"))
    told = [each.message for each in found if each.rule == "violation/alignment-without-end"]
    assert [message.partition(",")[0] for message in told] == ["This alignment lacks hwbs:from"]


def test_shapes_ask_for_nothing_that_a_part_of_the_graph_could_not_tell() -> None:
    looked_for = set(re.findall(r"^ +sh:(\w+) ", TEXT, re.MULTILINE))
    told = {"description", "message", "name", "severity"}
    local = {"datatype", "maxCount", "minCount", "minExclusive", "minInclusive", "minLength"}
    local |= {"nodeKind", "pattern"}
    local |= {"not", "uniqueLang"}  # of a shape that tells as little, of the values of one thing
    assert looked_for - told == local | {"class", "path", "property", "targetClass"}
    assert not re.search(r"sh:path [^<\w]", TEXT)  # a path of several links leads further


def test_parts_of_a_graph_are_judged_as_the_whole(
    broken: Engine, found: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = list[checks.CheckProgress]()
    assert {finding.rule for finding in found} >= {f"shape/{path.stem}" for path in SHAPES}
    monkeypatch.setattr(shacl, "BATCH", 10)
    assert sorted(checks.check_shapes(broken, steps.append)) == found
    assert len(steps) > 6
    assert [step.done for step in steps] == list(range(0, steps[0].total, 10))


def test_a_check_tells_how_far_it_has_got(small: Engine) -> None:
    steps: list[checks.CheckProgress] = []
    checks.run(small, steps.append)
    assert [step for step in steps if step.doing == "rules"] == [
        checks.CheckProgress("rules", number, len(VIOLATIONS)) for number in range(len(VIOLATIONS))
    ]
    assert steps[-1].doing == "things with a shape"
    assert steps[-1].total > 20


def test_the_small_plan_is_whole(small: Engine) -> None:
    assert checks.run(small) == []


def test_the_record_has_the_warnings_that_are_counted_and_no_violation(hwbs: Hwbs) -> None:
    run = hwbs("check", "--format", "json")
    found = json.loads(run.out)
    assert run.code == 0
    assert {finding["severity"] for finding in found} <= {"warning"}
    assert Counter(finding["rule"] for finding in found) == RECORD_WARNINGS


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("oa:hasTarget id:bad ; hwbs:noteKind kind:duplicate", []),
        ("oa:hasTarget action:warmth-1a ; hwbs:noteKind kind:duplicate", []),
        ("prov:wasQuotedFrom id:passage\\/v, id:passage\\/t1", []),
        # A note about something else does not say so.
        ("oa:hasTarget id:bad ; hwbs:noteKind kind:misprint", ["warning"]),
        ("oa:hasTarget action:warmth-1b ; hwbs:noteKind kind:duplicate", ["warning"]),
    ],
)
def test_a_partner_printed_twice_is_warned_of_until_a_note_says_so(
    note: str, told: list[str], tmp_path: Path
) -> None:
    spaces = {
        "hwbs": TERMS,
        "id": THINGS,
        "action": f"{THINGS}alpha-2030/action/",
        "kind": f"{SCHEMES}note-kind/",
        **{name: PREFIXES[name] for name in ("oa", "prov")},
    }
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in spaces.items())
    file = tmp_path / "note.ttl"
    file.write_text(f"{prefixes}id:n a hwbs:QualityNote ; {note} .", "utf-8")
    broken = open_small(BROKEN / "violation" / "printed-twice.ttl", file)
    found = [each for each in checks.check_rules(broken) if each.rule == "violation/printed-twice"]
    assert [each.severity for each in found] == told


def test_check_passes_with_a_warning_and_strict_lets_it_fail(hwbs: Hwbs, tmp_path: Path) -> None:
    store, welsh = tmp_path / "store", tmp_path / "welsh.ttl"
    welsh.write_text(f'<{THINGS}partner/homes> <{SKOS.prefLabel.value}> "Cartrefi"@cy .', "utf-8")
    load.load(store, [*SMALL, welsh])
    plain = hwbs("check", "--store", store)
    assert "0 violations, 1 warning." in plain.err
    assert (plain.code, hwbs("check", "--store", store, "--strict").code) == (0, 1)


def test_check_tells_what_to_do_about_a_violation_and_ends_with_1(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    load.load(store, [*SMALL, BROKEN / "violation" / "partner-without-identification.ttl"])
    run = hwbs("check", "--quiet", "--store", store)
    assert run.code == 1
    assert "VIOLATION" in run.out
    assert "add a hwbs:Identification with curator, date, reason and confidence" in run.out
    assert "partner-without-identification.ttl" in run.out
    assert run.err == ""


def test_check_writes_its_findings_as_json_and_csv(hwbs: Hwbs, tmp_path: Path) -> None:
    store = tmp_path / "store"
    load.load(store, [*SMALL, BROKEN / "violation" / "printed-twice.ttl"])
    findings = json.loads(hwbs("check", "--format", "json", "--store", store).out)
    columns = ["severity", "rule", "focus", "label", "message", "source"]
    assert all(list(finding) == columns for finding in findings)
    head, *rows = csv.reader(hwbs("check", "--format", "csv", "--store", store).out.splitlines())
    assert head == columns
    assert rows == [list(finding.values()) for finding in findings]
    assert ["warning", "violation/printed-twice"] in [row[:2] for row in rows]
    assert hwbs("check", "--format", "ttl", "--store", store).code == 2


def test_a_terminal_sees_how_far_a_check_has_got(small_store: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "hwbs_graph", "check", "--store", str(small_store)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=slave, check=False)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert done.returncode == 0
    assert f"rules: {len(VIOLATIONS) - 1} of {len(VIOLATIONS)}" in shown
    assert re.search(r"things with a shape: 0 of \d", shown)
    assert shown.endswith("\r\x1b[K0 violations, 0 warnings.\r\n")


def test_a_label_in_each_of_two_languages_breaks_no_shape_and_two_in_one_do() -> None:
    action = f"{THINGS}alpha-2030/action/warmth-1a"
    labels = {"Cymraeg": "cy", "English": "en", "In English again": "en"}

    def find(*chosen: str) -> set[str]:
        store = open_small().snapshot()
        for text in chosen:
            label = Literal(text, language=labels[text])
            store.add(Quad(NamedNode(action), SKOS.prefLabel, label, NamedNode("urn:more")))
        return {each.rule for each in checks.check_shapes(Embedded(store)) if each.focus == action}

    before = find()
    assert find("Cymraeg") == before
    assert find("Cymraeg", "In English again") == before | {"shape/element-label"}


def test_a_store_with_what_the_standards_say_is_judged_as_its_files_are(tmp_path: Path) -> None:
    path = tmp_path / "judged.ttl"
    path.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> . @prefix id: <https://w3id.org/hwbs/id/> .\n"
        "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "id:point a hwbs:MinutedPoint ; hwbs:curator id:editors ;\n"
        "  prov:wasAttributedTo id:board .\n",
        "utf-8",
    )
    base = [*corpus.vocabulary_files(), *SMALL]
    plain, whole = (
        Embedded(corpus.open_store([path], base=base, standards=each)) for each in (False, True)
    )
    assert list(checks.check_shapes(whole)) == list(checks.check_shapes(plain))
    assert list(checks.check_rules(whole)) == list(checks.check_rules(plain))
