"""The things of the whole record: elements of plans, and what plans share, as nodes.

Out of scope: the links between them (`links`).
"""

from collections.abc import Iterable, Iterator, Sequence

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.names.owners import tell_apart
from hwbs_graph.network.batches import Wanted, cut_batches, run_batched
from hwbs_graph.network.details import find_deliveries, find_details, find_parts, find_spellings
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_whole

Node = dict[str, object]


def list_nodes(engine: Engine, plans: Sequence[str], shared: Wanted = None) -> dict[str, Node]:
    """Return attributes by IRI: what stands in `plans`, then what plans share.

    `plans` are IRIs in the order in which they are offered: an element of several plans is told
    as one of the first. Of the `shared` IRIs that are wanted, what plans do not share is left out.
    """
    rows = _find_elements(engine, plans, None if shared is None else plans)
    found = dict(_describe_elements(engine, rows, plans, shared is None))
    found |= _describe_shared(engine, None if shared is None else set(shared) - found.keys())
    found |= _describe_layered(engine)
    wanted = None if shared is None else found
    spellings = find_spellings(engine, wanted)
    deliveries = find_deliveries(engine, wanted)
    details = find_details(engine, wanted, spellings, deliveries)
    parts = find_parts(engine, None if shared is None else plans)
    aliases = _find_aliases(engine, wanted, spellings)
    hidden = group_pairs((row["thing"], row["hidden"]) for row in rows)
    for iri, node in found.items():
        own = (node["label"], node["short"], node["code"], *hidden.get(iri, ()))
        told = (*parts.get(iri, ()), *details.get(iri, ()))
        node["details"] = [*_as_list(node["details"]), *told]
        if iri in deliveries and (updates := deliveries[iri]["progress"]):
            node["progress"] = updates[0]["state"] or ""
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
        **{"layer": "", "layerOrder": 0, "broader": [], "body": "", "progress": ""},
        **attributes,
    }


def _find_elements(engine: Engine, plans: Sequence[str], wanted: Wanted) -> list[Row]:
    """Return the rows of the elements of `plans`, each with its kind.

    Codes that a picture does not show are `hidden`.
    """
    drawn = bundled.registry().drawn_classes(shared=False)
    rows = run_batched(engine, "internal/drawn-elements", "plan", wanted, **{"class": [*drawn]})
    found = []
    for row in rows:
        column, kind = drawn[row["class"]]
        code = "" if kind.uncoded else row["code"]
        general = "general" if kind.general_class else ""
        more = {"kind": column.name, "general": general, "code": code, "hidden": row["code"]}
        if row["plan"] in plans:
            found.append(row | more)
    return found


def _describe_elements(
    engine: Engine, rows: list[Row], plans: Sequence[str], everything: bool
) -> Iterator[tuple[str, Node]]:
    things = None if everything else {row["thing"] for row in rows}
    families = group_rows(run_batched(engine, "internal/families", "thing", things), "thing")
    orders = _number_elements(rows)
    for iri, same in group_rows(rows, "thing").items():
        # A priority is an objective too; the narrower kind counts.
        row = min(same, key=lambda row: row["general"])
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
                familyOrder=parse_whole(family["order"]),
            ),
        )


def _number_elements(rows: list[Row]) -> dict[str, int]:
    """Return the printed order of each thing; where none is recorded, that of the codes."""
    orders = {row["thing"]: parse_whole(row["order"]) for row in rows if row["order"]}
    unordered = {row["thing"]: row for row in rows if not row["order"]}.values()
    by_code = sorted(unordered, key=lambda row: (not row["code"], row["code"], row["label"]))
    for siblings in group_rows(by_code, "plan").values():
        orders |= {row["thing"]: at for at, row in enumerate(siblings, 1)}
    return orders


