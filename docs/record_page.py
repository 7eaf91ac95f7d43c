"""Make docs/record.md: what the record holds, how far readers agree, its gaps, how to cite it.

Out of scope: the terms and code lists (ontology.md), and the questions (queries.md).
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from hwbs_graph.data import corpus
from hwbs_graph.grouping import Row
from hwbs_graph.query.data_version import find_data_version
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded, Engine

READINGS = Path(__file__).parent / "readings"
_PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_PASSAGES = """SELECT ?document ?title (COUNT(DISTINCT ?passage) AS ?passages) WHERE {
  ?passage oa:hasSource ?source . ?source dcterms:identifier ?document ; dcterms:title ?title .
} GROUP BY ?document ?title ORDER BY ?document"""
_THINGS = """SELECT ?kind ?document (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?class a owl:Class ; rdfs:label ?kind ; rdfs:isDefinedBy <https://w3id.org/hwbs/ns> .
  ?thing a ?class ; hwbs:statedIn/dcterms:identifier ?document .
  FILTER NOT EXISTS { ?class rdfs:subClassOf hwbs:Statement }
  MINUS { ?class ^rdfs:subClassOf ?narrower . ?thing a ?narrower }
} GROUP BY ?kind ?document ORDER BY STR(?kind) ?document"""
_LAYERS = """SELECT ?layer ?order ?basis (COUNT(DISTINCT ?link) AS ?links) WHERE {
  ?link a hwbs:DeterminantLink ; hwbs:determinant/skos:broader* ?top .
  ?link hwbs:basis/skos:prefLabel ?basis .
  ?top skos:topConceptOf <https://w3id.org/hwbs/scheme/determinant> ; skos:prefLabel ?layer ;
    hwbs:printedOrder ?order .
} GROUP BY ?layer ?order ?basis ORDER BY ?order ?basis"""
_CONFIDENCE = """SELECT ?kind ?confidence (COUNT(DISTINCT ?link) AS ?links) WHERE {
  ?link hwbs:confidence ?confidence ; a ?class . ?class rdfs:label ?kind .
  FILTER(?class != hwbs:Statement)
} GROUP BY ?kind ?confidence ORDER BY STR(?kind) ?confidence"""
#: Gaps that are counted: the question behind each, and what a row of its answer is.
_GAPS = (
    ("coverage/determinants-without-action", "determinants that no action bears on"),
    ("coverage/elements-without-determinant", "elements of plans without a determinant"),
    ("coverage/objectives-not-continued", "objectives of 2019 that no priority continues"),
    ("coverage/not-mentioned", "actions of 2019 whose matter the later strategy does not mention"),
    ("coverage/actions-without-date", "actions without a date"),
    ("coverage/actions-without-lead", "actions without a lead"),
    ("coverage/actions-without-measure", "actions without a measure"),
    ("coverage/priorities-without-approach", "priorities whose approach no paper states"),
    ("trust/contradicting-claims", "pairs of figures that contradict each other"),
)
_ABOUT = """The record is what `graph/` holds: what five documents of two boards say, with every
place, and what the editors judge of it. This page is counted from it. [sources.md](sources.md) says
what was taken from each document, [links.md](links.md) by what rule a link is stated, curated or
left out.

"""
_REVIEW = """**No officer of a board and no specialist in public health has reviewed these
judgements.** What is curated is the editors' reading, with curator, day, reason and confidence; it
is a proposal to those who know better.

"""
_READ = """Two readers judged the same items independently, given the rule, the schemes and the
documents, and not the record. Both readings were made by machine: what the readers share, they may
share in error. Where they disagreed, or the record disagreed with both, the case was settled in
writing. *Kappa* is Cohen's, in which 0 is the agreement of chance.

"""
_AGREEMENT = ("what was judged", "items", "readers agree", "kappa", "record as settled")
_UNWRITTEN = """Known, and not counted: the county's eighty commitments are in an appendix that the
record does not have. Figures carry no intervals of confidence, as none are printed. Determinants
have no links among themselves but for broader and narrower. No area below a council has an
identifier.

