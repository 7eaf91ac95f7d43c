"""From the words and names of a text to the questions that they ask, each word used.

The reader goes once from left to right. What it does not know ends the reading: the words left
over are named. A name of several kinds is read in each way that its place allows.

Out of scope: finding names (`mentions`), and whether the data holds an answer.
"""

from itertools import product

from hwbs_graph.question.joins import is_container
from hwbs_graph.question.lexicon import (
    AGENT,
    ALONE,
    DENYING,
    DOING,
    EMPTY,
    EXCEPT,
    EXTREMES,
    GROUPING,
    LEAVING,
    LINKS,
    LISTING,
    MOST,
    NUMBERS,
    OUTSIDE,
    PHRASES,
    PLACES,
    PRONOUNS,
    SETTING,
    WHO,
    YES_NO,
    is_content,
)
from hwbs_graph.question.mentions import Token
from hwbs_graph.question.named_things import NameReader, Names
from hwbs_graph.question.value import WORDS, Counted, Question


class Reader(NameReader):
    """One text on its way to a question."""

    def read(self) -> list[Question]:
        """Return every question that the text may ask. Raises NotRead."""
        self.read_opening()
        while self.token is not None:
            self.read_piece()
        self.close_denial()
        self.close_links()
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
        self.opened = "list" if self.take("set", "out") else self.word
        if self.take("tell", "me") or self.take("read", "me"):
            self.skip("about")
        if self.word in ("all", "every"):
            self.at += 1
            self.skip("the", "of")
            self.asked = self.take_noun()
        elif self.take("how", "often"):
            self.form, self.asked = "count", "action"
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
        self.skip("me", "us", "all", "every")
        if not (self.take("of", "the", "plan") or self.take("of", "the", "action", "plan")):
            self.skip("of", "the", "are", "is", "name")
        self.asked = self.take_noun()
        if not self.asked and listing not in ("what", "which", "list", "show", "give"):
            raise self.fail()

    def require_noun(self) -> None:
        self.asked = self.take_noun()
        if not self.asked:
            raise self.fail()

    def read_piece(self) -> None:
        """Read the next piece: a name, a noun, a number, or a function word."""
        token = self.token
        assert token is not None
        if token.things or token.quoted:
            self.read_names()
        elif not (
            self.read_phrase() or self.read_grouping() or self.read_amount() or self.read_noun()
        ):
            self.read_word()

    def read_phrase(self) -> bool:
        """Read words that belong together; say whether they stood here."""
        if self.named and any(self.take(*words) for words in ALONE):
            last = self.named[-1]
            if len(last.tokens) > 1 or last.mode != "all" or self.kinds is not None or self.denied:
                raise self.fail()
            self.named[-1] = last._replace(mode="only")
            return True
        for words, kinds in PHRASES.items():
            if self.words_ahead(len(words)) == words:
                self.read_agent(words[0])
                self.at += len(words)
                self.kinds = kinds if kinds else self.kinds
                self.joiner = "" if self.joiner == "," else self.joiner
                return True
        return False

    def read_word(self) -> None:
        """Read one function word, or words to be found in a text. Raises NotRead for any other."""
        word = self.word
        if self.takes_words() and is_content(word) and not self.is_setting_aside():
            self.read_words()
            return
        if self.read_aside():
            return
        if word in ("and", "or", "but", ",", "nor"):
            self.read_joiner(word)
        elif word in ("both", "either", "neither"):
            self.both = word
            self.denied = self.denied or word == "neither"
        elif word in EXCEPT:
            self.excepted = True
            following = self.words_ahead(2)[1:]
            self.at += following in (("for",), ("from",), ("than",))
        elif word in DENYING or word == OUTSIDE or self.is_leaving_out():
            if self.denied:
                raise self.fail()
            self.denied = True
            self.kinds = {"without": LINKS["with"], OUTSIDE: PLACES}.get(word, self.kinds)
        elif word == "only":
            self.only = True
        elif word in LINKS:
            self.read_link(word)
        elif word == "who" and self.form == "list" and not (self.asked or self.opened in LISTING):
            self.asked = "partner"
        elif word not in EMPTY or self.is_past():
            raise self.fail()
        self.at += 1

    def is_past(self) -> bool:
        """Say whether “done” stands here and “being” does not before it: a plan is not progress."""
        before = {token.word for token in self.tokens[: self.at]}
        return self.word == "done" and before.isdisjoint({"be", "being"})

    def takes_words(self) -> bool:
        """Say whether words to find may stand here: after “about”."""
        return WORDS in (self.kinds or ())

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

    def read_link(self, word: str) -> None:
        """Keep the kinds that may follow; a later link of some kinds says it more closely."""
        following = self.words_ahead(2)[1:]
        if following and following[0] in PRONOUNS and not self.denied and self.has_conditions():
            return
        self.read_agent(word)
        if LINKS[word] or self.kinds is None:
            self.kinds = LINKS[word]

    def read_agent(self, word: str) -> None:
        """Take a name before what a body does, such as “works”, for that of the body."""
        is_next = bool(self.named) and self.find_before() is self.named[-1].tokens[-1]
        if word in AGENT and is_next and "partner" in self.named[-1].kinds:
            self.named[-1] = self.named[-1]._replace(kinds=("partner",))

    def find_before(self) -> Token:
        """Return the token before this place that is no empty word."""
        before = self.tokens[: self.at]
        while len(before) > 1 and not before[-1].things and before[-1].word in EMPTY:
            before = before[:-1]
        return before[-1]

    def read_joiner(self, word: str) -> None:
        starts = not self.named and not self.asked
        if starts or self.joiner not in ("", ",") or (self.kinds is not None and word != ","):
            raise self.fail()
        self.joiner = word

    def read_grouping(self) -> bool:
        """Read “per theme”, “in each theme”, “by theme”; say whether that stood here."""
        start = self.at
        if self.words_ahead(3)[1:2] == ("by",) and len(set(self.words_ahead(3))) == 2:
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
        start = self.at
        extreme = self.take_extreme()
        if extreme:
            comparison, number = extreme, 0
        elif (found := self.take_none() or self.take_comparison()) is not None:
            comparison, number = found
        else:
            return False
        kind = self.take_noun()
        if not kind or self.counted or self.denied or not self.asked:
            self.at = start
            if extreme or self.word.isdecimal() or self.word in NUMBERS:
                raise self.fail()
            return False
        self.counted = Counted(kind, comparison, number)
        self.kinds = None
        return True

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

    def read_noun(self) -> bool:
        """Read a noun: what is asked for, the kind of the name that follows, or the carrier."""
        start = self.at
        kind = self.take_noun()
        if not kind:
            return False
        token = self.token
        if token is not None and kind in token.things:
            self.tokens[self.at] = token._replace(things={kind: token.things[kind]})
        elif self.read_code(kind):
            pass
        elif self.named and kind in self.named[-1].kinds and self.tokens[start - 1].things:
            self.named[-1] = self.named[-1]._replace(kinds=(kind,))
        elif not self.asked and (not self.denied or self.tokens[start - 1].word in LISTING):
            self.asked = kind
            self.read_owner(start - 1)
            self.kinds = None if self.denied else self.kinds
        elif kind == self.asked or kind != "action":
            raise self.fail(start)
        return True

    def read_owner(self, at: int) -> None:
        """Take “Housing’s” before “actions” for those of the body, not of the topic."""
        token, last = self.tokens[max(at, 0)], self.named[-1] if self.named else None
        owns = self.text[token.start : token.end].endswith(("'s", "’s", "s'", "s’"))
        if self.asked == "action" and owns and last and last.tokens[-1] is token:
            kinds = ("partner",) if "partner" in last.kinds else last.kinds
            self.named[-1] = last._replace(kinds=kinds)

    def list_readings(self) -> list[Question]:
        """Return a question for each way to take the names that are of several kinds."""
        asked = self.asked or self.guess_asked()
        found = []
        ways = [self.list_ways(each, asked) for each in self.named]
        for chosen in product(*ways):
            conditions = [
                self.make_condition(each._replace(mode=mode), kind, asked)
                for each, (kind, mode) in zip(self.named, chosen, strict=True)
            ]
            question = Question(self.form, asked, tuple(conditions), self.counted, self.per)
            found.append(question)
        return found

    def list_ways(self, named: Names, asked: str) -> list[tuple[str, str]]:
        """Return each kind and mode that names may be meant in.

        “Actions in Warmth and Company” may be those of either, as none is in both.
        """
        ways = [(kind, "all" if named.mode == "and" else named.mode) for kind in named.kinds]
        if named.mode == "and":
            ways += [(kind, "any") for kind in named.kinds if is_container(asked, kind)]
        return ways

    def guess_asked(self) -> str:
        """Return what “what does Housing do” asks for: actions, where a partner is named."""
        kinds = [kind for each in self.named for kind in each.kinds]
        single = len(self.named) == 1 and len(self.named[0].kinds) == 1
        if single and self.form == "list" and kinds[0] in ("action", "objective", "priority"):
            return kinds[0]
        if single and kinds[0] == "partner" and len(self.tokens) == 1:
            return "action"
        words = {token.word for token in self.tokens}
        asks = self.opened in LISTING | YES_NO or not words.isdisjoint({"what", "where", *DOING})
        known = "partner" in kinds
        if not words.isdisjoint(DOING):
            # What is not done is no list of other actions.
            known = any(each.mode != "none" for each in self.named)
        if self.form == "count" or not known or not kinds or self.counted or not asks:
            self.at = 0
            raise self.fail()
        return "action"
