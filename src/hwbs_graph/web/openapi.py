"""The catalogue as an OpenAPI document, made from the headers of the queries.

https://spec.openapis.org/oas/v3.1.0

Out of scope: answering (`questions`).
"""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.store.lexer import words
from hwbs_graph.web.pages.rendering import questions
from hwbs_graph.web.protocol.service_description import LICENCE, TITLE

_RESULTS = "application/sparql-results+json"
#: What `?format=` takes, beside negotiation, for questions with rows and for those with a graph.
CHOICES = {"json": _RESULTS, "csv": "text/csv", "html": "text/html"}
GRAPH_CHOICES = {"json": "application/ld+json", "ttl": "text/turtle", "html": "text/html"}


def document(base: str) -> dict[str, Any]:
    """Return the document; `base` is the address of this server."""
    queries = [query for family in questions().values() for query in family]
    paths: dict[str, Any] = {"/queries": {"get": _listing()}}
    paths |= {f"/queries/{query.name}": {"get": _operation(query)} for query in queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "summary": "Named questions about strategies, with their answers.",
            "version": version("hwbs"),
            "license": {"name": "Data: CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": base}],
        "tags": [{"name": family} for family in questions()],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }


def gives_graph(query: NamedQuery) -> bool:
    """Say whether the answer of a query is a graph."""
    return not {"CONSTRUCT", "DESCRIBE"}.isdisjoint(words(query.text))


def _operation(query: NamedQuery) -> dict[str, Any]:
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
        "parameters": [*parameters, _format(GRAPH_CHOICES if graph else CHOICES)],
        "responses": {
            "200": {"description": "The answer, perhaps empty.", "content": _contents(graph)},
            "300": _said("A name that several things carry; the candidates are listed."),
            "400": _said("A parameter that the question does not have."),
            "404": _said("A name that nothing carries; the nearest are suggested."),
            "406": _said("None of the types is accepted."),
            "503": _said("The server is busy or the answer took too long."),
        },
    }


def _listing() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Catalogue"}}}
    return {
        "operationId": "queries",
        "summary": "Which questions are there?",
        "parameters": [_format(("json", "html"))],
        "responses": {"200": {"description": "The catalogue.", "content": content}},
    }


def _format(choices: Iterable[str]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "Goes before the Accept header.",
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


def _said(description: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Trouble"}}}
    return {"description": description, "content": content}


def _texts(*names: str) -> dict[str, Any]:
    return {name: {"type": "string"} for name in names}


_STRINGS = {"type": "array", "items": {"type": "string"}}
_SCHEMAS: dict[str, Any] = {
    "Results": {
        "description": "SPARQL 1.1 Query Results JSON Format.",
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": _STRINGS}},
            "results": {
                "type": "object",
                "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
            },
            "boolean": {"type": "boolean"},
        },
    },
    "Trouble": {
        "type": "object",
        "required": ["error"],
        "properties": {
            **_texts("error"),
            "suggestions": _STRINGS,
            "candidates": {
                "type": "array",
                "items": {"type": "object", "properties": _texts("name", "label")},
            },
        },
    },
    "Catalogue": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                **_texts("name", "summary", "description", "href"),
                "tags": _STRINGS,
                "parameters": {
                    "type": "array",
                    "items": {"type": "object", "properties": _texts("name", "kind", "example")},
                },
            },
        },
    },
}
