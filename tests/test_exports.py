"""Every export opens in the library it is for, and says what the record says."""

import csv
import json
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx
import openpyxl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from record_counts import CLASSES
from support import PLANS, ROOT, SMALL, Hwbs, open_small

from hwbs_graph import network
from hwbs_graph.data import bundled, corpus
from hwbs_graph.errors import HwbsError, UsageError
from hwbs_graph.model.single_values import restore
from hwbs_graph.model.vocabulary import DERIVED, TERMS, THINGS
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.text import xml_text
from hwbs_graph.write.endings import ENDINGS
from hwbs_graph.write.excel_csv import neutralise_formula
from hwbs_graph.write.export import WRITERS

PLAN_2019 = THINGS + "leicester-2019/action-plan"
RDF_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
TABLES = [
    "plans",
    "documents",
    "themes",
    "objectives",
    "priorities",
    "focus-areas",
    "actions",
    "partners",
    "determinants",
    "claims",
    "quality-notes",
    "targets",
    "indicators",
    "progress-updates",
    "population-groups",
    "related-works",
    "reviews",
    "points-of-reviews",
    "commitments",
    "links",
]
#: Text that acts in a spreadsheet, in markup or in a terminal, or that XML cannot hold.
HOSTILE = """
@prefix hwbs: <https://w3id.org/hwbs/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix h: <https://example.org/h/> .
@prefix role: <https://w3id.org/hwbs/scheme/role/> .
@prefix basis: <https://w3id.org/hwbs/scheme/basis/> .
@prefix type: <https://w3id.org/hwbs/scheme/partner-type/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix document: <https://w3id.org/hwbs/id/document/> .
@prefix alpha: <https://w3id.org/hwbs/id/alpha-2030/> .

h:action a hwbs:Action ; skos:prefLabel "=cmd|' /C calc'!A0"@en ;
    skos:notation "1z"^^hwbs:actionCode ; hwbs:printedOrder 9 ; hwbs:inPlan alpha:action-plan ;
    hwbs:deliversObjective <https://w3id.org/hwbs/id/alpha-2030/objective/warmth-1> .
h:partner a hwbs:Partner ; org:classification type:vcse ;
    skos:prefLabel "</Name><script>alert(1)</script> ]]> & \\u0001\\u0008\\uFFFF\\u001B[31mred"@en ;
    hwbs:shortLabel "+SUM(A1)"@en ;
    skos:altLabel "@home"@en, "\\ttab"@en, "\\rreturn"@en, "-2+3"@en .
h:involvement a hwbs:Involvement ; hwbs:action h:action ; hwbs:partner h:partner ;
    hwbs:involvementRole role:involved ; hwbs:basis basis:stated-in-document ; hwbs:printedOrder 1 ;
    prov:wasQuotedFrom h:passage .
h:passage a hwbs:Passage ; hwbs:printedText "=HYPERLINK(\\"x\\")\\u0002" ; hwbs:line 9 ;
    hwbs:column 1 ; hwbs:place "]]>"@en ; oa:hasSource document:D1 .
"""


@cache
def written(engine: Engine, format: str, plan: str | None = None) -> bytes:
    data = WRITERS[format].write(engine, plan)
    assert isinstance(data, bytes)
    return data


@cache
def tables(engine: Engine, plan: str | None = None) -> dict[str, list[dict[str, str]]]:
    files = WRITERS["csv"].write(engine, plan)
    assert isinstance(files, dict)
    return {
        name.removesuffix(".csv"): list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
        for name, data in files.items()
    }


def statements(data: bytes, format: str) -> set[Triple]:
    return {quad.triple for quad in parse(data, format=RDF_FORMATS[format])}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small plans with one more action, whose every text is an attack."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    path.write_text(HOSTILE, "utf-8")
    return open_small(path)


# The command


@pytest.mark.parametrize("format", [name for name in WRITERS if name != "csv"])
def test_every_format_is_written_whole_to_a_file(
    format: str, hwbs: Hwbs, small_store: Path, tmp_path: Path
) -> None:
    target, plan = tmp_path / f"out{ENDINGS[format][0]}", ("--plan", "alpha-2030/action-plan")
    run = hwbs("export", format, "-o", target, *plan, "--store", small_store)
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith(f"Wrote {target}.\n")
    assert target.stat().st_size > 800
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_text_goes_to_stdout_and_quiet_says_nothing_else(hwbs: Hwbs) -> None:
    run = hwbs("export", "stratml", "--quiet")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("<?xml")


def test_csv_fills_a_folder_or_a_zip_file_and_refuses_stdout(
    hwbs: Hwbs, small: Engine, small_store: Path, tmp_path: Path
) -> None:
    of_small = ("--store", small_store)
    names = sorted(f"{name}.csv" for name in tables(small))
    for folder in (tmp_path / "new", tmp_path / "new"):  # the second time it is there already
        assert hwbs("export", "csv", "-o", folder, *of_small).code == 0
        assert sorted(path.name for path in folder.iterdir()) == names
    assert hwbs("export", "csv", "-o", tmp_path / "all.ZIP", *of_small).code == 0
    with ZipFile(tmp_path / "all.ZIP") as archive:
        assert sorted(archive.namelist()) == names
        assert archive.read("links.csv") == (tmp_path / "new" / "links.csv").read_bytes()
    run = hwbs("export", "csv")
    assert (run.code, run.out) == (2, "")
    assert "give a folder or a .zip" in run.err


