"""File names for briefing sheets: safe on every system, and never the same twice.

Out of scope: the folder they stand in (the command line decides).
"""

from collections.abc import Sequence

from hwbs_graph.model.vocabulary import split
from hwbs_graph.names import Thing
from hwbs_graph.text import file_stem


def name_files(things: Sequence[Thing]) -> list[str]:
    """Return a file name for each thing, without ending: the last part of its IRI, made safe.

    No two are the same, not even where capitals make no difference.
    """
    taken: set[str] = set()
    chosen = []
    for thing in things:
        stem = file_stem(split(thing.iri)[1], "partner")
        number, name = 1, stem
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        chosen.append(name)
    return chosen
