"""Writes the catalogue as an OpenAPI document, from the headers of the queries.

https://spec.openapis.org/oas/v3.1.0

Out of scope: answering (`pages.queries`).
"""

import json
from collections.abc import Iterable
from importlib import resources
from importlib.metadata import version
from typing import Any

from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.store.lexer import keywords
from hwbs_graph.web.pages.rendering import queries_by_family
from hwbs_graph.web.problem import PROBLEM_JSON
from hwbs_graph.web.protocol.service_description import LICENCE, TITLE

_RESULTS = "application/sparql-results+json"
#: What `?format=` takes, for questions with rows and for those with a graph.
CHOICES = {"json": _RESULTS, "csv": "text/csv", "html": "text/html"}
GRAPH_CHOICES = {"json": "application/ld+json", "ttl": "text/turtle", "html": "text/html"}


def document(base: str) -> dict[str, Any]:
    """Return the document; `base` is the address of this server."""
    queries = [query for family in queries_by_family().values() for query in family]
    schemas = resources.files(__package__) / "openapi_schemas.json"
    paths: dict[str, Any] = {"/queries": {"get": _list_operation()}}
    paths |= {f"/queries/{query.name}": {"get": _query_operation(query)} for query in queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "summary": "Named questions about strategies, with their answers.",
            "version": version("hwbs"),
            "license": {"name": "Data: CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": base}],
        "tags": [{"name": family} for family in queries_by_family()],
        "paths": paths,
        "components": {"schemas": json.loads(schemas.read_bytes())},
    }


def gives_graph(query: NamedQuery) -> bool:
    """Say whether the answer of a query is a graph."""
    return not {"CONSTRUCT", "DESCRIBE"}.isdisjoint(keywords(query.text))


def _query_operation(query: NamedQuery) -> dict[str, Any]:
    graph = gives_graph(query)
    parameters = [
        {
            "name": each.name,
            "in": "query",
            "required": False,
            "description": f"A {each.kind}: its name, any printed spelling, a code or an IRI. "
            "Without it, the answer is for all.",
            "schema": {"type": "string"},
            "example": each.example,
        }
        for each in query.parameters
    ]
    return {
        "operationId": query.name.replace("/", "-"),
        "summary": query.summary,
        "description": query.description,
        "tags": [query.family],
        "parameters": [*parameters, _format_parameter(GRAPH_CHOICES if graph else CHOICES)],
        "responses": {
            "200": {"description": "The answer, perhaps empty.", "content": _contents(graph)},
            "300": _problem("A name that several things carry; the candidates are listed."),
            "400": _problem("A parameter that the question does not have."),
            "404": _problem("A name that nothing carries; the nearest are suggested."),
            "406": _problem("None of the types is accepted."),
            "503": _problem("The server is busy or the answer took too long."),
        },
    }


def _list_operation() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Catalogue"}}}
    return {
        "operationId": "queries",
        "summary": "Which questions are there?",
        "parameters": [_format_parameter(("json", "html"))],
        "responses": {"200": {"description": "The catalogue.", "content": content}},
    }


def _format_parameter(choices: Iterable[str]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "Overrides the Accept header.",
        "schema": {"type": "string", "enum": list(choices)},
    }


def _contents(graph: bool) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    if graph:
        linked: dict[str, Any] = {"schema": {}}
        return {"text/turtle": text, "application/ld+json": linked, "text/html": text}
    results = {"schema": {"$ref": "#/components/schemas/Results"}}
    return {
        _RESULTS: results,
        "application/json": results,
        "text/csv": text,
        "text/html": text,
    }


def _problem(description: str) -> dict[str, Any]:
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}
