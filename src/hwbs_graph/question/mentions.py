"""The names of things in a text, and the other words between them.

The longest known name of any kind wins, and a part of a longer name never matches. A code that is
one or two signs long stands for nothing without its theme or kind. A year stands for the plans
that begin in it.

Out of scope: what a question asks (`reading`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.names.recognition import fold_plurals
from hwbs_graph.question.facets import FACETS
from hwbs_graph.question.lexicon import COMPARISONS, EMPTY, LINKS, TOPICS, list_nouns
from hwbs_graph.question.marks import Marks
from hwbs_graph.question.patterns import make_pattern
from hwbs_graph.question.words import CONTRACTIONS, MARKS
from hwbs_graph.store import Engine, is_iri

_MOST_WORDS = 16
_YEARS = r"\b((?:19|20)\d\d)(?:\s*[-–—/]\s*\d{2,4})?\b"
_EDGES = MARKS + "!()[]{}*_|"
#: A longer label is a sentence, and its code says it better.
_LONGEST_LABEL = 60
#: A shorter beginning begins too much.
_SHORTEST = 3
#: A first word of so many partners' names, such as the town, may be left out.
_MANY = 3
_COUNCIL = r"(\w+(?: \w+)?) (city|county|borough|district) council"
_PLAN_NOUNS = ("plan", "strategy")
_OF_EVERY_PLAN = frozenset(("the", "a", "an", "of", "for", "and", "joint", "action", *_PLAN_NOUNS))
#: Behind these words a name stands, though it be a word for what a body does: “about play”.
_TOPICAL = ("about", "regarding")
#: Before words that names of several bodies hold, any of which is meant.
ANY_BODY = "any body named"
_TELLING_PLANS = ("action", *_PLAN_NOUNS)
#: Kinds whose things may share a name from plan to plan, and are then all meant.
_OF_PLANS = ("theme", "objective", "priority", "focus area", "action")


class Token(NamedTuple):
    """A word, or a name with the IRIs that it stands for, by kind."""

    text: str
    word: str
    start: int
    end: int
    #: For each kind the things meant; several of a kind share the very name.
    things: dict[str, tuple[str, ...]]
    #: Whether it stands within quotes, as words to find.
    quoted: bool = False
    #: Whether it was taken for words to find because it is nothing else.
    guessed: bool = False

    def is_label(self, kind: str, labels: Mapping[str, str]) -> bool:
        """Say whether it is the very label of what it names of a kind."""
        return any(labels.get(iri) == self.word for iri in self.things.get(kind, ()))


class Mentions:
    """Every name of one graph, to be found in texts."""

    def __init__(self, engine: Engine) -> None:
        known = [n for n in names.list_names(engine) if not n.possible and is_iri(n.thing.iri)]
        self._by_form: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.labels: dict[str, str] = {}
        self.printed: dict[str, str] = {}
        self._years: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, str] = {}
        #: Groups of people by the first half of a name, such as “pregnant women”.
        self.halves: dict[str, str] = {}
        #: Words for the area of a plan, such as “county”: the name of the place, and its plans.
        self.places: dict[str, tuple[str, set[str]]] = {}
        self._of_kind: dict[str, set[str]] = defaultdict(set)
        self._plans: dict[str, list[set[str]]] = defaultdict(list)
        self._alike: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._add_beginnings(known)
        for name in known:
            thing = name.thing
            self.printed[thing.iri] = thing.label
            self.labels[thing.iri] = names.normalise(thing.label)
            self._of_kind[thing.kind].add(thing.iri)
            self._by_form[names.normalise(name.text)][thing.kind].add(thing.iri)
            if thing.kind in ("partner", *TOPICS):
                folded = fold_plurals(names.normalise(name.text))
                self._alike[folded][thing.kind].add(thing.iri)
            if thing.kind == "plan":
                self._add_years(name.text, thing.iri)
                self._plans[thing.iri].append(set(_list_plain(name.text)))
        self._add_places(known)
        self.marks = Marks(engine)

    def _add_beginnings(self, known: list[names.Name]) -> None:
        """Note the beginnings, of whole words, that only one name of all has: a partner's."""
        long = {kind.name for kind in bundled.registry().kinds if kind.long_named}
        begun: dict[str, set[str]] = defaultdict(set)
        for name in known:
            if name.thing.kind not in (*long, "action", "objective", "priority"):
                words = re.findall(r"[^\s,:]+", names.normalise(name.text))
                for size in range(1, len(words)):
                    begun[" ".join(words[:size])].add(name.thing.iri)
        self._add_halves(begun, known)
        partners = {n.thing.iri for n in known if n.thing.kind == "partner"}
        self._add_endings(begun, [n for n in known if n.thing.kind == "partner"])
        for form, iris in begun.items():
            if len(iris) == 1 and iris <= partners and len(form) > _SHORTEST:
                self._beginnings[form] = next(iter(iris))

    def _add_halves(self, begun: dict[str, set[str]], known: list[names.Name]) -> None:
        """Note “pregnant women” for “pregnant women and new mothers”, where nothing begins so."""
        for name in known:
            half, joiner, _ = names.normalise(name.text).partition(" and ")
            if joiner and name.thing.kind == "population group" and len(begun[half]) == 1:
                self.halves[half] = name.thing.iri

    def _add_endings(self, begun: dict[str, set[str]], partners: list[names.Name]) -> None:
        """Note what is left of a partner's name without a first word that many begin with."""
        firsts = Counter(first for first, _ in {_split_first(n) for n in partners})
        for name in partners:
            first, rest = _split_first(name)
            if firsts[first] >= _MANY and len(rest) > _SHORTEST and rest not in self._by_form:
                begun[rest].add(name.thing.iri)

    def _add_places(self, known: list[names.Name]) -> None:
        """Note “city” for the plans of a place whose council is a city council, if of one alone."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in known:
            # A printed spelling may be a misprint: the label alone counts.
            if council := re.fullmatch(_COUNCIL, names.normalise(name.thing.label)):
                found[council[2]].add(council[1])
        for word, towns in found.items():
            town = set(towns.pop().split())
            held = {iri for iri, told in self._plans.items() if any(town <= n for n in told)}
            if not towns and held:
                self.places[word] = (" ".join(town), held)

    def name_towns(self, text: str) -> str:
        """Return a text with “the city’s” or “county” made the name of the place."""
        for word, (town, _) in self.places.items():
            text = re.sub(rf"(?i)\b(?:the )?{word}(?:['’]s)?\b", town.title(), text)
        return text

    def _add_years(self, text: str, iri: str) -> None:
        if found := re.search(_YEARS, text):
            self._years[found[1]].add(iri)
            self._years[names.normalise(found[0])].add(iri)

    def find(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return what a name stands for, by kind."""
        form = names.normalise(text)
        if len(form) < 3:
            return {}
        found = {kind: tuple(sorted(iris)) for kind, iris in self._by_form.get(form, {}).items()}
        if plans := self._years.get(form) or self._find_plans(form):
            found.setdefault("plan", tuple(sorted(plans)))
        if not found and form in self.halves:
            found["population group"] = (self.halves[form],)
        if text[:1].isupper() and "partner" not in found and form in self._beginnings:
            found["partner"] = (self._beginnings[form],)
        return found

    @property
    def plans(self) -> list[str]:
        """The plans."""
        return sorted(self._plans)

    @property
    def common(self) -> set[str]:
        """The words of the plans' names, which say little of a text."""
        return set().union(*(words for each in self._plans.values() for words in each))

    def _find_plans(self, form: str) -> set[str]:
        """Return the plans of which “Elmstead action plan” tells some words, and not all plans."""
        bare = re.sub(r"['’]s?\b", "", form)
        words = bare.replace("strategies", "strategy").replace("plans", "plan").split()
        opened = words[:1] in (["of"], ["for"], ["and"])
        telling = set(words) - _OF_EVERY_PLAN
        if opened or len(words) < 2 or words[-1] not in _PLAN_NOUNS or not telling:
            return set()
        areas = [self.places[word][1] for word in telling if word in self.places]
        open_to = set(self._plans).intersection(*areas)
        if telling <= self.places.keys() and words[-2:] != ["action", "plan"]:
            return open_to if words[-1] == "plan" else self._find_strategies(open_to, words)
        return self._find_strategies(open_to, [w for w in words if w not in self.places])

    def _find_strategies(self, plans: set[str], words: list[str]) -> set[str]:
        """Return those of some plans whose names hold the telling words.

        A strategy is no action plan, though the name of its action plan holds the word.
        """
        asked = {word for word in words if word not in _OF_EVERY_PLAN or word in _TELLING_PLANS}
        asked -= self.places.keys()
        held = {iri: [name for name in self._plans[iri] if name >= asked] for iri in plans}
        found = {iri for iri, known in held.items() if known}
        bare = {iri for iri in found if any("action" not in name for name in held[iri])}
        found = found if "action" in asked else bare or found
        return found if len(found) < len(self._plans) else set()

    def find_alike(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the one partner that a name but for plurals and apostrophes is of, and topics."""
        form = fold_plurals(names.normalise(text))
        alike = self._alike.get(form, {}) if len(form) > _SHORTEST else {}
        if len(alike.get("partner", ())) != 1:
            return {}
        return {kind: tuple(sorted(iris)) for kind, iris in alike.items()}

    def find_code(self, kind: str, text: str) -> tuple[str, ...]:
        """Return the things of a kind that a code of one or two signs stands for."""
        form = names.normalise(text).strip(_EDGES)
        return tuple(sorted(self._by_form.get(form, {}).get(kind, ()))) if len(form) < 3 else ()

    def find_worded(self, kind: str, words: list[str]) -> tuple[str, ...]:
        """Return the things of a kind whose label holds some words."""
        patterns = [re.compile(make_pattern(word)) for word in words]
        return tuple(
            iri
            for iri in sorted(self._of_kind[kind])
            if all(pattern.search(self.labels[iri]) for pattern in patterns)
        )

    def find_bodies(self, words: list[str]) -> tuple[str, ...]:
        """Return the partners of which one name holds some words."""
        patterns = [re.compile(make_pattern(word)) for word in words]
        return tuple(
            sorted(
                {
                    iri
                    for form, kinds in self._by_form.items()
                    for iri in kinds.get("partner", ())
                    if all(pattern.search(form) for pattern in patterns)
                }
            )
        )

    def name(self, kind: str, token: Token) -> str:
        """Return the label of what a token names, where it is short and means the same."""
        if kind in FACETS:
            return self.marks.say(kind, token.text)
        labels = {self.printed[iri] for iri in token.things[kind]}
        label = labels.pop()
        same = not labels and self.find(label).get(kind) == token.things[kind]
        return label if same and len(label) <= _LONGEST_LABEL else token.text

    def is_shared(self, kind: str, iris: tuple[str, ...], form: str) -> bool:
        """Say whether things are all meant by a name that each carries in its own plan."""
        if len(iris) == 1 or kind in FACETS:
            return True
        if kind == "plan" and (self._years.get(form) or self._find_plans(form)):
            return True
        if kind == "partner" and form.startswith(ANY_BODY):
            return True
        return kind in _OF_PLANS and len({self.labels[iri] for iri in iris}) == 1

    def read(self, text: str) -> list[Token]:
        """Return the words and names of a text in their order."""
        pieces = self.split(text)
        taken: list[Token | None] = [*pieces]
        for size in range(min(_MOST_WORDS, len(pieces)), 0, -1):
            for at in range(len(pieces) - size + 1):
                span = pieces[at : at + size]
                is_free = all(taken[at + i] is span[i] for i in range(size))
                before = pieces[at - 1].word if at else ""
                if is_free and (token := self._match(text, span, before)):
                    taken[at : at + size] = [token, *[None] * (size - 1)]
        return self._name_places([token for token in taken if token])

    def _name_places(self, tokens: list[Token]) -> list[Token]:
        """Return tokens with “county” before a noun, as in “county actions”, made its plans."""
        for at, token in enumerate(tokens[:-1]):
            if token.word in self.places and not token.things and _is_noun(tokens[at + 1 :]):
                plans = tuple(sorted(self.places[token.word][1]))
                said = f"{token.word} plans"
                tokens[at] = token._replace(text=f"the {said}", word=said, things={"plan": plans})
        return tokens

    @staticmethod
    def split(text: str) -> list[Token]:
        """Return the words of a text, with no name among them."""
        return [
            Token(each[0], word, *each.span(), {}, each[0][0] in '“"')
            for each in _split(text)
            for word in _list_words(each[0])
        ]

    def _opens_with_mark(self, span: list[Token], before: str) -> bool:
        """Say whether a span is “any” of some kind, and more: “any university of” some town."""
        if before != "any" or span[0].text[:1].isupper():
            return False
        words = [token.word for token in span]
        return any(self.marks.find(" ".join(words[:end]), before) for end in range(1, len(words)))

    def _match(self, text: str, span: list[Token], before: str) -> Token | None:
        start, end = span[0].start, span[-1].end
        said = text[start:end].strip(_EDGES)
        if "," in (span[0].word, span[-1].word):
            return None
        if len(span) == 1 and _is_function(span[0].word) and before not in _TOPICAL:
            return None
        bare = dict.fromkeys((said, re.sub(r"['’]s?$", "", said)))
        for find, name in product((self.find, self.find_alike), bare):
            if (things := find(name)) and not self._opens_with_mark(span, before):
                quoted = len(span) == 1 and span[0].quoted
                return Token(name, names.normalise(name), start, end, things, quoted)
        marked = {} if span[0].quoted else self.marks.find(bare.popitem()[0], before)
        return Token(said, names.normalise(said), start, end, marked) if marked else None


def _is_noun(tokens: list[Token]) -> bool:
    """Say whether tokens begin with a noun for a kind of thing that plans hold."""
    words = tuple("" if token.things else token.word for token in tokens[:2])
    return any(list_nouns().get(words[:size]) in _OF_PLANS for size in (1, 2))


def _split_first(name: names.Name) -> tuple[str, str]:
    """Return the first word of a name, normalised, and the rest."""
    first, _, rest = names.normalise(name.text).partition(" ")
    return first, rest


def _list_plain(text: str) -> list[str]:
    return re.findall(r"\w+", names.normalise(text))


def _split(text: str) -> list[re.Match[str]]:
    return [*re.finditer(r"“[^”]*”|\"[^\"]*\"|,|[^\s,“\"]+", text)]


def _list_words(printed: str) -> list[str]:
    """Return a printed word as it is compared: two words for a contraction; a comma stays."""
    if printed == ",":
        return [printed]
    word = names.normalise(printed).strip(_EDGES)
    if printed[0] in '“"':
        return [word] if word else []
    for pattern, long in CONTRACTIONS.items():
        word = re.sub(pattern, long, word)
    return word.split()


def _is_function(word: str) -> bool:
    known = {part for words in COMPARISONS for part in words}
    return word in EMPTY or word in LINKS or word in known or (word,) in list_nouns()
