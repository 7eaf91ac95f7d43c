"""The lines of the documents that were read, where a folder has the very files.

Out of scope: whether passages stand in them (`verification`).
"""

from pathlib import Path

from hwbs_graph.checks.verification import list_digests, read_lines
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: The lines of each document by its IRI; the first line of a text is number 1.
Texts = dict[str, tuple[str, ...]]


def read_texts(engine: Engine, folder: Path) -> Texts:
    """Return the text of each document that passages are quoted from and that is in a folder.

    A file that is not the one that was read, by its SHA-256, is left out: its lines would be
    others. Raises PathError if the folder cannot be read.
    """
    digests = list_digests(folder)
    known = {row["document"]: row["sha256"] for row in run_named(engine, "internal/passages")}
    return {
        document: tuple(read_lines(digests[digest]))
        for document, digest in sorted(known.items())
        if digest in digests
    }