def _describe_shared(engine: Engine, wanted: Wanted) -> Iterator[tuple[str, Node]]:
    """Yield what plans share, in the order of their labels within each column."""
    drawn = bundled.registry().drawn_classes(shared=True)
    classes = [iri for iri, (column, _) in drawn.items() if not column.layered]
    rows = run_batched(engine, "internal/drawn-shared", "thing", wanted, **{"class": classes})
    rows.sort(key=lambda row: (row["label"], row["thing"]))
    by_column = group_pairs((drawn[row["class"]][0].name, row) for row in rows)
    for column, own in by_column.items():
        alone = {row["thing"]: row for row in own}
        things = (names.Thing(iri, column, row["label"]) for iri, row in alone.items())
        owners = tell_apart(engine, things)
        for at, (iri, row) in enumerate(alone.items(), 1):
            named = f"{row['label']} ({owners[iri]})" if owners.get(iri) else row["short"]
            shown = row | {"short": named}
            yield iri, _node(column, shown, body=drawn[row["class"]][1].name, order=at)


def _describe_layered(engine: Engine) -> Iterator[tuple[str, Node]]:
    """Yield every concept of the code lists in layers, as gaps are to be seen."""
    drawn = bundled.registry().drawn_classes(shared=True)
    classes = [iri for iri, (column, _) in drawn.items() if column.layered]
    rows = run_named(engine, "internal/drawn-layered", **{"class": classes})
    above = run_named(engine, "internal/drawn-broader", **{"class": classes})
    broader = group_pairs((row["thing"], row["broader"]) for row in above)
    for at, (iri, row) in enumerate({row["thing"]: row for row in rows}.items(), 1):
        facts = {"Definition": row["definition"], "Layer": row["layerLabel"]}
        yield (
            iri,
            _node(
                drawn[row["class"]][0].name,
                row,
                order=at,
                layer=row["layerLabel"],
                layerOrder=parse_whole(row["layerOrder"]),
                broader=list(dict.fromkeys(broader.get(iri, ()))),
                details=[(heading, text) for heading, text in facts.items() if text],
            ),
        )


def _find_aliases(engine: Engine, wanted: Wanted, spellings: Iterable[Row]) -> dict[str, list[str]]:
    """Return every name of each thing, with codes of its body and printed spellings.

    What a body may turn out to be is not its name, and is left out.
    """
    batches = [None] if wanted is None else cut_batches(wanted)
    known = [name for batch in batches for name in names.list_names(engine, _named_kinds(), batch)]
    pairs = [(name.thing.iri, name.text) for name in known if not name.possible]
    for row in spellings:
        pairs.append((row["partner"], row["printedText"]))
    for row in run_batched(engine, "report/identifiers", "body", wanted):
        pairs.append((row["body"], row["code"]))
    return {iri: sorted(set(own)) for iri, own in group_pairs(pairs).items()}


def _named_kinds() -> list[str]:
    """Return the kinds under which what is drawn is named."""
    registry = bundled.registry()
    drawn = registry.drawn_classes(shared=False) | registry.drawn_classes(shared=True)
    return [
        kind.name
        for kind in registry.named.values()
        if not drawn.keys().isdisjoint(kind.classes) or kind.general_class in drawn
    ]


def _add_facts(engine: Engine, found: dict[str, Node], wanted: Wanted) -> None:
    """Add what no other heading tells: a summary, an approach, a proposed change."""
    for row in run_batched(engine, "internal/abstracts", "thing", wanted):
        _add(found, row["thing"], "In short", row["text"])
    for row in run_batched(engine, "report/approach-assignments", "priority", wanted):
        on = row["citation"] or row["basisLabel"]
        _add(found, row["priority"], "Approach of the board", f"{row['approachLabel']} ({on})")
    for row in run_batched(engine, "report/proposed-changes", "element", wanted):
        change = f"{row['kindLabel']} ({row['statusLabel']}): {row['description']}"
        _add(found, row["element"], "Proposed change", change)


def _add(found: dict[str, Node], iri: str, heading: str, text: str) -> None:
    if iri in found:
        found[iri]["details"] = [*_as_list(found[iri]["details"]), (heading, text)]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
