"""The version of the data: one number for all that the files say, in whatever order they were read.

Out of scope: what the rules derive, and what a store keeps to find names.
"""

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    Store,
)

from hwbs_graph.model.single_values import restore
from hwbs_graph.model.vocabulary import DERIVED, STANDARDS
from hwbs_graph.store import Embedded, Engine

#: By what name a store keeps it.
KEY = "data version"
_MADE = (DERIVED, STANDARDS)
#: Naming more unnamed nodes alike may take longer than anybody waits.
_MOST_UNNAMED = 2_000


def find_data_version(engine: Engine) -> str:
    """Return the SHA-256 of all statements but derived ones, in N-Triples and sorted by their hash.

    The graph in which a statement stands does not count: it is that of the first file to say it.
    "" over a server, of which everything would have to be copied.
    """
    if not isinstance(engine, Embedded):
        return ""
    if kept := engine.find_kept(KEY):
        return kept.decode()
    unnamed: list[Quad] = []
    digests: set[bytes] = set()
    for quad in map(restore, _list_stated(engine.snapshot())):
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            unnamed.append(Quad(quad.subject, quad.predicate, quad.object))
        else:
            digests.add(_hash(quad))
    digests.update(map(_hash, _name_alike(unnamed)))
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _list_stated(store: Store) -> Iterator[Quad]:
    """Yield the statements of all graphs but the derived ones."""
    for graph in (DefaultGraph(), *store.named_graphs()):
        if graph not in _MADE:
            yield from store.quads_for_pattern(None, None, None, graph)


def _hash(quad: Quad) -> bytes:
    return hashlib.sha256(f"{quad.triple} .\n".encode()).digest()


def _name_alike(unnamed: list[Quad]) -> Iterable[Quad]:
    """Return statements about unnamed nodes, which get names that follow from them alone."""
    if len(unnamed) > _MOST_UNNAMED:
        one = BlankNode("unnamed")
        return [
            Quad(
                one if isinstance(quad.subject, BlankNode) else quad.subject,
                quad.predicate,
                one if isinstance(quad.object, BlankNode) else quad.object,
            )
            for quad in unnamed
        ]
    found = Dataset(unnamed)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found
