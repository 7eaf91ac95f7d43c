"""Statements of a graph, with the passages of reading copies that they are quoted from.

Out of scope: what a draft states (`draft_graph`).
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from hwbs_graph.data.turtle import Said, serialize_subjects
from hwbs_graph.intake.plan_words import fold
from hwbs_graph.intake.reading_copy import ReadingCopy, Spot
from hwbs_graph.model.vocabulary import PREFIXES, RDF, SCHEMES, TERMS, THINGS
from hwbs_graph.text import file_stem, truncate

_XSD, _SKOS = PREFIXES["xsd"], PREFIXES["skos"]
_QUOTED = NamedNode(PREFIXES["prov"] + "wasQuotedFrom")
_SOURCE, _LABEL = NamedNode(PREFIXES["oa"] + "hasSource"), NamedNode(_SKOS + "prefLabel")
_INTEGER = NamedNode(_XSD + "integer")
_LONGEST_SHORT = 40


class Names(NamedTuple):
    """What a board and its plan are called in addresses, and the language of the plan."""

    board: str
    title: str
    plan: str
    language: str


@lru_cache
def term(name: str) -> NamedNode:
    """Return a term of the ontology."""
    return NamedNode(TERMS + name)


@lru_cache
def concept(path: str) -> NamedNode:
    """Return a concept of a scheme."""
    return NamedNode(SCHEMES + path)


def thing(path: str) -> NamedNode:
    """Return the address of a thing."""
    return NamedNode(THINGS + path)


class StatementWriter:
    """Gathers statements, and quotes the words that they rest on."""

    def __init__(self, copies: list[ReadingCopy], names: Names) -> None:
        self.copies, self.names = copies, names
        numbers = range(1, len(copies) + 1)
        self.documents = [thing(f"document/{names.plan}-{number}") for number in numbers]
        #: The copies from which words are quoted.
        self.edition = slice(None)
        self.said: defaultdict[NamedNode, list[Said]] = defaultdict(list)
        #: Passage -> its copy and spot; what is said of it is made when it is written.
        self.passages: dict[NamedNode, tuple[ReadingCopy, Spot]] = {}
        self.agents: set[NamedNode] = set()
        self.refused: list[tuple[str, str]] = []

    def say(self, subject: NamedNode, verb: NamedNode, value: NamedNode | Literal) -> None:
        """Add a statement."""
        self.said[subject].append((verb, value))

    def say_all(self, subject: NamedNode, *said: Said) -> None:
        """Add several statements about one thing, which is looked up once."""
        self.said[subject] += said

    def label(self, subject: NamedNode, kind: str, label: str) -> None:
        """State of which class a thing is, and what it is called."""
        self.say_all(subject, (RDF.type, term(kind)), (_LABEL, self.words(label)))

    def shorten(self, subject: NamedNode, words: str) -> None:
        """Give a short label for pictures, which is the whole where that is short."""
        self.say(subject, term("shortLabel"), self.words(truncate(words, _LONGEST_SHORT)))

    def words(self, text: str) -> Literal:
        """Return words in the language of the plan."""
        return Literal(text, language=self.names.language)

    def document(self, copy: ReadingCopy) -> NamedNode:
        """Return the address of the text of a copy."""
        return self.documents[self.copies.index(copy)]

    def quote(self, subject: NamedNode, words: str, place: str, only_there: bool = False) -> bool:
        """Quote the words from where they stand; say whether they stand anywhere.

        With `only_there` they are quoted from their place or not at all.
        """
        for copy in self.copies[self.edition]:
            if spot := copy.find(words, place, only_there):
                stated = (term("statedIn"), self.document(copy))
                self.say_all(subject, (_QUOTED, self.add_passage(copy, spot)), stated)
                return True
        return False

    def add_passage(self, copy: ReadingCopy, spot: Spot) -> NamedNode:
        """Return the passage at a spot."""
        number = self.copies.index(copy) + 1
        key = f"{number}-{spot.line}-{spot.column}-{len(spot.printed)}"
        node = thing(f"passage/{self.names.plan}-{key}")
        self.passages.setdefault(node, (copy, spot))
        return node

    def write_turtle(self) -> str:
        """Return the statements as canonical Turtle."""
        return serialize_subjects([*self.said, *self.passages], self.list_said)

    def list_said(self, subject: NamedNode) -> Sequence[Said]:
        """Return what is said of a thing: a predicate and its object, each."""
        if subject not in self.passages:
            return self.said[subject]
        copy, spot = self.passages[subject]
        return (
            (RDF.type, term("Passage")),
            (_SOURCE, self.document(copy)),
            (term("line"), number_literal(spot.line)),
            (term("column"), number_literal(spot.column)),
            (term("printedText"), Literal(spot.printed)),
            (term("place"), Literal(copy.name_place(spot), language="en")),
        )


@lru_cache(1 << 13)
def write_slug(words: str) -> str:
    """Return words as a part of an address; of long or foreign ones a hash tells them apart."""
    stem = file_stem(fold(words), "name")
    digest = sha256(fold(words).encode("utf-8")).hexdigest()[:6]
    return (
        stem
        if stem.replace("-", " ") == fold(words) and len(stem) < 50
        else (f"{stem[:50].strip('-')}-{digest}")
    )


def number_literal(value: int) -> Literal:
    """Return a whole number as a value."""
    return Literal(str(value), datatype=_INTEGER)


def date_literal(text: str) -> Literal:
    """Return a day, month, quarter or year as a value of its own kind."""
    kinds = {r"\d{4}": "gYear", r"\d{4}-\d\d": "gYearMonth", r"\d{4}-\d\d-\d\d": "date"}
    for form, kind in kinds.items():
        if re.fullmatch(form, text):
            return Literal(text, datatype=NamedNode(_XSD + kind))
    return Literal(text, datatype=term("yearQuarter"))
