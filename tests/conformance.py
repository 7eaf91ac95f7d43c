"""The tables in data/conformance: reading them, and what came of a case in comparable form."""

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
)
from support import DATA

from hwbs_graph.model.vocabulary import PREFIXES

NAMESPACES = {
    "": "http://ex.test/",
    "ex": "http://ex.test/ns#",
    "xsd": PREFIXES["xsd"],
    "rdf": PREFIXES["rdf"],
}
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMESPACES.items())
_XSD = PREFIXES["xsd"]
_NUMERIC = {"integer", "decimal", "double", "float"}
Table = Mapping[str, Any]


def read_table(name: str) -> Table:
    """Return the table of a specification."""
    return tomllib.loads((DATA / "conformance" / f"{name}.toml").read_text("utf-8"))


def name_case(case: Table) -> str:
    return f"{case['section']} {case.get('title') or case['expr']}"


def query_of(case: Table) -> str:
    """Return the query of a case; an expression alone is selected."""
    return PROLOGUE + str(case.get("query") or f"SELECT ({case['expr']} AS ?x) {{}}")


def outcome_of(case: Table) -> Any:
    """Return what a case says should come of it, in the form of `describe`."""
    if case.get("refused"):
        return "refused"
    if "ask" in case:
        return case["ask"]
    if "graph" in case:
        return describe_graph(q.triple for q in parse(PROLOGUE + case["graph"], RdfFormat.TURTLE))
    names, rows = case.get("vars", "?x"), case.get("rows", f"({case.get('value')})")
    values = Store().query(f"{PROLOGUE} SELECT {names} {{ VALUES ({names}) {{ {rows} }} }}")
    return describe(values, case.get("ordered", False))


def describe(results: QuerySolutions | QueryBoolean | QueryTriples, ordered: bool = False) -> Any:
    """Return an answer in a form that can be compared: numbers by value, rows in order or not."""
    if isinstance(results, QueryBoolean):
        return bool(results)
    if isinstance(results, QueryTriples):
        return describe_graph(results)
    names = [variable.value for variable in results.variables]
    order = sorted(range(len(names)), key=names.__getitem__)
    rows = [[describe_term(row[i]) for i in order] for row in results]
    return (sorted(names), rows if ordered else sorted(rows, key=str))


def describe_term(term: Any) -> Any:
    """Return a term, or for a number its type and value."""
    if isinstance(term, Literal) and (kind := term.datatype.value.removeprefix(_XSD)) in _NUMERIC:
        exact = kind in ("integer", "decimal")
        return (kind, str(Decimal(term.value).normalize() if exact else float(term.value)))
    return str(term)


def describe_graph(quads: Iterable[Quad | Triple]) -> list[str]:
    """Return statements as lines, blank nodes called alike where the same is said of them."""
    data = Dataset(each if isinstance(each, Quad) else Quad(*each) for each in quads)
    data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, data))
