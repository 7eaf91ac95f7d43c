"""The projection of a plan: themes, objectives, actions and partners as a networkx graph.

Drawn raw, the record is unreadable, because every link is a node with its source. Here a
link is an edge again, and carries basis and source as attributes.

Out of scope: layout and drawing (`view`), and measures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from hwbs_graph import answer
from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    import networkx

Row = dict[str, str]

_PLANS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?plan ?label ?short ?delivers ?strategy ?acts WHERE {
  ?theme a hwbs:Theme ; hwbs:inPlan ?plan .
  BIND(EXISTS { ?action a hwbs:Action ; hwbs:inPlan ?plan } AS ?acts)
  ?plan skos:prefLabel ?label .
  OPTIONAL { ?plan hwbs:shortLabel ?short }
  OPTIONAL { ?plan hwbs:deliversStrategy ?delivers . ?delivers skos:prefLabel ?strategy }
} ORDER BY ?plan
"""
_NODES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?kind ?label ?short ?code ?order WHERE {
  VALUES (?class ?kind) {
    (hwbs:Theme "theme") (hwbs:Objective "objective")
    (hwbs:Action "action") (hwbs:Partner "partner")
  }
  ?thing a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?thing hwbs:shortLabel ?short }
  # A theme may carry the number and the letter of another document; neither is shown.
  OPTIONAL {
    ?thing skos:notation ?notation .
    FILTER(?kind != "theme")
    BIND(STR(?notation) AS ?code)
  }
  OPTIONAL { ?thing hwbs:printedOrder ?order }
}
"""
_DETAILS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?heading ?text WHERE {
  {
    ?ambition hwbs:ambitionOf ?thing ; skos:prefLabel ?text .
    ?ambition hwbs:statedIn/skos:prefLabel ?document .
    BIND(CONCAT("Ambition in the ", STR(?document)) AS ?heading)
  } UNION {
    ?rationale hwbs:rationaleFor ?thing ; dcterms:abstract ?text .
    BIND("Why, in short" AS ?heading)
  } UNION {
    ?thing a hwbs:Action ; hwbs:targetDate ?date .
    BIND("By when" AS ?heading)
    BIND(STR(?date) AS ?text)
  }
} ORDER BY ?thing ?heading ?text
"""
#: Facts of report/partner-profile that a picture shows, and the heading each goes under.
_FACTS = {
    "kind": "Kind of body",
    "part of": "Part of",
    "within": "Within",
    "has within it": "Has within it",
    "may be": "May be, not certain",
    "identified because": "Why these names are one body (editors' judgement)",
    "what became of it": "What became of it",
}


@dataclass(frozen=True)
class Selection:
    """Which part of a plan to project: IRIs, each None for no restriction."""

    theme: str | None = None
    partner: str | None = None


def choose_plan(engine: Engine, plan: str | None) -> Row:
    """Return label, short label and strategy of the plan to draw.

    Without a name, the only plan with actions, or the only one at all. A strategy without
    themes of its own stands for the action plan that delivers it. Raises UsageError if the plan
    has no themes, or if several could be meant.
    """
    plans = engine.select(_PLANS)
    if plan is not None:
        own = [row for row in plans if row["plan"] == plan]
        plans = own or [row for row in plans if row["delivers"] == plan]
    if not plans:
        raise UsageError("There is no theme to draw; name another plan, or add one with --graph.")
    if len(plans) > 1 and plan is None:
        plans = [row for row in plans if row["acts"] == "true"] or plans
    if len(plans) > 1:
        listed = ", ".join(row["label"] for row in plans)
        raise UsageError(f"The graph holds several plans; name one with --plan: {listed}.")
    return plans[0]


