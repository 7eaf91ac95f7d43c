"""The dates and leads in a question: “due by 2021”, “with no date”, “led by Housing”, “who leads”.

Out of scope: marks that go by a name (`marks`).
"""

from hwbs_graph.model.dates import read_date
from hwbs_graph.model.vocabulary import SCHEMES
from hwbs_graph.question.facets import AFTER, ANY_DATE, BEFORE, BY, DATE, LEAD, WITHIN
from hwbs_graph.question.lexicon import LINKS
from hwbs_graph.question.phrases import PhraseReader
from hwbs_graph.question.value import LEADS, Condition
from hwbs_graph.question.words import MARKS

_DATES = ("date", "dates", "deadline", "deadlines")
_LEADING = ("lead", "leads", "leading")
#: Words before a date by which something is to be done.
_DUE: tuple[tuple[str, ...], ...] = (
    *(("due",), ("to", "be", "done"), ("to", "be", "completed"), ("to", "be", "delivered")),
    *(("to", "be", "finished"), ("must", "be", "done"), ("should", "be", "done")),
)
_COMPARED: dict[tuple[str, ...], str] = {
    ("by", "the", "end", "of"): BY,
    ("by",): BY,
    ("before",): BEFORE,
    ("after",): AFTER,
    ("in",): WITHIN,
    ("during",): WITHIN,
}
_LONGEST_DATE = 4
_ROLE = f"{SCHEMES}role/lead"


class ConditionReader(PhraseReader):
    """A text whose dates and leads are read; `marked` are the conditions, `leading` who leads."""

    marked: tuple[Condition, ...] = ()
    leading = False

    def read_condition(self) -> bool:
        """Read a date or a lead; say whether it stood here."""
        return self.read_due() or self.read_dated() or self.read_led() or self.read_lead()

    def read_due(self) -> bool:
        """Read “due by 2021”; say whether it stood here. Raises NotRead for “due” alone."""
        start = self.at
        if not any(self.take(*words) for words in _DUE):
            return False
        if self.denied:
            raise self.fail(start)  # what is due later, or has no date?
        compared = next((how for words, how in _COMPARED.items() if self.take(*words)), "")
        found = self.take_date() if compared else None
        if not found:
            self.at = start
            if self.word == "due":
                raise self.fail()
            return False
        written, said = found
        self.add(Condition(DATE, ((written,),), (said,), "all", compared))
        self.asked = self.asked or "action"
        return True

    def take_date(self) -> tuple[str, str] | None:
        """Take a day, month, quarter or year: as the ontology writes it, and as it is typed."""
        for size in range(_LONGEST_DATE, 0, -1):
            tokens = self.tokens[self.at : self.at + size]
            if len(tokens) == size:
                said = self.text[tokens[0].start : tokens[-1].end].strip(MARKS)
                if written := read_date(said):
                    self.at += size
                    return written, said
        return None

    def read_dated(self) -> bool:
        """Read “with a date” or “with no deadline”; say whether it stood here."""
        if self.word not in _DATES or not self.asked or self.kinds not in (None, LINKS["with"]):
            return False
        self.at += 1
        self.skip("attached", "set")
        self.add(Condition(DATE, (("",),), ("a date",), "all", ANY_DATE))
        return True

    def add(self, condition: Condition) -> None:
        """Keep a condition, denied where a word before it denies."""
        if self.joiner in ("or", "nor") or self.excepted or self.only:
            raise self.fail()
        mode = "none" if self.denied else "all"
        self.marked += (condition._replace(mode=mode),)
        self.denied, self.kinds, self.joiner = False, None, ""

    def read_led(self) -> bool:
        """Read “led by”, behind which who leads is named; say whether it stood here."""
        if not self.take("led", "by"):
            return False
        self.kinds, self.led = ("partner",), True
        return True

    def _is_of_actions(self) -> bool:
        """Say whether actions are asked for, or counted of what is asked for."""
        return "action" in (self.asked, self.counted and self.counted.kind)

    def read_lead(self) -> bool:
        """Read “leads” behind a partner or a “who”, or “no lead”; say whether it stood here."""
        if self.word not in _LEADING:
            return False
        last = self.named[-1] if self.named else None
        if self.at and last and self.find_before() is last.tokens[-1] and "partner" in last.kinds:
            self.named[-1] = last._replace(kinds=("partner",), link=LEADS)
            self.asked = self.asked or "action"
        elif self._is_of_actions() and self.kinds in (None, LINKS["with"]):
            self.add(Condition(LEAD, ((_ROLE,),), ("a lead",), "all"))
        elif self.asked == "partner" and not (self.named or self.denied or self.leading):
            self.leading = True
            self.kinds = ("action",)
        else:
            return False
        self.at += 1
        self.skip("on", "for")
        return True
