"""Things named by their words and their kind: “the decent homes objective”, “the warmth aim”.

Out of scope: names that a graph holds as such (`mentions`).
"""

from hwbs_graph.names import normalise
from hwbs_graph.question.cursor import NotRead
from hwbs_graph.question.lexicon import is_content, list_nouns
from hwbs_graph.question.mentions import ANY_BODY, Mentions, Token
from hwbs_graph.question.words import MARKS

#: Kinds whose things are sentences, of which people say a few words.
_SENTENCES = ("action", "objective", "priority")
_BEFORE = ("the", "that", "this", "our")
#: More words before a noun are a sentence of their own.
_MOST_WORDS = 5


def join_worded(text: str, tokens: list[Token], mentions: Mentions) -> list[Token]:
    """Return the words of a text with those that name one thing by its words made a name.

    Raises NotRead for words that several things hold.
    """
    tokens = _join_bodies(tokens, mentions)
    for at in range(len(tokens) - 1, 0, -1):
        kind = list_nouns().get((tokens[at].word,), "")
        if kind in _SENTENCES and not tokens[at].things and not tokens[at].word.endswith("s"):
            first = _find_first(tokens, at)
            name = _make_name(text, tokens[first:at], kind, mentions) if first < at else None
            if name:
                return [*tokens[:first], name, *tokens[at + 1 :]]
    return tokens


def _find_first(tokens: list[Token], noun: int) -> int:
    """Return where the words before a noun begin, behind “the” or at the very beginning."""
    first = noun
    while first and (tokens[first - 1].things or is_content(tokens[first - 1].word)):
        first -= 1
    begins = first == 0 or tokens[first - 1].word in _BEFORE
    return first if begins and noun - first <= _MOST_WORDS else noun


def _make_name(text: str, words: list[Token], kind: str, mentions: Mentions) -> Token | None:
    """Return the name that some words are; None where no thing of the kind holds them all."""
    said = text[words[0].start : words[-1].end].strip(MARKS)
    things = mentions.find_worded(kind, normalise(said).split())
    if not things or any(kind in word.things for word in words):
        return None
    form = mentions.labels[things[0]]
    if any(mentions.labels[iri] != form for iri in things):
        raise NotRead(said)  # “the action” says that there is one
    return Token(f"the {said} {kind}", form, words[0].start, words[-1].end, {kind: things})


def _join_bodies(tokens: list[Token], mentions: Mentions) -> list[Token]:
    """Return tokens with “any body named” and words in quotes made the bodies so named."""
    opening = ANY_BODY.split()
    for at in range(len(tokens) - len(opening)):
        words = [token.word for token in tokens[at : at + len(opening)]]
        quoted = tokens[at + len(opening)]
        if words == opening and quoted.quoted:
            things = mentions.find_bodies(quoted.word.split())
            name = name_bodies(quoted.word)
            joined = Token(name, name, tokens[at].start, quoted.end, {"partner": things})
            behind = _join_bodies(tokens[at + len(opening) + 1 :], mentions)
            return [*tokens[:at], joined, *behind] if things else tokens
    return tokens


def name_bodies(words: str) -> str:
    """Return the name of all bodies whose names hold some words."""
    return f"{ANY_BODY} “{words}”"
