"""The words of a question, in the form in which two questions are compared.

Out of scope: what a question asks; that takes the wordings of the catalogue.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from hwbs_graph import names
from hwbs_graph.data import bundled

#: Words that say the same in a question, after the one that stands for them.
_SYNONYMS = """which what|who whom|is are was were be been|do does did doing|have has had having
several multiple|show list|span spanning
involve involved involving|name named naming mention mentioned|work working worked|1 one|5 five"""
_GROUPS = map(str.split, re.split(r"[|\n]", _SYNONYMS))
_SAME = {other: first for first, *others in _GROUPS for other in others}
_AMERICAN = {
    r"\b(organ|recogn|question_key)iz": r"\1is",
    r"\b(neighb|behavi)or": r"\1our",
    r"\b(program)(?!m)": r"\1me",
    r"\baging\b": "ageing",
}
CONTRACTIONS = {
    r"^(can'?t|cannot)$": "can not",
    r"^(do|does|did|is|are|has|have)n'?t$": r"\1 not",
    r"n't$": " not",
    r"^(what|who|where|which|there|how)'?s$": r"\1 is",
    r"^(what|who|they|we|you)'re$": r"\1 are",
    r"'s$|(?<=s)'$": "",
}
#: What may stand before or after a question and adds nothing to it.
_LEADS = (
    r"(?:(?i:please|hello|hi|ok|(?:can|could|would|will) you|(?:tell|show|give) (?:me|us)|i"
    r"(?: want| need| would like|[’']d like) to know|do you know|let me know|find out|kindly)"
    r"\b[\s,:]*)+"
)
_TAILS = r"(?i)(?:[\s,.?!]+(?:please|thank you|thanks|many thanks))?[\s.?!]*\Z"
#: What stands about a word and is no part of it.
MARKS = "\"'“”‘’„«».,;:?… \t\n"

#: A word as it is compared, and where its printed word begins and ends in the question.
Token = tuple[str, int, int]


def question_key(text: str) -> str:
    """Return the form under which two questions count as the same."""
    return " ".join(word for word, _, _ in split_words(text, 0, len(text)))


def readings(text: str) -> Iterator[list[Token]]:
    """Yield the question as it stands, without courtesies, and “how many” as “which”."""
    bare = len(text) - len(re.sub(rf"\A{_LEADS}", "", text)), len(re.sub(_TAILS, "", text))
    for start, end in dict.fromkeys(((0, len(text)), (0, bare[1]), bare)):
        tokens = split_words(text, start, end)
        yield tokens
        if re.match(r"how many (?!.*\bmost\b)", question_key(text[start:end])):
            yield [("which", tokens[0][1], tokens[1][2]), *tokens[2:]]
            yield tokens[2:]


def strip_courtesies(text: str) -> str:
    """Return a question without what may stand before or after it and adds nothing to it."""
    return re.sub(_TAILS, "", re.sub(rf"\A{_LEADS}", "", text))


def split_words(text: str, start: int, end: int) -> list[Token]:
    """Return the words to compare between two places of a text, with where each is printed."""
    printed = re.compile(r"\S+").finditer(text, start, end)
    return [(word, *each.span()) for each in printed for word in _compared_words(each[0])]


@lru_cache(maxsize=4096)
def _compared_words(printed: str) -> list[str]:
    """Return the words to compare for one printed word: two for a contraction or a hyphen."""
    words = ""
    for word in names.normalise(printed).split():
        word = word.strip(MARKS + "!()[]{}*_|")
        for pattern, long in CONTRACTIONS.items():
            word = re.sub(pattern, long, word)
        words += f" {word}"
    same = _same_words()
    plain = [same.get(word) or _singular(to_british(word)) for word in words.split()]
    return [same.get(w, w) for w in plain if w not in ("a", "an", "the", "me", "us")]


@cache
def _same_words() -> dict[str, str]:
    """Return the word that stands for each that says the same; for a kind of thing, its name.

    A kind of several classes has a word for each, and those say different things.
    """
    kinds = bundled.registry().kinds
    shared = Counter(word for kind in kinds for word in kind.synonyms)
    return _SAME | {
        word: kind.name
        for kind in kinds
        for word in kind.synonyms
        if shared[word] == 1 and len(kind.classes) == 1 and " " not in kind.name + word
    }


def _singular(word: str) -> str:
    short = re.sub(r"(ss|ch|x)es$", r"\1", re.sub(r"(..)ies$", r"\1y", word))
    return re.sub(r"(..[^sui])s$", r"\1", short)


def to_british(text: str) -> str:
    """Return the text in British spelling, as the plans are."""
    for pattern, spelling in _AMERICAN.items():
        text = re.sub(f"(?i){pattern}", spelling, text)
    return text
