"""Turns an answer into the network that its page can draw: things, and the links between them.

Rows are a network if two columns hold IRIs: those called source and target, or from and to, else
the first two. A graph is one if it links things.

Out of scope: where a thing stands in the drawing (`static/network.js`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.model.vocabulary import RDFS, SKOS, shorten
from hwbs_graph.web.pages.result_table import name_iri
from hwbs_graph.web.urls import page_url

#: A picture of more things or links cannot be read.
MOST_THINGS, MOST_LINKS = 200, 1000
#: Bytes of Turtle that are read again to be shown as a table and a network.
MOST_TURTLE = 1 << 20

#: Columns that are the ends of a link, wherever they stand.
_ENDS = (("source", "target"), ("from", "to"), ("thing", "other"), ("partner", "other"))

#: A link: from, to, and what it says.
Link = tuple[str, str, str]


class ResultNetwork(NamedTuple):
    """Things by IRI (or blank node) with their names, "" if unknown, and the links between them."""

    names: Mapping[str, str]
    links: Sequence[Link]

    @property
    def too_large(self) -> str:
        """A sentence if there is too much to draw, otherwise ""."""
        if len(self.names) <= MOST_THINGS and len(self.links) <= MOST_LINKS:
            return ""
        return (
            f"As a network this has {len(self.names):,} things and {len(self.links):,} links; "
            f"up to {MOST_THINGS:,} things and {MOST_LINKS:,} links can be drawn. "
            "Ask for less, for example with LIMIT."
        )

    def unnamed(self) -> list[str]:
        """Return the IRIs that the answer gave no name for; none if nothing is drawn."""
        if self.too_large:
            return []
        return [iri for iri, name in self.names.items() if not name and not iri.startswith("_:")]

    def with_names(self, labels: Mapping[str, str]) -> "ResultNetwork":
        """Return the network with further names."""
        return self._replace(
            names={iri: name or labels.get(iri, "") for iri, name in self.names.items()}
        )

    def to_json(self) -> dict[str, Any]:
        """Return what the script draws: links go by the numbers of the things."""
        number = {iri: place for place, iri in enumerate(self.names)}
        return {
            "nodes": [
                {"text": name or name_iri(iri), "link": page_url(iri)}
                for iri, name in self.names.items()
            ],
            "links": [
                {"from": number[start], "to": number[end], "text": text}
                for start, end, text in self.links
            ],
        }


def from_rows(data: bytes) -> ResultNetwork | None:
    """Return the network of two columns, labels aside; None if they hold no IRIs."""
    results = json.loads(data)
    names = results["head"].get("vars", [])
    kept = _choose_ends(names)
    rows = results["results"]["bindings"]
    if len(kept) < 2 or not rows:
        return None
    pairs = [(row.get(kept[0]), row.get(kept[1])) for row in rows]
    if not all(term is None or term["type"] == "uri" for pair in pairs for term in pair):
        return None
    found = {
        row[name]["value"]: row.get(f"{name}Label", {}).get("value", "")
        for row in rows
        for name in kept[:2]
        if name in row
    }
    links = ((a["value"], b["value"], "") for a, b in pairs if a and b)
    return _network(found, links)


def _choose_ends(names: Sequence[str]) -> list[str]:
    """Return the two columns that are the ends of a link, fewer if there are no two."""
    for ends in _ENDS:
        if set(ends) <= set(names):
            return list(ends)
    return [name for name in names if not _is_label(name, names)][:2]


def _is_label(name: str, names: Sequence[str]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in names


def parse_triples(turtle: bytes) -> list[Triple]:
    """Return the triples of an answer; none if it is too long to be read again."""
    if len(turtle) > MOST_TURTLE:
        return []
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


def from_triples(triples: Iterable[Triple]) -> ResultNetwork | None:
    """Return the network of the triples that lead from a thing to a thing, if there are any."""
    names: dict[str, str] = {}
    labels: dict[str, str] = {}
    links: list[Link] = []
    for subject, predicate, object in triples:
        if predicate in (SKOS.prefLabel, RDFS.label):
            labels[_key(subject)] = getattr(object, "value", "")
        elif isinstance(object, NamedNode | BlankNode):
            links.append((_key(subject), _key(object), shorten(predicate.value)))
            names |= {_key(subject): "", _key(object): ""}
    return _network(names, links).with_names(labels) if links else None


def _key(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _network(names: Mapping[str, str], links: Iterable[Link]) -> ResultNetwork:
    return ResultNetwork(names, list(dict.fromkeys(links)))
