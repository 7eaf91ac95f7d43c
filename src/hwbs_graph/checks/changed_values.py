"""Numbers and dates that the engine writes in another way than the file: 1.10 becomes 1.1.

A code such as 007 is text, and loses its zeros where it is typed as a number.

Out of scope: what is in a store already; the text of the file is not kept there.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from hwbs_graph.checks.findings import Finding
from hwbs_graph.data.rdf_files import find_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.text import count

_ANY = NamedNode("urn:any")


def find_changed_values(paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield a warning for each property of each file with values that do not stay as written."""
    for file in find_files(paths):
        if not file.path.is_file():
            continue  # a pipe gives what it holds once
        values: dict[NamedNode, dict[Literal, None]] = {}
        for quad, _ in read_quads(file):
            if isinstance(quad.object, Literal):
                values.setdefault(quad.predicate, {})[quad.object] = None
        for predicate, given in values.items():
            changed = [(each, kept) for each in given if (kept := _keep(each)) != each]
            if changed:
                yield _describe(str(file.path), predicate.value, changed)


def _keep(literal: Literal) -> Literal:
    """Return the literal as the engine keeps it; text stays as it is."""
    if literal.datatype.value.endswith(("#string", "#langString")):
        return literal
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    kept = next(iter(store)).object
    assert isinstance(kept, Literal)
    return kept


def _describe(path: str, predicate: str, changed: list[tuple[Literal, Literal]]) -> Finding:
    first, kept = changed[0]
    others = f" ({count(len(changed) - 1, 'other value')} too)" if changed[1:] else ""
    message = (
        f"“{first.value}” is answered as “{kept.value}”{others}: "
        f'if it is a code, put it in quotes, "{first.value}".'
    )
    return Finding("warning", "changed value", predicate, shorten(predicate), message, path)
