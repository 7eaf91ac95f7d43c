"""`hwbs queries`: the catalogue of named queries."""

from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import SilentOutput
from hwbs_graph.errors import UsageError

if TYPE_CHECKING:
    from hwbs_graph.query.catalogue import NamedQuery


def list_queries(
    family: Annotated[
        str | None,
        typer.Argument(
            metavar="FAMILY",
            help="Only one family: report, trust, violation ...",
            autocompletion=completion.complete_family,
        ),
    ] = None,
    *,
    output: SilentOutput,
) -> None:
    """The catalogue of named queries.

    Each with the question it answers and its parameters.
    """
    from hwbs_graph.query import catalogue

    families = sorted({name.partition("/")[0] for name in catalogue.query_names()})
    if family is not None and family not in families:
        raise UsageError(f"There is no family “{family}”; give one of: {', '.join(families)}.")
    chosen = [query for query in catalogue.all_queries() if family in (None, query.family)]
    output.write_report(
        lambda: "\n".join(map(_describe_query, chosen)),
        list(map(_make_entry, chosen)),
        lambda: list(map(_make_record, chosen)),
    )


def _make_entry(query: "NamedQuery") -> dict[str, object]:
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


def _make_record(query: "NamedQuery") -> dict[str, str]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": ", ".join(query.tags),
        "parameters": "; ".join(f"{each.name}: {each.kind}" for each in query.parameters),
    }


def _describe_query(query: "NamedQuery") -> str:
    lines = [query.name, f"    {query.summary}"]
    for each in query.parameters:
        lines.append(f"    {each.name}=  ({each.kind}, e.g. {each.example})")
    return "\n".join(lines) + "\n"


COMMAND = Command(list_queries, "hwbs queries report")
