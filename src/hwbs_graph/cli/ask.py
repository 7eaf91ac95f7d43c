"""`hwbs ask`: a question in plain English."""

from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AnswerOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import quote_argument

if TYPE_CHECKING:
    from hwbs_graph.question import Understood
    from hwbs_graph.question.asking import Asker
    from hwbs_graph.question.replying import Reply
    from hwbs_graph.store import Engine


def ask_question(
    words: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, best within quotes.")
    ],
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the parts and the SPARQL, as text or JSON.")
    ] = False,
    *,
    source: GraphSource,
    output: AnswerOutput,
) -> None:
    """Ask in plain English.

    The question becomes a named query, or one that is composed of the kinds, names and
    conditions in it. The answer begins with what was asked. If a word is not understood, the
    question is refused, and the nearest questions that are understood are offered.
    """
    from hwbs_graph.question import Understood
    from hwbs_graph.question.asking import Asker

    text, engine = " ".join(words), source.open_for_look_up()
    asked = _ask(Asker(engine), text)
    if explain:
        output.write(_explain(text, asked, output.format == "json"))
    elif isinstance(asked, Understood):
        # A question that may be about one thing, but is not, goes through the whole graph.
        whole = bool(asked.query.parameters) and not asked.terms
        _answer_saved(source.open() if whole else engine, text, asked, output)
    else:
        _write_reply(engine, text, asked, output)


def _answer_saved(
    engine: "Engine", text: str, understood: "Understood", output: AnswerOutput
) -> None:
    from hwbs_graph.question.counting import caption_answer
    from hwbs_graph.report.marked_answers import ask_marked

    output.note(f"asked with: {_make_command(understood)}")
    answer = ask_marked(engine, understood.query, understood.terms)
    output.write_answer(answer, caption=caption_answer(text, understood, answer))


def _write_reply(engine: "Engine", text: str, reply: "Reply", output: AnswerOutput) -> None:
    from hwbs_graph.report.marked_answers import mark_over

    output.write_answer(mark_over(engine, reply.rows), reply.sentence, text, reply.found)


def _ask(asker: "Asker", text: str) -> "Understood | Reply":
    """Return what a question asks. For an unknown name, the error offers questions too."""
    from hwbs_graph.errors import NotFoundError, NothingFoundError

    try:
        return asker.ask(text)
    except NothingFoundError as error:
        error.sought = error.sought or text
        raise
    except NotFoundError as error:
        near = "".join(f"\n  {example}" for example in asker.book.nearest(text))
        raise NothingFoundError(
            f"{error} The nearest questions understood:{near}", error.sought
        ) from error


def _make_command(understood: "Understood") -> str:
    """Return the command that asks the same, ready to be pasted into a shell."""
    given = [quote_argument(value, name) for name, value in understood.given.items()]
    return " ".join(["hwbs query", understood.query.name, *given])


def _explain_query(understood: "Understood") -> str:
    """Return the SPARQL below the command, with the term that each parameter is bound to."""
    lines = [f"# {_make_command(understood)}"]
    lines += [f"# ?{name} is bound to {term}" for name, term in understood.terms.items()]
    return "\n".join([*lines, understood.query.text])


def _explain(text: str, asked: "Understood | Reply", as_json: bool) -> str:
    """Return how a question was understood: JSON, or comments above the SPARQL."""
    from hwbs_graph.question import Understood, explanation
    from hwbs_graph.question.replying import Reading

    if isinstance(asked, Understood):
        told = explanation.explain_saved(text, asked)
    else:
        told = explanation.explain_reading(text, Reading(asked.question, asked.query))
    if as_json:
        import json

        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return (
        _explain_query(asked)
        if isinstance(asked, Understood)
        else (explanation.write_explanation(told))
    )


COMMAND = Command(ask_question, 'hwbs ask "Which actions involve Housing?"')
