"""From a question in plain English to the named query that answers it, without guessing.

Every word must be accounted for: by a wording of the catalogue (`#+ ask:`), by the name in one
of its slots, or as a courtesy that says nothing. A word left over, such as “not” or “before
2020”, would make it another question, so the question is refused and the word is named.

Out of scope: running the query (`query`), and names that nothing carries (`names` suggests).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hwbs_graph.errors import AmbiguousError, HwbsError
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.question.matching import Fit, Matcher, Wording
from hwbs_graph.question.misses import explain_miss, find_nearest, refuse_question
from hwbs_graph.question.words import question_key, readings
from hwbs_graph.store import Engine, Term

__all__ = ["Phrasebook", "Understood", "Wording", "question_key"]

#: A question has no more characters or words.
LONGEST, MOST_WORDS = 1000, 60


class Understood(NamedTuple):
    """The query that a question asks, the words given for each parameter, and what they name."""

    query: NamedQuery
    given: dict[str, str]
    terms: dict[str, Term]


class Phrasebook:
    """Every wording of the catalogue, to be held against questions over one graph."""

    def __init__(self, engine: Engine, queries: Iterable[NamedQuery] | None = None) -> None:
        self._matcher = Matcher(engine, catalogue.all_queries() if queries is None else queries)
        self.wordings = self._matcher.wordings

    def understand(self, text: str) -> Understood:
        """Return the one query that `text` asks, with what its slots name.

        Raises AmbiguousError where two queries fit equally well or a name stands for several
        things, NotFoundError for a name that nothing carries, and NothingFoundError, with the
        words left over and the nearest questions, for whatever else is not understood.
        """
        if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
            raise refuse_question(self._matcher, text)
        understood, misses = self.match(text)
        if understood is None:
            raise explain_miss(self._matcher, text, misses)
        return understood

    def match(self, text: str) -> tuple[Understood | None, list[Fit]]:
        """Return the one query that `text` asks, if any, and the wordings that fit but for a name.

        Raises AmbiguousError where two queries fit equally well.
        """
        fits = [fit for tokens in readings(text) for fit in self._matcher.find_fits(text, tokens)]
        fits.sort(key=lambda fit: fit.wording.rank, reverse=True)
        whole = [fit for fit in fits if fit.is_whole]
        best = [fit for fit in whole if fit.wording.rank == whole[0].wording.rank]
        asked = {f"{fit.wording.query.name} {fit.terms}": fit.wording.query for fit in best}
        if len(asked) > 1:
            raise AmbiguousError(text, [(query.name, query.summary) for query in asked.values()])
        if not best or self._is_misread(best[0], fits[: fits.index(best[0])]):
            return None, [fit for fit in fits if not fit.is_whole]
        return Understood(best[0].wording.query, best[0].given, best[0].terms), []

    def explain(self, text: str, misses: list[Fit]) -> HwbsError:
        """Return why no wording takes in a text; see `explain_miss`."""
        return explain_miss(self._matcher, text, misses)

    def nearest(self, text: str, limit: int = 3) -> list[str]:
        """Return the questions nearest to `text`; see `find_nearest`."""
        return find_nearest(self._matcher, text, limit)

    def fill(self, wording: Wording, found: Mapping[str, str]) -> str:
        """Return a wording with names by their kind in its slots, else with examples."""
        return wording.fill(found, self._matcher.find_example)

    def _is_misread(self, chosen: Fit, better: list[Fit]) -> bool:
        """Say whether a longer wording fits but for a name, which must not go unsaid."""
        anything = any(slot.kind == "text" for slot in chosen.slots)
        slots = [slot for fit in better for slot in fit.slots.items()]
        carriers = self._matcher.find_carriers
        return any(anything or len(carriers(slot.kind, name)) > 1 for slot, name in slots)