def test_what_cannot_be_written_leaves_nothing_behind(
    hwbs: Hwbs, small_store: Path, tmp_path: Path
) -> None:
    of_small = ("--store", small_store)
    (tmp_path / "file").write_text("mine", "utf-8")
    for target in (tmp_path / "file", tmp_path / "no" / "folder"):
        run = hwbs("export", "csv", "-o", target, *of_small)
        assert run.code == 2
        assert f"Cannot write {target}" in run.err
    assert hwbs("export", "ttl", "-o", tmp_path / "no" / "x.ttl", *of_small).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_unknown_format_or_plan_is_refused_with_a_sentence(hwbs: Hwbs) -> None:
    run = hwbs("export", "docx")
    assert run.code == 2
    assert "There is no export format “docx”; give one of: ttl, trig, nt" in run.err
    assert hwbs("export", "TTL", "--plan", "Nowhere").code == 1


def test_a_binary_format_refuses_a_terminal(hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    run = hwbs("export", "xlsx")
    assert run.code == 2
    assert "--output hwbs.xlsx" in run.err


@pytest.mark.parametrize("format", WRITERS)
def test_the_same_record_gives_the_same_bytes(format: str, small: Engine) -> None:
    plan = THINGS + "alpha-2030/action-plan"
    assert WRITERS[format].write(small, plan) == WRITERS[format].write(open_small(), plan)


# RDF


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_the_whole_record_comes_back_from_every_rdf_format(format: str, record: Engine) -> None:
    assert statements(written(record, format), format) == {q.triple for q in record.snapshot()}


def test_trig_keeps_the_named_graphs_apart(record: Engine) -> None:
    data = written(record, "trig")
    quads = set(parse(data, format=RdfFormat.TRIG))
    assert quads == set(record.snapshot())
    assert any(quad.graph_name == DERIVED for quad in quads)


def test_n_triples_are_sorted(small: Engine) -> None:
    lines = written(small, "nt").splitlines()
    assert lines == sorted(lines)


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_one_plan_says_the_same_in_every_rdf_format(format: str, small: Engine) -> None:
    plan = THINGS + "alpha-2030/action-plan"
    told = statements(written(small, format, plan), format)
    assert told == statements(written(small, "nt", plan), "nt")
    assert len(told) > 200


def test_one_plan_has_its_elements_and_nothing_of_another(record: Engine) -> None:
    triples = statements(written(record, "nt", PLAN_2019), "nt")
    kinds = Counter(triple.object for triple in triples if triple.predicate.value.endswith("#type"))
    assert kinds[NamedNode(TERMS + "Theme")] == 5
    for name in ("PlanObjective", "Action", "Partner", "Involvement"):
        assert kinds[NamedNode(TERMS + name)] == CLASSES[name]
    for name in ("Priority", "LetteredObjective", "FocusArea"):
        assert kinds[NamedNode(TERMS + name)] == 0


def test_all_that_one_plan_quotes_and_names_is_in_it(record: Engine) -> None:
    triples = statements(written(record, "nt", PLAN_2019), "nt")
    told = {str(triple.subject) for triple in triples}
    for triple in triples:
        # A note may also warn about a statement of another plan, which has no label to keep.
        of_note = triple.predicate.value.endswith("#hasTarget")
        if str(triple.object).startswith("<https://w3id.org/hwbs/id/") and not of_note:
            assert str(triple.object) in told, triple
    later = NamedNode(THINGS + "leicester-2022/priority/6")
    about_later = {triple.predicate.value for triple in triples if triple.subject == later}
    assert about_later == {
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2004/02/skos/core#notation",
    }


def test_a_plan_holds_the_statements_and_notes_about_its_elements(small: Engine) -> None:
    triples = statements(written(small, "nt", THINGS + "alpha-2030/action-plan"), "nt")
    told = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    assert THINGS + "alignment/warmth-1" in told
    assert THINGS + "note/n1" in told
    assert THINGS + "identification/homes" in told
    assert THINGS + "claim/c1" not in told
    assert THINGS + "alignment/new-2" not in told


def test_a_strategy_without_elements_stands_for_its_action_plan() -> None:
    alone = Embedded(corpus.open_store(base=[*corpus.vocabulary_files(), SMALL[0]]))
    strategy, plan = THINGS + "alpha-2030", THINGS + "alpha-2030/action-plan"
    assert written(alone, "nt", strategy) == written(alone, "nt", plan)
    tree = json.loads(written(alone, "jsonld", strategy))["@graph"][0]
    assert (tree["@id"], len(tree["themes"])) == ("id:alpha-2030/action-plan", 2)


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_all_partners_as_one_belong_to_their_plan_though_no_action_names_them(
    format: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.ttl"
    path.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n<urn:p> a hwbs:ActionPlan .\n"
        "<urn:q> a hwbs:ActionPlan .\n<urn:a> a hwbs:Action ; hwbs:inPlan <urn:p> .\n"
        "<urn:all> a hwbs:PartnerGroup ; hwbs:allPartnersOf <urn:p> .\n"
        "<urn:others> a hwbs:PartnerGroup ; hwbs:allPartnersOf <urn:q> .\n"
    )
    told = {
        str(each.subject) for each in statements(written(open_small(path), format, "urn:p"), format)
    }
    assert "<urn:all>" in told
    assert "<urn:others>" not in told


def test_a_partner_that_nothing_describes_breaks_no_export(tmp_path: Path) -> None:
    path = tmp_path / "bare.ttl"
    path.write_text(
        HOSTILE.partition("h:partner a")[0]
        + "h:involvement"
        + HOSTILE.partition("\nh:involvement")[2],
        "utf-8",
    )
    engine = open_small(path)
    for format, writer in WRITERS.items():
        assert writer.write(engine, THINGS + "alpha-2030/action-plan"), format
    found = read_network(written(engine, "gexf", THINGS + "alpha-2030/action-plan"), "gexf")
    assert found.nodes["https://example.org/h/partner"]["kind"] == "thing"


def test_a_blank_node_is_written_by_every_format_and_the_same_in_every_run(tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text(
        "<urn:a> <urn:b> [ <urn:c> [ <urn:d> 1 ] ], [ <urn:c> [ <urn:d> 2 ] ], [] .", "utf-8"
    )
    engine, again = open_small(path), open_small(path)
    for format in ("ttl", "trig", "nt", "jsonld"):
        assert len(statements(written(engine, format), format)) == len(engine.snapshot())
    for format in ("ttl", "trig", "nt"):
        assert written(engine, format) == written(again, format)


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_a_blank_node_that_a_statement_uses_stays_the_node_that_is_described(
    format: str, tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text('<urn:a> <urn:p> [ <urn:q> "x" ] .', "utf-8")
    data = WRITERS[format].write(open_small(tmp_path / "x.ttl"))
    assert isinstance(data, bytes)
    said = [quad.triple for quad in parse(data, format=RDF_FORMATS[format])]
    (used,) = [each.object for each in said if each.predicate == NamedNode("urn:p")]
    (described,) = [each.subject for each in said if each.predicate == NamedNode("urn:q")]
    assert used == described


def test_a_text_with_a_line_separator_is_not_indented_in_trig(tmp_path: Path) -> None:
    for sign in "\u2028\u2029\x85\x0b\x0c\x1c":
        (tmp_path / "x.ttl").write_text(f'<urn:a> <urn:p> "one{sign}two" .', "utf-8")
        data = WRITERS["trig"].write(open_small(tmp_path / "x.ttl"))
        assert isinstance(data, bytes)
        assert f"one{sign}two" in {
            getattr(quad.object, "value", "") for quad in parse(data, format=RdfFormat.TRIG)
        }


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_an_export_that_is_given_back_has_as_many_statements(format: str, tmp_path: Path) -> None:
    odd = "<urn:a> <urn:p> [ <urn:q> ( 1 'x'@cy [] ) ], 1.50, 'a\\u0001'^^<urn:t> ."
    (tmp_path / "odd.ttl").write_text(odd, "utf-8")
    first = open_small(tmp_path / "odd.ttl")
    data = WRITERS[format].write(first)
    assert isinstance(data, bytes)
    (tmp_path / f"back.{format}").write_bytes(data)
    again = Embedded(corpus.open_store([tmp_path / f"back.{format}"], base=[]))
    sizes = [len({quad.triple for quad in each.snapshot()}) for each in (first, again)]
    assert sizes[0] == sizes[1] > 2000
    if format == "trig":
        assert again.graphs() == first.graphs()


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_a_triple_term_is_written_truly_or_refused_in_one_sentence(
    format: str, tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text("<urn:a> <urn:p> <<( <urn:b> <urn:q> _:c )>> .", "utf-8")
    engine = open_small(tmp_path / "x.ttl")
    if format != "nt":
        with pytest.raises(HwbsError, match=r"\A[^\n]*\.\Z"):
            WRITERS[format].write(engine)
        return
    data = WRITERS[format].write(engine)
    assert isinstance(data, bytes)
    (tmp_path / "back.nt").write_bytes(data)
    again = Embedded(corpus.open_store([tmp_path / "back.nt"], base=[]))
    asked = "ASK { <urn:a> <urn:p> <<( <urn:b> <urn:q> ?c )>> FILTER(isBLANK(?c)) }"
    assert again.query(asked)


def test_a_graph_without_a_known_prefix_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "plain.ttl"
    lines = [f"<urn:x:{n}> <urn:x:says> 'a\\n\\nb {n}' ." for n in range(3)]
    path.write_text("\n".join(lines), "utf-8")
    engine = open_small(path)
    assert set(parse(written(engine, "trig"), format=RdfFormat.TRIG)) == set(engine.snapshot())


# JSON-LD


# rdflib's own reader of JSON-LD still uses the class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_reads_the_same_statements_from_json_ld_without_fetching() -> None:
    engine = open_small(*PLANS)
    for plan in (None, *(THINGS + each for each in ("alpha-2030/action-plan", "gamma-2029"))):
        graph = rdflib.Graph().parse(data=written(engine, "jsonld", plan), format="json-ld")
        wanted = rdflib.Graph().parse(data=written(engine, "nt", plan), format="nt")
        assert set(graph) == set(wanted)
        assert len(graph) > 50


def test_a_plan_as_json_ld_is_a_tree_down_to_the_partners(record: Engine) -> None:
    document = json.loads(written(record, "jsonld", PLAN_2019))
    assert isinstance(document["@context"], dict)
    plan = document["@graph"][0]
    assert plan["@id"] == "id:leicester-2019/action-plan"
    names = " ".join(theme["prefLabel"].removeprefix("Healthy ") for theme in plan["themes"])
    assert names == "Places Minds Start Lives Ageing"
    objectives = [each for theme in plan["themes"] for each in theme["objectives"]]
    actions = [each for objective in objectives for each in objective["actions"]]
    involvements = [each for action in actions for each in action.get("involvements", [])]
    assert len(objectives) == CLASSES["PlanObjective"]
    assert len(actions) == CLASSES["Action"]
    assert len(involvements) == CLASSES["Involvement"]
    assert all(each["partner"].startswith("id:partner/") for each in involvements)


#: What stands inside what in the tree of a plan, but for who is involved.
LEVELS = {
    *("themes", "objectivesOfPlan", "actionsOfPlan", "objectives", "actionsOfTheme", "actions"),
    "parts",
}


def list_levels(node: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of the levels above each thing of a tree, and its last part, where it is told."""
    if "@type" in node:
        yield (*above, re.split("[:/]", node["@id"])[-1])
    for name in {*node} & LEVELS:
        for each in node[name]:
            yield from list_levels(each, (*above, name))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            "delta-2028",
            {("actionsOfPlan", n) for n in ("benches", "damp", "nobody", "walks")},
        ),
        (
            "epsilon-2027",
            {("themes", "breathe")}
            | {("themes", "actionsOfTheme", each) for each in ("idling", "stoves", "talk")},
        ),
        (
            "gamma-2029",
            {
                ("themes", "start"),
                ("themes", "actionsOfTheme", "open"),
                ("themes", "parts", "play"),
                ("themes", "parts", "objectives", "fields"),
                ("themes", "parts", "objectives", "actions", "mow"),
                ("themes", "parts", "objectives", "actions", "parts", "rota"),
                ("themes", "parts", "objectives", "actions", "bedtime"),
                ("objectivesOfPlan", "sleep"),
            },
        ),
    ],
)
def test_a_plan_of_other_levels_is_a_tree_of_those_it_has(
    plan: str, expected: set[tuple[str, ...]]
) -> None:
    document = json.loads(written(open_small(*PLANS), "jsonld", THINGS + plan))
    told = [*list_levels(document["@graph"][0])]
    assert sorted(told) == sorted({(plan,), *expected})
    actions = [each for each in document["@graph"][1:] if "Action" in each.get("@type", ())]
    assert actions == []


def test_levels_that_stand_in_a_circle_or_without_end_are_told_beside_the_tree(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deep.ttl"
    chain = [(f"<urn:{n}>", f"<urn:{n + 1}>") for n in range(300)] + [("<urn:a>", "<urn:b>")] * 2
    links = [*chain, ("<urn:b>", "<urn:a>")]
    path.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n<urn:p> a hwbs:ActionPlan .\n"
        "<urn:300> hwbs:inPlan <urn:p> ; a hwbs:Action .\n"
        + "".join(
            f"{low} a hwbs:Action ; hwbs:inPlan <urn:p> ; hwbs:standsUnder {high} .\n"
            for low, high in links
        )
    )
    engine = open_small(path)
    data = written(engine, "jsonld", "urn:p")
    assert statements(data, "jsonld") == statements(written(engine, "nt", "urn:p"), "nt")
    tree, *rest = json.loads(data)["@graph"]
    levels = max(map(len, list_levels(tree)))
    assert 30 < levels < 60
    assert {"urn:a", "urn:b"} <= {each["@id"] for each in rest}


def test_an_objective_under_several_themes_is_told_once_and_named_again(record: Engine) -> None:
    document = json.loads(written(record, "jsonld", THINGS + "leicester-2019"))
    plan = document["@graph"][0]
    assert plan["@id"] == "id:leicester-2019"
    objectives = [each for theme in plan["themes"] for each in theme["objectives"]]
    told = [each for each in objectives if len(each) > 1]
    assert (len(objectives), len(told)) == (48, 18)


def test_the_context_names_every_term_of_the_ontology_and_no_address_to_fetch() -> None:
    text = (ROOT / "ontology" / "context.jsonld").read_text("utf-8")
    context = json.loads(text)["@context"]
    named = {
        entry["@id"] if isinstance(entry, dict) and "@id" in entry else entry
        for key, entry in context.items()
        if not key.startswith("@") and (isinstance(entry, str) or "@id" in entry)
    }
    assert {f"hwbs:{term}" for term in bundled.list_terms()} <= named
    assert context["hwbs"] == TERMS
    assert "@import" not in text


def test_values_that_differ_from_their_range_keep_type_and_language(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(
        """@prefix hwbs: <https://w3id.org/hwbs/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:x:a> skos:prefLabel "plain", "gallois"@fr, "<urn:x:b>"@en ; hwbs:value 3, 3.50, "x" ;
            hwbs:printedOrder "007"^^xsd:integer, -1, 99999999999999999999, true, "1" ;
            hwbs:inPlan "no plan", <urn:x:b> ; hwbs:place <urn:x:b> ; a hwbs:Action, <urn:x:C> ;
            <http://www.w3.org/2004/02/skos/core#> <https://w3id.org/hwbs/ns#> .""",
        "utf-8",
    )
    engine = open_small(path)
    data = written(engine, "jsonld")
    assert statements(data, "jsonld") == {restore(quad).triple for quad in engine.snapshot()}


# Tables


def test_the_tables_hold_what_the_record_counts(record: Engine) -> None:
    found = tables(record)
    assert list(found) == TABLES
    counts = {name: len(rows) for name, rows in found.items() if name != "links"}
    assert counts == {
        "plans": CLASSES["Strategy"] + CLASSES["ActionPlan"],
        "documents": CLASSES["SourceDocument"],
        "themes": CLASSES["Theme"],
        "objectives": CLASSES["LetteredObjective"] + CLASSES["PlanObjective"],
        "priorities": CLASSES["Priority"] + CLASSES["SubPriority"],
        "focus-areas": CLASSES["FocusArea"],
        "actions": CLASSES["Action"],
        "partners": CLASSES["Partner"],
        "determinants": CLASSES["Determinant"],
        "claims": CLASSES["Claim"],
        "quality-notes": CLASSES["QualityNote"],
        # Of the stretch targets and the one that a priority states, no deaths by suicide.
        "targets": CLASSES["StretchTarget"] + 1,
        "indicators": 53,
        "progress-updates": 0,
        "population-groups": 44,
        "related-works": 52,
        "reviews": 1,
        "points-of-reviews": 27,
        "commitments": 6,
    }
    for name, rows in found.items():
        if name != "links":
            assert len({row["iri"] for row in rows}) == len(rows)
            assert all(row["label"] for row in rows)


def test_the_link_table_says_who_is_involved_why_and_where(record: Engine) -> None:
    links = tables(record)["links"]
    assert list(links[0]) == [
        *("from", "fromLabel", "relation", "to", "toLabel"),
        *("basis", "confidence", "document", "line", "place", "printed"),
        *("role", "printedRole", "saidBy", "saidOn"),
    ]
    counts = Counter(row["relation"] for row in links)
    assert (counts["involves"], counts["addresses"]) == (252, 493)
    assert counts["stands under"] == 48 + 19 + 19 + 11 + 18 + 5  # placements, then what is plain
    for row in links:
        if row["relation"] == "involves":
            assert row["basis"] == "stated in document"
            assert row["document"] in ("S002", "S002 | S002")
            assert row["printed"]
    judged = [row for row in links if row["basis"] == "curated judgement"]
    assert judged
    assert all(row["confidence"] in ("high", "medium", "low") for row in judged)
    elsewhere = [row for row in links if row["basis"] == "stated elsewhere"]
    assert len(elsewhere) == 6
    assert all("Health and Wellbeing Board" in row["document"] for row in elsewhere)


def test_what_is_new_or_dropped_has_one_end(small: Engine) -> None:
    rows = {row["relation"]: row for row in tables(small)["links"]}
    assert (rows["new"]["from"], rows["new"]["toLabel"]) == ("", "Plant trees")
    assert (rows["dropped"]["fromLabel"], rows["dropped"]["to"]) == ("Fewer lonely people", "")


def test_a_row_of_the_small_plan_reads_as_worked_out_by_hand(small: Engine) -> None:
    row = {row["code"]: row for row in tables(small)["actions"]}["1b"]
    assert row["label"] == "Mend every boiler"
    assert row["objectiveLabel"] == "Insulate homes"
    assert row["themeLabel"] == "Warm Homes"
    assert row["partnerLabel"] == "Homes"
    assert (row["document"], row["line"], row["place"]) == ("D1", "6", "1b")
    assert row["printed"] == "b) Mend every boiler"
    both = {row["label"]: row for row in tables(small)["actions"]}["Open a café"]
    assert both["partnerLabel"] == "Homes | Neighbours"


def test_one_plan_as_tables_has_only_its_own_things(record: Engine) -> None:
    found = tables(record, PLAN_2019)
    assert len(found["actions"]) == CLASSES["Action"]
    assert len(found["partners"]) == CLASSES["Partner"]
    assert (found["priorities"], found["focus-areas"]) == ([], [])
    assert Counter(row["relation"] for row in found["links"])["involves"] == CLASSES["Involvement"]


def test_the_workbook_holds_the_tables_with_filters_and_frozen_heads(record: Engine) -> None:
    book = openpyxl.load_workbook(BytesIO(written(record, "xlsx")))
    assert book.sheetnames == [name.replace("-", " ") for name in TABLES]
    for name, rows in tables(record).items():
        sheet = book[name.replace("-", " ")]
        assert sheet.max_row == len(rows) + 1
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref.startswith("A1:")
        heads = [cell.value for cell in sheet[1]]
        assert not rows or heads == list(rows[0])  # the record prints no progress
        if rows:
            assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value)
        for cells, row in zip(sheet.iter_rows(min_row=2, values_only=True), rows, strict=True):
            shown = ["" if cell is None else str(cell) for cell in cells]
            assert shown == [text.removeprefix("'") for text in row.values()]
    assert isinstance(book["claims"]["C2"].value, int)


# Networks


def read_network(data: bytes, format: str) -> Any:
    reader = networkx.read_graphml if format == "graphml" else networkx.read_gexf
    return reader(BytesIO(data))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
@pytest.mark.parametrize("plan", [None, "leicester-2019", "leicester-2022", "leicestershire-2022"])
def test_networkx_reads_the_projection_back(format: str, plan: str | None, record: Engine) -> None:
    iri = plan and THINGS + plan
    wanted = network.project_plan(record, iri)
    found = read_network(written(record, format, iri), format)
    assert found.is_directed()
    assert set(found.nodes) == set(wanted.nodes)
    assert set(found.edges) == set(wanted.edges)
    for node, data in wanted.nodes(data=True):
        for key in ("label", "kind", "code", "order", "short"):
            assert found.nodes[node][key] == data[key]
    for source, target, data in wanted.edges(data=True):
        edge = found.edges[source, target]
        assert edge["basis"] == data["basis"]
        assert edge["sources"].count("\n") == len(data["sources"]) - 1


def test_gephi_gets_a_colour_for_each_theme_and_grey_for_partners(record: Engine) -> None:
    graph = read_network(written(record, "gexf"), "gexf")
    colours: dict[str, set[tuple[int, ...]]] = {}
    for _, data in graph.nodes(data=True):
        paint = data["viz"]["color"]
        colours.setdefault(data["kind"], set()).add((paint["r"], paint["g"], paint["b"]))
        assert data["viz"]["size"] > 0
        assert data["colour"] == "#{r:02x}{g:02x}{b:02x}".format(**paint)
    assert {kind: len(found) for kind, found in colours.items()} == {
        "theme": 5,
        "objective": 5,
        "action": 5,
        "partner": 1,
    }
    assert not colours["theme"] & colours["objective"]
    root = ElementTree.fromstring(written(record, "gexf"))
    inner = root.find("{http://www.gexf.net/1.2draft}graph")
    assert inner is not None
    assert inner.get("defaultedgetype") == "directed"


def test_graphml_carries_colours_as_gephi_reads_them(record: Engine) -> None:
    graph = read_network(written(record, "graphml"), "graphml")
    housing = graph.nodes[THINGS + "partner/housing"]
    assert (housing["r"], housing["g"], housing["b"]) == (61, 72, 84)
    assert graph.graph["title"] == "Leicester Joint Health and Wellbeing Strategy 2019"
    assert "Printed as: “Housing” (17)" in housing["details"]


# StratML

NS = "{urn:ISO:std:iso:17469:tech:xsd:stratml_core}"
NS_2 = "{urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport}"
STAKEHOLDER = "Name Description?"
#: Element -> its children in order: ? at most one, * any number, + at least one, else exactly one.
#: Facts of the schema of Part 1, of 1 April 2014; an element without an entry holds text.
STRUCTURE = {
    "StrategicPlan": "Name Description? OtherInformation? StrategicPlanCore "
    "AdministrativeInformation?",
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Vision": "Description? Identifier?",
    "Mission": "Description? Identifier?",
    "Value": "Name? Description?",
    "Goal": "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? "
    "Objective*",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?",
    "Stakeholder": STAKEHOLDER,
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
}
#: What Part 2, of 16 February 2016, has more; the roots of the two differ in name and namespace.
PERFORMANCE = {
    **STRUCTURE,
    "PerformancePlanOrReport": STRUCTURE["StrategicPlan"],
    "Objective": STRUCTURE["Objective"] + " PerformanceIndicator*",
    "Stakeholder": STAKEHOLDER + " Role*",
    "Role": "Name Description? RoleType? RoleType?",
    "PerformanceIndicator": "SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? "
    "Relationship* MeasurementInstance* OtherInformation?",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "ActualResult": "StartDate? EndDate? NumberOfUnits? Descriptor? Description?",
    "Descriptor": "DescriptorName? DescriptorValue?",
}
#: The values of an attribute, or of an element that holds one of a list.
VALUES = {
    "Type": {"Strategic_Plan", "Performance_Plan", "Performance_Report"},
    "StakeholderTypeType": {"Person", "Organization", "Generic_Group"},
    "PerformanceIndicatorType": {"Quantitative", "Qualitative"},
    "RoleType": {"Performer", "Beneficiary"},
}


def faults(element: ElementTree.Element, structure: dict[str, str]) -> Iterator[str]:
    """Yield a sentence for each element whose children the structure does not allow."""
    name = element.tag.rpartition("}")[2]
    children = [child.tag.rpartition("}")[2] for child in element]
    if name in structure:
        parts = (re.fullmatch(r"(\w+)([?*+]?)", part) for part in structure[name].split())
        pattern = "".join(f"(?:{part[1]} ){part[2]}" for part in parts if part)
        if not re.fullmatch(pattern, "".join(f"{child} " for child in children)):
            yield f"{name} holds {children}"
    elif children:
        yield f"{name} holds elements"
    allowed = {
        "Stakeholder": {"StakeholderTypeType"},
        "PerformanceIndicator": {"PerformanceIndicatorType"},
        "PerformancePlanOrReport": {"Type"},
    }
    if set(element.attrib) - allowed.get(name, set()):
        yield f"{name} has attributes {element.attrib}"
    for key, value in [*element.attrib.items(), (name, element.text)]:
        if value not in VALUES.get(key, {value}):
            yield f"{value} is no {key}"
    if name.endswith("Date") and not re.fullmatch(r"\d{4}-\d\d-\d\d", element.text or ""):
        yield f"{name} is no date: {element.text}"
    if name == "NumberOfUnits" and not re.fullmatch(r"[+-]?\d+(\.\d+)?", element.text or ""):
        yield f"{name} is no number: {element.text}"
    for child in element:
        yield from faults(child, structure)


def stratml_faults(data: bytes) -> list[str]:
    root = ElementTree.fromstring(data)
    namespace, _, name = root.tag.rpartition("}")
    assert (f"{namespace}}}", name) in {
        (NS, "StrategicPlan"),
        (NS_2, "PerformancePlanOrReport"),
    }
    identifiers = [each.text or "" for each in root.iter(f"{namespace}}}Identifier")]
    found = list(faults(root, STRUCTURE if name == "StrategicPlan" else PERFORMANCE))
    found += [f"{name} twice" for name, times in Counter(identifiers).items() if times > 1]
    return found + [
        f"{name} no XML name" for name in identifiers if not re.match(r"[A-Za-z_]", name)
    ]


def texts(element: ElementTree.Element, path: str) -> list[str]:
    return [each.text or "" for each in element.findall(path.replace("/", f"/{NS}"))]


@pytest.mark.parametrize(
    ("plan", "goals", "objectives"),
    [
        ("leicester-2019/action-plan", 5, 19),
        ("leicester-2019", 5, 48),
        ("leicester-2022", 5, 19),
        ("leicestershire-2022", 7, 11),
    ],
)
def test_every_plan_of_the_record_has_the_structure_of_stratml(
    plan: str, goals: int, objectives: int, record: Engine
) -> None:
    data = written(record, "stratml", THINGS + plan)
    assert stratml_faults(data) == []
    root = ElementTree.fromstring(data)
    # A plan with a target is one of the second part, which is about performance.
    space = NS_2 if plan == "leicester-2022" else NS
    assert root.tag.startswith(space)
    assert len(list(root.iter(f"{space}Goal"))) == goals
    assert len(list(root.iter(f"{space}Objective"))) == objectives


def test_the_structure_check_sees_what_is_wrong() -> None:
    goal = "<Goal><Name>a</Name><Description/>{}</Goal>"
    plan = (
        '<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"><Name>a</Name>'
        "<StrategicPlanCore>{}</StrategicPlanCore></StrategicPlan>"
    )
    assert stratml_faults(plan.format(goal.format("")).encode()) == []
    for wrong in (
        "",
        "<Goal><Description/><Name>a</Name></Goal>",
        "<Goal><Name>a</Name></Goal>",
        goal.format("<Objective><Objective/></Objective>"),
        goal.format("<Stakeholder><Name/><Role/></Stakeholder>"),
        goal.format("<Stakeholder StakeholderTypeType='Council'><Name/></Stakeholder>"),
        goal.format("<Identifier>_a</Identifier>") * 2,
        goal.format("<Identifier>1</Identifier>"),
    ):
        assert stratml_faults(plan.format(wrong).encode()), wrong


def test_stratml_tells_the_actions_and_who_performs_them(record: Engine) -> None:
    root = ElementTree.fromstring(written(record, "stratml"))
    assert texts(root, "./Name") == [
        "Leicester Joint Health and Wellbeing Strategy action plan 2019"
    ]
    objectives = list(root.iter(f"{NS}Objective"))
    told = "\n".join(text for each in objectives for text in texts(each, "./OtherInformation"))
    assert len(re.findall(r"^\d[a-z] ", told, re.MULTILINE)) == CLASSES["Action"]
    performing = [text for each in objectives for text in texts(each, "./Stakeholder/Description")]
    assert all(text.startswith("Performer: named for ") for text in performing)
    codes = [re.findall(r"\b\d[a-z]\b", text.partition(", printed")[0]) for text in performing]
    assert sum(map(len, codes)) == CLASSES["Involvement"]
    names = {text for each in objectives for text in texts(each, "./Stakeholder/Name")}
    assert len(names) == CLASSES["Partner"]
    assert "Leicester Health and Wellbeing Board" in texts(
        root, "./StrategicPlanCore/Organization/Name"
    )


def test_ctrl_c_while_a_file_is_written_leaves_nothing_of_it(tmp_path: Path) -> None:
    # The command line ends at once on Ctrl-C, but for this.
    program = (
        "import os, pathlib, signal, hwbs_graph.data.atomic_file as files;"
        "signal.signal(signal.SIGINT, signal.SIG_DFL);"
        "os.fsync = lambda number: signal.pause();"
        "files.write_file(pathlib.Path('answer.nt'), b'')"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, stderr=subprocess.DEVNULL
    )
    ends = time.monotonic() + 180
    while not list(tmp_path.iterdir()) and time.monotonic() < ends:
        time.sleep(0.01)
    assert list(tmp_path.iterdir())
    running.send_signal(signal.SIGINT)
    assert running.wait(180) != 0
    assert not list(tmp_path.iterdir())


def test_stratml_dates_are_the_first_and_last_day_of_the_stated_years(record: Engine) -> None:
    text = (
        written(record, "stratml", THINGS + "leicester-2022").decode().replace(NS_2[1:-1], NS[1:-1])
    )
    root = ElementTree.fromstring(text)
    assert texts(root, "./AdministrativeInformation/StartDate") == ["2022-01-01"]
    assert texts(root, "./AdministrativeInformation/EndDate") == ["2027-12-31"]
    assert texts(root, "./AdministrativeInformation/PublicationDate") == []


def test_stratml_asks_which_plan_where_several_could_be_meant(small: Engine) -> None:
    with pytest.raises(UsageError, match="no theme to draw"):
        written(small, "stratml", THINGS + "nowhere")


# Hostile text


def test_no_cell_of_the_tables_acts_as_a_formula(hostile: Engine) -> None:
    found = tables(hostile)
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell)]
    action = next(row for row in found["actions"] if row["code"] == "1z")
    assert action["label"] == "'=cmd|' /C calc'!A0"
    partner = next(row for row in found["partners"] if "script" in row["label"])
    assert partner["short"] == "'+SUM(A1)"
    book = openpyxl.load_workbook(BytesIO(written(hostile, "xlsx")))
    for sheet in book:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    labels = [cell.value for cell in book["actions"]["B"]]
    assert "=cmd|' /C calc'!A0" in labels


def test_what_xml_cannot_hold_is_removed_and_markup_stays_text(hostile: Engine) -> None:
    label = "</Name><script>alert(1)</script> ]]> & [31mred"
    partner = "https://example.org/h/partner"
    for format in ("graphml", "gexf"):
        found = read_network(written(hostile, format, THINGS + "alpha-2030/action-plan"), format)
        assert found.nodes[partner]["label"] == label
        edge = found.edges["https://example.org/h/action", partner]
        assert edge["sources"] == '“=HYPERLINK("x")”, Alpha plan, line 9 (]]>)'
    data = written(hostile, "stratml", THINGS + "alpha-2030/action-plan")
    assert stratml_faults(data) == []
    root = ElementTree.fromstring(data)
    assert label in [each.text for each in root.findall(".//{*}Name")]


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_rdf_keeps_hostile_text_as_it_is(format: str, hostile: Engine) -> None:
    found = statements(written(hostile, format), format)
    assert found == {quad.triple for quad in hostile.snapshot()}


@pytest.mark.parametrize(
    ("text", "cell"),
    [("-3", "-3"), ("-3.5", "-3.5"), ("-3+1", "'-3+1"), ("=1", "'=1"), ("a=1", "a=1"), ("", "")],
)
def test_a_plain_negative_number_stays_a_number(text: str, cell: str) -> None:
    assert neutralise_formula(text) == cell


def test_cleaning_keeps_every_character_that_xml_allows() -> None:
    kept = "\t\n\x20\x7f\x85é\ud7ff\ue000\ufffd\U0001f600\U0010ffff"
    assert xml_text(kept) == kept
    assert xml_text("a\x00\x0b\x1f\ud800\ufffe\uffffb\r\nc\rd") == "ab\nc\nd"
