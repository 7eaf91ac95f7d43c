"""How a question is put: a list, a count or a yes or no, and of which kind of thing.

Out of scope: what follows the opening (`reading`).
"""

from hwbs_graph.question.amounts import AmountReader
from hwbs_graph.question.facets import BODY, PRINTED
from hwbs_graph.question.joins import ELEMENTS
from hwbs_graph.question.lexicon import BECAME, LISTING, PLANNED, TOPICS, WHO, YES_NO
from hwbs_graph.question.named_things import Names
from hwbs_graph.question.stated_kinds import CHANGE
from hwbs_graph.question.value import WORDS


class OpeningReader(AmountReader):
    """A text whose opening is read."""

    def read_opening(self) -> None:
        """Read how the question is put and, where it says so, what kind of thing it asks for."""
        self.skip_preposition()
        self.opened = "list" if self.take("set", "out") else self.word
        if self.take_fixed_opening():
            return
        if self.take("tell", "me") or self.take("read", "me"):
            self.skip("about")
        self.read_form()

    def skip_preposition(self) -> None:
        """Skip “in” of “in which actions”."""
        while self.word in ("in", "on", "for", "under", "with", "at", "to", "by", "of"):
            following = self.tokens[self.at + 1].word if self.at + 1 < len(self.tokens) else ""
            if following not in WHO | LISTING | {"how"}:
                break
            self.at += 1

    def take_fixed_opening(self) -> bool:
        """Read “what became of” and “what is planned for”, which say what is asked for."""
        if any(self.take(*words) for words in BECAME):
            self.asked, self.kinds = CHANGE, (*ELEMENTS, WORDS)
            return True
        if any(self.take(*words) for words in PLANNED):
            is_for = self.tokens[self.at - 1].word == "for"
            self.asked, self.kinds = "action", ("partner", *TOPICS) if is_for else TOPICS
            return True
        return False

    def read_form(self) -> None:
        """Read whether a list, a count or a yes is wanted, and of what kind of thing."""
        if self.word in ("all", "every"):
            self.at += 1
            self.skip("the", "of")
            self.asked = self.take_noun()
        elif self.take("how", "often"):
            self.form, self.asked = "count", "action"
        elif self.take_counting():
            self.form = "count"
            self.skip("of", "the", "all", "our")
            if not self.take_mark() and (self.token is None or not self.token.things):
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
            if self.take("there", "any") or self.take("there"):
                self.take_mark()
        elif not self.is_owner():
            self.take_mark()

    def is_owner(self) -> bool:
        """Say whether the name here owns what follows, as in “charities’ actions”."""
        if self.token is None or self.at + 1 >= len(self.tokens):
            return False
        at, self.at = self.at, self.at + 1
        noun, self.at = self.take_noun(), at
        return bool(noun)

    def take_mark(self) -> bool:
        """Take a mark for what is asked for, such as “charities”; say whether one stood here."""
        token = self.token
        facet = next((f for f in (BODY, PRINTED) if token and f in token.things), "")
        if not token or not facet:
            return False
        kind = self.mentions.marks.find_kind(token.word)
        self.asked = "partner" if facet == BODY else kind
        self.named.append(Names((token,), (facet,), "all", "same"))
        self.at += 1
        return True

    def take_counting(self) -> bool:
        """Take “how many” or “the total number of”; say whether one stood here."""
        start = self.at
        self.skip("what", "is", "the", "total")
        if any(self.take(*words) for words in (("how", "many"), ("number", "of"), ("count",))):
            return True
        self.at = start
        return False

    def read_listing(self) -> None:
        listing = self.word
        self.at += 1
        self.skip("me", "us", "all", "every")
        if not (self.take("of", "the", "plan") or self.take("of", "the", "action", "plan")):
            self.skip("of", "the", "are", "is", "name")
        if listing != "what" and self.take_mark():
            return
        self.asked = self.take_noun()
        if not self.asked and listing not in ("what", "which", "list", "show", "give"):
            raise self.fail()

    def require_noun(self) -> None:
        self.asked = self.take_noun()
        if not self.asked:
            raise self.fail()
