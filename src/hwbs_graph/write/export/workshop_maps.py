"""A plan as a map for workshops: a Kumu blueprint, and a workbook that PRSM opens.

Each thing carries its address in the graph, so that an edited map can be told from the record.

Kumu: https://docs.kumu.io/guides/import/blueprints; PRSM: https://prsm.uk, "Files" of its manual.

Out of scope: reading an edited map back, and what the nodes and links are (`flat_network`).
"""

import json
from typing import TYPE_CHECKING, Any

from hwbs_graph.data import bundled
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise
from hwbs_graph.write.export.flat_network import flatten_network, name_nodes
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

if TYPE_CHECKING:
    import networkx

#: PRSM has so many styles; a factor or link says one by its number.
_STYLES = 9
_FACTORS = ("Label", "Description", "Style", "Kind", "Code", "Theme", "Sources", "Notes", "Address")
_LINKS = ("From", "To", "Label", "Description", "Style", "Basis", "Role", "Sources")


def write_kumu(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as a Kumu blueprint: JSON with `elements` and `connections`, UTF-8."""
    graph, _, themes = flatten_network(engine, plan)
    labels = name_nodes(graph)
    blueprint = {
        "elements": [
            _describe_element(iri, labels[iri], themes[iri], data)
            for iri, data in graph.nodes(data=True)
        ],
        "connections": [
            _describe_connection(source, target, data)
            for source, target, data in graph.edges(data=True)
        ],
    }
    return (json.dumps(blueprint, ensure_ascii=False, indent=1) + "\n").encode()


def _describe_element(
    iri: str, label: str, themes: list[str], data: dict[str, Any]
) -> dict[str, Any]:
    element = {
        "id": iri,
        "label": label,
        "type": capitalise(data["kind"]),
        "description": data["details"],
        "tags": themes,
        "Code": data["code"],
        "Sources": data["sources"],
        "Notes": data["notes"],
        "Address": iri,
    }
    return {key: value for key, value in element.items() if value}


def _describe_connection(source: str, target: str, data: dict[str, Any]) -> dict[str, Any]:
    connection = {
        "from": source,
        "to": target,
        "direction": "directed",
        "type": capitalise(data["relation"]),
        "Role": data.get("role", ""),
        "Basis": data["basis"],
        "Sources": data["sources"],
    }
    return {key: value for key, value in connection.items() if value}


def write_prsm(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as a workbook with the sheets Factors and Links, as PRSM reads them."""
    graph, *_ = flatten_network(engine, plan)
    labels = name_nodes(graph)
    factors = WorkbookSheet(
        "Factors", _as_wide_as_needed(_FACTORS), _list_factors(graph, labels), 1
    )
    links = WorkbookSheet("Links", _as_wide_as_needed(_LINKS), _list_links(graph, labels), 2)
    return write_workbook([factors, links], graph.graph["title"])


def _as_wide_as_needed(columns: tuple[str, ...]) -> dict[str, int]:
    return dict.fromkeys(columns, 0)


def _list_factors(
    graph: "networkx.DiGraph[str]", labels: dict[str, str]
) -> list[tuple[str | float, ...]]:
    styles = _number_styles()
    return [
        (
            labels[iri],
            data["details"],
            styles.get(data["kind"], float(_STYLES)),
            capitalise(data["kind"]),
            *(data[key] for key in ("code", "theme", "sources", "notes")),
            iri,
        )
        for iri, data in graph.nodes(data=True)
    ]


def _list_links(
    graph: "networkx.DiGraph[str]", labels: dict[str, str]
) -> list[tuple[str | float, ...]]:
    return [
        (
            labels[source],
            labels[target],
            data["relation"],
            "",
            1.0,
            data["basis"],
            data.get("role", ""),
            data["sources"],
        )
        for source, target, data in graph.edges(data=True)
    ]


def _number_styles() -> dict[str, float]:
    """Return a style for each kind that the picture has a column for; the last ones share one."""
    kinds = bundled.registry().columns
    return {kind.name: float(min(number, _STYLES)) for number, kind in enumerate(kinds, 1)}
