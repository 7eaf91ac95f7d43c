"""What a partner has part in above its actions: what they stand under, and what it answers for.

Many plans print measures, dates, progress and leads of an objective or a theme, and none below.

Out of scope: the actions that name it (`profile`), and layout.
"""

from collections.abc import Iterable, Mapping, Sequence

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import Delivery, read_delivery, word_delivery
from hwbs_graph.query.periods import find_over
from hwbs_graph.query.results import run_named
from hwbs_graph.report.indirect_parts import word_role
from hwbs_graph.report.places import Passage, find_passage, quote_passage
from hwbs_graph.store import Engine

Deliveries = Mapping[str, Delivery]


class UpperLevel(Delivery):
    """An element above a partner's actions that says when, by what measure or how far.

    `kind` is the plan's own word for it, `actions` are the IRIs of the actions below it.
    """

    iri: str
    label: str
    code: str | None
    kind: str | None
    actions: list[str]


class Charge(Delivery):
    """An element that a partner answers for; `sources` are the passages that say so."""

    iri: str
    label: str
    code: str | None
    kind: str | None
    plan: str | None
    planOver: bool
    role: str | None
    rolePrinted: str | None
    basis: str
    sources: list[Passage]


def find_deliveries(engine: Engine, iris: Iterable[str]) -> dict[str, Delivery]:
    """Return for each element when, by what measure and how far; what says none of it is empty."""
    wanted = list(dict.fromkeys(iris))
    rows = group_rows(run_named(engine, "internal/delivery", thing=wanted), "thing")
    return {iri: read_delivery(rows.get(iri, ())) for iri in wanted}


def list_levels(above: Sequence[Row], deliveries: Deliveries) -> list[UpperLevel]:
    """Return what stands above some actions and says when, by what measure or how far.

    `above` has rows of `internal/levels-above`.
    """
    return [
        {
            "iri": iri,
            "label": rows[0]["upperLabel"],
            "code": rows[0]["code"] or None,
            "kind": rows[0]["printedKind"] or None,
            "actions": list(dict.fromkeys(row["thing"] for row in rows)),
            **deliveries[iri],
        }
        for iri, rows in group_rows(above, "upper").items()
        if any(deliveries[iri].values())
    ]


def find_steps(above: Iterable[Row]) -> dict[str, list[str]]:
    """Return the actions that each step stands under, with their codes."""
    return group_pairs(
        (row["thing"], name_element(row["code"], row["upperLabel"]))
        for row in above
        if row["direct"]
    )


def list_charges(engine: Engine, rows: Sequence[Row], deliveries: Deliveries) -> list[Charge]:
    """Return what a partner answers for; `rows` are of `internal/responsibilities-of-partner`."""
    over = find_over(engine, (row["plan"] for row in rows if row["plan"])) if rows else {}
    return [
        _describe_charge(own, own[0]["plan"] in over, deliveries[own[0]["element"]])
        for own in group_rows(rows, "responsibility").values()
    ]


def _describe_charge(own: list[Row], over: bool, delivery: Delivery) -> Charge:
    first = own[0]
    return {
        "iri": first["element"],
        "label": first["elementLabel"],
        "code": first["code"] or None,
        "kind": first["printedKind"] or None,
        "plan": first["planLabel"] or None,
        "planOver": over,
        "role": first["roleLabel"] or None,
        "rolePrinted": first["printedRole"] or None,
        "basis": first["basisLabel"],
        "sources": [find_passage(row) for row in own if row["printedText"]],
        **delivery,
    }


def name_element(code: str | None, label: str) -> str:
    """Return an element with its code, where it has one."""
    return " ".join(filter(None, (code, label)))


def word_level(level: UpperLevel) -> str:
    """Return one line: the element, the plan's word for it, and what is printed of it."""
    kind = f" ({level['kind']})" if level["kind"] else ""
    told = "; ".join(f"{title}: {text}" for title, text in word_delivery(level))
    return f"{name_element(level['code'], level['label'])}{kind}: {told}"


def word_charge(charge: Charge) -> str:
    """Return one line: the element, the part in it, when and how far, and the printed words."""
    over = " (period over)" if charge["planOver"] else ""
    where = ", ".join(filter(None, (charge["kind"], charge["plan"])))
    name = name_element(charge["code"], charge["label"])
    part = word_role(charge["role"], charge["rolePrinted"])
    parts = [("part", part)] if part else []
    told = (f"{title}: {text}" for title, text in (*parts, *word_delivery(charge)))
    return "; ".join((f"{name} ({where}){over}", *told, *map(quote_passage, charge["sources"])))
