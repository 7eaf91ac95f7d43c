"""`hwbs search`: words, wherever they stand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.cli.terminal import terminal_width

if TYPE_CHECKING:
    from hwbs_graph.names.word_search import Hits


def search_texts(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='Words, or a phrase such as "decent homes".'),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Only things of this kind.",
            autocompletion=completion.complete_kind,
        ),
    ] = None,
    plan: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only what belongs to this plan.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Look through the documents in this folder too."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many to show.")] = 20,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Words in names, summaries, figures and quoted passages.

    Each text must hold all the words, in whatever form; words in quotes stand side by side. The
    best comes first, with the words found in brackets.
    """
    from hwbs_graph.names.word_search import search_words
    from hwbs_graph.report import found_words

    engine = source.open_for_look_up()
    kinds, plans = found_words.read_filters(engine, kind or (), plan or ())
    hits = search_words(engine, " ".join(words), kinds, plans, limit, documents)
    output.write_report(
        lambda: found_words.render_hits(hits, terminal_width()),
        found_words.describe_hits(hits),
        lambda: found_words.list_hits(hits),
        found_words.COLUMNS,
    )
    _note_rest(output, hits)
    output.end(bool(hits.found))


def _note_rest(output: RowOutput, hits: "Hits") -> None:
    from hwbs_graph.text import count

    if not hits.found:
        each = "; ".join(f"“{word}” alone: {count(number, 'thing')}" for word, number in hits.alone)
        output.note(f"Nothing holds all these words. {each}." if each else "Nothing found.")
    elif len(hits.found) < hits.total:
        more = hits.total - len(hits.found)
        output.note(f"{more:,} more; show them with --limit {hits.total}.")


COMMAND = Command(search_texts, "hwbs search museums")