"""


def make() -> str:
    """Return the page as Markdown."""
    engine = Embedded(corpus.open_store())
    parts = [
        "# The record\n\n<!-- Made by docs/generate.py; edit docs/record_page.py. -->\n\n",
        _ABOUT,
        "## What it holds, by document\n\n",
        _tabulate_documents(engine),
        "## Its links, by what they rest on\n\n",
        _tabulate_links(engine),
        "## Links to determinants, layer by layer\n\n",
        _cross(_ask(engine, _LAYERS), "layer", "basis", "links"),
        "## How sure the editors are\n\n",
        _REVIEW,
        _cross(_ask(engine, _CONFIDENCE), "kind", "confidence", "links"),
        _describe_readings(),
        "## Known gaps\n\n",
        _tabulate_gaps(engine),
        _UNWRITTEN,
        _describe_citation(engine),
    ]
    return "".join(parts).rstrip() + "\n"


def _ask(engine: Engine, text: str) -> list[Row]:
    return engine.select(_PREFIXES + text)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines) + "\n"


def _cross(rows: list[Row], down: str, across: str, counted: str) -> str:
    """Return a table of `counted`, one row for each value of `down`."""
    columns = sorted({row[across] for row in rows})
    counts = {(row[down], row[across]): row[counted] for row in rows}
    names = list(dict.fromkeys(row[down] for row in rows))
    body = ([name, *(counts.get((name, column), "") for column in columns)] for name in names)
    return _table([down, *columns], body)


def _tabulate_documents(engine: Engine) -> str:
    passages = _ask(engine, _PASSAGES)
    printed = _table(
        ["document", "title", "passages quoted"],
        ([row["document"], row["title"], row["passages"]] for row in passages),
    )
    return printed + _cross(_ask(engine, _THINGS), "kind", "document", "things")


def _tabulate_links(engine: Engine) -> str:
    rows = run_named(engine, "trust/links-by-basis")
    return _cross(list(rows), "kindLabel", "basisLabel", "links").replace("kindLabel", "kind", 1)


def _tabulate_gaps(engine: Engine) -> str:
    body = ([len(run_named(engine, name)), what, f"`hwbs query {name}`"] for name, what in _GAPS)
    return _table(["number", "of what", "the question"], body)


def read_readings(path: Path) -> list[Row]:
    """Read what two readers judged of each item, a row each."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_kappa(rows: Sequence[Row], one: str = "reader1", other: str = "reader2") -> float:
    """Return Cohen's kappa of two columns: 1 for full agreement, 0 for that of chance.

    J. Cohen, A coefficient of agreement for nominal scales, 1960. Two readers who both
    give one single answer agree by chance alone, and so does the result say: 0.
    """
    agreed = sum(row[one] == row[other] for row in rows) / len(rows)
    first, second = (Counter(row[column] for row in rows) for column in (one, other))
    chance = sum(first[answer] * second[answer] for answer in first) / len(rows) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def _describe_citation(engine: Engine) -> str:
    (data,) = _ask(
        engine,
        "SELECT ?version ?day { <https://w3id.org/hwbs/dataset> owl:versionInfo ?version ;"
        " dcterms:modified ?day }",
    )
    return (
        "## How to cite it\n\n"
        "hwbs developers, *Joint Health and Wellbeing Strategies as a knowledge graph*, version"
        f" {data['version']}, {data['day']}, https://w3id.org/hwbs/dataset. Data: CC BY 4.0; quoted"
        " wording belongs to its publishers.\n\n"
        "Data version, the SHA-256 of all statements as `hwbs info` tells it:"
        f" `{find_data_version(engine)}`.\n"
    )


def _describe_readings() -> str:
    """Return how far two readers agreed, scheme by scheme, if there are readings."""
    parts = []
    for path in sorted(READINGS.glob("*.csv")):
        rows = read_readings(path)
        schemes = list(dict.fromkeys(row["scheme"] for row in rows))
        table = _table(_AGREEMENT, (_measure_scheme(scheme, rows) for scheme in schemes))
        parts.append(
            f"{_READ}{table}[{path.name}](readings/{path.name}) holds every judgement.\n\n"
        )
    return "".join(parts) or "No second reader has judged a sample of the links yet.\n\n"


def _measure_scheme(scheme: str, rows: Sequence[Row]) -> list[object]:
    own = [row for row in rows if row["scheme"] == scheme]
    agreed = sum(row["reader1"] == row["reader2"] for row in own)
    kept = sum(row["record"] == row["settled"] for row in own)
    return [scheme, len(own), agreed, f"{find_kappa(own):.2f}", kept]
