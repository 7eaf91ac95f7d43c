"""Where the data that ships with `hwbs` lies: in a checkout, or inside an installed wheel.

Out of scope: reading what lies there, but for the registry of kinds and the names of terms.
"""

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from hwbs_graph.errors import DataError
from hwbs_graph.model.kinds import Registry, read_registry
from hwbs_graph.model.vocabulary import RDFS, TERMS

#: A wheel carries the folders here; see pyproject.toml, force-include, and hatch_build.py.
_PACKAGED = Path(__file__).parent
_CHECKOUT = Path(__file__).parents[3]


@cache
def folder(name: str) -> Path:
    """Return a folder that ships: `graph`, `ontology`, `queries`, `docs` or `examples`.

    Raises DataError if it is missing.
    """
    for base in (_PACKAGED, _CHECKOUT):
        if (base / name).is_dir():
            return base / name
    raise DataError(f"The folder {name}/ is missing from this installation; install hwbs again.")


@cache
def registry() -> Registry:
    """Return the kinds of thing and the relations that this installation knows."""
    return read_registry((folder("ontology") / "kinds.ttl").read_text("utf-8"))


@cache
def list_terms() -> tuple[str, ...]:
    """Return the local name of every term that the ontology defines, in order."""
    triples = parse(path=folder("ontology") / "hwbs.ttl", format=RdfFormat.TURTLE)
    defined = {
        triple.subject.value.removeprefix(TERMS)
        for triple in triples
        if triple.predicate == RDFS.isDefinedBy and isinstance(triple.subject, NamedNode)
    }
    return tuple(sorted(defined))
