"""A place in the words and names of a text, and what can be taken from there.

Out of scope: what the words mean together (`reading`).
"""

from hwbs_graph.question.lexicon import COMPARISONS, NUMBERS, list_nouns
from hwbs_graph.question.mentions import Token

_LONGEST_NOUN = 4


class NotRead(Exception):
    """Words that were not understood; `left` are those, as they are printed."""

    def __init__(self, left: str) -> None:
        self.left = left
        super().__init__(left)


class Cursor:
    """The words and names of a text, taken from left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.at = 0

    @property
    def word(self) -> str:
        """The word at this place, "" at the end and for a name."""
        token = self.token
        return "" if token is None or token.things or token.quoted else token.word

    @property
    def token(self) -> Token | None:
        """The word or name at this place, None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def words_ahead(self, number: int) -> tuple[str, ...]:
        """Return the next words; names and quotations among them are left out."""
        ahead = self.tokens[self.at : self.at + number]
        return tuple(token.word for token in ahead if not token.things and not token.quoted)

    def take_noun(self) -> str:
        """Take a noun for a kind, and return the kind, or ""."""
        for size in range(_LONGEST_NOUN, 0, -1):
            words = self.words_ahead(size)
            if len(words) == size and words in list_nouns():
                self.at += size
                return list_nouns()[words]
        return ""

    def take(self, *words: str) -> bool:
        """Take these words if they are next."""
        if self.words_ahead(len(words)) != words:
            return False
        self.at += len(words)
        return True

    def fail(self, start: int | None = None) -> NotRead:
        """Return the error that names what is left from here, or from an earlier place."""
        if not self.tokens:
            return NotRead(self.text)
        at = min(self.at if start is None else start, len(self.tokens) - 1)
        token = self.tokens[at]
        return NotRead(self.text[token.start : token.end])

    def skip(self, *words: str) -> None:
        """Take any of these words for as long as they come."""
        while self.word in words:
            self.at += 1

    def take_comparison(self) -> tuple[str, int] | None:
        """Take “more than two” or “three”: how a number is compared, and the number."""
        start = self.at
        for words, (sign, shift) in COMPARISONS.items():
            if self.take(*words):
                number = self.take_number()
                if number is not None:
                    return sign, max(number + shift, 0)
                self.at = start
        number = self.take_number()
        if number is None:
            return None
        if self.take("or", "more"):
            return ">=", number
        if self.take("or", "fewer") or self.take("or", "less"):
            return "<=", number
        return "=", number

    def take_number(self) -> int | None:
        """Take a number, as a word or in digits."""
        word = self.word
        if word in NUMBERS or (word.isdecimal() and len(word) < 4):
            self.at += 1
            return NUMBERS[word] if word in NUMBERS else int(word)
        return None
