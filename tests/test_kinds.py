"""The registry of kinds and relations: every reader knows what it says, and the ontology agrees."""

import base64
import csv
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from pyoxigraph import Literal, NamedNode
from support import ROOT, SMALL

from hwbs_graph.data import bundled, turtle
from hwbs_graph.model.vocabulary import PREFIXES, RDF, RDFS, SCHEMES, TERMS, THINGS

#: What a kind and a relation that nobody thought of add to each file.
INVENTED = {
    "ontology/hwbs.ttl": """
        hwbs:Risk a owl:Class ; rdfs:subClassOf hwbs:PlanElement ; rdfs:label "risk"@en ;
            rdfs:isDefinedBy <https://w3id.org/hwbs/ns> .
        hwbs:Rumour a owl:Class ; rdfs:label "rumour"@en .
        hwbs:threatens a owl:ObjectProperty ; rdfs:domain hwbs:Risk ; rdfs:range hwbs:Objective .
        hwbs:RiskReview a owl:Class ; rdfs:subClassOf hwbs:Statement .
        hwbs:reviewer a owl:ObjectProperty . hwbs:reviewed a owl:ObjectProperty .
    """,
    "ontology/shapes.ttl": """
        <https://w3id.org/hwbs/shape/risk> a sh:NodeShape ; sh:targetClass hwbs:Risk .
    """,
    "ontology/kinds.ttl": """
        @prefix kind: <https://w3id.org/hwbs/scheme/kind/> .
        kind:risk a hwbs:Kind ; skos:prefLabel "risk"@en ; skos:altLabel "peril"@en ;
            hwbs:plural "grave risks"@en ; hwbs:ofClass hwbs:Risk ;
            hwbs:kindOrder 99 ; hwbs:mapColumn 5 ; hwbs:size 5 ; hwbs:paleness 0.9 .
        kind:rumour a hwbs:Kind ; skos:prefLabel "rumour"@en ; hwbs:plural "rumours"@en ;
            hwbs:ofClass hwbs:Rumour ; hwbs:kindOrder 98 ; hwbs:speaking true .
        hwbs:threatens hwbs:forward "threatens"@en ; hwbs:backward "is threatened by"@en ;
            hwbs:drawnBackward "contains" ; hwbs:inNetwork true .
        hwbs:RiskReview hwbs:forward "looks into"@en ; hwbs:backward "is looked into by"@en ;
            hwbs:fromRole hwbs:reviewer ; hwbs:toRole hwbs:reviewed ;
            hwbs:planRole hwbs:reviewed ; hwbs:drawnBackward "responsible" ; hwbs:inNetwork true .
    """,
    "graph/small.ttl": """
        @prefix risk: <https://w3id.org/hwbs/id/alpha-2030/risk/> .
        risk:damp a hwbs:Risk ; skos:prefLabel "Rising damp"@en ; skos:altLabel "wet walls"@en ;
            hwbs:inPlan plan:action-plan ; hwbs:statedIn document:D1 ;
            hwbs:threatens objective:warmth-1 .
        risk:review a hwbs:RiskReview ; hwbs:reviewer partner:homes ; hwbs:reviewed risk:damp ;
            hwbs:basis basis:stated-in-document .
        risk:rumour a hwbs:Rumour ; skos:prefLabel "Mould may follow"@en ; hwbs:about risk:damp .
    """,
    "queries/report/grave-risks.rq": """
        #+ summary: Which grave risks are there?
        #+ tags: list
        #+ ask: which risks are there
        PREFIX hwbs: <https://w3id.org/hwbs/ns#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?risk ?riskLabel WHERE { ?risk a hwbs:Risk ; skos:prefLabel ?riskLabel }
        ORDER BY ?risk
    """,
}
Ask = Callable[..., str]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask `hwbs`, as a new process, of a checkout that has the small plan and the invented kind."""
    root = tmp_path_factory.mktemp("invented")
    unread = shutil.ignore_patterns("__pycache__")
    for folder in ("src", "ontology", "queries"):  # an installed package would read its own data
        shutil.copytree(ROOT / folder, root / folder, ignore=unread)
    (root / "graph").mkdir()
    shutil.copy(SMALL[0], root / "graph" / "small.ttl")
    for name, text in INVENTED.items():
        lines = "\n".join(line.strip() for line in text.strip().split("\n"))
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}\n")

    def ask(*arguments: str | Path, notes: bool = False) -> str:
        """Return what a command that succeeds writes to stdout, or the notes of any."""
        done = subprocess.run(
            [sys.executable, "-m", "hwbs_graph", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        )
        assert notes or done.returncode == 0, done.stderr
        return done.stderr if notes else done.stdout

    return ask


def test_an_invented_kind_is_listed_and_its_list_can_be_narrowed(invented: Ask) -> None:
    assert "Rising damp" in invented("list", "grave risks")
    assert "Rising damp" in invented("list", "grave-risks", "--plan", "Alpha strategy 2030")


def test_an_invented_kind_goes_by_its_other_words(invented: Ask) -> None:
    assert "Rising damp" in invented("list", "peril")
    assert "Rising damp" in invented("ask", "Which perils are there?")


def test_an_invented_kind_is_found_by_its_names(invented: Ask) -> None:
    sheet = json.loads(invented("show", "wet walls", "--format", "json"))
    assert (sheet["thing"]["label"], sheet["thing"]["kind"]) == ("Rising damp", "risk")
    assert "objective/warmth-1" in json.dumps(sheet)


def test_a_query_may_name_an_invented_class_but_no_misspelt_one(invented: Ask) -> None:
    query = "SELECT ?r { ?r a <https://w3id.org/hwbs/ns#%s> ; a <urn:x:none> }"
    assert "has no" not in invented("sparql", query % "Risk", notes=True)
    assert "The ontology has no hwbs:Rsik" in invented("sparql", query % "Rsik", notes=True)


def test_an_invented_relation_explains_a_connection(invented: Ask) -> None:
    assert "Rising damp -- threatens -- " in invented("path", "Rising damp", "Insulate homes")
    assert " -- is threatened by -- Rising damp" in invented("path", "Insulate homes", "wet walls")
    assert "-- is looked into by --" in invented("path", "wet walls", "partner/homes")


def test_an_invented_kind_has_a_table_and_its_relation_stands_among_the_links(
    invented: Ask, tmp_path: Path
) -> None:
    invented("export", "csv", "--output", tmp_path)
    with (tmp_path / "grave-risks.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["label"], row["planLabel"]) == ("Rising damp", "Alpha action plan 2030")
    with (tmp_path / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        links = {
            (row["fromLabel"], row["relation"], row["toLabel"]) for row in csv.DictReader(file)
        }
    assert ("Rising damp", "threatens", "Insulate homes") in links
    assert any(link[1:] == ("looks into", "Rising damp") for link in links)


def test_an_invented_kind_stands_in_the_network_of_its_plan(invented: Ask, tmp_path: Path) -> None:
    path = tmp_path / "plan.graphml"
    invented("export", "graphml", "--output", path)
    graph = networkx.read_graphml(path)
    damp = THINGS + "alpha-2030/risk/damp"
    node = graph.nodes[damp]
    assert (node["label"], node["kind"], node["size"]) == ("Rising damp", "risk", 5)
    assert node["theme"] == "Warmth"
    assert node["colour"] == "#e7f1f1"
    links = {(one, data["relation"], other) for one, other, data in graph.edges(data=True)}
    assert (THINGS + "alpha-2030/objective/warmth-1", "has the risk", damp) in links
    assert (damp, "involves", THINGS + "partner/homes") in links


def test_what_an_invented_kind_says_goes_with_its_plan(invented: Ask, tmp_path: Path) -> None:
    path = tmp_path / "plan.nt"
    invented("export", "nt", "--plan", "Alpha strategy 2030", "--output", path)
    text = path.read_text("utf-8")
    assert "alpha-2030/risk/review> " in text
    assert "Mould may follow" in text


def test_an_invented_kind_is_drawn_in_its_column_and_listed_in_the_page(
    invented: Ask, tmp_path: Path
) -> None:
    invented("view", "--output", tmp_path / "view.html")
    page = (tmp_path / "view.html").read_text("utf-8")
    assert "Rising damp" in re.sub(r"(?s)<script.*?</script>", "", page)
    data = read_data(page)
    kinds = [column["kind"] for column in data["columns"]]
    assert kinds[kinds.index("action") + 1] == "risk"
    assert "grave risks" in {column["plural"] for column in data["columns"]}
    assert "wet walls" in json.dumps(data)
    names = {node["id"]: node["name"] for node in data["nodes"]}
    drawn = {(names[e["from"]], e["relation"], names[e["to"]]) for e in data["edges"]}
    assert ("Insulate homes", "contains", "Rising damp") in drawn
    assert ("Rising damp", "responsible", "Homes") in drawn


def read_data(page: str) -> Any:
    """Return the page's data as the browser reads it."""
    block = re.search(r'<script[^>]*"application/octet-stream"[^>]*>(.*?)</script>', page, re.S)
    assert block is not None
    return json.loads(gzip.decompress(base64.b64decode(block[1])))


