"""The names that stand together in a question: which are meant, and whether all, any or none.

Out of scope: the words around them (`reading`).
"""

from typing import NamedTuple

from hwbs_graph.names import normalise
from hwbs_graph.question.cursor import Cursor, NotRead
from hwbs_graph.question.facets import BODY, FACETS, LAYER, PRINTED, PROGRESS
from hwbs_graph.question.lexicon import GENERIC, LIMITS, LISTING, PLACES, TOPICS, WHO, is_content
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.patterns import EXACT
from hwbs_graph.question.value import (
    JUDGED,
    LEADS,
    MENTIONED,
    OWN,
    QUOTED,
    STATED,
    WORDS,
    Condition,
    Counted,
)
from hwbs_graph.question.words import MARKS


class Names(NamedTuple):
    """Names that stand together, the kinds they may be of, and how they are meant."""

    tokens: tuple[Token, ...]
    kinds: tuple[str, ...]
    mode: str
    link: str


class NameReader(Cursor):
    """A text whose names are read; what is known of it so far stands in its fields."""

    def __init__(self, text: str, tokens: list[Token], mentions: Mentions) -> None:
        super().__init__(text, tokens)
        self.mentions = mentions
        self.form, self.asked = "list", ""
        self.named: list[Names] = []
        self.counted: Counted | None = None
        self.per = ""
        self.denied = self.excepted = self.only = self.namely = self.led = False
        self.both = ""
        self.kinds: tuple[str, ...] | None = None
        self.joiner = ""
        #: Words at which words to find end.
        self.ends: frozenset[str] = LIMITS
        #: The word that opens the question.
        self.opened = ""

    def read_names(self) -> None:
        """Read the names that stand together, with “and” or “or” between them."""
        first = self.at
        self.join_named_words()
        tokens, joiner = self.take_listed()
        allowed = self.kinds = self.widen_link(tokens)
        kinds = [self.list_kinds(token) for token in tokens]
        shared = set.intersection(*kinds)
        if allowed:
            shared &= widen_kinds(allowed)
        elif self.joiner and self.named and shared & set(self.named[-1].kinds):
            shared &= set(self.named[-1].kinds)
        if not shared:
            raise self.fail(first)
        shared = self.prefer_labels(tokens, shared)
        self.check_joiner()
        mode = self.choose_mode(len(tokens), joiner)
        is_same = self.excepted or (self.namely and len(shared) == 1) or self.is_marked(shared)
        link = "same" if is_same else LEADS if self.led else "link"
        # What an answer says back is found in any form, and what a person quotes as it stands.
        quoted = any(token.quoted and not token.guessed for token in tokens)
        link = QUOTED if quoted and first and self.tokens[first - 1].word != "hold" else link
        link = MENTIONED if allowed == (WORDS,) and link == "link" else link
        self.named.append(Names(tuple(tokens), tuple(sorted(shared)), mode, link))
        self.denied = self.excepted = self.only = self.namely = self.led = False
        self.kinds, self.both, self.joiner = None, "", ""

    def widen_link(self, tokens: list[Token]) -> tuple[str, ...] | None:
        """Return the kinds that may follow: topics, where “involved in” has one behind it."""
        places = self.kinds is not None and set(PLACES) <= set(self.kinds) and not self.denied
        known = {*widen_kinds(self.kinds or ()), *FACETS}
        if not places or self.asked not in ("", "action", "partner"):
            return self.kinds
        fits = any(token.quoted or not known.isdisjoint(token.things) for token in tokens)
        return self.kinds if fits else TOPICS

    def join_named_words(self) -> None:
        """Make one text of a name that is taken for words, and the content words behind it."""
        token, end = self.token, self.at + 1
        agent = self.asked == "partner" and self.kinds == ()
        sought = agent or (self.kinds is not None and WORDS in self.kinds)
        known = widen_kinds(self.kinds or ())
        if token is None or not sought or not token.things.keys().isdisjoint(known):
            return
        while self.tokens[end:] and _is_plain(self.tokens[end]) and not token.quoted:
            end += 1
        if end == self.at + 2 and self.tokens[end - 1].word in GENERIC and is_topic(token):
            del self.tokens[end - 1]
            return
        if end > self.at + 1:
            said = normalise(self.text[token.start : self.tokens[end - 1].end]).strip(MARKS)
            last = self.tokens[end - 1].end
            joined = Token(said, said, token.start, last, {}, quoted=True, guessed=True)
            self.tokens[self.at : end] = [joined]

    def is_marked(self, kinds: set[str]) -> bool:
        """Say whether a mark is that of the things asked for: “partners that are charities”."""
        alone = self.kinds is None and self.joiner in ("", ",")
        is_body = kinds == {BODY} and self.asked == "partner" and alone
        return is_body or kinds <= {PRINTED, PROGRESS}

    def take_listed(self) -> tuple[list[Token], str]:
        """Take names with joiners between; return them and the joiner."""
        tokens, joiners = [self.tokens[self.at]], []
        self.at += 1
        while True:
            here, words = self.at, []
            while self.word in (",", "and", "or", "nor"):
                words.append(self.word)
                self.at += 1
            self.skip("the", "any", "a", "an")
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

    def list_kinds(self, token: Token) -> set[str]:
        """Return the kinds of what a token names; other names of a topic may be words too."""
        if self.kinds == (WORDS,):
            return {WORDS}
        kinds = set(token.things)
        topic = self.kinds is None or WORDS in self.kinds
        labels = self.mentions.labels
        topics = kinds.intersection(TOPICS)
        asks_words = self.kinds is not None and kinds.isdisjoint(self.kinds)
        labelled = LAYER in kinds or any(token.is_label(kind, labels) for kind in topics)
        if topic and (topics or asks_words) and not labelled:
            kinds.add(WORDS)
        return kinds or {WORDS}

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
        if joiner == "or":
            return "any"
        return "all" if number == 1 or self.both == "both" else "and"

    def prefer_labels(self, tokens: list[Token], kinds: set[str]) -> set[str]:
        """Return the kinds of which the names are labels, if there are any, else all."""
        labels = self.mentions.labels
        return {
            kind for kind in kinds if all(token.is_label(kind, labels) for token in tokens)
        } or kinds

    def read_words(self) -> None:
        """Make one text of the content words in a row, to be found as it stands.

        More of them may stand behind “and” or “or”.
        """
        first = at = self.at
        while self.join_words(at) and self.tokens[at + 1 : at + 3]:
            following = [token.word for token in self.tokens[at + 1 : at + 3]]
            if following[0] not in ("and", "or") or not is_content("".join(following[1:])):
                break
            at += 2
        self.at = first
        self.read_names()

    def join_words(self, first: int) -> bool:
        """Make one token of the content words in a row from a place; say whether there are any."""
        self.at = first
        while is_content(self.word) and self.word not in self.ends:
            self.at += 1
        if self.at == first:
            return False
        start, end = self.tokens[first].start, self.tokens[self.at - 1].end
        said = normalise(self.text[start:end]).strip(MARKS)
        token = Token(said, said, start, end, {}, quoted=True, guessed=True)
        self.tokens[first : self.at] = [token]
        return True

    def read_code(self, kind: str) -> bool:
        """Make a name of a code that stands after its kind, such as “objective K”."""
        start = self.at
        self.skip("no", "number")
        token = self.token
        things = self.mentions.find_code(kind, token.text) if token and not token.things else ()
        if token is None or not things:
            self.at = start
            return False
        said = f"{kind} {token.text.strip(MARKS)}"
        self.tokens[self.at] = token._replace(text=said, things={kind: things})
        return True

    def has_conditions(self) -> bool:
        """Say whether there is anything yet that a pronoun may stand for."""
        return bool(self.named) or self.counted is not None

    def close_denial(self) -> None:
        """Let a negation that nothing follows deny the name before it."""
        if not self.denied:
            return
        if not self.named or self.named[-1].mode == "none" or self.excepted:
            self.at = len(self.tokens) - 1
            raise self.fail()
        last = self.named[-1]
        if len(last.tokens) > 1 and last.mode in ("all", "and"):
            self.at = len(self.tokens) - 1
            raise self.fail()
        self.named[-1] = last._replace(mode="none")
        self.denied, self.kinds = False, None

    def close_links(self) -> None:
        """Let a question end in a link, as “which actions is Housing named in” does."""
        words = {token.word for token in self.tokens}
        asks = self.opened in LISTING | WHO or not words.isdisjoint({"what", "which", "where"})
        if asks and self.named:
            self.kinds = None
        if self.both == "both" and len(self.named[-1:]) and len(self.named[-1].tokens) > 1:
            self.both = "" if self.named[-1].mode in ("all", "and") else self.both

    def make_condition(self, named: Names, kind: str, asked: str) -> Condition:
        if kind == WORDS:
            mark = EXACT if named.link == QUOTED else ""
            words = tuple((mark + token.word,) for token in named.tokens)
            named_so = named.link != MENTIONED and any(token.things for token in named.tokens)
            guessed = named_so or any(token.guessed for token in named.tokens)
            said = tuple(token.word for token in named.tokens)
            return Condition(WORDS, words, said, named.mode, "guessed" if guessed else "link")
        things = tuple(token.things[kind] for token in named.tokens)
        said = tuple(self.mentions.name(kind, token) for token in named.tokens)
        for token, iris in zip(named.tokens, things, strict=True):
            if not self.mentions.is_shared(kind, iris, token.word):
                raise NotRead(token.text)
        is_same = kind == asked and (kind != "partner" or named.link == "same")
        if kind in FACETS:
            is_same = named.link == "same"
        based = named.link if named.link in (STATED, JUDGED, OWN, LEADS) else "link"
        return Condition(kind, things, said, named.mode, "same" if is_same else based)


def is_topic(token: Token) -> bool:
    """Say whether a token names a topic."""
    return not token.things.keys().isdisjoint(TOPICS)


def widen_kinds(kinds: tuple[str, ...]) -> set[str]:
    """Return kinds with the marks that stand for their things: kinds of body, layers, own words."""
    marks = {"partner": BODY, "determinant": LAYER}
    return {*kinds, *(marks[kind] for kind in kinds if kind in marks)}


def _is_plain(token: Token) -> bool:
    is_word = not token.things and not token.quoted and token.word not in LIMITS
    return is_word and is_content(token.word)
