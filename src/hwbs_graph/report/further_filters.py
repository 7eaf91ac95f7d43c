"""What a list of actions may be narrowed to beside names: what leads, what is due, what is missing.

Out of scope: filters that name a plan, theme, partner or determinant (`filters`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.errors import UsageError
from hwbs_graph.model.kinds import Kind
from hwbs_graph.names import read_last_day
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: What an action may be without, and the query that lists those that are.
WITHOUT = {
    "lead": "coverage/actions-without-lead",
    "date": "coverage/actions-without-date",
    "indicator": "coverage/actions-without-measure",
    "partner": "internal/actions-without-any-partner",
}
_ACTION = "action"


class Further(NamedTuple):
    """Further filters: `excluded` maps a filter to what must not hold, as a person types it.

    With `any_of`, one of several values of a filter is enough. The others are for actions alone:
    who leads, by when they are due, and which of `WITHOUT` they are without.
    """

    excluded: Mapping[str, Sequence[str]] = {}
    any_of: bool = False
    lead: Sequence[str] = ()
    due_by: str = ""
    without: Sequence[str] = ()


def list_passing(
    engine: Engine, listing: str, kind: Kind | None, further: Further
) -> list[tuple[str, set[str]]]:
    """Return the name of each filter for actions alone, and the IRIs that pass it.

    Raises UsageError for a list of another kind, an unknown lack or what is no date, and what
    `recognise` raises.
    """
    given = [("lead", further.lead), ("due-by", further.due_by), ("without", further.without)]
    for name, value in given:
        if value and (kind is None or kind.name != _ACTION):
            raise UsageError(
                f"A list of {listing.replace('-', ' ')} cannot be narrowed by --{name}; "
                f"--{name} is for: actions."
            )
    found = [("lead", _find_led(engine, text)) for text in further.lead]
    if further.due_by:
        found.append(("due-by", _find_due(engine, further.due_by)))
    return found + [("without", find_lacking(engine, lack)) for lack in further.without]


def _find_led(engine: Engine, text: str) -> set[str]:
    partner = recognise(engine, text, "partner").iri
    rows = run_named(engine, "internal/carriers-of-lead", partner=partner)
    return {row["carrier"] for row in rows}


def _find_due(engine: Engine, text: str) -> set[str]:
    from pyoxigraph import Literal

    rows = run_named(engine, "internal/carriers-due-by", date=Literal(read_last_day(text)))
    return {row["carrier"] for row in rows}


def find_lacking(engine: Engine, lack: str) -> set[str]:
    """Return the IRIs of actions without one of `WITHOUT`. Raises UsageError for another word."""
    if lack not in WITHOUT:
        raise UsageError(f"--without takes one of: {', '.join(WITHOUT)}; not “{lack}”.")
    return {row["action"] for row in run_named(engine, WITHOUT[lack])}


def find_unsaid(engine: Engine, lack: str, plans: Sequence[str] | None = None) -> set[str]:
    """Return the actions of which a plan says no lead, date or indicator, nor of what is above.

    With `plans`, at least those of these; `lack` is a key of `WITHOUT`.
    """
    rows = run_named(engine, WITHOUT[lack], **({} if plans is None else {"plan": plans}))
    return {row["action"] for row in rows if not row.get(f"{lack}Above")}


def describe_filters(given: Mapping[str, Sequence[str]], further: Further) -> str:
    """Return filters in words: "partner Housing and Libraries, not theme Warm, without lead"."""
    between = " or " if further.any_of else " and "
    parts = [f"{name} {between.join(texts)}" for name, texts in given.items() if texts]
    parts += [f"not {name} {' or '.join(texts)}" for name, texts in further.excluded.items()]
    parts += [f"led by {between.join(further.lead)}"] * bool(further.lead)
    parts += [f"due by {further.due_by}"] * bool(further.due_by)
    parts += [f"without {' and '.join(further.without)}"] * bool(further.without)
    return ", ".join(parts)
