"""Asking: the catalogue with `queries` and `query`, any SPARQL with `sparql`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.common import (
    RECORD,
    ROW_FORMATS,
    Command,
    FormatName,
    OutputPath,
    Quiet,
    Source,
    choose_format,
    done,
    emit,
    open_engine,
    reading,
    tell,
)
from hwbs_graph.errors import UsageError

if TYPE_CHECKING:
    from hwbs_graph.query.catalogue import NamedQuery
    from hwbs_graph.query.results import Answer


def queries(
    family: Annotated[
        str | None,
        typer.Argument(
            metavar="FAMILY",
            help="Only one family: report, trust, violation ...",
            autocompletion=completion.families,
        ),
    ] = None,
    format: FormatName = None,
    output: OutputPath = "-",
) -> None:
    """The catalogue of named queries.

    Each with the question it answers and its parameters.
    """
    import json

    from hwbs_graph.query import catalogue

    format = choose_format(format, output, ROW_FORMATS)
    families = sorted({name.partition("/")[0] for name in catalogue.names()})
    if family is not None and family not in families:
        raise UsageError(f"There is no family “{family}”; give one of: {', '.join(families)}.")
    chosen = [query for query in catalogue.every() if family in (None, query.family)]
    if format == "json":
        entries = [_entry(query) for query in chosen]
        emit(json.dumps(entries, ensure_ascii=False, indent=2) + "\n", output)
        return
    if format == "table":
        emit("\n".join(_described(query) for query in chosen), output)
        return
    from hwbs_graph.query.results import from_records
    from hwbs_graph.write.rows import render

    emit(render(from_records(list(map(_record, chosen)), list(_record(chosen[0]))), format), output)


@reading
def query(
    name: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Name of the query, as `hwbs queries` lists it.",
            autocompletion=completion.queries,
        ),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]...",
            help="Parameters as NAME=VALUE; a value is a name, spelling, code or IRI.",
        ),
    ] = None,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Run a named query.

    A parameter takes a name, a printed spelling, a code or an IRI; without it, the query
    answers for everything.
    """
    from hwbs_graph import names
    from hwbs_graph.query import catalogue, results

    format = choose_format(format, output)
    chosen = catalogue.load(name)
    given = _given(parameters or [])
    engine = open_engine(source)
    terms = names.bind_typed(engine, chosen, given)
    _write(results.ask(engine, chosen.text, terms, chosen.name), format, output, quiet)


@reading
def sparql(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="A SPARQL query; - reads it from standard input."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from FILE.")
    ] = None,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Run any SPARQL 1.1 query.

    Prefixes must be declared in the query. It sees all named graphs as one.
    """
    from hwbs_graph.data import files
    from hwbs_graph.query import results

    format = choose_format(format, output)
    if (text is None) == (file is None):
        raise UsageError("Give one query: as text, as -f FILE, or as - for standard input.")
    if file is not None:
        text, name = files.read_text(file), str(file)
    else:
        name = "The query"
        text = sys.stdin.read() if text == "-" else text
    assert text is not None
    result = results.ask(open_engine(source), text, name=name)
    if not result.size and (unknown := _unknown_terms(text)):
        tell(f"The ontology has no {', '.join(unknown)}; see docs/ontology.md.", quiet)
    _write(result, format, output, quiet)


def _unknown_terms(text: str) -> list[str]:
    """Return terms of ours that a query uses and the ontology does not have."""
    import re

    from hwbs_graph.model.vocabulary import HWBS, TERMS

    used = re.findall(rf"(?:\bhwbs:|<{re.escape(TERMS)})(\w+)", text)
    return sorted({f"hwbs:{term}" for term in used if term not in set(HWBS)})


def _write(result: "Answer", format: str, output: str, quiet: bool) -> None:
    from hwbs_graph.write.rows import render

    emit(render(result, format), output)
    if not result.size:
        tell("Nothing found.", quiet)
    done(result.size > 0)


def _given(parameters: list[str]) -> dict[str, str]:
    """Split each NAME=VALUE."""
    given = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"“{text}” is no parameter; write it as NAME=VALUE.")
        given[name] = value
    return given


def _entry(query: "NamedQuery") -> dict[str, object]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            {"name": each.name, "kind": each.kind, "example": each.example}
            for each in query.parameters
        ],
        "ask": list(query.asks),
    }


def _record(query: "NamedQuery") -> dict[str, str]:
    takes = "; ".join(f"{each.name}: {each.kind}" for each in query.parameters)
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": ", ".join(query.tags),
        "parameters": takes,
    }


def _described(query: "NamedQuery") -> str:
    lines = [query.name, f"    {query.summary}"]
    for each in query.parameters:
        lines.append(f"    {each.name}=  ({each.kind}, e.g. {each.example})")
    return "\n".join(lines) + "\n"


COMMANDS = {
    "queries": Command(queries, "hwbs queries report"),
    "query": Command(query, 'hwbs query report/actions-by-partner partner="Sport service"'),
    "sparql": Command(sparql, 'hwbs sparql "SELECT ?s WHERE { ?s ?p ?o } LIMIT 3"'),
}
