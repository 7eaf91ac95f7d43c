"""`hwbs list`: all things of one kind."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.options import Command, Option, SharedOptions
from hwbs_graph.cli.output import RowLimit, RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.query.results import Rows
    from hwbs_graph.report.further_filters import Further


class Narrowing(NamedTuple):
    """The filters of a list, as a person types them: those that must hold, and all others."""

    given: dict[str, list[str]]
    excluded: dict[str, list[str]]
    any_of: bool
    lead: list[str]
    due_by: str
    without: list[str]

    @property
    def is_given(self) -> bool:
        """Whether there is any filter."""
        return any(self)

    @property
    def words(self) -> str:
        """The names that must hold, to be searched for where nothing is left."""
        return " ".join(text for texts in (*self.given.values(), self.lead) for text in texts)

    def to_further(self) -> "Further":
        """Return the filters that are no name which must hold."""
        from hwbs_graph.report.further_filters import Further

        return Further(self.excluded, self.any_of, self.lead, self.due_by, self.without)


def _build_narrowing(
    any_of: bool,
    lead: list[str] | None,
    due_by: str,
    without: list[str] | None,
    **named: list[str] | None,
) -> Narrowing:
    given = {name: texts for name in _NAMED if (texts := named[name])}
    excluded = {name: texts for name in _NAMED if (texts := named[f"not_{name}"])}
    return Narrowing(given, excluded, any_of, lead or [], due_by, without or [])


def _take_texts(help: str, metavar: str = "TEXT") -> Option:
    return Option(Annotated[list[str] | None, typer.Option(metavar=metavar, help=help)])


_NAMED = ("plan", "theme", "partner", "determinant")
_NARROWING = {
    "plan": _take_texts("Only what belongs to this plan."),
    "theme": _take_texts("Only what stands in this theme."),
    "partner": _take_texts("Only what involves this partner."),
    "determinant": _take_texts("Only what addresses this determinant; direct links come first."),
    "not_plan": _take_texts("Not what belongs to this plan."),
    "not_theme": _take_texts("Not what stands in this theme."),
    "not_partner": _take_texts("Not what involves this partner."),
    "not_determinant": _take_texts("Not what addresses this determinant in any way."),
    "any_of": Option(
        Annotated[
            bool, typer.Option("--any", help="Of several values of a filter, one is enough.")
        ],
        False,
    ),
    "lead": _take_texts("Only actions that this partner leads."),
    "due_by": Option(
        Annotated[
            str, typer.Option(metavar="DATE", help="Only actions due by a date or month or year.")
        ],
        "",
    ),
    "without": _take_texts("Only actions without: lead, date, indicator or partner.", "WHAT"),
}


def list_things(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="plans, documents, themes, objectives, actions, partners ...",
            autocompletion=completion.complete_kind,
        ),
    ] = None,
    *,
    narrowing: Annotated[Narrowing, SharedOptions(_build_narrowing, _NARROWING)],
    limit: RowLimit = None,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """All things of one kind.

    In printed order; without KIND, it lists the kinds. Several filters apply together, also
    several of one kind.
    """
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.filters import choose_listing, filtered
    from hwbs_graph.report.further_filters import describe_filters

    kinds = {query.name.rpartition("/")[2]: query for query in catalogue.list_listings()}
    if kind is None and narrowing.is_given:
        raise UsageError(f"Name a kind of thing to list; give one of: {', '.join(kinds)}.")
    if kind is None:
        output.write_records(
            [{"kind": name, "question": query.summary} for name, query in kinds.items()]
        )
        return
    name = choose_listing(kind).name
    further = narrowing.to_further()
    answer = filtered(source.open_for_look_up(), name, **narrowing.given, further=further)
    heading = _count_things(name, answer, describe_filters(narrowing.given, further))
    output.write_answer(answer, sought=narrowing.words, heading=heading, limit=limit)


def _count_things(name: str, answer: "Rows", filters: str) -> str:
    """Return how many things are listed, and what they were narrowed to."""
    from hwbs_graph.data import bundled

    listing = name.rpartition("/")[2]
    kind = bundled.registry().find_listed(listing)
    things = len({row[0] for row in answer.rows})
    counted = count(things, kind.name if kind else listing.replace("-", " ").removesuffix("s"))
    rows = f" in {count(answer.size, 'row')}" if answer.size > things else ""
    return f"{counted}{rows}{_count_indirect(answer)}{': ' if filters else ''}{filters}"


def _count_indirect(answer: "Rows") -> str:
    """Return how many rows belong here only through something, where a column says so."""
    from hwbs_graph.report.filters import THROUGH

    if THROUGH not in answer.variables:
        return ""
    column = answer.variables.index(THROUGH)
    indirect = sum(row[column] is not None for row in answer.rows)
    return f" ({indirect} of them only through something)" if indirect else ""


COMMAND = Command(list_things, "hwbs list partners")
