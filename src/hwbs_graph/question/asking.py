"""The layers of a question: a saved one of the catalogue, else a composed one, else a refusal.

Out of scope: search, which a refusal may offer and never runs in place of an answer.
"""

import re
from typing import TYPE_CHECKING

from hwbs_graph.errors import HwbsError, NotFoundError, NothingFoundError
from hwbs_graph.question import LONGEST, MOST_WORDS, Phrasebook, Understood
from hwbs_graph.question.matching import Fit
from hwbs_graph.store import Engine

if TYPE_CHECKING:
    from hwbs_graph.question.mentions import Mentions
    from hwbs_graph.question.replying import Reply
    from hwbs_graph.question.value import Question

_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"


class Asker:
    """What questions over one graph are held against; names are read once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.book = Phrasebook(engine)
        self._mentions: Mentions | None = None

    def ask(self, text: str) -> "Understood | Reply":
        """Return the saved query that a text asks, or the answer to a composed question.

        Raises NothingFoundError for a question that is not understood whole, with what was
        understood of it and the nearest questions, and what `Phrasebook.understand` raises.
        """
        check_text(text)
        saved, misses = self.book.match(text)
        if saved:
            return saved
        return self._compose(text, misses)

    def _compose(self, text: str, misses: list[Fit]) -> "Understood | Reply":
        # A saved question needs none of these modules.
        from hwbs_graph.question.answering import answer_text
        from hwbs_graph.question.cursor import NotRead
        from hwbs_graph.question.phrasing import strip_asides
        from hwbs_graph.question.query_draft import Unclear, Unlinked

        mentions = self._read_names()
        try:
            return answer_text(self._engine, text, mentions)
        except (NotRead, Unlinked, Unclear):
            placed = mentions.name_towns(strip_asides(text))
            saved, _ = self.book.match(placed) if placed != text else (None, [])
            if saved:
                return saved
            error = self.book.explain(text, misses)
            raise self._add_understood(error, text, mentions) from None

    def is_understood(self, text: str) -> bool:
        """Say whether a text asks one thing, without running it."""
        if self.book.match(text)[0]:
            return True
        return self.read(text) is not None

    def read(self, text: str) -> "Question | None":
        """Return the one composed question that a text asks, saved or not; None where none is."""
        from hwbs_graph.question.answering import read_question
        from hwbs_graph.question.cursor import NotRead
        from hwbs_graph.question.query_draft import Unclear, Unlinked

        try:
            found = read_question(text, self._read_names())
        except (NotRead, Unlinked, Unclear):
            return None
        return found[0].question if len(found) == 1 else None

    def refine(self, question: "Question") -> list[tuple[str, int]]:
        """Return questions near a composed one that have an answer, with the count of each."""
        from hwbs_graph.question.refining import count_refinements

        return count_refinements(self._engine, question, self._read_names())

    def _read_names(self) -> "Mentions":
        from hwbs_graph.question.mentions import Mentions

        if self._mentions is None:
            self._mentions = Mentions(self._engine)
        return self._mentions

    def _add_understood(self, error: HwbsError, text: str, mentions: "Mentions") -> HwbsError:
        """Return the error with what was understood of the text, and how many that is."""
        from hwbs_graph.question.answering import describe_part

        told = describe_part(self._engine, text, mentions)
        if not told:
            return error
        if isinstance(error, NotFoundError):
            near = "".join(f"\n  {example}" for example in self.book.nearest(text))
            error = NothingFoundError(f"{error} The nearest questions understood:{near}")
        return NothingFoundError(f"{told}\n{error}", text)


def check_text(text: str) -> None:
    """Refuse a question that is too long, or holds what no keyboard types.

    Raises NothingFoundError.
    """
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        raise NothingFoundError(
            f"A question has at most {MOST_WORDS} words and {LONGEST:,} characters; ask in fewer."
        )
    if re.search(_CONTROL, text):
        raise NothingFoundError("The question holds a control character; type it without.")
