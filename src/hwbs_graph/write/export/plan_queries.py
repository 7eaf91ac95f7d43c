"""The questions whose answers make a strategic plan, each asked once.

Out of scope: what the answers mean to the plan (`strategic`).
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode

from hwbs_graph.data.turtle import natural_key
from hwbs_graph.grouping import Row, group_rows
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import parse_number
from hwbs_graph.write.export.table_specs import PREFIX_LINES, passages

ABOUT = f"""{PREFIX_LINES}
SELECT ?plan ?summary ?period ?issued ?status ?document ?identifier WHERE {{
  ?plan skos:prefLabel ?label .
  OPTIONAL {{ ?plan dcterms:abstract ?summary }}
  OPTIONAL {{ ?plan dcterms:temporal ?period }}
  OPTIONAL {{ ?plan dcterms:issued ?issued }}
  OPTIONAL {{ ?plan hwbs:status/skos:prefLabel ?status }}
  OPTIONAL {{
    ?plan hwbs:statedIn ?source .
    ?source skos:prefLabel ?document ; dcterms:identifier ?identifier .
  }}
}} ORDER BY STR(?document) STR(?status) STR(?summary)
"""
#: Everything that hangs on a plan, a theme or an objective: what, on which thing, and its words.
_PARTS = f"""{PREFIX_LINES}
SELECT DISTINCT ?on ?part ?what ?label ?summary ?code ?order ?date WHERE {{
  {{
    VALUES (?property ?what) {{
      (hwbs:visionOf "vision") (hwbs:ambitionOf "ambition") (hwbs:rationaleFor "reason")
      (hwbs:focusOf "focus area") (hwbs:deliversObjective "action") (hwbs:subgroupOf "subgroup")
    }}
    ?part ?property ?on .
  }} UNION {{
    VALUES (?class ?what) {{
      (hwbs:Vision "vision") (hwbs:Purpose "purpose") (hwbs:GuidingPrinciple "principle")
      (hwbs:Theme "theme")
    }}
    ?part a ?class ; hwbs:inPlan ?on .
  }} UNION {{
    VALUES (?class ?what) {{ (hwbs:Objective "objective") (hwbs:FocusArea "focus area") }}
    ?part a ?class ; hwbs:inTheme ?on .
  }}
  ?part skos:prefLabel ?label .
  OPTIONAL {{ ?part dcterms:abstract ?summary }}
  # A theme may carry the number and the letter of another document; its order is its own.
  OPTIONAL {{
    ?part skos:notation ?notation .
    FILTER(?what != "theme")
    BIND(STR(?notation) AS ?code)
  }}
  OPTIONAL {{ ?part hwbs:printedOrder ?order }}
  OPTIONAL {{ ?part hwbs:targetDate ?date }}
}}
"""
_OF_PLAN = f"{PREFIX_LINES} SELECT ?element ?plan {{ ?element hwbs:inPlan ?plan }}"
_ANSWERING = f"""{PREFIX_LINES}
SELECT DISTINCT ?on ?body ?label ?description WHERE {{
  ?responsibility a hwbs:Responsibility ; hwbs:body ?body ; hwbs:element ?on .
  ?body skos:prefLabel ?label .
  OPTIONAL {{ ?responsibility dcterms:description ?description }}
}} ORDER BY STR(?label) STR(?description)
"""
_PARTNERS = f"""{PREFIX_LINES}
SELECT DISTINCT ?partner ?label ?type WHERE {{
  ?partner a hwbs:Partner ; skos:prefLabel ?label .
  OPTIONAL {{ ?partner org:classification ?type }}
}}
"""


class Asked:
    """The rows that a plan is read from, by the thing they are about."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self.about = engine.select(ABOUT, {"plan": NamedNode(plan)})
        self.parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        rows = engine.select(_PARTS)
        for row in sorted(rows, key=_printed):
            same = self.parts[row["on"], row["what"]]
            if all(other["part"] != row["part"] for other in same):
                same.append(row)
        in_plan = engine.select(_OF_PLAN, {"plan": NamedNode(plan)})
        self.own = {row["element"] for row in in_plan}
        self.where = passages(engine, sorted(self.own))
        self.answering = group_rows(engine.select(_ANSWERING), "on")
        self.partners = {row["partner"]: row for row in engine.select(_PARTNERS)}
        mentions = run_named(engine, "report/partner-responsibilities", plan=plan)
        named = [row for row in mentions if row["partner"] in self.partners]
        self.mentions = group_rows(named, "action")

    def all(self, things: Iterable[str], what: str) -> list[Row]:
        """Return what hangs on several things, each once."""
        found = {row["part"]: row for thing in things for row in self.parts[thing, what]}
        return list(found.values())

    def of_plan(self, thing: str, what: str) -> list[Row]:
        """Return what hangs on a thing and belongs to the plan: plans may share a theme."""
        return [row for row in self.parts[thing, what] if row["part"] in self.own]


def _printed(row: Row) -> tuple[object, ...]:
    return parse_number(row["order"]) or 0.0, natural_key(row["part"])
