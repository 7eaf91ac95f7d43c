"""Write the reference pages, and the JSON-LD context, from what runs.

python docs/generate.py            write them
python docs/generate.py --check    fail if one is stale
"""

import ast
import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from runpy import run_path
from textwrap import wrap

from pyoxigraph import Literal, NamedNode, Store, Triple

from hwbs_graph.cli import COMMANDS, main
from hwbs_graph.data import bundled, corpus, rdf_files, turtle
from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import (
    BASE,
    DERIVED,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMES,
    STANDARDS,
    shorten,
)
from hwbs_graph.query import catalogue
from hwbs_graph.store import Embedded
from hwbs_graph.store.lexer import keywords, query_form
from hwbs_graph.web import protocol
from hwbs_graph.web.protocol.dataset_description import VOID, list_contents
from hwbs_graph.write.export.rdf import write_trig

FOLDER = Path(__file__).parent
MADE = "<!-- Made by docs/generate.py; edit what it is made from. -->\n\n"

_TERMS = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?type ?label ?definition ?note ?example ?domain ?range
       (GROUP_CONCAT(DISTINCT STR(?up); SEPARATOR=" ") AS ?broader)
WHERE {
  ?term a ?type ; rdfs:isDefinedBy ?ontology ; rdfs:label ?label ; skos:definition ?definition ;
    skos:scopeNote ?note ; skos:example ?example .
  OPTIONAL { ?term rdfs:domain ?domain }
  OPTIONAL { ?term rdfs:range ?range }
  OPTIONAL { ?term rdfs:subClassOf|rdfs:subPropertyOf ?up }
}
GROUP BY ?term ?type ?label ?definition ?note ?example ?domain ?range
ORDER BY ?term ?type ?domain ?range
"""
_ANNOTATIONS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?definition ?note ?example WHERE {
  ?term skos:definition ?definition ; skos:scopeNote ?note ; skos:example ?example .
} ORDER BY ?term
"""
_OUTSIDE = "They say how a kind or a relation is listed, drawn and exported, and stand in no graph."
_CONCEPTS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?scheme ?schemeLabel ?schemeDefinition ?concept ?label ?definition WHERE {
  ?scheme a skos:ConceptScheme ; skos:prefLabel ?schemeLabel ; skos:definition ?schemeDefinition .
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:definition ?definition .
} ORDER BY ?scheme STR(?label) ?concept
"""
_SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?shape ?name ?description ?property ?propertyName ?message ?severity WHERE {
  ?shape a sh:NodeShape ; sh:name ?name ; sh:description ?description ; sh:property ?property .
  ?property sh:name ?propertyName ; sh:message ?message .
  OPTIONAL { ?property sh:severity ?severity }
} ORDER BY STR(?name) ?shape STR(?propertyName) ?property STR(?message)
"""


def commands() -> str:
    """Return the help of every command, as it is at 80 columns."""
    os.environ["COLUMNS"] = "80"
    pages = [_help("--help"), *(_help(name, "--help") for name in COMMANDS)]
    titles = ["hwbs", *(f"hwbs {name}" for name in COMMANDS)]
    body = "".join(
        f"## {title}\n\n```\n{page.strip()}\n```\n\n"
        for title, page in zip(titles, pages, strict=True)
    )
    return f"# Command line\n\n{MADE}{body}"


def queries() -> str:
    """Return the catalogue, family by family."""
    parts, family = [f"# Named queries\n\n{MADE}Run one with `hwbs query NAME`.\n"], ""
    for query in catalogue.all_queries():
        if query.family != family:
            family = query.family
            parts.append(f"\n## {family}\n")
        parts.append(f"\n### {query.name}\n\n**{query.summary}** {query.description}\n")
        parts += [f"\n- `{p.name}`: a {p.kind}, e.g. {p.example}" for p in query.parameters]
        parts.append("\n" if query.parameters else "")
        if query.asks:
            parts.append("\nAlso: " + "; ".join(f"“{wording}”" for wording in query.asks) + ".\n")
    return "".join(parts)