# The registry and the ontology


def subjects(name: str) -> dict[str, dict[str, list[str]]]:
    """The statements of a file of the ontology: subject, predicate, values."""
    path = bundled.folder("ontology") / name
    found: dict[str, dict[str, list[str]]] = {}
    for triple in turtle.parse_turtle(path.read_text("utf-8"), name):
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        own = found.setdefault(triple.subject.value, {})
        own.setdefault(triple.predicate.value, []).append(triple.object.value)
    return found


ONTOLOGY = subjects("hwbs.ttl")
SUBCLASS = RDFS.subClassOf.value
TYPE = RDF.type.value


def above(term: str) -> set[str]:
    """A class and those above it."""
    broader = ONTOLOGY.get(term, {}).get(SUBCLASS, [])
    return {term}.union(*map(above, broader))


def test_every_class_is_of_a_kind_or_a_relation_or_says_why_not() -> None:
    registry = bundled.registry()
    known = {iri for kind in registry.kinds for iri in (*kind.classes, kind.general_class)}
    known |= registry.relations.keys() | registry.unlisted.keys()
    classes = [
        term for term, own in ONTOLOGY.items() if PREFIXES["owl"] + "Class" in own.get(TYPE, [])
    ]
    stray = [
        term
        for term in classes
        if term not in known and not (above(term) & known) - registry.unlisted.keys()
    ]
    assert (len(classes) > 40, stray) == (True, [])


