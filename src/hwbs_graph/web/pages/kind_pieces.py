"""The answers of pages that list rows: determinants, groups, documents and boards.

Out of scope: HTML, and asking (`facts`).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.web.pages.document_text import Piece, mark_lines
from hwbs_graph.web.pages.pieces import Item, Library, Passage, Section
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.urls import passage_anchor

_List = Callable[[list[Row], Library], Iterator[Section]]


class Reading(NamedTuple):
    """A passage in the page of its document, and the things that were taken from it.

    `pieces` are the line that it stands in, where the text of the document is at hand.
    """

    anchor: str
    line: str
    place: str
    printed: str
    things: tuple[Cell, ...]
    pieces: tuple[Piece, ...] = ()


def list_answers(kind: str, rows: list[Row], library: Library) -> tuple[Section, ...]:
    """Return the rows that answer for a thing of a kind as sections."""
    tell = _TELL.get(kind)
    return tuple(tell(rows, library)) if tell and rows else ()


def list_readings(rows: list[Row], document: str, library: Library) -> tuple[Reading, ...]:
    """Return the passages of a document in order; the first of each line has its anchor."""
    found, anchors = [], set[str]()
    for own in group_rows(rows, "passage").values():
        first = own[0]
        anchor = passage_anchor(library.find_identifier(document), first["line"])
        things = (cell for row in own for cell in _link_taken(row, library))
        found.append(
            Reading(
                "" if anchor in anchors else anchor,
                first["line"],
                first["place"],
                first["printedText"],
                tuple(dict.fromkeys(things)),
            )
        )
        anchors.add(anchor)
    return tuple(found)


def _link_taken(row: Row, library: Library) -> Iterator[Cell]:
    """Yield what was taken from a passage, and what a statement with it speaks of."""
    for key in ("thing", "spoken"):
        if row[key]:
            yield library.link(row[f"{key}Label"], row[key])


def list_lines(rows: list[Row], document: str, library: Library) -> tuple[Reading, ...]:
    """Return every line of a document whose text is at hand, with what was taken from it."""
    identifier = library.find_identifier(document)
    taken = group_pairs(
        (row["passage"], each) for row in rows for each in _link_taken(row, library)
    )
    places = {row["line"]: row["place"] for row in reversed(rows)}
    distinct = [own[0] for own in group_rows(rows, "passage").values()]
    lines = mark_lines(library.texts.get(document, ()), distinct, taken)
    return tuple(
        Reading(
            passage_anchor(identifier, str(each.number)),
            str(each.number),
            places.get(str(each.number), ""),
            "",
            each.things,
            each.pieces,
        )
        for each in lines
    )


def _list_touching(rows: list[Row], library: Library) -> Iterator[Section]:
    """Yield what addresses a determinant, by plan, with who is named for it."""
    for plan, own in group_rows(rows, "planLabel").items():
        title = library.link(plan, own[0]["plan"]) if plan else Cell("In no plan")
        yield Section(title, tuple(dict.fromkeys(_build_touching(row, library) for row in own)))


def _build_touching(row: Row, library: Library) -> Item:
    told = (("with", row["partners"]), ("through", row["through"]))
    return Item(
        library.link(row["actionLabel"] or row["elementLabel"], row["action"] or row["element"]),
        row["code"],
        "",
        tuple((title, (Cell(text),)) for title, text in told if text),
    )


def _list_grouped(rows: list[Row], library: Library) -> Iterator[Section]:
    """Yield what is said or promised for a group of people, by plan, with the words."""
    for plan, own in group_rows(rows, "planLabel").items():
        title = library.link(plan, own[0]["plan"]) if plan else Cell("In figures and claims")
        yield Section(title, tuple(dict.fromkeys(_build_grouped(row, library) for row in own)))


def _build_grouped(row: Row, library: Library) -> Item:
    return Item(
        library.link(row["elementLabel"], row["element"]),
        told=(("through", (Cell(row["through"]),)),) if row["through"] else (),
        passages=_cite(row, library),
    )


def _cite(row: Row, library: Library) -> tuple[Passage, ...]:
    if not row["printedText"]:
        return ()
    return (library.cite(row["document"], row["line"], "", row["printedText"]),)


def _list_plans(rows: list[Row], library: Library) -> Iterator[Section]:
    """Yield the plans of a board, each with its period as printed."""
    items = (
        Item(
            library.link(row["planLabel"], row["plan"]),
            told=(("for", (Cell(row["period"]),)),) if row["period"] else (),
        )
        for row in rows
    )
    yield Section(Cell("Its plans"), tuple(dict.fromkeys(items)))


_TELL: dict[str, _List] = {
    "determinant": _list_touching,
    "population group": _list_grouped,
    **dict.fromkeys(("board", "board or subgroup", "subgroup"), _list_plans),
}
