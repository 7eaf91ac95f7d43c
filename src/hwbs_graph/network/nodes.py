"""The things of the whole record: elements of plans, bodies and determinants, as nodes.

Out of scope: the links between them (`links`).
"""

from collections.abc import Iterator, Sequence

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.network import batches
from hwbs_graph.network.batches import Wanted
from hwbs_graph.network.details import find_details, find_spellings
from hwbs_graph.store import Engine

Node = dict[str, object]

_ELEMENTS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?kind ?plan ?label ?short ?code ?order ?status WHERE {
  VALUES (?class ?kind) {
    (hwbs:Theme "theme") (hwbs:Priority "priority") (hwbs:SubPriority "priority")
    (hwbs:Objective "objective") (hwbs:FocusArea "focus area") (hwbs:Action "action")
  }
  ?thing a ?class ; hwbs:inPlan ?plan ; skos:prefLabel ?label .
  OPTIONAL { ?thing hwbs:shortLabel ?short }
  OPTIONAL {
    ?thing skos:notation ?notation .
    FILTER(?kind != "theme")
    BIND(STR(?notation) AS ?code)
  }
  OPTIONAL { ?thing hwbs:printedOrder ?order }
  OPTIONAL { ?thing hwbs:status/skos:prefLabel ?status }
} ORDER BY ?thing DESC(?kind) ?plan
"""
_BODIES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?body ?label ?short WHERE {
  VALUES (?class ?body) {
    (hwbs:Partner "partner") (hwbs:Board "board") (hwbs:Subgroup "subgroup")
  }
  ?thing a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?thing hwbs:shortLabel ?short }
} ORDER BY STR(?label) ?thing
"""
_DETERMINANTS = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label ?short ?layer ?layerLabel ?layerOrder ?definition WHERE {
  ?thing a hwbs:Determinant ; skos:prefLabel ?label ; skos:broader* ?layer .
  ?layer skos:topConceptOf <https://w3id.org/hwbs/scheme/determinant> .
  OPTIONAL { ?thing skos:definition ?definition }
  OPTIONAL { ?thing hwbs:shortLabel ?short }
  OPTIONAL { ?layer skos:prefLabel ?layerLabel }
  OPTIONAL { ?layer hwbs:printedOrder ?layerOrder }
} ORDER BY ?layerOrder STR(?label) ?thing
"""
_FAMILIES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?family ?order WHERE {
  ?thing hwbs:inFamily ?concept .
  OPTIONAL { ?concept skos:prefLabel ?family }
  OPTIONAL { ?concept hwbs:printedOrder ?order }
} ORDER BY ?thing ?order STR(?family)
"""
#: What `names` takes for these things, as far as it is not in a node already.
_ALIASES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name WHERE {
  {
    VALUES ?class {
      hwbs:Theme hwbs:Objective hwbs:FocusArea hwbs:Action
      hwbs:Partner hwbs:Board hwbs:Subgroup hwbs:Determinant
    }
    ?thing a ?class ; skos:altLabel|skos:hiddenLabel|dcterms:identifier ?name .
  } UNION {
    ?thing a hwbs:Action ; skos:notation ?code ;
      hwbs:deliversObjective/hwbs:inTheme/skos:prefLabel ?theme .
    BIND(CONCAT(STR(?theme), " ", STR(?code)) AS ?name)
  } UNION {
    ?thing a hwbs:Objective ; hwbs:inTheme/skos:prefLabel ?theme ; skos:notation ?code .
    BIND(CONCAT(STR(?theme), " ", STR(?code)) AS ?name)
  } UNION {
    ?thing a hwbs:Priority ; skos:notation ?code .
    BIND(CONCAT("priority ", STR(?code)) AS ?name)
  } UNION {
    ?thing a hwbs:Theme ; skos:prefLabel|hwbs:shortLabel ?own ; hwbs:inPlan/hwbs:shortLabel ?plan .
    BIND(CONCAT(STR(?plan), " ", STR(?own)) AS ?name)
  }
} ORDER BY ?thing STR(?name)
"""
_ABSTRACTS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
SELECT ?thing ?text WHERE {
  VALUES ?class { hwbs:Theme hwbs:FocusArea }
  ?thing a ?class ; dcterms:abstract ?text .
} ORDER BY ?thing
"""


def list_nodes(engine: Engine, plans: Sequence[str], bodies: Wanted = None) -> dict[str, Node]:
    """Return attributes by IRI: what stands in `plans`, then the bodies, then every determinant.

    `plans` are IRIs in the order in which they are offered: an element of several plans is told
    as one of the first. Of the `bodies` that are wanted, what is not a body is left out.
    """
    elements = dict(_elements(engine, plans, None if bodies is None else plans))
    found = elements | dict(_bodies(engine, bodies)) | dict(_determinants(engine))
    wanted = None if bodies is None else found
    shown = find_details(engine, wanted)
    aliases = _aliases(engine, wanted)
    for iri, node in found.items():
        own = {"label": node["label"], "short": node["short"], "code": node["code"]}.values()
        node["details"] = [*_listed(node["details"]), *shown.get(iri, ())]
        node["aliases"] = [name for name in aliases.get(iri, ()) if name not in own]
    _add_facts(engine, found, wanted)
    return found


