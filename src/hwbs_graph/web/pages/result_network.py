"""From an answer to the network that its page can draw: things, and the links between them.

Rows are a network where their first two columns hold IRIs, a graph where it links things.

Out of scope: where a thing stands in the drawing (`static/network.js`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.model.vocabulary import RDFS, SKOS, shorten
from hwbs_graph.web.urls import page_of

#: More things or links than this make a picture that nobody can read.
MOST, MOST_LINKS = 200, 1000
#: Bytes of Turtle that are read again to be shown as a table and a network.
MOST_TURTLE = 1 << 20

#: A link: from, to, and what it says.
Link = tuple[str, str, str]


class Drawing(NamedTuple):
    """Things by IRI (or blank node) with what they are called, "" if unknown, and their links."""

    names: Mapping[str, str]
    links: Sequence[Link]

    @property
    def too_large(self) -> str:
        """A sentence where there is too much to draw, otherwise ""."""
        if len(self.names) <= MOST and len(self.links) <= MOST_LINKS:
            return ""
        return (
            f"As a network this has {len(self.names):,} things and {len(self.links):,} links; "
            f"up to {MOST:,} things and {MOST_LINKS:,} links can be drawn. "
            "Ask for less, for example with LIMIT."
        )

    def nameless(self) -> list[str]:
        """Return the IRIs that the answer gave no name for; none where nothing is drawn."""
        if self.too_large:
            return []
        return [iri for iri, name in self.names.items() if not name and not iri.startswith("_:")]

    def called(self, labels: Mapping[str, str]) -> "Drawing":
        """Return the drawing with further names."""
        return self._replace(
            names={iri: name or labels.get(iri, "") for iri, name in self.names.items()}
        )

    def data(self) -> dict[str, Any]:
        """Return what the script draws: links go by the numbers of the things."""
        number = {iri: place for place, iri in enumerate(self.names)}
        return {
            "nodes": [
                {"text": name or shorten(iri), "link": "" if iri.startswith("_:") else page_of(iri)}
                for iri, name in self.names.items()
            ],
            "links": [
                {"from": number[start], "to": number[end], "text": text}
                for start, end, text in self.links
            ],
        }


def of_rows(data: bytes) -> Drawing | None:
    """Return the network of the first two columns, labels aside; None where they hold no IRIs."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    kept = [name for name in names if not _is_label(name, names)]
    rows = results["results"]["bindings"]
    if len(kept) < 2 or not rows:
        return None
    pairs = [(row.get(kept[0]), row.get(kept[1])) for row in rows]
    if not all(term is None or term["type"] == "uri" for pair in pairs for term in pair):
        return None
    called = {
        row[name]["value"]: row.get(f"{name}Label", {}).get("value", "")
        for row in rows
        for name in kept[:2]
        if name in row
    }
    links = ((a["value"], b["value"], "") for a, b in pairs if a and b)
    return _drawing(called, links)


def _is_label(name: str, names: Sequence[str]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in names


def triples(turtle: bytes) -> list[Triple]:
    """Return the triples of an answer, none where it is too long to be read again."""
    if len(turtle) > MOST_TURTLE:
        return []
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


def of_graph(found: Iterable[Triple]) -> Drawing | None:
    """Return the network of the triples that lead from a thing to a thing, if there are any."""
    called: dict[str, str] = {}
    labels: dict[str, str] = {}
    links: list[Link] = []
    for subject, predicate, object in found:
        if predicate in (SKOS.prefLabel, RDFS.label):
            labels[_key(subject)] = getattr(object, "value", "")
        elif isinstance(object, NamedNode | BlankNode):
            links.append((_key(subject), _key(object), shorten(predicate.value)))
            called |= {_key(subject): "", _key(object): ""}
    return _drawing(called, links).called(labels) if links else None


def _key(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _drawing(called: Mapping[str, str], links: Iterable[Link]) -> Drawing:
    return Drawing(called, list(dict.fromkeys(links)))
