"""Asking in plain English: `ask`."""

import re
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.common import (
    RECORD,
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
from hwbs_graph.text import count, heading

if TYPE_CHECKING:
    from hwbs_graph.query.results import Answer
    from hwbs_graph.question import Phrasebook, Understood


@reading
def ask(
    words: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, best within quotes.")
    ],
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the SPARQL instead of running it.")
    ] = False,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Ask in plain English.

    The question becomes a named query, which is told on stderr. A question that is not wholly
    understood is refused, and the nearest ones that are understood are offered.
    """
    from hwbs_graph.query import results
    from hwbs_graph.question import Phrasebook
    from hwbs_graph.write.rows import render

    format = choose_format(format, output)
    text = " ".join(words)
    engine = open_engine(source)
    understood = _understood(Phrasebook(engine), text)
    if explain:
        emit(_explained(understood), output)
        return
    tell(f"asked with: {_command(understood)}", quiet)
    query = understood.query
    result = results.ask(engine, query.text, understood.terms, query.name)
    counted = _counted(text, result)
    if counted and format in ("table", "markdown"):
        emit(f"{counted}\n\n".encode() + render(result, format), output)
    else:
        emit(render(result, format), output)
        tell(counted, quiet or not counted)
    if not result.size:
        tell("Nothing found.", quiet)
    done(result.size > 0)


def _understood(book: "Phrasebook", text: str) -> "Understood":
    """Return what a question asks; where a name in it is unknown, offer questions besides names."""
    from hwbs_graph.errors import NotFoundError, NothingFoundError

    try:
        return book.understand(text)
    except NotFoundError as error:
        near = "".join(f"\n  {example}" for example in book.nearest(text))
        raise NothingFoundError(f"{error} The nearest questions understood:{near}") from error


def _command(understood: "Understood") -> str:
    """Return the command that asks the same, ready to be pasted into a shell."""
    given = [_argument(name, value) for name, value in understood.given.items()]
    return " ".join(["hwbs query", understood.query.name, *given])


def _argument(name: str, value: str) -> str:
    # Within double quotes a shell would read these; what it reads there it must not be given.
    risky = re.search(r'["$`\\!]', value)
    return shlex.quote(f"{name}={value}") if risky else f'{name}="{value}"'


def _explained(understood: "Understood") -> str:
    """Return the SPARQL, below the command and what each parameter is bound to."""
    lines = [f"# {_command(understood)}"]
    lines += [f"# ?{name} is bound to {term}" for name, term in understood.terms.items()]
    return "\n".join([*lines, understood.query.text])


def _counted(text: str, result: "Answer") -> str:
    """Return the count that a “how many” asks for: of different things where there is a column.

    Without a column for what is counted it says rows, because a row need not be one thing.
    """
    from pyoxigraph import Literal, NamedNode

    from hwbs_graph.query.results import Graph, Rows
    from hwbs_graph.question import normal

    found = re.search(r"\bhow many\s+([\w-]+)", text, re.IGNORECASE)
    if not found:
        return ""
    if not isinstance(result, Rows):
        return count(result.size, "link") if isinstance(result, Graph) else ""
    for index, name in enumerate(result.variables):
        cells = [row[index] for row in result.rows if row[index]]
        if normal(name) == normal(found[1]) and all(isinstance(cell, NamedNode) for cell in cells):
            number = len(set(cells))
            noun = heading(name) if number == 1 else found[1].lower()
            within = f" in {count(result.size, 'row')}" if result.size != number else ""
            return f"{number} {noun}{within}"
    if any(
        isinstance(cell, Literal) and cell.datatype.value.endswith("#integer")
        for row in result.rows
        for cell in row
    ):
        return ""  # the answer holds counts already, and its rows are none
    return count(result.size, "row")


COMMANDS = {"ask": Command(ask, 'hwbs ask "Which actions involve Housing?"')}
