"""Makes the page of a thing out of what is known of it: the answer first, then how we know.

Out of scope: HTML, finding what is known (`facts`), and the server: links come from a resolver.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.model.vocabulary import PREFIXES, THINGS, shorten
from hwbs_graph.report.marked_answers import name_over
from hwbs_graph.report.profile import summarise_counts
from hwbs_graph.report.thing_profile import (
    group_statements,
    name_with_plan,
    select_links,
    word_basis,
)
from hwbs_graph.text import capitalise, count, heading
from hwbs_graph.web.pages import partner_pieces, plan_pieces
from hwbs_graph.web.pages.facts import ThingFacts
from hwbs_graph.web.pages.kind_pieces import Reading, list_answers, list_lines, list_readings
from hwbs_graph.web.pages.pieces import Library, Passage, Section
from hwbs_graph.web.pages.result_table import Cell, name_iri
from hwbs_graph.web.urls import Resolver, graph_page_url, passage_anchor

#: Properties whose value says what a thing is, in a sentence.
_SAYING = tuple(
    f"{PREFIXES[prefix]}{name}"
    for prefix, name in (
        ("dcterms", "abstract"),
        ("skos", "definition"),
        ("rdfs", "comment"),
        ("dcterms", "description"),
    )
)


class Statement(NamedTuple):
    """A link that could be disputed: what it states, about whom, and on what basis."""

    kind: str
    others: tuple[Cell, ...]
    basis: str
    why: tuple[str, ...]
    passages: tuple[Passage, ...]
    page: str


class Group(NamedTuple):
    """The things that one property leads to."""

    name: str
    cells: tuple[Cell, ...]


class ThingPage(NamedTuple):
    """What the page of a thing shows, from top to bottom.

    `crumbs` lead to it; `title` ends in what it belongs to. `lead` answers in sentences, `told` in
    names and values, `sections` in lists, `readings` in passages. `has_sheet` says that a picture
    has it on one page, `drawn_in` which plan's picture shows it (IRI), "" for none. The rest says
    how we know.
    """

    iri: str
    label: str
    kind: str
    title: str
    crumbs: tuple[Cell, ...]
    lead: tuple[str, ...]
    told: tuple[tuple[str, tuple[Cell, ...]], ...]
    sections: tuple[Section, ...]
    readings: tuple[Reading, ...]
    history: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    passages: tuple[Passage, ...]
    notes: tuple[Row, ...]
    outward: tuple[Group, ...]
    inward: tuple[Group, ...]
    graphs: tuple[Cell, ...]
    has_sheet: bool
    drawn_in: str


def build_page(
    facts: ThingFacts, resolve: Resolver, texts: Mapping[str, Sequence[str]] | None = None
) -> ThingPage:
    """Return the page of a thing; `resolve` gives the address of the page of an IRI, or "".

    `texts` are the lines of the documents that are at hand, by IRI.
    """
    library = Library(facts["documents"], resolve, texts or {})
    head = facts["thing"]
    label = head["label"] if head["label"] != shorten(head["iri"]) else name_iri(head["iri"])
    rows = group_rows(facts["history"], "event").values()
    return ThingPage(
        head["iri"],
        label,
        _name_kind(facts),
        _name_title(label, facts),
        tuple(_list_crumbs(facts, library)),
        tuple(_list_lead(facts)),
        tuple(_list_told(facts, library)),
        tuple(_list_sections(facts, library)),
        _list_readings(facts, library),
        tuple(_build_event(group, library) for group in rows),
        tuple(_build_statement(group, library) for group in group_statements(facts)),
        tuple(_anchor_passages(facts["sources"], library)),
        tuple(facts["notes"]),
        _group_links(select_links(facts["links"], "out"), library),
        _group_links(select_links(facts["links"], "in"), library),
        tuple(Cell(_name_graph(iri), graph_page_url(iri)) for iri in facts["graphs"]),
        bool(facts["partner"] and facts["partner"]["actions"]),
        _find_drawn(facts),
    )


def _find_drawn(facts: ThingFacts) -> str:
    """Return the plan whose picture has a column for a thing of this kind, else ""."""
    drawn = {kind.name for kind in bundled.registry().columns}
    outline = facts["outline"]
    return outline.plan if outline and facts["thing"]["kind"] in drawn else ""


def _name_kind(facts: ThingFacts) -> str:
    """Return the narrowest word for what a thing is, as its plan has it, with the printed code."""
    if facts["partner"] and facts["partner"]["partner"]["type"]:
        return facts["partner"]["partner"]["type"]
    outline, iri = facts["outline"], facts["thing"]["iri"]
    if outline and iri in outline.elements:
        return f"{outline.elements[iri].kind} {outline.elements[iri].code}".strip()
    return facts["thing"]["kind"]


def _name_title(label: str, facts: ThingFacts) -> str:
    """Return a name for the tab: the thing with its plan or board, the first if several."""
    boards = dict.fromkeys(row["boardLabel"] for row in facts["boards"])
    outline = facts["outline"]
    within = outline.label if outline and outline.plan != facts["thing"]["iri"] else ""
    return " - ".join(filter(None, (label, within, *[*boards][:1])))


def _list_crumbs(facts: ThingFacts, library: Library) -> Iterator[Cell]:
    """Yield the way to an element or plan: its board, its plan, what it stands under."""
    if outline := facts["outline"]:
        for row in facts["boards"]:
            if row["plan"] == outline.plan:
                yield library.link(row["boardLabel"], row["board"])
                break
        yield from plan_pieces.list_crumbs(outline, facts["thing"]["iri"], library)


def _list_lead(facts: ThingFacts) -> Iterator[str]:
    if facts["partner"]:
        yield f"{capitalise(summarise_counts(facts['partner']['counts']))}."
        several = len(facts["shares"]) > 1
        yield from (
            f"{each.label}: {each.sentence}" if several else each.sentence
            for each in facts["shares"]
        )
        for row in facts["partner"]["facts"]:
            sure = f" (confidence {row['confidence']})" if row["confidence"] else ""
            yield f"{capitalise(row['fact'])}: {row['value']}{sure}"
    for row in facts["plansOver"]:
        yield f"Plan: {name_over(row)}"
    links = [row for row in facts["links"] if row["direction"] == "out"]
    yield from (row["other"] for each in _SAYING for row in links if row["property"] == each)
    if facts["thing"]["kind"] == "determinant" and facts["rows"]:
        plans = {row["plan"] for row in facts["rows"]} - {""}
        things = {row["action"] or row["element"] for row in facts["rows"]}
        yield f"Addressed by {count(len(things), 'thing')} in {count(len(plans), 'plan')}."


def _list_told(facts: ThingFacts, library: Library) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield who is named for an element, when, by what measure and how far."""
    outline, iri = facts["outline"], facts["thing"]["iri"]
    if outline and iri in outline.elements:
        yield from plan_pieces.tell_element(outline.elements[iri], library)
    else:
        yield from ((title, (Cell(text),)) for title, text in word_delivery(facts["delivery"]))


