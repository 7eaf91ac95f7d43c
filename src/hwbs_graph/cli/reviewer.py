"""Who takes a decision, when and why: the options of each command that keeps one.

Out of scope: what is decided (`review`, `name`).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hwbs_graph.cli.options import Option, SharedOptions
from hwbs_graph.errors import UsageError

if TYPE_CHECKING:
    pass

#: Who decides, where nobody says so.
_NOBODY = "a reviewer"


def _build_reviewer(who: str, when: str, why: str) -> Any:
    """Return who decides. Raises UsageError for a day that is none."""
    from datetime import date

    from hwbs_graph.intake.review_desk import By
    from hwbs_graph.query.periods import find_today

    day = when or find_today()
    try:
        date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"--on is “{day}”; give a day such as 2026-11-28.") from None
    return By(who.strip() or _NOBODY, day, why.strip())


_Who = Annotated[
    str, typer.Option("--by", metavar="NAME", envvar="HWBS_BY", help="Who decides; a role will do.")
]
_When = Annotated[str, typer.Option("--on", metavar="DATE", help="The day; default: today.")]
_Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, in a sentence.")]
#: The parameter of a command that keeps a decision.
Reviewer = Annotated[
    Any,
    SharedOptions(
        _build_reviewer,
        {"who": Option(_Who, ""), "when": Option(_When, ""), "why": Option(_Why, "")},
    ),
]
