"""What a briefing says about a partner, as plain texts.

Out of scope: where the texts come from (`gathering`), order and headings (`layout`), and the
file formats.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from hwbs_graph.report.places import Place
from hwbs_graph.report.profile import PartnerAction
from hwbs_graph.write.briefing.audiences import AUDIENCES
from hwbs_graph.write.briefing.silences import name_action


class Determinant(NamedTuple):
    """A determinant of health that an objective or action bears on; `place` is of the passage."""

    name: str
    theme: str
    code: str
    basis: str
    printed: str
    place: str
    reason: str


class Continuation(NamedTuple):
    """What became of an objective or action in a later plan."""

    element: str
    wording: str
    outcome: str
    later_wording: str
    later_plan: str
    basis: str
    reason: str


class QualityNote(NamedTuple):
    """What is wrong in a document, about whom or what, and what was done."""

    about: str
    description: str
    handling: str


class Briefing(NamedTuple):
    """One partner's briefing; `date` is ISO, or "" where the record has none.

    `audience` is a key of `AUDIENCES`, and decides what is shown of it. `beside` has lines by the
    keys of `PARTS_BESIDE`.
    """

    iri: str
    name: str
    kind: str
    council: str
    summary: str
    facts: tuple[str, ...]
    changes: tuple[str, ...]
    actions: list[PartnerAction]
    silences: tuple[str, ...]
    due: tuple[str, ...]
    companions: tuple[str, ...]
    beside: dict[str, tuple[str, ...]]
    determinants: list[Determinant]
    later: list[Continuation]
    notes: list[QualityNote]
    documents: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    version: str
    date: str
    audience: str = ""

    @property
    def title(self) -> str:
        """What a file is called in its properties."""
        readers = f", for {self.audience}" if self.audience else ""
        return f"{self.name}: what the plans ask{readers}"

    @property
    def subtitle(self) -> str:
        """Kind and council of the partner: "council division, Elmstead Council"."""
        return ", ".join(filter(None, (self.kind, self.council)))

    @property
    def footing(self) -> str:
        """Which record the briefing is drawn from."""
        date = f", as of {self.date}" if self.date else ""
        version = self.version or "unknown"
        purpose = AUDIENCES[self.audience].purpose
        held = f"Held here, for {self.audience}: {purpose}. " if purpose else ""
        return f"{held}Drawn from the hwbs record, version {version}{date}. {self.iri}"

    @property
    def created(self) -> datetime:
        """The date of the record, or a fixed one where it has none."""
        return datetime.fromisoformat(self.date[:10] or "2000-01-01")


def word_place(place: Place) -> str:
    """Return the place of a passage: "P1 line 21, Warm homes 2(a), first name"."""
    line = f"line {place['line']}" if place["line"] else ""
    start = " ".join(filter(None, (place["document"], line)))
    return ", ".join(filter(None, (start, place["place"])))


def word_partners(action: PartnerAction) -> str:
    """Return the other partners of an action; a semicolon parts names that may hold commas."""
    return "; ".join(action["withPartners"]) or "nobody else"


def cite_actions(actions: Iterable[PartnerAction]) -> tuple[str, ...]:
    """Return the passages that name a partner for actions: “Warm homes 2a: “Homes” P1 line 21”."""
    return tuple(
        f"{name_action(action)}: “{passage['printed']}” {word_place(passage)}"
        for action in actions
        for passage in action["sources"]
    )
