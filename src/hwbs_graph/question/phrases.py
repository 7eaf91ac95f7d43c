"""Words that belong together in a question: what a body does, what is left aside, on what basis.

Out of scope: the words that stand alone (`reading`).
"""

from hwbs_graph.question.lexicon import (
    AGENT,
    ALONE,
    BASES,
    EMPTY,
    LEAVING,
    NUMBERS_ONLY,
    OWNED,
    PHRASES,
    REMITS,
    SETTING,
    SHOWING,
)
from hwbs_graph.question.mentions import Token
from hwbs_graph.question.openings import OpeningReader
from hwbs_graph.question.value import OWN


class PhraseReader(OpeningReader):
    """A text whose phrases are read."""

    def read_phrase(self) -> bool:
        """Read words that belong together; say whether they stood here."""
        if self.read_alone() or self.read_basis() or self.read_numbers_only():
            return True
        for words, kinds in PHRASES.items():
            if self.words_ahead(len(words)) == words:
                self.read_agent(words[0])
                self.at += len(words)
                self.kinds = None if words[-1] == "anything" else kinds if kinds else self.kinds
                self.joiner = "" if self.joiner == "," else self.joiner
                return True
        return False

    def read_alone(self) -> bool:
        """Read “and nowhere else” behind a name; say whether it stood here."""
        if not self.named or not any(self.take(*words) for words in ALONE):
            return False
        last = self.named[-1]
        if len(last.tokens) > 1 or last.mode != "all" or self.kinds is not None or self.denied:
            raise self.fail()
        self.named[-1] = last._replace(mode="only")
        return True

    def read_basis(self) -> bool:
        """Read “by judgement” behind the name of a topic; say whether it stood here."""
        last = self.named[-1] if self.named else None
        if not last or last.link != "link" or self.kinds is not None:
            return False
        for words, basis in BASES.items():
            kinds = {"plan"} if basis == OWN else {"determinant", "population group"}
            fit = tuple(sorted(kinds.intersection(last.kinds)))
            if fit and self.take(*words):
                if self.denied:
                    raise self.fail(self.at - 1)
                self.named[-1] = last._replace(kinds=fit, link=basis)
                return True
        return False

    def read_numbers_only(self) -> bool:
        """Read “just the numbers”; say whether it stood here."""
        if self.form != "list" or not any(self.take(*words) for words in NUMBERS_ONLY):
            return False
        self.form = "count"
        self.joiner = "" if self.joiner == "," else self.joiner
        return True

    def is_setting_aside(self) -> bool:
        """Say whether “aside”, or “leaving” with “aside” after the name, stands here."""
        following = [token.word for token in self.tokens[self.at + 1 : self.at + 3]]
        return self.word == "aside" or (self.word in SETTING and following[1:] == ["aside"])

    def read_aside(self) -> bool:
        """Read “leaving Housing aside”, which leaves that name out; say whether it stood here."""
        if not self.is_setting_aside():
            return False
        if self.word == "aside":
            last = self.named[-1] if self.named else None
            if not last or last.mode != "all" or last.tokens[-1] is not self.tokens[self.at - 1]:
                raise self.fail()
            self.named[-1] = last._replace(mode="none", link="same")
            self.at += self.words_ahead(2)[1:] == (",",)
        self.at += 1
        return True

    def is_leaving_out(self) -> bool:
        """Take the first word of “leave out”, and say whether it stood here."""
        words = self.words_ahead(2)
        found = len(words) == 2 and words[0] in LEAVING and words[1] == "out"
        self.at += found
        return found

    def read_owned(self) -> bool:
        """Read “desk” after “Housing’s”; say whether it stood here."""
        last = self.named[-1] if self.named else None
        if self.word not in OWNED or not last:
            return False
        token = self.find_before()
        if last.tokens[-1] is not token:
            return False
        if not self.is_possessive(token) or "partner" not in last.kinds:
            raise self.fail()
        self.named[-1] = last._replace(kinds=("partner",))
        self.at += 1
        return True

    def is_possessive(self, token: Token) -> bool:
        printed = self.text[token.start : token.end]
        return printed.endswith(("'s", "’s", "s'", "s’"))

    def read_owner(self, at: int) -> None:
        """Take “Housing’s” before “actions” for those of the body, not of the topic."""
        token, last = self.tokens[max(at, 0)], self.named[-1] if self.named else None
        if (
            self.asked == "action"
            and self.is_possessive(token)
            and last
            and last.tokens[-1] is token
        ):
            kinds = ("partner",) if "partner" in last.kinds else last.kinds
            self.named[-1] = last._replace(kinds=kinds)

    def read_agent(self, word: str) -> None:
        """Take a name before what a body does, such as “works”, for that of the body."""
        is_next = bool(self.named) and self.find_before() is self.named[-1].tokens[-1]
        proper = is_next and self.is_proper(self.named[-1].tokens[-1])
        does = word in AGENT or (word in SHOWING and proper)
        if does and is_next and "partner" in self.named[-1].kinds:
            self.named[-1] = self.named[-1]._replace(kinds=("partner",))
            owns = word in REMITS and self.is_possessive(self.find_before())
            self.asked = self.asked or ("action" if owns else "")

    def is_proper(self, token: Token) -> bool:
        """Say whether a name within the text begins with a capital letter."""
        return token.start > 0 and self.text[token.start].isupper()

    def find_before(self) -> Token:
        """Return the token before this place that is no empty word."""
        before = self.tokens[: self.at]
        while len(before) > 1 and not before[-1].things and before[-1].word in EMPTY | {"not"}:
            before = before[:-1]
        return before[-1]
