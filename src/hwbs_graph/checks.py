"""Is the record whole? SHACL shapes for each thing, violation queries across things.

A shape says what one thing must have; a violation query returns what breaks a rule, with a
sentence for the reader. Both give findings.

Out of scope: whether the documents say what the record claims (`evidence`).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from hwbs_graph import catalogue, files, places
from hwbs_graph.findings import Finding, Severity
from hwbs_graph.store import Engine
from hwbs_graph.vocabulary import shorten, split

if TYPE_CHECKING:
    from rdflib import Graph

_WHERE = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?focus ?label ?action ?partner ?document ?line ?graph WHERE {
  GRAPH ?graph { ?focus ?property ?value }
  FILTER(?graph != <https://w3id.org/hwbs/graph/derived>)
  OPTIONAL { ?focus skos:prefLabel ?label }
  OPTIONAL {
    ?focus hwbs:action ?theAction ; hwbs:partner/skos:prefLabel ?partner .
    ?theAction dcterms:identifier ?action .
  }
  OPTIONAL {
    ?focus prov:wasQuotedFrom? ?passage .
    ?passage hwbs:line ?line ; oa:hasSource/dcterms:identifier ?document .
  }
}
ORDER BY ?graph ?document ?line
LIMIT 1
"""


def run(engine: Engine) -> list[Finding]:
    """Return all findings, violations first; an empty list means the record is whole."""
    return sorted([*shapes(engine), *violations(engine)], key=_rank)


def violations(engine: Engine) -> Iterator[Finding]:
    """Yield a finding for each row of each violation query."""
    for query in catalogue.every():
        if query.family != "violation":
            continue
        for row in engine.select(query.text, name=query.name):
            yield _finding(engine, "violation", query.name, row["focus"], row["message"])


def shapes(engine: Engine) -> Iterator[Finding]:
    """Yield a finding for each result of validating the record against `shapes.ttl`.

    pySHACL is handed an rdflib graph: over an Oxigraph store it reports false violations.
    """
    import pyshacl
    from rdflib import SH, Graph

    data = _rdflib(quad.triple for quad in engine.whole())
    rules = Graph().parse(data=files.read_text(places.folder("ontology") / "shapes.ttl"))
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, advanced=False)
    assert isinstance(report, Graph)
    for result in report.subjects(SH.focusNode):
        severity = report.value(result, SH.resultSeverity)
        rule = split(str(report.value(result, SH.sourceShape)))[1]
        yield _finding(
            engine,
            "warning" if severity == SH.Warning else "violation",
            f"shape/{rule}",
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage)),
        )


def _finding(engine: Engine, severity: Severity, rule: str, focus: str, message: str) -> Finding:
    label, source = _describe(engine, focus)
    return Finding(severity, rule, focus, label, message, source)


def _describe(engine: Engine, focus: str) -> tuple[str, str]:
    """Name the focus for a reader, and say in which document and file it stands."""
    try:
        rows = engine.select(_WHERE, {"focus": NamedNode(focus)})
    except ValueError:  # a blank node has no name to ask for
        rows = []
    if not rows:
        return shorten(focus), ""
    row = rows[0]
    named = f"{row['partner']} in {row['action']}" if row["partner"] and row["action"] else ""
    printed = f"{row['document']} line {row['line']}, " if row["line"] else ""
    return row["label"] or named or shorten(focus), f"{printed}{split(row['graph'])[1]}.ttl"


def _rdflib(triples: Iterable[Triple]) -> "Graph":
    from rdflib import Graph

    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def _rank(finding: Finding) -> tuple[bool, str, str, str]:
    return finding.severity == "warning", finding.rule, finding.focus, finding.message
