"""GraphML and GEXF hold what their schemas have, and other programs read both back.

The facts of the schemas stand in the tables below, each with the schema that it belongs to. The
structure of GraphML was read in its schema, the elements of GEXF in an earlier draft of theirs, and
the rest in what is published about them.

GraphML: http://graphml.graphdrawing.org/xmlns/1.0/graphml-structure.xsd (elements, their order,
keys and references), graphml-attributes.xsd (attr.name, attr.type). GEXF 1.2:
http://www.gexf.net/1.2draft/gexf.xsd (elements), data.xsd (attributes and values), dynamics.xsd
(spells), hierarchy.xsd (pid) and viz.xsd (colour and size). One is broken on purpose: GraphML wants
ids without a slash (xs:NMTOKEN), and the id of a node is its IRI.
"""

import re
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import networkx
import pytest
from support import open_small

from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.write.export.networks import write_gexf, write_graphml

PLAN = "https://w3id.org/hwbs/id/alpha-2030/action-plan"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


class Element(NamedTuple):
    """What a schema says of an element: its attributes, required or not, and its children."""

    required: str
    optional: str
    children: str


SPELL = " start startopen end endopen"
FACTS = {
    GEXF: {
        "gexf": Element("version", "variant", "meta graph"),
        "meta": Element("", "lastmodifieddate", "creator keywords description"),
        "creator": Element("", "", ""),
        "description": Element("", "", ""),
        "graph": Element(
            "", "timeformat defaultedgetype idtype mode" + SPELL, "attributes nodes edges"
        ),
        "attributes": Element("class", "mode" + SPELL, "attribute"),
        "attribute": Element("id title type", "", "default options"),
        "nodes": Element("", "count", "node"),
        "node": Element(
            "id",
            "label pid" + SPELL,
            "attvalues spells nodes edges parents color position size shape",
        ),
        "edges": Element("", "count", "edge"),
        "edge": Element(
            "id source target",
            "type label weight" + SPELL,
            "attvalues spells color thickness shape",
        ),
        "attvalues": Element("", "", "attvalue"),
        "attvalue": Element("for value", SPELL, ""),
        "color": Element("r g b", "a" + SPELL, "spells"),
        "size": Element("value", SPELL, "spells"),
    },
    GRAPHML: {
        "graphml": Element("", "", "desc key data graph"),
        "key": Element("id", "for attr.name attr.type dynamic", "desc default"),
        "graph": Element("edgedefault", "id", "desc data node edge hyperedge locator"),
        "node": Element("id", "", "desc data port graph locator"),
        "edge": Element("source target", "id directed sourceport targetport", "desc data graph"),
        "data": Element("key", "id", ""),
    },
}
WRITERS = {"graphml": (write_graphml, GRAPHML), "gexf": (write_gexf, GEXF)}


