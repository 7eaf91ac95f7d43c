"""`hwbs schema` tells what a graph has, counted, and how to ask it."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from support import PLANS, ROOT, SMALL, Hwbs, open_small

from hwbs_graph.model.vocabulary import RDF, TERMS
from hwbs_graph.store import Embedded

FLAT = ROOT / "tests" / "plans" / "delta.ttl"


_told: dict[str, Any] = {}


def tell(hwbs: Hwbs) -> dict[str, Any]:
    """What the command says of the record, asked once."""
    if not _told:
        _told.update(json.loads(hwbs("schema", "--format", "json").out))
    return _told


def find_types(engine: Embedded) -> dict[str, set[str]]:
    """The classes of hwbs of each thing, read without SPARQL."""
    types: dict[str, set[str]] = {}
    for quad in engine.snapshot().quads_for_pattern(None, RDF.type, None):
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(TERMS):
            types.setdefault(str(quad.subject), set()).add(quad.object.value)
    return types


def test_every_class_and_link_is_counted_as_a_count_of_the_statements_finds_it(
    hwbs: Hwbs, record: Embedded
) -> None:
    told = tell(hwbs)
    types = find_types(record)
    things = Counter(each for classes in types.values() for each in classes)
    assert {each["iri"]: each["things"] for each in told["classes"]} == things
    for relation in told["relations"]:
        if not relation["target"].startswith(TERMS):
            continue
        joined = {
            (quad.subject, quad.object)
            for quad in record.snapshot().quads_for_pattern(None, NamedNode(relation["iri"]), None)
            if relation["source"] in types.get(str(quad.subject), ())
            and relation["target"] in types.get(str(quad.object), ())
        }
        assert len(joined) == relation["links"], relation["iri"]


def test_a_relation_is_told_by_the_narrowest_classes_that_hold_all_its_links(hwbs: Hwbs) -> None:
    told = tell(hwbs)["relations"]
    ends = {
        (each["iri"].removeprefix(TERMS), each["source"].removeprefix(TERMS)): each["target"]
        for each in told
    }
    assert ends["deliversObjective", "Action"] == f"{TERMS}PlanObjective"
    assert ends["addresses", "PlanElement"] == f"{TERMS}Determinant"
    assert ("addresses", "Action") not in ends
    assert ("involves", "PlanElement") not in ends


@pytest.mark.parametrize("extra", [(), ("--graph", str(FLAT), "--only")])
def test_every_example_that_is_shown_finds_something_as_it_stands(
    extra: tuple[str, ...], hwbs: Hwbs
) -> None:
    run = hwbs("schema", *extra)
    assert run.code == 0
    examples = re.split(r"^# .*\?$", run.out, flags=re.MULTILINE)[1:]
    assert len(examples) == 5
    for text in examples:
        asked = hwbs("sparql", text, "--format", "csv", *extra)
        assert asked.code in ((0, 1) if extra else (0,)), text
        assert "is not declared" not in asked.err


def test_a_graph_of_another_plan_is_told_by_what_it_has(hwbs: Hwbs) -> None:
    out = hwbs("schema", "--graph", FLAT, "--only").out
    assert re.search(r"^ProgressUpdate \d", out, re.MULTILINE)
    assert "Alignment" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_drawing_has_every_class_and_link_as_mermaid_reads_them(hwbs: Hwbs) -> None:
    told = tell(hwbs)
    first, *lines = hwbs("schema", "--mermaid").out.splitlines()
    assert first == "classDiagram"
    kinds = Counter(line.split()[0 if line.strip().startswith("class ") else 1] for line in lines)
    assert kinds["class"] == len(told["classes"])
    assert kinds["-->"] == len(told["relations"])
    assert kinds["<|--"] == sum(bool(each["broader"]) for each in told["classes"])
    assert sum(kinds.values()) == len(lines)


#: What Sparnatural's SHACL profile allows on an entity and on a property, and its search widgets.
#: https://docs.sparnatural.eu/SHACL-based-configuration.html
ENTITY = {"type", "label", "order", "description", "targetClass", "property"}
PROPERTY = {
    *("type", "path", "name", "description", "class", "or", "datatype"),
    *("propertyRole", "searchWidget"),
}
WIDGETS = {
    *("SearchProperty", "ListProperty", "AutocompleteProperty", "BooleanProperty"),
    *("MapProperty", "StringEqualsProperty", "TimeProperty-Date", "TimeProperty-Year"),
    *("TimeProperty-Period", "TreeProperty", "NumberProperty"),
}


@pytest.mark.parametrize("paths", [SMALL, PLANS], ids=["small", "odd"])
def test_the_configuration_of_sparnatural_keeps_to_its_profile_and_to_the_graph(
    hwbs: Hwbs, paths: tuple[Path, ...]
) -> None:
    given = [part for path in paths for part in ("--graph", path)]
    run = hwbs("schema", "--sparnatural", "--only", *given)
    assert (run.code, run.err) == (0, "")
    said: dict[str, dict[str, list[Any]]] = {}
    for each in parse(run.out, format=RdfFormat.TURTLE):
        about = said.setdefault(str(each.subject), {})
        about.setdefault(re.split("[#/]", each.predicate.value)[-1], []).append(each.object)
    shapes = {iri: own for iri, own in said.items() if "type" in own}
    entities = {iri: own for iri, own in shapes.items() if "targetClass" in own}
    targets = {str(own["targetClass"][0]) for own in entities.values()}
    assert len(targets) == len(entities) > 15
    assert all(set(own) <= ENTITY and len(own["label"]) == 1 for own in entities.values())
    properties = {iri: own for iri, own in shapes.items() if iri not in entities}
    used = [str(each) for own in entities.values() for each in own.get("property", ())]
    assert sorted(used) == sorted(properties)
    engine = open_small(*paths) if paths is PLANS else open_small()
    for own in entities.values():
        for each in own.get("property", ()):
            held = properties[str(each)]
            assert set(held) <= PROPERTY
            assert len(held["path"]) == len(held["name"]) == 1
            assert len([key for key in ("class", "or", "datatype") if key in held]) == 1
            assert set(list_targets(said, held)) <= targets
            widgets = {node.value.rpartition("#")[2] for node in held.get("searchWidget", ())}
            assert widgets <= WIDGETS
            if "datatype" not in held:
                (owner,), (path,) = own["targetClass"], held["path"]
                ends = " ".join(list_targets(said, held))
                found = f"{{ ?x a {owner} ; {path} ?y . ?y a ?class VALUES ?class {{ {ends} }} }}"
                assert engine.select(f"SELECT DISTINCT ?class {found}")


def list_targets(said: dict[str, dict[str, list[Any]]], held: dict[str, list[Any]]) -> list[str]:
    """The classes of the values of a property: one, or those of a list."""
    found = [str(each) for each in held.get("class", ())]
    node = str(held["or"][0]) if "or" in held else ""
    while node in said:
        found.append(str(said[str(said[node]["first"][0])]["class"][0]))
        node = str(said[node]["rest"][0])
    return found


def test_what_has_one_form_is_not_written_in_another_without_a_word(hwbs: Hwbs) -> None:
    for option, wrong in (
        (("--sparnatural",), "json"),
        (("--mermaid",), "csv"),
        (("--json-schema", "partner"), "ttl"),
    ):
        run = hwbs("schema", *option, "--format", wrong)
        assert (run.code, run.out) == (2, "")
        assert f"{option[0]} cannot be written as {wrong}" in run.err
    assert hwbs("schema", "--json-schema", "partner", "--format", "json").code == 0
