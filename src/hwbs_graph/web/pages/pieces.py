"""The pieces of which the page of a thing is made: values that any template or file can show.

Out of scope: HTML, and finding what they tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.report.places import Passage as PrintedPassage
from hwbs_graph.web.pages.document_text import find_context
from hwbs_graph.web.pages.result_table import Cell, name_iri
from hwbs_graph.web.urls import Resolver, passage_anchor


class Passage(NamedTuple):
    """Where something is printed, and in which words; `anchor` is its id in the page, or "".

    `before` and `after` are the words around it, where the text of the document is at hand.
    """

    document: Cell
    line: str
    place: str
    printed: str
    anchor: str = ""
    before: str = ""
    after: str = ""


class Item(NamedTuple):
    """One thing of a list: its code and kind, what is told of it, and what stands under it."""

    cell: Cell
    code: str = ""
    kind: str = ""
    told: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    passages: tuple[Passage, ...] = ()
    below: tuple["Item", ...] = ()


class Section(NamedTuple):
    """A heading, of level 2 or 3, and the things below it."""

    title: Cell
    items: tuple[Item, ...]
    level: int = 2


class Document(NamedTuple):
    """A document that was read: its IRI and its name."""

    iri: str
    label: str


class Library(NamedTuple):
    """The documents by their identifiers, and what leads to the pages of things.

    `texts` has the lines of documents by IRI, of those that are at hand.
    """

    documents: Mapping[str, Document]
    resolve: Resolver
    texts: Mapping[str, Sequence[str]] = {}

    def link(self, text: str, iri: str) -> Cell:
        """Return a cell that leads to the page of an IRI; one without text has words of the IRI."""
        return Cell(text or name_iri(iri), self.resolve(iri))

    def find_identifier(self, iri: str) -> str:
        """Return the identifier of a document, "" if it was not read."""
        return next((key for key, each in self.documents.items() if each.iri == iri), "")

    def cite(self, identifier: str, line: str, place: str, printed: str) -> Passage:
        """Return a passage whose document is named and leads to the line in its page."""
        found = self.documents.get(identifier)
        if found is None:
            return Passage(Cell(identifier), line, place, printed)
        address = f"{self.resolve(found.iri)}#{passage_anchor(identifier, line)}"
        before, after = find_context(self.texts.get(found.iri, ()), line, printed)
        document = Cell(f"{found.label} ({identifier})", address)
        return Passage(document, line, place, printed, "", before, after)

    def cite_all(self, passages: Iterable[PrintedPassage]) -> tuple[Passage, ...]:
        """Return the passages of a sheet."""
        return tuple(
            self.cite(each["document"], str(each["line"]), each["place"], each["printed"])
            for each in passages
        )
