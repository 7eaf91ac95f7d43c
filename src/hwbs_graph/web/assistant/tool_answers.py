"""What each tool answers: a sentence that says what was asked, the rows, the passages below them.

The functions run in a worker process, over plain values. A text of the record is only ever a value
in the answer, never a part of a sentence of ours without quotation marks.

Out of scope: which tools there are, and their arguments (`tools`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hwbs_graph.api import Answer, Graph
from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.report import comparison, found_words, paths
from hwbs_graph.report.filters import choose_listing, filtered
from hwbs_graph.report.schema import describe_schema
from hwbs_graph.store import Engine, is_iri
from hwbs_graph.text import count

#: Things of an answer whose passages are sought; the answer says how many things there are.
_QUOTED = 60


class ToolAnswer(NamedTuple):
    """An answer: `echo` says what was asked and how many; `sheet` is what is no row."""

    echo: str
    rows: list[dict[str, Any]]
    passages: list[dict[str, Any]]
    sheet: Mapping[str, Any] | None = None


def ask(engine: Engine, question: str) -> ToolAnswer:
    """Answer a question in plain English. Raises NothingFoundError for what is not understood."""
    answer = Graph(engine).ask(question)
    return _tell(engine, f"Read as: “{answer.sentence}”", answer)


def search(engine: Engine, words: str, kind: str = "", plan: str = "") -> ToolAnswer:
    """Find what holds all the words."""
    hits = Graph(engine).search(words, kind or (), plan or (), limit=50)
    told = found_words.describe_hits(hits)
    found = f"{count(hits.total, 'place')} with the words “{words}”."
    return ToolAnswer(found, told["hits"], [])


def show_partner(engine: Engine, name: str) -> ToolAnswer:
    """Tell what a partner is responsible for, each action with its passages."""
    sheet: dict[str, Any] = {**Graph(engine).partner(name)}
    rows = [dict(action) for action in sheet["actions"]]
    passages = [
        {"thing": row["iri"], **source} for row in rows for source in row.pop("sources", ())
    ]
    label = sheet["partner"]["label"]
    about = {key: value for key, value in sheet.items() if key != "actions"}
    return ToolAnswer(f"“{label}” is named in {count(len(rows), 'action')}.", rows, passages, about)


def show_thing(engine: Engine, thing: str) -> ToolAnswer:
    """Tell everything known of one thing."""
    sheet: dict[str, Any] = {**Graph(engine).show(thing)}
    passages = sheet.pop("sources")
    links = sheet.pop("links")
    named = sheet["thing"]
    echo = f"“{named['label']}” ({named['kind']}): {count(len(links), 'link')}."
    return ToolAnswer(echo, links, passages, sheet)


def list_things(
    engine: Engine,
    kind: str,
    plan: str = "",
    theme: str = "",
    partner: str = "",
    determinant: str = "",
) -> ToolAnswer:
    """List all things of a kind that pass every filter."""
    filters = {"plan": plan, "theme": theme, "partner": partner, "determinant": determinant}
    given = {name: text for name, text in filters.items() if text}
    name = choose_listing(kind).name
    taken = (plan or (), theme or (), partner or (), determinant or ())
    listed = Answer(filtered(engine, name, *taken))
    narrowed = "".join(f", {name} “{text}”" for name, text in given.items())
    return _tell(engine, f"{count(len(listed), 'row')} of {kind}{narrowed}.", listed)


def explain_path(engine: Engine, start: str, end: str) -> ToolAnswer:
    """Tell how two things are connected, statement by statement."""
    sheet = paths.explain(engine, recognise(engine, start), recognise(engine, end))
    steps = [
        {"path": number, **step}
        for number, path in enumerate(sheet["paths"], 1)
        for step in path["steps"]
    ]
    ends = f"“{sheet['from']['label']}” to “{sheet['to']['label']}”"
    passages = [
        {
            "thing": step["iri"],
            **{key: step[key] for key in ("document", "line", "place", "printed")},
        }
        for step in steps
        if step["printed"]
    ]
    return ToolAnswer(f"{count(len(sheet['paths']), 'path')} from {ends}.", steps, passages)


def compare_plans(engine: Engine, one: str, other: str) -> ToolAnswer:
    """Tell what became of one plan in another."""
    found = comparison.compare(engine, one, other)
    rows: list[dict[str, Any]] = [dict(row) for row in found.records()]
    sides = {"earlier": found.earlier.as_dict(), "later": found.later.as_dict()}
    ends = f"“{found.earlier.label}” beside “{found.later.label}”"
    return ToolAnswer(f"{ends}: {count(len(rows), 'row')}.", rows, [], sides)


def run_query(engine: Engine, name: str, parameters: Mapping[str, str] | None = None) -> ToolAnswer:
    """Run a named query of the catalogue."""
    answer = Graph(engine).query(name, **(parameters or {}))
    asked = catalogue.load(name).summary
    return _tell(engine, f"{asked} {count(len(answer), 'row')}.", answer)


def run_sparql(engine: Engine, query: str) -> ToolAnswer:
    """Run any SPARQL 1.1 query that only reads this graph."""
    answer = Graph(engine).sparql(query)
    return _tell(engine, f"{count(len(answer), 'row')}.", answer)


def tell_schema(engine: Engine) -> ToolAnswer:
    """Tell the model: classes, relations, prefixes, examples, and the named queries."""
    schema = describe_schema(engine)
    sheet = {
        "classes": {shorten(each.iri): each.things for each in schema.classes},
        "relations": [
            f"{shorten(each.source)} {shorten(each.iri)} {shorten(each.target)} ({each.links})"
            for each in schema.relations
        ],
        "prefixes": schema.prefixes,
        "examples": [each._asdict() for each in schema.examples],
    }
    queries = [
        {
            "name": query.name,
            "question": query.summary,
            "parameters": {each.name: each.kind for each in query.parameters},
        }
        for query in catalogue.all_queries()
    ]
    classes = f"{len(schema.classes)} classes"
    relations = count(len(schema.relations), "relation")
    echo = f"{classes}, {relations}, {len(queries)} named queries."
    return ToolAnswer(echo, queries, [], sheet)


def list_sources(engine: Engine) -> ToolAnswer:
    """List the documents that the graph rests on."""
    rows: list[dict[str, Any]] = [dict(row) for row in run_named(engine, "report/documents")]
    return ToolAnswer(f"{count(len(rows), 'document')}.", rows, [])


def _tell(engine: Engine, echo: str, answer: Answer) -> ToolAnswer:
    return ToolAnswer(echo, answer.rows, _find_passages(engine, answer.rows))


def _find_passages(engine: Engine, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Return where the things that rows name are printed, in the order of the rows."""
    cells = (cell for row in rows for cell in row.values())
    things = dict.fromkeys(cell for cell in cells if isinstance(cell, str) and is_iri(cell))
    wanted = [*things][:_QUOTED]
    if not wanted:
        return []
    found = run_named(engine, "trust/passages-of-thing", thing=wanted)
    return [_make_passage(row) for row in sorted(found, key=lambda row: wanted.index(row["thing"]))]


def _make_passage(row: Row) -> dict[str, Any]:
    kept = {key: row[key] for key in ("thing", "document", "documentLabel", "place")}
    return {**kept, "line": int(row["line"]), "printed": row["printedText"]}
