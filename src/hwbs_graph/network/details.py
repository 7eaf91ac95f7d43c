"""What both projections say of a thing: details, sources, rows by thing.

Out of scope: which things a projection holds (`plan_graph`, `whole_graph`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.dates import word_date
from hwbs_graph.model.delivery import Delivery, read_delivery, word_delivery
from hwbs_graph.network.batches import Wanted, run_batched
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import capitalise, parse_whole

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


#: The part of whoever is named without one.
_NO_PART = "involved"

#: How a picture heads what `model.delivery` words.
_DELIVERY = {
    "due": "By when",
    "timescale": "By when",
    "measure": "How one would know",
    "progress": "How it stands",
}


def find_deliveries(engine: Engine, wanted: Wanted) -> dict[str, Delivery]:
    """Return for each element when, by what measure and how far it is carried out."""
    rows = group_rows(run_batched(engine, "internal/delivery", "thing", wanted), "thing")
    return {iri: read_delivery(own) for iri, own in rows.items()}


def find_plan_details(engine: Engine, plans: Wanted) -> dict[str, list[tuple[str, str]]]:
    """Return pairs of heading and text for each plan: what is said of the whole of it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for iri, delivery in find_deliveries(engine, plans).items():
        found[iri] += [(_DELIVERY[title], text) for title, text in word_delivery(delivery)]
    for row in run_batched(engine, "report/partners-of-plan", "plan", plans):
        part = row["printedRole"] or row["roleLabel"].replace(_NO_PART, "")
        name = f"{row['partnerLabel']} ({part})" if part else row["partnerLabel"]
        found[row["plan"]].append(("Named for the plan as a whole", name))
    return found


def find_parts(engine: Engine, plans: Wanted) -> dict[str, list[tuple[str, str]]]:
    """Return for each element of `plans` the parts it states, each with who takes it."""
    rows = run_batched(engine, "internal/parts-in-actions", "plan", plans)
    named = group_pairs(
        ((row["action"], row["role"]), row["partnerLabel"])
        for row in rows
        if row["role"] not in ("", _NO_PART)
    )
    found = [
        (action, (capitalise(role), "; ".join(dict.fromkeys(names))))
        for (action, role), names in named.items()
    ]
    return group_pairs(found)


def find_details(
    engine: Engine,
    wanted: Wanted,
    spellings: Iterable[Row],
    deliveries: Mapping[str, Delivery],
) -> dict[str, list[tuple[str, str]]]:
    """Return pairs of heading and text for each thing, in the order they are read."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in run_batched(engine, "internal/details", "thing", wanted):
        found[row["thing"]].append((row["heading"], row["text"]))
    for iri, delivery in deliveries.items():
        words = word_delivery(delivery)
        found[iri] += [(_DELIVERY[title], text) for title, text in words]
    _add_sayings(engine, found)
    profile = run_batched(engine, "report/partner-profile", "partner", wanted)
    for fact, heading in _FACTS.items():
        for row in profile:
            if row["fact"] == fact:
                found[row["partner"]].append((heading, row["value"]))
    for iri, rows in group_rows(spellings, "partner").items():
        printed = ", ".join(f"“{row['printedText']}” ({row['mentions']})" for row in rows)
        found[iri].append(("Printed as", printed))
    return found


def _add_sayings(engine: Engine, found: dict[str, list[tuple[str, str]]]) -> None:
    """Add what workshops said of the things on both ends, which no link is drawn for."""
    for row in run_named(engine, "trust/said-in-workshop"):
        by = " ".join(filter(None, (row["saidBy"], row["date"] and word_date(row["date"]))))
        for end, other in (("element", "otherLabel"), ("other", "elementLabel")):
            if row[end]:
                text = f"{row['kindLabel']}: {row[other]} ({by})"
                found[row[end]].append(("Said in a workshop, and in no document", text))


def find_spellings(engine: Engine, wanted: Wanted = None) -> list[Row]:
    """Return the printed spellings of each partner, and how often each is printed."""
    return run_batched(engine, "trust/spellings-by-partner", "partner", wanted)


def find_sources(engine: Engine, wanted: Wanted = None) -> dict[str, list[dict[str, object]]]:
    """Return the passages of each thing and of each statement."""
    rows = group_rows(run_batched(engine, "trust/passages-of-thing", "thing", wanted), "thing")
    return {iri: [describe_source(row) for row in own] for iri, own in rows.items()}


def describe_source(row: Row) -> dict[str, object]:
    """Return document, place, line and printed words of a passage."""
    return {
        "document": row["documentLabel"],
        "place": row["place"],
        "line": parse_whole(row["line"]),
        "printed": row["printedText"],
    }


def find_notes(engine: Engine, wanted: Wanted = None) -> dict[str, list[str]]:
    """Return the quality notes on each thing, each with what was done about it."""
    return group_pairs(
        (row["thing"], f"{row['description']} {row['handling']}")
        for row in run_batched(engine, "trust/notes-about-thing", "thing", wanted)
    )
