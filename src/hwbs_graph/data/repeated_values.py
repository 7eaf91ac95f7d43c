"""Finding what is double in a store, and putting the values that do not count aside.

Out of scope: which value counts (`model.single_values`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from hwbs_graph.model.single_values import FURTHER, find_further

Subject = NamedNode | BlankNode | Triple
#: Subjects are told apart by a hash, one byte each: 16 MiB at most.
_MOST_SLOTS = 1 << 24


def watch_subjects(quads: Iterable[Quad], repeated: set[Subject], size: int) -> Iterator[Quad]:
    """Yield the statements of one property, and note the subjects that may come twice.

    `size` is the number of statements in the store.
    """
    slots = min(8 << size.bit_length(), _MOST_SLOTS)
    seen = bytearray(slots)
    for quad in quads:
        slot = hash(quad.subject) % slots
        if seen[slot]:
            repeated.add(quad.subject)
        seen[slot] = 1
        yield quad


def set_aside(store: Store, repeated: Mapping[NamedNode, Collection[Subject]]) -> Iterator[Quad]:
    """Remove the values that do not count of what may have several; yield what keeps them.

    `repeated` holds subjects by property. What is yielded must be added to the store.
    """
    for property, subjects in repeated.items():
        for subject in subjects:
            quads = list(store.quads_for_pattern(subject, property, None, None))
            further = set(find_further(property, (quad.object for quad in quads)))
            for quad in quads:
                if quad.object in further:
                    store.remove(quad)
                    yield Quad(subject, FURTHER[property], quad.object, quad.graph_name)


def choose_values(store: Store) -> None:
    """Put the values that do not count aside, in a store that nobody chose for."""
    size = len(store)
    for property in FURTHER:
        subjects: set[Subject] = set()
        for _ in watch_subjects(store.quads_for_pattern(None, property, None), subjects, size):
            pass
        store.extend(set_aside(store, {property: subjects}))
