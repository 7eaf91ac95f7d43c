"""Which JSON Schema describes the JSON of each command.

JSON Schema 2020-12. The files ship with the package, so that a program can check what it reads.

Out of scope: writing the answers; JSON-LD and what `export` writes follow their own standards.
"""

from importlib.resources import files

from hwbs_graph.errors import UsageError

_OWN = "report/schemas"
_ROWS = f"{_OWN}/rows.schema.json"
#: Command, or command with what is asked of it -> where its schema stands in the package.
SCHEMAS = {
    "analyse": _ROWS,
    "ask": _ROWS,
    "ask --explain": "question/explanation.schema.json",
    "check": f"{_OWN}/check.schema.json",
    "check --engine": f"{_OWN}/engine.schema.json",
    "compare": f"{_OWN}/compare.schema.json",
    "compare BOARD": f"{_OWN}/compare-board.schema.json",
    "compare --notes": _ROWS,
    "docs": f"{_OWN}/docs.schema.json",
    "docs --find": _ROWS,
    "import": "intake/plan-sheet.schema.json",
    "info": f"{_OWN}/info.schema.json",
    "list": _ROWS,
    "notes": _ROWS,
    "partner": f"{_OWN}/partner.schema.json",
    "path": f"{_OWN}/path.schema.json",
    "queries": f"{_OWN}/queries.schema.json",
    "query": _ROWS,
    "review": f"{_OWN}/review.schema.json",
    "schema": f"{_OWN}/schema.schema.json",
    "search": f"{_OWN}/search.schema.json",
    "show": f"{_OWN}/show.schema.json",
    "sparql": _ROWS,
    "update": f"{_OWN}/update.schema.json",
    "verify": f"{_OWN}/check.schema.json",
}


def read_schema(command: str) -> str:
    """Return the schema of a command's JSON, as text. Raises UsageError."""
    if command not in SCHEMAS:
        raise UsageError(f"“{command}” has no schema; give one of: {', '.join(SCHEMAS)}.")
    return (files("hwbs_graph") / SCHEMAS[command]).read_text("utf-8")
