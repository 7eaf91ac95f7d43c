"""An engine that asks a question about one of many things of all of them at once.

The page of a thing asks ten questions; for many pages that follow each other, each question is
asked once, and the rows are given out thing by thing. What comes is the same, and in one order.

Out of scope: which pages are written (`publication`).
"""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Store

from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.store import Engine, Results, Terms

#: What stands between SELECT and the pattern: only what is told there can be told apart.
_TOLD = re.compile(r"(?m)^SELECT\b([^{]*)\{")


class ReadAhead(Engine):
    """Asks another engine; `expect` says which things are asked about next."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self._engine = engine
        self._things: dict[str, NamedNode] = {}
        self._found: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def expect(self, things: Iterable[str]) -> None:
        """Read for these things (IRIs) together from now on; what was read before is forgotten."""
        self._things = {iri: NamedNode(iri) for iri in things}
        self._found.clear()

    def query(
        self, text: str, bindings: Mapping[str, Terms] | None = None, name: str = "The query"
    ) -> Results:
        """Run a query as it is; see `Engine.query`."""
        return self._engine.query(text, bindings, name)

    def snapshot(self) -> Store:
        """Return the store of the other engine."""
        return self._engine.snapshot()

    def select(
        self, text: str, bindings: Mapping[str, Terms] | None = None, name: str = "The query"
    ) -> list[Row]:
        """Return the rows of a query; those of one expected thing come out of what was read."""
        variable, iri = _find_one(bindings or {})
        if iri not in self._things or not _tells(text, variable):
            return self._engine.select(text, bindings, name)
        key = (text, variable)
        if key not in self._found:
            rows = self._engine.select(text, {variable: [*self._things.values()]}, name)
            self._found[key] = group_rows(rows, variable)
        return [row.copy() for row in self._found[key].get(iri, ())]


def _find_one(bindings: Mapping[str, Terms]) -> tuple[str, str]:
    """Return the variable and the IRI where one variable is bound to one thing, else "" twice."""
    if len(bindings) != 1:
        return "", ""
    ((variable, terms),) = bindings.items()
    (term, *others) = terms if isinstance(terms, list) and terms else [terms]
    single = isinstance(term, NamedNode) and not others
    return (variable, term.value) if single and isinstance(term, NamedNode) else ("", "")


def _tells(text: str, variable: str) -> bool:
    """Say whether each row names the thing that it is about, and no row is cut off."""
    told = _TOLD.search(text)
    return told is not None and f"?{variable} " in f"{told[1]} " and "LIMIT" not in text
