"""What the page of a thing tells, gathered from the graph by a worker.

Out of scope: how it is told (`thing`), and HTML.
"""

from functools import lru_cache

from pyoxigraph import NamedNode

from hwbs_graph import names
from hwbs_graph.grouping import Row
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.report import profile, thing_profile
from hwbs_graph.report.plan_outline import Outline, read_outline
from hwbs_graph.report.plan_shares import PlanShare, list_shares
from hwbs_graph.report.profile import PartnerSheet
from hwbs_graph.report.thing_profile import ThingSheet
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.lookups import index_names
from hwbs_graph.web.pages.pieces import Document
from hwbs_graph.web.pages.plan_pairs import Pair, list_pairs

#: What answers for a thing of a kind: the query, and the parameter that takes the thing.
_ANSWERS = {
    "determinant": ("report/touchpoints-of-determinant", "determinant"),
    "population group": ("report/elements-by-population-group", "group"),
    "document": ("internal/passages-of-document", "document"),
}
_BOARDS = ("board or subgroup", "board", "subgroup")
_MOST_OUTLINES = 64


class ThingFacts(ThingSheet):
    """The sheet of a thing, with what its page tells beside.

    `graphs` speak of it. `documents` are all that were read, by identifier. `boards` has a row for
    each board of its plans; `outline` is of the plan it is or stands in. `partner` is the sheet of
    a partner, `shares` what part of each plan names it, `rows` what the kind's own query found,
    `pairs` the plans a plan is linked to.
    """

    graphs: list[str]
    documents: dict[str, Document]
    boards: list[Row]
    outline: Outline | None
    partner: PartnerSheet | None
    shares: list[PlanShare]
    rows: list[Row]
    pairs: list[Pair]


def describe_thing(engine: Engine, iri: str) -> ThingFacts:
    """Return everything that the page of an IRI tells. Raises NotFoundError."""
    thing = _index_things(engine).get(iri) or names.find(engine, f"<{iri}>")
    quads = engine.snapshot().quads_for_pattern(NamedNode(iri), None, None, None)
    plans = run_named(engine, "internal/plans-of-thing", thing=iri)
    return {
        **thing_profile.describe_thing(engine, thing),
        "graphs": sorted({getattr(quad.graph_name, "value", "") for quad in quads} - {""}),
        "documents": list_documents(engine),
        "boards": _find_boards(engine, thing, plans),
        "outline": _find_outline(engine, thing, plans),
        "partner": profile.describe_partner(engine, thing) if thing.kind == "partner" else None,
        "shares": list_shares(engine, thing) if thing.kind == "partner" else [],
        "rows": _ask_kind(engine, thing),
        "pairs": [pair for pair in list_pairs(engine) if iri in (pair.one, pair.other)],
    }


@lru_cache(maxsize=1)
def _index_things(engine: Engine) -> dict[str, Thing]:
    """Return every named thing by its IRI, gathered once a worker."""
    return {each.thing.iri: each.thing for each in reversed(index_names(engine))}


@lru_cache(maxsize=1)
def list_boards(engine: Engine) -> list[Row]:
    """Return every plan with its period and its board, read once a worker."""
    return run_named(engine, "report/boards-of-plans")


@lru_cache(maxsize=1)
def list_documents(engine: Engine) -> dict[str, Document]:
    """Return every document that was read by its identifier, read once a worker."""
    rows = run_named(engine, "report/documents")
    labels = {each.thing.iri: each.thing.label for each in index_names(engine)}
    return {
        row["identifier"]: Document(row["document"], labels.get(row["document"], row["title"]))
        for row in rows
    }


@lru_cache(maxsize=_MOST_OUTLINES)
def _read_outline(engine: Engine, plan: str, label: str) -> Outline:
    return read_outline(engine, plan, label)


def _find_outline(engine: Engine, thing: Thing, plans: list[Row]) -> Outline | None:
    """Return the outline of the plan that a thing is or stands in; a partner stands in none."""
    for row in plans if thing.kind != "partner" else ():
        outline = _read_outline(engine, row["plan"], row["planLabel"])
        if thing.iri == row["plan"] or thing.iri in outline.elements:
            return outline
    return None


def _find_boards(engine: Engine, thing: Thing, plans: list[Row]) -> list[Row]:
    known = {row["plan"] for row in plans}
    return [row for row in list_boards(engine) if row["board"] and row["plan"] in known]


def _ask_kind(engine: Engine, thing: Thing) -> list[Row]:
    if thing.kind in _BOARDS:
        return [row for row in list_boards(engine) if row["board"] == thing.iri]
    if thing.kind not in _ANSWERS:
        return []
    query, parameter = _ANSWERS[thing.kind]
    return run_named(engine, query, **{parameter: thing.iri})