def _list_sections(facts: ThingFacts, library: Library) -> Iterator[Section]:
    if facts["partner"]:
        yield from partner_pieces.list_sections(facts["partner"], facts["shares"], library)
    elif facts["outline"]:
        iri = facts["thing"]["iri"]
        yield from plan_pieces.list_contents(facts["outline"], iri, library)
    if facts["pairs"]:
        yield plan_pieces.list_comparisons(facts["pairs"], facts["thing"]["iri"])
    yield from list_answers(facts["thing"]["kind"], facts["rows"], library)


def _list_readings(facts: ThingFacts, library: Library) -> tuple[Reading, ...]:
    if facts["thing"]["kind"] != "document":
        return ()
    document = facts["thing"]["iri"]
    lines = list_lines(facts["rows"], document, library)
    return lines or list_readings(facts["rows"], document, library)


def _group_links(links: Iterable[Row], library: Library) -> tuple[Group, ...]:
    groups = group_pairs(
        (heading(row["propertyLabel"]), library.link(row["otherLabel"], row["other"]))
        for row in links
    )
    return tuple(Group(name, tuple(dict.fromkeys(cells))) for name, cells in groups.items())


def _build_statement(group: list[Row], library: Library) -> Statement:
    first = group[0]
    others = {library.link(row["otherLabel"], row["other"]) for row in group if row["other"]}
    passages = (
        library.cite(row["document"], row["line"], row["place"], row["printedText"])
        for row in group
        if row["printedText"]
    )
    return Statement(
        first["kindLabel"],
        tuple(sorted(others)),
        word_basis(first, "no basis given"),
        _distinct(row[key] for row in group for key in ("reason", "citation")),
        tuple(dict.fromkeys(passages)),
        library.resolve(first["statement"]),
    )


def _build_event(group: list[Row], library: Library) -> Statement:
    first = group[0]
    dated = f" on {first['date']}" if first["date"] else ""
    others = {
        library.link(name_with_plan(row), row["other"]): None for row in group if row["otherLabel"]
    }
    way = f", {first['direction']}" if others else ""
    return Statement(
        first["eventLabel"] + dated + way,
        tuple(others),
        word_basis(first, "no basis given"),
        _distinct(row[key] for row in group for key in ("reason", "citation")),
        (),
        library.resolve(first["event"]),
    )


def _anchor_passages(rows: Iterable[Row], library: Library) -> Iterator[Passage]:
    """Yield the passages, of which the first of each line has an id that a search leads to."""
    known: set[str] = set()
    for row in rows:
        found = library.cite(row["document"], row["line"], row["place"], row["printedText"])
        anchor = passage_anchor(row["document"], row["line"])
        yield found if anchor in known else found._replace(anchor=anchor)
        known.add(anchor)


def _name_graph(iri: str) -> str:
    """Return the name of a part of the record: of ours the last word, of others the address."""
    return name_iri(iri) if iri.startswith(THINGS.removesuffix("id/")) else iri


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
