"""The table of links: who or what is linked to whom, why it is believed, and where it is printed.

A row is a statement of the record, or a plain link between two things. That an element stands in a
plan or a theme is believed because the element is printed there, so its own passage is given.

Out of scope: shortcuts that rules derive; each repeats a statement.
"""

from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import Row
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_text
from hwbs_graph.write.export.table_specs import PREFIX_LINES, SOURCE, Table, sources

COLUMNS = ("from", "fromLabel", "relation", "to", "toLabel", "basis", "confidence", *SOURCE)
_STATEMENTS = f"""{PREFIX_LINES}
SELECT DISTINCT ?link ?from ?relation ?to ?basis ?confidence ?citation WHERE {{
  VALUES (?class ?fromRole ?word ?toRole) {{
    (hwbs:Involvement hwbs:action "involves" hwbs:partner)
    (hwbs:DeterminantLink hwbs:element "addresses" hwbs:determinant)
    (hwbs:ThemePlacement hwbs:element "stands under" hwbs:theme)
    (hwbs:Alignment hwbs:from "" hwbs:to)
    (hwbs:Responsibility hwbs:body "is responsible for" hwbs:element)
    (hwbs:ApproachAssignment hwbs:element "has the approach" hwbs:approach)
    (hwbs:ProposedChange hwbs:element "is proposed to" hwbs:reviewChange)
    (hwbs:Membership org:organization "has the member" org:member)
  }}
  ?link a ?class .
  OPTIONAL {{ ?link ?fromRole ?from }}
  OPTIONAL {{ ?link ?toRole ?to }}
  OPTIONAL {{ ?link hwbs:alignmentType/skos:prefLabel ?type }}
  OPTIONAL {{ ?link hwbs:basis/skos:prefLabel ?basis }}
  OPTIONAL {{ ?link hwbs:confidence ?confidence }}
  OPTIONAL {{ ?link dcterms:bibliographicCitation ?citation }}
  BIND(COALESCE(STR(?type), ?word) AS ?relation)
}}
"""
_PLAIN = f"""{PREFIX_LINES}
SELECT DISTINCT ?link ?from ?relation ?to ?basis WHERE {{
  VALUES (?property ?relation) {{
    (hwbs:inPlan "is part of") (hwbs:inTheme "stands under") (hwbs:deliversObjective "delivers")
    (hwbs:focusOf "is a focus of") (hwbs:ambitionOf "is the ambition of")
    (hwbs:rationaleFor "is the reason for") (hwbs:exampleOf "is an example of")
    (hwbs:visionOf "is the vision of") (hwbs:deliversStrategy "delivers")
    (hwbs:supersedes "supersedes") (hwbs:subgroupOf "is a subgroup of")
    (org:unitOf "is a unit of") (org:subOrganizationOf "is within") (org:postIn "is a post in")
    (hwbs:about "is about") (hwbs:contradicts "contradicts") (oa:hasTarget "warns about")
  }}
  ?from ?property ?to .
  FILTER(ISIRI(?to))
  MINUS {{ ?placement a hwbs:ThemePlacement ; hwbs:element ?from ; hwbs:theme ?to }}
  OPTIONAL {{
    ?from hwbs:statedIn ?document .
    <https://w3id.org/hwbs/scheme/basis/stated-in-document> skos:prefLabel ?basis .
  }}
  BIND(?from AS ?link)
}}
"""
_LABELS = f"{PREFIX_LINES} SELECT ?thing ?label {{ ?thing skos:prefLabel ?label }}"


def links(engine: Engine) -> Table:
    """Return the table of links, a row a link, ordered by where it starts.

    An alignment may have one end only: what is new comes from nothing, what was dropped goes
    nowhere. A statement that another paper makes has the citation as its document.
    """
    labels: dict[str, str] = {}
    for row in engine.select(_LABELS):
        labels[row["thing"]] = min(labels.get(row["thing"], row["label"]), row["label"])
    where = sources(engine)
    found = engine.select(_STATEMENTS) + engine.select(_PLAIN)
    rows = {_row(record, labels, where[record["link"]]) for record in found}
    return Table("links", COLUMNS, sorted(rows, key=_order))


def _row(record: Row, labels: dict[str, str], source: tuple[str, ...]) -> tuple[str, ...]:
    document, *rest = source
    cells = (
        record["from"],
        labels.get(record["from"], ""),
        record["relation"],
        record["to"],
        labels.get(record["to"], ""),
        record["basis"],
        record.get("confidence", ""),
        document or record.get("citation", ""),
    )
    return (*map(xml_text, cells), *rest)


def _order(row: tuple[str, ...]) -> tuple[object, ...]:
    return natural_key(row[0]), row[2], natural_key(row[3]), row