def projection(
    engine: Engine, plan: str | None = None, selection: Selection = Selection()
) -> "networkx.DiGraph[str]":
    """Return the plan as a directed graph: theme -> objective -> action -> partner.

    `plan` is an IRI. Nodes are IRIs with kind, label, short, code, order, details (pairs of
    heading and text), sources and notes; edges have basis and sources, a source being a
    dictionary of document, place, line and printed. The graph has title, subtitle and plan.
    """
    import networkx

    chosen = choose_plan(engine, plan)
    whole = answer.rows(engine, "network/plan-projection", plan=chosen["plan"])
    links = _thin(whole, selection)
    if whole and not links:
        raise NothingFoundError("No action fits this selection; leave out the theme or partner.")
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        title=chosen["strategy"] or chosen["label"],
        subtitle=_subtitle(engine, chosen, selection),
        plan=chosen["plan"],
    )
    for iri, attributes in _nodes(engine).items():
        if any(iri in (row["source"], row["target"]) for row in links):
            graph.add_node(iri, **attributes)
    stated = _involvements(engine)
    for row in links:
        source, target = row["source"], row["target"]
        edge = stated.get((source, target)) or _stated(graph.nodes[target]["sources"])
        graph.add_edge(source, target, **edge)
    return graph


def _subtitle(engine: Engine, chosen: Row, selection: Selection) -> str:
    """Name the plan and, where only part of it is shown, which part: a hand-out must say so."""
    parts = [chosen["short"]] if chosen["strategy"] else []
    for iri, words in ((selection.theme, "only {}"), (selection.partner, "only what names {}")):
        if iri:
            parts.append(words.format(_label(engine, iri)))
    return ", ".join(filter(None, parts))


def _label(engine: Engine, iri: str) -> str:
    query = "SELECT ?thing ?label { ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
    return engine.select(query, {"thing": NamedNode(iri)})[0]["label"]


def _thin(links: list[Row], selection: Selection) -> list[Row]:
    """Keep what leads to and from the selected actions: everything is a set of actions."""
    if selection == Selection():
        return links
    parents = {
        row["target"]: row["source"]
        for row in links
        if row["targetKind"] in ("objective", "action")
    }
    kept = {
        row["source"]
        for row in links
        if row["targetKind"] == "partner"
        and selection.partner in (None, row["target"])
        and selection.theme in (None, parents[parents[row["source"]]])
    }
    kept |= {parents[action] for action in kept}
    return [
        row
        for row in links
        if (row["source"] if row["targetKind"] == "partner" else row["target"]) in kept
    ]


def _nodes(engine: Engine) -> dict[str, dict[str, object]]:
    details = _details(engine)
    sources = _sources(answer.rows(engine, "trust/passages-of-thing"), "thing")
    notes = _grouped(answer.rows(engine, "trust/notes-about-thing"), "thing")
    return {
        row["thing"]: {
            "kind": row["kind"],
            "label": row["label"],
            "short": row["short"] or row["label"],
            "code": row["code"],
            "order": int(row["order"] or 0),
            "details": details.get(row["thing"], []),
            "sources": sources.get(row["thing"], []),
            "notes": [f"{n['description']} {n['handling']}" for n in notes.get(row["thing"], [])],
        }
        for row in engine.select(_NODES)
    }


def _details(engine: Engine) -> dict[str, list[tuple[str, str]]]:
    details: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in engine.select(_DETAILS):
        details[row["thing"]].append((row["heading"], row["text"]))
    profile = answer.rows(engine, "report/partner-profile")
    for fact, heading in _FACTS.items():
        for row in profile:
            if row["fact"] == fact:
                details[row["partner"]].append((heading, row["value"]))
    for iri, rows in _grouped(answer.rows(engine, "trust/spellings-by-partner"), "partner").items():
        printed = ", ".join(f"“{row['printedText']}” ({row['mentions']})" for row in rows)
        details[iri].append(("Printed as", printed))
    return details


def _involvements(engine: Engine) -> dict[tuple[str, str], dict[str, object]]:
    edges: dict[tuple[str, str], dict[str, object]] = {}
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in answer.rows(engine, "report/partner-responsibilities"):
        grouped[row["action"], row["partner"]].append(row)
    for key, rows in grouped.items():
        edges[key] = {"basis": rows[0]["basisLabel"], "sources": [_source(row) for row in rows]}
    return edges


def _stated(sources: list[Mapping[str, object]]) -> dict[str, object]:
    return {"basis": "stated in document", "sources": sources}


def _sources(rows: Iterable[Row], key: str) -> dict[str, list[dict[str, object]]]:
    grouped: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(_source(row))
    return grouped


def _source(row: Row) -> dict[str, object]:
    return {
        "document": row["documentLabel"],
        "place": row["place"],
        "line": int(row["line"]),
        "printed": row["printedText"],
    }


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped
