"""From the words and names of a text to the questions that they ask, each word used.

The reader goes once from left to right. What it does not know ends the reading: the words left
over are named. A name of several kinds is read in each way that its place allows.

Out of scope: finding names (`mentions`), and whether the data holds an answer.
"""

from itertools import pairwise, product

from hwbs_graph.question.cursor import NotRead
from hwbs_graph.question.joins import ELEMENTS, is_container
from hwbs_graph.question.lexicon import (
    DENYING,
    DOING,
    DONE_FOR,
    EMPTY,
    EXCEPT,
    FATES,
    GOVERNING,
    LIMITS,
    LINKS,
    LISTING,
    NAMELY,
    OUTSIDE,
    PLACES,
    PRONOUNS,
    WHO,
    YES_NO,
    is_content,
)
from hwbs_graph.question.named_things import Names
from hwbs_graph.question.stated_kinds import CHANGE, ELEMENT
from hwbs_graph.question.unnamed import UnnamedReader
from hwbs_graph.question.value import LEADS, WORDS, Condition, Question, join_words
from hwbs_graph.question.worded_names import join_worded


class Reader(UnnamedReader):
    """One text on its way to a question."""

    def read(self) -> list[Question]:
        """Return every question that the text may ask. Raises NotRead."""
        self.tokens = join_worded(self.text, self.tokens, self.mentions)
        self.read_opening()
        while self.token is not None:
            self.read_piece()
        self.close_denial()
        self.close_links()
        if self.kinds is not None or self.joiner or self.only or self.both:
            self.at = len(self.tokens) - 1
            raise self.fail()
        return self.list_readings()

    def read_piece(self) -> None:
        """Read the next piece: a name, a noun, a number, or a function word."""
        token = self.token
        assert token is not None
        if token.things or token.quoted:
            self.read_names()
        elif not (
            self.read_condition()
            or self.read_phrase()
            or self.read_grouping()
            or self.read_amount()
            or self.read_noun()
        ):
            self.read_word()

    def read_word(self) -> None:
        """Read one function word, or words to be found in a text. Raises NotRead for any other."""
        word = self.word
        if self.read_purpose():
            return
        if self.takes_words() and is_content(word) and not self.is_setting_aside():
            self.read_words()
            return
        if self.read_aside() or self.read_late_opening() or self.read_owned():
            return
        if self.read_unnamed():
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
            self.read_denial(word)
        elif word in LINKS:
            self.read_link(word)
        elif not self.read_mark_of_form(word) and (
            (word not in EMPTY and word not in DOING) or self.is_past()
        ):
            raise self.fail()
        self.at += 1

    def read_mark_of_form(self, word: str) -> bool:
        """Read a word that changes what is asked for, or how; say whether it is one."""
        if word == "only":
            self.only = True
        elif word == "who" and self.form == "list" and not (self.asked or self.opened in LISTING):
            self.asked = "partner"
        elif word in FATES and self.opened in YES_NO and self.asked in ("", CHANGE):
            self.read_fate()
        elif word == "between" and self.asked == CHANGE:
            self.kinds = ("plan",)
        elif word == NAMELY:
            self.namely = True
        else:
            return False
        return True

    def read_denial(self, word: str) -> None:
        """Read a word that denies what follows. Raises NotRead for a second one before a name."""
        if self.denied:
            raise self.fail()
        self.denied = True
        self.kinds = {"without": LINKS["with"], OUTSIDE: PLACES}.get(word, self.kinds)

    def read_fate(self) -> None:
        """Read “still” or “new” in a yes or no: the changes between plans tell it."""
        self.asked, self.form = CHANGE, "list"
        if not self.named:
            self.kinds = (*ELEMENTS, WORDS)

    def asks_fate(self) -> bool:
        """Say whether “is X new” stands here, where X may be words."""
        words = {token.word for token in self.tokens}
        found = self.opened in YES_NO and not self.asked and not words.isdisjoint(FATES)
        self.ends = FATES | LIMITS if found else LIMITS
        return found

    def read_late_opening(self) -> bool:
        """Read an opening that stands behind its topic; say whether it stood here."""
        words = self.words_ahead(2)
        is_counting = words == ("how", "many")
        if self.asked or self.form != "list" or self.at == 0 or self.opened in LISTING | WHO:
            return False
        if not is_counting and self.word not in ("which", "what", "who"):
            return False
        if self.joiner not in ("", ",") or (self.named == [] and not is_counting):
            raise self.fail()
        self.kinds, self.joiner = None, ""
        self.read_opening()
        return True

    def is_past(self) -> bool:
        """Say whether “done” stands here and “being” does not before it: a plan is not progress."""
        before = {token.word for token in self.tokens[: self.at]}
        return self.word == "done" and before.isdisjoint({"be", "being"})

    def takes_words(self) -> bool:
        """Say whether words to find may stand here: after “about”."""
        agent = self.asked == "partner" and self.kinds == ()
        agent = agent or (self.kinds is None and self.word not in FATES and self.asks_fate())
        return agent or WORDS in (self.kinds or ()) or (self.at == 0 and self.opens_late())

    def opens_late(self) -> bool:
        """Say whether the topic stands first, and “in how many” or “in which” behind it."""
        words = [token.word for token in self.tokens]
        pairs = [*pairwise(words)]
        return ("how", "many") in pairs[1:] or ("in", "which") in pairs[1:]

    def read_link(self, word: str) -> None:
        """Keep the kinds that may follow; a later link of some kinds says it more closely."""
        following = self.words_ahead(2)[1:]
        if following and following[0] in PRONOUNS and not self.denied and self.has_conditions():
            return
        self.read_agent(word)
        if LINKS[word] or self.kinds is None:
            self.kinds = LINKS[word]

    def read_joiner(self, word: str) -> None:
        starts = not self.named and not self.asked
        if starts or self.joiner not in ("", ",") or (self.kinds is not None and word != ","):
            raise self.fail()
        self.joiner = word

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
            self.joiner = "" if self.joiner == "," else self.joiner
            self.read_owner(start - 1)
            self.kinds = None if self.denied else self.kinds
        elif kind == self.asked or kind not in ("action", ELEMENT):
            raise self.fail(start)
        return True

    def list_readings(self) -> list[Question]:
        """Return a question for each way to take the names that are of several kinds."""
        asked = self.asked or self.guess_asked()
        self.check_responsible(asked)
        self.check_groups()
        found = []
        ways = [self.list_ways(each, asked) for each in self.named]
        for chosen in product(*ways):
            conditions = [
                self.make_condition(each._replace(mode=mode), kind, asked)
                for each, (kind, mode) in zip(self.named, chosen, strict=True)
            ]
            held = (*join_words(self.mark_leads(conditions)), *self.marked)
            # Only a theme or a plan stands beside each thing in a list.
            is_tally = self.per and self.form == "list" and not is_container(asked, self.per)
            form = "count" if is_tally else self.form
            question = Question(form, asked, held, self.counted, self.per)
            found.append(question)
        return found

    def mark_leads(self, conditions: list[Condition]) -> list[Condition]:
        """Return conditions as those of who leads, where that is asked. Raises NotRead for others.

        Who leads a theme or a plan is told by no action.
        """
        if not self.leading:
            return conditions
        if {each.kind for each in conditions} != {"action"}:
            raise NotRead("lead")
        return [each._replace(link=LEADS) for each in conditions]

    def check_responsible(self, asked: str) -> None:
        """Refuse “who is responsible for” what is no action: others than partners may be.

        Who manages or delivers a whole plan is not told by the partners of its actions.
        """
        words = [token.word for token in self.tokens]
        met = {kind for each in self.named for kind in each.kinds}
        wrong = GOVERNING if met == {"plan"} else frozenset({"responsible"})
        wrong = frozenset() if met <= {"action", WORDS} else wrong
        found = [at for at, word in enumerate(words) if word in wrong]
        if asked == "partner" and found:
            self.at = found[0]
            raise self.fail()

    def check_groups(self) -> None:
        """Refuse “young people who are out of work”, where one group says who of another is meant.

        Raises NotRead.
        """
        groups = [each for each in self.named if "population group" in each.kinds]
        narrowed = any(token.word == "who" for token in self.tokens[1:])
        if narrowed and len([each for each in groups if each.mode != "none"]) > 1:
            raise NotRead(groups[0].tokens[0].text)

    def list_ways(self, named: Names, asked: str) -> list[tuple[str, str]]:
        """Return each kind and mode that names may be meant in.

        “Actions in Warmth and Company” may be those of either, as none is in both.
        """
        if asked == CHANGE and named.mode == "and" and named.kinds == ("plan",):
            return [("plan", "any")]  # between two plans
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
        is_doing = self.asks_doing(words)
        asks = (
            is_doing or self.opened in LISTING | YES_NO or not words.isdisjoint(("what", "where"))
        )
        # What is not done is no list of other actions.
        affirmed = any(each.mode != "none" for each in self.named)
        known = affirmed if is_doing else "partner" in kinds
        if self.form == "count" or not known or not kinds or self.counted or not asks:
            self.at = 0
            raise self.fail()
        return "action"

    def asks_doing(self, words: set[str]) -> bool:
        """Say whether the text asks what is done: “what does the plan do for carers”."""
        pairs = pairwise(self.tokens)
        does = any(o.word in ("do", "plan") and n.word in DONE_FOR for o, n in pairs)
        return does or not words.isdisjoint(DOING)