def _node(kind: str, row: Row, **attributes: object) -> Node:
    """Return a node with every attribute, so that nobody need ask whether it is there."""
    return {
        "kind": kind,
        "plan": "",
        "plans": [],
        "label": row["label"],
        "short": row["short"] or row["label"],
        "code": "",
        "order": 0,
        **{"details": [], "sources": [], "notes": [], "status": "", "family": "", "familyOrder": 0},
        **{"layer": "", "layerOrder": 0, "body": ""},
        **attributes,
    }


def _elements(engine: Engine, plans: Sequence[str], wanted: Wanted) -> Iterator[tuple[str, Node]]:
    told = batches.select(engine, _ELEMENTS, "plan", wanted)
    rows = [row for row in told if row["plan"] in plans]
    themes = None if wanted is None else {row["thing"] for row in rows}
    families = group_rows(batches.select(engine, _FAMILIES, "thing", themes), "thing")
    orders = _orders(rows)
    for iri, same in group_rows(rows, "thing").items():
        # A priority is an objective too; the query gives the narrower kind first.
        row = same[0]
        own = sorted({each["plan"] for each in same}, key=plans.index)
        family = families.get(iri, [{"family": "", "order": ""}])[0]
        yield (
            iri,
            _node(
                row["kind"],
                row,
                plan=own[0],
                plans=own,
                code=row["code"],
                order=orders[iri],
                status=row["status"],
                family=family["family"],
                familyOrder=int(family["order"] or 0),
            ),
        )


def _orders(rows: list[Row]) -> dict[str, int]:
    """Return the printed order of each thing; where none is recorded, that of the codes."""
    orders = {row["thing"]: int(row["order"]) for row in rows if row["order"]}
    unordered = {row["thing"]: row for row in rows if not row["order"]}.values()
    by_code = sorted(unordered, key=lambda row: (not row["code"], row["code"], row["label"]))
    for siblings in group_rows(by_code, "plan").values():
        orders |= {row["thing"]: at for at, row in enumerate(siblings, 1)}
    return orders


def _bodies(engine: Engine, wanted: Wanted) -> Iterator[tuple[str, Node]]:
    told = batches.select(engine, _BODIES, "thing", wanted)
    rows = {row["thing"]: row for row in sorted(told, key=lambda row: (row["label"], row["thing"]))}
    for at, (iri, row) in enumerate(rows.items(), 1):
        yield iri, _node("partner", row, body=row["body"], order=at)


def _determinants(engine: Engine) -> Iterator[tuple[str, Node]]:
    rows = {row["thing"]: row for row in engine.select(_DETERMINANTS)}
    for at, (iri, row) in enumerate(rows.items(), 1):
        told = {"Definition": row["definition"], "Layer": row["layerLabel"]}
        yield (
            iri,
            _node(
                "determinant",
                row,
                order=at,
                layer=row["layerLabel"],
                layerOrder=int(row["layerOrder"] or 0),
                details=[(heading, text) for heading, text in told.items() if text],
            ),
        )


def _aliases(engine: Engine, wanted: Wanted) -> dict[str, list[str]]:
    """Return every other name of each thing: labels, codes, identifiers, printed spellings.

    What a body may turn out to be is not its name, and is left out.
    """
    pairs = [
        (row["thing"], row["name"]) for row in batches.select(engine, _ALIASES, "thing", wanted)
    ]
    for row in find_spellings(engine, wanted):
        pairs.append((row["partner"], row["printedText"]))
    for row in batches.rows(engine, "report/identifiers", "body", wanted):
        pairs.append((row["body"], row["code"]))
    return {iri: sorted(set(names)) for iri, names in group_pairs(pairs).items()}


def _add_facts(engine: Engine, found: dict[str, Node], wanted: Wanted) -> None:
    """Add what no other heading tells: a summary, an approach, a proposed change."""
    for row in batches.select(engine, _ABSTRACTS, "thing", wanted):
        _add(found, row["thing"], "In short", row["text"])
    for row in batches.rows(engine, "report/approach-assignments", "priority", wanted):
        on = row["citation"] or row["basisLabel"]
        _add(found, row["priority"], "Approach of the board", f"{row['approachLabel']} ({on})")
    for row in batches.rows(engine, "report/proposed-changes", "element", wanted):
        told = f"{row['kindLabel']} ({row['statusLabel']}): {row['description']}"
        _add(found, row["element"], "Proposed change", told)


def _add(found: dict[str, Node], iri: str, heading: str, text: str) -> None:
    if iri in found:
        found[iri]["details"] = [*_listed(found[iri]["details"]), (heading, text)]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
