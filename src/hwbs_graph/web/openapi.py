"""Writes the catalogue as an OpenAPI document, from the headers of the queries.

What does not depend on them stands in `openapi_base.json`. https://spec.openapis.org/oas/v3.1.0

Out of scope: answering (`pages.queries`).
"""

import json
from importlib import resources
from importlib.metadata import version
from typing import Any

from hwbs_graph.query.catalogue import NamedQuery, Parameter
from hwbs_graph.store.lexer import keywords
from hwbs_graph.web.pages.rendering import queries_by_family
from hwbs_graph.web.protocol.dataset_description import LICENCE, TITLE

#: What may go wrong, by status: the names of responses in `openapi_base.json`.
_PROBLEMS = {
    "300": "Ambiguous",
    "400": "BadRequest",
    "404": "NotFound",
    "406": "NotAcceptable",
    "503": "Busy",
}


def build_document(base: str) -> dict[str, Any]:
    """Return the document; `base` is the address of this server."""
    path = resources.files(__package__) / "openapi_base.json"
    found: dict[str, Any] = json.loads(path.read_bytes())
    found["info"] |= {"title": TITLE, "version": version("hwbs")}
    found["info"]["license"]["url"] = LICENCE
    found["servers"] = [{"url": base}]
    found["tags"] = [{"name": family} for family in queries_by_family()]
    for query in (query for family in queries_by_family().values() for query in family):
        found["paths"][f"/queries/{query.name}"] = {"get": _describe_operation(query)}
    return found


def gives_graph(query: NamedQuery) -> bool:
    """Say whether the answer of a query is a graph."""
    return not {"CONSTRUCT", "DESCRIBE"}.isdisjoint(keywords(query.text))


def _describe_operation(query: NamedQuery) -> dict[str, Any]:
    kind = "Graph" if gives_graph(query) else "Rows"
    parameters = [_describe_parameter(each) for each in query.parameters]
    return {
        "operationId": query.name.replace("/", "-"),
        "summary": query.summary,
        "description": query.description,
        "tags": [query.family],
        "parameters": [*parameters, _refer_to("parameters", f"{kind}Format")],
        "responses": {
            status: _refer_to("responses", name)
            for status, name in ({"200": kind} | _PROBLEMS).items()
        },
    }


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"A {parameter.kind}: {_word_value(parameter.kind)} "
        "Without it, the answer is for all.",
        "schema": {"type": "string"},
        "example": parameter.example,
    }


def _word_value(kind: str) -> str:
    if kind == "date":
        return "a day, a month, a quarter or a year."
    return "its name, any printed spelling, a code or an IRI."


def _refer_to(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}
