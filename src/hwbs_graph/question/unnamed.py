"""What no name covers: bodies by words of their names, actions by words of theirs.

“The police” stands for the bodies whose names hold the word, “the emission zone” for the actions
whose words hold these. The answer says which of the two was taken.

Out of scope: names that a graph holds as such (`mentions`).
"""

from hwbs_graph.names import normalise
from hwbs_graph.question.conditions import ConditionReader
from hwbs_graph.question.lexicon import PLACES, PURPOSES, TOPICS, is_content
from hwbs_graph.question.mentions import Token
from hwbs_graph.question.value import WORDS
from hwbs_graph.question.worded_names import name_bodies
from hwbs_graph.question.words import MARKS

#: More bodies than these share too common a word.
_MOST_BODIES = 4
_SHORTEST = 4


class UnnamedReader(ConditionReader):
    """A text with words that no name covers."""

    def read_purpose(self) -> bool:
        """Read “improving” before the name of a topic, as “about”; say whether it stood here."""
        if self.word in PURPOSES and self.is_last() and self.named:
            # What a body supports is what it takes part in.
            is_body = "partner" in self.named[-1].kinds and self.asked == "action"
            self.at += is_body
            return is_body
        following = [token for token in self.tokens[self.at + 1 :] if token.word != "the"][:1]
        kinds = {kind for token in following for kind in token.things}
        named = kinds.intersection(TOPICS) and "partner" not in kinds
        if self.word not in PURPOSES or not named or self.kinds == (WORDS,):
            return False
        self.kinds = (*TOPICS, *(self.kinds or ())) if self.is_open() else self.kinds
        self.at += 1
        return True

    def is_last(self) -> bool:
        """Say whether nothing follows."""
        return self.at == len(self.tokens) - 1

    def is_open(self) -> bool:
        """Say whether it is open what follows: after no link, or one for any kind of place."""
        return self.kinds in (None, (), PLACES) or WORDS in (self.kinds or ())

    def read_unnamed(self) -> bool:
        """Read words that no name covers, behind a link; say whether they stood here."""
        if self.kinds is None or not is_content(self.word):
            return False
        size = self.count_content()
        if self.word in self.ends or self.is_common(size):
            return False
        bodies = "partner" in self.kinds and self.asked in ("action", "plan", "theme", "")
        if bodies and self.read_body(size):
            return True
        sought = self.kinds == PLACES or bodies
        if sought and (
            self.asked == "partner" or (self.asked in ("", "action") and self.is_plural(size))
        ):
            self.kinds = (WORDS,)
            self.read_words()
            return True
        return False

    def read_body(self, size: int) -> bool:
        """Make a name of words that names of bodies hold; say whether any do."""
        tokens = self.tokens[self.at : self.at + size]
        said = normalise(self.text[tokens[0].start : tokens[-1].end]).strip(MARKS)
        things = self.mentions.find_bodies(said.split())
        if not 0 < len(things) <= _MOST_BODIES:
            return False
        name = name_bodies(said)
        token = Token(name, name, tokens[0].start, tokens[-1].end, {"partner": things})
        self.tokens[self.at : self.at + size] = [token]
        self.read_names()
        return True

    def count_content(self) -> int:
        """Return how many words in a row are content, from this place."""
        size = 0
        for token in self.tokens[self.at :]:
            if token.things or token.quoted or not is_content(token.word):
                break
            size += 1
        return size

    def is_common(self, size: int) -> bool:
        """Say whether words say too little: those of the plans' names and places."""
        words = {token.word for token in self.tokens[self.at : self.at + size]}
        return words <= self.mentions.common | self.mentions.places.keys()

    def is_plural(self, size: int) -> bool:
        """Say whether words are several things, and no state such as “in progress”."""
        last = self.tokens[self.at + size - 1].word
        return last.endswith("s") and not last.endswith("ss") and len(last) >= _SHORTEST