@pytest.fixture(scope="module", params=["plain", "hostile"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return both files of the small plan, as it is and with odd texts in it."""
    extra = []
    if request.param == "hostile":
        file = tmp_path_factory.mktemp("odd") / "odd.ttl"
        file.write_text(
            f"<https://w3id.org/hwbs/id/partner/homes> <{PREFIXES['skos']}note> "
            f'"a\\u0001\\u000B<b>&¹ {"long " * 60}"@en .\n',
            "utf-8",
        )
        extra = [file]
    engine = open_small(*extra)
    return {name: write(engine, PLAN) for name, (write, _) in WRITERS.items()}


def list_faults(root: ElementTree.Element, space: str) -> list[str]:
    """Return what an XML file has that the schema of its namespace does not allow."""
    faults = []
    for each in root.iter():
        name = re.sub(r"\{.*\}", "", each.tag)
        fact = FACTS[space].get(name)
        drawn = name in ("color", "size")
        if fact is None or each.tag != (VIZ if drawn else space) + name:
            faults.append(f"element {each.tag}")
            continue
        given = set(each.attrib) - {XSI}
        faults += [f"{name} lacks {key}" for key in set(fact.required.split()) - given]
        allowed = {*fact.required.split(), *fact.optional.split()}
        faults += [f"{name} has {key}" for key in given - allowed]
        below = {re.sub(r"\{.*\}", "", child.tag) for child in each}
        faults += [f"{name} holds {key}" for key in below - set(fact.children.split())]
    return faults


@pytest.mark.parametrize("format", WRITERS)
def test_a_network_file_has_what_its_schema_allows(format: str, files: dict[str, bytes]) -> None:
    assert list_faults(ElementTree.fromstring(files[format]), WRITERS[format][1]) == []


#: What may follow what within an element, as a word of the first letters of its children.
ORDER = {
    "graphml": r"d?k*[gD]*",
    "key": r"d?f?",
    "graph": r"d?[DNEH]*",
    "node": r"d?[Dp]*g?",
    "edge": r"d?D*g?",
}
LETTERS = {"desc": "d", "key": "k", "graph": "g", "data": "D", "default": "f", "node": "N"}
LETTERS |= {"edge": "E", "hyperedge": "H", "port": "p"}


def list_broken_rules(root: ElementTree.Element) -> list[str]:
    """Return which rules of graphml-structure.xsd on order, keys and references a file breaks."""
    named = {each.get("id") for each in root.iter(f"{GRAPHML}node")}
    keys = [each.get("id") for each in root.iter(f"{GRAPHML}key")]
    faults = ["two keys of one id"] if len({*keys}) < len(keys) else []
    for each in root.iter():
        name = each.tag.removeprefix(GRAPHML)
        children = "".join(LETTERS[child.tag.removeprefix(GRAPHML)] for child in each)
        if name in ORDER and not re.fullmatch(ORDER[name], children):
            faults.append(f"{name} in another order")
        data = [child.get("key") for child in each.findall(f"{GRAPHML}data")]
        if len({*data}) < len(data) or not {*data} <= {*keys}:
            faults.append(f"{name} has data twice or without a key")
        if name == "edge" and not {each.get("source"), each.get("target")} <= named:
            faults.append("an edge without its node")
    wanted = {"all", "graphml", "graph", "node", "edge", "hyperedge", "port", "endpoint"}
    faults += [
        f"a key for {each.get('for')}"
        for each in root.iter(f"{GRAPHML}key")
        if each.get("for", "all") not in wanted
    ]
    ids = [each.get("id") for kind in ("node", "edge") for each in root.iter(GRAPHML + kind)]
    return faults + (["two elements of one id"] if len({*ids}) < len(ids) else [])


def test_graphml_keeps_the_order_the_keys_and_the_references_of_its_schema(
    files: dict[str, bytes],
) -> None:
    root = ElementTree.fromstring(files["graphml"])
    assert list_broken_rules(root) == []
    graph = root.find(f"{GRAPHML}graph")
    assert graph is not None
    assert graph.get("edgedefault") in ("directed", "undirected")
    root.insert(len(root), root[0])
    edge = next(root.iter(f"{GRAPHML}edge"))
    edge.set("target", "nowhere")
    edge.append(edge[0])
    assert list_broken_rules(root) == [
        "two keys of one id",
        "graphml in another order",
        "edge has data twice or without a key",
        "an edge without its node",
    ]


def test_the_tables_see_what_a_schema_forbids(files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files["gexf"].replace(b"<graph ", b'<graph name="x" '))
    del next(root.iter(f"{GEXF}edge")).attrib["id"]
    assert list_faults(root, GEXF) == ["graph has name", "edge lacks id"]


def test_values_of_gexf_are_of_the_types_of_its_schema(files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files["gexf"])
    assert root.get("version") == "1.2"
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert graph.get("defaultedgetype") in ("directed", "undirected", "mutual")
    assert graph.get("mode") in ("static", "dynamic")
    types = {each.get("type") for each in root.iter(f"{GEXF}attribute")}
    assert types <= {
        *("integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI")
    }
    for each in root.iter(f"{GEXF}attributes"):
        known = {attribute.get("id") for attribute in each}
        used = root.iter(GEXF + str(each.get("class")))
        assert {value.get("for") for one in used for value in one.iter(f"{GEXF}attvalue")} <= known
    for each in root.iter(f"{VIZ}color"):
        assert all(0 <= int(each.attrib[key]) <= 255 for key in "rgb")
        assert 0 <= float(each.attrib["a"]) <= 1
    assert all(float(each.attrib["value"]) > 0 for each in root.iter(f"{VIZ}size"))
    assert "Alpha" in (root.findtext(f"{GEXF}meta/{GEXF}description") or "")
    assert b"1980" not in files["gexf"]


def test_values_of_graphml_are_of_the_types_of_its_schema(files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files["graphml"])
    keys = {each.attrib["id"]: each for each in root.iter(f"{GRAPHML}key")}
    types = {each.get("attr.type") for each in keys.values()}
    assert types <= {"boolean", "int", "long", "float", "double", "string"}
    for kind in ("graph", "node", "edge"):
        for each in root.iter(GRAPHML + kind):
            for value in each.findall(f"{GRAPHML}data"):
                assert keys[value.attrib["key"]].get("for") == kind
    assert [each.tag for each in root][-1] == f"{GRAPHML}graph"


@pytest.mark.parametrize(("format", "space"), [("graphml", GRAPHML), ("gexf", GEXF)])
def test_each_edge_has_an_id_of_its_own(format: str, space: str, files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files[format])
    ids = [each.get("id", "") for each in root.iter(f"{space}edge")]
    assert ids
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"[\w.:-]+", each) for each in ids)
    nodes = {each.get("id") for each in root.iter(f"{space}node")}
    for each in root.iter(f"{space}edge"):
        assert {each.get("source"), each.get("target")} <= nodes


def test_networkx_and_igraph_read_the_same_network(files: dict[str, bytes], tmp_path: Path) -> None:
    igraph: Any = import_module("igraph")
    first = networkx.read_graphml(BytesIO(files["graphml"]))
    second = networkx.read_gexf(BytesIO(files["gexf"]))
    assert not first.is_multigraph()
    assert set(first.edges) == set(second.edges)
    file = tmp_path / "plan.graphml"
    file.write_bytes(files["graphml"])
    third = igraph.Graph.Read_GraphML(str(file))
    assert third.is_directed()
    named = third.vs["id"]
    assert {(named[edge.source], named[edge.target]) for edge in third.es} == set(first.edges)
    assert dict(zip(named, third.vs["label"], strict=True)) == dict(first.nodes(data="label"))
    # igraph 1.0 calls an edge by where it starts, so the ids are those that networkx read.
    ids = [data["id"] for _, _, data in first.edges(data=True)]
    assert ids == [f"e{number}" for number in range(len(ids))]
    assert third.es["relation"] == [data["relation"] for _, _, data in first.edges(data=True)]
