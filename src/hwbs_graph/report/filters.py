"""Lists narrowed to a plan, a theme, a partner or a determinant.

Each filter is one SELECT that gives a set of carriers: the plan elements that belong to the plan,
stand in the theme, involve the partner or address the determinant. A row stays if what it lists
is a carrier that passes every filter, or is reached from one: a partner is reached from the
actions that name it, an objective from its actions. So “partners, theme Minds, determinant
loneliness” are those named by an action that is both, and not by one of each.

Out of scope: which kinds of things can be listed (the catalogue's queries tagged “list”).
"""

import json
from typing import NamedTuple

from hwbs_graph import names
from hwbs_graph.errors import AmbiguousError, UsageError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.query import catalogue, results
from hwbs_graph.query.results import Rows, run_named
from hwbs_graph.store import Engine

_PREFIXES = """
PREFIX hwbs: <https://w3id.org/hwbs/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
#: From which carriers a thing of each kind is reached, where it is not a carrier itself.
_REACHED = {
    "objectives": "?carrier hwbs:deliversObjective ?thing",
    "priorities": "?carrier hwbs:deliversObjective ?thing",
    "themes": """
  { ?carrier hwbs:focusOf ?thing } UNION {
    ?carrier (hwbs:deliversObjective|hwbs:exampleOf)?/hwbs:focusOf?/hwbs:inTheme ?thing
  }""",
    "plans": "?carrier hwbs:inPlan ?thing",
    "documents": "?carrier hwbs:statedIn ?thing",
    "partners": "?carrier hwbs:involves ?thing",
    "determinants": "?carrier hwbs:deliversObjective?/hwbs:addresses ?thing",
    "subgroups": "?thing hwbs:responsibleFor ?carrier",
    "claims": "?thing a hwbs:Claim ; hwbs:about|hwbs:statedIn ?carrier",
    "quality-notes": """
  ?thing a hwbs:QualityNote .
  { ?thing oa:hasTarget ?carrier }
  UNION { ?thing prov:wasQuotedFrom/oa:hasSource ?carrier }
  UNION {
    ?thing oa:hasTarget/(hwbs:action|hwbs:element|hwbs:partner|hwbs:from|hwbs:to|hwbs:about)
      ?carrier
  }""",
}
_ELEMENTS = ("actions", "objectives", "priorities", "focus-areas", "examples")
#: Which kinds each filter makes sense for.
FITS = {
    "plan": (
        *(*_ELEMENTS, "statements-of-residents", "principles", "themes", "plans", "documents"),
        *("partners", "determinants", "subgroups", "claims", "quality-notes"),
    ),
    "theme": (
        *(*_ELEMENTS, "statements-of-residents"),
        *("partners", "determinants", "subgroups", "claims", "quality-notes"),
    ),
    "partner": (
        *("actions", "objectives", "priorities", "themes", "plans", "documents"),
        *("determinants", "quality-notes"),
    ),
    "determinant": (*_ELEMENTS, "principles", "themes", "plans", "partners", "claims"),
}
#: What is said about things: here a filter stands for the thing alone, not for what bears on it,
#: and one part of what is said may pass one filter and another part the next.
_SPEAKING = ("claims", "quality-notes")


class _Filter(NamedTuple):
    """A filter, the IRI of what it names, and everything that passes it."""

    kind: str
    iri: str
    passing: frozenset[str]


def filtered(
    engine: Engine,
    query_name: str,
    plan: str | None = None,
    theme: str | None = None,
    partner: str | None = None,
    determinant: str | None = None,
) -> Rows:
    """Return the rows of a listing query for things that pass every filter given.

    A filter takes what a person types. The word of a strategy covers the action plan that
    delivers it. Themes of several plans share their names: only one under which something is
    left counts. Raises UsageError for a filter that makes no sense for the kind, and what
    `names.find` raises.
    """
    kind = query_name.rpartition("/")[2]
    given = {"plan": plan, "partner": partner, "determinant": determinant}
    wanted = {name: text for name, text in given.items() if text is not None}
    _refuse(kind, [*wanted, *(["theme"] if theme is not None else [])])
    query = catalogue.load(query_name)
    listed = results.run_query(engine, query.text, name=query.name)
    if not isinstance(listed, Rows):
        raise UsageError(f"The query {query_name} lists nothing, so it cannot be filtered.")
    filters = [
        _filter(engine, kind, name, names.find(engine, text, name).iri)
        for name, text in wanted.items()
    ]
    reached = _reached(engine, kind)
    if theme is None:
        return _kept(listed, kind, filters, reached)
    return _in_theme(engine, listed, kind, filters, reached, theme)


def _refuse(kind: str, given: list[str]) -> None:
    """Refuse the first filter that makes no sense for the kind, and say what does."""
    for name in given:
        if kind not in FITS[name]:
            also = [f"--{other}" for other in FITS if kind in FITS[other]]
            only = f", only by {' and '.join(also)}" if also else ""
            raise UsageError(
                f"A list of {kind.replace('-', ' ')} cannot be narrowed by --{name}{only}; "
                f"--{name} is for: {', '.join(FITS[name])}."
            )


def _filter(engine: Engine, kind: str, name: str, iri: str) -> _Filter:
    if kind in _SPEAKING and name in ("partner", "determinant"):
        return _Filter(name, iri, frozenset((iri,)))
    rows = run_named(engine, f"internal/carriers-of-{name}", **{name: iri})
    return _Filter(name, iri, frozenset((iri, *(row["carrier"] for row in rows))))


def _reached(engine: Engine, kind: str) -> dict[str, set[str]]:
    """Return for each thing of the kind the carriers it is reached from, besides itself."""
    if kind not in _REACHED:
        return {}
    text = f"{_PREFIXES}SELECT DISTINCT ?thing ?carrier WHERE {{ {_REACHED[kind]} }}"
    pairs = group_pairs((row["thing"], row["carrier"]) for row in engine.select(text))
    return {thing: set(carriers) for thing, carriers in pairs.items()}


def _in_theme(
    engine: Engine,
    listed: Rows,
    kind: str,
    filters: list[_Filter],
    reached: dict[str, set[str]],
    text: str,
) -> Rows:
    """Narrow to a theme; of several themes of that name, to the one that leaves something."""
    try:
        paths = [(names.find(engine, text, "theme").iri, "")]
    except AmbiguousError as several:
        paths = list(several.candidates)
    left = []
    for path, label in paths:
        iri = names.find(engine, path, "theme").iri
        narrower = [*filters, _filter(engine, kind, "theme", iri)]
        left.append((_kept(listed, kind, narrower, reached), path, label))
    full = [each for each in left if each[0].size] or left[:1]
    if len(full) > 1:
        raise AmbiguousError(text, sorted((path, label) for _, path, label in full))
    return full[0][0]


def _kept(listed: Rows, kind: str, filters: list[_Filter], reached: dict[str, set[str]]) -> Rows:
    """Keep the rows that pass."""
    kept = [
        _passes(record, listed.variables[0], kind, filters, reached)
        for record in listed.text_rows()
    ]
    written = json.loads(listed.encoded)
    bindings = written["results"]["bindings"]
    written["results"]["bindings"] = [
        each for each, stays in zip(bindings, kept, strict=True) if stays
    ]
    return Rows(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _passes(
    record: dict[str, str],
    key: str,
    kind: str,
    filters: list[_Filter],
    reached: dict[str, set[str]],
) -> bool:
    # A theme stands in several plans, an objective in several themes: one row for each.
    for each in filters:
        beside = record.get(each.kind, "") if key != each.kind else ""
        if each.kind in ("plan", "theme") and beside and beside not in each.passing:
            return False
    carriers = reached.get(record[key], set()) | {record[key]}
    if kind in _SPEAKING:
        return all(carriers & each.passing for each in filters)
    for each in filters:
        carriers = carriers & each.passing
    return bool(carriers)