def test_every_property_between_things_is_a_relation_or_a_role_or_says_why_not() -> None:
    registry = bundled.registry()
    relations = registry.relations.values()
    known = registry.relations.keys() | registry.unlisted.keys()
    known |= {role for each in relations for role in (each.from_role, each.to_role)}
    stray = [
        term
        for term, own in ONTOLOGY.items()
        if PREFIXES["owl"] + "ObjectProperty" in own.get(TYPE, [])
        and own.get(PREFIXES["rdfs"] + "range") != [PREFIXES["skos"] + "Concept"]
        and term not in known
    ]
    assert stray == []


def test_the_registry_speaks_only_of_what_the_ontology_defines() -> None:
    names = ("annotations", "determinants", "population-groups", "schemes")
    defined = set(ONTOLOGY).union(*(subjects(f"{name}.ttl") for name in names))
    kinds = subjects("kinds.ttl")
    used = {iri for own in kinds.values() for values in own.values() for iri in values}
    used |= kinds.keys() | {predicate for own in kinds.values() for predicate in own}
    ours = {iri for iri in used if iri.startswith((TERMS, SCHEMES))}
    assert len(ours) > 80
    assert ours - defined == {iri for iri in kinds if iri.startswith(SCHEMES + "kind/")}
    for kind in bundled.registry().kinds:
        words = " ".join((*(column.path for column in kind.table), kind.reached_by))
        named = {TERMS + local for local in re.findall(r"\bhwbs:(\w+)", words)}
        assert named <= defined


def test_every_annotation_is_explained_and_used() -> None:
    used = {predicate for own in subjects("kinds.ttl").values() for predicate in own}
    for term, own in subjects("annotations.ttl").items():
        assert term in used or term == TERMS + "Kind"
        for word in ("definition", "example", "scopeNote"):
            assert own[PREFIXES["skos"] + word]


def test_a_kind_goes_by_the_labels_of_its_classes() -> None:
    label = RDFS.label.value
    for kind in bundled.registry().kinds:
        own = [kind.name, *kind.synonyms]
        narrower = [each for each in bundled.registry().kinds if each.wider == kind.name]
        own += [word for each in narrower for word in (each.name, *each.synonyms)]
        labels = {word for iri in kind.classes for word in ONTOLOGY.get(iri, {}).get(label, [])}
        assert labels <= set(own)


def test_no_two_kinds_share_a_word_or_a_place() -> None:
    kinds = bundled.registry().kinds
    for words in ([kind.name for kind in kinds], [kind.plural for kind in kinds]):
        assert len(set(words)) == len(words)
    columns = [kind.map_column for kind in bundled.registry().columns]
    assert columns == list(range(1, len(columns) + 1))
