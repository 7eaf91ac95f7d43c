"""`hwbs ask`: a question in plain English."""

from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AnswerOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import quote_argument

if TYPE_CHECKING:
    from hwbs_graph.question import Phrasebook, Understood


def ask_question(
    words: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, best within quotes.")
    ],
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the SPARQL instead of running it.")
    ] = False,
    *,
    source: GraphSource,
    output: AnswerOutput,
) -> None:
    """Ask in plain English.

    The question becomes a named query, which is printed on stderr. If it is not fully
    understood, it is refused, and the nearest questions that are understood are offered.
    """
    from hwbs_graph.question import Phrasebook
    from hwbs_graph.question.counting import count_things
    from hwbs_graph.report.marked_answers import ask_marked

    text = " ".join(words)
    engine = source.open()
    understood = _understand(Phrasebook(engine), text)
    if explain:
        output.write(_explain_query(understood))
        return
    output.note(f"asked with: {_make_command(understood)}")
    answer = ask_marked(engine, understood.query, understood.terms)
    output.write_answer(answer, caption=count_things(text, answer))


def _understand(book: "Phrasebook", text: str) -> "Understood":
    """Return what a question asks. For an unknown name, the error offers questions too."""
    from hwbs_graph.errors import NotFoundError, NothingFoundError

    try:
        return book.understand(text)
    except NotFoundError as error:
        near = "".join(f"\n  {example}" for example in book.nearest(text))
        raise NothingFoundError(f"{error} The nearest questions understood:{near}") from error


def _make_command(understood: "Understood") -> str:
    """Return the command that asks the same, ready to be pasted into a shell."""
    given = [quote_argument(value, name) for name, value in understood.given.items()]
    return " ".join(["hwbs query", understood.query.name, *given])


def _explain_query(understood: "Understood") -> str:
    """Return the SPARQL below the command, with the term that each parameter is bound to."""
    lines = [f"# {_make_command(understood)}"]
    lines += [f"# ?{name} is bound to {term}" for name, term in understood.terms.items()]
    return "\n".join([*lines, understood.query.text])


COMMAND = Command(ask_question, 'hwbs ask "Which actions involve Housing?"')
