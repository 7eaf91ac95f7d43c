"""The numbers and groups of a question: “more than two partners”, “the most actions”, “per theme”.

Out of scope: how the question is put (`openings`).
"""

from hwbs_graph.question.lexicon import (
    BUSIEST,
    EVERY_OF,
    EXTREMES,
    GROUPING,
    LINKS,
    MOST,
    NUMBERS,
    OFTEN,
)
from hwbs_graph.question.named_things import NameReader
from hwbs_graph.question.value import EVERY, Counted


class AmountReader(NameReader):
    """A text whose numbers and groups are read."""

    def read_grouping(self) -> bool:
        """Read “per theme”, “in each theme”, “by theme”; say whether that stood here."""
        start = self.at
        ahead = self.words_ahead(3)
        if len(ahead) == 3 and ahead == (ahead[2], "by", ahead[0]):
            self.at += 1  # theme by theme
        if self.word not in GROUPING | {"by"}:
            return False
        by = self.word == "by"
        if self.word == "each" and self.form != "count" and not self.is_split():
            return False
        self.at += 1
        kind = self.take_noun()
        if not kind or self.per or self.denied or self.form == "yes":
            if by or not kind:
                self.at = start
                return False
            raise self.fail(start)
        self.per, self.kinds, self.joiner = kind, None, ""
        return True

    def read_amount(self) -> bool:
        """Read “more than two partners”, “the most actions”, “no partner”."""
        if self.read_often() or self.read_busiest() or self.read_every():
            return True
        start = self.at
        extreme = self.take_extreme()
        if extreme:
            comparison, number = extreme, 0
        elif (found := self.take_none() or self.take_comparison()) is not None:
            comparison, number = found
        else:
            return False
        kind = self.take_noun()
        if extreme and kind and not self.asked and self.tokens[0].word in (extreme, "the"):
            self.asked = "action" if kind == "partner" else "partner"
        if not kind or self.counted or self.denied or not self.asked:
            self.at = start
            if extreme or self.word.isdecimal() or self.word in NUMBERS:
                raise self.fail()
            return False
        self.counted = Counted(kind, comparison, number)
        self.kinds = None
        return True

    def read_often(self) -> bool:
        """Read “only once”, said of what actions name."""
        if self.counted or self.denied or self.asked in ("", "action"):
            return False
        for words, number in OFTEN.items():
            if self.take(*words):
                self.counted, self.only = Counted("action", "=", number), False
                return True
        return False

    def read_busiest(self) -> bool:
        """Read “the busier”, of bodies named before, or “the busiest partner”."""
        if self.word not in BUSIEST or self.counted or self.denied:
            return False
        is_between = self.word == "busier"
        self.at += 1
        self.skip("department", "departments", "team", "service")
        noun, last = self.take_noun(), self.named[-1] if self.named else None
        if noun not in ("", "partner") or self.asked not in ("", "partner"):
            raise self.fail()
        if is_between and not last:
            raise self.fail()
        if last and last.mode in ("any", "and") and "partner" in last.kinds:
            self.named[-1] = last._replace(kinds=("partner",), mode="any", link="same")
        self.form, self.asked, self.counted = "list", "partner", Counted("action", "most")
        return True

    def read_every(self) -> bool:
        """Read “every theme” or “all five themes” behind “in”; say whether that stood here."""
        start = self.at
        if self.kinds not in (LINKS["in"], LINKS["on"]):
            return False
        if not any(self.take(*words) for words in EVERY_OF):
            return False
        number = self.take_number() or 0
        if self.take_noun() != "theme":
            self.at = start
            return False
        if self.counted or self.denied or self.per or self.joiner:
            raise self.fail(start)
        if not self.asked:
            self.ask_named(start)
        self.counted, self.kinds = Counted("theme", EVERY, number), None
        return True

    def ask_named(self, start: int) -> None:
        """Take the one body named before for what is asked for. Raises NotRead without one."""
        last = self.named[-1] if len(self.named) == 1 else None
        if self.form != "yes" or not last or len(last.tokens) > 1 or "partner" not in last.kinds:
            raise self.fail(start)
        self.asked = "partner"
        self.named[-1] = last._replace(kinds=("partner",), link="same")

    def is_split(self) -> bool:
        """Say whether the things asked for are broken down, or split."""
        return any(token.word in ("broken", "split") for token in self.tokens[: self.at])

    def take_extreme(self) -> str:
        """Take “most”, “fewest”, or the like in several words; "" where neither is next."""
        extremes = {(word,): extreme for word, extreme in MOST.items()} | EXTREMES
        return next((extreme for words, extreme in extremes.items() if self.take(*words)), "")

    def take_none(self) -> tuple[str, int] | None:
        """Take “no” or “without any”, which a noun follows."""
        if self.word not in ("no", "without") or not self.asked:
            return None
        self.at += 1
        self.skip("any", "a", "an")
        return "=", 0
