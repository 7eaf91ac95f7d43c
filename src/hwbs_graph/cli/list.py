"""`hwbs list`: all things of one kind."""

from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import AmbiguousError, UsageError
from hwbs_graph.text import pluralise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hwbs_graph.query.catalogue import NamedQuery


def list_things(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="plans, documents, themes, objectives, actions, partners ...",
            autocompletion=completion.complete_kind,
        ),
    ] = None,
    plan: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only what belongs to this plan.")
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only what stands in this theme.")
    ] = None,
    partner: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Only what involves this partner.")
    ] = None,
    determinant: Annotated[
        list[str] | None,
        typer.Option(help="Only what addresses this determinant; direct links come first."),
    ] = None,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """All things of one kind.

    In printed order; without KIND, it lists the kinds. Several filters apply together, also
    several of one kind.
    """
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.filters import filtered

    kinds = {query.name.rpartition("/")[2]: query for query in catalogue.list_listings()}
    given = {"plan": plan, "theme": theme, "partner": partner, "determinant": determinant}
    filters = {name: texts for name, texts in given.items() if texts}
    if kind is None and filters:
        raise UsageError(f"Name a kind of thing to list; give one of: {', '.join(kinds)}.")
    if kind is None:
        output.write_records(
            [{"kind": name, "question": query.summary} for name, query in kinds.items()]
        )
        return
    name = _choose_kind(kind, kinds).name
    sought = " ".join(text for texts in filters.values() for text in texts)
    output.write_answer(filtered(source.open(), name, **filters), sought=sought)


def _choose_kind(given: str, listings: "Mapping[str, NamedQuery]") -> "NamedQuery":
    """Return the list that is meant, by its name or by a word for its kind, in either number.

    Raises UsageError if there is none, AmbiguousError if the word stands for several kinds.
    """
    from hwbs_graph.data import bundled

    wanted = given.casefold().replace(" ", "-")
    kinds = {kind.plurals[0] for kind in bundled.registry().kinds if kind.goes_by(given)}
    kinds |= {wanted, pluralise(wanted)}
    found = {name: query for name, query in listings.items() if name in kinds}
    if not found:
        raise UsageError(f"There is no kind “{given}” to list; give one of: {', '.join(listings)}.")
    if len(found) > 1:
        raise AmbiguousError(given, [(name, query.summary) for name, query in found.items()])
    return next(iter(found.values()))


COMMAND = Command(list_things, "hwbs list partners")
