"""A plan as a network for Gephi, yEd, Cytoscape and other programs: GraphML and GEXF.

The nodes and links are those of the picture (`network.project_plan`). The lists that they carry
become text, as neither format has lists. A theme and what belongs to it alone share a hue, paler
with each step down; partners and what spans themes are grey.

GraphML: http://graphml.graphdrawing.org/specification.html; GEXF 1.2draft: https://gexf.net

Out of scope: positions, which those programs work out themselves.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from hwbs_graph import network
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_line, xml_text

if TYPE_CHECKING:
    import networkx

Colour = tuple[int, int, int]
#: One hue for each theme in printed order, again from the first after the last.
_HUES: tuple[Colour, ...] = (
    (17, 119, 119),
    (153, 51, 255),
    (221, 51, 0),
    (34, 17, 136),
    (102, 0, 34),
)
_GREY: Colour = (61, 72, 84)
#: How far towards white a kind is drawn, and how large, the theme largest.
_PALER = {"theme": 0.0, "objective": 0.3, "action": 0.55, "partner": 0.0}
_SIZES = {"theme": 40.0, "objective": 20.0, "action": 10.0, "partner": 15.0}
_USUAL = 10.0
#: What a link says, by the kind of thing it leads to.
_RELATIONS = {"objective": "has the objective", "action": "has the action", "partner": "involves"}
#: The day that every file carries, so that the same plan gives the same bytes.
_DATE = "1980-01-01"


def graphml(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as GraphML; colour stands as `colour` and as `r`, `g`, `b` and `size`."""
    import networkx

    graph, paints = _plain(engine, plan)
    for node, (red, green, blue) in paints.items():
        graph.nodes[node].update(r=red, g=green, b=blue, size=_size(graph.nodes[node]["kind"]))
    out = BytesIO()
    # The other writer is taken where lxml happens to be installed, and writes other bytes.
    networkx.write_graphml_xml(graph, out)
    return out.getvalue()


def gexf(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as GEXF, each node with the colour and size that Gephi draws."""
    from networkx.readwrite.gexf import GEXFWriter

    graph, paints = _plain(engine, plan)
    for node, (red, green, blue) in paints.items():
        graph.nodes[node]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": _size(graph.nodes[node]["kind"]),
        }
    graph.graph["name"] = graph.graph["title"]
    writer: Any = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", _DATE)
    meta.find("creator").text = "hwbs"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _plain(engine: Engine, plan: str | None) -> "tuple[networkx.DiGraph[str], dict[str, Colour]]":
    """Return the projection with text and numbers only, and the colour of each node."""
    import networkx

    drawn = network.project_plan(engine, plan)
    themes = _themes(drawn)
    ranked = _ranked(drawn)
    paints = {iri: _colour(kind, themes[iri], ranked) for iri, kind in _kinds(drawn).items()}
    heading = {key: xml_line(str(value)) for key, value in drawn.graph.items()}
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.graph.update(heading)
    for iri, data in drawn.nodes(data=True):
        reached = [xml_line(drawn.nodes[theme]["short"]) for theme in themes[iri]]
        graph.add_node(iri, **_node(iri, data), theme=", ".join(reached), colour=_hex(paints[iri]))
    for source, target, data in drawn.edges(data=True):
        relation = _RELATIONS.get(str(drawn.nodes[target].get("kind")), "is linked to")
        graph.add_edge(source, target, relation=relation, **_edge(data))
    return graph, paints


def _node(iri: str, data: Mapping[str, Any]) -> dict[str, str | int]:
    """Return the attributes of a node; a partner that the record does not describe has few."""
    label = xml_line(data.get("label") or iri)
    details = (f"{head}: {text}" for head, text in data.get("details", ()))
    return {
        "label": label,
        "short": xml_line(data.get("short") or label),
        "kind": xml_line(data.get("kind") or "thing"),
        "code": xml_line(data.get("code") or ""),
        "order": data.get("order", 0),
        "details": xml_text("\n".join(details)),
        "sources": _sources(data.get("sources", ())),
        "notes": xml_text("\n".join(data.get("notes", ()))),
    }


def _edge(data: Mapping[str, Any]) -> dict[str, str | float]:
    # Gephi lays out by weight: how often the document names the partner for the action.
    return {
        "basis": xml_line(data["basis"]),
        "sources": _sources(data["sources"]),
        "weight": float(max(1, len(data["sources"]))),
    }


def _sources(sources: Iterable[Mapping[str, Any]]) -> str:
    """Return a line for each passage: “words”, document, line and place."""
    return "\n".join(
        xml_line(f"“{each['printed']}”, {each['document']}, line {each['line']} ({each['place']})")
        for each in sources
    )


def _kinds(graph: "networkx.DiGraph[str]") -> dict[str, str]:
    return {iri: str(data.get("kind") or "thing") for iri, data in graph.nodes(data=True)}


def _ranked(graph: "networkx.DiGraph[str]") -> list[str]:
    themes = [iri for iri, kind in _kinds(graph).items() if kind == "theme"]
    return sorted(themes, key=lambda iri: (graph.nodes[iri]["order"], iri))


def _themes(graph: "networkx.DiGraph[str]") -> dict[str, list[str]]:
    """Return the themes that lead to each node, in printed order; a theme leads to itself."""
    import networkx

    found: dict[str, list[str]] = {iri: [] for iri in graph}
    for theme in _ranked(graph):
        for iri in (theme, *networkx.descendants(graph, theme)):
            found[iri].append(theme)
    return found


def _colour(kind: str, themes: list[str], ranked: list[str]) -> Colour:
    if kind == "partner" or len(themes) != 1:
        return _GREY
    hue = _HUES[ranked.index(themes[0]) % len(_HUES)]
    paler = _PALER.get(kind, 0.0)
    red, green, blue = (round(part + (255 - part) * paler) for part in hue)
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _size(kind: str) -> float:
    return _SIZES.get(kind, _USUAL)