def ontology() -> str:
    """Return the terms, kinds and relations, the code lists, the shapes and the annotations."""
    folder = bundled.folder("ontology")
    engine = Embedded(
        corpus.open_store([*sorted(folder.glob("*shapes.ttl"))], base=corpus.vocabulary_files())
    )
    terms = engine.select(_TERMS)
    kinds = {"Class": "Classes", "Property": "Properties", "Datatype": "Datatypes"}
    parts = [f"# The ontology\n\n{MADE}{_DIAGRAM}{_graphs()}"]
    for ending, title in kinds.items():
        parts.append(f"\n## {title}\n")
        parts += [_term(row) for row in terms if row["type"].endswith(ending)]
    parts += [_kinds(), _relations()]
    parts.append("\n## Code lists\n")
    parts += _listed(engine.select(_CONCEPTS), "scheme", _scheme, _concept)
    parts.append("\n## Shapes\n\nWhat `hwbs check` asks of each thing, in the words it uses.\n")
    parts += _listed(engine.select(_SHAPES), "shape", _shape, _property)
    parts.append(f"\n## Annotations\n\nThe words of `ontology/kinds.ttl`. {_OUTSIDE}\n")
    annotations = Embedded(corpus.open_store(base=[folder / "annotations.ttl"])).select(
        _ANNOTATIONS
    )
    parts += [_term(row | {"domain": "", "range": "", "broader": ""}) for row in annotations]
    return "".join(parts)


def _kinds() -> str:
    """Return a table of the kinds of thing, with every word for each."""
    rows = [
        f"| {kind.name} | {kind.plural} | {', '.join(kind.synonyms)} | "
        f"{', '.join(shorten(iri) for iri in kind.classes)} |\n"
        for kind in bundled.registry().kinds
    ]
    return (
        "\n## Kinds of thing\n\nA kind is what people look for by one word. `hwbs list` takes "
        "each word of a kind that has a list, in either number.\n\n"
        f"| kind | several | other words | classes |\n|---|---|---|---|\n{''.join(rows)}"
    )


def _relations() -> str:
    """Return a table of what links two things, read in both directions."""
    relations = bundled.registry().relations.values()
    rows = [
        f"| {shorten(each.iri)} | {each.forward} | {each.backward} | "
        f"{'yes' if each.in_paths else ''} |\n"
        for each in sorted(relations, key=lambda each: shorten(each.iri))
    ]
    return (
        "\n## Relations\n\nHow a link reads from its first end to its second, and back. "
        "`hwbs path` explains connections by those marked.\n\n"
        f"| relation | forward | backward | in paths |\n|---|---|---|---|\n{''.join(rows)}"
    )


def _graphs() -> str:
    """Say under which names to ask: prefixes, and the named graph of each file."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    files = [graph.value for graph in rdf_files.name_graphs(corpus.bundled_files())]
    graphs = "".join(f"- `{iri}`\n" for iri in sorted([*files, DERIVED.value, STANDARDS.value]))
    return (
        "\n## Asking in SPARQL\n\nPaste what you need:\n\n```\n"
        f"{prefixes}```\n\nElsewhere on this page `basis:x` stands for "
        f"`<{SCHEMES}basis/x>`, and so for every code list. A query sees all named graphs as one; "
        f"`GRAPH` and `FROM` choose among them:\n\n{graphs}"
    )


_DIAGRAM = """\
```mermaid
flowchart LR
  Strategy -- supersedes --> Strategy
  ActionPlan -- "delivers strategy" --> Strategy
  Vision -- "vision of" --> Strategy
  Theme -- "in plan" --> Strategy
  Ambition -- "ambition of" --> Theme
  Objective -- "in theme" --> Theme
  Rationale -- "rationale for" --> Objective
  Action -- "delivers objective" --> Objective
  FocusArea -- "in theme, focus of" --> Theme
  Example -- "example of" --> FocusArea
  Subgroup -- "subgroup of" --> Board
  Claim -- about --> Determinant
  Claim -- contradicts --> Claim
```

Every link that a reader could dispute is a node, with its basis and the passage behind it; the
dotted shortcuts are derived by rules.

