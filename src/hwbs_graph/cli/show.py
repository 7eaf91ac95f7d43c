"""`hwbs show`: everything known of one thing."""

from typing import Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import terminal_width


def show_thing(
    thing: Annotated[
        str,
        typer.Argument(
            metavar="THING",
            help="Name, code such as “Warm homes 1a”, or IRI.",
            autocompletion=completion.complete_thing,
        ),
    ],
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Everything known of one thing.

    Its links with their basis, where it is printed and in which words, and quality notes.
    """
    from hwbs_graph.names.recognition import recognise
    from hwbs_graph.query import results
    from hwbs_graph.report import profile_text, thing_profile

    engine = source.open_for_look_up()
    found = recognise(engine, thing)
    if not output.is_laid_out:
        output.write_answer(results.ask_named(engine, "network/links-of-thing", thing=found.iri))
        return
    sheet = thing_profile.describe_thing(engine, found)
    output.write_report(lambda: profile_text.render_thing(sheet, terminal_width()), sheet, list)


COMMAND = Command(show_thing, 'hwbs show "Public Health"')
