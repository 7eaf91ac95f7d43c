"""Things of our kinds without an IRI, of which no question can ask more than their label.

Out of scope: unnamed nodes of other kinds, which are no matter.
"""

from collections import Counter
from collections.abc import Iterator

from hwbs_graph.checks.findings import Breach
from hwbs_graph.data import bundled
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine


def find_unnamed_things(engine: Engine) -> Iterator[Breach]:
    """Yield a warning for each kind of thing that has unnamed nodes."""
    kinds = {iri: kind for kind in bundled.registry().named.values() for iri in kind.classes}
    found: Counter[str] = Counter()
    for row in run_named(engine, "internal/unnamed-things", **{"class": list(kinds)}):
        found[row["class"]] += int(row["things"])
    for iri, number in found.items():
        kind = kinds[iri]
        have = f"1 {kind.name} has" if number == 1 else f"{number:,} {kind.plural} have"
        why = f"{have} no IRI; give each one, as pictures and sheets lack what is said of it."
        yield Breach("warning", "unnamed thing", iri, why)
