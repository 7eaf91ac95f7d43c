"""`hwbs list`: all things of one kind."""

from collections.abc import Iterable
from typing import Annotated

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError


def list_things(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="plans, documents, themes, objectives, actions, partners ...",
            autocompletion=completion.complete_kind,
        ),
    ] = None,
    plan: Annotated[str | None, typer.Option(help="Only what belongs to this plan.")] = None,
    theme: Annotated[str | None, typer.Option(help="Only what stands in this theme.")] = None,
    partner: Annotated[str | None, typer.Option(help="Only what involves this partner.")] = None,
    determinant: Annotated[
        str | None, typer.Option(help="Only what addresses this determinant.")
    ] = None,
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """All things of one kind.

    In printed order; without KIND, it lists the kinds. Several filters apply together.
    """
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.filters import filtered

    kinds = {
        query.name.rpartition("/")[2]: query
        for query in catalogue.all_queries()
        if "list" in query.tags
    }
    filters = {"plan": plan, "theme": theme, "partner": partner, "determinant": determinant}
    if kind is None and any(text is not None for text in filters.values()):
        raise UsageError(f"Name a kind of thing to list; give one of: {', '.join(kinds)}.")
    if kind is None:
        output.write_records(
            [{"kind": name, "question": query.summary} for name, query in kinds.items()]
        )
        return
    name = kinds[_choose_kind(kind, kinds)].name
    output.write_answer(filtered(source.open(), name, **filters))


def _choose_kind(given: str, kinds: Iterable[str]) -> str:
    """Return the kind that is meant, in singular or plural. Raises UsageError if there is none."""
    wanted = given.lower().replace(" ", "-")
    found = next((name for name in kinds if wanted in (name, _make_singular(name))), None)
    if found is None:
        raise UsageError(f"There is no kind “{given}” to list; give one of: {', '.join(kinds)}.")
    return found


def _make_singular(name: str) -> str:
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")


COMMAND = Command(list_things, "hwbs list partners")
