"""A plan as a map for Kumu and PRSM and as a diagram: all of it, and words stay words."""

import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from support import Hwbs, open_small

from hwbs_graph import network
from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.store import Engine
from hwbs_graph.write.export import WRITERS

PLAN = THINGS + "odd-2031"
HEAD = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix plan: <https://w3id.org/hwbs/id/> .
@prefix o: <https://w3id.org/hwbs/id/odd-2031/> .
@prefix role: <https://w3id.org/hwbs/scheme/role/> .
@prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
plan:odd-2031 a hwbs:ActionPlan ; skos:prefLabel "Odd 2031"@en .
"""
#: Words that end a string, open markup or begin a rule in some format, and a theme with a comma.
ODD = (
    HEAD
    + r"""
o:theme a hwbs:Theme ; skos:prefLabel "Safe, warm homes"@en ; hwbs:inPlan plan:odd-2031 ;
    hwbs:printedOrder 1 .
o:action a hwbs:Action ; hwbs:inPlan plan:odd-2031 ; hwbs:inTheme o:theme ;
    skos:prefLabel
        "\"]; x -> y [label=\"</text><script>alert(1)</script>\\\nclick n0 `javascript:1` %%"@en .
o:twin-1 a hwbs:Partner ; skos:prefLabel "Twin Trust"@en .
o:twin-2 a hwbs:Partner ; skos:prefLabel "Twin trust"@en .
"""
)


def involve(action: str, partner: str) -> str:
    """Return a statement that an action involves a partner."""
    return (
        f"[] a hwbs:Involvement ; hwbs:action o:{action} ; hwbs:partner o:{partner} ;"
        " hwbs:involvementRole role:involved ; hwbs:basis basis:curated-judgement .\n"
    )


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A plan of one theme and action, whose words are an attack, and two partners of one name."""
    path = tmp_path_factory.mktemp("odd") / "odd.ttl"
    path.write_text(ODD + involve("action", "twin-1") + involve("action", "twin-2"), "utf-8")
    return open_small(path)


def written(format: str, engine: Engine, plan: str | None) -> bytes:
    data = WRITERS[format].write(engine, plan)
    assert isinstance(data, bytes)
    return data


def read_prsm(data: bytes) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each sheet by its headers, as PRSM reads them."""
    sheets = {}
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        head, *rows = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return sheets


@pytest.mark.parametrize("plan", [None, PLAN])
def test_a_map_has_every_thing_and_link_of_the_network_with_its_address(
    plan: str | None, record: Engine, odd: Engine
) -> None:
    engine = odd if plan else record
    drawn = network.project_plan(engine, plan)
    kumu = json.loads(written("kumu", engine, plan))
    assert {element["id"] for element in kumu["elements"]} == set(drawn)
    joined = {(link["from"], link["to"]) for link in kumu["connections"]}
    assert joined == set(drawn.edges)
    assert {link["direction"] for link in kumu["connections"]} == {"directed"}
    sheets = read_prsm(written("prsm", engine, plan))
    addresses = {row["Label"]: row["Address"] for row in sheets["Factors"]}
    assert len(addresses) == len(sheets["Factors"])
    assert set(addresses.values()) == set(drawn)
    assert {(addresses[row["From"]], addresses[row["To"]]) for row in sheets["Links"]} == joined
    assert {row["Style"] for row in sheets["Factors"]} <= set(range(1, 10))


def test_a_map_of_the_record_says_where_each_involvement_is_printed(record: Engine) -> None:
    links = json.loads(written("kumu", record, None))["connections"]
    involved = [link for link in links if link["type"] == "Involves"]
    assert len(involved) > 200
    assert all("“" in link["Sources"] for link in involved)
    assert {link["Basis"] for link in involved} == {"stated in document"}


def test_a_theme_with_a_comma_in_its_name_stays_one_tag(odd: Engine) -> None:
    elements = json.loads(written("kumu", odd, PLAN))["elements"]
    assert {tuple(element["tags"]) for element in elements} == {("Safe, warm homes",)}


def test_two_things_of_one_name_have_two_labels_and_both_are_linked(odd: Engine) -> None:
    sheets = read_prsm(written("prsm", odd, PLAN))
    twins = {row["Label"] for row in sheets["Factors"] if row["Kind"] == "Partner"}
    assert twins == {"Twin Trust", "Twin trust (2)"}
    assert twins <= {row["To"] for row in sheets["Links"]}


def test_no_word_of_a_label_is_more_than_a_word_in_a_diagram(odd: Engine) -> None:
    drawn = network.project_plan(odd, PLAN)
    dot = written("dot", odd, PLAN).decode()
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", dot, flags=re.DOTALL)
    assert bare.count("  S -> S [relation=S, tooltip=S];\n") == drawn.number_of_edges() == 3
    assert bare.count("  S [label=S, fillcolor=S, fontcolor=S, kind=S, tooltip=S];\n") == len(drawn)
    assert len(bare.splitlines()) == len(drawn) + drawn.number_of_edges() + 4
    mermaid = written("mermaid", odd, PLAN).decode()
    labels = re.findall(r'^  n\d+\["(.*)"\]$', mermaid, re.MULTILINE)
    assert len(labels) == len(drawn)
    assert not re.search(r"""["<>\[\]{}()&`%\\]""", "".join(labels))
    assert "#34;#93;#59; x -#62; y" in "".join(labels)
    assert len(re.findall(r"^  n\d+ --> n\d+$", mermaid, re.MULTILINE)) == 3


def test_a_plan_that_mermaid_does_not_draw_by_itself_says_what_its_page_must_set(
    hwbs: Hwbs, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    actions, partners = range(26), range(20)
    lines = [f'o:p{n} a hwbs:Partner ; skos:prefLabel "Partner {n}"@en .\n' for n in partners]
    for n in actions:
        lines.append(
            f'o:a{n} a hwbs:Action ; skos:prefLabel "Action {n}"@en ; hwbs:inPlan <{PLAN}> .\n'
        )
        lines += [involve(f"a{n}", f"p{other}") for other in partners]
    path, file = tmp_path / "wide.ttl", tmp_path / "wide.mmd"
    path.write_text(HEAD + "".join(lines), "utf-8")
    run = hwbs("export", "mermaid", "--graph", path, "--only", "--plan", "Odd 2031", "-o", file)
    assert run.code == 0
    said = "Mermaid draws 520 links and"
    (warning,) = caplog.messages
    assert warning.startswith(said)
    assert warning.endswith("only if its page sets maxEdges 520.")
    assert file.read_text("utf-8").startswith(f"%% {said}")
