"""The tools of an assistant, in one table: what each is for, what it takes, and its bounds.

Tool and argument names are those of the command line.

Out of scope: what a tool answers (`tool_answers`, `sentences`), and the protocol (`mcp_server`).
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hwbs_graph.errors import AmbiguousError, HwbsError, NotFoundError
from hwbs_graph.store import Engine
from hwbs_graph.web.assistant import tool_answers
from hwbs_graph.web.assistant.sentences import check_sentences
from hwbs_graph.web.assistant.tool_answers import ToolAnswer

#: Characters of an answer, as JSON: what is beyond is counted, and a narrower question gets it.
MOST = 40_000
#: The tool that runs what somebody else wrote, in a worker that can open nothing.
SEALED = "sparql"
#: Characters of one argument, and sentences that are checked at a time.
_LONGEST, _MOST_SENTENCES = 20_000, 100
_TEXT = {"type": "string", "minLength": 1, "maxLength": 1_000}
_OPTIONAL = {"type": "string", "maxLength": 1_000}
_SENTENCES = {
    "type": "array",
    "maxItems": _MOST_SENTENCES,
    "items": {
        "type": "object",
        "properties": {
            "sentence": {"type": "string", "maxLength": _LONGEST},
            "passages": {
                "type": "array",
                "maxItems": 50,
                "items": {
                    "type": "object",
                    "properties": {
                        "words": {"type": "string", "maxLength": _LONGEST},
                        "document": {"type": "string", "maxLength": 1_000},
                        "line": {"type": "integer"},
                    },
                    "required": ["words"],
                },
            },
        },
        "required": ["sentence", "passages"],
    },
}


class Tool(NamedTuple):
    """A tool: what it does, the JSON schemas of its arguments, and the function that answers."""

    title: str
    description: str
    arguments: dict[str, dict[str, Any]]
    required: tuple[str, ...]
    answer: Callable[..., ToolAnswer]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the arguments as a whole."""
        return {
            "type": "object",
            "properties": self.arguments,
            "required": list(self.required),
            "additionalProperties": False,
        }


TOOLS = {
    "ask": Tool(
        "Ask in plain English",
        "Answer a question about plans, partners, actions, determinants and figures, such as"
        " “which actions involve Housing but not Planning”. What is not understood is refused,"
        " never guessed.",
        {"question": _TEXT},
        ("question",),
        tool_answers.ask,
    ),
    "search": Tool(
        "Search for words",
        "Find words in names, summaries, figures and quoted passages, with document and line.",
        {"words": _TEXT, "kind": _OPTIONAL, "plan": _OPTIONAL},
        ("words",),
        tool_answers.search,
    ),
    "partner": Tool(
        "A partner's responsibilities",
        "Every action that names a partner, with the printed words, and with whom.",
        {"name": _TEXT},
        ("name",),
        tool_answers.show_partner,
    ),
    "show": Tool(
        "Everything known of one thing",
        "Links, statements, history, passages and notes of a thing, by name, code or IRI.",
        {"thing": _TEXT},
        ("thing",),
        tool_answers.show_thing,
    ),
    "list": Tool(
        "All things of one kind",
        "List plans, documents, themes, objectives, actions, partners and so on; filters narrow.",
        {
            "kind": _TEXT,
            "plan": _OPTIONAL,
            "theme": _OPTIONAL,
            "partner": _OPTIONAL,
            "determinant": _OPTIONAL,
        },
        ("kind",),
        tool_answers.list_things,
    ),
    "path": Tool(
        "How two things are connected",
        "Up to three chains of statements between two things, each with its basis.",
        {"start": _TEXT, "end": _TEXT},
        ("start", "end"),
        tool_answers.explain_path,
    ),
    "compare": Tool(
        "Two plans beside each other",
        "What continued, moved, is new or was dropped, with reason and basis.",
        {"one": _TEXT, "other": _TEXT},
        ("one", "other"),
        tool_answers.compare_plans,
    ),
    "query": Tool(
        "Run a named query",
        "Run a query of the catalogue (the tool schema lists them) with its parameters.",
        {
            "name": _TEXT,
            "parameters": {"type": "object", "additionalProperties": _OPTIONAL},
        },
        ("name",),
        tool_answers.run_query,
    ),
    "sparql": Tool(
        "Run SPARQL",
        "Run any SPARQL 1.1 query that only reads; the usual prefixes are known.",
        {"query": {"type": "string", "minLength": 1, "maxLength": _LONGEST}},
        ("query",),
        tool_answers.run_sparql,
    ),
    "schema": Tool(
        "The model",
        "Classes, relations, prefixes, example queries and the named queries.",
        {},
        (),
        tool_answers.tell_schema,
    ),
    "sources": Tool(
        "The documents",
        "The documents that everything rests on, with date, publisher and address.",
        {},
        (),
        tool_answers.list_sources,
    ),
    "check_sentences": Tool(
        "Check quoted passages",
        "Say which passages, cited by sentences you wrote, do not stand in the documents. It does"
        " not judge whether a sentence follows from them.",
        {"sentences": _SENTENCES},
        ("sentences",),
        check_sentences,
    ),
}


def call_tool(engine: Engine, name: str, arguments: Mapping[str, Any]) -> str:
    """Return the answer of a tool as JSON of at most `MOST` characters, or nearly.

    Members: echo, rows, moreRows, passages, morePassages, sheet; or error and suggestions, where
    the tool cannot answer.
    """
    try:
        found = TOOLS[name].answer(engine, **arguments)
    except HwbsError as error:
        return _write({"error": str(error), "suggestions": _list_suggestions(error)})
    return _fit(found)


def _list_suggestions(error: HwbsError) -> list[str]:
    if isinstance(error, AmbiguousError):
        return [name for name, _ in error.candidates]
    return list(error.suggestions) if isinstance(error, NotFoundError) else []


def _fit(found: ToolAnswer) -> str:
    """Leave out what is too much, from the end: passages first, then rows, then the sheet."""
    rows, passages, sheet = [*found.rows], [*found.passages], found.sheet
    while True:
        written = _write(
            {
                "echo": found.echo,
                "rows": rows,
                "moreRows": len(found.rows) - len(rows),
                "passages": passages,
                "morePassages": len(found.passages) - len(passages),
                "sheet": sheet,
            }
        )
        if len(written) <= MOST:
            return written
        if passages and len(passages) * 2 >= len(rows):
            passages = passages[: len(passages) * 3 // 4]
        elif rows:
            rows = rows[: len(rows) * 3 // 4]
        elif sheet is not None:
            sheet = None
        else:
            return written


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def warm_up(engine: Engine) -> None:
    """Run SPARQL once, so that a sandboxed worker has imported all it needs."""
    for query in ("SELECT * { ?s ?p ?o } LIMIT 1", "ASK {}", "DESCRIBE <x:x>", "ASK {"):
        call_tool(engine, SEALED, {"query": query})
