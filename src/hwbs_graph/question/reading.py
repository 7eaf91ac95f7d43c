"""From the words and names of a text to the questions that they ask, each word used.

The reader goes once from left to right. What it does not know ends the reading: the words left
over are named. A name of several kinds is read in each way that its place allows.

Out of scope: finding names (`mentions`), and whether the data holds an answer.
"""

from itertools import product
from typing import NamedTuple

from hwbs_graph.question.cursor import Cursor, NotRead
from hwbs_graph.question.lexicon import (
    DENYING,
    EMPTY,
    EXCEPT,
    GROUPING,
    LEAVING,
    LINKS,
    LISTING,
    MOST,
    NUMBERS,
    WHO,
    YES_NO,
)
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.value import WORDS, Condition, Counted, Question


class _Names(NamedTuple):
    """Names that stand together, the kinds they may be of, and how they are meant."""

    tokens: tuple[Token, ...]
    kinds: tuple[str, ...]
    mode: str
    link: str


class Reader(Cursor):
    """One text on its way to a question."""

    def __init__(self, text: str, tokens: list[Token], mentions: Mentions) -> None:
        super().__init__(text, tokens)
        self.mentions = mentions
        self.form, self.asked = "list", ""
        self.named: list[_Names] = []
        self.counted: Counted | None = None
        self.per = ""
        self.denied = self.excepted = self.only = False
        self.both = ""
        self.kinds: tuple[str, ...] | None = None
        self.joiner = ""

    # -- the opening

    def read(self) -> list[Question]:
        """Return every question that the text may ask. Raises NotRead."""
        self.read_opening()
        while self.token is not None:
            self.read_piece()
        self.close_denial()
        if self.kinds is not None or self.joiner or self.only or self.both:
            self.at = len(self.tokens) - 1
            raise self.fail()
        return self.list_readings()

    def read_opening(self) -> None:
        """Read how the question is put and, where it says so, what kind of thing it asks for."""
        while self.word in ("in", "on", "for", "under", "with", "at", "to", "by", "of"):
            following = self.tokens[self.at + 1].word if self.at + 1 < len(self.tokens) else ""
            if following not in WHO | LISTING | {"how"}:
                break
            self.at += 1
        if self.word in ("all", "every"):
            self.at += 1
            self.require_noun()
        elif self.take("how", "many") or self.take("number", "of") or self.take("count"):
            self.form = "count"
            self.skip("of", "the", "all")
            self.require_noun()
        elif self.word in WHO:
            self.at += 1
            self.skip("else")
            self.asked = "partner"
        elif self.word in LISTING:
            self.read_listing()
        elif self.word in YES_NO:
            self.at += 1
            self.form = "yes"

    def read_listing(self) -> None:
        listing = self.word
        self.at += 1
        self.skip("me", "us", "all", "every", "of", "the", "are", "is", "name")
        self.asked = self.take_noun()
        if not self.asked and listing not in ("what", "which", "list", "show", "give"):
            raise self.fail()

    def require_noun(self) -> None:
        self.asked = self.take_noun()
        if not self.asked:
            raise self.fail()

    # -- the pieces

    def read_piece(self) -> None:
        """Read the next piece: a name, a noun, a number, or a function word."""
        token = self.token
        assert token is not None
        if token.things or token.quoted:
            self.read_names()
        elif not (self.read_grouping() or self.read_amount() or self.read_noun()):
            self.read_word()

    def read_word(self) -> None:
        word = self.word
        if word in ("and", "or", "but", ",", "nor"):
            self.read_joiner(word)
        elif word in ("both", "either", "neither"):
            self.both = word
            self.denied = self.denied or word == "neither"
        elif word in EXCEPT:
            self.excepted = True
            following = self.words_ahead(2)[1:]
            self.at += following in (("for",), ("from",), ("than",))
        elif word in DENYING or self.is_leaving_out():
            if self.denied:
                raise self.fail()
            self.denied = True
            if word == "without":
                self.kinds = LINKS["with"]
        elif word == "only":
            self.only = True
        elif word in LINKS:
            self.read_link(word)
        elif word not in EMPTY:
            raise self.fail()
        self.at += 1

    def is_leaving_out(self) -> bool:
        """Take the first word of “leave out”, and say whether it stood here."""
        words = self.words_ahead(2)
        found = len(words) == 2 and words[0] in LEAVING and words[1] == "out"
        self.at += found
        return found

    def read_link(self, word: str) -> None:
        """Keep the kinds that may follow; a later link of some kinds says it more closely."""
        if LINKS[word] or self.kinds is None:
            self.kinds = LINKS[word]

    def read_joiner(self, word: str) -> None:
        starts = not self.named and not self.asked
        if starts or self.joiner not in ("", ",") or (self.kinds is not None and word != ","):
            raise self.fail()
        self.joiner = word

    def read_grouping(self) -> bool:
        """Read “per theme”, “in each theme”, “by theme”; say whether that stood here."""
        start = self.at
        if self.word not in GROUPING | {"by"}:
            return False
        by = self.word == "by"
        self.at += 1
        kind = self.take_noun()
        if not kind or self.per or self.denied:
            if by or not kind:
                self.at = start
                return False
            raise self.fail(start)
        self.per, self.kinds = kind, None
        return True

    def read_amount(self) -> bool:
        """Read “more than two partners”, “the most actions”, “no partner”."""
        start = self.at
        if self.word in MOST:
            comparison, number = MOST[self.word], 0
            self.at += 1
        elif (found := self.take_none() or self.take_comparison()) is not None:
            comparison, number = found
        else:
            return False
        kind = self.take_noun()
        if not kind or self.counted or self.denied or not self.asked:
            self.at = start
            if self.word in MOST or self.word.isdecimal() or self.word in NUMBERS:
                raise self.fail()
            return False
        self.counted = Counted(kind, comparison, number)
        self.kinds = None
        return True

    def take_none(self) -> tuple[str, int] | None:
        """Take “no” or “without any”, which a noun follows."""
        if self.word not in ("no", "without") or not self.asked:
            return None
        self.at += 1
        self.skip("any", "a", "an")
        return "=", 0

    def read_noun(self) -> bool:
        """Read a noun: what is asked for, the kind of the name that follows, or the carrier."""
        start = self.at
        kind = self.take_noun()
        if not kind:
            return False
        token = self.token
        if token is not None and kind in token.things:
            self.tokens[self.at] = token._replace(things={kind: token.things[kind]})
        elif self.named and kind in self.named[-1].kinds and self.tokens[start - 1].things:
            self.named[-1] = self.named[-1]._replace(kinds=(kind,))
        elif not self.asked and not self.denied:
            self.asked = kind
        elif kind == self.asked or kind != "action":
            raise self.fail(start)
        return True

    def close_denial(self) -> None:
        """Let a negation that nothing follows deny the name before it."""
        if not self.denied:
            return
        if not self.named or self.named[-1].mode == "none" or self.excepted:
            self.at = len(self.tokens) - 1
            raise self.fail()
        last = self.named[-1]
        if len(last.tokens) > 1 and last.mode == "all":
            self.at = len(self.tokens) - 1
            raise self.fail()
        self.named[-1] = last._replace(mode="none")
        self.denied, self.kinds = False, None

    # -- names

    def read_names(self) -> None:
        """Read the names that stand together, with “and” or “or” between them."""
        first = self.at
        tokens, joiner = self.take_listed()
        allowed = self.kinds
        kinds = [set(token.things) or {WORDS} for token in tokens]
        shared = set.intersection(*kinds)
        if allowed:
            shared &= set(allowed)
        elif self.joiner and self.named and shared & set(self.named[-1].kinds):
            shared &= set(self.named[-1].kinds)
        if not shared:
            raise self.fail(first)
        shared = self.prefer_labels(tokens, shared)
        self.check_joiner()
        mode = self.choose_mode(len(tokens), joiner)
        link = "same" if self.excepted else "link"
        self.named.append(_Names(tuple(tokens), tuple(sorted(shared)), mode, link))
        self.denied = self.excepted = self.only = False
        self.kinds, self.both, self.joiner = None, "", ""

    def prefer_labels(self, tokens: list[Token], kinds: set[str]) -> set[str]:
        """Return the kinds of which the names are labels, if there are any, else all."""
        labels = self.mentions.labels
        return {
            kind for kind in kinds if all(token.is_label(kind, labels) for token in tokens)
        } or kinds

    def take_listed(self) -> tuple[list[Token], str]:
        """Take names with joiners between; return them and the joiner."""
        tokens, joiners = [self.tokens[self.at]], []
        self.at += 1
        while True:
            here, words = self.at, []
            while self.word in (",", "and", "or", "nor"):
                words.append(self.word)
                self.at += 1
            self.skip("the")
            token = self.token
            if not words or token is None or not (token.things or token.quoted):
                self.at = here
                break
            joiners += words
            tokens.append(token)
            self.at += 1
        said = {"or" if word == "nor" else word for word in joiners} - {","}
        if len(said) > 1 or (joiners and not said):
            raise self.fail(self.at - 1)
        return tokens, said.pop() if said else ""

    def check_joiner(self) -> None:
        """Refuse “or” between conditions of their own: that would need another kind of question."""
        if self.joiner in ("or", "nor") and not self.denied:
            raise self.fail()

    def choose_mode(self, number: int, joiner: str) -> str:
        if self.denied or self.excepted:
            if joiner == "and" and number > 1 and not self.excepted:
                raise self.fail()  # not both, or neither?
            return "none"
        if (self.both == "both" and joiner != "and") or (self.both == "either" and joiner != "or"):
            raise self.fail()
        if self.only:
            if number > 1:
                raise self.fail()
            return "only"
        return "any" if joiner == "or" else "all"

    # -- what comes of it

    def list_readings(self) -> list[Question]:
        """Return a question for each way to take the names that are of several kinds."""
        asked = self.asked or self.guess_asked()
        found = []
        for kinds in product(*(each.kinds for each in self.named)):
            conditions = [
                self.make_condition(each, kind, asked)
                for each, kind in zip(self.named, kinds, strict=True)
            ]
            question = Question(self.form, asked, tuple(conditions), self.counted, self.per)
            found.append(question)
        return found

    def guess_asked(self) -> str:
        """Return what “what does Housing do” asks for: actions, where a partner is named."""
        kinds = [kind for each in self.named for kind in each.kinds]
        if self.form == "count" or "partner" not in kinds or self.per or self.counted:
            self.at = 0
            raise self.fail()
        return "action"

    def make_condition(self, named: _Names, kind: str, asked: str) -> Condition:
        if kind == WORDS:
            words = tuple((token.word,) for token in named.tokens)
            return Condition(WORDS, words, tuple(t.word for t in named.tokens), named.mode)
        things = tuple(token.things[kind] for token in named.tokens)
        said = tuple(self.mentions.name(kind, token) for token in named.tokens)
        for token, iris in zip(named.tokens, things, strict=True):
            if not self.mentions.is_shared(kind, iris, token.word):
                raise NotRead(token.text)
        is_same = kind == asked and (kind != "partner" or named.link == "same")
        link = "same" if is_same else "link"
        return Condition(kind, things, said, named.mode, link)
