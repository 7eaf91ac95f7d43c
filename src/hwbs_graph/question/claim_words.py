"""Questions for a figure: what a document states that holds every word of the question.

Out of scope: the other questions (`reading`).
"""

from hwbs_graph.question.cursor import Cursor, NotRead
from hwbs_graph.question.lexicon import EMPTY, FIGURES, LITTLE, is_content
from hwbs_graph.question.mentions import Token
from hwbs_graph.question.value import WORDS, Condition, Question

#: The kind of thing that states a figure.
CLAIM = "claim"


def read_figure(text: str, tokens: list[Token]) -> Question:
    """Return the question for figures whose words hold all that are asked for. Raises NotRead."""
    cursor = Cursor(text, tokens)
    if not any(cursor.take(*words) for words in FIGURES):
        raise cursor.fail(0)
    words = [_read_word(cursor, token) for token in tokens[cursor.at :]]
    said = tuple(dict.fromkeys(word for word in words if word))
    if not said:
        raise cursor.fail(0)
    condition = Condition(WORDS, tuple((word,) for word in said), said, "all", "guessed")
    return Question("list", CLAIM, (condition,))


def _read_word(cursor: Cursor, token: Token) -> str:
    """Return a word to find, or "" for one that says nothing. Raises NotRead for one that asks."""
    if token.quoted:
        return token.word
    if token.word in EMPTY or token.word in LITTLE:
        return ""
    if is_content(token.word) or token.word.isdecimal():
        return token.word
    raise NotRead(cursor.text[token.start : token.end])