```mermaid
flowchart LR
  Involvement -- action --> Action
  Involvement -- partner --> Partner
  Action -. involves .-> Partner
  Identification -- partner --> Partner
  DeterminantLink -- element --> PlanElement
  DeterminantLink -- determinant --> Determinant
  PlanElement -. addresses .-> Determinant
  ThemePlacement -- element --> LetteredObjective
  ThemePlacement -- theme --> Theme
  Alignment -- "from, to" --> PlanElement
  PlanElement -. "continued by" .-> PlanElement
  Responsibility -- body --> Board
  Responsibility -- element --> PlanElement
  Board -. "responsible for" .-> PlanElement
  ApproachAssignment -- element --> Priority
  ProposedChange -- element --> PlanElement
  Involvement -- "was quoted from" --> Passage
  Passage -- "has source" --> SourceDocument
  QualityNote -- "has target" --> PlanElement
```
"""


def _term(row: Row) -> str:
    lines = [f"\n### {shorten(row['term'])}\n\n{row['definition']} {row['note']}\n"]
    about = {
        "Below": ", ".join(shorten(iri) for iri in sorted(row["broader"].split())),
        "From": shorten(row["domain"]) if row["domain"] else "",
        "To": shorten(row["range"]) if row["range"] else "",
        "Example": row["example"],
    }
    return lines[0] + "".join(f"\n- {key}: {value}" for key, value in about.items() if value) + "\n"


def _listed(
    rows: list[Row], key: str, head: Callable[[Row], str], line: Callable[[Row], str]
) -> list[str]:
    parts, last = [], ""
    for row in rows:
        if row[key] != last:
            last = row[key]
            parts.append(head(row))
        parts.append(line(row))
    return parts


def _scheme(row: Row) -> str:
    return f"\n### {row['schemeLabel']}\n\n{row['schemeDefinition']}\n\n"


def _concept(row: Row) -> str:
    return f"- **{row['label']}** (`{shorten(row['concept'])}`): {row['definition']}\n"


def _shape(row: Row) -> str:
    return f"\n### {row['name']}\n\n{row['description']}\n\n"


def _property(row: Row) -> str:
    weight = "warning" if row["severity"].endswith("Warning") else "violation"
    return f"- {row['propertyName'].partition(': ')[2]} ({weight}): {row['message']}\n"


def _help(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(arguments)
    return out.getvalue()


def architecture() -> str:
    """Draw the rooms, floor by floor, each with its name and the first line about it."""
    layers = run_path(str(FOLDER.parent / "tests" / "test_layers.py"))
    floors, files = layers["FLOORS"], layers["FILES"]
    drawn = [
        _floor({room: _purpose(files[room]) for room in sorted(rooms)}, _HEIGHT * floor)
        for floor, rooms in enumerate(reversed(floors))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {_HEIGHT * len(floors) + 8}" '
        'font-family="sans-serif" font-size="13" role="img">\n<title>The rooms of hwbs_graph, '
        f'floor by floor</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f"{''.join(drawn)}</svg>\n"
    )


_HEIGHT = 76


def _floor(rooms: dict[str, str], top: int) -> str:
    width = 740 // len(rooms)
    return "".join(
        _box(room, wrap(purpose, (width - 30) // 7), (10 + width * place, top + 8, width - 8))
        for place, (room, purpose) in enumerate(rooms.items())
    )


def _box(room: str, lines: list[str], place: tuple[int, int, int]) -> str:
    left, top, width = place
    words = "".join(
        f'<text x="{left + 12}" y="{top + 38 + 17 * number}" fill="#334155">{escape(line)}</text>\n'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{_HEIGHT - 8}" rx="6" '
        f'fill="#f1f5f9" stroke="#475569"/>\n'
        f'<text x="{left + 12}" y="{top + 19}" font-weight="bold">{room}</text>\n{words}'
    )


def _purpose(path: Path) -> str:
    """Return the first line of a module, which says what it is for."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.partition("\n")[0].replace("`", "")


_PROPERTIES = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?type ?range WHERE {
  VALUES ?type {
    owl:Class rdfs:Datatype owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty
  }
  ?term a ?type ; rdfs:isDefinedBy ?ontology .
  OPTIONAL { ?term rdfs:range ?range }
} ORDER BY STR(?term)
"""
#: Ranges that the context states; values of any other type are written with it.
_COERCED = ("xsd:date", "xsd:decimal", "xsd:gYear")


def context() -> str:
    """Return the JSON-LD context: the terms of the ontology anew, those of others as they are."""
    path = bundled.folder("ontology") / "context.jsonld"
    entries = json.loads(path.read_text("utf-8"))["@context"]
    kept = {name: entry for name, entry in entries.items() if not _is_own(entry)}
    found = Embedded(corpus.open_store(base=corpus.vocabulary_files())).select(_PROPERTIES)
    own = dict(_describe_term(row) for row in found)
    # Prefixes first, then classes and types, properties, and the words for the way back.
    entries = dict(sorted((kept | own).items(), key=lambda item: (_rank_entry(*item), item[0])))
    lines = (f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def _describe_term(row: Row) -> tuple[str, str | dict[str, str]]:
    """Return the name of a term, and what the context says of it."""
    name, kind = shorten(row["term"]), row["type"].rpartition("#")[2]
    entry: dict[str, str] = {"@id": name}
    if kind in {"Class", "Datatype"}:
        return name.partition(":")[2], name
    given = shorten(row["range"]) if row["range"] else ""
    if kind in {"ObjectProperty", "AnnotationProperty"}:
        entry["@type"] = "@id"
    elif given == "rdf:langString":
        entry["@language"] = "en"
    elif given in _COERCED:
        entry["@type"] = given
    return name.partition(":")[2], entry


def _is_own(entry: object) -> bool:
    name = entry.get("@id", "") if isinstance(entry, dict) else entry
    return isinstance(name, str) and name.startswith("hwbs:")


def _rank_entry(name: str, entry: object) -> int:
    if not isinstance(entry, str):
        return 3 + ("@reverse" in entry) if isinstance(entry, dict) else 0
    return 1 if name in PREFIXES else 2


def standards() -> str:
    """Return what the standards call each thing of the record, for engines that have no rules."""
    part = Store()
    part.extend(corpus.open_store(standards=True).quads_for_pattern(None, None, None, STANDARDS))
    return (
        "# What ORG, PROV, Web Annotation and SKOS call each thing: what the rules in\n"
        "# ontology/rules/standards derive from the record. Made by docs/generate.py.\n\n"
        f"{write_trig(Embedded(part)).decode('utf-8')}"
    )


def executables() -> str:
    """Return the named queries and the examples as SHACL's executables, for assistants."""
    learnt = map(catalogue.load, catalogue.family_names(catalogue.EXAMPLE))
    queries = [*catalogue.all_queries(), *learnt]
    triples = [triple for query in queries for triple in _make_executable(query)]
    return (
        "# The named queries as SHACL's executables, from which assistants learn to ask.\n"
        f"# Made by docs/generate.py.\n\n{turtle.serialize(triples, 'the queries')}"
    )


def _make_executable(query: catalogue.NamedQuery) -> Iterator[Triple]:
    """Yield what https://www.w3.org/TR/shacl-af/#SPARQLExecutable says of a query."""
    form = query_form(keywords(query.text)).capitalize()
    subject = NamedNode(f"{BASE}query/{query.name}")
    kept = [line for line in query.text.splitlines() if not line.lstrip().startswith("#")]
    for name in ("SPARQLExecutable", f"SPARQL{form}Executable"):
        yield Triple(subject, RDF.type, NamedNode(f"{PREFIXES['sh']}{name}"))
    yield Triple(subject, RDFS.comment, Literal(query.summary, language="en"))
    yield Triple(subject, NamedNode(f"{PREFIXES['sh']}{form.lower()}"), Literal("\n".join(kept)))


def dataset() -> str:
    """Return what the record is and holds, counted, in VoID and DCAT."""
    engine = Embedded(corpus.open_store(standards=True))
    stats, contents = protocol.measure_dataset(engine), protocol.measure_contents(engine)
    data = NamedNode(f"{BASE}dataset")
    total = Triple(data, VOID.triples, Literal(stats.triples))
    found = {total, *list_contents(data, stats, contents)}
    return (
        "# What the data set is and holds, in VoID and DCAT: graph/dataset.ttl with its counts.\n"
        f"# Made by docs/generate.py.\n\n{turtle.serialize(found, 'the description')}"
    )


def record() -> str:
    """Return what the record holds, how far its judgements agree, and how to cite it."""
    page: str = run_path(str(FOLDER / "record_page.py"))["make"]()
    return page


PAGES = {
    "../ontology/queries.ttl": executables,
    "void.ttl": dataset,
    "../graph/derived/standards.trig": standards,
    "../ontology/context.jsonld": context,
    "architecture.svg": architecture,
    "cli.md": commands,
    "queries.md": queries,
    "ontology.md": ontology,
    "record.md": record,
}


def stale() -> list[str]:
    """Return the names of pages that are not what they would be made into now."""
    return [
        name
        for name, make in PAGES.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text("utf-8") != make()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        old = stale()
        print(f"stale: {', '.join(old)}; run python docs/generate.py" if old else "docs are fresh")
        sys.exit(1 if old else 0)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), "utf-8")
