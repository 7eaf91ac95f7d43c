"""A plan as a network for Gephi, yEd, Cytoscape and other programs: GraphML and GEXF.

GraphML: http://graphml.graphdrawing.org/specification.html; GEXF 1.2draft: https://gexf.net

Out of scope: what the nodes and links are (`flat_network`).
"""

from io import BytesIO
from typing import Any

from hwbs_graph.store import Engine
from hwbs_graph.write.export.flat_network import choose_size, flatten_network


def write_graphml(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as GraphML; colour stands as `colour` and as `r`, `g`, `b` and `size`."""
    import networkx

    graph, paints, _ = flatten_network(engine, plan)
    for node, (red, green, blue) in paints.items():
        graph.nodes[node].update(
            r=red, g=green, b=blue, size=choose_size(graph.nodes[node]["kind"])
        )
    # Some readers need the id of an edge; this writer gives one in a multigraph alone.
    named: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(**graph.graph)
    named.add_nodes_from(graph.nodes(data=True))
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        named.add_edge(source, target, f"e{number}", **data)
    out = BytesIO()
    # The other writer is taken where lxml happens to be installed, and writes other bytes.
    networkx.write_graphml_xml(named, out)
    return out.getvalue()


def write_gexf(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as GEXF, each node with the colour and size that Gephi draws."""
    from xml.etree.ElementTree import SubElement

    from networkx.readwrite.gexf import GEXFWriter

    graph, paints, _ = flatten_network(engine, plan)
    for node, (red, green, blue) in paints.items():
        graph.nodes[node]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": choose_size(graph.nodes[node]["kind"]),
        }
    writer: Any = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # which would be the day of the export
    meta.find("creator").text = "hwbs"
    SubElement(meta, "description").text = graph.graph["title"]
    del writer.xml.find("graph").attrib["name"]  # which the schema does not have
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
