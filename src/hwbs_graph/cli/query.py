"""`hwbs query`: a named query with its parameters."""

from typing import Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AnswerOutput, RowLimit
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count


def run_query(
    name: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Name of the query, as `hwbs queries` lists it.",
            autocompletion=completion.complete_query,
        ),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]...",
            help="Parameters as NAME=VALUE; a value is a name, spelling, code or IRI.",
        ),
    ] = None,
    *,
    limit: RowLimit = None,
    source: GraphSource,
    output: AnswerOutput,
) -> None:
    """Run a named query.

    A parameter takes a name, a printed spelling, a code or an IRI; without it, the query
    answers for everything.
    """
    from hwbs_graph import names
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.marked_answers import ask_marked

    chosen = catalogue.load(name)
    given = _split_parameters(parameters or [])
    # A question that may be about one thing, but is not, goes through the whole graph.
    whole = bool(chosen.parameters) and not given
    engine = source.open() if whole else source.open_for_look_up()
    terms = names.bind_typed(engine, chosen, given, recognise)
    answer = ask_marked(engine, chosen, terms)
    heading = f"{chosen.summary} {count(answer.size, 'row')}"
    output.write_answer(answer, sought=" ".join(given.values()), heading=heading, limit=limit)


def _split_parameters(parameters: list[str]) -> dict[str, str]:
    """Split each NAME=VALUE. Raises UsageError for one without an equals sign, or given twice."""
    given: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"“{text}” is not a parameter; write it as NAME=VALUE.")
        if name in given:
            raise UsageError(f"The parameter “{name}” is given twice; give it once.")
        given[name] = value
    return given


COMMAND = Command(run_query, 'hwbs query report/actions-by-partner partner="public health"')
